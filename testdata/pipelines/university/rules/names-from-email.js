function (user, context, callback) {
  if (user.given_name && user.family_name) return callback(null, user, context);
  var local = (user.email || '').split('@')[0];
  var parts = local.split('.').map(function (p) {
    return p.charAt(0).toUpperCase() + p.slice(1);
  });
  user.given_name = user.given_name || parts[0];
  user.family_name = user.family_name || parts[parts.length - 1];
  user.name = user.given_name + ' ' + user.family_name;
  callback(null, user, context);
}
