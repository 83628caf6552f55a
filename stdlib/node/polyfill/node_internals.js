// What the scripts of Node's library that gen_node.go takes need of those that it does not take.
const { fail, global } = internal;
const util = () => require('util');
// A URL is its address where its own view is not asked for.
const bare = (v, options) => options && options.customInspect === false && v instanceof global('URL') && Reflect.ownKeys(v).length === 0;
const inspect = Object.assign((v, options) => (bare(v, options) ? v.href : util().inspect(v, options)), { custom: Symbol.for('nodejs.util.inspect.custom') });
Object.defineProperty(inspect, 'defaultOptions', { get: () => util().inspect.defaultOptions });

function formatList(list, last = 'and') {
  if (list.length < 3) return list.join(` ${last} `);
  return `${list.slice(0, -1).join(', ')}, ${last} ${list[list.length - 1]}`;
}
const kinds = ['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'];
function wanted(expected) {
  const types = [], instances = [], other = [];
  for (const value of Array.isArray(expected) ? expected : [expected]) {
    if (kinds.includes(value)) types.push(value.toLowerCase());
    else if (/^([A-Z][a-z0-9]*)+$/.test(value)) instances.push(value);
    else other.push(value);
  }
  if (instances.length > 0 && types.includes('object')) {
    types.splice(types.indexOf('object'), 1);
    instances.push('Object');
  }
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${formatList(types, 'or')}`);
  if (instances.length > 0) parts.push(`an instance of ${formatList(instances, 'or')}`);
  if (other.length > 1) parts.push(`one of ${formatList(other, 'or')}`);
  else if (other.length > 0) parts.push((other[0].toLowerCase() !== other[0] ? 'an ' : '') + other[0]);
  return parts.join(' or ');
}
function grouped(text) {
  let out = '', i = text.length;
  const start = text[0] === '-' ? 1 : 0;
  for (; i >= start + 4; i -= 3) out = `_${text.slice(i - 3, i)}${out}`;
  return text.slice(0, i) + out;
}
function received(v) {
  if (Number.isInteger(v) && Math.abs(v) > 2 ** 32) return grouped(String(v));
  if (typeof v === 'bigint') return `${v > 2n ** 32n || v < -(2n ** 32n) ? grouped(String(v)) : v}n`;
  return inspect(v);
}
const place = name => (name.includes('.') ? 'property' : 'argument');
const messages = {
  ERR_AMBIGUOUS_ARGUMENT: [TypeError, (name, what) => `The "${name}" argument is ambiguous. ${what}`],
  ERR_INVALID_ARG_TYPE: [TypeError, (name, expected, actual) => `The ${name.endsWith(' argument') ? name : `"${name}" ${place(name)}`} must be ${wanted(expected)}. Received ${internal.describe(actual)}`],
  ERR_INVALID_ARG_VALUE: [TypeError, (name, value, reason = 'is invalid') => {
    const shown = inspect(value);
    return `The ${place(name)} '${name}' ${reason}. Received ${shown.length > 128 ? `${shown.slice(0, 128)}...` : shown}`;
  }],
  ERR_INVALID_MIME_SYNTAX: [TypeError, (production, text, at) => `The MIME syntax for a ${production} in "${text}" is invalid${at !== -1 ? ` at ${at}` : ''}`],
  ERR_INVALID_RETURN_VALUE: [TypeError, (input, name, value) => `Expected ${input} to be returned from the "${name}" function but got ${internal.describe(value)}.`],
  ERR_INVALID_THIS: [TypeError, name => `Value of "this" must be of type ${name}`],
  ERR_INVALID_URI: [URIError, () => 'URI malformed'],
  ERR_INVALID_URL: [TypeError, () => 'Invalid URL', input => ({ input })],
  ERR_MISSING_ARGS: [TypeError, (...names) => `The ${formatList(names.map(n => (Array.isArray(n) ? n.map(m => `"${m}"`).join(' or ') : `"${n}"`)))} argument${names.length > 1 ? 's' : ''} must be specified`],
  ERR_OUT_OF_RANGE: [RangeError, (name, range, input, whole = false) => `${whole ? name : `The value of "${name}" is out of range.`} It must be ${range}. Received ${received(input)}`],
  ERR_SOCKET_BAD_PORT: [RangeError, (name, port, allowZero = true) => `${name} should be ${allowZero ? '>=' : '>'} 0 and < 65536. Received ${internal.describe(port)}.`],
  ERR_UNAVAILABLE_DURING_EXIT: [Error, () => 'Cannot call function in process exit handler'],
  ERR_UNHANDLED_ERROR: [Error, what => `Unhandled error.${what === undefined ? '' : ` (${what})`}`],
  ERR_UNKNOWN_SIGNAL: [TypeError, name => `Unknown signal: ${name}`],
};
const codes = {};
for (const [code, [Base, text, fields]] of Object.entries(messages)) {
  codes[code] = function (...args) { return Object.assign(fail(Base, code, text(...args)), fields && fields(...args)); };
  codes[code].HideStackFramesError = codes[code];
}
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

module.exports = {
  'internal/errors': {
    codes, AbortError, hideStackFrames: f => f, isErrorStackTraceLimitWritable: () => false, kEnhanceStackBeforeInspector: Symbol('kEnhanceStackBeforeInspector'),
    genericNodeError: (message, fields) => Object.assign(new Error(message), fields),
  },
  'internal/util': {
    kEmptyObject: Object.freeze({ __proto__: null }), SymbolDispose: Symbol.dispose || Symbol.for('nodejs.dispose'), isError: e => e instanceof Error || util().types.isNativeError(e),
    deprecate: f => f, spliceOne(list, index) { list.splice(index, 1); }, getLazy: f => f, emitExperimentalWarning() {}, removeColors: s => util().stripVTControlCharacters(s),
    normalizeEncoding: e => { try { return new (require('string_decoder').StringDecoder)(e).encoding; } catch { return undefined; } },
  },
  'internal/util/inspect': { inspect, identicalSequenceRange: () => ({ len: 0, offset: 0 }) },
  get 'internal/util/types'() { return util().types; },
  'internal/util/colors': { blue: '', green: '', white: '', red: '', gray: '', clear: '', reset: '', hasColors: false, refresh() {}, shouldColorize: () => false },
  'internal/assert': (ok, message) => { if (!ok) throw new Error(message || 'internal assertion'); },
  // The text of what was called cannot be had: there is no file to read.
  get 'internal/assert/utils'() {
    return { innerOk(f, count, value, message) {
      if (value) return;
      let generatedMessage = false;
      if (count === 0) {
        generatedMessage = true;
        message = 'No value argument passed to `assert.ok()`';
      } else if (message === undefined || message === null) {
        generatedMessage = true;
        message = undefined;
      } else if (message instanceof Error) throw message;
      throw Object.assign(new (require('assert').AssertionError)({ actual: value, expected: true, message, operator: '==', stackStartFn: f }), { generatedMessage });
    } };
  },
  'internal/url': { URL: global('URL'), isURL: v => v instanceof global('URL'), hostlessProtocol: new Set(['javascript', 'javascript:']), unsafeProtocol: new Set(['javascript', 'javascript:']),
    slashedProtocol: new Set(['http', 'http:', 'https', 'https:', 'ftp', 'ftp:', 'gopher', 'gopher:', 'file', 'file:', 'ws', 'ws:', 'wss', 'wss:']) },
  'internal/options': { getOptionValue: () => false },
  'internal/deps/minimatch/index': {},
  'internal/crypto/util': {},
  'internal/event_target': { isEventTarget: v => v instanceof global('EventTarget'), kEvents: Symbol('kEvents'), kResistStopPropagation: Symbol('kResistStopPropagation') },
  'internal/events/symbols': { kFirstEventParam: Symbol('kFirstEventParam') },
  'internal/events/abort_listener': { addAbortListener(signal, listener) {
    if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
    if (signal === null || typeof signal !== 'object' || !('aborted' in signal)) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
    if (typeof listener !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('listener', 'function', listener);
    let stop = () => {};
    if (signal.aborted) queueMicrotask(() => listener());
    else {
      signal.addEventListener('abort', listener, { once: true });
      stop = () => signal.removeEventListener('abort', listener);
    }
    return { __proto__: null, [Symbol.dispose || Symbol.for('nodejs.dispose')]: stop };
  } },
  'internal/binding': {
    buffer: { compare: (a, b) => require('buffer').Buffer.compare(a, b) }, constants: { os: { signals: {} } }, url: {},
    util: {
      constants: { ALL_PROPERTIES: 0, ONLY_ENUMERABLE: 2 },
      getOwnNonIndexProperties: (o, filter) => Reflect.ownKeys(o).filter(k => (typeof k === 'symbol' || String(k >>> 0) !== k || k >>> 0 === 4294967295) && (filter === 0 || Object.prototype.propertyIsEnumerable.call(o, k))),
    },
    encoding_binding: { toASCII(host) {
      if (!/[^\0-\x7f]|(^|\.)xn--/i.test(host)) return host;
      try { return new (global('URL'))(`ws://${host}`).hostname; } catch { return ''; }
    } },
  },
};
