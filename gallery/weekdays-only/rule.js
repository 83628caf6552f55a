function weekdaysOnly(user, context, callback) {
  if (context.clientID !== 'CLIENT_ID_OF_THE_BACK_OFFICE') {
    return callback(null, user, context);
  }

  const day = new Date().getUTCDay();
  if (day === 0 || day === 6) {
    return callback(new UnauthorizedError('This application is open from Monday to Friday.'));
  }

  return callback(null, user, context);
}
