'use strict';
// MessageChannel, MessagePort and MessageEvent within one VM. A message is cloned when it is sent and
// comes as a turn of its own.
const { fail, badType, illegal, missing, finish } = internal.part('common');
const { Event, EventTarget, handler } = internal.part('events');

const secret = {};
let state, isPort;

class MessageEvent extends Event {
  #data; #origin; #lastEventId; #source; #ports;
  constructor(type, init = {}) {
    super(type, init);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = init || {};
    if (source !== null && !isPort(source)) throw badType('init.source', 'an instance of MessagePort', source, 'property');
    this.#data = data;
    this.#origin = `${origin}`;
    this.#lastEventId = `${lastEventId}`;
    this.#source = source;
    this.#ports = [...ports];
  }
  get data() { return this.#data; }
  get origin() { return this.#origin; }
  get lastEventId() { return this.#lastEventId; }
  get source() { return this.#source; }
  get ports() { return this.#ports; }
}
for (const name of ['data', 'origin', 'lastEventId', 'source', 'ports']) Object.defineProperty(MessageEvent.prototype, name, { enumerable: true });

class MessagePort extends EventTarget {
  #state = { other: null, queue: [], started: false, closed: false, busy: false, named: new Map() };
  static {
    isPort = v => typeof v === 'object' && v !== null && #state in v;
    state = v => { if (!isPort(v)) throw illegal('MessagePort'); return v.#state; };
  }
  constructor(key = undefined) {
    if (key !== secret) throw fail(TypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
    super();
  }
  postMessage(message, options = undefined) {
    const { other, closed } = state(this);
    if (arguments.length === 0) throw missing('Not enough arguments to MessagePort.postMessage');
    const copy = internal.global('structuredClone')(message);
    if (closed || state(other).closed) return;
    state(other).queue.push(copy);
    flow(other);
  }
  start() { state(this).started = true; flow(this); }
  close() {
    const s = state(this);
    for (const port of [this, s.other]) {
      const of = state(port);
      if (of.closed) continue;
      of.closed = true;
      internal.global('setImmediate')(() => port.dispatchEvent(new Event('close')));
    }
  }
  ref() { state(this); }
  unref() { state(this); }
  hasRef() { return state(this).started && !state(this).closed; }
  addEventListener(type, listener, options = undefined) {
    super.addEventListener(type, listener, options);
    if (`${type}` === 'message') this.start();
  }
  on(name, listener) { listen(this, name, listener, false); return this; }
  once(name, listener) { listen(this, name, listener, true); return this; }
  addListener(name, listener) { return this.on(name, listener); }
  off(name, listener) {
    const list = state(this).named.get(name) || [];
    const i = list.findIndex(l => l.listener === listener);
    if (i >= 0) this.removeEventListener(name, list.splice(i, 1)[0].call);
    return this;
  }
  removeListener(name, listener) { return this.off(name, listener); }
  removeAllListeners(name = undefined) {
    for (const [key, list] of state(this).named) if (name === undefined || key === name) for (const l of [...list]) this.off(key, l.listener);
    return this;
  }
}
finish(MessagePort, 'postMessage start close ref unref hasRef');
delete MessagePort.prototype[Symbol.toStringTag];
handler(MessagePort, 'message');
handler(MessagePort, 'messageerror');

// listen is the way of Node's emitters: the listener gets the message instead of an event.
function listen(port, name, listener, once) {
  const { named } = state(port);
  if (!named.has(name)) named.set(name, []);
  const call = event => {
    if (once) port.off(name, listener);
    listener.call(port, event instanceof MessageEvent ? event.data : event);
  };
  named.get(name).push({ listener, call });
  port.addEventListener(name, call);
}

// flow delivers what waits for a port that has been started.
function flow(port) {
  const s = state(port);
  if (!s.started || s.closed || s.busy || s.queue.length === 0) return;
  s.busy = true;
  internal.global('setImmediate')(() => {
    s.busy = false;
    if (s.closed) return;
    const data = s.queue.shift();
    flow(port);
    port.dispatchEvent(new MessageEvent('message', { data }));
  });
}

function MessageChannel() {
  if (!(this instanceof MessageChannel)) throw fail(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  this.port1 = new MessagePort(secret);
  this.port2 = new MessagePort(secret);
  state(this.port1).other = this.port2;
  state(this.port2).other = this.port1;
}
module.exports = { MessageChannel, MessagePort, MessageEvent };
