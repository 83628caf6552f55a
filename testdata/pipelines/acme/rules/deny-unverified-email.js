function (user, context, callback) {
  // Company directories verify addresses themselves.
  if (context.connectionStrategy === 'samlp' || context.connectionStrategy === 'waad') {
    return callback(null, user, context);
  }
  if (!user.email || !user.email_verified) {
    return callback(new UnauthorizedError('Please verify your e-mail address before you sign in.'));
  }
  return callback(null, user, context);
}
