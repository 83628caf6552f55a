function (user, context, callback) {
  var claim = global.north.claim;
  context.idToken[claim('roles')] = context.authorization.roles;
  context.accessToken[claim('roles')] = context.authorization.roles;
  context.accessToken[claim('company')] = user.company;
  callback(null, user, context);
}
