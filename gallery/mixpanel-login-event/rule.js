async function mixpanelLoginEvent(user, context, callback) {
  const event = {
    event: 'Sign In',
    properties: {
      distinct_id: user.user_id,
      token: configuration.MIXPANEL_API_TOKEN,
      application: context.clientName,
    },
  };

  try {
    const data = Buffer.from(JSON.stringify(event)).toString('base64');
    await fetch(`https://api.mixpanel.com/track?data=${encodeURIComponent(data)}`, { signal: AbortSignal.timeout(3000) });
  } catch (err) {
    console.error(`Mixpanel: ${err.message}`);
  }

  return callback(null, user, context);
}
