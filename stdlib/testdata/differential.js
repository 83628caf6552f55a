// Evaluates library functions over tuples of values and writes each answer as a text.
// input: {pool: [source], functions: [source], cases: [[function, value, value, ...]]}
// Not asked at all: texts of that length only take time.
function small(n) {
  if (n > 20000) throw { name: 'Spared' };
  return true;
}

// Not asked of goja.
function spare(when) {
  if (when && typeof process === 'undefined') throw { name: 'Spared' };
}

function differential(input) {
  const pool = input.pool.map(s => (0, eval)('(() => (' + s + '))'));
  const functions = input.functions.map(s => (0, eval)('(' + s + ')'));
  function write(v, depth) {
    if (depth > 60) return '…';
    switch (typeof v) {
      case 'undefined': return 'undefined';
      case 'boolean': return String(v);
      case 'number': return Object.is(v, -0) ? '-0' : String(v);
      case 'string': return JSON.stringify(v);
      case 'function': return 'function';
    }
    if (v === null) return 'null';
    if (Array.isArray(v)) return '[' + v.map(x => write(x, depth + 1)).join() + ']';
    if (v instanceof Set) return 'Set' + write([...v], depth + 1);
    if (v instanceof Map) return 'Map' + write([...v], depth + 1);
    return '{' + Object.keys(v).map(k => JSON.stringify(k) + ':' + write(v[k], depth + 1)).join() + '}';
  }
  return input.cases.map(([f, ...indexes]) => {
    const made = {};
    const args = indexes.map(i => made[i] = i in made ? made[i] : pool[i]());
    try {
      return write(functions[f](...args), 0);
    } catch (e) {
      return 'throws ' + (e && e.name);
    }
  });
}
