// Reads a JSON array of scripts from standard input, runs each with a console of
// its own and writes a JSON array of what it printed, out for standard output
// and err for standard error. An exception adds the line "throws NAME: TEXT".
'use strict';
const { Console } = require('console');
const { Writable } = require('stream');

let input = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk) => { input += chunk; });
process.removeAllListeners('warning');
process.on('warning', () => { });
process.stdin.on('end', () => {
  const all = JSON.parse(input).map((source) => {
    const lines = [];
    const stream = (name) => new Writable({
      write(chunk, encoding, done) { lines.push(`${name}|${chunk.toString().slice(0, -1)}`); done(); },
    });
    const own = new Console({ stdout: stream('out'), stderr: stream('err') });
    try {
      new Function('console', source)(own);
    } catch (e) {
      lines.push(`throws ${e.name}: ${e.message}`);
    }
    return lines;
  });
  process.stdout.write(JSON.stringify(all));
});
