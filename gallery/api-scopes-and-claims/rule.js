function apiScopesAndClaims(user, context, callback) {
  const namespace = 'https://example.com';

  context.accessToken.scope = ['read:invoices', 'read:orders'];
  context.accessToken[`${namespace}/plan`] = user.app_metadata?.plan ?? 'free';
  context.idToken[`${namespace}/plan`] = user.app_metadata?.plan ?? 'free';

  return callback(null, user, context);
}
