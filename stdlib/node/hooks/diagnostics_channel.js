// Node's diagnostics_channel. Channels are the VM's, their subscribers and stores a run's.
const { fail } = internal;
const badType = (name, want, v) => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${want}. Received ${internal.describe(v)}`);
const callable = (v, name) => { if (typeof v !== 'function') throw badType(name, 'of type function', v); };
const channels = new Map();

// stateOf is what a run has of a channel; undefined when nobody listens.
const states = () => internal.own().states;
const stateOf = channel => { const all = states(); return all && all.get(channel); };
function begun(channel) {
  const own = internal.own();
  if (own.states === undefined) own.states = new Map();
  let state = own.states.get(channel);
  if (state === undefined) own.states.set(channel, state = { subscribers: [], stores: new Map() });
  return state;
}
const later = e => internal.nextTick(() => { throw e; });
class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
  }
  subscribe(subscription) {
    callable(subscription, 'subscription');
    begun(this).subscribers.push(subscription);
  }
  unsubscribe(subscription) {
    const state = stateOf(this), at = state ? state.subscribers.indexOf(subscription) : -1;
    if (at >= 0) state.subscribers = state.subscribers.filter((_, i) => i !== at);
    return at >= 0;
  }
  bindStore(store, transform) { begun(this).stores.set(store, transform); }
  unbindStore(store) { const state = stateOf(this); return state !== undefined && state.stores.delete(store); }
  get hasSubscribers() { const state = stateOf(this); return state !== undefined && (state.subscribers.length > 0 || state.stores.size > 0); }
  publish(data) {
    const state = stateOf(this);
    if (state === undefined) return;
    for (const subscriber of state.subscribers) {
      try { subscriber(data, this.name); } catch (e) { later(e); }
    }
  }
  runStores(data, f, self, ...args) {
    const state = stateOf(this);
    let run = () => { this.publish(data); return Reflect.apply(f, self, args); };
    if (state === undefined) return run();
    for (const [store, transform] of state.stores) {
      const inner = run;
      run = () => {
        let context = data;
        if (transform) {
          try { context = transform(data); } catch (e) { later(e); return inner(); }
        }
        return store.run(context, inner);
      };
    }
    return run();
  }
}
function channel(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') throw badType('channel', 'one of type string or symbol', name);
  let found = channels.get(name);
  if (found === undefined) channels.set(name, found = new Channel(name));
  return found;
}

const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];
class TracingChannel {
  constructor(given) {
    for (const event of events) {
      const value = typeof given === 'string' ? channel(`tracing:${given}:${event}`) : given[event];
      if (!(value instanceof Channel)) throw badType(`nameOrChannels.${event}`, 'an instance of Channel', value);
      Object.defineProperty(this, event, { value });
    }
  }
  get hasSubscribers() { return events.some(event => this[event].hasSubscribers); }
  subscribe(handlers) { for (const event of events) if (handlers[event]) this[event].subscribe(handlers[event]); }
  unsubscribe(handlers) {
    let done = true;
    for (const event of events) if (handlers[event] && !this[event].unsubscribe(handlers[event])) done = false;
    return done;
  }
  traceSync(f, context = {}, self, ...args) {
    return this.start.runStores(context, () => {
      try {
        const result = Reflect.apply(f, self, args);
        context.result = result;
        return result;
      } catch (e) {
        context.error = e;
        this.error.publish(context);
        throw e;
      } finally { this.end.publish(context); }
    });
  }
  tracePromise(f, context = {}, self, ...args) {
    const settle = () => { this.asyncStart.publish(context); this.asyncEnd.publish(context); };
    const failed = e => { context.error = e; this.error.publish(context); settle(); return Promise.reject(e); };
    const done = result => { context.result = result; settle(); return result; };
    return this.start.runStores(context, () => {
      try {
        const promise = Reflect.apply(f, self, args);
        return (promise instanceof Promise ? promise : Promise.resolve(promise)).then(done, failed);
      } catch (e) {
        context.error = e;
        this.error.publish(context);
        throw e;
      } finally { this.end.publish(context); }
    });
  }
  traceCallback(f, position = -1, context = {}, self, ...args) {
    const traced = this, at = position < 0 ? args.length + position : position, callback = args[at];
    callable(callback, 'callback');
    args.splice(at, 1, function (...answer) {
      const [error, result] = answer;
      if (error) { context.error = error; traced.error.publish(context); } else context.result = result;
      return traced.asyncStart.runStores(context, () => {
        try { return Reflect.apply(callback, this, answer); } finally { traced.asyncEnd.publish(context); }
      });
    });
    return this.start.runStores(context, () => {
      try { return Reflect.apply(f, self, args); } catch (e) {
        context.error = e;
        this.error.publish(context);
        throw e;
      } finally { this.end.publish(context); }
    });
  }
}

module.exports = {
  channel, hasSubscribers: name => channels.has(name) && channels.get(name).hasSubscribers, subscribe(name, f) { channel(name).subscribe(f); },
  tracingChannel: given => new TracingChannel(given), unsubscribe: (name, f) => channel(name).unsubscribe(f), Channel,
};
