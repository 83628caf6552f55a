// Modules of which a sandbox can offer nothing but their names: what can do no harm answers, what
// would reach the host throws by its name. internal.name says which one is asked for.
const { name } = internal;
const set = (f, n) => Object.defineProperty(f, 'name', { value: n, configurable: true });
function refused(member) {
  return set(function () {
    throw internal.fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${name}.${member} is not provided by Ferrule: rules have no access to the host`);
  }, member);
}
// getHeapStatistics answers what tells nothing, as process.memoryUsage does; the limit is Node's own.
const getHeapStatistics = () => ({
  total_heap_size: 33554432, total_heap_size_executable: 262144, total_physical_size: 33554432, total_available_size: 4328521728, used_heap_size: 16777216, heap_size_limit: 4345298944,
  malloced_memory: 262144, peak_malloced_memory: 524288, does_zap_garbage: 0, number_of_native_contexts: 1, number_of_detached_contexts: 0, total_global_handles_size: 8192, used_global_handles_size: 2240, external_memory: 1048576,
});
const members = (target, names) => { for (const n of names.split(' ')) target[n] = refused(n); return target; };

const modules = {
  tty: () => Object.assign(members({}, 'ReadStream WriteStream'), { isatty: () => false }),
  vm: () => {
    // Packages make scripts while they load; what cannot be had is to run them.
    class Script { constructor(code) { if (code === undefined) code = ''; Object.defineProperty(this, 'code', { value: `${code}` }); } }
    members(Script.prototype, 'runInContext runInNewContext runInThisContext createCachedData');
    return Object.assign(members({}, 'createContext createScript runInContext runInNewContext runInThisContext compileFunction measureMemory'), { isContext: () => false, constants: {}, Script });
  },
  child_process: () => members({}, '_forkChild ChildProcess exec execFile execFileSync execSync fork spawn spawnSync'),
  cluster: () => Object.assign(new (require('events'))(), members({}, 'Worker setupPrimary setupMaster fork disconnect'), { isWorker: false, isMaster: true, isPrimary: true, workers: {}, settings: {}, SCHED_NONE: 1, SCHED_RR: 2, schedulingPolicy: 2 }),
  worker_threads: () => {
    const out = Object.assign(members({}, 'MessagePort moveMessagePortToContext receiveMessageOnPort postMessageToThread Worker markAsUntransferable setEnvironmentData getEnvironmentData'), {
      isMainThread: true, resourceLimits: {}, threadId: 0, SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'), parentPort: null, workerData: null,
    });
    for (const n of ['MessageChannel', 'BroadcastChannel']) out[n] = internal.global(n) || refused(n);
    return out;
  },
  readline: () => Object.assign(members({}, 'Interface clearLine clearScreenDown createInterface cursorTo emitKeypressEvents moveCursor'), { promises: members({}, 'Interface Readline createInterface') }),
  repl: () => Object.assign(members({}, 'start writer REPLServer Recoverable isValidSyntax'), { REPL_MODE_SLOPPY: Symbol('repl-sloppy'), REPL_MODE_STRICT: Symbol('repl-strict'), builtinModules: [] }),
  dgram: () => members({}, '_createSocketHandle createSocket Socket'),
  http2: () => Object.assign(members({}, 'connect createServer createSecureServer getDefaultSettings getPackedSettings getUnpackedSettings performServerHandshake Http2ServerRequest Http2ServerResponse'), { constants: { HTTP2_HEADER_AUTHORITY: ':authority', HTTP2_HEADER_METHOD: ':method', HTTP2_HEADER_PATH: ':path', HTTP2_HEADER_SCHEME: ':scheme', HTTP2_HEADER_STATUS: ':status' }, sensitiveHeaders: Symbol('nodejs.http2.sensitiveHeaders') }),
  inspector: () => Object.assign(members({}, 'open close waitForDebugger Session'), { url: () => undefined, console: {}, Network: {} }),
  v8: () => Object.assign(members({}, 'cachedDataVersionTag getHeapSnapshot getHeapSpaceStatistics getHeapCodeStatistics setFlagsFromString Serializer Deserializer DefaultSerializer DefaultDeserializer deserialize takeCoverage stopCoverage serialize writeHeapSnapshot queryObjects setHeapSnapshotNearHeapLimit GCProfiler'), { getHeapStatistics, promiseHooks: {}, startupSnapshot: {} }),
  constants: () => JSON.parse(internal.constants),
  module: () => {
    function Module(id) { Object.assign(this, { id, path: '.', exports: {}, filename: null, loaded: false, children: [] }); }
    Module.prototype.require = id => require(id);
    // What is not there is a file; a text can be run.
    Module.prototype._compile = function (content, filename) {
      Function('exports', 'require', 'module', '__filename', '__dirname', content).call(this.exports, this.exports, require, this, filename, require('path').dirname(filename));
    };
    const builtinModules = internal.modules().filter(n => !n.includes('/')).sort();
    return Object.assign(Module, members({}, '_findPath _nodeModulePaths _resolveLookupPaths _load _resolveFilename _initPaths _preloadModules syncBuiltinESMExports runMain findSourceMap register SourceMap _debug'), {
      _cache: Object.create(null), _pathCache: Object.create(null), _extensions: Object.create(null), globalPaths: [], Module, builtinModules,
      isBuiltin: n => internal.modules().includes(String(n).replace(/^node:/, '')), createRequire: () => require,
    });
  },
  console: () => {
    const { format, inspect } = require('util');
    // Console writes to streams of its own; what is not here is that of console.
    class Console {
      #out; #err; #indent = ''; #counts = new Map();
      constructor(out, err) {
        const o = out && typeof out.write !== 'function' && out.stdout ? out : { stdout: out, stderr: err };
        if (!o.stdout || typeof o.stdout.write !== 'function') throw internal.fail(TypeError, 'ERR_CONSOLE_WRITABLE_STREAM', 'Console expects a writable stream instance for stdout');
        this.#out = o.stdout;
        this.#err = o.stderr || o.stdout;
        for (const n of Object.getOwnPropertyNames(Console.prototype)) if (n !== 'constructor') this[n] = this[n].bind(this);
        Object.assign(this, { info: this.log, debug: this.log, dirxml: this.log, error: this.warn, groupCollapsed: this.group });
      }
      #write(stream, args) { stream.write(`${format(...args).split('\n').map(line => this.#indent + line).join('\n')}\n`); }
      log(...args) { this.#write(this.#out, args); }
      warn(...args) { this.#write(this.#err, args); }
      trace(...args) { this.#write(this.#err, [`Trace: ${format(...args)}`]); }
      assert(ok, ...args) { if (!ok) this.warn(...(typeof args[0] === 'string' ? [`Assertion failed: ${args[0]}`, ...args.slice(1)] : ['Assertion failed', ...args])); }
      dir(v, o) { this.#write(this.#out, [inspect(v, { customInspect: false, ...o })]); }
      group(...args) { if (args.length > 0) this.log(...args); this.#indent += '  '; }
      groupEnd() { this.#indent = this.#indent.slice(2); }
      count(label = 'default') { const n = (this.#counts.get(`${label}`) || 0) + 1; this.#counts.set(`${label}`, n); this.log(`${label}: ${n}`); }
      countReset(label = 'default') { this.#counts.delete(`${label}`); }
    }
    members(Console.prototype, 'table time timeEnd timeLog');
    // The console is a run's, this module is the VM's: so each call asks for it.
    const out = members({}, 'context createTask');
    for (const n of Object.keys(internal.global('console'))) out[n] = set((...args) => internal.global('console')[n](...args), n);
    return Object.assign(out, { Console });
  },
  domain: () => {
    const EventEmitter = require('events');
    class Domain extends EventEmitter { constructor() { super(); refused('Domain')(); } }
    return Object.assign(members({}, 'create createDomain'), { _stack: [], Domain, active: null });
  },
  fs: () => {
    const gone = (syscall, path) => Object.assign(new Error(`ENOENT: no such file or directory, ${syscall} '${path}'`), { errno: -2, syscall, code: 'ENOENT', path: String(path) });
    const denied = (syscall, path) => Object.assign(new Error(`EACCES: permission denied, ${syscall} '${path}'`), { errno: -13, syscall, code: 'EACCES', path: String(path) });
    const { constants } = internal, all = JSON.parse(constants), out = { promises: {} };
    // What packages have in their own folders can be read.
    const { Buffer } = require('buffer');
    const place = path => require('path').resolve(path !== null && typeof path === 'object' && typeof path.href === 'string' ? require('url').fileURLToPath(path.href) : String(path));
    const below = path => internal.files().filter(n => n.startsWith(path === '/' ? path : `${path}/`));
    const known = path => internal.file(path) !== undefined || below(path).length > 0;
    const stats = path => {
      const bytes = internal.file(path), folder = bytes === undefined, time = new Date(0);
      if (folder && !known(path)) return undefined;
      const s = Object.assign(Object.create(out.Stats.prototype), { dev: 0, mode: folder ? 0o40555 : 0o100444, nlink: 1, uid: 0, gid: 0, rdev: 0, blksize: 4096, ino: 0, size: folder ? 0 : bytes.byteLength, blocks: 0, atimeMs: 0, mtimeMs: 0, ctimeMs: 0, birthtimeMs: 0, atime: time, mtime: time, ctime: time, birthtime: time });
      return [Object.defineProperties(s, { isFile: { value: () => !folder, configurable: true }, isDirectory: { value: () => folder, configurable: true } })];
    };
    const answers = {
      readFile(path, o) {
        const bytes = internal.file(path), encoding = typeof o === 'string' ? o : o && o.encoding;
        if (bytes === undefined) return undefined;
        return [encoding ? Buffer.from(bytes).toString(encoding) : Buffer.from(bytes)];
      },
      stat: stats, lstat: stats,
      access: (path, mode) => (known(path) && !(mode & 2) ? [] : undefined),
      realpath: path => (known(path) ? [path] : undefined),
      readdir(path, o) {
        const prefix = path === '/' ? path : `${path}/`, names = [...new Set(below(path).map(n => n.slice(prefix.length).split('/')[0]))].sort();
        if (names.length === 0) return undefined;
        return [o && o.withFileTypes ? names.map(n => { const found = stats(prefix + n)[0]; return Object.assign(Object.create(out.Dirent.prototype), { name: n, path, isFile: found.isFile, isDirectory: found.isDirectory }); }) : names];
      },
    };
    const define = (n, syscall, error) => {
      const attempt = (path, rest) => {
        const answer = Object.hasOwn(answers, n) && answers[n](place(path), ...rest);
        if (!answer) throw error(syscall, path);
        return answer[0];
      };
      out[n] = set(function (path, ...rest) {
        const f = rest.pop();
        if (typeof f !== 'function') throw internal.fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "cb" argument must be of type function. Received ${internal.describe(f)}`);
        let answer, failed;
        try { answer = attempt(path, rest); } catch (e) { failed = e; }
        if (failed) require('process').nextTick(f, failed); else require('process').nextTick(f, null, answer);
      }, n);
      out[`${n}Sync`] = set((path, ...rest) => attempt(path, rest), `${n}Sync`);
      out.promises[n] = set(async (path, ...rest) => attempt(path, rest), n);
    };
    for (const [n, syscall] of Object.entries({ readFile: 'open', open: 'open', stat: 'stat', lstat: 'lstat', access: 'access', readdir: 'scandir', readlink: 'readlink', realpath: 'lstat', opendir: 'opendir', statfs: 'statfs', unlink: 'unlink', rmdir: 'rmdir', rm: 'rm', rename: 'rename', copyFile: 'copyfile', cp: 'cp', chmod: 'chmod', chown: 'chown', utimes: 'utime', truncate: 'open', lchown: 'lchown', lutimes: 'lutime' })) define(n, syscall, gone);
    for (const [n, syscall] of Object.entries({ writeFile: 'open', appendFile: 'open', mkdir: 'mkdir', mkdtemp: 'mkdtemp', symlink: 'symlink', link: 'link' })) define(n, syscall, denied);
    for (const f of ['close', 'fchown', 'fchmod', 'fdatasync', 'fstat', 'fsync', 'ftruncate', 'futimes', 'read', 'readv', 'write', 'writev']) { out[f] = refused(f); out[`${f}Sync`] = refused(`${f}Sync`); }
    out.realpath.native = out.realpath; out.realpathSync.native = out.realpathSync;
    out.exists = (path, f) => require('process').nextTick(f, known(place(path)));
    out.existsSync = path => { try { return known(place(path)); } catch { return false; } };
    const statSync = out.statSync, lstatSync = out.lstatSync;
    out.statSync = (path, o) => (o && o.throwIfNoEntry === false && !known(place(path)) ? undefined : statSync(path));
    out.lstatSync = (path, o) => (o && o.throwIfNoEntry === false && !known(place(path)) ? undefined : lstatSync(path));
    const stream = (kind, error) => function (path) {
      const { [kind]: Stream } = require('stream'), s = new Stream({ read() {}, write(c, e, f) { f(); } });
      s.path = path;
      const own = kind === 'Readable' && answers.readFile(place(path));
      if (own) {
        s.push(own[0]);
        s.push(null);
        return s;
      }
      require('process').nextTick(() => s.destroy(error('open', path)));
      return s;
    };
    out.createReadStream = stream('Readable', gone);
    out.createWriteStream = stream('Writable', denied);
    for (const [n, f] of [['ReadStream', out.createReadStream], ['FileReadStream', out.createReadStream], ['WriteStream', out.createWriteStream], ['FileWriteStream', out.createWriteStream]]) {
      out[n] = set(function (path) { return f(path); }, n);
      Object.setPrototypeOf(out[n].prototype, require('stream')[/Read/.test(n) ? 'Readable' : 'Writable'].prototype);
    }
    members(out, 'openAsBlob unwatchFile watch watchFile _toUnixTimestamp');
    members(out.promises, 'watch lchmod');
    for (const n of ['Stats', 'Dirent', 'Dir']) { out[n] = set(function () {}, n); for (const m of ['isFile', 'isDirectory', 'isSymbolicLink']) out[n].prototype[m] = () => false; }
    out.constants = { __proto__: null };
    for (const n of Object.keys(all)) if (/^(UV_|[FRWX]_OK|O_|S_I|COPYFILE)/.test(n)) out.constants[n] = all[n];
    out.promises.constants = out.constants;
    return Object.assign(out, { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 });
  },
};
module.exports = modules[name]();
