function denyApplication(user, context, callback) {
  // The ids of applications that are for services, not for people.
  const closed = ['CLIENT_ID_OF_AN_APPLICATION'];

  if (closed.includes(context.clientID)) {
    return callback(new UnauthorizedError('end_users_not_allowed'));
  }

  return callback(null, user, context);
}
