'use strict';

// modules runs jobs like runner.js, but in real time, in this realm, and with a require that
// reaches the packages of a folder: what testdata/modules compares Ferrule with. Jobs run one
// after the other.
//
//	node modules.js FOLDER < jobs.ndjson

const fs = require('node:fs');
const path = require('node:path');
const util = require('node:util');
const { createRequire, builtinModules } = require('node:module');
const { describe, own, text } = require('./errors.js');
const { losses } = require('./values.js');
const { lines } = require('./lines.js');
const { want } = require('./outcome.js');

const folder = path.resolve(process.argv[2]);
const plain = createRequire(path.join(folder, 'rule.js'));
const pinned = /^((?:@[^@/]+\/)?[^@/]+)@([^/]+)(\/.*)?$/;

// installed maps name@version to the name under which npm has installed the package.
const packages = path.join(folder, 'node_modules');
const installed = new Map();
function look(at) {
  for (const entry of fs.readdirSync(at)) {
    if (entry.startsWith('@')) {
      look(path.join(at, entry));
      continue;
    }
    try {
      const { name, version } = JSON.parse(fs.readFileSync(path.join(at, entry, 'package.json'), 'utf8'));
      installed.set(`${name}@${version}`, path.relative(packages, path.join(at, entry)));
    } catch {
      // no package
    }
  }
}
look(packages);

// bcrypt is a native addon, which is not built here; bcryptjs has its interface.
function load(id) {
  if (/^bcrypt(@|$)/.test(id)) return plain('bcryptjs');
  const core = id.replace(/@[\d.]+$/, '');
  const match = pinned.exec(id);
  if (!match) return plain(id);
  const at = installed.get(`${match[1]}@${match[2]}`);
  if (at) return plain(at + (match[3] || ''));
  if (builtinModules.includes(core)) return plain(core);
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
}

// The platform's error classes, as bootstrap.js has them.
function AuthorizationError(code, message) {
  Error.captureStackTrace(this, this.constructor);
  Object.assign(this, { name: 'AuthorizationError', code, message, description: message, statusCode: 401 });
}
AuthorizationError.prototype = Object.create(Error.prototype, {
  constructor: { value: AuthorizationError, writable: true, configurable: true },
});
function UnauthorizedError(message) {
  AuthorizationError.call(this, 'unauthorized', message);
  this.name = 'UnauthorizedError';
}
UnauthorizedError.prototype = Object.create(AuthorizationError.prototype, {
  constructor: { value: UnauthorizedError, writable: true, configurable: true },
});

// Variables that old runtimes had, for rules that name them: the shims of the sandbox, with the packages behind them.
const shims = path.join(__dirname, '../../compiler/modules/implicit');
const oldVariables = {
  mongo: () => shim('mongo.js', 'mongodb@2.2.36'),
  ObjectID: () => load('mongodb@2.2.36').ObjectID,
};
function shim(file, behind) {
  const module = { exports: {} };
  Function('module', 'require', fs.readFileSync(path.join(shims, file), 'utf8'))(module, () => load(behind));
  return module.exports;
}

// What packages tell by the console and as warnings of the process goes to the rule that runs. Node's own warnings
// do not count: of what is old, and of exports in a circle.
let told = null;
for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level] = (...args) => { if (told) told.console[level](...args); };
process.on('warning', ({ code, message }) => { if (told && !/^DEP0/.test(code) && !/circular dependency$/.test(message)) told.warn('module'); });

let running = null; // the job that a rejection belongs to
process.on('unhandledRejection', (reason) => { if (running) running(reason, 'unhandled-rejection'); });
process.on('uncaughtException', (error) => { if (running) running(error, 'throw-after-callback'); });

const turn = () => new Promise((resolve) => { setImmediate(resolve); });

async function runJob(job) {
  const answer = {
    id: job.id, outcome: 'failed', error: null, user: job.user, context: job.context,
    console: [], warnings: [], metadata: [], redirect: null, multifactor: null,
  };
  let state = { user: JSON.stringify(job.user), context: JSON.stringify(job.context) };
  for (const { name, code } of job.rules) {
    const end = await runRule(job, answer, name, code, state);
    if (end.error) {
      answer.error = end.error;
      answer.outcome = end.denied ? 'denied' : 'failed';
      return answer;
    }
    state = end;
  }
  answer.user = JSON.parse(state.user);
  answer.context = JSON.parse(state.context);
  const { redirect } = answer.context;
  answer.outcome = redirect && redirect.url ? 'redirect' : 'allowed';
  if (answer.outcome === 'redirect') answer.redirect = { url: redirect.url };
  return answer;
}

async function runRule(job, answer, name, code, state) {
  const log = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    log[level] = (...args) => answer.console.push({ rule: name, level, text: util.format(...args) });
  }
  const warn = (warning) => answer.warnings.push({ rule: name, code: warning, text: '' });
  const shared = {
    require: load, console: log, UnauthorizedError, global: {},
    configuration: Object.freeze({ ...job.configuration }),
    auth0: { domain: 'tenant.example', baseUrl: 'https://tenant.example/api/v2', accessToken: 'not-a-token' },
  };
  for (const variable of Object.keys(oldVariables)) {
    if (new RegExp(`\\b${variable}\\b`).test(code)) shared[variable] = oldVariables[variable]();
  }
  told = { console: log, warn };
  const user = JSON.parse(state.user);
  const context = JSON.parse(state.context);
  let end = null;
  let over;
  const done = new Promise((resolve) => { over = resolve; });
  const fail = (error) => {
    end = { error, denied: false };
    over();
  };
  running = (error, warning) => {
    if (end === null) fail(describe(error, 'exception'));
    else if (end.error) return;
    else warn(warning);
    if (end.error && warning === 'unhandled-rejection') warn(warning);
  };
  const callback = (...args) => {
    if (end) {
      warn('callback-twice');
      return;
    }
    end = judged(args, user, context, warn);
    over();
  };
  const limit = setTimeout(() => { if (!end) fail(own('timeout')); }, job.timeout_ms || 20000);
  try {
    Function(...Object.keys(shared), `return (${code}\n)`)(...Object.values(shared))(user, context, callback);
  } catch (error) {
    if (end === null) fail(describe(error, 'exception'));
    else warn('throw-after-callback');
  }
  await done;
  clearTimeout(limit);
  await turn();
  running = null;
  told = null;
  return end;
}

// judged is the end of a rule whose callback was called with args.
function judged(args, user, context, warn) {
  const [status] = args;
  if (status) {
    const error = describe(status, 'rule');
    return { error, denied: error.name === 'UnauthorizedError' || error.code === 'unauthorized' };
  }
  if (status !== null) warn('falsy-status');
  if (args[1] === undefined || args[2] === undefined) warn('missing-args');
  try {
    const lost = [...losses(user, 'user', Object.prototype), ...losses(context, 'context', Object.prototype)];
    if (lost.length > 0) warn('not-json');
    return { user: JSON.stringify(args[1] || user), context: JSON.stringify(args[2] || context) };
  } catch (error) {
    return { error: own('contract', text(error && error.message)), denied: false };
  }
}

async function main() {
  let last = '';
  for await (const line of lines(process.stdin)) {
    const job = JSON.parse(line);
    // Each rule evaluates its packages, as a pipeline does.
    const code = job.rules.map((rule) => rule.code).join();
    if (code !== last) for (const file of Object.keys(plain.cache)) delete plain.cache[file];
    last = code;
    process.stdout.write(`-- ${job.id} --\n${want(job, await runJob(job))}`);
  }
  process.exit(0); // connections that rules left open do not count
}

main().catch((error) => {
  process.stderr.write(`modules: ${error.stack}\n`);
  process.exit(2);
});
