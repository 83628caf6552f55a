async function socureFraudScore(user, context, callback) {
  const namespace = 'https://example.com';
  user.app_metadata = user.app_metadata || {};
  if (!user.email) {
    return callback(null, user, context);
  }

  if (user.app_metadata.socure_score === undefined) {
    try {
      const response = await fetch('https://service.socure.com/api/3.0/EmailAuthScore', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `SocureApiKey ${configuration.SOCURE_KEY}` },
        body: JSON.stringify({ modules: ['emailrisk'], email: user.email, ipAddress: context.request?.ip }),
        signal: AbortSignal.timeout(5000),
      });
      if (!response.ok) {
        throw new Error(`Socure answered ${response.status}`);
      }
      const { emailRisk } = await response.json();
      const found = { socure_score: emailRisk.score, socure_reasons: emailRisk.reasonCodes };
      Object.assign(user.app_metadata, found);
      await auth0.users.updateAppMetadata(user.user_id, found);
    } catch (err) {
      console.error(`Socure: ${err.message}`);
    }
  }

  if (user.app_metadata.socure_score !== undefined) {
    context.idToken[`${namespace}/socure_score`] = user.app_metadata.socure_score;
  }

  return callback(null, user, context);
}
