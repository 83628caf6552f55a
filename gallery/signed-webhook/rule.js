async function signedWebhook(user, context, callback) {
  const { createHmac } = require('crypto');
  const { WEBHOOK_URL, WEBHOOK_SECRET } = configuration;
  if (!WEBHOOK_URL || !WEBHOOK_SECRET) {
    return callback(null, user, context);
  }

  const body = JSON.stringify({
    type: 'login',
    time: new Date().toISOString(),
    user: user.user_id,
    application: context.clientID,
    connection: context.connection,
    country: context.request?.geoip?.country_code ?? null,
  });

  try {
    const response = await fetch(WEBHOOK_URL, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Signature': `sha256=${createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex')}`,
      },
      body,
      signal: AbortSignal.timeout(3000),
    });
    if (!response.ok) {
      console.error(`The webhook answered ${response.status}`);
    }
  } catch (err) {
    console.error(`The webhook: ${err.message}`);
  }

  return callback(null, user, context);
}
