'use strict';

// want runs jobs like runner.js and prints what a `.want` section holds: an
// archive in the txtar format with one file a job, named by its id.
//
//	node want.js < jobs.ndjson

const { runJob } = require('./pipeline.js');
const { lines } = require('./lines.js');
const { want } = require('./outcome.js');

async function main() {
  for await (const line of lines(process.stdin)) {
    const job = JSON.parse(line);
    const answer = await runJob(job);
    process.stdout.write(`-- ${job.id} --\n${want(job, answer)}`);
  }
}

main().catch((error) => {
  process.stderr.write(`want: ${error.stack}\n`);
  process.exitCode = 2;
});
