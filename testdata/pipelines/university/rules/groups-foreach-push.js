function (user, context, callback) {
  var groups = [];
  if (user.groups) {
    user.groups.forEach(function (group) {
      if (group.indexOf('app-') === 0) {
        groups.push(group.replace('app-', ''));
      }
    });
  }
  context.idToken['https://acme.example/groups'] = groups;
  callback(null, user, context);
}
