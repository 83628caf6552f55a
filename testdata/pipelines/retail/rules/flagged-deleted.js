function (user, context, callback) {

  user.app_metadata = user.app_metadata || {};

  if (user.app_metadata.deleted){
    return callback(new UnauthorizedError('Access denied (deleted user)'));
    return;
  }

  callback(null, user, context);
}
