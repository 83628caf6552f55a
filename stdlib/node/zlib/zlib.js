// Node's zlib around Go's compressors: internal.run(kind, bytes, level, limit, partial) does the work at
// once, internal.start(…, callback) beside the loop; internal.stream and internal.step are for streams.
const { constants, codes } = internal.tables;
const { Buffer, kMaxLength } = require('buffer');
const { Transform } = require('stream');
const { fail } = internal;

function bytesOf(v) {
  if (typeof v === 'string') return Buffer.from(v);
  if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof ArrayBuffer) return Buffer.from(v);
  throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buffer" argument must be of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer. Received ${internal.describe(v)}`);
}
const absent = what => fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `zlib: ${what} is not provided by Ferrule`);
const ranges = { chunkSize: [64, Infinity], flush: [0, 5], finishFlush: [0, 5], windowBits: [8, 15], level: [-1, 9], memLevel: [1, 9], strategy: [0, 4], maxOutputLength: [1, kMaxLength] };
const brotliRanges = { chunkSize: ranges.chunkSize, flush: [0, 3], finishFlush: [0, 3], maxOutputLength: ranges.maxOutputLength };
// settings are an option's values, judged; Go's compressors choose window, memory and strategy themselves.
function settings(options, kind) {
  options = options || {};
  const brotli = kind.startsWith('brotli'), inflates = /^(in|gun|unz)/.test(kind);
  for (let [name, [low, high]] of Object.entries(brotli ? brotliRanges : ranges)) {
    const v = options[name];
    if (name === 'windowBits' && kind === 'gzip') low = 9;
    if (v === undefined || Number.isNaN(v) || (name === 'windowBits' && v === 0 && inflates)) continue;
    if (typeof v !== 'number') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options.${name}" property must be of type number. Received ${internal.describe(v)}`);
    if (!(v >= low && v <= high)) throw fail(RangeError, 'ERR_OUT_OF_RANGE', `The value of "options.${name}" is out of range. It must be ${high === Infinity ? `>= ${low}` : `>= ${low} and <= ${high}`}. Received ${v}`);
  }
  if (options.dictionary !== undefined) throw absent('the option dictionary');
  if (options.info) throw absent('the option info');
  const { level = -1, maxOutputLength = kMaxLength, params, flush = 0, finishFlush } = options;
  const quality = params && params[constants.BROTLI_PARAM_QUALITY], last = finishFlush === undefined ? (brotli ? constants.BROTLI_OPERATION_FINISH : constants.Z_FINISH) : finishFlush;
  // Go knows flags of zlib: those of brotli are 0 process, 1 flush, 2 finish.
  const flag = f => brotli ? [0, 2, 4, 0][f] : f;
  return { level: brotli ? (quality === undefined ? 11 : quality) : level, limit: maxOutputLength, flush: flag(flush), last: flag(last), flag };
}
function failure(answer, limit) {
  if (answer.code === 'ERR_BUFFER_TOO_LARGE') return fail(RangeError, answer.code, answer.message || `Cannot create a Buffer larger than ${answer.limit} bytes`);
  const e = new Error(answer.message);
  e.errno = answer.errno;
  e.code = answer.code;
  return e;
}

const flushes = new WeakMap(); // empty chunks that ask for a flush
function makeClass(Name, kind) {
  const f = { [Name]: function (options) {
    if (!(this instanceof f)) return new f(options);
    const set = settings(options, kind), packs = /^(de|gz|brotliC)/.test(kind);
    let handle;
    this.bytesWritten = 0;
    // work gives input to the compressor, and pushes what comes out as fast as it is read.
    const work = (chunk, flush, callback) => {
      if (handle === undefined) handle = internal.stream(kind, set.level);
      const next = input => internal.step(handle, input, flush, (answer, more) => {
        if (this.destroyed) return;
        if (answer.code !== undefined) {
          if (answer.code === 'Z_BUF_ERROR' && set.last !== constants.Z_FINISH) return callback();
          return callback(failure(answer));
        }
        const out = Buffer.from(answer.bytes);
        let room = true;
        for (let i = 0; i < out.length; i += 16384) room = this.push(out.subarray(i, i + 16384));
        if (!more) return callback();
        if (room) return next();
        const read = this._read;
        this._read = size => { this._read = read; next(); };
      });
      next(chunk);
    };
    Transform.call(this, Object.assign({}, options, {
      transform: (chunk, encoding, callback) => {
        const asked = flushes.get(chunk);
        if (asked === undefined) this.bytesWritten += chunk.length;
        work(chunk, asked === undefined ? set.flush : set.flag(asked), callback);
      },
      flush: callback => work(Buffer.alloc(0), packs ? set.last : constants.Z_FINISH, callback),
    }));
  } }[Name];
  Object.setPrototypeOf(f.prototype, Transform.prototype);
  Object.setPrototypeOf(f, Transform);
  f.prototype._final = function (callback) { callback(); }; // it has finished before its last output is read
  f.prototype.close = function (callback) { if (callback) this.once('close', callback); this.destroy(); };
  f.prototype.flush = function (asked, callback) {
    if (typeof asked === 'function' || (asked === undefined && !callback)) { callback = asked; asked = undefined; }
    if (asked === undefined) asked = kind.startsWith('brotli') ? constants.BROTLI_OPERATION_FLUSH : constants.Z_FULL_FLUSH;
    if (this.writableFinished) {
      if (callback) require('process').nextTick(callback);
    } else if (this.writableEnded) {
      if (callback) this.once('end', callback);
    } else {
      const chunk = Buffer.alloc(0);
      flushes.set(chunk, asked);
      this.write(chunk, '', callback);
    }
  };
  f.prototype.params = function () { throw absent(`${Name}.params`); };
  f.prototype.reset = function () { throw absent(`${Name}.reset`); };
  f.prototype._processChunk = function () { throw absent(`${Name}._processChunk`); };
  exports[Name] = f;
  exports[`create${Name}`] = options => new f(options);
}

function makeFunctions(kind) {
  exports[kind] = { [kind](buffer, options, callback) {
    if (typeof options === 'function') { callback = options; options = {}; }
    if (typeof callback !== 'function') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${internal.describe(callback)}`);
    const set = settings(options, kind);
    internal.start(kind, bytesOf(buffer), set.level, set.limit, set.last !== constants.Z_FINISH, answer => (answer.code !== undefined ? callback(failure(answer)) : callback(null, Buffer.from(answer.bytes))));
  } }[kind];
  exports[`${kind}Sync`] = { [`${kind}Sync`](buffer, options) {
    const set = settings(options, kind), answer = internal.run(kind, bytesOf(buffer), set.level, set.limit, set.last !== constants.Z_FINISH);
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
