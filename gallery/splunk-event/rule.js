async function splunkEvent(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  const signedUp = user.app_metadata.signedUp === true;

  try {
    const response = await fetch(`${configuration.SPLUNK_HEC_URL}/services/collector`, {
      method: 'POST',
      headers: { Authorization: `Splunk ${configuration.SPLUNK_HEC_TOKEN}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        sourcetype: 'auth0_activity',
        event: {
          message: signedUp ? 'SignIn' : 'SignUp',
          application: context.clientName,
          clientIP: context.request?.ip,
          protocol: context.protocol,
          userName: user.name,
          userId: user.user_id,
        },
      }),
      signal: AbortSignal.timeout(5000),
    });
    if (!response.ok) {
      throw new Error(`Splunk answered ${response.status}`);
    }
    if (!signedUp) {
      user.app_metadata.signedUp = true;
      await auth0.users.updateAppMetadata(user.user_id, { signedUp: true });
    }
  } catch (err) {
    console.error(err.message);
    return callback(new Error('The login could not be logged.'));
  }

  return callback(null, user, context);
}
