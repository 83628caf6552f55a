function (user, context, callback) {
  var groups = user.groups || [];
  if (!Array.isArray(groups)) { groups = [groups]; }
  var names = [];
  groups.forEach(function (dn) {
    var m = dn.match(/^CN=([^,]+)/);
    if (m) { names.push(m[1]); }
  });
  user.groups = names;
  context.idToken['https://acme.example/groups'] = names.map(function (n) { return n.toLowerCase().replace(/\s+/g, '-'); });
  callback(null, user, context);
}
