'use strict';

// sandbox makes the vm context of one run: its own intrinsics, the globals of
// the contract, and a way to run one turn (a call and all its microtasks) under
// a time limit.

const fs = require('node:fs');
const { isBuiltin } = require('node:module');
const path = require('node:path');
const util = require('node:util');
const vm = require('node:vm');

const bootstrapFile = path.join(__dirname, 'bootstrap.js');
const bootstrap = new vm.Script(fs.readFileSync(bootstrapFile, 'utf8'), { filename: bootstrapFile });
const slot = new vm.Script('let __turn; (f) => { __turn = f; };', { filename: 'turn.js' });
const step = new vm.Script('__turn();', { filename: 'turn.js' });

// newSandbox answers { realm, turn, compile }. hooks are the run's functions:
// now, schedule, cancel, thrown, log, inspect, update, unset, and the JSON text
// of the configuration.
function newSandbox(hooks) {
  const context = vm.createContext({}, { microtaskMode: 'afterEvaluate' });
  const realm = bootstrap.runInContext(context)({
    ...hooks,
    native: { setTimeout, setInterval, setImmediate, queueMicrotask },
    core: (id) => (isBuiltin(id) ? require(id) : undefined),
    classes: { Buffer, URL, URLSearchParams, TextEncoder, TextDecoder },
    btoa,
    atob,
    auth0: {
      domain: 'tenant.example',
      baseUrl: 'https://tenant.example/api/v2',
      accessToken: 'not-a-token',
    },
    isForeignError: (error) => util.types.isNativeError(error) && error instanceof Error,
    apply: Reflect.apply,
    construct: Reflect.construct,
  });
  const setTurn = slot.runInContext(context);

  return {
    realm,

    // turn calls f inside the context and drains the microtasks. It answers
    // false when the limit, in milliseconds, ended it.
    turn(f, limit) {
      setTurn(() => realm.attempt(f));
      try {
        step.runInContext(context, { timeout: Math.max(1, Math.ceil(limit)) });
        return true;
      } catch (error) {
        if (error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
        throw error;
      }
    },

    // compile evaluates the text of a rule: one expression.
    compile(script) {
      return script.runInContext(context);
    },
  };
}

// compileRule compiles a rule's text as one parenthesised expression. A
// semicolon after the function is forgiven, as the contract says.
function compileRule(name, code) {
  const options = { filename: `${name}.js` };
  try {
    return new vm.Script(`(${code}\n)`, options);
  } catch (error) {
    const trimmed = withoutSemicolon(code);
    if (trimmed === code) throw error;
    return new vm.Script(`(${trimmed}\n)`, options);
  }
}

const trailing = /(?:\s|;|\/\/[^\n]*(?=\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)$/;

function withoutSemicolon(code) {
  let text = code;
  let seen = false;
  for (;;) {
    const hit = trailing.exec(text);
    if (!hit) break;
    seen = seen || hit[0] === ';';
    text = text.slice(0, hit.index);
  }
  return seen ? text : code;
}

module.exports = { newSandbox, compileRule };
