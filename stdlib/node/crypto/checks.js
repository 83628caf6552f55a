// Checks of arguments, with Node's errors, and bytes from what packages hand over.
const { Buffer } = require('buffer');
const { isView } = ArrayBuffer, { isInteger, isSafeInteger } = Number;
const { defineProperty } = Object;
const TypedBytes = Uint8Array, Buffers = ArrayBuffer;

const coded = internal.fail;

function received(v) {
  if (v === undefined || v === null) return `Received ${v}`;
  if (typeof v === 'function') return v.name ? `Received function ${v.name}` : 'Received function ';
  if (typeof v === 'object') {
    const name = v.constructor && v.constructor.name;
    return name ? `Received an instance of ${name}` : 'Received [Object: null prototype] {}';
  }
  let shown = typeof v === 'string' ? (v.includes("'") ? JSON.stringify(v) : `'${v}'`) : typeof v === 'bigint' ? `${v}n` : String(v);
  if (shown.length > 28) shown = shown.slice(0, 25) + '...';
  return `Received type ${typeof v} (${shown})`;
}

function grouped(v) {
  const s = String(v);
  if (typeof v === 'bigint') return `${s}n`;
  if (typeof v !== 'number' || !isInteger(v) || Math.abs(v) <= 2 ** 32) return typeof v === 'string' ? `'${v}'` : s;
  const sign = s[0] === '-' ? '-' : '';
  return sign + s.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, '_');
}

const place = name => name.includes('.') ? 'property' : 'argument';
const badType = (name, want, v) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${place(name)} must be ${want}. ${received(v)}`);
const value = v => `Received ${typeof v === 'string' || (typeof v === 'object' && v !== null) || typeof v === 'function' ? require('util').inspect(v) : String(v)}`;
const badValue = (name, v, reason = 'is invalid') => coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${place(name)} '${name}' ${reason}. ${value(v)}`);
const outOfRange = (name, range, v) => coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be ${range}. Received ${grouped(v)}`);
const missing = what => coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `crypto.${what} is not provided`);

function string(v, name) {
  if (typeof v !== 'string') throw badType(name, 'of type string', v);
  return v;
}
function callback(f) {
  if (typeof f !== 'function') throw badType('callback', 'of type function', f);
  return f;
}
function integer(v, name, low, high) {
  if (typeof v !== 'number') throw badType(name, 'of type number', v);
  if (!isInteger(v)) throw outOfRange(name, 'an integer', v);
  if (v < low || v > high) throw outOfRange(name, `>= ${low} && <= ${high}`, v);
  return v;
}
function object(v, name) {
  if (v === null || typeof v !== 'object') throw badType(name, 'of type object', v);
  return v;
}

// plain makes a Uint8Array of bytes of any kind; undefined when it is none.
function plain(v) {
  if (v instanceof TypedBytes) return v;
  if (isView(v)) return new TypedBytes(v.buffer, v.byteOffset, v.byteLength);
  if (v instanceof Buffers || Object.prototype.toString.call(v) === '[object ArrayBuffer]') return new TypedBytes(v);
  return undefined;
}
const encodingOf = e => e === undefined || e === null || e === 'buffer' ? 'utf8' : e;

// data is what update takes: a string or a view.
function data(v, encoding, name = 'data') {
  if (typeof v === 'string') return Buffer.from(v, encodingOf(encoding));
  if (isView(v)) return plain(v);
  throw badType(name, 'of type string or an instance of Buffer, TypedArray, or DataView', v);
}
// source is what keys, salts and passwords are given as.
function source(v, name, encoding, more = '') {
  if (typeof v === 'string') return Buffer.from(v, encodingOf(encoding));
  const b = plain(v);
  if (b === undefined) throw badType(name, `of type string or an instance of ArrayBuffer, Buffer, TypedArray, ${more ? 'DataView' + more : 'or DataView'}`, v);
  return b;
}
function view(v, name) {
  const b = plain(v);
  if (b === undefined) throw badType(name, 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', v);
  return b;
}
const wrap = bytes => Buffer.from(bytes);
const encoded = (bytes, encoding) => encoding === undefined || encoding === null || encoding === 'buffer' || !Buffer.isEncoding(encoding) ? wrap(bytes) : wrap(bytes).toString(encoding);

// later calls a function in a turn of its own.
const later = (f, ...values) => internal.go.later(() => { f(...values); });

// streaming gives a class the interface of a Transform stream; `stream` is required when a member
// of it is used for the first time, because most hashes are never used as streams.
const inherited = ['on', 'once', 'off', 'emit', 'addListener', 'prependListener', 'prependOnceListener', 'removeListener', 'removeAllListeners',
  'listeners', 'rawListeners', 'listenerCount', 'eventNames', 'setMaxListeners', 'getMaxListeners', 'pipe', 'unpipe', 'read', 'push', 'unshift', 'resume',
  'pause', 'isPaused', 'setEncoding', 'wrap', 'write', 'end', 'cork', 'uncork', 'destroy', '_destroy', '_undestroy', '_read', '_write', '_final', 'setDefaultEncoding', 'destroyed',
  'closed', 'errored', 'readable', 'readableFlowing', 'readableLength', 'readableEnded', 'readableAborted', 'readableDidRead', 'readableHighWaterMark', 'readableObjectMode', 'readableEncoding', 'readableBuffer', 'writable',
  'writableEnded', 'writableFinished', 'writableLength', 'writableHighWaterMark', 'writableObjectMode', 'writableNeedDrain', 'writableCorked', 'writableBuffer', '_readableState', '_writableState',
  '_transformState', '_events', '_eventsCount', '_maxListeners', 'map', 'filter', 'forEach', 'toArray', Symbol.asyncIterator];
const begun = new WeakSet();
let Transform;
function begin(self, options) {
  if (Transform === undefined) ({ Transform } = require('stream'));
  if (begun.has(self)) return;
  begun.add(self);
  // The constructor asks for one of its own; the classes stay as they are, which other runs use, too.
  const proto = Object.getPrototypeOf(self);
  Object.setPrototypeOf(self, Transform.prototype);
  Transform.call(self, options);
  Object.setPrototypeOf(self, proto);
}
const Streaming = function () {};
for (const name of inherited) {
  defineProperty(Streaming.prototype, name, {
    configurable: true, enumerable: false,
    get() {
      if (typeof this.update !== 'function' || this === this.constructor.prototype) return undefined;
      begin(this, this._options);
      const own = Object.getOwnPropertyDescriptor(this, name);
      if (own) return own.value;
      return Reflect.get(Transform.prototype, name, this);
    },
    set(v) {
      if (begun.has(this)) {
        for (let p = Transform.prototype; p; p = Object.getPrototypeOf(p)) {
          const own = Object.getOwnPropertyDescriptor(p, name);
          if (own && own.set) return own.set.call(this, v);
          if (own) break;
        }
      }
      defineProperty(this, name, { value: v, writable: true, enumerable: true, configurable: true });
    },
  });
}

module.exports = {
  Buffer, coded, received, badType, badValue, value, outOfRange, missing, string, callback, integer, object, plain, data, source, view, wrap, encoded, later, Streaming,
  isSafeInteger, isView,
};
