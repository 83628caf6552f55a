function denyUnverifiedEmail(user, context, callback) {
  if (user.email_verified !== true) {
    return callback(new UnauthorizedError('Please verify your e-mail address, then log in again.'));
  }

  return callback(null, user, context);
}
