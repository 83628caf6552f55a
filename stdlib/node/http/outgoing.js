// OutgoingMessage is a request's header and body until an exchange takes them.
const highWaterMark = 16384;

function OutgoingMessage(options) {
  Stream.call(this);
  this.outputData = [];
  this._trailers = [];
  if (options && options.highWaterMark) this._mark = options.highWaterMark;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const out = OutgoingMessage.prototype;
// An object gets a property of its own when it differs: most never do.
defaults(out, {
  outputSize: 0, writable: true, destroyed: false, _last: false, chunkedEncoding: false, shouldKeepAlive: true, maxRequestsOnConnectionReached: false, _defaultKeepAlive: true,
  useChunkedEncodingByDefault: true, sendDate: false, _removedConnection: false, _removedContLen: false, _removedTE: false, strictContentLength: false, _contentLength: null,
  _hasBody: true, _trailer: '', finished: false, _headerSent: false, _closed: false, socket: null, _header: null, _keepAliveTimeout: 0,
  _names: null, // lower case -> [name, value]
  _lines: null, // what is sent: name, value, …
  _wide: null, // whether the header is sent in UTF-8, once that is settled
  _needDrain: false, _finishedWriting: false, _errored: null, _corked: 0, _mark: highWaterMark,
});
property(out, 'errored', function () { return this._errored; });
property(out, 'closed', function () { return this._closed; });
property(out, 'writableFinished', function () { return this._finishedWriting; });
property(out, 'writableObjectMode', () => false);
property(out, 'writableLength', function () { return this.outputSize; });
property(out, 'writableHighWaterMark', function () { return this._mark; });
property(out, 'writableCorked', function () { return this._corked; });
property(out, 'writableEnded', function () { return this.finished; });
property(out, 'writableNeedDrain', function () { return !this.destroyed && !this.finished && this._needDrain; });
property(out, 'headersSent', function () { return !!this._header; });
property(out, 'connection', function () { return this.socket; }, function (v) { this.socket = v; });
property(out, '_headers', function () { return this.getHeaders(); }, function (v) {
  this._names = null;
  if (v) for (const name of Object.keys(v)) (this._names = this._names || Object.create(null))[name.toLowerCase()] = [name, v[name]];
});
property(out, '_headerNames', function () {
  if (!this._names) return null;
  const names = Object.create(null);
  for (const key of Object.keys(this._names)) names[key] = this._names[key][0];
  return names;
}, function () {});

out._renderHeaders = function _renderHeaders() {
  if (this._header) throw sent('render');
  const all = {};
  for (const key of Object.keys(this._names || {})) all[this._names[key][0]] = this._names[key][1];
  return all;
};
out.cork = function cork() { this._corked++; };
out.uncork = function uncork() { if (this._corked > 0) this._corked--; };
out.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (this.socket) this.socket.setTimeout(msecs);
  else this.once('socket', socket => socket.setTimeout(msecs));
  return this;
};
out.destroy = function destroy(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this._errored = err;
  if (this.socket) this.socket.destroy(err);
  else this.once('socket', socket => socket.destroy(err));
  return this;
};

const sent = what => coded(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);

out.setHeader = function setHeader(name, value) {
  if (this._header) throw sent('set');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  if (!this._names) this._names = Object.create(null);
  this._names[name.toLowerCase()] = [name, value];
  return this;
};
out.setHeaders = function setHeaders(headers) {
  if (this._header) throw sent('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') throw argumentError('headers', 'an instance of Headers or Map', headers);
  const cookies = [];
  for (const [name, value] of headers) {
    if (name === 'set-cookie') cookies.push(...[].concat(value));
    else this.setHeader(name, value);
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};
out.appendHeader = function appendHeader(name, value) {
  if (this._header) throw sent('append');
  validateHeaderName(name);
  validateHeaderValue(name, value);
  const entry = this._names && this._names[name.toLowerCase()];
  if (!entry) return this.setHeader(name, value);
  entry[1] = [].concat(entry[1], value);
  return this;
};
const nameOf = name => {
  if (typeof name !== 'string') throw argumentError('name', 'of type string', name);
  return name.toLowerCase();
};
out.getHeader = function getHeader(name) {
  const key = nameOf(name), entry = this._names ? this._names[key] : undefined;
  return entry && entry[1];
};
out.getHeaderNames = function getHeaderNames() { return Object.keys(this._names || {}); };
out.getRawHeaderNames = function getRawHeaderNames() { return Object.keys(this._names || {}).map(key => this._names[key][0]); };
out.getHeaders = function getHeaders() {
  const all = Object.create(null);
  for (const key of Object.keys(this._names || {})) all[key] = this._names[key][1];
  return all;
};
out.hasHeader = function hasHeader(name) {
  const key = nameOf(name);
  return !!(this._names && this._names[key]);
};
out.removeHeader = function removeHeader(name) {
  const key = nameOf(name);
  if (this._header) throw sent('remove');
  if (key === 'connection') this._removedConnection = true;
  else if (key === 'content-length') this._removedContLen = true;
  else if (key === 'transfer-encoding') this._removedTE = true;
  if (this._names) delete this._names[key];
};

out._implicitHeader = function _implicitHeader() { throw coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented'); };

// _storeHeader settles the header: what the caller set, and what its absence means.
out._storeHeader = function _storeHeader(firstLine, headers) {
  const lines = [], has = Object.create(null);
  const line = (name, value, check) => {
    if (check) validateHeaderName(name);
    const key = name.toLowerCase();
    const one = v => {
      if (check) validateHeaderValue(name, v);
      lines.push(name, String(v));
    };
    if (Array.isArray(value)) {
      if (key === 'cookie' && value.length > 1) one(value.join('; '));
      else for (const v of value) one(v);
    } else one(value);
    has[key] = String(value);
  };
  if (Array.isArray(headers)) {
    if (headers.length > 0 && Array.isArray(headers[0])) for (const entry of headers) line(entry[0], entry[1], true);
    else {
      if (headers.length % 2 !== 0) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid. Received ${internal.describe(headers)}`);
      for (let i = 0; i < headers.length; i += 2) line(headers[i], headers[i + 1], true);
    }
  } else if (headers) for (const key of Object.keys(headers)) line(headers[key][0], headers[key][1], false);

  if (has.connection !== undefined) {
    if (/(?:^|\W)close(?:$|\W)/i.test(has.connection)) this._last = true;
    else this.shouldKeepAlive = true;
  } else if (!this._removedConnection) {
    if (this.shouldKeepAlive && (has['content-length'] !== undefined || this.useChunkedEncodingByDefault || this.agent)) lines.push('Connection', 'keep-alive');
    else {
      this._last = true;
      lines.push('Connection', 'close');
    }
  }
  if (has['transfer-encoding'] !== undefined) this.chunkedEncoding = /(?:^|\W)chunked(?:$|\W)/i.test(has['transfer-encoding']);
  else if (has['content-length'] === undefined) {
    if (!this._hasBody) this.chunkedEncoding = false;
    else if (!this.useChunkedEncodingByDefault) this._last = true;
    else if (has.trailer === undefined && !this._removedContLen && typeof this._contentLength === 'number') lines.push('Content-Length', String(this._contentLength));
    else if (!this._removedTE) {
      lines.push('Transfer-Encoding', 'chunked');
      this.chunkedEncoding = true;
    }
  }
  if (!this.chunkedEncoding && has.trailer !== undefined) throw coded(Error, 'ERR_HTTP_TRAILER_INVALID', 'Trailers are invalid with this transfer encoding');
  this._lines = lines;
  let text = firstLine;
  for (let i = 0; i < lines.length; i += 2) text += `${lines[i]}: ${lines[i + 1]}\r\n`;
  this._header = `${text}\r\n`;
  this._headerSent = false;
  if (has.expect !== undefined) this.flushHeaders();
};

// failed reports an error of a write, later.
function failed(message, err, callback) {
  nextTick(() => {
    if (typeof callback === 'function') callback(err);
    if (!message.destroyed || message.listenerCount('error') > 0) message.emit('error', err);
  });
}

function add(message, chunk, encoding, callback, ending) {
  if (chunk === null) throw coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  let data;
  if (typeof chunk === 'string') data = Buffer.from(chunk, encoding && encoding !== 'buffer' ? encoding : undefined);
  else if (chunk instanceof Uint8Array) data = chunk;
  else throw argumentError('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
  const done = typeof callback === 'function' ? callback : undefined;
  if (message.finished) {
    failed(message, coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), done);
    return false;
  }
  if (message.destroyed) {
    const err = coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
    if (done) nextTick(() => done(err));
    return false;
  }
  if (!message._header) {
    if (ending) message._contentLength = data.length;
    message._implicitHeader();
  }
  // Node sends a text together with the header, in its encoding.
  if (message._wide === null) message._wide = typeof chunk === 'string' && (!encoding || encoding === 'utf8') && !message.chunkedEncoding;
  message.outputData.push({ data, callback: done });
  message.outputSize += data.length;
  if (!ending) message._send();
  return message.outputSize < message._mark;
}

out.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const more = add(this, chunk, encoding, callback, false);
  if (!more) this._needDrain = true;
  return more;
};
out.addTrailers = function addTrailers(headers) {
  const entries = Array.isArray(headers) ? headers : Object.keys(headers).map(name => [name, headers[name]]);
  for (const [name, value] of entries) {
    validateHeaderName(name, 'Trailer name');
    for (const v of [].concat(value)) {
      if (badHeaderText.test(v)) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in trailer content ["${name}"]`);
      this._trailers.push(name, String(v));
    }
  }
  if (this._header && !/^trailer:/im.test(this._header)) throw missing('http: addTrailers without a Trailer header');
};
out.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      failed(this, coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end'), callback);
      return this;
    }
    add(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this._finishedWriting) this.on('finish', callback);
      else callback(coded(Error, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished'));
    }
    return this;
  } else if (!this._header) {
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') this.once('finish', callback);
  this._corked = 0;
  this.finished = true;
  this._send();
  return this;
};
out.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  if (this._wide === null) this._wide = true;
  this._send();
};
out.pipe = function pipe() {
  this.emit('error', coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
};
out._send = function _send() {};
out[EventEmitter.captureRejectionSymbol] = function (err) { this.destroy(err); };
