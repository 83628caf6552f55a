function weekdaysOnly(user, context, callback) {
  // The application's name in the dashboard.
  if (context.clientName !== 'Back Office') {
    return callback(null, user, context);
  }

  const day = new Date().getUTCDay();
  if (day === 0 || day === 6) {
    return callback(new UnauthorizedError('This application is open from Monday to Friday.'));
  }

  return callback(null, user, context);
}
