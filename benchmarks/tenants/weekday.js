function officeHours(user, context, callback) {
  if (context.clientName !== '{{app}}') {
    return callback(null, user, context);
  }
  // the guests of {{company}} come from Monday to Friday
  const now = new Date();
  const day = now.getUTCDay();
  const hour = now.getUTCHours();
  const guest = !user.email || !user.email.endsWith('@{{domain}}');
  if (guest && (day === 0 || day === 6)) {
    return callback(new UnauthorizedError('{{app}} is closed at the weekend.'));
  }
  if (guest && (hour < {{hour}} || hour >= 2{{digit}})) {
    return callback(new UnauthorizedError('{{app}} opens at {{hour}} o\'clock.'));
  }
  callback(null, user, context);
}
