function rolesInTokens(user, context, callback) {
  const namespace = 'https://example.com';
  const roles = context.authorization?.roles ?? [];

  context.idToken[`${namespace}/roles`] = roles;
  context.accessToken[`${namespace}/roles`] = roles;

  return callback(null, user, context);
}
