function (user, context, callback) {
  if (context.clientID === configuration.OFFICE_CLIENT) {
    var day = new Date().getDay();
    if (day === 0 || day === 6) return callback(new UnauthorizedError('The office is closed at weekends.'));
  }
  callback(null, user, context);
}
