'use strict';

// update runs the cases of patterns and writes their wanted outcomes into the
// files. Read the diff: a wanted outcome is what the contract says, not what
// this runner happens to say.
//
//	node update.js [-check] FILE.txtar...
//
// -check writes nothing and lists the files that differ. For rules in TypeScript
// see types.js.

const fs = require('node:fs');
const { runJob } = require('./pipeline.js');
const { want } = require('./outcome.js');
const { read, write } = require('./txtar.js');
const { withoutTypes } = require('./types.js');

function rulesOf(archive) {
  return archive.files
    .filter(({ name }) => /^(rule|rules\/[^/]+)\.(js|ts)$/.test(name))
    .map(({ name, data }) => ({
      name: name.replace(/^rules\//, '').replace(/\.(js|ts)$/, ''),
      code: name.endsWith('.ts') ? withoutTypes(data) : data,
    }))
    .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

async function update(file, check) {
  const before = fs.readFileSync(file, 'utf8');
  const archive = read(before);
  const configuration = archive.files.find(({ name }) => name === 'configuration.json');
  const rules = rulesOf(archive);
  if (rules.length === 0) throw new Error(`${file}: no rule`);
  const files = [];
  for (const entry of archive.files) {
    if (/^run\/.*\.want$/.test(entry.name)) continue;
    files.push(entry);
    const name = /^run\/(.*)\.in\.json$/.exec(entry.name);
    if (!name) continue;
    let job;
    try {
      job = JSON.parse(entry.data);
    } catch (error) {
      throw new Error(`${file}: ${entry.name}: ${error.message}`);
    }
    if (configuration && !job.configuration) job.configuration = JSON.parse(configuration.data);
    job.id = name[1];
    job.rules = rules;
    files.push({ name: `run/${name[1]}.want`, data: want(job, await runJob(job)) });
  }
  const after = write({ comment: archive.comment, files });
  if (after === before) return true;
  if (check) process.stdout.write(`${file}: differs\n`);
  else fs.writeFileSync(file, after);
  return !check;
}

async function main(args) {
  const check = args[0] === '-check';
  for (const file of check ? args.slice(1) : args) {
    if (!(await update(file, check))) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`update: ${error.stack}\n`);
  process.exitCode = 2;
});
