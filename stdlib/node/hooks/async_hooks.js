// Node's async_hooks. The stores that stand are a Map that is never changed but replaced; the
// host follows it through promises, timers, ticks and operations.
const { fail } = internal;
const badType = (name, want, v) => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" argument must be ${want}. Received ${internal.describe(v)}`);
const refused = name => Object.defineProperty(function () { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `async_hooks.${name} is not provided by Ferrule`); }, 'name', { value: name });

function within(stores, f, self, args) {
  const before = internal.current();
  internal.set(stores);
  try { return Reflect.apply(f, self, args); } finally { internal.set(before); }
}
function changed(storage, store, absent) {
  const stores = new Map(internal.current());
  if (absent) stores.delete(storage); else stores.set(storage, store);
  return stores;
}
let resources = 1;
class AsyncResource {
  #id = ++resources;
  #stores = internal.current();
  constructor(type) {
    if (typeof type !== 'string') throw badType('type', 'of type string', type);
  }
  runInAsyncScope(f, self, ...args) { return within(this.#stores, f, self, args); }
  emitDestroy() { return this; }
  asyncId() { return this.#id; }
  triggerAsyncId() { return 1; }
  bind(f, self) {
    if (typeof f !== 'function') throw badType('fn', 'of type function', f);
    const resource = this;
    const bound = function (...args) { return within(resource.#stores, f, self === undefined ? this : self, args); };
    Object.defineProperties(bound, {
      length: { configurable: true, enumerable: false, value: f.length, writable: false },
      asyncResource: { configurable: true, enumerable: true, get: () => resource },
    });
    return bound;
  }
  static bind(f, type, self) { return new AsyncResource(type || f.name || 'bound-anonymous-fn').bind(f, self); }
}
class AsyncLocalStorage {
  static bind(f) { return AsyncResource.bind(f); }
  static snapshot() { return AsyncLocalStorage.bind((f, ...args) => f(...args)); }
  run(store, f, ...args) { return within(changed(this, store), f, null, args); }
  exit(f, ...args) { return within(changed(this, undefined, true), f, null, args); }
  enterWith(store) { internal.set(changed(this, store)); }
  getStore() {
    const stores = internal.current();
    return stores === undefined || !enabled(this) ? undefined : stores.get(this);
  }
  disable() {
    const { disabled = new WeakSet() } = internal.own();
    internal.own().disabled = disabled.add(this);
  }
}
// A storage that was disabled has no store until it is used again.
const enabled = storage => { const { disabled } = internal.own(); return disabled === undefined || !disabled.has(storage); };
for (const name of ['run', 'enterWith']) {
  const use = AsyncLocalStorage.prototype[name];
  Object.defineProperty(AsyncLocalStorage.prototype, name, { value: { [name](...args) {
    const { disabled } = internal.own();
    if (disabled !== undefined) disabled.delete(this);
    return Reflect.apply(use, this, args);
  } }[name] });
}

module.exports = {
  AsyncLocalStorage, createHook: refused('createHook'), executionAsyncId: () => 1, triggerAsyncId: () => 0, executionAsyncResource: () => ({}),
  asyncWrapProviders: Object.freeze({ __proto__: null, NONE: 0 }), AsyncResource,
};
