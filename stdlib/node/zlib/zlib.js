// Node's zlib around Go's compressors: internal.run(kind, bytes, level, limit) does the work at once,
// internal.start(…, callback) beside the loop.
const { constants, codes } = internal.tables;
const { Buffer, kMaxLength } = require('buffer');
const { Transform } = require('stream');
function fail(Type, code, message) { const e = new Type(message); e.code = code; return e; }

function bytesOf(v) {
  if (typeof v === 'string') return Buffer.from(v);
  if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof ArrayBuffer) return Buffer.from(v);
  throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buffer" argument must be of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer. Received ${internal.describe(v)}`);
}
function settings(options) {
  options = options || {};
  if (options.dictionary !== undefined) throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'zlib: the option dictionary is not provided by Ferrule');
  const { level = -1, maxOutputLength = kMaxLength, params } = options;
  if (!(level >= -1 && level <= 9)) throw fail(RangeError, 'ERR_OUT_OF_RANGE', `The value of "options.level" is out of range. It must be >= -1 and <= 9. Received ${level}`);
  const quality = params && params[constants.BROTLI_PARAM_QUALITY];
  return { level, quality: quality === undefined ? 11 : quality, limit: maxOutputLength };
}
function failure(answer, limit) {
  if (answer.code === 'ERR_BUFFER_TOO_LARGE') return fail(RangeError, answer.code, `Cannot create a Buffer larger than ${answer.limit} bytes`);
  const e = new Error(answer.message);
  e.errno = answer.errno;
  e.code = answer.code;
  return e;
}

function makeClass(Name, kind) {
  const f = { [Name]: function (options) {
    if (!(this instanceof f)) return new f(options);
    const set = settings(options), chunks = [];
    this.bytesWritten = 0;
    let size = 0;
    Transform.call(this, Object.assign({}, options, {
      transform: (chunk, encoding, callback) => {
        chunks.push(chunk);
        this.bytesWritten = size += chunk.length;
        callback(size > internal.most ? fail(RangeError, 'ERR_BUFFER_TOO_LARGE', `Cannot create a Buffer larger than ${internal.most} bytes`) : undefined);
      },
      flush: callback => internal.start(kind, Buffer.concat(chunks), kind.startsWith('brotli') ? set.quality : set.level, set.limit, answer => {
        if (answer.code !== undefined) return callback(failure(answer));
        const out = Buffer.from(answer.bytes);
        for (let i = 0; i < out.length; i += 16384) this.push(out.subarray(i, i + 16384));
        callback();
      }),
    }));
  } }[Name];
  Object.setPrototypeOf(f.prototype, Transform.prototype);
  Object.setPrototypeOf(f, Transform);
  f.prototype.close = function (callback) { if (callback) this.once('close', callback); this.destroy(); };
  f.prototype.flush = function (kind, callback) { if (typeof kind === 'function') callback = kind; if (callback) require('process').nextTick(callback); };
  f.prototype.params = function () { throw new Error(`zlib.${Name}.params is not provided by Ferrule`); };
  f.prototype.reset = function () { throw new Error(`zlib.${Name}.reset is not provided by Ferrule`); };
  exports[Name] = f;
  exports[`create${Name}`] = options => new f(options);
}

function makeFunctions(kind) {
  const brotli = kind.startsWith('brotli');
  exports[kind] = { [kind](buffer, options, callback) {
    if (typeof options === 'function') { callback = options; options = {}; }
    if (typeof callback !== 'function') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${internal.describe(callback)}`);
    const set = settings(options);
    internal.start(kind, bytesOf(buffer), brotli ? set.quality : set.level, set.limit, answer => (answer.code !== undefined ? callback(failure(answer)) : callback(null, Buffer.from(answer.bytes))));
  } }[kind];
  exports[`${kind}Sync`] = { [`${kind}Sync`](buffer, options) {
    const set = settings(options), answer = internal.run(kind, bytesOf(buffer), brotli ? set.quality : set.level, set.limit);
    if (answer.code !== undefined) throw failure(answer);
    return Buffer.from(answer.bytes);
  } }[`${kind}Sync`];
}

for (const kind of ['deflate', 'inflate', 'gzip', 'gunzip', 'deflateRaw', 'inflateRaw', 'unzip', 'brotliCompress', 'brotliDecompress']) {
  makeFunctions(kind);
  makeClass(kind[0].toUpperCase() + kind.slice(1), kind);
}
exports.crc32 = (data, value = 0) => internal.crc32(bytesOf(data), value);
exports.constants = Object.freeze(constants);
exports.codes = Object.freeze(codes);
for (const name of Object.keys(constants)) if (!/^BROTLI/.test(name)) Object.defineProperty(exports, name, { value: constants[name], enumerable: false });
