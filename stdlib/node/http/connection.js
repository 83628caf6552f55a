// Connection is what a request has as its socket. The connection itself belongs to the tenant's
// pool: this object knows where it leads, tells of it, and ends the exchange that uses it.
class Connection extends Stream {
  constructor(options) {
    super();
    this._options = options;
    this._host = options.servername === undefined ? options.host : options.servername;
    if (options._tls) {
      this.encrypted = true;
      this.authorized = false;
      this.authorizationError = null;
      this.alpnProtocol = false;
      this.servername = options._tls.servername || options.host;
    }
    // Who waits for the connection is told when it is there, else with the response.
    const watch = name => {
      if (name === 'timeout' && this.timeout > 0 && !this._stopTimer) nextTick(() => this._active());
      if (!this.connecting || !/^(connect|secureConnect|ready|lookup)$/.test(name)) return;
      this._asked = true;
      if (this._exchange) this._watch();
      else setImmediate(() => this._presume());
    };
    this.on('newListener', watch);
    if (options.timeout) this.setTimeout(options.timeout);
  }
  get _connecting() { return this.connecting; }
  get pending() { return this.connecting; }
  get readyState() { return this.connecting ? 'opening' : this.destroyed ? 'closed' : 'open'; }
  get closed() { return this._closed; }
  get errored() { return this._error || null; }
  get remoteAddress() { return this._peer ? this._peer.remoteAddress : undefined; }
  get remotePort() { return this._peer ? this._peer.remotePort : undefined; }
  get remoteFamily() { return this._peer ? this._peer.remoteFamily : undefined; }
  get localAddress() { return this._peer ? this._peer.localAddress : undefined; }
  get localPort() { return this._peer ? this._peer.localPort : undefined; }
  get localFamily() { return this._peer ? this._peer.localFamily : undefined; }

  _start(spec, done) {
    const { _options: options } = this, { lookup } = options, host = String(options.host).replace(/^\[(.*)\]$/, '$1');
    this._starting = true;
    if (typeof lookup !== 'function' || net.isIP(host) || lookup === require('dns').lookup) {
      this._begin(spec, host, done);
      return;
    }
    lookup(host, { family: options.family, hints: options.hints || 0, all: net.getDefaultAutoSelectFamily() && !options.family && options.autoSelectFamily !== false }, (err, address, family) => {
      if (this.destroyed) return;
      this._looked = true;
      this.emit('lookup', err, address, family, host);
      if (err) this.destroy(err);
      else this._begin(spec, Array.isArray(address) ? address[0].address : address, done);
    });
  }
  // _begin asks for a connection to a host, or to the address that a caller's lookup found.
  _begin(spec, host, done) {
    const { _options: options } = this;
    spec.scheme = options._tls ? 'https' : 'http';
    spec.host = host;
    spec.port = Number(options.port);
    spec.tls = options._tls && this._looked ? Object.assign({}, options._tls, { servername: options._tls.servername || options.host }) : options._tls;
    this._exchange = internal.start(spec, (fault, head, peer) => {
      if (this.destroyed) return;
      this._connected(head ? head.peer : peer, head);
      this._active();
      if (fault) broken(this, fault);
      else done(head);
    });
    if (this._asked) this._watch();
    this._active();
  }
  _watch() {
    this._asked = false;
    internal.connected(this._exchange, peer => { if (!this.destroyed) this._connected(peer); });
  }
  // _presume tells of a connection when who writes the request waits for it, and so it cannot begin:
  // what keeps it from being made is told as an error then.
  _presume() {
    if (!this.connecting || this._starting || this.destroyed) return;
    this._told();
  }
  _connected(peer, head) {
    if (head && head.protocol) this._state = head;
    if (!peer) return;
    this._peer = peer;
    if (!this.connecting) return;
    const literal = /^[\d.]+$|:/.test(this._options.host);
    if (!literal && !this._looked) this.emit('lookup', null, peer.remoteAddress, peer.remoteFamily === 'IPv6' ? 6 : 4, this._options.host);
    this._told();
  }
  _told() {
    this.connecting = false;
    this.emit('connect');
    this.emit('ready');
    if (this.encrypted) {
      this.authorized = !this._options._tls.insecure;
      this.emit('secureConnect');
    }
  }
  // _active begins the time anew after which the connection counts as idle.
  _active() {
    if (this._stopTimer) { this._stopTimer(); this._stopTimer = null; }
    // Nobody sees a timer that nobody listens to.
    if (this.timeout > 0 && !this.destroyed && !this._free && this.listenerCount('timeout') > 0) {
      this._stopTimer = internal.after(this.timeout, () => { this._stopTimer = null; this.emit('timeout'); });
    }
  }
  setTimeout(msecs, callback) {
    if (this.destroyed) return this;
    msecs = milliseconds(msecs, 'msecs');
    this.timeout = msecs;
    this._active();
    if (typeof callback === 'function') {
      if (msecs === 0) this.removeListener('timeout', callback);
      else this.once('timeout', callback);
      this._active();
    } else if (callback !== undefined) throw argumentError('callback', 'of type function', callback);
    return this;
  }
  setNoDelay() { return this; }
  setKeepAlive() { return this; }
  ref() { return this; }
  unref() { return this; }
  cork() {}
  uncork() {}
  pause() { return this; }
  resume() { return this; }
  address() { return this._peer ? { address: this.localAddress, family: this.localFamily, port: this.localPort } : {}; }
  end() { this.destroySoon(); return this; }
  write() { throw missing('http: socket.write'); }
  destroySoon() { this.destroy(); }
  destroy(err) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.connecting = this.readable = this.writable = false;
    this._error = err;
    if (this._stopTimer) { this._stopTimer(); this._stopTimer = null; }
    if (this._exchange) internal.destroy(this._exchange);
    if (err) nextTick(() => this.emit('error', err));
    setImmediate(() => { // Node closes in a later phase of its loop
      this._closed = true;
      this.emit('close', !!err);
    });
    return this;
  }
  getProtocol() { return this._state ? this._state.protocol : null; }
  getCipher() { return this._state ? { name: this._state.cipher, standardName: this._state.cipher, version: this._state.protocol } : {}; }
  getPeerCertificate(detailed) { return this._state ? partsOf(require('tls').SecureContext).certificateOf(this._state.certificates(), detailed) : {}; }
  getSession() { return undefined; }
  isSessionReused() { return false; }
}

defaults(Connection.prototype, {
  connecting: true, destroyed: false, readable: true, writable: true, readableHighWaterMark: 16384, writableHighWaterMark: 16384, bytesRead: 0, bytesWritten: 0, timeout: 0, allowHalfOpen: false,
  _exchange: null, _stopTimer: null, _peer: null, _closed: false, _hadError: false, _httpMessage: null, _asked: false, _state: null, _starting: false, _looked: false,
});

// broken ends a socket whose exchange failed. That a peer closed is no error of the socket.
function broken(socket, fault) {
  if (fault.code === 'ECONNRESET' && fault.message === 'socket hang up') socket.destroy();
  else socket.destroy(fault);
}
// counted notes bytes of an exchange; a real socket counts those that JavaScript moved.
function counted(socket, received, sent) {
  if (socket instanceof Connection) {
    socket.bytesRead += received;
    socket.bytesWritten += sent;
  } else {
    socket._received += received;
    socket._sent += sent;
  }
}

// carry sends a request over a socket that an agent made itself: one of net or tls.
function carry(socket, spec, done) {
  const begin = () => {
    if (socket.destroyed) return;
    if (socket.secureConnecting || socket.connecting) {
      socket.once(socket.encrypted ? 'secureConnect' : 'connect', begin);
      return;
    }
    Object.assign(spec, { scheme: socket.encrypted ? 'https' : 'http', host: socket._host || socket.remoteAddress || 'localhost', port: socket.remotePort || 0, socket: socket._handle, tls: undefined });
    socket._reading = true; // until it is freed, the exchange reads
    hidden(socket, '_exchange', internal.start(spec, (fault, head) => {
      if (socket.destroyed) return;
      socket._active();
      if (fault) broken(socket, fault);
      else done(head);
    }));
    socket._active();
  };
  begin();
}
// freed lets a socket of its own read again.
function freed(socket) {
  if (socket instanceof Connection) return;
  socket._exchange = null;
  socket._reading = false;
  if (!socket.destroyed) socket._read(); // the stream waits for the answer to its last one
}
