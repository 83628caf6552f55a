function (user, context, callback) {
  if (!user) {
    return callback(null, null, context);
  }
  if (!user.app_metadata || user.app_metadata.blocked !== true) {
    return callback(null, user, context);
  }
  console.log('blocked', user.user_id, user.app_metadata);
  return callback(new UnauthorizedError('blocked'), user, context);
}
