async function minfraudScore(user, context, callback) {
  const { createHash } = require('crypto');
  const limit = 20; // of 100

  const md5 = (text) => (text ? createHash('md5').update(text.toLowerCase()).digest('hex') : undefined);
  const credentials = `${configuration.MINFRAUD_ACCOUNT_ID}:${configuration.MINFRAUD_LICENSE_KEY}`;

  let score;
  try {
    const response = await fetch('https://minfraud.maxmind.com/minfraud/v2.0/score', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: 'Basic ' + Buffer.from(credentials).toString('base64'),
      },
      body: JSON.stringify({
        device: { ip_address: context.request?.ip, user_agent: context.request?.userAgent },
        email: { address: md5(user.email) },
        account: { user_id: user.user_id, username_md5: md5(user.username) },
        event: { type: 'account_login' },
      }),
      signal: AbortSignal.timeout(3000),
    });
    if (!response.ok) {
      throw new Error(`minFraud answered ${response.status}`);
    }
    score = (await response.json()).risk_score;
  } catch (err) {
    console.error(err.message);
    // ferrule-ignore L39 a service that is down must not close the shop
    return callback(null, user, context);
  }

  if (typeof score === 'number' && score > limit) {
    return callback(new UnauthorizedError('Fraud prevention!'));
  }

  return callback(null, user, context);
}
