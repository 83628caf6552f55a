// Keys and pairs of keys that are generated.
const { go, lib } = internal;
const { coded, badType, badValue, string, object, integer, callback, later } = lib;
const most = 4294967295;

const encodings = { publicKeyEncoding: true, privateKeyEncoding: false };
function encodingsOf(kind, options = {}) {
  const out = {};
  for (const [name, isPublic] of Object.entries(encodings)) {
    const given = options[name];
    if (given === undefined || given === null) continue;
    if (typeof given !== 'object') throw badValue(`options.${name}`, given);
    out[name] = lib.encodingOf(given, kind, isPublic, name);
  }
  return out;
}
function generation(type, options) {
  string(type, 'type');
  if (options !== undefined) object(options, 'options');
  const written = encodingsOf(type, options);
  switch (type) {
    case 'rsa': case 'rsa-pss': {
      object(options, 'options');
      integer(options.modulusLength, 'options.modulusLength', 0, most);
      const exponent = options.publicExponent === undefined || options.publicExponent === null ? 65537 : integer(options.publicExponent, 'options.publicExponent', 0, most);
      if (type === 'rsa') return [written, type, options.modulusLength, undefined, exponent];
      const hash = options.hashAlgorithm === undefined ? options.hash : options.hashAlgorithm, mgf = options.mgf1HashAlgorithm === undefined ? options.mgf1Hash : options.mgf1HashAlgorithm;
      if (options.saltLength !== undefined) integer(options.saltLength, 'options.saltLength', 0, 2147483647);
      if (hash !== undefined) string(hash, 'options.hashAlgorithm');
      if (mgf !== undefined) string(mgf, 'options.mgf1HashAlgorithm');
      return [written, type, options.modulusLength, undefined, exponent, hash, mgf, options.saltLength];
    }
    case 'ec': {
      object(options, 'options');
      const { namedCurve, paramEncoding } = options;
      string(namedCurve, 'options.namedCurve');
      if (paramEncoding === 'explicit') throw lib.missing('generateKeyPair with explicit parameters');
      if (paramEncoding !== undefined && paramEncoding !== null && paramEncoding !== 'named') throw badValue('options.paramEncoding', paramEncoding);
      return [written, type, undefined, namedCurve];
    }
    case 'ed25519': case 'x25519':
      return [written, type];
    case 'dsa': case 'ed448': case 'x448': case 'dh':
      throw lib.missing(`generateKeyPair of ${type}`);
  }
  throw badValue('type', type, 'must be a supported key type');
}
function pair(handle, written) {
  const keys = { publicKey: lib.publicKey(handle), privateKey: lib.privateKey(handle) };
  for (const name of Object.keys(keys)) {
    const encoding = written[name + 'Encoding'];
    if (encoding !== undefined) keys[name] = lib.written(lib.handle(keys[name]), keys[name].type, encoding);
  }
  return keys;
}
function generateKeyPairSync(type, options) {
  const [written, ...values] = generation(type, options);
  return pair(go.generate(undefined, ...values), written);
}
function generateKeyPair(type, options, done) {
  if (typeof options === 'function') [options, done] = [undefined, options];
  callback(done);
  const [written, ...values] = generation(type, options);
  go.generate((e, handle) => {
    let keys;
    if (!e) try { keys = pair(handle, written); } catch (failure) { e = failure; }
    if (e) return done(e);
    done(null, keys.publicKey, keys.privateKey);
  }, ...values);
}
const custom = Symbol.for('nodejs.util.promisify.custom');
const promised = (type, options) => new Promise((resolve, reject) => generateKeyPair(type, options, (e, publicKey, privateKey) => e ? reject(e) : resolve({ publicKey, privateKey })));
for (const f of [generateKeyPair, promised]) Object.defineProperty(f, custom, { configurable: true, value: promised });

function secret(type, options) {
  string(type, 'type');
  const { length } = object(options, 'options');
  if (type === 'hmac') integer(length, 'options.length', 8, 2147483647);
  else if (type === 'aes') {
    if (length !== 128 && length !== 192 && length !== 256) throw badValue('options.length', length, 'must be one of: 128, 192, 256');
  } else throw badValue('type', type, 'must be a supported key type');
  return Math.floor(length / 8);
}
const generateKeySync = (type, options) => lib.secretKey(new Uint8Array(go.randomBytes(undefined, secret(type, options))));
function generateKey(type, options, done) {
  const size = secret(type, options);
  callback(done);
  later(done, undefined, lib.secretKey(new Uint8Array(go.randomBytes(undefined, size))));
}

function checkPrimeArguments(candidate, options = {}) {
  if (typeof candidate === 'bigint') {
    if (candidate < 0n) throw lib.outOfRange('candidate', '>= 0', candidate);
    const hex = candidate.toString(16);
    candidate = lib.Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex');
  }
  const bytes = lib.plain(candidate);
  if (bytes === undefined) throw badType('candidate', 'of type bigint or an instance of ArrayBuffer, TypedArray, Buffer, or DataView', candidate);
  object(options, 'options');
  integer(options.checks === undefined ? 0 : options.checks, 'options.checks', 0, 2147483647);
  return bytes;
}
const checkPrimeSync = (candidate, options) => go.isPrime(checkPrimeArguments(candidate, options));
function checkPrime(candidate, options, done) {
  if (typeof options === 'function') [options, done] = [{}, options];
  const bytes = checkPrimeArguments(candidate, options);
  callback(done);
  later(done, undefined, go.isPrime(bytes));
}
function primeArguments(size, options = {}) {
  integer(size, 'size', 1, 2147483647);
  object(options, 'options');
  const { safe = false, bigint = false, add, rem } = options;
  if (typeof safe !== 'boolean') throw badType('options.safe', 'of type boolean', safe);
  if (typeof bigint !== 'boolean') throw badType('options.bigint', 'of type boolean', bigint);
  if (add !== undefined || rem !== undefined) throw lib.missing('generatePrime with add or rem');
  if (size < 16) throw lib.missing('generatePrime of less than 16 bits');
  const answer = bytes => bigint ? BigInt('0x' + lib.wrap(bytes).toString('hex')) : bytes;
  return [answer, size, safe];
}
function generatePrimeSync(size, options) {
  const [answer, ...values] = primeArguments(size, options);
  return answer(go.prime(undefined, ...values));
}
function generatePrime(size, options, done) {
  if (typeof options === 'function') [options, done] = [{}, options];
  const [answer, ...values] = primeArguments(size, options);
  callback(done);
  go.prime((e, bytes) => e ? done(e) : done(undefined, answer(bytes)), ...values);
}
module.exports = { generateKeyPair, generateKeyPairSync, generateKey, generateKeySync, checkPrime, checkPrimeSync, generatePrime, generatePrimeSync };
