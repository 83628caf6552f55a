// Socket is a stream in both directions over a connection of egress. internal.connect opens one;
// tls makes its sockets of this class, too.
const { Duplex } = require('stream');
const { Buffer } = require('buffer');
const { nextTick } = require('process');

const missing = member => internal.fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${member} is not provided by Ferrule`);
const coded = (Base, code, message) => Object.assign(new Base(message), { code });
const wrongType = (name, wanted, value) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${wanted}. Received ${internal.describe(value)}`);
const hidden = (o, name, value) => Object.defineProperty(o, name, { value, writable: true, configurable: true, enumerable: false });

// normalized reads the arguments of connect: (options, f), (port, host, f), (path, f).
function normalized(args) {
  args = args.slice();
  let callback = null;
  if (typeof args[args.length - 1] === 'function') callback = args.pop();
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return [Object.assign({}, first), callback];
  if (args.length === 0) return [{}, callback];
  if (typeof first === 'string' && !/^\d+$/.test(first)) return [{ path: first }, callback];
  const options = { port: first };
  if (typeof second === 'string') options.host = second;
  return [options, callback];
}
function portOf(port) {
  if (typeof port === 'undefined') throw coded(TypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  if (typeof port !== 'number' && typeof port !== 'string') throw wrongType('options.port', 'one of type number or string', port);
  if ((typeof port === 'string' && port.trim() === '') || +port !== (+port >>> 0) || +port > 65535) throw coded(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${internal.describe(port)}.`);
  return +port | 0;
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (typeof options === 'number') throw missing('net: a socket of a file descriptor');
  options = options || {};
  if (options.fd !== undefined || options.handle !== undefined) throw missing('net: a socket of a file descriptor');
  Duplex.call(this, { allowHalfOpen: Boolean(options.allowHalfOpen), emitClose: false, autoDestroy: true, decodeStrings: true, highWaterMark: options.highWaterMark });
  this.connecting = false;
  this.timeout = 0;
  hidden(this, '_hadError', false);
  hidden(this, '_handle', null);
  hidden(this, '_host', null);
  hidden(this, '_parent', null);
  hidden(this, '_peer', null);
  hidden(this, '_reading', false);
  hidden(this, '_received', 0);
  hidden(this, '_sent', 0);
  hidden(this, '_stopTimer', null);
  if (options.signal) follow(this, options.signal);
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);
const socket = Socket.prototype;

function follow(s, signal) {
  const abort = () => {
    const e = coded(Error, 'ABORT_ERR', 'The operation was aborted');
    e.name = 'AbortError';
    s.destroy(e);
  };
  if (signal.aborted) nextTick(abort);
  else signal.addEventListener('abort', abort, { once: true });
}

const property = (name, get) => Object.defineProperty(socket, name, { get, configurable: true, enumerable: false });
property('_connecting', function () { return this.connecting; });
property('pending', function () { return !this._handle || this.connecting; });
property('readyState', function () {
  if (this.connecting) return 'opening';
  if (this.readable && this.writable) return 'open';
  return this.readable ? 'readOnly' : this.writable ? 'writeOnly' : 'closed';
});
property('bufferSize', function () { return this._handle ? this.writableLength : undefined; });
property('bytesRead', function () { return this._received; });
property('bytesWritten', function () { return this._sent + this.writableLength; });
property('_bytesDispatched', function () { return this._sent; });
for (const name of ['remoteAddress', 'remoteFamily', 'remotePort', 'localAddress', 'localFamily', 'localPort']) {
  property(name, function () { return this._peer ? this._peer[name] : undefined; });
}

socket.connect = function connect(...args) {
  const [options, callback] = normalized(args[0] && Array.isArray(args[0]) ? args[0] : args);
  if (options.path) throw missing('net: a socket with a path');
  if (options.fd !== undefined) throw missing('net: a socket of a file descriptor');
  const port = portOf(options.port);
  const host = options.host === undefined || options.host === null || options.host === '' ? 'localhost' : options.host;
  if (typeof host !== 'string') throw wrongType('hostname', 'of type string', host);
  if (callback !== null) this.once('connect', callback);
  if (this.destroyed) {
    this._undestroy();
    this._handle = null;
    this._peer = null;
  }
  this.connecting = true;
  hidden(this, '_host', host);
  if (options.timeout) this.setTimeout(options.timeout);
  if (options.signal) follow(this, options.signal);
  const { lookup } = options;
  if (lookup !== undefined && typeof lookup !== 'function') throw wrongType('options.lookup', 'of type function', lookup);
  this._active();
  if (typeof lookup === 'function' && exports.isIP(host) === 0 && lookup !== require('dns').lookup) {
    lookup(host, { family: options.family, hints: options.hints || 0, all: defaults.selectFamily && !options.family && options.autoSelectFamily !== false }, (err, address, family) => {
      this.emit('lookup', err, address, family, host);
      if (!this.connecting) return;
      if (err) this.destroy(err);
      else this._open(Array.isArray(address) ? address[0].address : address, port, options);
    });
  } else this._open(host, port, options);
  return this;
};
// _open makes the connection; tls has its own.
socket._open = function _open(host, port) {
  this._handle = internal.connect(host, port, (fault, peer) => this._opened(fault, peer));
};
socket._opened = function _opened(fault, peer) {
  if (this.destroyed) return false;
  if (fault) {
    this.destroy(fault);
    return false;
  }
  this.connecting = false;
  this._peer = peer;
  this._active();
  if (this._host && exports.isIP(this._host) === 0) this.emit('lookup', null, peer.remoteAddress, peer.remoteFamily === 'IPv6' ? 6 : 4, this._host);
  this.emit('connect');
  this.emit('ready');
  if (!this.isPaused()) this.read(0);
  return true;
};

socket._read = function _read() {
  if (this.connecting) {
    this.once('connect', () => this._read());
    return;
  }
  if (this._reading || !this._handle || this.destroyed) return;
  this._reading = true;
  const handle = this._handle;
  internal.read(handle, (fault, bytes) => {
    this._reading = false;
    if (this.destroyed || handle !== this._handle) return;
    this._active();
    if (fault) this.destroy(fault);
    else if (bytes === undefined) {
      this.push(null);
      this.read(0);
    } else {
      this._received += bytes.byteLength;
      this.push(Buffer.from(bytes));
    }
  });
};
socket._write = function _write(chunk, encoding, callback) {
  if (this.connecting) {
    const closed = () => callback(coded(Error, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established'));
    this.once('connect', () => {
      this.removeListener('close', closed);
      this._write(chunk, encoding, callback);
    });
    this.once('close', closed);
    return;
  }
  if (!this._handle) {
    callback(coded(Error, 'ERR_SOCKET_CLOSED', 'Socket is closed'));
    return;
  }
  this._active();
  this._sent += chunk.length;
  internal.write(this._handle, chunk, fault => {
    if (this.destroyed) return callback(fault);
    this._active();
    callback(fault);
  });
};
socket._writev = function _writev(chunks, callback) {
  this._write(chunks.length === 1 ? chunks[0].chunk : Buffer.concat(chunks.map(c => c.chunk)), 'buffer', callback);
};
socket._final = function _final(callback) {
  if (this.connecting) {
    this.once('connect', () => this._final(callback));
    return;
  }
  if (!this._handle) callback();
  else internal.end(this._handle, fault => callback(fault));
};
socket._destroy = function _destroy(err, callback) {
  this.connecting = false;
  this._stop();
  if (this._handle) internal.destroy(this._handle);
  this._hadError = Boolean(err);
  callback(err);
  // Errors come a tick later, and the end after them: when a connection was asked for in a later phase of Node's loop.
  const closed = () => this.emit('close', Boolean(err));
  if (this._handle) require('timers').setImmediate(closed);
  else nextTick(() => nextTick(closed));
};

socket._stop = function _stop() {
  if (this._stopTimer) this._stopTimer();
  this._stopTimer = null;
};
// _active begins anew the time after which the socket counts as idle.
socket._active = function _active() {
  this._stop();
  if (this.timeout > 0 && !this.destroyed) this._stopTimer = internal.after(this.timeout, () => { this._stopTimer = null; this.emit('timeout'); });
};
socket._unrefTimer = socket._active;
socket.setTimeout = function setTimeout(msecs, callback) {
  if (this.destroyed) return this;
  if (typeof msecs !== 'number') throw wrongType('msecs', 'of type number', msecs);
  if (msecs < 0 || !Number.isFinite(msecs)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "msecs" is out of range. It must be a non-negative finite number. Received ${msecs}`);
  if (callback !== undefined && typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
  this.timeout = Math.min(msecs, 2 ** 31 - 1);
  this._active();
  if (callback) {
    if (msecs === 0) this.removeListener('timeout', callback);
    else this.once('timeout', callback);
  }
  return this;
};
socket.setNoDelay = function setNoDelay() { return this; };
socket.setKeepAlive = function setKeepAlive() { return this; };
socket.ref = function ref() { return this; };
socket.unref = function unref() { return this; };
socket.address = function address() { return this._peer ? { address: this.localAddress, family: this.localFamily, port: this.localPort } : {}; };
socket.destroySoon = function destroySoon() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};
socket.resetAndDestroy = function resetAndDestroy() { return this.destroy(); };

const connect = (...args) => {
  // What an agent asks for is for a request, which has no use for a bare socket.
  if (args[0] !== null && typeof args[0] === 'object' && args[0]._agentKey !== undefined && !args[0].path) return require('http').Agent.prototype.createConnection(args[0]);
  const [options, callback] = normalized(args), s = new Socket(options);
  if (options.timeout) s.setTimeout(options.timeout);
  return s.connect(options, ...(callback ? [callback] : []));
};
const absent = name => ({ [name]: function () { throw missing(`net.${name}`); } })[name];
const defaults = shareSettings({ selectFamily: true, attemptTimeout: 250 });
Object.assign(exports, {
  _createServerHandle: absent('_createServerHandle'), _normalizeArgs: normalized, _setSimultaneousAccepts() {}, BlockList: absent('BlockList'), SocketAddress: absent('SocketAddress'),
  connect, createConnection: connect, createServer: absent('createServer'),
  isIP: v => internal.isIP(String(v)), isIPv4: v => internal.isIP(String(v)) === 4, isIPv6: v => internal.isIP(String(v)) === 6,
  Server: absent('Server'), Socket, Stream: Socket,
  getDefaultAutoSelectFamily: () => defaults.selectFamily, setDefaultAutoSelectFamily(v) { defaults.selectFamily = v; },
  getDefaultAutoSelectFamilyAttemptTimeout: () => defaults.attemptTimeout, setDefaultAutoSelectFamilyAttemptTimeout(v) { defaults.attemptTimeout = v; },
});
