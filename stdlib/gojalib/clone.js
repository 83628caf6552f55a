(function (DOMException, fail) {
  const { isView } = ArrayBuffer;
  const { defineProperty, getPrototypeOf, keys } = Object;
  const toString = Object.prototype.toString;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const getter = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
  const typedArray = getPrototypeOf(Uint8Array.prototype);
  const tagOf = getter(typedArray, Symbol.toStringTag);
  const attempt = (f, v) => { try { f(v); return true; } catch { return false; } };
  // brand checks that a script cannot fake
  const getTime = Date.prototype.getTime, mapHas = Map.prototype.has, setHas = Set.prototype.has, bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
  const sourceOf = getter(RegExp.prototype, 'source'), weakHas = WeakMap.prototype.has, weakSetHas = WeakSet.prototype.has, then = Promise.prototype.then;
  const viewLength = getter(DataView.prototype, 'byteLength');
  const mapEach = Map.prototype.forEach, setEach = Set.prototype.forEach;
  const kinds = { Date, RegExp, Map, Set, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, ArrayBuffer, DataView };
  const typed = { Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array };
  const unwrap = [[Number.prototype.valueOf, Number], [String.prototype.valueOf, String], [Boolean.prototype.valueOf, Boolean], [BigInt.prototype.valueOf, BigInt]];
  const symbolValue = Symbol.prototype.valueOf;
  const NewMap = Map, NewSet = Set, makeObject = Object, makeArray = Array, isArray = Array.isArray;

  function refuse(text) { return new DOMException(`${text} could not be cloned.`, 'DataCloneError'); }
  function name(v) {
    const c = v.constructor;
    return `#<${typeof c === 'function' && c.name ? c.name : 'Object'}>`;
  }

  function clone(v, memory) {
    switch (typeof v) {
      case 'symbol': throw refuse(v.toString());
      case 'function': throw refuse(call(Function.prototype.toString, v));
      case 'object': break;
      default: return v;
    }
    if (v === null) return v;
    if (memory.has(v)) return memory.get(v);
    const keep = copy => { memory.set(v, copy); return copy; };
    if (isArray(v)) {
      const copy = keep(new makeArray(v.length));
      fields(v, copy, memory);
      return copy;
    }
    if (isView(v)) {
      const tag = call(tagOf, v), buffer = clone(v.buffer, memory);
      if (tag === undefined) return keep(new kinds.DataView(buffer, v.byteOffset, v.byteLength));
      return keep(new typed[tag](buffer, v.byteOffset, v.length));
    }
    const tag = call(toString, v);
    if (attempt(x => call(getTime, x), v)) return keep(new kinds.Date(call(getTime, v)));
    if (attempt(x => call(bufferLength, x), v)) return keep(v.slice(0));
    if (attempt(x => call(mapHas, x, 0), v)) {
      const copy = keep(new NewMap()), list = [];
      call(mapEach, v, (value, key) => { list.push([key, value]); });
      for (const [key, value] of list) copy.set(clone(key, memory), clone(value, memory));
      return copy;
    }
    if (attempt(x => call(setHas, x, 0), v)) {
      const copy = keep(new NewSet()), list = [];
      call(setEach, v, value => { list.push(value); });
      for (const value of list) copy.add(clone(value, memory));
      return copy;
    }
    if (v !== RegExp.prototype && attempt(x => call(sourceOf, x), v)) return keep(new kinds.RegExp(v.source, v.flags));
    for (const [valueOf, Type] of unwrap) {
      if (attempt(x => call(valueOf, x), v)) return keep(makeObject(call(valueOf, v)));
    }
    if (attempt(x => call(symbolValue, x), v)) throw refuse('Object(Symbol)');
    if (tag === '[object Error]' || v instanceof kinds.Error) {
      if (tag !== '[object Error]') return keep(fields(v, {}, memory));
      let type = `${v.name}`;
      if (type === 'Error' || typeof kinds[type] !== 'function' || !(kinds[type].prototype instanceof kinds.Error)) type = 'Error';
      const copy = keep(new kinds[type]());
      const message = Object.getOwnPropertyDescriptor(v, 'message');
      if (message && 'value' in message) defineProperty(copy, 'message', { value: `${message.value}`, writable: true, configurable: true });
      const stack = v.stack;
      if (typeof stack === 'string') defineProperty(copy, 'stack', { value: stack, writable: true, configurable: true });
      const cause = Object.getOwnPropertyDescriptor(v, 'cause');
      if (cause && 'value' in cause) defineProperty(copy, 'cause', { value: clone(cause.value, memory), writable: true, configurable: true });
      return copy;
    }
    if (tag === '[object Arguments]') throw refuse(name(v));
    if (tag === '[object Promise]' || tag === '[object WeakMap]' || tag === '[object WeakSet]' || tag === '[object WeakRef]') {
      if (attempt(x => call(weakHas, x, {}), v) || attempt(x => call(weakSetHas, x, {}), v) || tag === '[object Promise]' || tag === '[object WeakRef]') throw refuse(name(v));
    }
    return fields(v, keep({}), memory);
  }

  function fields(from, to, memory) {
    for (const key of keys(from)) {
      if (!Object.hasOwn(from, key)) continue;
      defineProperty(to, key, { value: clone(from[key], memory), writable: true, enumerable: true, configurable: true });
    }
    return to;
  }

  const { structuredClone } = { structuredClone(value, options) {
    if (arguments.length === 0) throw fail.native(TypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
    return clone(value, new NewMap());
  } };
  return { structuredClone };
})
