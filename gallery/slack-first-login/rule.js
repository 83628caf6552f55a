async function slackFirstLogin(user, context, callback) {
  const loginsCount = context.stats?.loginsCount ?? 0;
  if (loginsCount > 1 || !configuration.SLACK_WEBHOOK_URL) {
    return callback(null, user, context);
  }

  try {
    const response = await fetch(configuration.SLACK_WEBHOOK_URL, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: `New user: ${user.name || user.user_id} (${context.clientName})` }),
      signal: AbortSignal.timeout(3000),
    });
    if (!response.ok) {
      console.error(`Slack answered ${response.status}`);
    }
  } catch (err) {
    console.error(`Slack: ${err.message}`);
  }

  return callback(null, user, context);
}
