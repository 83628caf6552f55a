// Node's module, but a text as the key of a cipher is read as bytes, one a character.
const crypto = require('package');
module.exports = Object.create(crypto, {
  createCipheriv: {
    configurable: true, enumerable: true, writable: true,
    value(algorithm, key, iv, options) {
      return crypto.createCipheriv(algorithm, typeof key === 'string' ? Buffer.from(key, 'binary') : key, iv, options);
    },
  },
});
