// KeyObject and what makes one.
const { go, lib } = internal;
const { Buffer, coded, badType, badValue, string, object, source, view, wrap, plain, callback, later } = lib;
const held = new WeakMap();

class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw badValue('type', type);
    held.set(this, { type, handle });
  }
  static from() { throw lib.missing('KeyObject.from'); }
  get type() { return held.get(this).type; }
  get [Symbol.toStringTag]() { return 'KeyObject'; }
  equals(other) {
    if (!isKey(other)) throw badType('otherKeyObject', 'an instance of KeyObject', other);
    if (other.type !== this.type) return false;
    const bytes = k => k.type === 'secret' ? held.get(k).handle : new Uint8Array(go.keyDER(held.get(k).handle, k.type === 'public' ? 'spki' : 'pkcs8'));
    return go.equal(bytes(this), bytes(other));
  }
}
const isKey = v => typeof v === 'object' && v !== null && held.has(v);
class SecretKeyObject extends KeyObject {
  get symmetricKeySize() { return held.get(this).handle.length; }
  export(options) {
    const bytes = held.get(this).handle;
    if (options !== undefined && object(options, 'options').format === 'jwk') return { kty: 'oct', k: Buffer.from(bytes).toString('base64url') };
    return Buffer.from(bytes);
  }
}
const labels = { spki: 'PUBLIC KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY' };
function exported(handle, type, options) {
  object(options, 'options');
  if (options.format === 'jwk') return go.keyJWK(handle);
  if (options.format !== 'pem' && options.format !== 'der') throw badValue('options.format', options.format);
  const known = type === 'public' ? ['pkcs1', 'spki'] : ['pkcs1', 'pkcs8', 'sec1'];
  if (!known.includes(options.type)) throw badValue('options.type', options.type);
  if (options.cipher !== undefined && options.cipher !== null) throw lib.missing('KeyObject.export with a cipher');
  const der = wrap(go.keyDER(handle, options.type));
  if (options.format === 'der') return der;
  const label = options.type === 'pkcs1' ? `RSA ${type === 'public' ? 'PUBLIC' : 'PRIVATE'} KEY` : labels[options.type];
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}
class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() { return go.keyType(held.get(this).handle).type; }
  get asymmetricKeyDetails() {
    const d = go.keyType(held.get(this).handle);
    return d.type === 'rsa' ? { modulusLength: d.modulusLength, publicExponent: BigInt(d.publicExponent) } : d.type === 'ec' ? { namedCurve: d.namedCurve } : {};
  }
  export(options) { return exported(held.get(this).handle, this.type, options); }
}
class PublicKeyObject extends AsymmetricKeyObject {}
class PrivateKeyObject extends AsymmetricKeyObject {}

const more = ', KeyObject, or CryptoKey';
// handleOf is the Go key of what sign, verify and the like take.
function handleOf(given, wanted, forCreate) {
  if (isKey(given)) {
    const { type, handle } = held.get(given);
    if (type === 'secret' || (wanted === 'private' && type !== 'private')) throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${wanted === 'private' ? 'private' : 'private or public'}.`);
    return handle;
  }
  let name = 'key', encoding, form = '', passphrase;
  if (typeof given === 'object' && given !== null && plain(given) === undefined) {
    const o = given;
    if (isKey(o.key)) return handleOf(o.key, wanted);
    if (o.format === 'jwk') {
      const jwk = object(o.key, 'key.key');
      if (!['RSA', 'EC', 'OKP'].includes(jwk.kty)) throw badValue('key.kty', jwk.kty, "must be one of: 'RSA', 'EC', 'OKP'");
      const priv = wanted === 'private' || jwk.d !== undefined;
      const names = { RSA: priv ? ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] : ['n', 'e'], EC: priv ? ['crv', 'x', 'y', 'd'] : ['crv', 'x', 'y'], OKP: priv ? ['crv', 'x', 'd'] : ['crv', 'x'] }[jwk.kty];
      for (const n of names) string(jwk[n], `key.${n}`);
      return go.keyFromJWK(jwk, priv);
    }
    name = 'key.key';
    [given, encoding, passphrase] = [o.key, o.encoding, o.passphrase];
    if (o.format === 'der') form = string(o.type, 'options.type');
  }
  const bytes = source(given, name, encoding, forCreate ? '' : more);
  if (wanted === 'private') return go.key(bytes, true, form);
  return form ? go.key(bytes, form === 'pkcs8' || form === 'sec1', form) : go.key(bytes, false, '');
}
const createPrivateKey = key => new PrivateKeyObject('private', handleOf(key, 'private', true));
const createPublicKey = key => new PublicKeyObject('public', go.keyPublic(handleOf(key, 'public', true)));
function createSecretKey(key, encoding) {
  const bytes = typeof key === 'string' ? source(key, 'key', encoding) : view(key, 'key');
  return new SecretKeyObject('secret', Uint8Array.from(bytes));
}
lib.secret = (key, encoding, name = 'key') => {
  if (isKey(key)) {
    if (key.type !== 'secret') throw coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${key.type}, expected secret.`);
    return held.get(key).handle;
  }
  return source(key, name, encoding, more);
};

function pair(handle, options) {
  const keys = { publicKey: new PublicKeyObject('public', go.keyPublic(handle)), privateKey: new PrivateKeyObject('private', handle) };
  for (const [name, key] of Object.entries(keys)) {
    const encoding = options[name + 'Encoding'];
    if (encoding !== undefined) keys[name] = key.export(encoding);
  }
  return keys;
}
function generation(type, options = {}) {
  if (!['rsa', 'ec', 'ed25519'].includes(string(type, 'type'))) {
    if (['rsa-pss', 'dsa', 'ed448', 'x25519', 'x448', 'dh'].includes(type)) throw lib.missing(`generateKeyPair of ${type}`);
    throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received '${type}'`);
  }
  if (type === 'rsa') lib.integer(options.modulusLength, 'options.modulusLength', 0, 4294967295);
  if (type === 'ec') string(options.namedCurve, 'options.namedCurve');
  return [type, options.modulusLength, options.namedCurve];
}
const generateKeyPairSync = (type, options) => pair(go.generate(undefined, ...generation(type, options)), options || {});
function generateKeyPair(type, options, done) {
  if (typeof options === 'function') [options, done] = [undefined, options];
  const values = generation(type, options);
  callback(done);
  go.generate((e, handle) => {
    if (e) return done(e);
    const keys = pair(handle, options || {});
    done(null, keys.publicKey, keys.privateKey);
  }, ...values);
}
function generateKeySync(type, options) {
  const { length } = object(options, 'options');
  return new SecretKeyObject('secret', new Uint8Array(go.randomBytes(undefined, Math.floor(length / 8))));
}
function generateKey(type, options, done) {
  const key = generateKeySync(type, options);
  later(callback(done), null, key);
}
lib.handleOf = handleOf;
module.exports = { KeyObject, createPrivateKey, createPublicKey, createSecretKey, generateKeyPair, generateKeyPairSync, generateKey, generateKeySync };
