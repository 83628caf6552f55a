'use strict';

// pipelines runs the cases of folders under testdata/pipelines and writes the
// wanted outcomes to want.txtar in each: one file a case, named by its id.
//
//	node pipelines.js FOLDER...

const fs = require('node:fs');
const path = require('node:path');
const { load } = require('./folder.js');
const { want } = require('./outcome.js');
const { runJob } = require('./pipeline.js');
const { write } = require('./txtar.js');

async function main(folders) {
  for (const dir of folders) {
    const { rules, configuration } = load(dir);
    const files = [];
    for (const line of fs.readFileSync(path.join(dir, 'cases.ndjson'), 'utf8').split('\n')) {
      if (line.trim() === '') continue;
      const job = { configuration, ...JSON.parse(line), rules };
      files.push({ name: job.id, data: want(job, await runJob(job)) });
    }
    const comment = `# What the cases of this folder end with, at 2026-03-02T10:30:00Z in UTC.\n`;
    fs.writeFileSync(path.join(dir, 'want.txtar'), write({ comment, files }));
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`pipelines: ${error.stack}\n`);
  process.exitCode = 2;
});
