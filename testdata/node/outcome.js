'use strict';

// outcome writes an answer as the lines of a `.want` section; testdata/README.md
// says which lines there are.

const { isObject, member } = require('./values.js');

// want gives the text for an answer to a job: one fact a line.
function want(job, answer) {
  const lines = [first(answer)];
  if (answer.outcome === 'allowed' || answer.outcome === 'redirect') {
    for (const root of ['user', 'context']) {
      const before = job[root] === undefined ? {} : job[root];
      const changes = { set: [], gone: [] };
      compare(root, before, answer[root], changes);
      lines.push(...changes.set, ...changes.gone);
    }
    if (answer.multifactor) lines.push(`multifactor ${JSON.stringify(answer.multifactor)}`);
  }
  for (const write of answer.metadata) {
    lines.push(`metadata ${write.target} ${JSON.stringify(write.user_id)} ${JSON.stringify(write.values)}`);
  }
  for (const warning of answer.warnings) lines.push(`warning ${warning.rule || '-'} ${warning.code}`);
  for (const line of answer.console) lines.push(`log ${line.rule} ${line.level} ${JSON.stringify(line.text)}`);
  return `${lines.join('\n')}\n`;
}

function first(answer) {
  const { outcome, error, redirect } = answer;
  switch (outcome) {
    case 'denied':
      return `denied ${error.name || '-'} ${JSON.stringify(error.message)}`;
    case 'failed':
      // The words of the other kinds are the engine's own, not the rule's.
      if (error.kind !== 'rule' && error.kind !== 'exception') return `failed ${error.kind}`;
      return `failed ${error.kind} ${error.name || '-'} ${JSON.stringify(error.message)}`;
    case 'redirect':
      return `redirect ${JSON.stringify(redirect.url)}`;
    default:
      return outcome;
  }
}

// compare walks two JSON values: what is new or differs in the order of the
// result, then what went away in the order of the input. Arrays go by index.
function compare(path, before, after, changes) {
  if (isObject(before) && isObject(after)) {
    for (const key of Object.keys(after)) {
      const at = member(path, key);
      if (Object.hasOwn(before, key)) compare(at, before[key], after[key], changes);
      else changes.set.push(`${at} = ${JSON.stringify(after[key])}`);
    }
    for (const key of Object.keys(before)) {
      if (!Object.hasOwn(after, key)) changes.gone.push(`- ${member(path, key)}`);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    after.forEach((value, i) => {
      if (i < before.length) compare(`${path}[${i}]`, before[i], value, changes);
      else changes.set.push(`${path}[${i}] = ${JSON.stringify(value)}`);
    });
    for (let i = after.length; i < before.length; i++) changes.gone.push(`- ${path}[${i}]`);
    return;
  }
  if (JSON.stringify(before) !== JSON.stringify(after)) changes.set.push(`${path} = ${JSON.stringify(after)}`);
}

module.exports = { want };
