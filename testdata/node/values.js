'use strict';

// values judges objects that come out of a rule's realm.

// isObject: a JSON object (decoded), not an array, not null.
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// isPlain: an object made by a literal, Object.create(null) or JSON.parse.
function isPlain(value, objectPrototype) {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === objectPrototype;
}

const identifier = /^[A-Za-z_$][\w$]*$/;

function member(path, key) {
  return identifier.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

// losses lists what JSON.parse(JSON.stringify(value)) would not give back. A
// property that is undefined counts as absent, so nothing is lost with it.
function losses(value, path, objectPrototype, found = []) {
  switch (typeof value) {
    case 'undefined':
      found.push(`${path} is undefined`);
      return found;
    case 'function':
    case 'symbol':
    case 'bigint':
      found.push(`${path} is a ${typeof value}`);
      return found;
    case 'number':
      if (!Number.isFinite(value)) found.push(`${path} is ${value}`);
      return found;
    case 'object':
      break;
    default:
      return found;
  }
  if (value === null) return found;
  const array = Array.isArray(value);
  if (!array && !isPlain(value, objectPrototype)) {
    found.push(`${path} is a ${Object.prototype.toString.call(value).slice(8, -1)} of a class`);
    return found;
  }
  if (array) {
    for (let i = 0; i < value.length; i++) losses(value[i], `${path}[${i}]`, objectPrototype, found);
  }
  for (const key of Reflect.ownKeys(value)) {
    if (typeof key === 'symbol') {
      found.push(`${path} has a symbol for a key`);
      continue;
    }
    if (array && (key === 'length' || String(key >>> 0) === key)) continue;
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (!property.enumerable || array) {
      found.push(`${member(path, key)} is left out`);
    } else if (property.get || property.set) {
      found.push(`${member(path, key)} is an accessor`);
    } else if (property.value !== undefined) {
      losses(property.value, member(path, key), objectPrototype, found);
    }
  }
  return found;
}

// exact is JSON text of decoded JSON that keeps -0, which JSON.stringify does not.
function exact(value) {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(exact).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${Object.keys(value).map((key) => `${JSON.stringify(key)}:${exact(value[key])}`).join(',')}}`;
}

module.exports = { isObject, isPlain, losses, member, exact };
