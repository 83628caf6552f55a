'use strict';
// Event, EventTarget and CustomEvent of the DOM standard, as Node has them. There is no tree: an
// event has one target. As there, a passive listener may prevent the default.
const { fail, badType, illegal, missing, finish } = internal.part('common');

// The key of the option that makes an event of Node's own, which is trusted.
const trusted = Symbol('trusted');
let fields, isEvent;
const isTrusted = { get isTrusted() { return fields(this).trusted; } };
const trust = { ...Object.getOwnPropertyDescriptor(isTrusted, 'isTrusted'), configurable: false };

class Event {
  #fields;
  static {
    isEvent = v => typeof v === 'object' && v !== null && #fields in v;
    fields = v => { if (!isEvent(v)) throw illegal('Event'); return v.#fields; };
  }
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw missing('The "type" argument must be specified');
    if (options !== undefined && options !== null && typeof options !== 'object') throw badType('options', 'of type object', options);
    const { bubbles, cancelable, composed } = options || {};
    this.#fields = {
      type: `${type}`, bubbles: !!bubbles, cancelable: !!cancelable, composed: !!composed, trusted: options ? options[trusted] === true : false,
      time: internal.now(), target: null, prevented: false, stopped: false, stoppedAtOnce: false, running: false,
    };
  }
  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw missing('The "type" argument must be specified');
    const f = fields(this);
    if (f.running) return;
    f.type = `${type}`;
    f.bubbles = !!bubbles;
    f.cancelable = !!cancelable;
  }
  stopImmediatePropagation() { const f = fields(this); f.stopped = f.stoppedAtOnce = true; }
  preventDefault() { fields(this).prevented = true; }
  get target() { return fields(this).target; }
  get currentTarget() { const f = fields(this); return f.running ? f.target : null; }
  get srcElement() { return fields(this).target; }
  get type() { return fields(this).type; }
  get cancelable() { return fields(this).cancelable; }
  get defaultPrevented() { const f = fields(this); return f.cancelable && f.prevented; }
  get timeStamp() { return fields(this).time; }
  composedPath() { const f = fields(this); return f.running ? [f.target] : []; }
  get returnValue() { const f = fields(this); return !f.cancelable || !f.prevented; }
  get bubbles() { return fields(this).bubbles; }
  get composed() { return fields(this).composed; }
  get eventPhase() { return fields(this).running ? 2 : 0; }
  get cancelBubble() { return fields(this).stopped; }
  set cancelBubble(v) { const f = fields(this); if (v) f.stopped = true; }
  stopPropagation() { fields(this).stopped = true; }
}
Object.defineProperty(Event.prototype, 'isTrusted', trust);
finish(Event, 'initEvent stopImmediatePropagation preventDefault target currentTarget srcElement type cancelable defaultPrevented timeStamp composedPath returnValue bubbles composed eventPhase cancelBubble stopPropagation', e => ({ type: e.type, defaultPrevented: fields(e).prevented, cancelable: e.cancelable, timeStamp: e.timeStamp }));
for (const [name, value] of [['NONE', 0], ['CAPTURING_PHASE', 1], ['AT_TARGET', 2], ['BUBBLING_PHASE', 3]]) {
  Object.defineProperty(Event, name, { value, enumerable: true });
}

class CustomEvent extends Event {
  #detail;
  constructor(type, options = undefined) {
    if (arguments.length === 0) throw missing('The "type" argument must be specified');
    super(type, options);
    const detail = options ? options.detail : undefined;
    this.#detail = detail === undefined ? null : detail;
  }
  get detail() {
    if (!isEvent(this) || !(#detail in this)) throw illegal('CustomEvent');
    return this.#detail;
  }
}
finish(CustomEvent, 'detail');

let listenersOf;

class EventTarget {
  #listeners = new Map();
  static {
    listenersOf = v => {
      if (typeof v !== 'object' || v === null || !(#listeners in v)) throw illegal('EventTarget');
      return v.#listeners;
    };
  }
  addEventListener(type, listener, options = undefined) {
    const all = listenersOf(this);
    if (arguments.length < 2) throw missing('The "type" and "listener" arguments must be specified');
    const { once, capture, signal } = read(options);
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
      throw badType('options.signal', 'an instance of AbortSignal', signal, 'property');
    }
    if (!valid(listener)) {
      internal.warn(`AddEventListenerArgumentTypeWarning: addEventListener called with ${listener} which has no effect.`);
      return;
    }
    type = `${type}`;
    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', () => this.removeEventListener(type, listener, options), { once: true });
    }
    let list = all.get(type);
    if (!list) all.set(type, list = []);
    if (list.some(l => l.listener === listener && l.capture === capture)) return;
    list.push({ listener, once, capture, removed: false });
  }
  removeEventListener(type, listener, options = undefined) {
    const all = listenersOf(this);
    if (arguments.length < 2) throw missing('The "type" and "listener" arguments must be specified');
    if (!valid(listener)) return;
    const { capture } = read(options);
    const list = all.get(`${type}`);
    if (!list) return;
    const i = list.findIndex(l => l.listener === listener && l.capture === capture);
    if (i >= 0) remove(list, i);
  }
  dispatchEvent(event) {
    const all = listenersOf(this);
    if (arguments.length < 1) throw missing('The "event" argument must be specified');
    if (!isEvent(event)) throw badType('event', 'an instance of Event', event);
    if (fields(event).running) throw fail(Error, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    send(this, all.get(event.type), event);
    return event.defaultPrevented !== true;
  }
}
finish(EventTarget, 'addEventListener removeEventListener dispatchEvent', () => ({}));

function valid(listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener === undefined || listener === null) return false;
  throw badType('listener', 'an instance of EventListener', listener);
}
function read(options) {
  if (typeof options === 'boolean') return { once: false, capture: options };
  if (options === undefined || options === null) return { once: false, capture: false };
  if (typeof options !== 'object' && typeof options !== 'function') throw badType('options', 'of type object', options);
  return { once: !!options.once, capture: !!options.capture, signal: options.signal };
}
function remove(list, i) {
  list[i].removed = true;
  list.splice(i, 1);
}

// send calls the listeners that there are now. What one throws is an uncaught error, and the
// others are called.
function send(target, list, event) {
  const f = fields(event);
  f.target = target;
  f.running = true;
  for (const l of list ? [...list] : []) {
    if (l.removed) continue;
    if (l.once) remove(list, list.indexOf(l));
    try {
      const result = typeof l.listener === 'function' ? l.listener.call(target, event) : l.listener.handleEvent(event);
      if (result !== undefined && result !== null && typeof result.then === 'function') result.then(undefined, internal.fault);
    } catch (e) { internal.fault(e); }
    if (f.stoppedAtOnce) break;
  }
  f.running = f.stopped = f.stoppedAtOnce = false;
}

// handler gives a class the property ontype, which is one listener.
function handler(Class, type) {
  const held = new WeakMap();
  Object.defineProperty(Class.prototype, `on${type}`, {
    get() { const h = held.get(this); return h && h.function ? h.function : null; },
    set(value) {
      listenersOf(this);
      let h = held.get(this);
      const usable = typeof value === 'function' || (typeof value === 'object' && value !== null);
      if (!h && usable) {
        held.set(this, h = { call(event) { if (typeof h.function === 'function') h.function.call(this, event); } });
        this.addEventListener(type, h.listener = function (event) { h.call.call(this, event); });
      } else if (h && !usable) {
        this.removeEventListener(type, h.listener);
        held.delete(this);
      }
      if (h) h.function = usable ? value : null;
    },
    enumerable: true, configurable: true,
  });
}
module.exports = { Event, EventTarget, CustomEvent, trusted, handler };
