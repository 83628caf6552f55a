// Node's timers: the functions of the global object, and their promises.
const { defineProperty } = Object;
for (const name of ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval']) exports[name] = internal.global(name);
for (const name of ['_unrefActive', 'active', 'unenroll', 'enroll']) exports[name] = { [name]() { throw new Error(`timers.${name} is not provided by Ferrule`); } }[name];

function aborted(signal) {
  const e = new Error('The operation was aborted');
  e.name = 'AbortError';
  e.code = 'ABORT_ERR';
  if (signal.reason !== undefined) e.cause = signal.reason;
  return e;
}
function wait(start, stop, value, options) {
  const signal = options ? options.signal : undefined;
  if (signal && signal.aborted) return Promise.reject(aborted(signal));
  return new Promise((resolve, reject) => {
    const cancel = () => { stop(timer); reject(aborted(signal)); };
    const timer = start(() => { if (signal) signal.removeEventListener('abort', cancel); resolve(value); });
    if (options && options.ref === false && timer.unref) timer.unref();
    if (signal) signal.addEventListener('abort', cancel, { once: true });
  });
}
const promises = {
  setTimeout: (delay, value, options) => wait(f => exports.setTimeout(f, delay), exports.clearTimeout, value, options),
  setImmediate: (value, options) => wait(f => exports.setImmediate(f), exports.clearImmediate, value, options),
  setInterval(delay, value, options) {
    const signal = options ? options.signal : undefined;
    let ticks = 0, waiting = null, done = false;
    const timer = exports.setInterval(() => { if (waiting) { waiting.resolve({ value, done: false }); waiting = null; } else ticks++; }, delay);
    const end = () => { done = true; exports.clearInterval(timer); };
    if (signal) signal.addEventListener('abort', () => { end(); if (waiting) waiting.reject(aborted(signal)); }, { once: true });
    return {
      next() {
        if (signal && signal.aborted) return Promise.reject(aborted(signal));
        if (done) return Promise.resolve({ value: undefined, done: true });
        if (ticks > 0) { ticks--; return Promise.resolve({ value, done: false }); }
        return new Promise((resolve, reject) => { waiting = { resolve, reject }; });
      },
      return() { end(); return Promise.resolve({ value: undefined, done: true }); },
      [Symbol.asyncIterator]() { return this; },
    };
  },
};
promises.scheduler = { wait: (delay, options) => promises.setTimeout(delay, undefined, options), yield: () => promises.setImmediate() };
defineProperty(exports, 'promises', { value: promises, enumerable: true, configurable: true, writable: true });
const custom = Symbol.for('nodejs.util.promisify.custom');
for (const name of ['setTimeout', 'setImmediate']) {
  defineProperty(promises[name], custom, { value: promises[name], configurable: true });
  try { if (exports[name][custom] === undefined) defineProperty(exports[name], custom, { value: promises[name], configurable: true }); } catch { /* a hardened function stays as it is */ }
}
