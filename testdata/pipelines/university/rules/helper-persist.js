function (user, context, callback) {
  function persist() {
    auth0.users.updateAppMetadata(user.user_id, user.app_metadata)
      .then(function () { callback(null, user, context); })
      .catch(function (err) { callback(err); });
  }
  user.app_metadata = user.app_metadata || {};
  if (!user.app_metadata.tier) {
    user.app_metadata.tier = 'bronze';
    return persist();
  }
  if (context.stats.loginsCount > 100 && user.app_metadata.tier === 'bronze') {
    user.app_metadata.tier = 'silver';
    return persist();
  }
  callback(null, user, context);
}
