'use strict';
// Lists of headers, of which class Headers is a view: { entries, flat, immutable }. An entry has the name as it was
// first written, and values. Entries are made when somebody asks for them; until then flat may have names in lower
// case and values, as they came. A list that is immutable is an answer's. This is what every fetch
// needs; fill.js has the rest.

const list = (flat = null, immutable = false) => ({ entries: null, flat, immutable });

const joined = (key, values) => (values.length === 1 ? values[0] : values.join(key === 'cookie' ? '; ' : ', '));

function entriesOf(held) {
  if (held.entries === null) {
    const { flat } = held;
    held.entries = new Map();
    held.flat = null;
    if (flat) for (let i = 0; i < flat.length; i += 2) add(held, flat[i], flat[i], flat[i + 1]);
  }
  return held.entries;
}

// copied is a list with the same entries, which may be changed.
function copied(held) {
  const copy = list();
  if (held.entries === null && held.flat === null) return copy;
  copy.entries = new Map();
  entriesOf(held).forEach(({ name, values }, key) => copy.entries.set(key, { name, values: [...values] }));
  return copy;
}

// add appends without a look at the guard; the value is checked already.
function add(held, key, name, value) {
  const entries = entriesOf(held);
  const entry = entries.get(key);
  if (entry) entry.values.push(value);
  else entries.set(key, { name, values: [value] });
}

module.exports = { list, joined, entriesOf, copied, add };
