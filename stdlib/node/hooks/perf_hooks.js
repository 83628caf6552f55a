// Node's perf_hooks: the clock, marks, measures and their observers, all of the run. What looks
// into the machine (histograms, the event loop, garbage collection) throws by its name.
const { fail } = internal;
const badType = (name, want, v) => fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${want}. Received ${internal.describe(v)}`);
const badValue = (name, v, reason) => fail(TypeError, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${require('util').inspect(v)}`);
const missing = name => fail(TypeError, 'ERR_MISSING_ARGS', `The "${name}" argument must be specified`);
const refused = name => Object.defineProperty(function () { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `perf_hooks.${name} is not provided by Ferrule`); }, 'name', { value: name.slice(name.indexOf('.') + 1) });
const illegal = () => fail(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
const own = () => { const o = internal.own(); if (o.marks === undefined) Object.assign(o, { marks: [], measures: [], observers: new Set() }); return o; };
const now = () => internal.elapsed() / 1e6;
const custom = Symbol.for('nodejs.util.inspect.custom');

const making = Symbol('making');
class PerformanceEntry {
  #name; #type; #start; #duration;
  constructor(key, name, type, start, duration) {
    if (key !== making) throw illegal();
    this.#name = name; this.#type = type; this.#start = start; this.#duration = duration;
  }
  get name() { return this.#name; }
  get entryType() { return this.#type; }
  get startTime() { return this.#start; }
  get duration() { return this.#duration; }
  [custom](depth, options, inspect) { return depth < 0 ? this : `${this.constructor.name} ${inspect(this.toJSON(), { ...options, depth: options.depth === null ? null : options.depth - 1 })}`; }
  toJSON() { const { name, entryType, startTime, duration } = this; return 'detail' in this ? { name, entryType, startTime, duration, detail: this.detail } : { name, entryType, startTime, duration }; }
}
const milestones = ['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete'];
const cloned = v => v === undefined || v === null ? null : internal.global('structuredClone')(v);
class PerformanceMark extends PerformanceEntry {
  #detail;
  constructor(name, options) {
    if (arguments.length === 0) throw missing('name');
    name = `${name}`;
    if (milestones.includes(name)) throw badValue('name', name, 'is invalid');
    if (options !== undefined && options !== null && typeof options !== 'object') throw badType('options', 'of type object', options);
    const start = options && options.startTime !== undefined ? options.startTime : now();
    if (typeof start !== 'number') throw badType('startTime', 'of type number', start);
    if (start < 0) throw fail(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${start} is not a valid timestamp`);
    super(making, name, 'mark', start, 0);
    this.#detail = cloned(options && options.detail);
  }
  get detail() { return this.#detail; }
}
class PerformanceMeasure extends PerformanceEntry {
  #detail;
  constructor(key, name, start, duration, detail) {
    super(key, name, 'measure', start, duration);
    this.#detail = detail;
  }
  get detail() { return this.#detail; }
}
class PerformanceResourceTiming extends PerformanceEntry { constructor() { throw illegal(); } }
for (const C of [PerformanceEntry, PerformanceMark, PerformanceMeasure]) Object.defineProperty(C.prototype, Symbol.toStringTag, { value: C.name, configurable: true });

// told tells the observers of a new entry.
function told(entry) {
  for (const o of own().observers) if (o.types.has(entry.entryType)) o.take(entry);
}
function moment(v) {
  if (typeof v === 'number') {
    if (v < 0) throw fail(TypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${v} is not a valid timestamp`);
    return v;
  }
  const name = `${v}`, marks = own().marks;
  for (let i = marks.length - 1; i >= 0; i--) if (marks[i].name === name) return marks[i].startTime;
  throw new (internal.global('DOMException'))(`The "${name}" performance mark has not been set`, 'SyntaxError');
}
function measured(name, given, endMark) {
  const options = given !== null && typeof given === 'object' ? given : {}, detailed = given !== null && typeof given === 'object' && Object.keys(given).length > 0;
  if (detailed) {
    if (endMark !== undefined) throw fail(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', 'endMark must not be specified');
    if (options.start !== undefined && options.end !== undefined && options.duration !== undefined) throw fail(TypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', 'Must not have options.start, options.end, and options.duration specified');
  }
  let end, start;
  if (endMark !== undefined) end = moment(endMark);
  else if (options.end !== undefined) end = moment(options.end);
  else if (options.start !== undefined && options.duration !== undefined) end = moment(options.start) + moment(options.duration);
  else end = now();
  if (options.start !== undefined) start = moment(options.start);
  else if (options.duration !== undefined) start = end - moment(options.duration);
  else start = typeof given === 'string' ? moment(given) : 0;
  return new PerformanceMeasure(making, name, start, end - start, cloned(options.detail));
}
const byTime = list => list.sort((a, b) => a.startTime - b.startTime);
const all = () => byTime(own().marks.concat(own().measures));
function cleared(list, name) { own()[list] = name === undefined ? [] : own()[list].filter(e => e.name !== `${name}`); }

class Performance { constructor() { throw illegal(); } }
const methods = {
  clearMarks(name) { cleared('marks', name); },
  clearMeasures(name) { cleared('measures', name); },
  clearResourceTimings() {}, // there are none
  getEntries: () => all(),
  getEntriesByName(name, type) {
    if (arguments.length === 0) throw missing('name');
    return all().filter(e => e.name === `${name}` && (type === undefined || e.entryType === type));
  },
  getEntriesByType(type) {
    if (arguments.length === 0) throw missing('type');
    return all().filter(e => e.entryType === `${type}`);
  },
  mark(...args) {
    const entry = new PerformanceMark(...args);
    own().marks.push(entry);
    told(entry);
    return entry;
  },
  measure(name, start, end) {
    if (arguments.length === 0) throw missing('name');
    const entry = measured(`${name}`, start, end);
    own().measures.push(entry);
    told(entry);
    return entry;
  },
  now,
  setResourceTimingBufferSize: refused('performance.setResourceTimingBufferSize'),
  toJSON() { return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin }; },
  eventLoopUtilization: refused('performance.eventLoopUtilization'),
  markResourceTiming: refused('performance.markResourceTiming'),
  timerify(fn, options) {
    if (typeof fn !== 'function') throw badType('fn', 'of type function', fn);
    if (options !== undefined && options.histogram !== undefined) throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'perf_hooks.performance.timerify with a histogram is not provided by Ferrule');
    const timed = function (...args) {
      const start = now(), made = new.target === timed, result = made ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
      const end = () => {
        const entry = new PerformanceEntry(making, fn.name, 'function', start, now() - start);
        Object.defineProperty(entry, 'detail', { value: args, enumerable: true });
        told(entry);
      };
      if (!made && result && typeof result.finally === 'function') return result.finally(end);
      end();
      return result;
    };
    Object.defineProperties(timed, { length: { configurable: false, enumerable: true, value: fn.length }, name: { configurable: false, enumerable: true, value: `timerified ${fn.name}` } });
    return timed;
  },
};
for (const name of Object.keys(methods)) Object.defineProperty(Performance.prototype, name, { value: methods[name], configurable: true, enumerable: true, writable: true });
for (const [name, get] of Object.entries({ timeOrigin: () => internal.origin(), nodeTiming: () => ({ name: 'node', entryType: 'node', startTime: 0, duration: now() }), onresourcetimingbufferfull: () => null })) {
  Object.defineProperty(Performance.prototype, name, { get, configurable: true, enumerable: true });
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });
const performance = Object.create(Performance.prototype);

class PerformanceObserverEntryList {
  #entries;
  constructor(key, entries) { if (key !== making) throw illegal(); this.#entries = byTime(entries); }
  getEntries() { return this.#entries.slice(); }
  getEntriesByType(type) { return this.#entries.filter(e => e.entryType === `${type}`); }
  getEntriesByName(name, type) { return this.#entries.filter(e => e.name === `${name}` && (type === undefined || e.entryType === type)); }
}
const supported = ['function', 'mark', 'measure'];
class PerformanceObserver {
  #callback; #entries = []; #waiting = false; #state;
  constructor(callback) {
    if (typeof callback !== 'function') throw badType('callback', 'of type function', callback);
    this.#callback = callback;
    this.#state = { types: new Set(), take: entry => this.#take(entry) };
  }
  observe(options = {}) {
    if (options === null || typeof options !== 'object') throw badType('options', 'of type object', options);
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw fail(TypeError, 'ERR_MISSING_ARGS', 'The "options.entryTypes" and "options.type" arguments must be specified');
    if (entryTypes !== undefined && type !== undefined) throw badValue('options.entryTypes', entryTypes, 'options.entryTypes can not set with options.type together');
    if (entryTypes !== undefined && !Array.isArray(entryTypes)) throw badType('options.entryTypes', 'string[]', entryTypes);
    const types = entryTypes === undefined ? [type] : entryTypes;
    for (const t of types) if (['dns', 'gc', 'http', 'http2', 'net', 'resource'].includes(t)) throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `perf_hooks.PerformanceObserver of ${t} is not provided by Ferrule`);
    if (entryTypes !== undefined) this.#state.types.clear();
    for (const t of types) if (supported.includes(t)) this.#state.types.add(t);
    if (buffered) for (const e of all()) if (e.entryType === type) this.#take(e);
    own().observers.add(this.#state);
  }
  disconnect() { own().observers.delete(this.#state); this.#entries = []; this.#state.types.clear(); }
  takeRecords() { const taken = this.#entries; this.#entries = []; return taken; }
  #take(entry) {
    this.#entries.push(entry);
    if (this.#waiting) return;
    this.#waiting = true;
    internal.global('setImmediate')(() => {
      this.#waiting = false;
      if (this.#entries.length > 0) Reflect.apply(this.#callback, this, [new PerformanceObserverEntryList(making, this.takeRecords()), this]);
    });
  }
  static get supportedEntryTypes() { return supported.slice(); }
}

module.exports = {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, PerformanceResourceTiming,
  monitorEventLoopDelay: refused('monitorEventLoopDelay'), createHistogram: refused('createHistogram'), performance,
  constants: {
    NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16, NODE_PERFORMANCE_GC_FLAGS_NO: 0,
    NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2, NODE_PERFORMANCE_GC_FLAGS_FORCED: 4, NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
    NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16, NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32, NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
  },
};
