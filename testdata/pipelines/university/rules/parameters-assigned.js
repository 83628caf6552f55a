function (user, context, callback) {
  user = user || {};
  context = context || {};
  context.idToken = context.idToken || {};
  context.idToken['https://acme.example/nick'] = user.nickname || '';
  return callback(null, user, context);
}
