function (user, context, callback) {
  if (!user.email_verified) {
    return callback(new UnauthorizedError('Please verify your email.'));
  }
  callback(null, user, context);
}
