// Answers date cases in Node: reads a JSON list of function bodies from
// standard input, prints the JSON list of results as text. The zone comes from
// TZ. The same wrapper runs in goja; see evaluate in date_node_test.go.
'use strict';
const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(cases.map((code) => {
  try {
    return String(new Function(code)());
  } catch (e) {
    return e.name + ': ' + e.message;
  }
})));
