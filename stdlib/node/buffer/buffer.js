// Node's buffer around the Buffer of the global object.
const Buffer = internal.global('Buffer');
const { defineProperty } = Object;
const { fail } = internal;

function SlowBuffer(size) { return Buffer.allocUnsafeSlow(size); }
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

const bytesOf = v => {
  if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof ArrayBuffer) return Buffer.from(v);
  throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "input" argument must be an instance of ArrayBuffer, Buffer, or TypedArray. Received ${internal.describe(v)}`);
};
const transcodable = { __proto__: null, utf8: 'utf8', 'utf-8': 'utf8', ucs2: 'ucs2', 'ucs-2': 'ucs2', utf16le: 'ucs2', 'utf-16le': 'ucs2', latin1: 'latin1', binary: 'latin1', ascii: 'ascii' };
function transcode(source, from, to) {
  const refused = (code, errno) => Object.assign(fail.native(Error, code, `Unable to transcode Buffer [${code}]`), { errno });
  if (!(source instanceof Uint8Array)) throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "source" argument must be an instance of Buffer or Uint8Array. Received ${internal.describe(source)}`);
  if (source.length === 0) return Buffer.alloc(0);
  const [a, b] = [from, to].map(e => (e === undefined || e === null || e === '' ? 'utf8' : transcodable[`${String(e)}`.toLowerCase()]));
  if (!a || !b) throw refused('U_ILLEGAL_ARGUMENT_ERROR', 1);
  // What no byte of the answer can say is a question mark, what says nothing is U+FFFD.
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (b === 'ucs2' && a === 'utf8' && !isUtf8(bytes)) throw refused('U_INVALID_CHAR_FOUND', 10);
  let s = a !== 'ascii' ? bytes.toString(a) : b === 'ucs2' ? bytes.toString('latin1') : bytes.toString('latin1').replace(/[^\0-\x7f]/g, '\ufffd');
  if (a === 'ucs2' && b === 'utf8' && (bytes.length === 1 || !s.isWellFormed())) throw refused('U_INVALID_CHAR_FOUND', 10);
  if (a === 'ucs2' && b === 'ucs2') s = s.toWellFormed() + (bytes.length % 2 === 1 ? '\ufffd' : '');
  if (b === 'latin1') s = s.replace(/[^\0-\xff]/gu, '?');
  if (b === 'ascii') s = s.replace(/[^\0-\x7f]/gu, '?');
  return Buffer.from(s, b);
}
function isUtf8(v) { try { new (internal.global('TextDecoder'))('utf-8', { fatal: true }).decode(bytesOf(v)); return true; } catch (e) { if (e.code === 'ERR_INVALID_ARG_TYPE') throw e; return false; } }
function isAscii(v) { for (const c of bytesOf(v)) if (c > 127) return false; return true; }

Object.assign(exports, {
  Buffer, SlowBuffer, transcode, isUtf8, isAscii, kMaxLength: 4294967296, kStringMaxLength: 536870888,
  constants: Object.defineProperties({}, { MAX_LENGTH: { value: 4294967296, enumerable: true }, MAX_STRING_LENGTH: { value: 536870888, enumerable: true } }),
  INSPECT_MAX_BYTES: 50,
  resolveObjectURL() { throw new Error('buffer.resolveObjectURL is not provided by Ferrule'); },
});
for (const name of ['btoa', 'atob']) defineProperty(exports, name, { value: internal.global(name), enumerable: true, configurable: true, writable: true });
for (const name of ['Blob', 'File']) {
  defineProperty(exports, name, { get: () => internal.global(name), enumerable: true, configurable: true });
}
