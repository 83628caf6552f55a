// ECDH, DiffieHellman and diffieHellman.
const { go, lib } = internal;
const { coded, badType, badValue, string, object, source, wrap, encoded, plain } = lib;
const handles = new WeakMap();
const get = self => handles.get(self);
const methods = (C, table) => { for (const [name, value] of Object.entries(table)) Object.defineProperty(C.prototype, name, { value, writable: true, configurable: true, enumerable: true }); };

const forms = { compressed: 2, uncompressed: 4, hybrid: 6 };
function formOf(format) {
  if (!format) return 4;
  if (!Object.hasOwn(forms, format)) throw coded(TypeError, 'ERR_CRYPTO_ECDH_INVALID_FORMAT', `Invalid ECDH format: ${format}`);
  return forms[format];
}
function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  handles.set(this, go.ecdh(string(curve, 'curve')));
}
methods(ECDH, {
  computeSecret(key, inputEncoding, outputEncoding) { return encoded(go.ecdhSecret(get(this), source(key, 'key', inputEncoding)), outputEncoding); },
  setPrivateKey(key, encoding) { go.ecdhSetPrivate(get(this), source(key, 'key', encoding)); },
  setPublicKey(key, encoding) { go.ecdhSetPublic(get(this), source(key, 'key', encoding)); },
  getPrivateKey(encoding) { return encoded(go.ecdhPrivate(get(this)), encoding); },
  generateKeys(encoding, format) {
    go.ecdhGenerate(get(this));
    return this.getPublicKey(encoding, format);
  },
  getPublicKey(encoding, format) { return encoded(go.ecdhPublic(get(this), formOf(format)), encoding); },
});
ECDH.convertKey = function convertKey(key, curve, inputEncoding, outputEncoding, format) {
  string(curve, 'curve');
  return encoded(go.ecdhConvert(curve, source(key, 'key', inputEncoding), formOf(format)), outputEncoding);
};

function number(v, encoding, name) {
  if (typeof v !== 'number') return source(v, name, encoding);
  const hex = v.toString(16);
  return v < 0 ? lib.Buffer.alloc(1) : lib.Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex');
}
function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && plain(sizeOrKey) === undefined) {
    throw badType('sizeOrKey', 'one of type number or string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') lib.integer(sizeOrKey, 'sizeOrKey', -2147483648, 2147483647);
  if (keyEncoding && keyEncoding !== 'buffer' && !lib.Buffer.isEncoding(keyEncoding)) [keyEncoding, generator, genEncoding] = [undefined, keyEncoding, generator];
  const base = generator ? number(generator, genEncoding, 'generator') : lib.Buffer.from([2]);
  if (typeof sizeOrKey === 'number') {
    sizeOrKey = lib.Buffer.from(sizeOrKey < 512 ? go.dhSmall() : go.prime(undefined, sizeOrKey, true));
  } else sizeOrKey = source(sizeOrKey, 'sizeOrKey', keyEncoding);
  handles.set(this, go.dh(sizeOrKey, base));
  begin(this);
}
function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  if (typeof name !== 'string') throw coded.native(TypeError, 'ERR_INVALID_ARG_TYPE', 'Group name must be a string');
  handles.set(this, go.dhGroup(name));
  begin(this);
}
const begin = self => Object.defineProperty(self, 'verifyError', { value: go.dhError(get(self)), writable: false, enumerable: true });
const shared = {
  generateKeys(encoding) {
    go.dhGenerate(get(this));
    return this.getPublicKey(encoding);
  },
  computeSecret(key, inputEncoding, outputEncoding) { return encoded(go.dhSecret(get(this), source(key, 'key', inputEncoding)), outputEncoding); },
  getPrime(encoding) { return encoded(go.dhPrime(get(this)), encoding); },
  getGenerator(encoding) { return encoded(go.dhGenerator(get(this)), encoding); },
  getPublicKey(encoding) { return encoded(go.dhPublic(get(this)), encoding); },
  getPrivateKey(encoding) { return encoded(go.dhPrivate(get(this)), encoding); },
};
methods(DiffieHellmanGroup, shared);
methods(DiffieHellman, {
  ...shared,
  setPublicKey(key, encoding) { go.dhSetPublic(get(this), source(key, 'key', encoding)); return this; },
  setPrivateKey(key, encoding) { go.dhSetPrivate(get(this), source(key, 'key', encoding)); return this; },
});

function diffieHellman(options) {
  const { privateKey, publicKey } = object(options, 'options');
  if (!lib.isKey(privateKey)) throw badValue('options.privateKey', privateKey);
  if (!lib.isKey(publicKey)) throw badValue('options.publicKey', publicKey);
  if (privateKey.type !== 'private') throw lib.wrongType(privateKey.type, 'private');
  if (publicKey.type !== 'public' && publicKey.type !== 'private') throw lib.wrongType(publicKey.type, 'private or public');
  return wrap(go.diffieHellman(lib.handle(privateKey), lib.handle(publicKey)));
}
const group = name => new DiffieHellmanGroup(name);
module.exports = {
  ECDH, DiffieHellman, DiffieHellmanGroup, diffieHellman, createECDH: curve => new ECDH(curve), createDiffieHellman: (...values) => new DiffieHellman(...values),
  createDiffieHellmanGroup: group, getDiffieHellman: group,
};
