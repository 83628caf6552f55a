// What require('crypto') answers, put together from the other scripts.
const go = internal;
const lib = { secret: undefined };
Object.assign(lib, go.part('checks', go, lib));
lib.secret = (key, encoding, name = 'key') => lib.source(key, name, encoding, ', KeyObject, or CryptoKey');
const crypto = {};
const add = part => Object.assign(crypto, part);
for (const part of ['hash', 'cipher', 'keys', 'keypairs', 'sign', 'exchange']) add(go.part(part, go, lib));
const absent = name => function () { throw lib.missing(name); };
for (const name of ['X509Certificate', 'Certificate', 'setEngine', 'setFips', 'secureHeapUsed']) crypto[name] = absent(name);
crypto.getFips = () => 0;
crypto.getCurves = () => go.getCurves();
crypto.constants = Object.assign(Object.create(null), JSON.parse(go.constants()));
crypto.getRandomValues = array => crypto.randomFillSync(array);
// WebCrypto: random values and digests; the rest of subtle throws by name.
const subtle = {
  digest(algorithm, data) {
    return new Promise(resolve => resolve(go.digest(String(typeof algorithm === 'object' ? algorithm.name : algorithm), lib.view(data, 'data'))));
  },
};
for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'importKey', 'exportKey', 'generateKey', 'deriveBits', 'deriveKey', 'wrapKey', 'unwrapKey']) {
  subtle[name] = () => Promise.reject(lib.missing(`subtle.${name}`));
}
crypto.subtle = subtle;
crypto.webcrypto = { subtle, getRandomValues: crypto.getRandomValues, randomUUID: crypto.randomUUID };
module.exports = crypto;
