// What Node's events has and the polyfill has not.
const EventEmitter = internal.base();
shareSettings(EventEmitter, 'defaultMaxListeners');
const { defineProperty } = Object, { apply } = Reflect;
const errorMonitor = Symbol('events.errorMonitor'), captureRejectionSymbol = Symbol.for('nodejs.rejection');
const plainEmit = EventEmitter.prototype.emit;

// emitError is for error, which throws when nobody listens.
function emitError(emitter, args) {
  const { _events: events } = emitter;
  if (events !== undefined && events[errorMonitor] !== undefined) apply(plainEmit, emitter, [errorMonitor, ...args]);
  if (!(args[0] instanceof Error) && (events === undefined || events.error === undefined)) {
    const { inspect } = require('util'), e = new Error(`Unhandled error. (${inspect(args[0])})`);
    e.code = 'ERR_UNHANDLED_ERROR';
    e.context = args[0];
    throw e;
  }
  return apply(plainEmit, emitter, ['error', ...args]);
}

EventEmitter.prototype.emit = function emit(type, ...args) {
  if (type === 'error') return emitError(this, args);
  const events = this._events;
  if (events === undefined) return false;
  const handler = events[type];
  if (handler === undefined) return false;
  if (typeof handler === 'function') apply(handler, this, args);
  else for (const listener of handler.slice()) apply(listener, this, args);
  return true;
};

function abortError(signal) {
  const e = new Error('The operation was aborted');
  e.code = 'ABORT_ERR';
  e.name = 'AbortError';
  if (signal && signal.reason !== undefined) e.cause = signal.reason;
  return e;
}

function getEventListeners(target, type) {
  if (typeof target.listeners === 'function') return target.listeners(type);
  throw Object.assign(new TypeError('The "emitter" argument must be an instance of EventEmitter or EventTarget.'), { code: 'ERR_INVALID_ARG_TYPE' });
}

function addAbortListener(signal, listener) {
  let stop = () => {};
  if (signal.aborted) queueMicrotask(() => listener());
  else {
    signal.addEventListener('abort', listener, { once: true });
    stop = () => signal.removeEventListener('abort', listener);
  }
  return { [Symbol.dispose || Symbol.for('nodejs.dispose')]: stop };
}

function once(emitter, name, options) {
  const signal = options ? options.signal : undefined;
  return new Promise((resolve, reject) => {
    if (signal && signal.aborted) return reject(abortError(signal));
    if (typeof emitter.addEventListener === 'function' && typeof emitter.on !== 'function') {
      emitter.addEventListener(name, (...args) => resolve(args), { once: true });
      return;
    }
    const failed = e => { emitter.removeListener(name, done); forget(); reject(e); };
    const done = (...args) => { emitter.removeListener('error', failed); forget(); resolve(args); };
    const aborted = () => { emitter.removeListener(name, done); emitter.removeListener('error', failed); reject(abortError(signal)); };
    const forget = () => { if (signal) signal.removeEventListener('abort', aborted); };
    emitter.once(name, done);
    if (name !== 'error') emitter.once('error', failed);
    if (signal) signal.addEventListener('abort', aborted, { once: true });
  });
}

function on(emitter, name, options) {
  const signal = options ? options.signal : undefined;
  if (signal && signal.aborted) throw abortError(signal);
  const ready = [], waiting = [];
  let error, finished = false;
  const handler = (...args) => {
    const next = waiting.shift();
    if (next) next.resolve({ value: args, done: false });
    else ready.push(args);
  };
  const failed = e => {
    const next = waiting.shift();
    if (next) next.reject(e);
    else error = e;
    iterator.return();
  };
  const aborted = () => failed(abortError(signal));
  const iterator = {
    next() {
      if (ready.length > 0) return Promise.resolve({ value: ready.shift(), done: false });
      if (error !== undefined) { const e = error; error = undefined; return Promise.reject(e); }
      if (finished) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      emitter.removeListener(name, handler);
      emitter.removeListener('error', failed);
      if (signal) signal.removeEventListener('abort', aborted);
      finished = true;
      for (const w of waiting.splice(0)) w.resolve({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(e) { error = e; emitter.removeListener(name, handler); emitter.removeListener('error', failed); return Promise.resolve({ value: undefined, done: true }); },
    [Symbol.asyncIterator]() { return this; },
  };
  emitter.on(name, handler);
  if (name !== 'error') emitter.on('error', failed);
  if (signal) signal.addEventListener('abort', aborted, { once: true });
  return iterator;
}

function setMaxListeners(n = EventEmitter.defaultMaxListeners, ...targets) {
  if (targets.length === 0) EventEmitter.defaultMaxListeners = n;
  for (const t of targets) if (typeof t.setMaxListeners === 'function') t.setMaxListeners(n);
}

class EventEmitterAsyncResource extends EventEmitter {
  constructor() {
    super();
    throw new Error('events.EventEmitterAsyncResource is not provided by Ferrule');
  }
}

Object.assign(EventEmitter, {
  addAbortListener, once, on, getEventListeners, getMaxListeners: e => e.getMaxListeners(), EventEmitter, usingDomains: false,
  captureRejectionSymbol, captureRejections: false, EventEmitterAsyncResource, errorMonitor, setMaxListeners,
});
module.exports = EventEmitter;
