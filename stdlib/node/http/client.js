// ClientRequest is a request: it gets its connection from an agent and hands it header and body.
const isURL = v => Boolean(v && v.href && v.protocol && v.auth === undefined && v.path === undefined);

function optionsOf(address) {
  const options = Object.assign(Object.create(null), {
    protocol: address.protocol,
    hostname: typeof address.hostname === 'string' && address.hostname.startsWith('[') ? address.hostname.slice(1, -1) : address.hostname,
    hash: address.hash, search: address.search, pathname: address.pathname, path: `${address.pathname || ''}${address.search || ''}`, href: address.href,
  });
  if (address.port !== '') options.port = Number(address.port);
  if (address.username || address.password) options.auth = `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  return options;
}
function hostOf(value, name) {
  if (value !== null && value !== undefined && typeof value !== 'string') throw argumentError(`options.${name}`, 'of type string or one of undefined or null', value);
  return value;
}
const bodiless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function ClientRequest(input, options, callback) {
  OutgoingMessage.call(this);
  if (typeof input === 'string') input = optionsOf(new (internal.global('URL'))(input));
  else if (isURL(input)) input = optionsOf(input);
  else {
    callback = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    callback = options;
    options = input || {};
  } else options = Object.assign(input || {}, options);

  const standard = options._defaultAgent || globalAgentOf();
  let { agent } = options;
  if (agent === false) agent = new standard.constructor();
  else if (agent === null || agent === undefined) agent = typeof options.createConnection === 'function' ? undefined : standard;
  else if (typeof agent.addRequest !== 'function') throw argumentError('options.agent', 'one of Agent-like Object, undefined, or false', agent);
  this.agent = agent;
  const protocol = options.protocol || standard.protocol;
  const expected = (agent && agent.protocol) || standard.protocol;
  if (options.path) {
    const path = String(options.path);
    if (badPath.test(path)) throw coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  }
  if (protocol !== expected) throw coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${expected}"`);
  const defaultPort = options.defaultPort || (agent && agent.defaultPort);
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = hostOf(options.hostname, 'hostname') || hostOf(options.host, 'host') || 'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : true;
  if (options.socketPath !== undefined) this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = milliseconds(options.timeout, 'timeout');
  const { signal, method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') throw argumentError('options.method', 'of type string', method);
  if (method && !tokenForm.test(method)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
  this.method = method ? method.toUpperCase() : 'GET';
  for (const name of ['maxHeaderSize', 'insecureHTTPParser', 'joinDuplicateHeaders']) if (options[name] !== undefined) this[name] = options[name];
  this.path = options.path || '/';
  if (callback) this.once('response', callback);
  if (bodiless.has(this.method)) this.useChunkedEncodingByDefault = false;
  this.host = host;
  this.protocol = protocol;
  if (agent) {
    this.shouldKeepAlive = Boolean(agent.keepAlive) || Number.isFinite(agent.maxSockets);
    this._last = !this.shouldKeepAlive;
  } else {
    this._last = true;
    this.shouldKeepAlive = false;
  }
  if (Array.isArray(options.headers)) this._storeHeader(firstLine(this), options.headers);
  else {
    if (options.headers) for (const name of Object.keys(options.headers)) this.setHeader(name, options.headers[name]);
    if (host && !this.getHeader('host') && setHost) {
      let text = host;
      const colon = text.indexOf(':');
      if (colon !== -1 && text.includes(':', colon + 1) && text[0] !== '[') text = `[${text}]`;
      if (port && +port !== defaultPort) text += `:${port}`;
      this.setHeader('Host', text);
    }
    if (options.auth && !this.getHeader('Authorization')) this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    if (this.getHeader('expect')) this._implicitHeader();
  }
  if (signal) this._obey(signal);
  if (signal) {
    options = Object.assign({}, options);
    delete options.signal;
  }
  if (agent) agent.addRequest(this, options);
  else {
    if (options.path) {
      if (options.socketPath) options.path = options.socketPath;
      else delete options.path;
    }
    let called = false;
    const made = (err, socket) => {
      if (called) return;
      called = true;
      if (err) nextTick(() => this.emit('error', err));
      else this.onSocket(socket);
    };
    try {
      const socket = options.createConnection(options, made);
      if (socket) made(null, socket);
    } catch (err) {
      made(err);
    }
  }
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

const firstLine = req => `${req.method} ${req.path} HTTP/1.1\r\n`;
const request = ClientRequest.prototype;
defaults(request, {
  _ended: false, res: null, aborted: false, timeoutCb: null, upgradeOrConnect: false, parser: null, maxHeadersCount: null, reusedSocket: false, socketPath: undefined, timeout: undefined,
  maxHeaderSize: undefined, insecureHTTPParser: undefined, joinDuplicateHeaders: undefined,
  _started: false, _streamed: false, _writing: false, _agentOptions: null, _timed: false, _lastWritten: false, _detach: null,
});
request._implicitHeader = function _implicitHeader() {
  if (this._header) throw sent('render');
  this._storeHeader(firstLine(this), this._names);
};
request._obey = function _obey(signal) {
  if (typeof signal !== 'object' || !('aborted' in signal)) throw argumentError('options.signal', 'an instance of AbortSignal', signal);
  const abort = () => this.destroy(abortError(signal));
  if (signal.aborted) abort();
  else {
    signal.addEventListener('abort', abort, { once: true });
    this.once('close', () => signal.removeEventListener('abort', abort));
  }
};
request.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  nextTick(() => this.emit('abort'));
  this.destroy();
};
request.destroy = function destroy(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  if (this.res) this.res._dump();
  this._errored = err;
  if (this.socket) this.socket.destroy(err);
  return this;
};

request.onSocket = function onSocket(socket, err) {
  nextTick(() => {
    if (this.destroyed || err) {
      if (socket) {
        if (!this.agent) socket.destroy(this._errored || err);
        else {
          socket.on('error', () => {});
          socket.emit('free');
          socket.destroy();
        }
      }
      let cause = this._errored || err;
      if (!this.aborted && !cause) cause = hungUp('socket hang up');
      this.destroyed = true;
      if (cause) this.emit('error', cause);
      this._closed = true;
      this.emit('close');
      return;
    }
    attach(this, socket);
  });
};

function attach(req, socket) {
  if (!(socket instanceof Connection) && !(socket instanceof net.Socket)) {
    req.destroyed = true;
    req.emit('error', missing('http: a request over a stream that is not a socket of net'));
    req._closed = true;
    req.emit('close');
    return;
  }
  req.socket = socket;
  hidden(socket, '_httpMessage', req);
  hidden(socket, '_hadError', false);
  socket._free = false;
  const failed = err => {
    socket._hadError = true;
    socket._error = err;
    req._errored = err;
    if (!req._closed) req.emit('error', err);
  };
  const gone = () => closed(req, socket);
  socket.on('error', failed);
  socket.on('close', gone);
  req._detach = () => {
    socket.removeListener('error', failed);
    socket.removeListener('close', gone);
    if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
    socket._httpMessage = null;
    freed(socket);
  };
  if (req.timeout !== undefined || req._timed) listenTimeout(req);
  req.emit('socket', socket);
  req._send();
}

// closed is what the end of a connection means for the request that uses it.
function closed(req, socket) {
  if (req._closed) return;
  req.destroyed = true;
  const { res } = req;
  if (res) {
    if (!res.complete) {
      const refused = socket._error && /^EEGRESS/.test(socket._error.code) ? socket._error : hungUp('aborted');
      res.destroy(refused);
    }
    req._closed = true;
    req.emit('close');
    if (!res.aborted && res.readable && !res.complete) res.push(null);
    return;
  }
  if (!socket._hadError) {
    socket._hadError = true;
    req._errored = hungUp('socket hang up');
    req.emit('error', req._errored);
  }
  req._closed = true;
  req.emit('close');
}

// _send begins the exchange when there are a connection and a header, and feeds it.
request._send = function _send() {
  if (!this._header || !this.socket || this.destroyed) return;
  if (this._started) {
    this._feed();
    return;
  }
  this._started = this._headerSent = true;
  this._streamed = !this.finished;
  const spec = { method: this.method, path: this.path, lines: this._lines, wide: this._wide === true, chunked: this.chunkedEncoding, streamed: this._streamed, trailers: this._trailers, data: undefined };
  let callbacks = [];
  if (!this._streamed) {
    spec.data = this.outputData.length === 1 ? this.outputData[0].data : Buffer.concat(this.outputData.map(o => o.data));
    callbacks = this._taken();
  }
  const { socket } = this, informed = this.listenerCount('information') + this.listenerCount('continue') > 0 || this.hasHeader('expect');
  if (!this._streamed && (this.listenerCount('finish') > 0 || callbacks.length > 0)) socket.once('connect', () => this._written(callbacks));
  counted(socket, 0, this._header.length + (spec.data ? spec.data.length : 0));
  const start = socket instanceof Connection ? (s, f) => socket._start(s, f) : (s, f) => carry(socket, s, f);
  start(spec, head => {
    if (!this._streamed) this._written(callbacks);
    this._answered(head);
  });
  // A socket that is not open yet has no exchange to feed.
  const go = () => {
    if (this.destroyed) return;
    if (informed) this._inform();
    this._feed();
  };
  if (socket._exchange) go();
  else socket.once(socket.encrypted ? 'secureConnect' : 'connect', go);
};
request._taken = function _taken() {
  const callbacks = this.outputData.filter(o => o.callback).map(o => o.callback);
  this.outputData = [];
  this.outputSize = 0;
  return callbacks;
};
request._written = function _written(callbacks) {
  if (this._finishedWriting) return;
  this._finishedWriting = true;
  for (const f of callbacks.splice(0)) f();
  this.emit('finish');
  if (this._ended) settled(this);
};
request._feed = function _feed() {
  if (!this._streamed || !this.socket._exchange || this._writing || this._lastWritten || this.destroyed) return;
  if (this.outputData.length === 0 && !this.finished) return;
  const last = this.finished, data = this.outputData.length === 1 ? this.outputData[0].data : Buffer.concat(this.outputData.map(o => o.data));
  const { outputSize } = this, callbacks = this._taken();
  this.outputSize = outputSize;
  this._writing = true;
  this._lastWritten = last;
  counted(this.socket, 0, data.length);
  internal.write(this.socket._exchange, data, last, () => {
    this._writing = false;
    this.outputSize -= data.length;
    if (this.destroyed && !this.res) return;
    if (this.socket) this.socket._active();
    if (last) {
      this._written(callbacks);
      return;
    }
    for (const f of callbacks) f();
    this._feed();
    if (this._needDrain && this.outputSize < this._mark) {
      this._needDrain = false;
      this.emit('drain');
    }
  }, this._trailers);
};
request._inform = function _inform() {
  const tell = head => {
    if (!head || this.destroyed) return false;
    const message = { statusCode: head.status, statusMessage: STATUS_CODES[head.status] || '', httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, headers: joined(head.lines), rawHeaders: head.lines };
    if (head.status === 100) this.emit('continue');
    this.emit('information', message);
    return true;
  };
  const next = () => {
    while (tell(internal.informed(this.socket._exchange, head => { if (tell(head)) next(); }))) ;
  };
  next();
};

// _answered makes the response of its head.
request._answered = function _answered(head) {
  if (this.destroyed) return;
  const { socket } = this, res = new IncomingMessage(socket);
  res.httpVersionMajor = head.major;
  res.httpVersionMinor = head.minor;
  res.httpVersion = `${head.major}.${head.minor}`;
  res.rawHeaders = head.lines;
  res.joinDuplicateHeaders = this.joinDuplicateHeaders;
  res.statusCode = head.status;
  res.statusMessage = head.message;
  res.upgrade = false;
  this.res = res;
  res.req = this;
  if (this.agent && this.agent.keepAlive && head.peer && head.peer.reused) this.reusedSocket = true;
  if (head.closes) this.shouldKeepAlive = false;
  if (this.method === 'CONNECT' || head.status === 101) {
    this._switched(res);
    return;
  }
  if (head.empty) res.complete = true;
  res.on('end', () => ended(this));
  if (this.aborted || !this.emit('response', res)) res._dump();
  if (head.empty) res.push(null);
};
// _switched hands the connection over: what follows is not HTTP.
request._switched = function _switched(res) {
  const { socket } = this, event = this.method === 'CONNECT' ? 'connect' : 'upgrade';
  res.upgrade = true;
  this.upgradeOrConnect = true;
  if (socket instanceof Connection || this.listenerCount(event) === 0) {
    socket.destroy();
    return;
  }
  if (this.timeoutCb) socket.setTimeout(0);
  this._detach();
  socket.emit('agentRemove');
  res.complete = true;
  this.emit(event, res, socket, Buffer.alloc(0));
  this.destroyed = true;
  this._closed = true;
  this.emit('close');
};
function ended(req) {
  const { socket } = req;
  req._ended = true;
  if (socket.timeout > 0) socket.setTimeout(0);
  if (!req.shouldKeepAlive) socket.destroySoon();
  else if (req._finishedWriting) settled(req);
}
// settled gives back a connection that both sides are done with.
function settled(req) {
  if (req._closed || !req.shouldKeepAlive) return;
  req.destroyed = true;
  nextTick(() => {
    if (req._closed) return;
    req._closed = true;
    req.emit('close');
    req._detach();
    req.socket.emit('free');
  });
}

function listenTimeout(req) {
  if (req.timeoutCb) return;
  req.timeoutCb = () => { if (!req._ended) req.emit('timeout'); };
  req.socket.on('timeout', req.timeoutCb);
}
request.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  this._timed = true; // attach listens, before others hear of the socket
  if (this.socket) listenTimeout(this);
  msecs = milliseconds(msecs, 'msecs');
  if (callback) this.once('timeout', callback);
  const begin = socket => {
    if (socket.connecting) socket.once('connect', () => socket.setTimeout(msecs));
    else socket.setTimeout(msecs);
  };
  if (this.socket) begin(this.socket);
  else this.once('socket', begin);
  return this;
};
request._deferToConnect = function _deferToConnect(method, args) {
  const call = () => { if (method) this.socket[method](...args); };
  if (this.socket) call();
  else this.once('socket', call);
};
request.setNoDelay = function setNoDelay(on) { this._deferToConnect('setNoDelay', [on]); };
request.setSocketKeepAlive = function setSocketKeepAlive(on, delay) { this._deferToConnect('setKeepAlive', [on, delay]); };
request.clearTimeout = function clearTimeout(callback) { this.setTimeout(0, callback); };
request._finish = function _finish() {};
