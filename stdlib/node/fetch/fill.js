'use strict';
// What fills lists of headers from the values of rules, and refuses those that are none.
const { add, copied, entriesOf } = internal.part('list');

const isToken = text => /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text); // made late: most VMs need no pattern

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
  if (!isToken(name)) throw fail(method, 'name', name);
  return name.toLowerCase();
}

function checkValue(method, value) {
  value = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\n\r]/.test(value)) throw fail(method, 'value', value);
  return value;
}

function count(method, args, wanted) {
  if (args.length < wanted) {
    throw new TypeError(`${method}: ${wanted} argument${wanted > 1 ? 's' : ''} required, but${args.length ? ' only' : ''} ${args.length} found.`);
  }
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
  const classes = internal.loaded('headers');
  if (classes && classes.isHeaders(init)) {
    for (const [key, entry] of entriesOf(copied(classes.own(init)))) entriesOf(held).set(key, entry);
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
module.exports = { append, fill, byteString, checkName, checkValue, count };
