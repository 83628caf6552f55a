// stream/web: the streams of a polyfill, seen by console as Node's are, and those that code text.
const base = internal.base();
const custom = Symbol.for('nodejs.util.inspect.custom');
const names = [
  'ReadableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamBYOBRequest', 'ReadableByteStreamController',
  'ReadableStreamDefaultController', 'TransformStream', 'TransformStreamDefaultController', 'WritableStream', 'WritableStreamDefaultWriter',
  'WritableStreamDefaultController', 'ByteLengthQueuingStrategy', 'CountQueuingStrategy',
];
for (const name of names) exports[name] = base[name];
const view = (Class, of) => Object.defineProperty(Class.prototype, custom, {
  value: function (depth, options, inspect) {
    return depth < 0 ? `[${Class.name}]` : `${Class.name} ${inspect(of(this), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  },
  writable: true, configurable: true,
});
const { ReadableStream, WritableStream, TransformStream } = base;
const bytes = stream => stream._readableStreamController instanceof base.ReadableByteStreamController;
view(ReadableStream, s => ({ locked: s.locked, state: s._state, supportsBYOB: bytes(s) }));
view(WritableStream, s => ({ locked: s.locked, state: s._state }));
view(TransformStream, s => ({ readable: s.readable, writable: s.writable }));

// A stream of text and bytes has the sides of a TransformStream.
class TextEncoderStream {
  #encoder = new (internal.global('TextEncoder'))();
  #half = '';
  #sides = new TransformStream({
    transform: (chunk, controller) => {
      let text = this.#half + chunk;
      const last = text.charCodeAt(text.length - 1);
      this.#half = last >= 0xd800 && last < 0xdc00 ? text[text.length - 1] : '';
      if (this.#half) text = text.slice(0, -1);
      if (text) controller.enqueue(this.#encoder.encode(text));
    },
    flush: controller => { if (this.#half) controller.enqueue(this.#encoder.encode(this.#half)); },
  });
  get encoding() { return this.#encoder.encoding; }
  get readable() { return this.#sides.readable; }
  get writable() { return this.#sides.writable; }
}
class TextDecoderStream {
  #decoder; #sides;
  constructor(encoding = 'utf-8', options = {}) {
    this.#decoder = new (internal.global('TextDecoder'))(encoding, options);
    this.#sides = new TransformStream({
      transform: (chunk, controller) => {
        const text = this.#decoder.decode(chunk, { stream: true });
        if (text) controller.enqueue(text);
      },
      flush: controller => {
        const text = this.#decoder.decode();
        if (text) controller.enqueue(text);
      },
    });
  }
  get encoding() { return this.#decoder.encoding; }
  get fatal() { return this.#decoder.fatal; }
  get ignoreBOM() { return this.#decoder.ignoreBOM; }
  get readable() { return this.#sides.readable; }
  get writable() { return this.#sides.writable; }
}

// A stream that compresses has a stream of zlib between its sides.
class ZlibStream {
  #sides;
  constructor(streams, format) {
    if (!Object.hasOwn(streams, format)) {
      const e = new TypeError(`The argument 'format' is invalid. Received ${require('util').inspect(format)}`);
      e.code = 'ERR_INVALID_ARG_VALUE';
      throw e;
    }
    const zlib = require('zlib')[streams[format]]();
    this.#sides = new TransformStream({
      start: controller => {
        zlib.on('data', chunk => controller.enqueue(new Uint8Array(chunk)));
        zlib.on('error', e => controller.error(e));
      },
      transform: chunk => new Promise((resolve, reject) => zlib.write(chunk, e => (e ? reject(e) : resolve()))),
      flush: () => new Promise((resolve, reject) => zlib.on('end', resolve).on('error', reject).end()),
    });
  }
  get readable() { return this.#sides.readable; }
  get writable() { return this.#sides.writable; }
}
class CompressionStream extends ZlibStream {
  constructor(format) { super({ deflate: 'createDeflate', 'deflate-raw': 'createDeflateRaw', gzip: 'createGzip' }, format); }
}
class DecompressionStream extends ZlibStream {
  constructor(format) { super({ deflate: 'createInflate', 'deflate-raw': 'createInflateRaw', gzip: 'createGunzip' }, format); }
}
for (const Class of [TextEncoderStream, TextDecoderStream, CompressionStream, DecompressionStream]) {
  for (const name of Object.getOwnPropertyNames(Class.prototype)) if (name !== 'constructor') Object.defineProperty(Class.prototype, name, { enumerable: true });
  exports[Class.name] = Class;
}
