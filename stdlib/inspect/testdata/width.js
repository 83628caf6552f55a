// Writes the code points that take two terminal columns and those that take
// none, as ranges: {"wide": [[from, to], …], "zero": […]}. Run it with
// node --expose-internals --no-warnings.
'use strict';
const { internalBinding } = require('internal/test/binding');
const icu = internalBinding('icu');

const ranges = { wide: [], zero: [] };
const add = (list, code) => {
  const last = list[list.length - 1];
  if (last && last[1] === code - 1) last[1] = code; else list.push([code, code]);
};
for (let code = 0x7f; code < 0x110000; code++) {
  if (code >= 0xd800 && code < 0xe000) continue;
  const columns = icu.getStringWidth(String.fromCodePoint(code));
  if (columns === 2) add(ranges.wide, code);
  if (columns === 0) add(ranges.zero, code);
}
process.stdout.write(JSON.stringify(ranges));
