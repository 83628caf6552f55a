function requiredRoles(user, context, callback) {
  var required = (context.clientMetadata && context.clientMetadata.required_roles || '').split(',');
  required = required.map(function (r) { return r.trim(); }).filter(function (r) { return r !== ''; });
  if (required.length === 0) {
    return callback(null, user, context);
  }
  var roles = user.roles || (user.app_metadata || {}).roles || [];
  var ok = required.every(function (r) {
    return roles.indexOf(r) >= 0;
  });
  if (!ok) return callback(new UnauthorizedError('You do not have access to ' + context.clientName));
  return callback(null, user, context);
}
