'use strict';
// Headers of the fetch standard. Names are kept in lower case, values of one name joined, but for
// set-cookie. A guard (internal) keeps those of answers from being changed.
const list = new WeakMap();
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function fail(method, kind, value) {
  return new TypeError(`${method}: "${value}" is an invalid header ${kind}.`);
}

function text(value) {
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

function own(headers) {
  const held = list.get(headers);
  if (!held) throw new TypeError('Illegal invocation');
  return held;
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

function sorted(held) {
  const all = [];
  for (const name of [...held.values.keys()].sort()) {
    const values = held.values.get(name);
    if (name === 'set-cookie') for (const value of values) all.push([name, value]);
    else all.push([name, values.join(name === 'cookie' ? '; ' : ', ')]);
  }
  return all;
}

class Headers {
  constructor(init = undefined) {
    list.set(this, { values: new Map(), immutable: false });
    if (init === undefined) return;
    if (init === null || (typeof init !== 'object' && typeof init !== 'function')) {
      throw new TypeError("Headers constructor: init given is not one of sequence<sequence<ByteString>>, record<ByteString, ByteString>.");
    }
    if (list.has(init)) {
      const from = list.get(init).values;
      for (const [name, values] of from) own(this).values.set(name, [...values]);
    } else if (init[Symbol.iterator] !== undefined) {
      for (const pair of init) {
        const entry = [...pair];
        if (entry.length !== 2) {
          throw new TypeError(`Headers constructor: expected name/value pair to be length 2, found ${entry.length}.`);
        }
        this.append(entry[0], entry[1]);
      }
    } else {
      for (const name of Reflect.ownKeys(init)) {
        const property = Reflect.getOwnPropertyDescriptor(init, name);
        if (property && property.enumerable) this.append(name, init[name]);
      }
    }
  }

  append(name, value) {
    const held = writable(this);
    count('Headers.append', arguments, 2);
    name = text(name);
    value = text(value);
    const key = checkName('Headers.append', name);
    value = checkValue('Headers.append', value);
    const values = held.values.get(key);
    if (values) values.push(value);
    else held.values.set(key, [value]);
  }

  delete(name) {
    const held = writable(this);
    count('Headers.delete', arguments, 1);
    held.values.delete(checkName('Headers.delete', text(name)));
  }

  get(name) {
    const held = own(this);
    count('Headers.get', arguments, 1);
    const key = checkName('Headers.get', text(name));
    const values = held.values.get(key);
    return values ? values.join(key === 'cookie' ? '; ' : ', ') : null;
  }

  has(name) {
    const held = own(this);
    count('Headers.has', arguments, 1);
    return held.values.has(checkName('Headers.has', text(name)));
  }

  set(name, value) {
    const held = writable(this);
    count('Headers.set', arguments, 2);
    name = text(name);
    value = text(value);
    const key = checkName('Headers.set', name);
    held.values.set(key, [checkValue('Headers.set', value)]);
  }

  getSetCookie() { return [...(own(this).values.get('set-cookie') || [])]; }

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
module.exports = { Headers };
