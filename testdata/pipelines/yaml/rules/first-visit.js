function firstVisit(user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  if (context.stats.loginsCount > 1 || user.app_metadata.welcomed) return callback(null, user, context);
  user.app_metadata.welcomed = true;
  auth0.users.updateAppMetadata(user.user_id, user.app_metadata)
    .then(() => { console.log('welcome', user.email); callback(null, user, context); })
    .catch(callback);
}
