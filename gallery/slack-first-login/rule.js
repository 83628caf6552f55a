async function slackFirstLogin(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  const loginsCount = context.stats?.loginsCount ?? 0;
  if (loginsCount > 1 || user.app_metadata.announced || !configuration.SLACK_WEBHOOK_URL) {
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
      throw new Error(`Slack answered ${response.status}`);
    }
    user.app_metadata.announced = true;
    await auth0.users.updateAppMetadata(user.user_id, { announced: true });
  } catch (err) {
    console.error(err.message);
  }

  return callback(null, user, context);
}
