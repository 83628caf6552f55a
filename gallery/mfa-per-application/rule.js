function mfaPerApplication(user, context, callback) {
  const applications = ['CLIENT_ID_OF_AN_APPLICATION'];

  const wanted = applications.includes(context.clientID) || user.user_metadata?.use_mfa === true;
  if (wanted) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}
