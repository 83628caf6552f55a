function (user, context, callback) {
  const allowed = {
    guest: ['openid', 'profile', 'email'],
    employee: ['openid', 'profile', 'email', 'offline_access', 'read:orders'],
    admin: ['openid', 'profile', 'email', 'offline_access', 'read:orders', 'write:orders']
  };
  const request = context.request || {};
  const asked = (request.query && request.query.scope) || (request.body && request.body.scope);
  if (!asked) return callback(null, user, context);

  const granted = asked.split(' ').filter(function (scope) {
    return user.app_metadata.roles.some(role => (allowed[role] || []).indexOf(scope) > -1);
  });
  context.accessToken.scope = granted;
  callback(null, user, context);
}
