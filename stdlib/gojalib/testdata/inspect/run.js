// Reads a JSON array of argument lists from standard input, formats each by
// util.format and writes a JSON array of the texts. A case that throws gives
// "throws NAME".
'use strict';
const util = require('util');

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => { input += chunk; });
process.stdin.on('end', () => {
  const texts = JSON.parse(input).map((source) => {
    try {
      const args = (0, eval)(`(() => [${source}\n])()`);
      return util.format(...args).toWellFormed();
    } catch (e) {
      return `throws ${e.name}`;
    }
  });
  process.stdout.write(JSON.stringify(texts));
});
