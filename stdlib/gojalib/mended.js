(function () {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const arrayFrom = Array.from;
  const NativeError = Error, NativeAggregate = AggregateError;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const isArray = Array.isArray, keys = Object.keys;
  const defineOwn = Reflect.defineProperty;
  const isObject = v => (typeof v === 'object' && v !== null) || typeof v === 'function';

  // circle is V8's description of the first cycle that stringify meets.
  function circle(value) {
    const path = [], names = [];
    function constructorName(o) {
      const c = o.constructor;
      return typeof c === 'function' && c.name ? `object with constructor '${c.name}'` : 'object with constructor \'Object\'';
    }
    function label(key, parent) { return isArray(parent) ? `index ${key}` : `property '${key}'`; }
    function walk(o, key, parent) {
      const at = path.indexOf(o);
      if (at >= 0) {
        const lines = [`\n    --> starting at ${constructorName(o)}`];
        const last = path.length - 1, step = i => `\n    |     ${label(names[i], path[i - 1])} -> ${constructorName(path[i])}`;
        let i = at + 1;
        for (; i <= last && i <= at + 2; i++) lines.push(step(i));
        if (i < last) lines.push('\n    |     ...');
        if (i <= last) lines.push(step(last));
        lines.push(`\n    --- ${label(key, parent)} closes the circle`);
        return lines.join('');
      }
      path.push(o); names.push(key);
      const list = isArray(o) ? arrayFrom(o.keys()) : keys(o);
      for (const k of list) {
        let v = o[k];
        if (isObject(v) && typeof v.toJSON === 'function') v = v.toJSON(`${k}`);
        if (typeof v !== 'object' || v === null) continue;
        const found = walk(v, k, o);
        if (found) return found;
      }
      path.pop(); names.pop();
      return '';
    }
    return walk(value, '', null);
  }

  function key(k) { return typeof k === 'symbol' ? k : `${k}`; }

  class WeakRef {
    #target;
    constructor(target) {
      if (!isObject(target)) throw new TypeError('WeakRef: invalid target');
      this.#target = target;
    }
    deref() {
      if (!isObject(this) || !(#target in this)) throw new TypeError(`Method WeakRef.prototype.deref called on incompatible receiver ${typeof this === 'object' && this ? '#<Object>' : String(this)}`);
      return this.#target;
    }
  }
  defineProperty(WeakRef.prototype, Symbol.toStringTag, { value: 'WeakRef', configurable: true });

  class FinalizationRegistry {
    #tokens = new Map();
    constructor(cleanup) { if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable'); }
    register(target, held, token) {
      if (!isObject(target)) throw new TypeError('FinalizationRegistry.prototype.register: invalid target');
      if (target === held) throw new TypeError('FinalizationRegistry.prototype.register: target and holdings must not be same');
      if (isObject(token)) this.#tokens.set(token, true);
      else if (token !== undefined) throw new TypeError(`Invalid unregisterToken ('${String(token)}')`);
    }
    unregister(token) {
      if (!isObject(token)) throw new TypeError(`Invalid unregisterToken ('${String(token)}')`);
      return this.#tokens.delete(token);
    }
  }
  defineProperty(FinalizationRegistry.prototype, Symbol.toStringTag, { value: 'FinalizationRegistry', configurable: true });
  defineProperty(FinalizationRegistry.prototype.register, 'length', { value: 2, configurable: true });

  // site is a call of a stack, as Error.prepareStackTrace gets it.
  const site = line => {
    const [, name, file, row, column] = /^\s*at (?:(.*) \()?(.*?)(?::(\d+):(\d+)(?:\(\d+\))?)?\)?$/.exec(line) || [];
    const answers = {
      getThis: undefined, getTypeName: null, getFunction: undefined, getFunctionName: name || null, getMethodName: null, getFileName: file === 'native' ? null : file,
      getLineNumber: row ? +row : null, getColumnNumber: column ? +column : null, getEvalOrigin: undefined, isToplevel: true, isEval: false, isNative: file === 'native',
      isConstructor: false, isAsync: false, isPromiseAll: false, getPromiseIndex: null, getScriptNameOrSourceURL: file, getScriptHash: '', getEnclosingLineNumber: 0,
      getEnclosingColumnNumber: 0, getPosition: 0, toString: line.trim().replace(/^at /, ''),
    };
    const made = {};
    for (const key in answers) defineProperty(made, key, { value: () => answers[key], writable: true, configurable: true });
    return made;
  };

  const methods = {
    circle,
    captureStackTrace(target, constructor) {
      if (!isObject(target)) throw new TypeError('invalid_argument');
      const frames = `${new NativeError().stack}`.split('\n').slice(2), write = { writable: true, configurable: true };
      // What stands above the frames is as the object is when the text is first read.
      const text = () => {
        const read = name => { const v = target[name]; return v === undefined ? undefined : `${v}`; };
        const name = read('name') ?? 'Error', message = read('message') ?? '', prepare = NativeError.prepareStackTrace;
        if (typeof prepare === 'function') return prepare.call(NativeError, target, frames.filter(line => line.trim()).map(site));
        return [!message ? name : !name ? message : `${name}: ${message}`, ...frames].join('\n');
      };
      let value, known = false;
      defineProperty(target, 'stack', {
        get() {
          if (!known) {
            value = text();
            known = true;
            defineOwn(target, 'stack', { value, ...write });
          }
          return value;
        },
        set(value) { defineOwn(this, 'stack', { value, enumerable: this !== target, ...write }); },
        configurable: true,
      });
    },
    fromEntries(pairs) {
      const made = {};
      for (const pair of pairs) {
        if (!isObject(pair)) throw new TypeError(`Iterator value ${String(pair)} is not an entry object`);
        const name = pair[0], value = pair[1];
        defineProperty(made, key(name), { value, writable: true, enumerable: true, configurable: true });
      }
      return made;
    },
    any(values) {
      const C = this;
      if (!isObject(C)) throw new TypeError('Promise.any called on non-object');
      let resolve, reject;
      const promise = new C((yes, no) => { resolve = yes; reject = no; });
      try {
        const resolveOne = C.resolve;
        if (typeof resolveOne !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
        const errors = [];
        let left = 1, index = 0;
        const finish = () => { reject(new NativeAggregate(errors, 'All promises were rejected')); };
        for (const value of values) {
          const at = index++;
          let called = false;
          errors[at] = undefined;
          left++;
          call(resolveOne, C, value).then(resolve, error => {
            if (called) return;
            called = true;
            errors[at] = error;
            if (--left === 0) finish();
          });
        }
        if (--left === 0) finish();
      } catch (e) {
        reject(e);
      }
      return promise;
    },
    __defineGetter__(name, f) {
      if (typeof f !== 'function') throw new TypeError('Object.prototype.__defineGetter__: Expecting function');
      defineProperty(Object(this), key(name), { get: f, enumerable: true, configurable: true });
    },
    __defineSetter__(name, f) {
      if (typeof f !== 'function') throw new TypeError('Object.prototype.__defineSetter__: Expecting function');
      defineProperty(Object(this), key(name), { set: f, enumerable: true, configurable: true });
    },
    __lookupGetter__(name) {
      name = key(name);
      for (let o = Object(this); o !== null; o = getPrototypeOf(o)) { const d = getOwnPropertyDescriptor(o, name); if (d) return d.get; }
    },
    __lookupSetter__(name) {
      name = key(name);
      for (let o = Object(this); o !== null; o = getPrototypeOf(o)) { const d = getOwnPropertyDescriptor(o, name); if (d) return d.set; }
    },
    WeakRef, FinalizationRegistry,
  };
  return methods;
})
