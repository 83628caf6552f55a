// KeyObject and what makes one of a text.
const { go, lib } = internal;
const { Buffer, coded, badType, badValue, string, object, source, view, wrap, plain } = lib;
const held = new WeakMap(); // KeyObject -> its type and the Go key; of a secret key, its bytes
const incompatible = (encoding, why) => coded(Error, 'ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS', `The selected key encoding ${encoding} ${why}.`);
const wrongType = (got, want) => coded(TypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${got}, expected ${want}.`);
const isBytes = v => typeof v === 'string' || plain(v) !== undefined;

class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') throw badValue('type', type);
    if (typeof handle !== 'object' || handle === null) throw badType('handle', 'of type object', handle);
    held.set(this, { type, handle });
  }
  static from(key) {
    const o = lib.keyOfCryptoKey(key);
    if (o === undefined) throw badType('key', 'an instance of CryptoKey', key);
    return o;
  }
  get type() { return held.get(this).type; }
  equals(other) {
    if (!isKey(other)) throw badType('otherKeyObject', 'an instance of KeyObject', other);
    if (other.type !== this.type) return false;
    const bytes = k => k.type === 'secret' ? held.get(k).handle : new Uint8Array(go.keyDER(held.get(k).handle, k.type === 'public' ? 'spki' : 'pkcs8'));
    return go.equal(bytes(this), bytes(other));
  }
}
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });
const isKey = v => typeof v === 'object' && v !== null && held.has(v);
class SecretKeyObject extends KeyObject {
  get symmetricKeySize() { return held.get(this).handle.length; }
  export(options) {
    const bytes = held.get(this).handle;
    if (options !== undefined) {
      const { format } = object(options, 'options');
      if (format === 'jwk') return { kty: 'oct', k: Buffer.from(bytes).toString('base64url') };
      if (format !== undefined && format !== 'buffer') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.format' must be one of: undefined, 'buffer', 'jwk'. ${lib.value(format)}`);
    }
    return Buffer.from(bytes);
  }
}

// encodingOf reads what says how a key is written: kind is the type of the key that is to be
// written, undefined for one that is read; only a public one has isPublic.
function encodingOf(given, kind, isPublic, owner) {
  const option = name => owner === undefined ? `options.${name}` : `options.${owner}.${name}`;
  const reads = kind === undefined;
  let { format, type, cipher, passphrase, encoding } = given;
  if (format === undefined && reads) format = 'pem';
  else if (format !== 'pem' && format !== 'der' && format !== 'jwk') throw badValue(option('format'), format);
  if (type !== undefined || ((!reads || format === 'der') && format !== 'jwk')) {
    if (type === 'pkcs1') {
      if (!reads && kind !== 'rsa') throw incompatible('pkcs1', 'can only be used for RSA keys');
    } else if (type === 'sec1' && isPublic !== true) {
      if (!reads && kind !== 'ec') throw incompatible('sec1', 'can only be used for EC keys');
    } else if (!(type === 'spki' && isPublic !== false) && !(type === 'pkcs8' && isPublic !== true)) throw badValue(option('type'), type);
  }
  if (isPublic === true) return { format, type };
  if (!reads) {
    if (cipher !== undefined && cipher !== null) {
      if (typeof cipher !== 'string') throw badValue(option('cipher'), cipher);
      if (format === 'der' && type !== 'pkcs8') throw incompatible(type, 'does not support encryption');
      if (!isBytes(passphrase)) throw badValue(option('passphrase'), passphrase);
    } else if (passphrase !== undefined) throw badValue(option('cipher'), cipher);
  } else if (passphrase !== undefined && !isBytes(passphrase)) throw badValue(option('passphrase'), passphrase);
  if (passphrase !== undefined) passphrase = source(passphrase, 'key.passphrase', encoding);
  return { format, type, cipher, passphrase };
}
const labels = { spki: 'PUBLIC KEY', pkcs8: 'PRIVATE KEY', sec1: 'EC PRIVATE KEY' };
function written(handle, type, { format, type: form, cipher, passphrase }) {
  if (format === 'jwk') return go.keyJWK(handle);
  if (cipher !== undefined && cipher !== null) {
    const out = go.keySealed(handle, form, format, cipher, passphrase);
    return format === 'pem' ? out : wrap(out);
  }
  const der = wrap(go.keyDER(handle, form));
  if (format === 'der') return der;
  const label = form === 'pkcs1' ? `RSA ${type === 'public' ? 'PUBLIC' : 'PRIVATE'} KEY` : labels[form];
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
}
class AsymmetricKeyObject extends KeyObject {
  get asymmetricKeyType() { return go.keyType(held.get(this).handle).type; }
  get asymmetricKeyDetails() {
    const { details: d } = go.keyType(held.get(this).handle), out = {};
    if (d === undefined) return out;
    for (const name of ['modulusLength', 'publicExponent', 'hashAlgorithm', 'mgf1HashAlgorithm', 'saltLength', 'namedCurve']) {
      if (d[name] !== undefined) out[name] = name === 'publicExponent' ? BigInt(d[name]) : d[name];
    }
    return out;
  }
  export(options) {
    const { type, handle } = held.get(this);
    object(options, 'options');
    if (options.format === 'jwk') {
      if (type === 'private' && options.passphrase !== undefined) throw incompatible('jwk', 'does not support encryption');
      return go.keyJWK(handle);
    }
    return written(handle, type, encodingOf(options, this.asymmetricKeyType, type === 'public'));
  }
}
class PublicKeyObject extends AsymmetricKeyObject {}
class PrivateKeyObject extends AsymmetricKeyObject {}

const oneOf = (list, v) => { if (!list.includes(v)) return `must be one of: ${list.map(n => `'${n}'`).join(', ')}`; };
function ofJWK(jwk, wanted) {
  object(jwk, 'key.key');
  let why = oneOf(['RSA', 'EC', 'OKP'], jwk.kty);
  if (why) throw badValue('key.kty', jwk.kty, why);
  const isPublic = wanted === 'public' || wanted === 'createPublic';
  if (jwk.kty !== 'RSA') {
    why = oneOf(jwk.kty === 'EC' ? ['P-256', 'secp256k1', 'P-384', 'P-521'] : ['Ed25519', 'Ed448', 'X25519', 'X448'], jwk.crv);
    if (why) throw badValue('key.crv', jwk.crv, why);
  }
  const names = { RSA: ['n', 'e'], EC: ['x', 'y'], OKP: ['x'] }[jwk.kty];
  for (const n of names) string(jwk[n], `key.${n}`);
  const priv = !isPublic || jwk.d !== undefined;
  if (priv) for (const n of jwk.kty === 'RSA' ? ['d', 'p', 'q', 'dp', 'dq', 'qi'] : ['d']) string(jwk[n], `key.${n}`);
  return go.keyFromJWK(jwk, priv);
}

const more = ', KeyObject, or CryptoKey';
function ofObject(key, wanted) {
  const { type, handle } = held.get(key);
  if (wanted === 'createPrivate') throw badType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
  if (type !== 'private') {
    if (wanted === 'private' || wanted === 'createPublic') throw wrongType(type, 'private');
    if (type !== 'public') throw wrongType(type, 'private or public');
  }
  return handle;
}
// handleOf is the Go key of what sign, verify and the like take. What is wanted is public or
// private, or with the prefix create where a KeyObject is made.
function handleOf(given, wanted) {
  const creates = wanted === 'createPrivate', inner = lib.keyOfCryptoKey(given);
  if (inner) given = inner;
  if (isKey(given)) return ofObject(given, wanted);
  if (isBytes(given)) return go.key(source(given, 'key'), creates || wanted === 'private', '');
  if (typeof given !== 'object') throw badType('key', `of type string or an instance of ArrayBuffer, Buffer, TypedArray, ${creates ? 'or DataView' : 'DataView' + more}`, given);
  const { key, encoding, format } = given, within = lib.keyOfCryptoKey(key) || key;
  if (isKey(within)) return ofObject(within, wanted);
  if (format === 'jwk') return ofJWK(key, wanted);
  const bytes = source(key, 'key.key', encoding, creates ? '' : more), priv = creates || wanted === 'private';
  const { format: form, type, passphrase } = encodingOf(given, undefined, priv ? false : undefined);
  if (form !== 'der') return go.key(bytes, priv, '', passphrase);
  return go.key(bytes, priv || type === 'pkcs8' || type === 'sec1', type, passphrase);
}
const publicKey = handle => new PublicKeyObject('public', go.keyPublic(handle));
const privateKey = handle => new PrivateKeyObject('private', handle);
const secretKey = bytes => new SecretKeyObject('secret', Uint8Array.from(bytes));
const createPrivateKey = key => privateKey(handleOf(key, 'createPrivate'));
const createPublicKey = key => publicKey(handleOf(key, 'createPublic'));
const createSecretKey = (key, encoding) => secretKey(typeof key === 'string' ? source(key, 'key', encoding) : view(key, 'key'));
lib.secret = (key, encoding, name = 'key') => {
  key = lib.keyOfCryptoKey(key) || key;
  if (!isKey(key)) return source(key, name, encoding, more);
  if (key.type !== 'secret') throw wrongType(key.type, 'secret');
  return held.get(key).handle;
};
lib.keyOfCryptoKey = () => undefined; // until WebCrypto was asked for
Object.assign(lib, { handleOf, ofJWK, encodingOf, written, publicKey, privateKey, secretKey, isKey, wrongType, handle: key => held.get(key).handle });
module.exports = { KeyObject, createPrivateKey, createPublicKey, createSecretKey };
