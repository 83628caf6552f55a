async function recordConsent(user, context, callback) {
  user.user_metadata = user.user_metadata || {};
  if (user.user_metadata.consentGiven === true) {
    return callback(null, user, context);
  }

  user.user_metadata.consentGiven = true;
  user.user_metadata.consentTimestamp = Date.now();
  try {
    await auth0.users.updateUserMetadata(user.user_id, {
      consentGiven: true,
      consentTimestamp: user.user_metadata.consentTimestamp,
    });
  } catch (err) {
    return callback(err);
  }

  return callback(null, user, context);
}
