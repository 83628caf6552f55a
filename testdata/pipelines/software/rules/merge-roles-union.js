function (user, context, callback) {
  function unique(list) {
    var seen = {};
    var out = [];
    for (var i = 0; i < list.length; i++) {
      var item = list[i];
      if (!seen[item]) {
        seen[item] = true;
        out.push(item);
      }
    }
    return out;
  }
  var roles = (user.app_metadata && user.app_metadata.roles) || [];
  var extra = (context.authorization && context.authorization.roles) || [];
  var all = unique(roles.concat(extra));
  context.idToken['https://acme.example/roles'] = all;
  context.accessToken['https://acme.example/roles'] = all;
  return callback(null, user, context);
}
