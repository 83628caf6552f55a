'use strict';
// Headers of the fetch standard. Each has the name as it was first written, and values; those of one
// name are joined, but for set-cookie. A guard keeps those of answers from being changed.
const { custom, fail: failWith } = internal.part('common');
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
let own, isHeaders;

function fail(method, kind, value) {
  return new TypeError(`${method}: "${value}" is an invalid header ${kind}.`);
}

// byteString is WebIDL's: text of which every character is a byte.
function byteString(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  const string = String(value);
  for (let i = 0; i < string.length; i++) {
    const code = string.charCodeAt(i);
    if (code > 255) {
      throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${i} has a value of ${code} which is greater than 255.`);
    }
  }
  return string;
}

function checkName(method, name) {
  if (!token.test(name)) throw fail(method, 'name', name);
  return name.toLowerCase();
}

function checkValue(method, value) {
  value = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\n\r]/.test(value)) throw fail(method, 'value', value);
  return value;
}

function writable(headers) {
  const held = own(headers);
  if (held.immutable) throw new TypeError('immutable');
  return held;
}

function count(method, args, wanted) {
  if (args.length < wanted) {
    throw new TypeError(`${method}: ${wanted} argument${wanted > 1 ? 's' : ''} required, but${args.length ? ' only' : ''} ${args.length} found.`);
  }
}

const joined = (key, values) => (values.length === 1 ? values[0] : values.join(key === 'cookie' ? '; ' : ', '));

function sorted(held) {
  const all = [];
  for (const key of [...held.entries.keys()].sort()) {
    const { values } = held.entries.get(key);
    if (key === 'set-cookie') for (const value of values) all.push([key, value]);
    else all.push([key, joined(key, values)]);
  }
  return all;
}

// add appends without a look at the guard; the value is checked already.
function add(held, key, name, value) {
  const entry = held.entries.get(key);
  if (entry) entry.values.push(value);
  else held.entries.set(key, { name, values: [value] });
}

function append(held, name, value) {
  name = byteString(name);
  value = byteString(value);
  const key = checkName('Headers.append', name);
  add(held, key, name, checkValue('Headers.append', value));
}

// fill appends what a HeadersInit has.
function fill(held, init) {
  if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
    throw new TypeError('Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.');
  }
  if (isHeaders(init)) {
    for (const [key, entry] of own(init).entries) held.entries.set(key, { name: entry.name, values: [...entry.values] });
  } else if (init[Symbol.iterator] !== undefined) {
    for (const pair of init) {
      const entry = [...pair];
      if (entry.length !== 2) throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${entry.length}.`);
      append(held, entry[0], entry[1]);
    }
  } else {
    for (const name of Reflect.ownKeys(init)) {
      const property = Reflect.getOwnPropertyDescriptor(init, name);
      if (property && property.enumerable) append(held, name, init[name]);
    }
  }
}

class Headers {
  #held = { entries: new Map(), immutable: false };
  static {
    isHeaders = v => typeof v === 'object' && v !== null && #held in v;
    own = v => { if (!isHeaders(v)) throw failWith(TypeError, 'ERR_INVALID_THIS', 'Illegal invocation'); return v.#held; };
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
    writable(this).entries.delete(key);
  }

  get(name) {
    const held = own(this);
    count('Headers.get', arguments, 1);
    const key = checkName('Headers.get', byteString(name));
    const entry = held.entries.get(key);
    return entry ? joined(key, entry.values) : null;
  }

  has(name) {
    const held = own(this);
    count('Headers.has', arguments, 1);
    return held.entries.has(checkName('Headers.has', byteString(name)));
  }

  set(name, value) {
    own(this);
    count('Headers.set', arguments, 2);
    name = byteString(name);
    value = byteString(value);
    const key = checkName('Headers.set', name);
    value = checkValue('Headers.set', value);
    writable(this).entries.set(key, { name, values: [value] });
  }

  getSetCookie() { const entry = own(this).entries.get('set-cookie'); return entry ? [...entry.values] : []; }

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
    for (const [key, { name, values }] of own(this).entries) shown[name] = joined(key, values);
    return `Headers ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  },
  writable: true, configurable: true,
});

// made are headers of entries that are there already.
function made(held) {
  const headers = new Headers();
  const to = own(headers);
  to.entries = held.entries;
  to.immutable = held.immutable;
  return headers;
}
module.exports = { Headers, own, isHeaders, fill, add, joined, made, byteString, count };
