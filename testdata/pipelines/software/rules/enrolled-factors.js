function (user, context, callback) {
  if (user.multifactor && user.multifactor.length) {
    context.multifactor = { provider: user.multifactor[0], allowRememberBrowser: true };
    return callback(null, user, context);
  }
  const method = context.authentication.methods.find((m) => ['sms', 'email'].includes(m.name));
  if (method !== undefined && context.request.ip.indexOf('10.') !== 0) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }
  return callback(null, user, context);
}
