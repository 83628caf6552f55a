function denyFlaggedUsers(user, context, callback) {
  if (user.app_metadata?.deleted) {
    return callback(new UnauthorizedError('Access denied (deleted user)'));
  }

  return callback(null, user, context);
}
