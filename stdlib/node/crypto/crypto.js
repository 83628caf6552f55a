// What require('crypto') answers, put together from the other scripts.
const go = internal;
const lib = { secret: undefined };
Object.assign(lib, go.part('checks', go, lib));
lib.secret = (key, encoding, name = 'key') => lib.source(key, name, encoding, ', KeyObject, or CryptoKey');
const crypto = {};
const add = part => Object.assign(crypto, part);
for (const part of ['hash', 'cipher']) add(go.part(part, go, lib));
module.exports = crypto;
