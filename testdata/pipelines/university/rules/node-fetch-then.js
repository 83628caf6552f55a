function (user, context, callback) {
  var fetch = require('node-fetch@2.6.1');
  if (context.connection !== 'legacy-db') {
    return callback(null, user, context);
  }
  fetch(configuration.LEGACY_API + '/users/' + user.user_id.split('|')[1], {
    headers: { Authorization: 'Bearer ' + configuration.LEGACY_TOKEN }
  }).then(function (res) {
    return res.json();
  }).then(function (legacy) {
    user.legacy = legacy;
    callback(null, user, context);
  }).catch(function (err) {
    callback(err);
  });
}
