// Sign, Verify and encryption with RSA.
const { go, lib } = internal;
const { Buffer, coded, badValue, string, data, source, wrap, encoded, Streaming, later } = lib;
const states = new WeakMap();

function begin(self, algorithm) {
  string(algorithm, 'algorithm');
  if (!go.getHashes().some(h => h.toLowerCase() === algorithm.toLowerCase()) && !/^sha-?\d+$/i.test(algorithm)) throw coded.native(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  states.set(self, { algorithm, chunks: [] });
}
// settings are the padding, the length of the salt, and whether the numbers of an ECDSA signature are of fixed length.
function settings(key) {
  const o = typeof key === 'object' && key !== null ? key : {};
  const whole = (v, name) => {
    if (v !== undefined && v !== null && v !== (v | 0)) throw badValue(`options.${name}`, v);
    return v;
  };
  const padding = whole(o.padding, 'padding'), salt = whole(o.saltLength, 'saltLength');
  if (padding === 5) throw lib.missing('a signature with RSA_X931_PADDING');
  if (o.dsaEncoding !== undefined && o.dsaEncoding !== 'der' && o.dsaEncoding !== 'ieee-p1363') throw badValue('options.dsaEncoding', o.dsaEncoding);
  return [padding, salt, o.dsaEncoding === 'ieee-p1363'];
}
function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  begin(this, algorithm);
}
function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  begin(this, algorithm);
}
for (const C of [Sign, Verify]) {
  C.prototype = Object.create(Streaming.prototype, { constructor: { value: C, writable: true, configurable: true } });
  C.prototype.update = function update(value, encoding) {
    states.get(this).chunks.push(Buffer.from(data(value, encoding)));
    return this;
  };
  C.prototype._write = C.prototype._transform = function (chunk, encoding, done) { this.update(chunk, encoding); done(); };
}
const required = key => { if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign'); };
Sign.prototype.sign = function sign(key, encoding) {
  required(key);
  const { algorithm, chunks } = states.get(this);
  return encoded(go.sign(algorithm, Buffer.concat(chunks), lib.handleOf(key, 'private'), ...settings(key), true), encoding);
};
Verify.prototype.verify = function verify(key, signature, encoding) {
  const { algorithm, chunks } = states.get(this);
  return go.verify(algorithm, Buffer.concat(chunks), lib.handleOf(key, 'public'), ...settings(key), true, source(signature, 'signature', encoding));
};
const finish = (done, f) => {
  if (done === undefined) return f();
  lib.callback(done);
  let v;
  try { v = f(); } catch (e) { return later(done, e); }
  later(done, null, v);
};
const named = algorithm => algorithm === undefined || algorithm === null ? undefined : string(algorithm, 'algorithm');
const sign = (algorithm, bytes, key, done) => finish(done, () => {
  named(algorithm);
  bytes = source(bytes, 'data');
  required(key);
  return wrap(go.sign(algorithm, bytes, lib.handleOf(key, 'private'), ...settings(key), false));
});
const verify = (algorithm, bytes, key, signature, done) => finish(done, () => {
  named(algorithm);
  bytes = source(bytes, 'data');
  return go.verify(algorithm, bytes, lib.handleOf(key, 'public'), ...settings(key), false, lib.view(signature, 'signature'));
});
const optionsOf = key => typeof key === 'object' && key !== null ? key : {};
function rsaOptions(key) {
  const o = optionsOf(key);
  return [o.padding || 4, o.oaepHash === undefined ? 'sha1' : string(o.oaepHash, 'key.oaepHash'), o.oaepLabel === undefined ? undefined : source(o.oaepLabel, 'key.oaepLabel', o.encoding)];
}
function publicEncrypt(key, buffer) {
  const handle = lib.handleOf(key, 'public'), o = rsaOptions(key);
  return wrap(go.encrypt(handle, source(buffer, 'buffer', optionsOf(key).encoding), ...o));
}
function privateDecrypt(key, buffer) {
  const handle = lib.handleOf(key, 'private'), o = rsaOptions(key);
  if (o[0] === 1) throw coded.native(TypeError, 'ERR_INVALID_ARG_VALUE', 'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809');
  return wrap(go.decrypt(handle, source(buffer, 'buffer', optionsOf(key).encoding), ...o));
}
const privateEncrypt = (key, buffer) => wrap(go.encryptPrivate(lib.handleOf(key, 'private'), source(buffer, 'buffer', optionsOf(key).encoding), optionsOf(key).padding || 1));
const publicDecrypt = (key, buffer) => wrap(go.decryptPublic(lib.handleOf(key, 'public'), source(buffer, 'buffer', optionsOf(key).encoding), optionsOf(key).padding || 1));
module.exports = {
  Sign, Verify, createSign: (a, o) => new Sign(a, o), createVerify: (a, o) => new Verify(a, o), sign, verify, publicEncrypt, privateDecrypt, privateEncrypt, publicDecrypt,
};
