function mfaPasswordlessOutside(user, context, callback) {
  // The first parts of the addresses of your network.
  const inside = ['192.168.1.', '10.'];

  const methods = context.authentication?.methods ?? [];
  const passwordless = methods.some((method) => method.name === 'sms' || method.name === 'email');
  const ip = context.request?.ip ?? '';

  if (passwordless && !inside.some((start) => ip.startsWith(start))) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}
