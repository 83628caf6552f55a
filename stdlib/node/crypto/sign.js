// Sign, Verify and encryption with RSA.
const { go, lib } = internal;
const { Buffer, coded, string, data, source, wrap, encoded, Streaming, later, plain } = lib;
const states = new WeakMap();
const constants = { RSA_PKCS1_PADDING: 1, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5, RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6 };

function begin(self, algorithm, name) {
  string(algorithm, 'algorithm');
  if (!go.getHashes().some(h => h.toLowerCase() === algorithm.toLowerCase()) && !/^sha-?\d+$/i.test(algorithm)) throw coded(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
  states.set(self, { algorithm, chunks: [] });
}
function settings(key) {
  const o = typeof key === 'object' && key !== null ? key : {};
  if (o.padding !== undefined && o.padding !== 1 && o.padding !== 6) throw lib.missing(`sign with padding ${o.padding}`);
  if (o.dsaEncoding !== undefined && o.dsaEncoding !== 'der' && o.dsaEncoding !== 'ieee-p1363') throw lib.badValue('options.dsaEncoding', o.dsaEncoding);
  return [o.padding, o.saltLength, o.dsaEncoding === 'ieee-p1363'];
}
function Sign(algorithm, options) {
  if (!new.target) return new Sign(algorithm, options);
  begin(this, algorithm);
}
function Verify(algorithm, options) {
  if (!new.target) return new Verify(algorithm, options);
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
Sign.prototype.sign = function sign(key, encoding) {
  if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  const { algorithm, chunks } = states.get(this);
  return encoded(go.sign(algorithm, Buffer.concat(chunks), lib.handleOf(key, 'private'), ...settings(key)), encoding);
};
Verify.prototype.verify = function verify(key, signature, encoding) {
  const { algorithm, chunks } = states.get(this);
  return go.verify(algorithm, Buffer.concat(chunks), lib.handleOf(key, 'public'), ...settings(key), source(signature, 'signature', encoding));
};
const finish = (done, f) => {
  if (done === undefined) return f();
  lib.callback(done);
  let v;
  try { v = f(); } catch (e) { return later(done, e); }
  later(done, null, v);
};
const sign = (algorithm, bytes, key, done) => finish(done, () => {
  if (!key) throw coded(Error, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  return wrap(go.sign(algorithm || 'sha256', lib.view(bytes, 'data'), lib.handleOf(key, 'private'), ...settings(key)));
});
const verify = (algorithm, bytes, key, signature, done) => finish(done, () =>
  go.verify(algorithm || 'sha256', lib.view(bytes, 'data'), lib.handleOf(key, 'public'), ...settings(key), lib.view(signature, 'signature')));
function rsaOptions(key) {
  const o = typeof key === 'object' && key !== null ? key : {};
  const padding = o.padding === undefined ? 4 : o.padding;
  if (padding !== 1 && padding !== 4) throw lib.missing(`publicEncrypt with padding ${padding}`);
  return [padding, o.oaepHash || 'sha1', o.oaepLabel === undefined ? undefined : source(o.oaepLabel, 'key.oaepLabel')];
}
const publicEncrypt = (key, buffer) => { const o = rsaOptions(key); return wrap(go.encrypt(lib.handleOf(key, 'public'), source(buffer, 'buffer', key.encoding), ...o)); };
function privateDecrypt(key, buffer) {
  const o = rsaOptions(key);
  if (o[0] === 1) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'RSA_PKCS1_PADDING is no longer supported for private decryption, this can be reverted with --security-revert=CVE-2023-46809');
  return wrap(go.decrypt(lib.handleOf(key, 'private'), source(buffer, 'buffer', key.encoding), ...o));
}
module.exports = { Sign, Verify, createSign: (a, o) => new Sign(a, o), createVerify: (a, o) => new Verify(a, o), sign, verify, publicEncrypt, privateDecrypt, constants };
