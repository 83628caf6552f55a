function (user, context, callback) {
  var limits = @@LIMITS@@;
  var sessions = user.app_metadata.sessions || [];
  var oldest = Date.now() - limits.days * 24 * 60 * 60 * 1000;
  sessions = sessions.filter(function (s) { return new Date(s.at).getTime() > oldest; });
  sessions.push({ at: new Date().toISOString(), client: context.clientID });
  while (sessions.length > limits.sessions) sessions.shift();
  user.app_metadata.sessions = sessions;
  auth0.users.updateAppMetadata(user.user_id, { sessions: sessions }, function (err) {
    callback(err, user, context);
  });
}
