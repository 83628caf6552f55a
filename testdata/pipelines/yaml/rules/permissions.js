function (user, context, callback) {
  var permissions = user.permissions;
  if (typeof permissions === 'string') permissions = permissions.split(/[ ,]+/);
  permissions = (permissions || []).map(function (p) { return p.trim(); }).filter(function (p, i, all) {
    return p && all.indexOf(p) === i;
  });
  context.accessToken.scope = (context.request.query.scope || '').split(' ').filter(s => !s.includes(':')).concat(permissions).join(' ');
  if (permissions.length === 0) return callback(null, user);
  user.permissions = permissions;
  callback(null, user, context);
}
