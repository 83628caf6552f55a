function authorizationExtensionClaims(user, context, callback) {
  const namespace = 'https://example.com';

  context.idToken[`${namespace}/permissions`] = user.permissions;
  context.idToken[`${namespace}/groups`] = user.groups;
  context.idToken[`${namespace}/roles`] = user.roles;

  return callback(null, user, context);
}
