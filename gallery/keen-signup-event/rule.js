async function keenSignupEvent(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if ((context.stats?.loginsCount ?? 0) > 1 || user.app_metadata.signupCounted) {
    return callback(null, user, context);
  }

  const { KEEN_PROJECT_ID, KEEN_WRITE_KEY, SLACK_WEBHOOK_URL } = configuration;
  const post = (url, headers, body) =>
    fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(3000),
    });

  try {
    const response = await post(
      `https://api.keen.io/3.0/projects/${KEEN_PROJECT_ID}/events/signups`,
      { Authorization: KEEN_WRITE_KEY },
      { userId: user.user_id, name: user.name, ip: context.request?.ip },
    );
    if (!response.ok) {
      throw new Error(`Keen answered ${response.status}`);
    }
    user.app_metadata.signupCounted = true;
    await auth0.users.updateAppMetadata(user.user_id, { signupCounted: true });
  } catch (err) {
    console.error(err.message);
    if (SLACK_WEBHOOK_URL) {
      await post(SLACK_WEBHOOK_URL, {}, { text: `A sign-up was not counted: ${err.message}` }).catch(() => {});
    }
  }

  return callback(null, user, context);
}
