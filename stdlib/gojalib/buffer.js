(function (go) {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object;
  const Bytes = Uint8Array, Buffers = ArrayBuffer, View = DataView;
  const { isView } = ArrayBuffer, isArray = Array.isArray;
  const { trunc } = Math, { isInteger, isNaN } = Number;
  const typedArray = getPrototypeOf(Bytes.prototype);
  const call = Function.prototype.call.bind(Function.prototype.call);
  const tagOf = getOwnPropertyDescriptor(typedArray, Symbol.toStringTag).get, bufferLength = getOwnPropertyDescriptor(Buffers.prototype, 'byteLength').get;
  const fillBytes = Bytes.prototype.fill, setBytes = Bytes.prototype.set;
  const maxLength = 4294967296;
  const encodings = { __proto__: null, utf8: 'utf8', 'utf-8': 'utf8', hex: 'hex', base64: 'base64', base64url: 'base64url', latin1: 'latin1', binary: 'latin1', ascii: 'ascii', ucs2: 'ucs2', 'ucs-2': 'ucs2', utf16le: 'ucs2', 'utf-16le': 'ucs2' };

  const { fail } = go;
  const badType = (name, want, v) => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${want}. Received ${go.describe(v)}`);
  function received(v) {
    const big = typeof v === 'bigint';
    let s = Object.is(v, -0) ? '-0' : String(v);
    if (big || (isInteger(v) && Math.abs(v) > 2 ** 32)) {
      const sign = s[0] === '-' ? '-' : '';
      s = sign + s.slice(sign.length).replace(/(?<=.)(?=(?:...)+$)/g, '_');
    }
    return big ? s + 'n' : s;
  }
  const outOfRange = (name, range, v) => fail(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${received(v)}`);
  const unknown = e => fail(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${go.show(e)}`);
  const isBytes = v => isView(v) && call(tagOf, v) === 'Uint8Array';
  const isBuffer = v => typeof v === 'object' && v !== null && (getPrototypeOf(v) === Buffer.prototype || v instanceof Buffer);
  function isArrayBuffer(v) { try { call(bufferLength, v); return true; } catch { return false; } }
  function normal(encoding) { return typeof encoding === 'string' ? encodings[encoding.toLowerCase()] : undefined; }
  function encodingOf(encoding) {
    if (encoding === undefined || encoding === null || encoding === '') return 'utf8';
    const e = normal(`${encoding}`);
    if (e === undefined) throw unknown(encoding);
    return e;
  }
  const ofBuffer = (buffer, offset, length) => new FastBuffer(buffer, offset, length);
  const ofString = (s, encoding) => { const buffer = go.bytes(s, encoding); return ofBuffer(buffer); };
  // A method on strings of one encoding: what is no number is 0, what is below 0 is refused.
  const index = (v, fallback) => {
    if (v === undefined) return fallback;
    v = integer(v, 0);
    if (v < 0) throw fail.native(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range');
    return v;
  };
  function checkSize(size) {
    if (typeof size !== 'number') throw badType('size', 'of type number', size);
    if (!(size >= 0 && size <= maxLength)) throw outOfRange('size', '>= 0 && <= 4294967296', size);
    return size;
  }
  function checkInteger(v, name, low, high) {
    if (typeof v !== 'number') throw badType(name, 'of type number', v);
    if (!isInteger(v)) throw outOfRange(name, 'an integer', v);
    if (v < low || v > high) throw outOfRange(name, `>= ${low} && <= ${high}`, v);
  }

  class FastBuffer extends Bytes {}
  function Buffer(arg, encodingOrOffset, length) {
    if (typeof arg === 'number') {
      if (typeof encodingOrOffset === 'string') throw badType('string', 'of type string', arg);
      return alloc(arg);
    }
    return from(arg, encodingOrOffset, length);
  }
  defineProperty(Buffer, Symbol.species, { get() { return FastBuffer; }, configurable: true });
  setPrototypeOf(Buffer, Bytes);
  Buffer.prototype = FastBuffer.prototype;
  defineProperty(Buffer, 'prototype', { writable: false, enumerable: false, configurable: false });
  defineProperty(Buffer.prototype, 'constructor', { value: Buffer, writable: true, enumerable: true, configurable: true });

  function from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return ofString(value, typeof encodingOrOffset === 'string' ? encodingOf(encodingOrOffset) : 'utf8');
    if (typeof value === 'object' && value !== null) {
      if (isArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);
      const primitive = value.valueOf && value.valueOf();
      if (primitive !== null && primitive !== undefined && primitive !== value && (typeof primitive === 'string' || typeof primitive === 'object')) return from(primitive, encodingOrOffset, length);
      const copy = fromObject(value);
      if (copy) return copy;
      const f = value[Symbol.toPrimitive];
      if (typeof f === 'function') {
        const p = call(f, value, 'string');
        if (typeof p === 'string') return ofString(p, typeof encodingOrOffset === 'string' ? encodingOf(encodingOrOffset) : 'utf8');
      }
    }
    throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${go.describe(value)}`);
  }
  function fromArrayBuffer(buffer, offset, length) {
    const whole = call(bufferLength, buffer);
    offset = offset === undefined ? 0 : +offset || 0;
    if (trunc(offset) < 0) throw new RangeError(`Start offset ${offset} is outside the bounds of the buffer`);
    if (whole - offset < 0) throw fail(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
    if (length === undefined) return ofBuffer(buffer, offset, whole - offset);
    length = +length;
    if (!(length > 0)) length = 0;
    if (length > whole - offset) throw fail(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
    return ofBuffer(buffer, offset, length);
  }
  function fromObject(o) {
    if (isBytes(o) || isArray(o) || (o.length !== undefined)) {
      if (typeof o.length !== 'number') return new FastBuffer();
      const n = o.length > 0 ? trunc(o.length) : 0, b = new FastBuffer(n);
      if (isView(o)) call(setBytes, b, o);
      else for (let i = 0; i < n; i++) b[i] = o[i];
      return b;
    }
    if (isArrayBuffer(o.buffer)) return new FastBuffer();
    if (o.type === 'Buffer' && isArray(o.data)) return fromObject(o.data);
  }
  function alloc(size, fill, encoding) {
    checkSize(size);
    const b = new FastBuffer(size);
    if (fill === undefined || fill === 0 || size === 0) return b;
    if (typeof fill === 'string' && encoding !== undefined && encoding !== null && typeof encoding !== 'string') throw badType('encoding', 'of type string', encoding);
    return fillAll(b, fill, 0, size, encoding);
  }
  function fillAll(b, value, start, end, encoding) {
    if (typeof value === 'string') {
      const e = encodingOf(encoding);
      if (value.length === 0) value = 0;
      else {
        const pattern = new Bytes(go.bytes(value, e));
        if (pattern.length === 0) throw fail(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'value' is invalid. Received ${go.quote(value)}`);
        return repeat(b, pattern, start, end);
      }
    }
    if (isView(value)) {
      if (value.byteLength === 0) throw fail(TypeError, 'ERR_INVALID_ARG_VALUE', 'The argument \'value\' is invalid. Received <Buffer >');
      return repeat(b, new Bytes(value.buffer, value.byteOffset, value.byteLength), start, end);
    }
    if (typeof value === 'boolean') value = +value;
    call(fillBytes, b, +value & 255, start, end);
    return b;
  }
  function repeat(b, pattern, start, end) {
    let filled = Math.min(pattern.length, end - start);
    if (filled <= 0) return b;
    call(setBytes, b, new Bytes(pattern.buffer, pattern.byteOffset, filled), start);
    while (start + filled < end) { // what is there doubles
      const more = Math.min(filled, end - start - filled);
      call(setBytes, b, new Bytes(b.buffer, b.byteOffset + start, more), start + filled);
      filled += more;
    }
    return b;
  }

  const statics = {
    from,
    of(...items) { const b = new FastBuffer(items.length); for (let i = 0; i < items.length; i++) b[i] = items[i]; return b; },
    alloc, allocUnsafe(size) { return alloc(size); }, allocUnsafeSlow(size) { return alloc(size); },
    isBuffer(b) { return isBuffer(b); },
    isEncoding(encoding) { return typeof encoding === 'string' && encoding.length !== 0 && normal(encoding) !== undefined; },
    byteLength(string, encoding) {
      if (typeof string !== 'string') {
        if (isView(string) || isArrayBuffer(string)) return string.byteLength;
        throw badType('string', 'of type string or an instance of Buffer or ArrayBuffer', string);
      }
      const e = encoding === undefined ? 'utf8' : normal(`${encoding}`) || 'utf8';
      return go.byteLength(string, e);
    },
    compare(buf1, buf2) {
      if (!isBytes(buf1)) throw badType('buf1', 'an instance of Buffer or Uint8Array', buf1);
      if (!isBytes(buf2)) throw badType('buf2', 'an instance of Buffer or Uint8Array', buf2);
      return order(buf1, 0, buf1.length, buf2, 0, buf2.length);
    },
    concat(list, length) {
      if (!isArray(list)) throw badType('list', 'an instance of Array', list);
      if (list.length === 0) return new FastBuffer();
      if (length === undefined) { length = 0; for (let i = 0; i < list.length; i++) if (list[i].length) length += list[i].length; } else checkInteger(length, 'length', 0, maxLength);
      const b = alloc(length);
      let at = 0;
      for (let i = 0; i < list.length; i++) {
        const part = list[i];
        if (!isBytes(part)) throw badType(`list[${i}]`, 'an instance of Buffer or Uint8Array', part);
        if (at < length) { call(setBytes, b, at + part.length > length ? part.subarray(0, length - at) : part, at); at += part.length; }
      }
      return b;
    },
    copyBytesFrom(view, offset, length) {
      if (!isView(view) || call(tagOf, view) === undefined) throw badType('view', 'an instance of TypedArray', view);
      for (const [name, v] of [['offset', offset], ['length', length]]) if (v !== undefined) checkInteger(v, name, 0, Number.MAX_SAFE_INTEGER);
      const part = view.slice(offset === undefined ? 0 : offset, length === undefined ? undefined : (offset || 0) + length);
      return ofBuffer(part.buffer, part.byteOffset, part.byteLength);
    },
  };
  for (const name of Object.keys(statics)) defineProperty(Buffer, name, { value: statics[name], writable: true, enumerable: true, configurable: true });
  defineProperty(Buffer, 'poolSize', { value: 8192, writable: true, enumerable: true, configurable: true });
  defineProperty(Buffer, 'length', { value: 3, configurable: true });

  const parts = b => [b.buffer, b.byteOffset, b.byteLength];
  const order = (a, a0, a1, b, b0, b1) => go.compare(a.buffer, a.byteOffset + a0, Math.max(a1 - a0, 0), b.buffer, b.byteOffset + b0, Math.max(b1 - b0, 0));
  const textOf = (b, encoding, start, end) => go.text(encoding, b.buffer, b.byteOffset + start, end - start);

  function find(b, value, offset, encoding, forward) {
    if (typeof offset === 'string') { encoding = offset; offset = undefined; }
    else if (offset > 0x7fffffff) offset = 0x7fffffff;
    else if (offset < -0x80000000) offset = -0x80000000;
    offset = +offset;
    if (isNaN(offset)) offset = forward ? 0 : b.length || b.byteLength;
    if (typeof value === 'number') { value = (value >>> 0) & 255; return go.indexOf(...parts(b), new Bytes([value]).buffer, 0, 1, offset, forward, 1); }
    let step = 1, needle;
    if (typeof value === 'string') {
      const e = encoding === undefined ? 'utf8' : normal(`${encoding}`);
      if (e === undefined) throw unknown(encoding);
      needle = new Bytes(go.bytes(value, e));
      if (e === 'ucs2') step = 2;
    } else if (isBytes(value)) {
      needle = value;
      const e = encoding === undefined ? 'utf8' : normal(`${encoding}`);
      if (e === undefined) throw unknown(encoding);
      if (e === 'ucs2') step = 2;
    } else throw badType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
    return go.indexOf(...parts(b), needle.buffer, needle.byteOffset, needle.byteLength, offset, forward, step);
  }
  const near = v => { v = Math.floor(+v); return isNaN(v) || v === Infinity || v === -Infinity ? 0 : v; };
  function integer(v, fallback) { v = +v; return isNaN(v) ? fallback : trunc(v); }

  const methods = {
    toString(encoding, start, end) {
      if (arguments.length === 0) return textOf(this, 'utf8', 0, this.length);
      const length = this.length;
      if (start <= 0) start = 0; else if (start >= length) return ''; else start = trunc(start) || 0;
      if (end === undefined || end > length) end = length; else end = trunc(end) || 0;
      if (end <= start) return '';
      if (encoding === undefined) return textOf(this, 'utf8', start, end);
      const e = normal(`${encoding}`);
      if (e === undefined) throw unknown(encoding);
      return textOf(this, e, start, end);
    },
    equals(other) {
      if (!isBytes(other)) throw badType('otherBuffer', 'an instance of Buffer or Uint8Array', other);
      return this === other || (this.byteLength === other.byteLength && order(this, 0, this.length, other, 0, other.length) === 0);
    },
    compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
      if (!isBytes(target)) throw badType('target', 'an instance of Buffer or Uint8Array', target);
      const limit = (v, name, fallback, high) => { if (v === undefined) return fallback; checkInteger(v, name, 0, high); return v; };
      targetStart = limit(targetStart, 'targetStart', 0, maxLength);
      targetEnd = limit(targetEnd, 'targetEnd', target.length, target.length);
      sourceStart = limit(sourceStart, 'sourceStart', 0, maxLength);
      sourceEnd = limit(sourceEnd, 'sourceEnd', this.length, this.length);
      if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
      if (targetStart >= targetEnd) return 1;
      return order(this, sourceStart, sourceEnd, target, targetStart, targetEnd);
    },
    indexOf(value, offset, encoding) { return find(this, value, offset, encoding, true); },
    lastIndexOf(value, offset, encoding) { return find(this, value, offset, encoding, false); },
    includes(value, offset, encoding) { return find(this, value, offset, encoding, true) !== -1; },
    fill(value, offset, end, encoding) {
      if (typeof value === 'string') {
        if (offset === undefined || typeof offset === 'string') { encoding = offset; offset = 0; end = this.length; }
        else if (typeof end === 'string') { encoding = end; end = this.length; }
        if (encoding !== undefined && encoding !== null && typeof encoding !== 'string') throw badType('encoding', 'of type string', encoding);
        encodingOf(encoding);
      }
      if (offset === undefined) offset = 0; else checkInteger(offset, 'offset', 0, maxLength);
      if (end === undefined) end = this.length; else checkInteger(end, 'end', 0, this.length);
      if (offset >= end) return this;
      return fillAll(this, value, offset, end, encoding);
    },
    write(string, offset, length, encoding) {
      const size = this.length;
      if (offset === undefined) { offset = 0; length = size; }
      else if (length === undefined && typeof offset === 'string') { encoding = offset; length = size; offset = 0; }
      else {
        checkInteger(offset, 'offset', 0, size);
        const left = size - offset;
        if (length === undefined) length = left;
        else if (typeof length === 'string') { encoding = length; length = left; }
        else { checkInteger(length, 'length', 0, size); if (length > left) length = left; }
      }
      if (typeof string !== 'string') throw fail.native(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
      return go.write(string, encoding ? encodingOf(encoding) : 'utf8', this.buffer, this.byteOffset + offset, Math.min(length, size - offset));
    },
    copy(target, targetStart, sourceStart, sourceEnd) {
      if (!isBytes(target)) throw badType('target', 'an instance of Buffer or Uint8Array', target);
      if (targetStart === undefined) targetStart = 0; else { targetStart = near(targetStart); if (targetStart < 0) throw outOfRange('targetStart', '>= 0', targetStart); }
      if (sourceStart === undefined) sourceStart = 0; else { sourceStart = near(sourceStart); if (sourceStart < 0 || sourceStart > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, sourceStart); }
      if (sourceEnd === undefined) sourceEnd = this.length; else { sourceEnd = near(sourceEnd); if (sourceEnd < 0) throw outOfRange('sourceEnd', '>= 0', sourceEnd); }
      if (targetStart >= target.length || sourceStart >= sourceEnd) return 0;
      const n = Math.min(sourceEnd - sourceStart, target.length - targetStart, this.length - sourceStart);
      call(setBytes, target, new Bytes(this.buffer, this.byteOffset + sourceStart, n), targetStart);
      return n;
    },
    toJSON() { const data = []; for (let i = 0; i < this.length; i++) data[i] = this[i]; return { type: 'Buffer', data }; },
    subarray(start, end) {
      const size = this.length, clamp = (v, fallback) => { if (v === undefined) return fallback; v = integer(v, 0); return v < 0 ? Math.max(v + size, 0) : Math.min(v, size); };
      start = clamp(start, 0); end = clamp(end, size);
      return ofBuffer(this.buffer, this.byteOffset + start, end > start ? end - start : 0);
    },
    slice(start, end) { return this.subarray(start, end); },
  };
  for (const bits of [16, 32, 64]) {
    methods[`swap${bits}`] = ({ swap() {
      const n = bits / 8;
      if (this.length % n !== 0) throw fail(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${bits}-bits`);
      for (let i = 0; i < this.length; i += n) for (let j = 0; j < n / 2; j++) { const t = this[i + j]; this[i + j] = this[i + n - 1 - j]; this[i + n - 1 - j] = t; }
      return this;
    } }).swap;
  }
  for (const [name, e] of [['utf8', 'utf8'], ['ascii', 'ascii'], ['latin1', 'latin1'], ['hex', 'hex'], ['base64', 'base64'], ['base64url', 'base64url'], ['ucs2', 'ucs2']]) {
    methods[`${name}Slice`] = ({ slice(start, end) {
      start = index(start, 0); end = index(end, this.length);
      if (end > this.length && end > start) throw fail.native(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range');
      return end > start ? textOf(this, e, start, end) : '';
    } }).slice;
    methods[`${name}Write`] = ({ write(string, offset, length) {
      if (typeof string !== 'string') throw fail.native(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
      offset = index(offset, 0);
      if (offset > this.length) throw fail.native(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
      return go.write(string, e, this.buffer, this.byteOffset + offset, Math.min(index(length, this.length - offset), this.length - offset));
    } }).write;
    for (const kind of ['Slice', 'Write']) defineProperty(methods[`${name}${kind}`], 'name', { value: `${name}${kind}`, configurable: true });
  }

  // numbers
  function checkOffset(b, offset, bytes) {
    if (typeof offset !== 'number') throw badType('offset', 'of type number', offset);
    if (offset >= 0 && offset + bytes <= b.length && isInteger(offset)) return;
    if (trunc(offset) !== offset) throw outOfRange('offset', 'an integer', offset);
    if (b.length - bytes < 0) throw fail(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
    throw outOfRange('offset', `>= 0 and <= ${b.length - bytes}`, offset);
  }
  const viewOf = b => new View(b.buffer, b.byteOffset, b.byteLength);
  function define(name, f, ...aliases) {
    defineProperty(f, 'name', { value: name, configurable: true });
    for (const n of [name, ...aliases]) methods[n] = f;
  }
  function pair(kind, bytes, type, low, high) {
    const unsigned = kind.replace('UInt', 'Uint'), aliases = end => (unsigned === kind ? [] : [`${unsigned}${end}`]);
    for (const end of bytes === 1 ? [''] : ['LE', 'BE']) {
      const little = end === 'LE', get = View.prototype[`get${type}`], set = View.prototype[`set${type}`];
      define(`read${kind}${end}`, function (offset = 0) { checkOffset(this, offset, bytes); return call(get, viewOf(this), offset, little); }, ...aliases(end).map(n => `read${n}`));
      define(`write${kind}${end}`, function (value, offset = 0) {
        if (low !== undefined) {
          if (typeof low !== 'bigint') value = +value;
          else if (typeof value !== 'bigint' && !(value > high || value < low)) throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
          if (value > high || value < low) throw outOfRange('value', bytes === 8 ? (low === 0n ? '>= 0n and < 2n ** 64n' : '>= -(2n ** 63n) and < 2n ** 63n') : `>= ${low} and <= ${high}`, value);
        } else value = +value;
        checkOffset(this, offset, bytes);
        // Of all the bytes that are NaN there are Node's.
        if (low === undefined && isNaN(value)) call(View.prototype[bytes === 4 ? 'setUint32' : 'setBigUint64'], viewOf(this), offset, bytes === 4 ? 0x7fc00000 : 0x7ff8000000000000n, little);
        else call(set, viewOf(this), offset, value, little);
        return offset + bytes;
      }, ...aliases(end).map(n => `write${n}`));
    }
  }
  pair('UInt8', 1, 'Uint8', 0, 255); pair('Int8', 1, 'Int8', -128, 127);
  pair('UInt16', 2, 'Uint16', 0, 65535); pair('Int16', 2, 'Int16', -32768, 32767);
  pair('UInt32', 4, 'Uint32', 0, 4294967295); pair('Int32', 4, 'Int32', -2147483648, 2147483647);
  pair('Float', 4, 'Float32'); pair('Double', 8, 'Float64');
  pair('BigUInt64', 8, 'BigUint64', 0n, 2n ** 64n - 1n); pair('BigInt64', 8, 'BigInt64', -(2n ** 63n), 2n ** 63n - 1n);

  function checkBytes(n) {
    if (typeof n !== 'number') throw badType('byteLength', 'of type number', n);
    if (trunc(n) !== n) throw outOfRange('byteLength', 'an integer', n);
    if (n < 1 || n > 6) throw outOfRange('byteLength', '>= 1 and <= 6', n);
  }
  for (const little of [true, false]) {
    const end = little ? 'LE' : 'BE';
    const read = (b, offset, n) => { let v = 0; for (let i = 0; i < n; i++) v = v * 256 + b[offset + (little ? n - 1 - i : i)]; return v; };
    const put = (b, value, offset, n) => { for (let i = 0; i < n; i++) { b[offset + (little ? i : n - 1 - i)] = value; value = Math.floor(value / 256); } return offset + n; };
    define(`readUInt${end}`, function (offset, byteLength) { if (offset === undefined) throw badType('offset', 'of type number', offset); checkBytes(byteLength); checkOffset(this, offset, byteLength); return read(this, offset, byteLength); }, `readUint${end}`);
    define(`readInt${end}`, function (offset, byteLength) {
      if (offset === undefined) throw badType('offset', 'of type number', offset);
      checkBytes(byteLength); checkOffset(this, offset, byteLength);
      const v = read(this, offset, byteLength), half = 2 ** (8 * byteLength - 1);
      return v >= half ? v - 2 * half : v;
    });
    define(`writeUInt${end}`, function (value, offset, byteLength) {
      checkBytes(byteLength); value = +value;
      const most = 2 ** (8 * byteLength) - 1;
      if (value > most || value < 0) throw outOfRange('value', byteLength > 4 ? `>= 0 and < 2 ** ${8 * byteLength}` : `>= 0 and <= ${most}`, value);
      checkOffset(this, offset, byteLength);
      return put(this, trunc(value), offset, byteLength);
    }, `writeUint${end}`);
    define(`writeInt${end}`, function (value, offset, byteLength) {
      checkBytes(byteLength); value = +value;
      const half = 2 ** (8 * byteLength - 1);
      if (value > half - 1 || value < -half) throw outOfRange('value', byteLength > 4 ? `>= -(2 ** ${8 * byteLength - 1}) and < 2 ** ${8 * byteLength - 1}` : `>= ${-half} and <= ${half - 1}`, value);
      checkOffset(this, offset, byteLength);
      value = trunc(value);
      return put(this, value < 0 ? value + 2 * half : value, offset, byteLength);
    });
  }
  methods.toLocaleString = methods.toString;
  for (const name of Object.keys(methods)) defineProperty(Buffer.prototype, name, { value: methods[name], writable: true, enumerable: true, configurable: true });
  for (const [name, f] of [['readBigUint64LE', 'readBigUInt64LE'], ['readBigUint64BE', 'readBigUInt64BE'], ['writeBigUint64LE', 'writeBigUInt64LE'], ['writeBigUint64BE', 'writeBigUInt64BE']])
    defineProperty(Buffer.prototype, name, { value: methods[f], writable: true, enumerable: true, configurable: true });
  defineProperty(Buffer.prototype, 'parent', { get() { return this instanceof Buffer ? this.buffer : undefined; }, enumerable: true, configurable: true });
  defineProperty(Buffer.prototype, 'offset', { get() { return this instanceof Buffer ? this.byteOffset : undefined; }, enumerable: true, configurable: true });
  defineProperty(Buffer.prototype, 'inspect', { value: { inspect() {
    let hex = textOf(this, 'hex', 0, Math.min(50, this.length)).replace(/(.{2})/g, '$1 ').trim();
    if (this.length > 50) hex += ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}`;
    return `<Buffer ${hex}>`;
  } }.inspect, writable: true, enumerable: true, configurable: true });
  defineProperty(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: Buffer.prototype.inspect, writable: true, enumerable: true, configurable: true });
  return { Buffer };
})
