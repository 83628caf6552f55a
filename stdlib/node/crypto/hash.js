// Hash, Hmac, random values and key derivation.
const { go, lib } = internal;
const { Buffer, coded, badType, badValue, outOfRange, string, callback, integer, data, source, view, wrap, encoded, later, plain, Streaming, isView } = lib;
const finalized = () => coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
const states = new WeakMap();

function made(self, handle, options) {
  states.set(self, { handle, done: false });
  if (options !== undefined) Object.defineProperty(self, '_options', { value: options, writable: true, enumerable: false, configurable: true });
  return self;
}

function Hash(algorithm, options) {
  if (!(this instanceof Hash)) return new Hash(algorithm, options);
  if (!(algorithm instanceof Hash)) string(algorithm, 'algorithm');
  let length;
  if (typeof options === 'object' && options !== null && options.outputLength !== undefined) length = integer(options.outputLength, 'options.outputLength', 0, 2147483647);
  if (algorithm instanceof Hash) return made(this, go.hashCopy(states.get(algorithm).handle, length), options);
  made(this, go.hash(algorithm, length), options);
}
Hash.prototype = Object.create(Streaming.prototype, { constructor: { value: Hash, writable: true, configurable: true } });
Hash.prototype.copy = function copy(options) {
  if (states.get(this).done) throw finalized();
  return new Hash(this, options);
};
Hash.prototype.update = function update(value, encoding) {
  const state = states.get(this);
  if (state.done) throw finalized();
  go.hashUpdate(state.handle, data(value, encoding));
  return this;
};
Hash.prototype.digest = function digest(encoding) {
  const state = states.get(this);
  if (state.done) throw finalized();
  state.done = true;
  return encoded(go.hashDigest(state.handle), encoding);
};
Hash.prototype._transform = function (chunk, encoding, done) {
  go.hashUpdate(states.get(this).handle, data(chunk, encoding));
  done();
};
Hash.prototype._flush = function (done) {
  this.push(this.digest());
  done();
};

function Hmac(algorithm, key, options) {
  if (!(this instanceof Hmac)) return new Hmac(algorithm, key, options);
  string(algorithm, 'hmac');
  made(this, go.hmac(algorithm, lib.secret(key, options && options.encoding)), options);
}
Hmac.prototype = Object.create(Streaming.prototype, { constructor: { value: Hmac, writable: true, configurable: true } });
Hmac.prototype.update = Hash.prototype.update;
Hmac.prototype.digest = function digest(encoding) {
  const state = states.get(this);
  if (state.done) return encoded(new ArrayBuffer(0), encoding);
  state.done = true;
  return encoded(go.hashDigest(state.handle), encoding);
};
Hmac.prototype._flush = Hash.prototype._flush;
Hmac.prototype._transform = Hash.prototype._transform;

// hash(algorithm, input[, encoding]) answers a digest in one call.
function hash(algorithm, input, encoding = 'hex') {
  string(algorithm, 'algorithm');
  const bytes = data(input, undefined, 'input');
  if (encoding !== 'buffer' && !Buffer.isEncoding(string(encoding, 'outputEncoding'))) throw badValue('outputEncoding', encoding);
  let handle;
  try { handle = go.hash(algorithm); } catch (e) { throw e.code === undefined ? new Error(`Digest method ${algorithm} is not supported`) : e; }
  go.hashUpdate(handle, bytes);
  return encoded(go.hashDigest(handle), encoding);
}

const answer = f => (err, bytes) => err ? f(err) : f(null, wrap(bytes));

function sizeOf(size, name = 'size', most = 2147483647) {
  if (typeof size !== 'number') throw badType(name, 'of type number', size);
  if (!(size >= 0 && size <= most)) throw outOfRange(name, `>= 0 && <= ${most}`, size);
  return size;
}
function randomBytes(size, done) {
  sizeOf(size);
  if (done === undefined) return wrap(go.randomBytes(undefined, size));
  go.randomBytes(answer(callback(done)), size);
}
function range(buffer, offset, size) {
  const b = plain(buffer);
  if (b === undefined) throw badType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buffer);
  const unit = buffer.BYTES_PER_ELEMENT || 1;
  if (offset === undefined) offset = 0;
  offset = sizeOf(offset, 'offset', b.length / unit) * unit;
  size = size === undefined ? b.length - offset : sizeOf(size) * unit;
  if (offset + size > b.length) throw outOfRange('size + offset', `<= ${b.length}`, size + offset);
  return b.subarray(offset, offset + size);
}
function randomFillSync(buffer, offset, size) {
  go.randomFill(range(buffer, offset, size));
  return buffer;
}
function randomFill(buffer, offset, size, done) {
  if (typeof offset === 'function') [offset, size, done] = [undefined, undefined, offset];
  else if (typeof size === 'function') [size, done] = [undefined, size];
  callback(done);
  const part = range(buffer, offset, size);
  go.randomFill(part);
  later(done, null, buffer);
}
function randomInt(min, max, done) {
  if (max === undefined || typeof max === 'function') [min, max, done] = [0, min, max];
  if (!Number.isSafeInteger(min)) throw badType('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw badType('max', 'a safe integer', max);
  if (max <= min) throw outOfRange('max', `greater than the value of "min" (${min})`, max);
  if (max - min > 281474976710655) throw outOfRange('max - min', '<= 281474976710655', max - min);
  const value = go.randomInt(min, max - min);
  if (done === undefined) return value;
  later(callback(done), undefined, value);
}
function randomUUID(options) {
  if (options !== undefined) lib.object(options, 'options');
  return go.randomUUID();
}
function timingSafeEqual(a, b) {
  const [x, y] = [[a, 'buf1'], [b, 'buf2']].map(([v, name]) => {
    const bytes = plain(v);
    if (bytes === undefined) throw coded.native(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
    return bytes;
  });
  if (x.length !== y.length) throw coded.native(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return go.equal(x, y);
}

function pbkdf2Arguments(password, salt, iterations, keylen, digest) {
  string(digest, 'digest');
  return [source(password, 'password'), source(salt, 'salt'), integer(iterations, 'iterations', 1, 2147483647), integer(keylen, 'keylen', 0, 2147483647), digest];
}
function pbkdf2(password, salt, iterations, keylen, digest, done) {
  if (typeof digest === 'function') [digest, done] = [undefined, digest];
  const values = pbkdf2Arguments(password, salt, iterations, keylen, digest);
  go.pbkdf2(answer(callback(done)), ...values);
}
const pbkdf2Sync = (...values) => wrap(go.pbkdf2(undefined, ...pbkdf2Arguments(...values)));

function scryptArguments(password, salt, keylen, options) {
  password = source(password, 'password');
  salt = source(salt, 'salt');
  integer(keylen, 'keylen', 0, 2147483647);
  let N = 16384, r = 8, p = 1, maxmem = 33554432;
  if (options && options !== null) {
    const both = (short, long) => {
      if (options[short] !== undefined && options[long] !== undefined) throw coded(Error, 'ERR_INCOMPATIBLE_OPTION_PAIR', `Option "${short}" cannot be used in combination with option "${long}"`);
      const name = options[short] !== undefined ? short : long;
      if (options[name] !== undefined) return integer(options[name], name, 0, 4294967295);
    };
    N = both('N', 'cost') || N;
    r = both('r', 'blockSize') || r;
    p = both('p', 'parallelization') || p;
    if (options.maxmem !== undefined) maxmem = integer(options.maxmem, 'maxmem', 0, Number.MAX_SAFE_INTEGER) || maxmem;
  }
  return [password, salt, keylen, N, r, p, maxmem];
}
function scrypt(password, salt, keylen, options, done) {
  if (done === undefined && typeof options === 'function') [options, done] = [undefined, options];
  const values = scryptArguments(password, salt, keylen, options);
  go.scrypt(answer(callback(done)), ...values);
}
const scryptSync = (...values) => wrap(go.scrypt(undefined, ...scryptArguments(...values)));

function hkdfArguments(digest, key, salt, info, length) {
  string(digest, 'digest');
  key = lib.secret(key, undefined, 'ikm');
  salt = source(salt, 'salt');
  info = source(info, 'info');
  integer(length, 'length', 0, 2147483647);
  if (info.length > 1024) throw outOfRange('info', 'must not contain more than 1024 bytes', info.length);
  return [digest, key, salt, info, length];
}
const hkdfSync = (...values) => go.hkdf(...hkdfArguments(...values));
function hkdf(digest, key, salt, info, length, done) {
  const values = hkdfArguments(digest, key, salt, info, length);
  callback(done);
  const bytes = go.hkdf(...values);
  later(done, null, bytes);
}

module.exports = {
  Hash, Hmac, createHash: (algorithm, options) => new Hash(algorithm, options), createHmac: (hmac, key, options) => new Hmac(hmac, key, options),
  getHashes: () => go.getHashes(), hash, randomBytes, pseudoRandomBytes: randomBytes, rng: randomBytes, prng: randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual,
  pbkdf2, pbkdf2Sync, scrypt, scryptSync, hkdf, hkdfSync,
};
