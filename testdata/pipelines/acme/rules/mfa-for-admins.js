function (user, context, callback) {
  var isAdmin = user.app_metadata.roles.some(function (role) { return role === 'admin'; });
  if (!isAdmin || context.protocol === 'oauth2-refresh-token') {
    return callback(null, user, context);
  }
  var methods = (context.authentication && context.authentication.methods) || [];
  var done = methods.some(function (method) { return method.name === 'mfa'; });
  if (!done || context.risk.score > 50) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }
  callback(null, user, context);
}
