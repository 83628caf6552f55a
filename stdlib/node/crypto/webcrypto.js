// WebCrypto: Crypto, SubtleCrypto and CryptoKey, and how their arguments are judged. What the
// algorithms do is in subtle.js.
const { go, lib } = internal;
const { coded, plain } = lib;
const { defineProperty } = Object, custom = Symbol.for('nodejs.util.inspect.custom');
const DOMException = go.global('DOMException');
const refused = (message, name, cause) => new DOMException(message, cause === undefined ? name : { name, cause });
const failedWith = cause => refused('The operation failed for an operation-specific reason', 'OperationError', cause);

const held = new WeakMap(); // CryptoKey -> its key, algorithm, usages and extractable
class CryptoKey {
  constructor() { throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor'); }
  get type() { return of(this).key.type; }
  get extractable() { return of(this).extractable; }
  get algorithm() { return of(this).algorithm; }
  get usages() { return Array.from(of(this).usages); }
  [custom](depth, options, inspect) {
    if (depth < 0) return this;
    const shown = { type: this.type, extractable: this.extractable, algorithm: this.algorithm, usages: this.usages };
    return `CryptoKey ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  }
}
function of(v) {
  const found = typeof v === 'object' && v !== null ? held.get(v) : undefined;
  if (found === undefined) throw coded(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type CryptoKey');
  return found;
}
function cryptoKey(key, algorithm, usages, extractable) {
  const made = Object.create(CryptoKey.prototype);
  held.set(made, { key, algorithm, usages: Array.from(new Set(usages)), extractable });
  return made;
}
const isCryptoKey = v => typeof v === 'object' && v !== null && held.has(v);
lib.keyOfCryptoKey = v => isCryptoKey(v) ? held.get(v).key : undefined;
const tag = (C, value) => defineProperty(C.prototype, Symbol.toStringTag, { value, configurable: true });
tag(CryptoKey, 'CryptoKey');

// dictionaries are the members that an algorithm has beside its name: name, kind, and whether
// it must be there.
const number = (low, high) => (v, where) => {
  const n = Number(v);
  if (!Number.isFinite(n)) throw coded.native(TypeError, 'ERR_INVALID_ARG_TYPE', `${where} is not a finite number.`);
  if (n < low || n > high) throw coded(TypeError, 'ERR_OUT_OF_RANGE', `${where} is outside the expected range of ${low} to ${high}.`);
  return Math.trunc(n);
};
const byte = number(0, 255), short = number(0, 65535), long = number(0, 4294967295);
function bytes(v, where) {
  const b = typeof v === 'object' && v !== null ? plain(v) : undefined;
  if (b === undefined) throw coded.native(TypeError, 'ERR_INVALID_ARG_TYPE', `${where} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  return b.slice();
}
function key(v, where) {
  if (!isCryptoKey(v)) throw coded.native(TypeError, 'ERR_INVALID_ARG_TYPE', `${where} is not of type CryptoKey.`);
  return v;
}
const hash = v => normalized(v, 'digest'), text = v => String(v);
const dictionaries = {
  RsaHashedKeyGenParams: [['modulusLength', long, true], ['publicExponent', bytes, true], ['hash', hash, true]], RsaHashedImportParams: [['hash', hash, true]],
  RsaPssParams: [['saltLength', long, true]], RsaOaepParams: [['label', bytes]],
  EcKeyGenParams: [['namedCurve', text, true]], EcKeyImportParams: [['namedCurve', text, true]], EcdsaParams: [['hash', hash, true]], EcdhKeyDeriveParams: [['public', key, true]],
  HmacKeyGenParams: [['hash', hash, true], ['length', long]], HmacImportParams: [['hash', hash, true], ['length', long]],
  AesKeyGenParams: [['length', short, true]], AesDerivedKeyParams: [['length', short, true]], AesCbcParams: [['iv', bytes, true]],
  AesCtrParams: [['counter', bytes, true], ['length', byte, true]], AesGcmParams: [['iv', bytes, true], ['tagLength', byte], ['additionalData', bytes]],
  HkdfParams: [['hash', hash, true], ['info', bytes, true], ['salt', bytes, true]], Pbkdf2Params: [['hash', hash, true], ['iterations', long, true], ['salt', bytes, true]],
};
const each = (names, dictionary) => Object.fromEntries(names.map(n => [n, dictionary]));
const rsa = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'], ec = ['ECDSA', 'ECDH'], aes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-KW'], derivers = ['HKDF', 'PBKDF2'];
const curves = ['Ed25519', 'Ed448', 'X25519', 'X448'], ciphers = { 'RSA-OAEP': 'RsaOaepParams', 'AES-CBC': 'AesCbcParams', 'AES-CTR': 'AesCtrParams', 'AES-GCM': 'AesGcmParams' };
const signers = { 'RSASSA-PKCS1-v1_5': '', 'RSA-PSS': 'RsaPssParams', ECDSA: 'EcdsaParams', HMAC: '', Ed25519: '', Ed448: '' };
const operations = {
  digest: each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'], ''), encrypt: ciphers, decrypt: ciphers, sign: signers, verify: signers,
  generateKey: { ...each(rsa, 'RsaHashedKeyGenParams'), ...each(ec, 'EcKeyGenParams'), ...each(aes, 'AesKeyGenParams'), HMAC: 'HmacKeyGenParams', ...each(curves, '') },
  importKey: { ...each(rsa, 'RsaHashedImportParams'), ...each(ec, 'EcKeyImportParams'), ...each(aes, ''), HMAC: 'HmacImportParams', ...each(curves, ''), ...each(derivers, '') },
  deriveBits: { HKDF: 'HkdfParams', PBKDF2: 'Pbkdf2Params', ...each(['ECDH', 'X25519', 'X448'], 'EcdhKeyDeriveParams') },
  length: { ...each(aes, 'AesDerivedKeyParams'), HMAC: 'HmacImportParams', ...each(derivers, '') },
  wrapKey: { 'AES-KW': '' }, unwrapKey: { 'AES-KW': '' },
};
const failing = 'Failed to normalize algorithm: passed algorithm can not be converted to';
// normalized is an algorithm with its members judged, as far as an operation asks for them.
function normalized(given, operation) {
  if (typeof given === 'string') given = { name: given };
  else if ((typeof given !== 'object' && typeof given !== 'function') || given === null) given = { name: String(given) };
  const name = given.name;
  if (name === undefined) throw coded.native(TypeError, 'ERR_MISSING_OPTION', `${failing} 'Algorithm' because 'name' is required in 'Algorithm'.`);
  const known = Object.keys(operations[operation]).find(n => n.toLowerCase() === String(name).toLowerCase());
  if (known === undefined) throw refused('Unrecognized algorithm name', 'NotSupportedError');
  const dictionary = operations[operation][known], out = { name: known };
  for (const [member, convert, required] of dictionaries[dictionary] || []) {
    if (given[member] !== undefined) out[member] = convert(given[member], `Failed to normalize algorithm: '${member}' of '${dictionary}' (passed algorithm)`);
    else if (required) throw coded.native(TypeError, 'ERR_MISSING_OPTION', `${failing} '${dictionary}' because '${member}' is required in '${dictionary}'.`);
  }
  if (known === 'Ed448' || known === 'X448') throw lib.missing(`subtle.${operation} with ${known}`);
  return out;
}

// arguments_ judges what a method of SubtleCrypto is called with; kinds are one letter each:
// a algorithm, b bytes, k key, f format, x boolean, u usages, v anything
const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th'];
const usages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey'];
function judged(method, kinds, given, required = kinds.length) {
  const prefix = `Failed to execute '${method}' on 'SubtleCrypto'`;
  if (given.length < required) throw coded(TypeError, 'ERR_MISSING_ARGS', `${prefix}: ${required} argument${required === 1 ? '' : 's'} required, but only ${given.length} present.`);
  const enumerated = (v, list, where, type) => {
    if (!list.includes(String(v))) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `${prefix}: ${where} value '${v}' is not a valid enum value of type ${type}.`);
    return String(v);
  };
  return Array.from(kinds, (kind, i) => {
    const v = given[i], where = `${ordinals[i]} argument`;
    switch (kind) {
      case 'b': return bytes(v, `${prefix}: ${where}`);
      case 'k': return key(v, `${prefix}: ${where}`);
      case 'f': return enumerated(v, ['raw', 'pkcs8', 'spki', 'jwk'], where, 'KeyFormat');
      case 'x': return !!v;
      case 'u':
        if (typeof v !== 'object' || v === null || typeof v[Symbol.iterator] !== 'function') throw coded(TypeError, 'ERR_INVALID_ARG_TYPE', `${prefix}: ${where} can not be converted to sequence.`);
        return Array.from(v, (u, n) => enumerated(u, usages, `${where}, index ${n}`, 'KeyUsage'));
      default: return v;
    }
  });
}

class SubtleCrypto { constructor() { throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor'); } }
class Crypto { constructor() { throw coded(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor'); } }
tag(SubtleCrypto, 'SubtleCrypto');
tag(Crypto, 'Crypto');
const subtle = Object.create(SubtleCrypto.prototype), crypto = Object.create(Crypto.prototype);
const owned = (self, owner, name) => { if (self !== owner) throw coded(TypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`); };

const methods = go.part('subtle', go, Object.assign(Object.create(lib), { refused, failedWith, normalized, judged, cryptoKey, isCryptoKey, of }));
for (const name of ['encrypt', 'decrypt', 'sign', 'verify', 'digest', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey', 'wrapKey', 'unwrapKey']) {
  const method = { async [name](...given) {
    owned(this, subtle, 'SubtleCrypto');
    return methods[name](given);
  } }[name];
  defineProperty(SubtleCrypto.prototype, name, { value: method, writable: true, enumerable: true, configurable: true });
}

const integers = /^(Big)?(Int|Uint)(8|16|32|64)(Clamped)?Array$/;
const kindOf = v => ArrayBuffer.isView(v) && Object.prototype.toString.call(v).slice(8, -1);
const members = {
  getRandomValues(array) {
    owned(this, crypto, 'Crypto');
    if (!integers.test(kindOf(array) || '')) throw refused('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
    if (array.byteLength > 65536) throw refused(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
    go.randomFill(plain(array));
    return array;
  },
  randomUUID() {
    owned(this, crypto, 'Crypto');
    return go.randomUUID();
  },
};
defineProperty(Crypto.prototype, 'subtle', { get() { owned(this, crypto, 'Crypto'); return subtle; }, enumerable: true, configurable: true });
for (const name of Object.keys(members)) defineProperty(Crypto.prototype, name, { value: members[name], writable: true, enumerable: true, configurable: true });
module.exports = { crypto, Crypto, SubtleCrypto, CryptoKey };
