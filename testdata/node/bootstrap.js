'use strict';

// This file is never loaded as a module: sandbox.js compiles its text once and
// evaluates it inside each fresh vm context. What it defines therefore has the
// context's own intrinsics, so `instanceof`, prototypes and error classes are
// what a rule expects, and nothing that a rule does to them outlives its run.
//
// The value of the text is a function of one argument: `host`, the functions of
// the runner outside (sandbox.js). It answers the few functions that the runner
// needs from inside.
(function bootstrap(host) {
  const realm = globalThis;
  const RealDate = Date;
  const { parse } = JSON;
  const { freeze, defineProperty, getPrototypeOf } = Object;

  function hiddenOn(object, name, value) {
    defineProperty(object, name, { value, writable: true, enumerable: false, configurable: true });
  }
  function hidden(name, value, writable = true) {
    defineProperty(realm, name, { value, writable, enumerable: false, configurable: writable });
  }

  // translated gives an error of the runner's own realm the context's classes.
  function translated(error) {
    const known = { TypeError, RangeError, SyntaxError, ReferenceError, URIError, EvalError };
    if (error === null || typeof error !== 'object' || !host.isForeignError(error)) return error;
    const twin = new (known[error.name] || Error)(error.message);
    if (error.code !== undefined) twin.code = error.code;
    return twin;
  }

  function guarded(f) {
    return function (...args) {
      try {
        return host.apply(f, this, args);
      } catch (error) {
        throw translated(error);
      }
    };
  }

  // adopt hands in a class of Node: its constructor and its static functions
  // throw errors of this realm.
  function adopt(name, foreign) {
    const statics = new Map();
    hidden(name, new Proxy(foreign, {
      construct(target, args) {
        try {
          return host.construct(target, args);
        } catch (error) {
          throw translated(error);
        }
      },
      apply(target, self, args) {
        try {
          return host.apply(target, self, args);
        } catch (error) {
          throw translated(error);
        }
      },
      get(target, key) {
        const value = target[key];
        if (typeof value !== 'function' || typeof key === 'symbol' || key === 'prototype') return value;
        if (!statics.has(key)) statics.set(key, guarded(value));
        return statics.get(key);
      },
    }));
  }

  for (const name of Object.keys(host.classes)) adopt(name, host.classes[name]);
  hidden('btoa', guarded(host.btoa));
  hidden('atob', guarded(host.atob));

  // The clock. Every way to read the current time goes through host.now.
  function RunDate(...args) {
    if (!new.target) return new RealDate(host.now()).toString();
    return Reflect.construct(RealDate, args.length === 0 ? [host.now()] : args, new.target);
  }
  defineProperty(RunDate, 'name', { value: 'Date' });
  defineProperty(RunDate, 'length', { value: 7 });
  RunDate.prototype = RealDate.prototype;
  defineProperty(RunDate, 'prototype', { writable: false, enumerable: false });
  defineProperty(RealDate.prototype, 'constructor', { value: RunDate, writable: true, configurable: true });
  for (const [name, value] of [['now', () => host.now()], ['parse', RealDate.parse], ['UTC', RealDate.UTC]]) {
    defineProperty(RunDate, name, { value, writable: true, configurable: true });
  }
  hidden('Date', RunDate);

  // Intl formats the current time when it is given no date.
  const formats = Intl.DateTimeFormat.prototype;
  const { get: boundFormat } = Object.getOwnPropertyDescriptor(formats, 'format');
  const { formatToParts } = formats;
  const given = (date) => (date === undefined ? host.now() : date);
  defineProperty(formats, 'format', {
    get() {
      const format = Reflect.apply(boundFormat, this, []);
      return (date) => format(given(date));
    },
    configurable: true,
  });
  hiddenOn(formats, 'formatToParts', { formatToParts(date) { return Reflect.apply(formatToParts, this, [given(date)]); } }.formatToParts);

  // Timers.
  class Timeout {
    constructor(id) { defineProperty(this, '_id', { value: id }); }
    ref() { return this; }
    unref() { return this; }
    hasRef() { return true; }
    [Symbol.toPrimitive]() { return this._id; }
  }
  class Immediate extends Timeout {}

  function needsFunction(f, native) {
    if (typeof f === 'function') return;
    try {
      host.apply(native, undefined, [f]);
    } catch (error) {
      throw translated(error);
    }
  }
  // Node: what is not between 1 and 2^31-1 becomes 1, fractions are cut off.
  function delayOf(value) {
    const ms = value * 1;
    return ms >= 1 && ms <= 2147483647 ? Math.trunc(ms) : 1;
  }
  function idOf(timer) {
    return timer instanceof Timeout ? timer._id : timer;
  }
  hidden('setTimeout', function setTimeout(callback, delay, ...args) {
    needsFunction(callback, host.native.setTimeout);
    return new Timeout(host.schedule(() => callback(...args), delayOf(delay), false));
  });
  hidden('setInterval', function setInterval(callback, delay, ...args) {
    needsFunction(callback, host.native.setInterval);
    return new Timeout(host.schedule(() => callback(...args), delayOf(delay), true));
  });
  hidden('setImmediate', function setImmediate(callback, ...args) {
    needsFunction(callback, host.native.setImmediate);
    return new Immediate(host.schedule(() => callback(...args), 0, false));
  });
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) {
    hidden(name, { [name](timer) { host.cancel(idOf(timer)); } }[name]);
  }
  const settled = Promise.resolve();
  const then = Promise.prototype.then;
  hidden('queueMicrotask', function queueMicrotask(callback) {
    needsFunction(callback, host.native.queueMicrotask);
    Reflect.apply(then, settled, [() => {
      try {
        callback();
      } catch (error) {
        host.thrown(error);
      }
    }]);
  });

  // Console: Node's util.format, one entry a call.
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
    console[level] = { [level](...args) { host.log(level, args); } }[level];
  }
  console.dir = function dir(value) { host.inspect(value); };
  hidden('console', console);

  // The platform's error classes: ES5 constructor functions in a chain, sloppy code, so
  // that without new they write to the global object and return undefined.
  const [AuthorizationError, UnauthorizedError, ValidationError, WrongUsernameOrPasswordError] = Function(`
    function stack(error) {
      if (Error.captureStackTrace) Error.captureStackTrace(error, error.constructor);
    }
    function AuthorizationError(code, message) {
      stack(this);
      this.name = 'AuthorizationError';
      this.code = code;
      this.message = message;
      this.description = message;
      this.statusCode = 401;
    }
    function UnauthorizedError(message) {
      AuthorizationError.call(this, 'unauthorized', message);
      this.name = 'UnauthorizedError';
    }
    function ValidationError(code, message) {
      AuthorizationError.call(this, code, message);
      this.name = 'ValidationError';
      this.statusCode = 400;
    }
    function WrongUsernameOrPasswordError(userID, message) {
      stack(this);
      this.name = 'WrongUsernameOrPasswordError';
      this.code = 'wrongusernameorpassword';
      this.user_id = userID;
      this.message = message;
      this.statusCode = 400;
    }
    return [AuthorizationError, UnauthorizedError, ValidationError, WrongUsernameOrPasswordError];
  `)();
  AuthorizationError.prototype = Object.create(Error.prototype, {
    constructor: { value: AuthorizationError, writable: true, configurable: true },
  });
  for (const [errorClass, parent] of [
    [UnauthorizedError, AuthorizationError], [ValidationError, Error], [WrongUsernameOrPasswordError, Error],
  ]) {
    errorClass.prototype = Object.create(parent.prototype, {
      constructor: { value: errorClass, writable: true, configurable: true },
    });
    hidden(errorClass.name, errorClass);
  }

  // auth0.users against the run's store. An answer comes in a turn of its own.
  const RunPromise = Promise;
  function received(value) {
    if (typeof value === 'symbol') return 'a symbol';
    if (typeof value === 'function') return 'a function';
    if (value === null || value === undefined || typeof value === 'boolean') return String(value);
    if (typeof value !== 'object') return `the ${typeof value === 'string' ? 'text' : 'number'} ${JSON.stringify(value)}`;
    const kind = Object.prototype.toString.call(value).slice(8, -1);
    return ['Object', 'Array', 'Error'].includes(kind) ? `an ${kind.toLowerCase()}` : `a ${kind}`;
  }
  const refusal = (what, value) => Object.assign(new TypeError(`The ${what}. Received ${value}`), { code: 'ERR_INVALID_ARG_TYPE' });
  function updater(target) {
    return function (userID, values, callback) {
      const answer = host.update(target, userID, values);
      const settle = (done, fail) => host.schedule(() => {
        if (answer.bad === 'user id') return fail(refusal('user id must be a text that is not empty', received(userID)));
        if (answer.bad === 'metadata') return fail(refusal('metadata must be an object', answer.error || received(values)));
        return done(parse(answer.user));
      }, 0, false);
      if (typeof callback === 'function') {
        settle((user) => callback(null, user), (error) => callback(error));
        return undefined;
      }
      return new RunPromise(settle);
    };
  }
  hidden('auth0', {
    domain: host.auth0.domain,
    baseUrl: host.auth0.baseUrl,
    accessToken: host.auth0.accessToken,
    users: { updateAppMetadata: updater('app'), updateUserMetadata: updater('user') },
  });

  hidden('configuration', freeze(parse(host.configuration)), false);

  hidden('structuredClone', function structuredClone(value) {
    const copies = new Map();
    function copy(x) {
      if (typeof x === 'function' || typeof x === 'symbol') {
        const error = new Error(`${String(x)} could not be cloned.`);
        error.name = 'DataCloneError';
        error.code = 25;
        throw error;
      }
      if (x === null || typeof x !== 'object') return x;
      if (copies.has(x)) return copies.get(x);
      const keep = (y) => { copies.set(x, y); return y; };
      if (x instanceof RealDate) return keep(new RealDate(x.getTime()));
      if (x instanceof RegExp) return keep(new RegExp(x.source, x.flags));
      if (x instanceof Map) {
        const y = keep(new Map());
        x.forEach((v, k) => y.set(copy(k), copy(v)));
        return y;
      }
      if (x instanceof Set) {
        const y = keep(new Set());
        x.forEach((v) => y.add(copy(v)));
        return y;
      }
      if (x instanceof Error) {
        const y = keep(Object.create(getPrototypeOf(x)));
        for (const k of ['message', 'stack']) defineProperty(y, k, { value: x[k], writable: true, configurable: true });
        return y;
      }
      const y = keep(Array.isArray(x) ? new Array(x.length) : {});
      for (const k of Object.keys(x)) defineProperty(y, k, { value: copy(x[k]), writable: true, enumerable: true, configurable: true });
      return y;
    }
    return copy(value);
  });

  // require answers Node's core modules, and a stand-in for every other: none is installed. It
  // does nothing until it is called, and so do its members and what new makes of it.
  function standIn(name) {
    return new Proxy(function () {}, {
      get(target, key) {
        if (typeof key === 'symbol') return Reflect.get(target, key);
        return key === 'then' ? undefined : standIn(name);
      },
      construct: () => standIn(name),
      apply() {
        throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
      },
    });
  }
  hidden('require', function require(id) {
    if (typeof id !== 'string' || id === '') throw refusal('"id" argument must be of type string', received(id));
    return host.core(id) || standIn(id);
  });

  // `global` reports reads of keys that nobody has set in this run.
  hidden('global', new Proxy(realm, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target)) host.unset(key);
      return target[key];
    },
    set(target, key, value) {
      return Reflect.set(target, key, value);
    },
  }));

  return {
    parse,
    objectPrototype: Object.prototype,
    Promise,
    // callback is what a rule gets as its third argument.
    callback(settle) {
      return function callback(error, user, context) {
        settle(arguments);
      };
    },
    // attempt runs f and reports what it throws; a termination passes through.
    attempt(f) {
      try {
        f();
      } catch (error) {
        host.thrown(error);
      }
    },
  };
})
