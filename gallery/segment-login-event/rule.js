async function segmentLoginEvent(user, context, callback) {
  if (context.protocol === 'delegation') {
    return callback(null, user, context);
  }

  const first = (context.stats?.loginsCount ?? 1) <= 1;
  try {
    const response = await fetch('https://api.segment.io/v1/track', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Authorization: 'Basic ' + Buffer.from(`${configuration.SEGMENTIO_WRITE_KEY}:`).toString('base64'),
      },
      body: JSON.stringify({
        userId: user.user_id,
        event: first ? 'Signed up' : 'Logged in',
        properties: { application: context.clientName },
        context: { ip: context.request?.ip, userAgent: context.request?.userAgent },
      }),
      signal: AbortSignal.timeout(3000),
    });
    if (!response.ok) {
      console.error(`Segment answered ${response.status}`);
    }
  } catch (err) {
    console.error(`Segment: ${err.message}`);
  }

  return callback(null, user, context);
}
