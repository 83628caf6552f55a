function (user, context, callback) {
  user.app_metadata = user.app_metadata || {};
  user.app_metadata.login_count = (user.app_metadata.login_count || 0) + 1;
  user.app_metadata.last = new Date().toISOString().slice(0, 10);
  auth0.users.updateAppMetadata(user.user_id, user.app_metadata);
  if (user.app_metadata.login_count % 10 === 0) {
    console.log(user.email + ' logged in ' + user.app_metadata.login_count + ' times');
  }
  callback(null, user, context);
}
