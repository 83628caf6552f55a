(function (describe) {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object;
  const nativeStringify = JSON.stringify, nativeFrom = getPrototypeOf(Uint8Array).from, arrayFrom = Array.from;
  const NativeError = Error, NativeAggregate = AggregateError, NativePromise = Promise;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const toString = Object.prototype.toString, isArray = Array.isArray, keys = Object.keys;
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

  function html(tag, attribute) {
    return {
      [tag[0]](value) {
        if (this === null || this === undefined) throw new TypeError(`String.prototype.${tag[0]} called on null or undefined`);
        const s = `${this}`;
        if (attribute === undefined) return `<${tag[1]}>${s}</${tag[1]}>`;
        return `<${tag[1]} ${attribute}="${`${value}`.replaceAll('"', '&quot;')}">${s}</${tag[1]}>`;
      },
    }[tag[0]];
  }
  const plain = (name, tag) => { const f = html([name, tag]); defineProperty(f, 'length', { value: 0, configurable: true }); return f; };
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

  const methods = {
    stringify(value, replacer, space) {
      try {
        return nativeStringify(value, replacer, space);
      } catch (e) {
        if (isObject(e) && e.message === 'Converting circular structure to JSON' && typeof replacer !== 'function') e.message += circle(value);
        throw e;
      }
    },
    captureStackTrace(target, constructor) {
      if (!isObject(target)) throw new TypeError('invalid_argument');
      const read = name => { const v = target[name]; return v === undefined ? undefined : `${v}`; };
      const name = read('name') ?? 'Error', message = read('message') ?? '';
      const head = !message ? name : !name ? message : `${name}: ${message}`;
      const frames = `${new NativeError().stack}`.split('\n').slice(2);
      defineProperty(target, 'stack', { value: [head, ...frames].join('\n'), writable: true, configurable: true });
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
    from(source, map, self) {
      if (source !== null && source !== undefined && typeof source !== 'object' && typeof source !== 'function') source = Object(source);
      if (typeof source === 'object' && source !== null && call(toString, source) === '[object String]') source = arrayFrom(source);
      return map === undefined ? call(nativeFrom, this, source) : call(nativeFrom, this, source, map, self);
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
    anchor: html(['anchor', 'a'], 'name'), link: html(['link', 'a'], 'href'), fontcolor: html(['fontcolor', 'font'], 'color'), fontsize: html(['fontsize', 'font'], 'size'),
    big: plain('big', 'big'), blink: plain('blink', 'blink'), bold: plain('bold', 'b'), fixed: plain('fixed', 'tt'), italics: plain('italics', 'i'),
    small: plain('small', 'small'), strike: plain('strike', 'strike'), sub: plain('sub', 'sub'), sup: plain('sup', 'sup'),
  };
  defineProperty(methods.from, 'length', { value: 1, configurable: true });
  return methods;
})
