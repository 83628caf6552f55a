// Node's buffer around the Buffer of the global object.
const Buffer = internal.global('Buffer');
const { defineProperty } = Object;
function fail(Type, code, message) { const e = new Type(message); e.code = code; return e; }

function SlowBuffer(size) { return Buffer.allocUnsafeSlow(size); }
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

const bytesOf = v => {
  if (ArrayBuffer.isView(v)) return Buffer.from(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof ArrayBuffer) return Buffer.from(v);
  throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "input" argument must be an instance of ArrayBuffer, Buffer, or TypedArray.');
};
function transcode(source, from, to) {
  for (const e of [from, to]) if (!/^(utf-?8|ucs-?2|utf-?16le|latin1|binary|ascii)$/i.test(e)) throw fail(Error, 'U_ILLEGAL_ARGUMENT_ERROR', `Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]`);
  let s = Buffer.from(source).toString(from);
  if (/^(latin1|binary)$/i.test(to)) s = s.replace(/[^\0-\xff]/gu, '?');
  if (/^ascii$/i.test(to)) s = s.replace(/[^\0-\x7f]/gu, '?');
  return Buffer.from(s, to);
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
