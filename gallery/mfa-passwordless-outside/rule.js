function mfaPasswordlessOutside(user, context, callback) {
  const inside = ['192.168.1.0/24', '10.0.0.0/8'];

  // The number of an IPv4 address; NaN for anything else.
  const number = (ip) =>
    /^\d{1,3}(\.\d{1,3}){3}$/.test(ip) ? ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : NaN;

  const within = (ip, network) => {
    const [start, bits] = network.split('/');
    const size = 2 ** (32 - bits);
    return Math.floor(number(ip) / size) === Math.floor(number(start) / size);
  };

  const methods = context.authentication?.methods ?? [];
  const passwordless = methods.some((method) => method.name === 'sms' || method.name === 'email');
  const ip = context.request?.ip ?? '';

  if (passwordless && !inside.some((network) => within(ip, network))) {
    context.multifactor = { provider: 'any', allowRememberBrowser: false };
  }

  return callback(null, user, context);
}
