// What Node's stream has and the polyfill has not.
const Stream = internal.base();
const { isUint8Array } = require('util').types;

const marks = { objects: 16, bytes: 16384 };
if (!Stream.getDefaultHighWaterMark) Stream.getDefaultHighWaterMark = objectMode => (objectMode ? marks.objects : marks.bytes);
if (!Stream.setDefaultHighWaterMark) Stream.setDefaultHighWaterMark = (objectMode, n) => { if (objectMode) marks.objects = n; else marks.bytes = n; };
shareSettings({ get objects() { return Stream.getDefaultHighWaterMark(true); }, get bytes() { return Stream.getDefaultHighWaterMark(false); } }, 'objects', 'bytes');
Stream.isDestroyed = s => !!(s && (s.destroyed || (s._readableState && s._readableState.destroyed) || (s._writableState && s._writableState.destroyed)));
Stream.isWritable = s => (s && typeof s.writable === 'boolean' ? s.writable && !s.destroyed && !s.writableEnded : null);
Stream._isArrayBufferView = v => ArrayBuffer.isView(v);
Stream._isUint8Array = isUint8Array;
Stream._uint8ArrayToBuffer = v => require('buffer').Buffer.from(v.buffer, v.byteOffset, v.byteLength);
Stream.duplexPair = function duplexPair(options) {
  const sides = [], waiting = [null, null];
  for (const own of [0, 1]) {
    const other = 1 - own;
    sides.push(new Stream.Duplex(Object.assign({}, options, {
      read() { const f = waiting[own]; waiting[own] = null; if (f) f(); },
      write(chunk, encoding, callback) {
        if (chunk.length === 0) return require('process').nextTick(callback);
        waiting[other] = callback;
        sides[other].push(chunk);
      },
      final(callback) { sides[other].on('end', callback); sides[other].push(null); },
    })));
  }
  return sides;
};
// The adapters are a script of their own: few packages want them.
let adapters;
const web = name => (...args) => (adapters || (adapters = internal.web()))[name](...args);
for (const [Class, name] of [[Stream.Readable, 'readable'], [Stream.Writable, 'writable']]) {
  Class.fromWeb = web(`${name}FromWeb`);
  Class.toWeb = web(`${name}ToWeb`);
}
Stream.Duplex.fromWeb = web('duplexFromWeb');
Stream.Duplex.toWeb = duplex => ({ readable: Stream.Readable.toWeb(duplex), writable: Stream.Writable.toWeb(duplex) });
module.exports = Stream;
