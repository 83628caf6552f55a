'use strict';
// Headers of the fetch standard: a list with a class around it.
const { custom, fail } = internal.part('common');
const { list, joined, entriesOf } = internal.part('list');
const { append, fill, byteString, checkName, checkValue, count } = internal.part('fill');
let own, isHeaders;

function writable(headers) {
  const held = own(headers);
  if (held.immutable) throw new TypeError('immutable');
  return held;
}

function sorted(held) {
  const all = [];
  for (const key of [...entriesOf(held).keys()].sort()) {
    const { values } = entriesOf(held).get(key);
    if (key === 'set-cookie') for (const value of values) all.push([key, value]);
    else all.push([key, joined(key, values)]);
  }
  return all;
}

class Headers {
  #held = list();
  static {
    isHeaders = v => typeof v === 'object' && v !== null && #held in v;
    own = v => { if (!isHeaders(v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Illegal invocation'); return v.#held; };
  }
  constructor(init = undefined) { if (init !== undefined) fill(this.#held, init); }

  append(name, value) {
    const held = own(this);
    count('Headers.append', arguments, 2);
    if (held.immutable) writable(this);
    append(held, name, value);
  }

  delete(name) {
    own(this);
    count('Headers.delete', arguments, 1);
    const key = checkName('Headers.delete', byteString(name));
    entriesOf(writable(this)).delete(key);
  }

  get(name) {
    const held = own(this);
    count('Headers.get', arguments, 1);
    const key = checkName('Headers.get', byteString(name));
    const entry = entriesOf(held).get(key);
    return entry ? joined(key, entry.values) : null;
  }

  has(name) {
    const held = own(this);
    count('Headers.has', arguments, 1);
    return entriesOf(held).has(checkName('Headers.has', byteString(name)));
  }

  set(name, value) {
    own(this);
    count('Headers.set', arguments, 2);
    name = byteString(name);
    value = byteString(value);
    const key = checkName('Headers.set', name);
    value = checkValue('Headers.set', value);
    entriesOf(writable(this)).set(key, { name, values: [value] });
  }

  getSetCookie() { const entry = entriesOf(own(this)).get('set-cookie'); return entry ? [...entry.values] : []; }

  forEach(callback, self = undefined) {
    own(this);
    count('Headers.forEach', arguments, 1);
    if (typeof callback !== 'function') {
      throw new TypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    }
    for (const [name, value] of this) callback.call(self, value, name, this);
  }

  * entries() { yield* sorted(own(this)); }
  * keys() { for (const [name] of sorted(own(this))) yield name; }
  * values() { for (const [, value] of sorted(own(this))) yield value; }
}
Object.defineProperty(Headers.prototype, Symbol.iterator, { value: Headers.prototype.entries, writable: true, configurable: true });
Object.defineProperty(Headers.prototype, Symbol.toStringTag, { value: 'Headers', configurable: true });
for (const name of ['append', 'delete', 'get', 'has', 'set', 'getSetCookie', 'forEach', 'entries', 'keys', 'values']) {
  Object.defineProperty(Headers.prototype, name, { enumerable: true });
}
Object.defineProperty(Headers.prototype, custom, {
  value(depth, options, inspect) {
    const shown = {};
    for (const [key, { name, values }] of entriesOf(own(this))) shown[name] = joined(key, values);
    return `Headers ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  },
  writable: true, configurable: true,
});

// made are headers of entries that are there already.
function made(held) {
  const headers = new Headers();
  const to = own(headers);
  to.entries = entriesOf(held);
  to.immutable = held.immutable;
  return headers;
}
module.exports = { Headers, own, isHeaders, made };
