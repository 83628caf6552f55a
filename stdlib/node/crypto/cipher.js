// Cipheriv, Decipheriv and their forerunners with a password.
const { go, lib } = internal;
const { coded, string, integer, data, source, view, wrap, encoded, Streaming, Buffer } = lib;
const handles = new WeakMap(), decoders = new WeakMap();

// text joins what update and final answer as strings: units that an encoding needs whole may be
// split between two calls.
function text(self, bytes, encoding, ends) {
  if (!encoding || encoding === 'buffer') return wrap(bytes);
  let decoder = decoders.get(self);
  if (decoder === undefined) {
    const e = String(encoding).toLowerCase();
    if (e === 'hex' || e === 'latin1' || e === 'binary' || e === 'ascii') return wrap(bytes).toString(encoding);
    const { StringDecoder } = require('string_decoder');
    decoder = new StringDecoder(encoding);
    decoders.set(self, decoder);
  }
  const b = wrap(bytes);
  return ends ? decoder.end(b) : decoder.write(b);
}

function begin(self, handle, options) {
  handles.set(self, handle);
  if (options !== undefined) Object.defineProperty(self, '_options', { value: options, writable: true, enumerable: false, configurable: true });
}
function make(self, algorithm, key, iv, options, decrypts) {
  string(algorithm, 'cipher');
  const encoding = options && options.encoding;
  key = lib.secret(key, encoding);
  iv = iv === null ? null : source(iv, 'iv', encoding);
  let length;
  if (options && options.authTagLength !== undefined && options.authTagLength !== null) length = integer(options.authTagLength, 'options.authTagLength', 0, 2147483647);
  begin(self, go.cipher(algorithm, key, iv, decrypts, length), options);
}
function makeOld(self, algorithm, password, options, decrypts) {
  string(algorithm, 'cipher');
  begin(self, go.cipherOld(algorithm, source(password, 'password'), decrypts, options && options.authTagLength), options);
}

const methods = {
  update(value, inputEncoding, outputEncoding) {
    if (typeof value !== 'string' && !lib.isView(value)) throw lib.badType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', value);
    return text(this, go.cipherUpdate(handles.get(this), data(value, inputEncoding)) || new ArrayBuffer(0), outputEncoding, false);
  },
  final(outputEncoding) {
    return text(this, go.cipherFinal(handles.get(this)) || new ArrayBuffer(0), outputEncoding, true);
  },
  setAutoPadding(on) {
    go.cipherPadding(handles.get(this), !!on);
    return this;
  },
  setAAD(buffer, options) {
    go.cipherAAD(handles.get(this), source(buffer, 'aadbuf', options && options.encoding), options && options.plaintextLength);
    return this;
  },
  _transform(chunk, encoding, done) {
    this.push(this.update(chunk, encoding));
    done();
  },
  _flush(done) {
    try { this.push(this.final()); } catch (e) { return done(e); }
    done();
  },
};
const getAuthTag = function getAuthTag() { return wrap(go.cipherTag(handles.get(this))); };
const setAuthTag = function setAuthTag(tag, encoding) {
  go.cipherSetTag(handles.get(this), source(tag, 'buffer', encoding));
  return this;
};
function finish(C, more) {
  C.prototype = Object.create(Streaming.prototype, { constructor: { value: C, writable: true, configurable: true } });
  for (const [name, f] of Object.entries({ ...methods, ...more })) Object.defineProperty(C.prototype, name, { value: f, writable: true, configurable: true, enumerable: true });
}

function Cipheriv(cipher, key, iv, options) {
  if (!(this instanceof Cipheriv)) return new Cipheriv(cipher, key, iv, options);
  make(this, cipher, key, iv, options, false);
}
function Decipheriv(cipher, key, iv, options) {
  if (!(this instanceof Decipheriv)) return new Decipheriv(cipher, key, iv, options);
  make(this, cipher, key, iv, options, true);
}
function Cipher(cipher, password, options) {
  if (!(this instanceof Cipher)) return new Cipher(cipher, password, options);
  makeOld(this, cipher, password, options, false);
}
function Decipher(cipher, password, options) {
  if (!(this instanceof Decipher)) return new Decipher(cipher, password, options);
  makeOld(this, cipher, password, options, true);
}
finish(Cipheriv, { getAuthTag });
finish(Cipher, { getAuthTag });
finish(Decipheriv, { setAuthTag });
finish(Decipher, { setAuthTag });

function getCipherInfo(name, options) {
  if (typeof name !== 'string') {
    if (typeof name !== 'number') throw lib.badType('nameOrNid', 'one of type string or number', name);
    name = go.getCiphers().find(n => go.cipherInfo(n).nid === name) || '';
  }
  const info = go.cipherInfo(name);
  if (!info) return undefined;
  const out = { mode: info.mode, name: info.name.startsWith('aes') && /gcm|ccm/.test(info.mode) ? 'id-aes' + info.name.slice(4, 7) + '-' + info.mode : info.name, nid: info.nid };
  if (info.mode !== 'stream') out.blockSize = info.blockSize;
  if (info.ivLength) out.ivLength = info.ivLength;
  out.keyLength = info.keyLength;
  if (options && options.keyLength !== undefined && options.keyLength !== out.keyLength) return undefined;
  if (options && options.ivLength !== undefined && options.ivLength !== info.ivLength && !/gcm|ccm/.test(info.mode)) return undefined;
  if (options && options.ivLength !== undefined && out.ivLength) out.ivLength = options.ivLength;
  return out;
}

module.exports = {
  Cipher, Cipheriv, Decipher, Decipheriv, getCipherInfo,
  createCipheriv: (cipher, key, iv, options) => new Cipheriv(cipher, key, iv, options),
  createDecipheriv: (cipher, key, iv, options) => new Decipheriv(cipher, key, iv, options),
  createCipher: (cipher, password, options) => new Cipher(cipher, password, options),
  createDecipher: (cipher, password, options) => new Decipher(cipher, password, options),
  getCiphers: () => go.getCiphers(),
};
