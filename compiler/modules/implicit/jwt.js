// Of the package's functions these three; expiresInMinutes is what versions before 5 called expiresIn.
const jsonwebtoken = require('package');
module.exports = {
  decode: jsonwebtoken.decode,
  verify: jsonwebtoken.verify,
  sign(payload, secret, options, callback) {
    if (options && typeof options === 'object' && 'expiresInMinutes' in options) {
      const { expiresInMinutes, ...others } = options;
      options = expiresInMinutes ? { ...others, expiresIn: expiresInMinutes + 'm' } : others;
    }
    return jsonwebtoken.sign(payload, secret, options, callback);
  },
};
