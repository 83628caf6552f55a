// The Node side of the comparison: reads a command a line, answers a line, and reads its own
// clock. Copies of a login are parsed outside of what is timed.
'use strict';

let current;

class UnauthorizedError extends Error {
  constructor(message) {
    super(message);
    this.name = 'UnauthorizedError';
  }
}

const silent = { log() {}, info() {}, warn() {}, error() {}, debug() {} };

// A case has code of its own, so that V8 learns its types and no other's.
const code = `
  let called = false, error, user, context;
  const callback = (e, u, c) => {
    if (!called) { called = true; error = e; user = u; context = c; }
  };
  function decide(u, c) {
    user = u; context = c;
    for (let i = 0; i < rules.length; i++) {
      called = false;
      try { rules[i](user, context, callback); } catch (e) { called = true; error = e || new Error('thrown'); }
      if (!called) { error = new Error('the rule has not called back when it returns'); return false; }
      if (error) return false;
    }
    return true;
  }
  return {
    maps(users, contexts) {
      let allowed = 0;
      for (let i = 0; i < users.length; i++) if (decide(users[i], contexts[i])) allowed++;
      return allowed;
    },
    json(users, contexts, out) {
      let allowed = 0;
      for (let i = 0; i < users.length; i++) {
        if (decide(JSON.parse(users[i]), JSON.parse(contexts[i]))) {
          allowed++;
          out[2 * i] = JSON.stringify(user);
          out[2 * i + 1] = JSON.stringify(context);
        }
      }
      return allowed;
    },
    answer(u, c) {
      const allowed = decide(u, c);
      return allowed ? { allowed, user, context } : { allowed, name: error && error.name, message: error && error.message };
    },
  };`;

function begin(c) {
  const now = c.now;
  function Fixed(...given) { return given.length ? new Date(...given) : new Date(now); }
  const scope = {
    configuration: c.configuration || {}, UnauthorizedError, console: silent, require: () => () => ({}), global: {},
  };
  if (c.rules.some((text) => /\bDate\b/.test(text))) scope.Date = Fixed;
  const names = Object.keys(scope), values = Object.values(scope);
  const rules = c.rules.map((text) => new Function(...names, 'return (' + text + '\n)')(...values));
  current = { logins: c.logins, next: 0, run: new Function('rules', code)(rules) };
  const until = (ms, mode) => {
    for (const end = Date.now() + ms; Date.now() < end;) batch(mode, 32);
  };
  until(c.warm, 'maps');
  until(c.warm, 'json');
  return {};
}

// batch runs n logins and answers how long they took, in nanoseconds.
function batch(mode, n) {
  const users = [], contexts = [], out = [];
  for (let i = 0; i < n; i++) {
    const login = current.logins[current.next];
    current.next = (current.next + 1) % current.logins.length;
    users.push(mode === 'maps' ? JSON.parse(login.user) : login.user);
    contexts.push(mode === 'maps' ? JSON.parse(login.context) : login.context);
    if (mode === 'json') out.push('', '');
  }
  const run = current.run[mode];
  const start = process.hrtime.bigint();
  run(users, contexts, out);
  return Math.max(Number(process.hrtime.bigint() - start) - clock, 0);
}

// clock is what reading it twice takes, at best.
const clock = (() => {
  let least = Infinity;
  for (let i = 0; i < 20000; i++) {
    const start = process.hrtime.bigint();
    least = Math.min(least, Number(process.hrtime.bigint() - start));
  }
  return least;
})();

// turn is a turn as the contenders in the other process have it: a batch that does not count,
// then batches until their time is over, at least one. It answers their median.
function turn(mode, n, slice) {
  const samples = [];
  let spent = 0;
  if (n > 1) batch(mode, n);
  for (const start = Date.now(); samples.length === 0 || spent < slice && Date.now() - start < 6 * slice / 1e6;) {
    const taken = batch(mode, n);
    spent += taken;
    samples.push(taken);
  }
  samples.sort((a, b) => a - b);
  return { ns: samples[samples.length >> 1] };
}

const operations = {
  version: () => ({ version: process.version }),
  begin: (c) => begin(c),
  turn: (c) => turn(c.mode, c.n, c.slice),
  answer: (c) => current.run.answer(JSON.parse(c.user), JSON.parse(c.context)),
};

require('readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = operations[command.op](command);
  } catch (e) {
    answer = { broken: String(e) };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
