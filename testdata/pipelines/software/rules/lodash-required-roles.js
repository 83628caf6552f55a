function (user, context, callback) {
  const _ = require('lodash@4.17.19');
  const required = context.clientMetadata.required_roles;
  if (!required) {
    return callback(null, user, context);
  }
  const roles = required.split(',');
  if (_.intersection(roles, user.roles).length === 0) {
    return callback(new UnauthorizedError('no role for ' + context.clientName));
  }
  return callback(null, user, context);
}
