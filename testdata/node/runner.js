'use strict';

// runner is the contract on Node: one job a line on standard input, one answer a
// line on standard output, in order. See README.md for the fields.
//
//	node runner.js < jobs.ndjson

const { runJob } = require('./pipeline.js');
const { lines } = require('./lines.js');

async function main() {
  for await (const line of lines(process.stdin)) {
    const answer = await runJob(JSON.parse(line));
    if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) {
      await new Promise((resolve) => { process.stdout.once('drain', resolve); });
    }
  }
}

main().catch((error) => {
  process.stderr.write(`runner: ${error.stack}\n`);
  process.exitCode = 2;
});
