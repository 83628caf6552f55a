'use strict';

// generate prints random jobs for runner.js: logins of a realistic shape with odd
// values and missing parts, and small rules made of statements as people write
// them. The same seed gives the same jobs.
//
//	node generate.js SEED N > jobs.ndjson
//
// Rules never wait longer than some milliseconds, always call back on the paths
// without an exception, and redirect only where a browser could follow.

const { newLogin } = require('./generate_login.js');
const { newRule } = require('./generate_rule.js');

// source is a small random generator (mulberry32) with the choices that the
// others need.
function source(seed) {
  let state = seed >>> 0;
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const random = {
    below: (n) => Math.floor(next() * n),
    chance: (p) => next() < p,
    pick: (list) => list[Math.floor(next() * list.length)],
    // weighted picks from [weight, value] pairs.
    weighted(pairs) {
      let at = next() * pairs.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of pairs) {
        at -= weight;
        if (at < 0) return value;
      }
      return pairs[pairs.length - 1][1];
    },
    times: (n, f) => Array.from({ length: n }, (_, i) => f(i)),
  };
  return random;
}

function newJob(seed, i) {
  // Each job has a seed of its own, so a job can be made again without the others.
  const random = source(Math.imul(seed, 1000003) + i);
  const count = random.weighted([[6, 1], [3, 2], [1, 3]]);
  const rules = random.times(count, (n) => ({ name: `rule-${n + 1}`, code: newRule(random) }));
  const { user, context } = newLogin(random);
  const job = { id: `${seed}-${i}`, rules, user, context };
  if (random.chance(0.7)) {
    job.configuration = { NAMESPACE: 'https://example.com/', LIST: 'ann@example.com,b, web', LIMIT: '5' };
  }
  if (random.chance(0.3)) {
    job.now = random.pick(['2026-03-01T23:30:00Z', '2024-02-29T12:00:00.5Z', '2026-03-29T00:59:59.999Z', '2026-10-25T00:30:00Z']);
  }
  if (random.chance(0.3)) job.tz = random.pick(['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']);
  return job;
}

function main([seed, n]) {
  if (!/^\d+$/.test(seed) || !/^\d+$/.test(n)) {
    process.stderr.write('usage: node generate.js SEED N\n');
    process.exitCode = 2;
    return;
  }
  for (let i = 0; i < Number(n); i++) process.stdout.write(`${JSON.stringify(newJob(Number(seed), i))}\n`);
}

main(process.argv.slice(2));
