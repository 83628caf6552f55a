'use strict';
// Lists of headers, of which class Headers is a view. An entry has the name as it was first written, and
// values. A list that is immutable is an answer's. This is what every fetch needs; fill.js has the rest.

const joined = (key, values) => (values.length === 1 ? values[0] : values.join(key === 'cookie' ? '; ' : ', '));

function copied(entries) {
  const all = new Map();
  entries.forEach(({ name, values }, key) => all.set(key, { name, values: [...values] }));
  return all;
}

// add appends without a look at the guard; the value is checked already.
function add(held, key, name, value) {
  const entry = held.entries.get(key);
  if (entry) entry.values.push(value);
  else held.entries.set(key, { name, values: [value] });
}

module.exports = { add, joined, copied };
