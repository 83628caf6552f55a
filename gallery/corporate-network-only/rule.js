function corporateNetworkOnly(user, context, callback) {
  const corporate = ['192.168.1.0/24', '198.51.100.16/28'];

  // The number of an IPv4 address; NaN for anything else.
  const number = (ip) =>
    /^\d{1,3}(\.\d{1,3}){3}$/.test(ip) ? ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) : NaN;

  const within = (ip, network) => {
    const [start, bits] = network.split('/');
    const size = 2 ** (32 - bits);
    return Math.floor(number(ip) / size) === Math.floor(number(start) / size);
  };

  const ip = context.request?.ip ?? '';
  if (!corporate.some((network) => within(ip, network))) {
    return callback(new UnauthorizedError('This application is open in the office only.'));
  }

  return callback(null, user, context);
}
