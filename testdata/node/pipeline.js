'use strict';

// pipeline runs the rules of one job after the contract and answers the outcome.
//
// Time is the run's own: a turn takes no time on the rule's clock, and the clock
// stands still between turns except that a timer which fires moves it to the
// moment the timer was due. Nothing is waited for in real time: the outcome is
// the one that waiting would give, and thousands of jobs take seconds. Both the
// clock's advance and the real time that turns burn count against the limits.

const util = require('node:util');
const { newSandbox, compileRule } = require('./sandbox.js');
const { describe, own, text } = require('./errors.js');
const { isObject, isPlain, losses, exact } = require('./values.js');

const defaultNow = '2026-03-02T10:30:00Z';
const defaultTimeout = 20000;

// runJob never rejects for what a rule does; it rejects for a bug of the runner.
async function runJob(job) {
  const user = job.user === undefined ? {} : job.user;
  const context = job.context === undefined ? {} : job.context;
  const answer = {
    id: job.id,
    outcome: 'failed',
    error: null,
    user,
    context,
    console: [],
    warnings: [],
    metadata: [],
    redirect: null,
    multifactor: null,
  };
  const bad = badInput(user, context, job.configuration);
  if (bad) {
    answer.error = own('input', bad);
    return answer;
  }
  const rules = [];
  for (const { name, code } of job.rules) {
    try {
      rules.push({ name, script: compileRule(name, code) });
    } catch (error) {
      answer.error = own('input', `${name}: ${error.name}: ${error.message}`);
      return answer;
    }
  }
  process.env.TZ = job.tz || 'UTC';
  const end = await new Run(job, rules, answer).all(exact(user), exact(context));
  if (end.error) {
    answer.error = end.error;
    answer.outcome = end.denied ? 'denied' : 'failed';
    return answer;
  }
  answer.user = JSON.parse(end.user);
  answer.context = JSON.parse(end.context);
  finish(answer);
  return answer;
}

function badInput(user, context, configuration) {
  if (!isObject(user)) return 'user is not an object';
  if (!isObject(context)) return 'context is not an object';
  if (configuration === undefined || configuration === null) return '';
  return isObject(configuration) ? '' : 'configuration is not an object';
}

// finish reads what the rules asked for. Its reading of context is total: what
// has the wrong type is ignored, with a warning unless it is falsy. What a
// protocol makes of it is not judged here, nor what makes a good URL.
function finish(answer) {
  const context = isObject(answer.context) ? answer.context : {};
  const { redirect, multifactor } = context;
  const warn = (code, why) => answer.warnings.push({ rule: '', code, text: why });
  if (isObject(multifactor) && typeof multifactor.provider === 'string' && multifactor.provider !== '') {
    answer.multifactor = multifactor;
  } else if (multifactor) {
    warn('ignored-value', 'context.multifactor is no object with a provider');
  }
  answer.outcome = 'allowed';
  if (isObject(redirect) && typeof redirect.url === 'string') {
    answer.outcome = 'redirect';
    answer.redirect = { url: redirect.url };
    if (answer.multifactor) warn('redirect-before-mfa', 'both a redirect and a further factor are asked for');
  } else if (redirect) {
    warn('ignored-value', 'context.redirect is no object with a url');
  }
}

// unhandled is the run that learns of promises rejected without a handler.
let unhandled = null;
process.on('unhandledRejection', (reason, promise) => {
  if (unhandled) unhandled.rejected(reason, promise);
});
process.on('rejectionHandled', () => {});

const nextTick = () => new Promise((resolve) => { setImmediate(resolve); });

class Run {
  constructor(job, rules, answer) {
    this.rules = rules.map((rule) => ({ ...rule, state: 'waiting' }));
    this.seenUnset = new Set();
    this.answer = answer;
    this.limit = job.timeout_ms || defaultTimeout;
    this.ruleLimit = job.rule_timeout_ms || 0;
    this.start = Date.parse(job.now || defaultNow);
    this.clock = this.start;
    this.burnt = 0; // real milliseconds that turns took
    this.queue = [];
    this.nextID = 1;
    this.active = null; // the rule whose turn it is
    this.store = new Map();
    this.sandbox = newSandbox({
      now: () => this.clock,
      schedule: (f, delay, repeat) => this.schedule(f, delay, repeat),
      cancel: (id) => { this.queue = this.queue.filter((entry) => entry.id !== Number(id)); },
      thrown: (error) => this.thrown(error),
      log: (level, args) => this.log(level, util.format(...args)),
      inspect: (value) => this.log('log', util.inspect(value)),
      update: (target, userID, values) => this.update(target, userID, values),
      unset: (key) => this.unset(key),
      configuration: JSON.stringify(job.configuration || {}),
    });
  }

  // all runs every rule; user and context are JSON texts, in and out.
  async all(user, context) {
    unhandled = this;
    try {
      let state = { user, context };
      for (const rule of this.rules) {
        await this.one(rule, state);
        if (rule.end.error) return rule.end;
        state = rule.end;
      }
      return state;
    } finally {
      unhandled = null;
    }
  }

  async one(rule, state) {
    rule.state = 'running';
    rule.started = this.elapsed();
    await this.turn(rule, () => {
      const f = this.sandbox.compile(rule.script);
      if (typeof f !== 'function') {
        this.fail(rule, own('contract', `the rule is ${f === null ? 'null' : `of type ${typeof f}`}, not a function`));
        return;
      }
      rule.user = this.sandbox.realm.parse(state.user);
      rule.context = this.sandbox.realm.parse(state.context);
      f(rule.user, rule.context, this.sandbox.realm.callback((args) => this.settle(rule, args)));
    });
    while (rule.state === 'running') {
      const entry = this.next();
      // With nothing left that could call back, waiting would end at the limit.
      if (!entry || this.elapsed() + (entry.due - this.clock) >= this.deadline(rule)) {
        this.fail(rule, own('timeout'));
        return;
      }
      this.queue.splice(this.queue.indexOf(entry), 1);
      this.clock = Math.max(this.clock, entry.due);
      if (entry.repeat > 0) {
        this.queue.push({ ...entry, due: this.clock + entry.repeat, order: this.nextID++ });
      }
      await this.turn(entry.rule, entry.f);
    }
  }

  // turn gives one rule's code the floor, with its microtasks and the verdict on
  // promises that nobody handled.
  async turn(rule, f) {
    this.active = rule;
    const before = process.hrtime.bigint();
    const left = this.deadline(rule) - this.elapsed();
    const done = left > 0 && this.sandbox.turn(f, left);
    this.burnt += Number(process.hrtime.bigint() - before) / 1e6;
    await nextTick();
    if (done) return;
    if (rule.state === 'running') this.fail(rule, own('timeout'));
    else this.warn(rule, 'stopped-late', 'work after the callback was stopped at the limit');
  }

  elapsed() {
    return this.clock - this.start + this.burnt;
  }

  // deadline is when a rule's turn must end: its own limit holds until it has
  // called back, what goes on after that has the run's.
  deadline(rule) {
    return this.ruleLimit > 0 && rule.state === 'running' ? Math.min(this.limit, rule.started + this.ruleLimit) : this.limit;
  }

  schedule(f, delay, repeat) {
    const id = this.nextID++;
    this.queue.push({
      id, order: id, f, due: this.clock + delay, repeat: repeat ? delay : 0, rule: this.active,
    });
    return id;
  }

  next() {
    let first = null;
    for (const entry of this.queue) {
      if (!first || entry.due < first.due || (entry.due === first.due && entry.order < first.order)) first = entry;
    }
    return first;
  }

  // settle judges a call of the rule's callback, at the moment of the call.
  settle(rule, args) {
    if (rule.state === 'done') {
      this.warn(rule, 'callback-twice', 'the first call of callback decided, this one is ignored');
      return;
    }
    if (rule.state !== 'running') return;
    rule.state = 'done';
    const [status] = args;
    if (status) {
      const error = describe(status, 'rule');
      rule.end = { error, denied: error.name === 'UnauthorizedError' || error.code === 'unauthorized' };
      return;
    }
    if (status !== null) {
      if (args.length === 0 || status === undefined) this.warn(rule, 'falsy-status', 'callback was called without a status; use null');
      else this.warn(rule, 'falsy-status', `callback was called with ${text(status) || "''"} as its status; use null`);
    }
    const missing = ['user', 'context'].filter((_, i) => args[i + 1] === undefined);
    if (missing.length > 0) this.warn(rule, 'missing-args', `callback was called without ${missing.join(' and ')}`);
    const replaced = [];
    const kept = {};
    for (const [at, name] of [[1, 'user'], [2, 'context']]) {
      const given = rule[name];
      let value = args[at];
      if (value === undefined) {
        value = given;
      } else if (value !== null && value !== given) {
        if (!isPlain(value, this.sandbox.realm.objectPrototype)) {
          rule.end = { error: own('contract', `callback got ${name} that is no plain object`) };
          return;
        }
        replaced.push(name);
      }
      kept[name] = value;
    }
    if (replaced.length > 0) this.warn(rule, 'replaced-args', `callback was called with another ${replaced.join(' and ')}`);
    try {
      rule.end = { user: JSON.stringify(kept.user), context: JSON.stringify(kept.context) };
      const lost = [...losses(kept.user, 'user', this.sandbox.realm.objectPrototype),
        ...losses(kept.context, 'context', this.sandbox.realm.objectPrototype)];
      if (lost.length > 0) this.warn(rule, 'not-json', lost.join(', '));
      // toJSON may have made something else of the roots.
      for (const name of ['user', 'context']) {
        const root = rule.end[name] === undefined ? undefined : JSON.parse(rule.end[name]);
        if (root !== null && !isObject(root)) rule.end = { error: own('contract', `${name} is no object in JSON`) };
      }
    } catch (error) {
      rule.end = { error: own('contract', `user or context cannot be JSON: ${text(error && error.message)}`) };
    }
  }

  fail(rule, error) {
    rule.state = 'failed';
    rule.end = { error, denied: false };
  }

  // thrown judges an exception: it counts until the callback.
  thrown(error) {
    const rule = this.active;
    if (rule.state === 'running') this.fail(rule, describe(error, 'exception'));
    else if (rule.state === 'done') this.warn(rule, 'throw-after-callback', describe(error, 'exception').message);
  }

  // rejected judges a promise that nobody handles: as an exception, with a note
  // that says what it was, before the callback and after it.
  rejected(reason, promise) {
    if (!(promise instanceof this.sandbox.realm.Promise)) return;
    const rule = this.active;
    const error = describe(reason, 'exception');
    if (rule.state === 'running') this.fail(rule, error);
    else if (rule.state !== 'done') return;
    this.warn(rule, 'unhandled-rejection', error.message);
  }

  log(level, line) {
    this.answer.console.push({ rule: this.active.name, level, text: line });
  }

  warn(rule, code, why) {
    this.answer.warnings.push({ rule: rule.name, code, text: why });
  }

  unset(key) {
    if (this.seenUnset.has(key)) return;
    this.seenUnset.add(key);
    this.warn(this.active, 'global-unset', `global.${key} was read before any rule of this run set it`);
  }

  // update writes metadata as the Management API does: the first level is
  // merged, null removes. The answer carries JSON text, or which argument is bad.
  update(target, userID, values) {
    if (typeof userID !== 'string' || userID === '') return { bad: 'user id' };
    let copy;
    try {
      const json = JSON.stringify(values);
      copy = json === undefined ? undefined : JSON.parse(json);
    } catch (error) {
      return { bad: 'metadata', error: text(error && error.message) };
    }
    if (!isObject(copy)) return { bad: 'metadata' };
    this.answer.metadata.push({ target, user_id: userID, values: copy });
    const stored = this.store.get(userID) || { user_id: userID };
    const field = `${target}_metadata`;
    const merged = { ...stored[field], ...copy };
    for (const key of Object.keys(merged)) {
      if (merged[key] === null) delete merged[key];
    }
    stored[field] = merged;
    this.store.set(userID, stored);
    return { user: JSON.stringify(stored) };
  }
}

module.exports = { runJob };
