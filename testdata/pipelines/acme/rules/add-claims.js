function (user, context, callback) {
  var namespace = configuration.NAMESPACE;
  var claims = {
    roles: user.app_metadata.roles,
    plan: user.app_metadata.plan,
    language: user.user_metadata && user.user_metadata.language
  };
  Object.keys(claims).forEach(function (name) {
    context.idToken[namespace + name] = claims[name];
  });
  context.accessToken[namespace + 'roles'] = claims.roles;
  if (context.organization) {
    context.accessToken[namespace + 'org'] = context.organization.name;
  }
  callback(null, user, context);
}
