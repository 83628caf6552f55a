// Streams of the web as streams of Node, and the other way round.
const { Readable, Writable, Duplex, finished } = require('stream');
const { ReadableStream, WritableStream } = require('stream/web');
const { isBuffer } = require('buffer').Buffer;

function check(value, Class, name) {
  if (value instanceof Class) return;
  const e = new TypeError(`The "${name}" argument must be an instance of ${Class.name}. Received ${internal.describe(value)}`);
  e.code = 'ERR_INVALID_ARG_TYPE';
  throw e;
}
const broken = error => {
  if (!error || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') return error;
  const e = new Error('The operation was aborted', { cause: error });
  e.name = 'AbortError';
  e.code = 'ABORT_ERR';
  return e;
};
const settled = (promise, callback) => promise.then(() => callback(), callback);

// reading are the options of a stream of Node that reads a stream of the web, writing of one that writes.
function reading(reader, self) {
  let closed = false;
  reader.closed.then(() => { closed = true; }, e => {
    closed = true;
    self().destroy(e);
  });
  return {
    read() { reader.read().then(({ done, value }) => { self().push(done ? null : value); }, e => self().destroy(e)); },
    end: error => (closed ? Promise.resolve() : reader.cancel(error)),
  };
}
function writing(writer, self) {
  let closed = false;
  writer.closed.then(() => { closed = true; }, e => {
    closed = true;
    self().destroy(e);
  });
  return {
    write(chunk, encoding, callback) { settled(writer.ready.then(() => writer.write(chunk)), callback); },
    final(callback) { settled(closed ? Promise.resolve() : writer.close(), callback); },
    end: error => (closed ? Promise.resolve() : error ? writer.abort(error) : writer.close()),
  };
}
const ending = (...ends) => (error, callback) => {
  const done = () => callback(error);
  Promise.all(ends.map(end => end(error))).then(done, done);
};

exports.readableFromWeb = (stream, options = {}) => {
  check(stream, ReadableStream, 'readableStream');
  const { read, end } = reading(stream.getReader(), () => readable);
  const readable = new Readable({ ...options, read, destroy: ending(end) });
  return readable;
};
exports.writableFromWeb = (stream, options = {}) => {
  check(stream, WritableStream, 'writableStream');
  const { write, final, end } = writing(stream.getWriter(), () => writable);
  const writable = new Writable({ ...options, write, final, destroy: ending(end) });
  return writable;
};
exports.duplexFromWeb = ({ readable, writable }, options = {}) => {
  check(readable, ReadableStream, 'pair.readable');
  check(writable, WritableStream, 'pair.writable');
  const from = reading(readable.getReader(), () => duplex), to = writing(writable.getWriter(), () => duplex);
  const duplex = new Duplex({ ...options, read: from.read, write: to.write, final: to.final, destroy: ending(from.end, to.end) });
  return duplex;
};

exports.readableToWeb = (readable, options = {}) => {
  let controller, cancelled = false;
  const objectMode = readable.readableObjectMode;
  const strategy = options.strategy || { highWaterMark: readable.readableHighWaterMark };
  finished(readable, { writable: false }, error => {
    readable.on('error', () => {});
    if (cancelled) return;
    if (error) controller.error(broken(error));
    else controller.close();
  });
  const stream = new ReadableStream({
    start(c) { controller = c; },
    pull() { readable.resume(); },
    cancel(reason) {
      cancelled = true;
      readable.destroy(reason);
    },
  }, strategy);
  readable.pause();
  readable.on('data', chunk => {
    controller.enqueue(isBuffer(chunk) && !objectMode ? new Uint8Array(chunk) : chunk);
    if (controller.desiredSize <= 0) readable.pause();
  });
  return stream;
};
exports.writableToWeb = writable => {
  let controller, drained = null, ended = null;
  finished(writable, { readable: false }, error => {
    writable.on('error', () => {});
    for (const waiting of [drained, ended]) if (waiting) error ? waiting.reject(broken(error)) : waiting.resolve();
    if (error && !ended) controller.error(broken(error));
    drained = null;
  });
  writable.on('drain', () => {
    if (drained) drained.resolve();
    drained = null;
  });
  return new WritableStream({
    start(c) { controller = c; },
    write(chunk) {
      if (!writable.writableNeedDrain && writable.write(chunk)) return undefined;
      return new Promise((resolve, reject) => { drained = { resolve, reject }; });
    },
    abort(reason) { writable.destroy(reason); },
    close() {
      return new Promise((resolve, reject) => {
        ended = { resolve, reject };
        if (!writable.writableEnded) writable.end();
      });
    },
  }, { highWaterMark: writable.writableHighWaterMark, size: writable.writableObjectMode ? () => 1 : chunk => chunk.length });
};
