'use strict';

// errors turns what a rule handed over or threw into the fields that survive.

// text is the string form of any value, and never throws.
function text(value) {
  if (value === undefined || value === null) return '';
  try {
    return String(value);
  } catch {
    if (typeof value === 'function') return 'a function';
    return Array.isArray(value) ? 'an array' : 'an object';
  }
}

// read reads a property of a value whose getters belong to the rule.
function read(value, key) {
  try {
    return value[key];
  } catch {
    return undefined;
  }
}

function optional(value) {
  return value === undefined || value === null ? null : text(value);
}

// describe builds an outcome's error from a value: name, message, code,
// description, user_id and status_code of an object (contract 1.4 row 11, 5.3),
// the string form of everything else (rows 10 and 12), which has no name.
function describe(value, kind) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    return { name: null, message: String(value), code: null, kind, description: null, user_id: null, status_code: null };
  }
  const status = read(value, 'status_code');
  return {
    name: text(read(value, 'name')) || 'Error',
    message: text(read(value, 'message')),
    code: optional(read(value, 'code')),
    kind,
    description: optional(read(value, 'description')),
    user_id: optional(read(value, 'user_id')),
    status_code: typeof status === 'number' ? status : optional(status),
  };
}

const platformTimeout = 'Request to Webtask exceeded allowed execution time';

// own is an error that no rule made: kind timeout, contract or input. It has no
// name, and its words are not the contract's.
function own(kind, message = platformTimeout) {
  return { name: null, message, code: null, kind, description: null, user_id: null, status_code: null };
}

module.exports = { describe, own, text };
