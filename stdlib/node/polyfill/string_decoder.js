// Node's string_decoder: bytes that come in pieces, as text. What a piece leaves unfinished is
// kept in a buffer of Node's layout: four bytes, how many are missing, how many are there, the encoding.
const { Buffer } = require('buffer');
const state = Symbol('kNativeDecoder');
const missing = 4, buffered = 5, kind = 6;
const kinds = { __proto__: null, ascii: 0, utf8: 1, base64: 2, utf16le: 3, latin1: 4, hex: 5, base64url: 7 };
const names = { __proto__: null, 'utf-8': 'utf8', 'utf-16le': 'utf16le', ucs2: 'utf16le', 'ucs-2': 'utf16le', binary: 'latin1' };
const fail = (code, message) => internal.fail(TypeError, code, message);

function encodingOf(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
  const e = String(encoding).toLowerCase(), name = names[e] || e;
  if (kinds[name] === undefined) throw fail('ERR_UNKNOWN_ENCODING', require('util').format('Unknown encoding: %s', encoding));
  return name;
}

function StringDecoder(encoding) {
  this.encoding = encodingOf(encoding);
  this[state] = Buffer.alloc(7);
  this[state][kind] = kinds[this.encoding];
}

// finish takes from bytes what the kept character lacks. It answers how many bytes that was, and the text.
function finish(d, bytes, encoding) {
  let n = Math.min(bytes.length, d[missing]);
  if (encoding === 'utf8') {
    for (let i = 0; i < n; i++) {
      if ((bytes[i] & 0xc0) !== 0x80) { // another character begins: this one is what is there
        n = i;
        d[missing] = i;
      }
    }
  }
  d.set(bytes.subarray(0, n), d[buffered]);
  d[missing] -= n;
  d[buffered] += n;
  if (d[missing] > 0) return [n, ''];
  const text = d.toString(encoding, 0, d[buffered]);
  d[buffered] = 0;
  return [n, text];
}

// keep finds how many bytes at the end begin a character that is not all there.
function keep(d, bytes, encoding) {
  const size = bytes.length, last = bytes[size - 1];
  if (encoding === 'utf8' && last & 0x80) {
    for (let n = 1; n <= 4 && n <= size; n++) {
      const b = bytes[size - n];
      if ((b & 0xc0) === 0x80) continue;
      const whole = (b & 0xe0) === 0xc0 ? 2 : (b & 0xf0) === 0xe0 ? 3 : (b & 0xf8) === 0xf0 ? 4 : 0;
      if (n < whole) { d[missing] = whole - n; d[buffered] = n; }
      return;
    }
  } else if (encoding === 'utf16le') {
    if (size % 2 === 1) d[missing] = d[buffered] = 1;
    else if ((last & 0xfc) === 0xd8) d[missing] = d[buffered] = 2;
  } else if (encoding === 'base64' || encoding === 'base64url') {
    d[buffered] = size % 3;
    if (d[buffered] > 0) d[missing] = 3 - d[buffered];
  }
}

StringDecoder.prototype.write = function write(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) throw fail('ERR_INVALID_ARG_TYPE', `The "buf" argument must be an instance of Buffer, TypedArray, or DataView. Received ${internal.describe(buf)}`);
  const d = this[state], { encoding } = this;
  if (!d) throw fail('ERR_INVALID_THIS', 'Value of "this" must be of type StringDecoder');
  let bytes = Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength), before = '';
  if (d[missing] > 0) {
    const [n, text] = finish(d, bytes, encoding);
    before = text;
    bytes = bytes.subarray(n);
  }
  if (bytes.length === 0) return before;
  keep(d, bytes, encoding);
  const end = bytes.length - d[buffered];
  d.set(bytes.subarray(end));
  return before + bytes.toString(encoding, 0, end);
};

StringDecoder.prototype.end = function end(buf) {
  const text = buf === undefined ? '' : this.write(buf), d = this[state];
  if (d[buffered] === 0) return text;
  const rest = d.toString(this.encoding, 0, this.encoding === 'utf16le' ? d[buffered] & ~1 : d[buffered]);
  d[missing] = d[buffered] = 0;
  return text + rest;
};

StringDecoder.prototype.text = function text(buf, offset) {
  this[state][missing] = this[state][buffered] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: { get() { return this[state].subarray(0, 4); }, configurable: true, enumerable: true },
  lastNeed: { get() { return this[state][missing]; }, configurable: true, enumerable: true },
  lastTotal: { get() { return this[state][buffered] + this[state][missing]; }, configurable: true, enumerable: true },
});

module.exports = { StringDecoder };
