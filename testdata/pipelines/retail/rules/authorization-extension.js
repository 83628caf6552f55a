function (user, context, callback) {
  var namespace = 'https://@@NAMESPACE@@/'; // replaced on deployment
  var addClaim = function (name, value) {
    if (value) {
      context.idToken[namespace + name] = value;
    }
  };

  addClaim('permissions', user.permissions);
  addClaim('groups', user.groups);
  addClaim('roles', user.roles);

  callback(null, user, context);
}
