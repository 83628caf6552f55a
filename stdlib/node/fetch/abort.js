'use strict';
// AbortController and AbortSignal.
const { fail, badType, illegal, finish } = internal.part('common');
const { Event, EventTarget, trusted, handler } = internal.part('events');

const secret = {};
const exception = (text, name) => new (internal.global('DOMException'))(text, name);
let state, isSignal, isController;

class AbortSignal extends EventTarget {
  #state = { aborted: false, reason: undefined, work: new Set(), followers: null };
  static {
    isSignal = v => typeof v === 'object' && v !== null && #state in v;
    state = v => { if (!isSignal(v)) throw illegal('AbortSignal'); return v.#state; };
  }
  constructor(key = undefined) {
    if (key !== secret) throw fail(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    super();
  }
  get aborted() { return state(this).aborted; }
  get reason() { return state(this).reason; }
  throwIfAborted() { const s = state(this); if (s.aborted) throw s.reason; }
  static abort(reason = exception('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(secret);
    Object.assign(state(signal), { aborted: true, reason });
    return signal;
  }
  static timeout(delay) {
    if (typeof delay !== 'number') throw badType('delay', 'of type number', delay);
    if (!Number.isInteger(delay)) throw outOfRange('an integer', delay);
    if (delay < 0 || delay > 4294967295) throw outOfRange('>= 0 && <= 4294967295', delay);
    const signal = new AbortSignal(secret);
    internal.later(delay, () => abort(signal, exception('The operation was aborted due to timeout', 'TimeoutError')));
    return signal;
  }
  static any(signals) {
    if (!Array.isArray(signals)) throw badType('signals', 'an instance of Array', signals);
    signals.forEach((signal, i) => { if (!isSignal(signal)) throw badType(`signals[${i}]`, 'an instance of AbortSignal', signal); });
    const signal = new AbortSignal(secret);
    const ended = signals.find(s => state(s).aborted);
    if (ended) {
      Object.assign(state(signal), { aborted: true, reason: state(ended).reason });
      return signal;
    }
    for (const source of signals) follow(source, signal);
    return signal;
  }
}
finish(AbortSignal, 'aborted', s => ({ aborted: s.aborted }));
handler(AbortSignal, 'abort');

function outOfRange(range, value) {
  let text = String(value);
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 32) text = text.replace(/\B(?=(\d{3})+$)/g, '_');
  return fail(RangeError, 'ERR_OUT_OF_RANGE', `The value of "delay" is out of range. It must be ${range}. Received ${text}`);
}

// follow makes a signal abort with another.
function follow(source, signal) {
  const s = state(source);
  if (!s.followers) s.followers = [];
  s.followers.push(signal);
}

// abort ends what waits for a signal, then tells its listeners and those of its followers.
function abort(signal, reason) {
  const s = state(signal);
  if (s.aborted) return;
  s.aborted = true;
  s.reason = reason;
  const followers = (s.followers || []).filter(f => !state(f).aborted);
  s.followers = null;
  for (const f of followers) Object.assign(state(f), { aborted: true, reason });
  fire(signal);
  for (const f of followers) fire(f);
}
function fire(signal) {
  const { work } = state(signal);
  for (const task of [...work]) task();
  work.clear();
  signal.dispatchEvent(new Event('abort', { [trusted]: true }));
  const { followers } = state(signal);
  if (followers) for (const f of followers) abort(f, signal.reason);
}

// whenAborted calls a task before the listeners; what it answers takes the task back. The signal of a package is
// listened to.
function whenAborted(signal, task) {
  if (!isSignal(signal)) {
    signal.addEventListener('abort', task);
    return () => { if (typeof signal.removeEventListener === 'function') signal.removeEventListener('abort', task); };
  }
  const { work } = state(signal);
  work.add(task);
  return () => work.delete(task);
}

// following is a signal that aborts with another, which may be a package's.
function following(source) {
  if (isSignal(source)) return AbortSignal.any([source]);
  const signal = new AbortSignal(secret);
  if (source.aborted) Object.assign(state(signal), { aborted: true, reason: reasonOf(source) });
  else source.addEventListener('abort', () => abort(signal, reasonOf(source)));
  return signal;
}
const reasonOf = signal => (signal.reason === undefined ? exception('This operation was aborted', 'AbortError') : signal.reason);

class AbortController {
  #signal;
  get signal() { return this.#signal || (this.#signal = new AbortSignal(secret)); }
  abort(reason = exception('This operation was aborted', 'AbortError')) { abort(this.#signal || (this.#signal = new AbortSignal(secret)), reason); }
}
finish(AbortController, 'signal abort', c => ({ signal: c.signal }));
module.exports = { AbortController, AbortSignal, whenAborted, following, reasonOf, newSignal: () => new AbortSignal(secret) };
