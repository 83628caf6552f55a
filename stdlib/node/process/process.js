// Node's process, of which nothing leads to the process that Ferrule runs in. `self` is what each
// run finds; at its first change a run gets a copy of its own (see the end).
const EventEmitter = require('events');
const { fail } = internal;
const refused = name => function () { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `process.${name} is not provided by Ferrule: a rule has no process of its own`); };
function named(name, f) { Object.defineProperty(f, 'name', { value: name, configurable: true }); return f; }

function process() {}
Object.setPrototypeOf(process.prototype, EventEmitter.prototype);
const self = Object.create(process.prototype);
Object.defineProperty(self, Symbol.toStringTag, { value: 'process', configurable: true });
// ofRun defines a member that each run makes for itself.
function ofRun(name, make) {
  Object.defineProperty(self, name, {
    configurable: true, enumerable: true,
    get() { const own = internal.own(); if (!(name in own)) own[name] = make(); return own[name]; },
    set(v) { internal.own()[name] = v; },
  });
}

const version = 'v20.20.2';
self.version = version;
self.versions = { node: version.slice(1), v8: '11.3.244.8-node.38', uv: '1.46.0', zlib: '1.3.1', brotli: '1.1.0', modules: '115', openssl: '3.0.19', unicode: '15.0' };
self.arch = 'x64';
self.platform = 'linux';
self.release = { name: 'node', lts: 'Iron' };
self.features = { inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true };
self.config = { target_defaults: {}, variables: {} };
self.title = 'node';
ofRun('argv', () => ['/usr/local/bin/node']);
self.argv0 = 'node';
ofRun('execArgv', () => []);
self.execPath = '/usr/local/bin/node';
self.pid = 1;
self.ppid = 0;
self.exitCode = undefined;
self.debugPort = 9229;
ofRun('moduleLoadList', () => []);
ofRun('allowedNodeEnvironmentFlags', () => new Set());
self.domain = null;
self.sourceMapsEnabled = false;
self.setSourceMapsEnabled = refused('setSourceMapsEnabled');
self.env = internal.environment;

// nextTick is Go's as it is: streams call it so often that a function around it counts.
self.nextTick = internal.nextTick;
for (const [name, value] of [['name', 'nextTick'], ['length', 1]]) Object.defineProperty(self.nextTick, name, { value, configurable: true });
internal.refuseTick(callback => {
  throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${internal.describe(callback)}`);
});
self.cwd = () => '/';
self.umask = () => 18;
for (const name of ['getuid', 'geteuid', 'getgid', 'getegid']) self[name] = named(name, () => 0);
self.getgroups = () => [0];
self.uptime = () => internal.elapsed() / 1e9;
self.hrtime = function hrtime(since) {
  const now = internal.elapsed();
  let s = Math.floor(now / 1e9), ns = now % 1e9;
  if (since !== undefined) {
    if (!Array.isArray(since)) throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "time" argument must be an instance of Array. Received ${internal.describe(since)}`);
    s -= since[0]; ns -= since[1];
    if (ns < 0) { s--; ns += 1e9; }
  }
  return [s, ns];
};
self.hrtime.bigint = () => BigInt(internal.elapsed());
self.memoryUsage = () => ({ rss: 67108864, heapTotal: 33554432, heapUsed: 16777216, external: 1048576, arrayBuffers: 65536 });
self.memoryUsage.rss = () => 67108864;
self.constrainedMemory = () => 0;
self.availableMemory = () => 1073741824;
self.cpuUsage = () => ({ user: 0, system: 0 });
self.resourceUsage = () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: 65536 });
self.emitWarning = function emitWarning(warning, type, code) {
  if (type !== null && typeof type === 'object') ({ type, code } = type);
  const name = warning instanceof Error ? warning.name : type || 'Warning', text = warning instanceof Error ? warning.message : String(warning);
  if (warning instanceof Error && warning.code) code = warning.code;
  if (name === 'DeprecationWarning' && /^DEP0\d{3}$/.test(code)) return; // Node's own, once a process: nothing that a login has done
  internal.warn(`${code ? `[${code}] ` : ''}${name}: ${text}`);
};
self.assert = (ok, message) => { if (!ok) throw fail(Error, 'ERR_ASSERTION', message || 'assertion error'); };
self.hasUncaughtExceptionCaptureCallback = () => false;
self.getActiveResourcesInfo = () => [];
self._getActiveHandles = () => [];
self._getActiveRequests = () => [];
self.getBuiltinModule = name => { try { return require(name); } catch { return undefined; } };
self._rawDebug = (...args) => internal.log('error', require('util').format(...args));
for (const name of ['exit', 'reallyExit', 'abort', 'kill', '_kill', 'chdir', 'dlopen', 'binding', '_linkedBinding', 'openStdin', 'initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid', 'setuid', 'loadEnvFile',
  'setUncaughtExceptionCaptureCallback', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_fatalException', '_tickCallback']) self[name] = named(name, refused(name));

function output(level, fd) {
  const { Writable } = require('stream');
  const out = new Writable({
    decodeStrings: false,
    write(chunk, encoding, callback) { internal.log(level, String(chunk).replace(/\n$/, '')); callback(); },
  });
  out.fd = fd;
  out.isTTY = false;
  out.destroySoon = out.destroy;
  return out;
}
ofRun('stdout', () => output('log', 1));
ofRun('stderr', () => output('error', 2));
ofRun('stdin', () => { const { Readable } = require('stream'); const r = new Readable({ read() { this.push(null); } }); r.fd = 0; r.isTTY = false; return r; });
ofRun('report', () => ({ getReport: refused('report.getReport'), writeReport: refused('report.writeReport') }));

for (const name of ['versions', 'release', 'features', 'config']) Object.freeze(self[name]);
for (const key of Reflect.ownKeys(self)) {
  const { value } = Object.getOwnPropertyDescriptor(self, key);
  if (typeof value === 'function') Object.freeze(value);
}
Object.freeze(self.hrtime.bigint);
Object.freeze(self.memoryUsage.rss);
Object.freeze(self);
Object.freeze(process.prototype);
Object.freeze(process);

// What packages hold is one object for all runs, which shows each run its own.
const copy = Symbol('copy');
const shown = () => internal.own()[copy] || self;
function changed() {
  const own = internal.own();
  if (own[copy] === undefined) {
    const descriptors = Object.getOwnPropertyDescriptors(self);
    for (const key of Reflect.ownKeys(descriptors)) {
      descriptors[key].configurable = true;
      if ('value' in descriptors[key]) descriptors[key].writable = true;
    }
    own[copy] = Object.create(process.prototype, descriptors);
  }
  return own[copy];
}
module.exports = new Proxy(Object.create(process.prototype), {
  get: (_, key) => Reflect.get(shown(), key),
  set: (_, key, value) => Reflect.set(changed(), key, value),
  has: (_, key) => Reflect.has(shown(), key),
  deleteProperty: (_, key) => Reflect.deleteProperty(changed(), key),
  ownKeys: () => Reflect.ownKeys(shown()),
  getOwnPropertyDescriptor(_, key) {
    const d = Reflect.getOwnPropertyDescriptor(shown(), key);
    if (d !== undefined) {
      d.configurable = true;
      if ('value' in d) d.writable = true;
    }
    return d;
  },
  defineProperty: (_, key, d) => Reflect.defineProperty(changed(), key, { configurable: true, ...d }),
  setPrototypeOf: () => false,
  preventExtensions: () => false,
});
