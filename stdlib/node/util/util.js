// Node's util. inspect, format, describe, kind and same come from Go.
const { inspect, format } = internal;
const { getPrototypeOf, setPrototypeOf, defineProperty, defineProperties, getOwnPropertyDescriptors } = Object;

// Brands are found by a method or getter that only an object with the slots stands.
const getter = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
const brands = [
  ['Map', getter(Map.prototype, 'size')], ['Set', getter(Set.prototype, 'size')], ['WeakMap', v => WeakMap.prototype.has.call(v, v)], ['WeakSet', v => WeakSet.prototype.has.call(v, v)],
  ['Symbol', v => Symbol.prototype.valueOf.call(v)], ['BigInt', v => BigInt.prototype.valueOf.call(v)], ['DataView', getter(DataView.prototype, 'byteLength')],
];
function kind(v) {
  const name = internal.kind(v);
  if (name === 'Function') return /^\[object (Async|Generator)/.test(Object.prototype.toString.call(v)) ? Object.prototype.toString.call(v).slice(8, -1) : name;
  if (name === '' || !/^(Object|Map|Set|WeakMap|WeakSet|Symbol|BigInt|DataView)$/.test(name)) return name;
  const tag = Object.prototype.toString.call(v).slice(8, -1);
  if (tag === 'Object') return 'Object';
  for (const [brand, check] of brands) {
    try {
      if (brand !== 'WeakMap' && brand !== 'WeakSet' || tag === brand) { Function.prototype.call.call(check, v, v); return brand; }
    } catch { /* another one */ }
  }
  return tag;
}

const { fail } = internal;
const badType = (name, want, v) => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${want}. Received ${internal.describe(v)}`);
const missing = name => function () { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `util.${name} is not provided by Ferrule`); };
function named(name, f) { defineProperty(f, 'name', { value: name, configurable: true }); return f; }

const types = {};
for (const [name, wanted] of Object.entries({
  isDate: 'Date', isRegExp: 'RegExp', isPromise: 'Promise', isMap: 'Map', isSet: 'Set', isMapIterator: 'Map Iterator', isSetIterator: 'Set Iterator',
  isWeakMap: 'WeakMap', isWeakSet: 'WeakSet', isArrayBuffer: 'ArrayBuffer', isDataView: 'DataView', isProxy: 'Proxy', isNativeError: 'Error', isGeneratorObject: 'Generator',
  isArgumentsObject: 'Arguments', isAsyncFunction: 'AsyncFunction', isGeneratorFunction: 'GeneratorFunction',
  isBooleanObject: 'Boolean', isNumberObject: 'Number', isStringObject: 'String', isSymbolObject: 'Symbol', isBigIntObject: 'BigInt',
})) types[name] = named(name, v => kind(v) === wanted);
const tagOf = Object.getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;
for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'])
  types[`is${name}`] = named(`is${name}`, v => ArrayBuffer.isView(v) && tagOf.call(v) === name);
types.isTypedArray = v => ArrayBuffer.isView(v) && tagOf.call(v) !== undefined;
types.isArrayBufferView = v => ArrayBuffer.isView(v);
types.isAnyArrayBuffer = v => kind(v) === 'ArrayBuffer';
types.isSharedArrayBuffer = v => false;
types.isExternal = v => false;
types.isModuleNamespaceObject = v => false;
types.isBoxedPrimitive = v => ['Boolean', 'Number', 'String', 'Symbol', 'BigInt'].includes(kind(v));
types.isKeyObject = v => v !== null && typeof v === 'object' && v[Symbol.toStringTag] !== 'CryptoKey' && typeof v.asymmetricKeyType !== 'undefined' || (v !== null && typeof v === 'object' && /KeyObject$/.test((v.constructor || {}).name || '') && typeof v.export === 'function');
types.isCryptoKey = v => v !== null && typeof v === 'object' && v[Symbol.toStringTag] === 'CryptoKey';
for (const name of Object.keys(types)) named(name, types[name]);

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw badType('ctor', 'of type function', ctor);
  if (superCtor === undefined || superCtor === null) throw badType('superCtor', 'of type function', superCtor);
  if (superCtor.prototype === undefined) throw badType('superCtor.prototype', 'of type object', superCtor.prototype);
  defineProperty(ctor, 'super_', { value: superCtor, writable: true, configurable: true });
  setPrototypeOf(ctor.prototype, superCtor.prototype);
}

const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const timers = ['setTimeout', 'setImmediate'];
function promisify(original) {
  if (typeof original !== 'function') throw badType('original', 'of type function', original);
  const timer = timers.find(name => original === internal.global(name));
  const custom = timer === undefined ? original[customPromisify] : require('timers/promises')[timer];
  if (custom) {
    const f = custom;
    if (typeof f !== 'function') throw badType('util.promisify.custom', 'of type function', f);
    return f[customPromisify] === f ? f : defineProperty(f, customPromisify, { value: f, configurable: true });
  }
  const f = function (...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (err, ...values) => (err ? reject(err) : resolve(names !== undefined && values.length > 1 ? Object.fromEntries(names.map((n, i) => [n, values[i]])) : values[0]))]);
    });
  };
  const names = original[customArgs];
  setPrototypeOf(f, getPrototypeOf(original));
  defineProperty(f, customPromisify, { value: f, configurable: true });
  return defineProperties(f, getOwnPropertyDescriptors(original));
}
const customArgs = Symbol.for('nodejs.util.promisify.args');
promisify.custom = customPromisify;

function callbackify(original) {
  if (typeof original !== 'function') throw badType('original', 'of type function', original);
  function callbackified(...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw badType('last argument', 'of type function', callback);
    const { nextTick } = require('process');
    Reflect.apply(original, this, args).then(
      v => nextTick(callback.bind(this), null, v),
      e => {
        if (!e) { const reason = e; e = fail(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'); e.reason = reason; }
        nextTick(callback.bind(this), e);
      });
  }
  const descriptors = getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  return defineProperties(callbackified, descriptors);
}

const warned = new Set();
function deprecate(fn, message, code) {
  let said = false;
  function deprecated(...args) {
    if (!said) {
      said = true;
      if (code === undefined || !warned.has(code)) {
        if (code !== undefined) warned.add(code);
        require('process').emitWarning(message, 'DeprecationWarning', code);
      }
    }
    // goja leaves new.target as it is in calls from a constructor.
    const target = new.target, made = target && (target === deprecated || Object.prototype.isPrototypeOf.call(deprecated, target));
    return made ? Reflect.construct(fn, args, target === deprecated ? fn : target) : Reflect.apply(fn, this, args);
  }
  setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  return deprecated;
}

function formatWithOptions(inspectOptions, ...args) {
  if (inspectOptions === null || typeof inspectOptions !== 'object') throw badType('inspectOptions', 'of type object', inspectOptions);
  return internal.formatWithOptions(inspectOptions, ...args);
}

function debuglog(set, callback) {
  const log = () => {};
  defineProperty(log, 'enabled', { get: () => false, configurable: true, enumerable: true });
  if (typeof callback === 'function') callback(log);
  return log;
}

// isDeepStrictEqual after Node's comparison; loose is that of assert.deepEqual.
const same = Object.is;
function deepEqual(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || same(a, b);
  if (strict) {
    if (typeof a !== 'object') return typeof a === 'number' && same(a, b);
    if (typeof b !== 'object' || a === null || b === null) return false;
    if (getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  } else {
    if (a === null || typeof a !== 'object') return (b === null || typeof b !== 'object') && (a == b || (a !== a && b !== b));
    if (b === null || typeof b !== 'object') return false;
  }
  const tag = Object.prototype.toString.call(a);
  if (tag !== Object.prototype.toString.call(b)) return false;
  const k = kind(a);
  if (k !== kind(b)) return false;
  if (Array.isArray(a)) { if (!Array.isArray(b) || a.length !== b.length) return false; }
  else if (k === 'Date') { if (!same(a.getTime(), b.getTime())) return false; }
  else if (k === 'RegExp') { if (a.source !== b.source || a.flags !== b.flags || a.lastIndex !== b.lastIndex) return false; }
  else if (k === 'Error') { if (a.message !== b.message || a.name !== b.name || !deepEqual(a.cause, b.cause, strict, seen)) return false; }
  else if (types.isBoxedPrimitive(a)) { if (!same(a.valueOf(), b.valueOf())) return false; }
  else if (k === 'ArrayBuffer') { if (!deepEqual(new Uint8Array(a), new Uint8Array(b), strict, seen)) return false; }
  else if (ArrayBuffer.isView(a)) {
    if (a.byteLength !== b.byteLength) return false;
    if (types.isTypedArray(a)) { for (let i = 0; i < a.length; i++) if (strict ? !same(a[i], b[i]) : !(a[i] === b[i] || (a[i] !== a[i] && b[i] !== b[i]))) return false; }
    else return deepEqual(new Uint8Array(a.buffer, a.byteOffset, a.byteLength), new Uint8Array(b.buffer, b.byteOffset, b.byteLength), strict, seen);
  }
  const keysOf = o => {
    let keys = Object.keys(o);
    if (types.isTypedArray(o)) keys = keys.filter(n => !/^\d+$/.test(n));
    if (strict) for (const s of Object.getOwnPropertySymbols(o)) if (Object.prototype.propertyIsEnumerable.call(o, s)) keys.push(s);
    return keys;
  };
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  for (const key of keys) if (!Object.prototype.propertyIsEnumerable.call(b, key)) return false;
  if (seen === undefined) seen = { a: new Map(), b: new Map(), count: 0 };
  const at = seen.a.get(a);
  if (at !== undefined) { const bt = seen.b.get(b); if (bt !== undefined) return at === bt; }
  seen.count++;
  seen.a.set(a, seen.count); seen.b.set(b, seen.count);
  const ok = contents(a, b, k, strict, seen) && keys.every(key => deepEqual(a[key], b[key], strict, seen));
  seen.a.delete(a); seen.b.delete(b);
  return ok;
}
function contents(a, b, k, strict, seen) {
  if (k !== 'Set' && k !== 'Map') return true;
  if (a.size !== b.size) return false;
  const rest = [];
  const entries = k === 'Map' ? [...a] : [...a].map(v => [v, undefined]);
  for (const [key, v] of entries) {
    if (b.has(key)) { if (k === 'Map' && !deepEqual(v, b.get(key), strict, seen)) return false; }
    else if (strict && (typeof key !== 'object' || key === null)) return false;
    else rest.push([key, v]);
  }
  const candidates = (k === 'Map' ? [...b] : [...b].map(v => [v, undefined])).filter(([key]) => !a.has(key));
  return rest.every(([key, v]) => {
    const i = candidates.findIndex(([other, w]) => deepEqual(key, other, strict, seen) && (k === 'Set' || deepEqual(v, w, strict, seen)));
    if (i < 0) return false;
    candidates.splice(i, 1);
    return true;
  });
}

const ansi = /[\u001B\u009B][[\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\d\/\#&.:=?%@~_]+)*|[a-zA-Z\d]+(?:;[-a-zA-Z\d\/\#&.:=?%@~_]*)*)?(?:\u0007|\u001B\u005C|\u009C))|(?:(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-ntqry=><~]))/g;
function stripVTControlCharacters(s) {
  if (typeof s !== 'string') throw badType('str', 'of type string', s);
  return s.replace(ansi, '');
}
function styleText(format, text, { validateStream = true } = {}) {
  if (typeof text !== 'string') throw badType('text', 'of type string', text);
  if (typeof validateStream !== 'boolean') throw badType('options.validateStream', 'of type boolean', validateStream);
  let left = '', right = '';
  for (const name of Array.isArray(format) ? format : [format]) {
    const code = inspect.colors[name];
    if (code === undefined) {
      const shown = inspect(name);
      throw fail(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' must be one of: ${Object.keys(inspect.colors).map(k => `'${k}'`).join(', ')}. Received ${shown.length > 128 ? `${shown.slice(0, 128)}...` : shown}`);
    }
    left += `\u001b[${code[0]}m`;
    right = `\u001b[${code[1]}m${right}`;
  }
  return validateStream && !Array.isArray(format) ? text : left + text + right; // no output of a rule is a terminal: Node asks for one format only
}

function errnoName(n) {
  const { errno } = require('os').constants;
  for (const name of Object.keys(errno)) if (errno[name] === -n) return name;
  return `Unknown system error ${n}`;
}
function errnoException(n, syscall, original) {
  const code = errnoName(n);
  const e = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  e.errno = n; e.code = code; e.syscall = syscall;
  return e;
}

inspect.colors = Object.assign(Object.create(null), {
  reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], blink: [5, 25], inverse: [7, 27], hidden: [8, 28], strikethrough: [9, 29], doubleunderline: [21, 24],
  black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39],
  bgBlack: [40, 49], bgRed: [41, 49], bgGreen: [42, 49], bgYellow: [43, 49], bgBlue: [44, 49], bgMagenta: [45, 49], bgCyan: [46, 49], bgWhite: [47, 49], framed: [51, 54], overlined: [53, 55],
  gray: [90, 39], redBright: [91, 39], greenBright: [92, 39], yellowBright: [93, 39], blueBright: [94, 39], magentaBright: [95, 39], cyanBright: [96, 39], whiteBright: [97, 39],
  bgGray: [100, 49], bgRedBright: [101, 49], bgGreenBright: [102, 49], bgYellowBright: [103, 49], bgBlueBright: [104, 49], bgMagentaBright: [105, 49], bgCyanBright: [106, 49], bgWhiteBright: [107, 49],
});
for (const [other, name] of Object.entries({ grey: 'gray', blackBright: 'gray', bgGrey: 'bgGray', bgBlackBright: 'bgGray', faint: 'dim', crossedout: 'strikethrough', strikeThrough: 'strikethrough', crossedOut: 'strikethrough', conceal: 'hidden', swapColors: 'inverse', swapcolors: 'inverse', doubleUnderline: 'doubleunderline' }))
  defineProperty(inspect.colors, other, { get() { return this[name]; }, set(v) { this[name] = v; }, configurable: true });
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold', string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
});
if (!inspect.defaultOptions) inspect.defaultOptions = { showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100, maxStringLength: 10000, breakLength: 128, compact: 3, sorted: false, getters: false, numericSeparator: false };

Object.assign(exports, {
  _errnoException: errnoException,
  _extend(target, source) {
    if (source === null || typeof source !== 'object') return target;
    for (const key of Object.keys(source).reverse()) target[key] = source[key];
    return target;
  },
  callbackify, debug: debuglog, debuglog, deprecate, format, styleText, formatWithOptions,
  getSystemErrorMap() { const { errno } = require('os').constants; return new Map(Object.keys(errno).map(n => [-errno[n], [n, n]])); },
  getSystemErrorName(err) {
    if (typeof err !== 'number') throw badType('err', 'of type number', err);
    if (err >= 0 || !Number.isSafeInteger(err)) throw fail(RangeError, 'ERR_OUT_OF_RANGE', `The value of "err" is out of range. It must be a negative integer. Received ${inspect(err)}`);
    return errnoName(err);
  },
  inherits, inspect, isArray: Array.isArray, isBoolean: v => typeof v === 'boolean', isBuffer: v => require('buffer').Buffer.isBuffer(v),
  isDeepStrictEqual: (a, b) => deepEqual(a, b, true),
  isNull: v => v === null, isNullOrUndefined: v => v === null || v === undefined, isNumber: v => typeof v === 'number', isString: v => typeof v === 'string', isSymbol: v => typeof v === 'symbol',
  isUndefined: v => v === undefined, isRegExp: types.isRegExp, isObject: v => v !== null && typeof v === 'object', isDate: types.isDate, isError: v => types.isNativeError(v) || v instanceof Error,
  isFunction: v => typeof v === 'function', isPrimitive: v => v === null || (typeof v !== 'object' && typeof v !== 'function'),
  log(...args) { internal.log('log', format(...args)); },
  promisify, stripVTControlCharacters, toUSVString: s => require('buffer').Buffer.from(`${s}`).toString(), types,
});
for (const name of ['_exceptionWithHostPort', 'transferableAbortSignal', 'transferableAbortController', 'parseEnv', 'parseArgs', 'MIMEType', 'MIMEParams']) exports[name] = named(name, missing(name));
exports.aborted = function aborted(signal, resource) {
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) throw badType('signal', 'an instance of AbortSignal', signal);
  if (resource === null || (typeof resource !== 'object' && typeof resource !== 'function')) throw badType('resource', 'of type object', resource);
  return new Promise(resolve => { if (signal.aborted) resolve(); else signal.addEventListener('abort', () => resolve(), { once: true }); });
};
for (const name of ['TextDecoder', 'TextEncoder']) defineProperty(exports, name, { get: () => internal.global(name), enumerable: true, configurable: true });
