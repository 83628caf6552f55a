// Node's process, of which nothing leads to the process that Ferrule runs in.
const EventEmitter = require('events');
function fail(Type, code, message) { const e = new Type(message); e.code = code; return e; }
const refused = name => function () { throw fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `process.${name} is not provided by Ferrule: a rule has no process of its own`); };
function named(name, f) { Object.defineProperty(f, 'name', { value: name, configurable: true }); return f; }

function process() {}
Object.setPrototypeOf(process.prototype, EventEmitter.prototype);
const self = Object.create(process.prototype);
EventEmitter.call(self);
Object.defineProperty(self, Symbol.toStringTag, { value: 'process', configurable: true });

const version = 'v20.20.2';
self.version = version;
self.versions = { node: version.slice(1), v8: '11.3.244.8-node.38', uv: '1.46.0', zlib: '1.3.1', modules: '115', openssl: '3.0.19', unicode: '15.0' };
self.arch = 'x64';
self.platform = 'linux';
self.release = { name: 'node', lts: 'Iron' };
self.features = { inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true };
self.config = { target_defaults: {}, variables: {} };
self.title = 'node';
self.argv = ['/usr/local/bin/node'];
self.argv0 = 'node';
self.execArgv = [];
self.execPath = '/usr/local/bin/node';
self.pid = 1;
self.ppid = 0;
self.exitCode = undefined;
self.debugPort = 9229;
self.moduleLoadList = [];
self.allowedNodeEnvironmentFlags = new Set();
self.domain = null;
self.sourceMapsEnabled = false;
self.setSourceMapsEnabled = () => {};
Object.defineProperty(self, 'env', { get: () => internal.environment(), set() {}, enumerable: true, configurable: true });

self.nextTick = function nextTick(callback, ...args) {
  if (typeof callback !== 'function') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${internal.describe(callback)}`);
  internal.nextTick(args.length === 0 ? () => callback() : () => callback(...args));
};
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

function lazy(name, make) {
  Object.defineProperty(self, name, { configurable: true, enumerable: true, get() { const value = make(); Object.defineProperty(self, name, { value, configurable: true, enumerable: true, writable: true }); return value; } });
}
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
lazy('stdout', () => output('log', 1));
lazy('stderr', () => output('error', 2));
lazy('stdin', () => { const { Readable } = require('stream'); const r = new Readable({ read() { this.push(null); } }); r.fd = 0; r.isTTY = false; return r; });
lazy('report', () => ({ getReport: refused('report.getReport'), writeReport: refused('report.writeReport') }));
module.exports = self;
