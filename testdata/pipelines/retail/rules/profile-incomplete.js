function (user, context, callback) {
  if (context.protocol === 'redirect-callback') { return callback(null, user, context); }
  var missing = [];
  ['given_name', 'family_name', 'phone_number'].forEach(function (f) {
    if (!user[f]) { missing.push(f); }
  });
  if (!missing.length) {
    return callback(null, user, context);
  }
  var params = missing.map(function (f) { return 'ask=' + encodeURIComponent(f); }).join('&');
  context.redirect = { url: 'https://forms.acme.example/profile?' + params };
  callback(null, null, context);
}
