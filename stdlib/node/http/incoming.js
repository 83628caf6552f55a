// IncomingMessage is a response: a stream that reads from its exchange when it is read.

// Of these only the first line counts.
const singular = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host', 'if-modified-since',
  'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization', 'referer', 'retry-after', 'server', 'user-agent']);

function joined(lines, joinAll) {
  const out = {};
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const name = lines[i].toLowerCase(), value = lines[i + 1];
    if (name === 'set-cookie') {
      if (out[name] === undefined) out[name] = [value];
      else out[name].push(value);
    } else if (!Object.prototype.hasOwnProperty.call(out, name)) out[name] = value;
    else if (name === 'cookie') out[name] += `; ${value}`;
    else if (joinAll || !singular.has(name)) out[name] += `, ${value}`;
  }
  return out;
}
function distinct(lines) {
  const out = Object.create(null);
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const name = lines[i].toLowerCase();
    if (out[name] === undefined) out[name] = [];
    out[name].push(lines[i + 1]);
  }
  return out;
}

function IncomingMessage(socket) {
  Stream.Readable.call(this, { autoDestroy: true, highWaterMark: socket && socket.readableHighWaterMark });
  this.rawHeaders = [];
  this.client = socket;
  this.socket = socket;
}
Object.setPrototypeOf(IncomingMessage.prototype, Stream.Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Stream.Readable);

defaults(IncomingMessage.prototype, {
  httpVersionMajor: null, httpVersionMinor: null, httpVersion: null, complete: false, rawTrailers: [], joinDuplicateHeaders: false, aborted: false, upgrade: null, url: '', method: null,
  statusCode: null, statusMessage: null, _headers: null, _distinct: null, _reading: false, _dumped: false,
});
const property = (prototype, name, get, set) => Object.defineProperty(prototype, name, { get, set, configurable: true, enumerable: false });
property(IncomingMessage.prototype, 'connection', function () { return this.socket; }, function (v) { this.socket = v; });
property(IncomingMessage.prototype, 'headers', function () {
  if (!this._headers) this._headers = joined(this.rawHeaders, this.joinDuplicateHeaders);
  return this._headers;
}, function (v) { this._headers = v; });
property(IncomingMessage.prototype, 'headersDistinct', function () {
  if (!this._distinct) this._distinct = distinct(this.rawHeaders);
  return this._distinct;
}, function (v) { this._distinct = v; });
property(IncomingMessage.prototype, 'trailers', function () { return joined(this.rawTrailers, this.joinDuplicateHeaders); });
property(IncomingMessage.prototype, 'trailersDistinct', function () { return distinct(this.rawTrailers); });

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read() {
  const exchange = this.socket && this.socket._exchange;
  if (this._reading || this.complete || this.destroyed || !exchange) return;
  this._reading = true;
  internal.read(exchange, (fault, bytes, last, trailers) => {
    this._reading = false;
    if (this.destroyed && !this._dumped) return;
    this.socket._active();
    if (bytes.byteLength > 0) {
      counted(this.socket, bytes.byteLength, 0);
      if (!this._dumped) this.push(Buffer.from(bytes));
    }
    if (fault) {
      broken(this.socket, fault);
      return;
    }
    if (!last) {
      // push asked for more already where there is room.
      if (this._dumped) this._read();
      return;
    }
    if (trailers.length > 0) this.rawTrailers = trailers;
    this.complete = true;
    this.push(null);
  });
};

IncomingMessage.prototype._destroy = function _destroy(err, callback) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  if (this.socket && !this.socket.destroyed && this.aborted) this.socket.destroy(err);
  nextTick(() => callback(this.listenerCount('error') > 0 ? err : null));
};

// _dump reads the rest for nobody.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  this.resume();
};
