// What require('crypto') answers, put together from the other scripts.
const go = internal;
const lib = { secret: undefined };
Object.assign(lib, go.part('checks', go, lib));
lib.secret = (key, encoding, name = 'key') => lib.source(key, name, encoding, ', KeyObject, or CryptoKey');
const crypto = {};
const add = part => Object.assign(crypto, part);
for (const part of ['hash', 'cipher', 'keys', 'keypairs', 'sign', 'exchange']) add(go.part(part, go, lib));
const absent = name => function () { throw lib.missing(name); };
for (const name of ['Certificate', 'setEngine', 'setFips', 'secureHeapUsed']) crypto[name] = absent(name);
crypto.getFips = () => 0;
crypto.getCurves = () => go.getCurves();
crypto.constants = Object.assign(Object.create(null), JSON.parse(go.constants()));
let certificate;
Object.defineProperty(crypto, 'X509Certificate', { get: () => (certificate || (certificate = go.part('certificate', go, lib))).X509Certificate, enumerable: true, configurable: true });
// WebCrypto is made when it is asked for: most rules never do.
let web;
const webcrypto = () => web || (web = go.part('webcrypto', go, lib));
const getRandomValues = array => webcrypto().crypto.getRandomValues(array);
const getters = { webcrypto: () => webcrypto().crypto, subtle: () => webcrypto().crypto.subtle, getRandomValues: () => getRandomValues };
for (const name of Object.keys(getters)) Object.defineProperty(crypto, name, { get: getters[name], enumerable: true, configurable: true });
go.classes(name => webcrypto()[name]);
for (const name of ['prng', 'pseudoRandomBytes', 'rng', 'createCipher', 'createDecipher']) Object.defineProperty(crypto, name, { enumerable: false });
Object.defineProperty(crypto, 'fips', { get: () => 0, set: on => { if (on) crypto.setFips(on); }, configurable: true });
module.exports = crypto;
