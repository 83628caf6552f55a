// TLSSocket is a socket of net whose connection internal encrypts.
const net = require('net');
const { Buffer } = require('buffer');
const { nextTick } = require('process');

const coded = (Base, code, message) => Object.assign(new Base(message), { code });
const missing = member => coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${member} is not provided by Ferrule`);
const absent = name => ({ [name]: function () { throw missing(`tls.${name}`); } })[name];
const hidden = (o, name, value) => Object.defineProperty(o, name, { value, writable: true, configurable: true, enumerable: false });

// What egress cannot do for a connection is an error, not ignored.
const unknown = ['pfx', 'crl', 'dhparam', 'ticketKeys', 'ALPNCallback', 'pskCallback', 'privateKeyEngine', 'clientCertEngine'];
const protocols = { TLSv1: 'TLSv1', TLSv1_1: 'TLSv1.1', TLSv1_2: 'TLSv1.2' };
const pem = v => (v === undefined || v === null || v === false ? undefined : Array.isArray(v) ? v.map(pem).join('\n') : typeof v === 'string' ? v : v.pem !== undefined ? pem(v.pem) : Buffer.from(v.buffer, v.byteOffset, v.byteLength).toString('latin1'));

function keyOf(key, passphrase) {
  if (Array.isArray(key)) {
    if (key.length > 1) throw missing('tls: several keys');
    [key] = key;
  }
  if (key && typeof key === 'object' && key.pem !== undefined) ({ passphrase = passphrase, pem: key } = key);
  if (!passphrase || !key) return pem(key);
  return require('crypto').createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' });
}

// optionsOf is what a caller's options say of TLS.
function optionsOf(options) {
  const context = options.secureContext && options.secureContext._options;
  if (context) options = Object.assign({}, context, options);
  for (const name of unknown) if (options[name] !== undefined && options[name] !== null) throw missing(`tls: option ${name}`);
  const fixed = protocols[String(options.secureProtocol || '').replace(/(_client)?_method$/, '')];
  const insecure = options.rejectUnauthorized === undefined ? require('process').env.NODE_TLS_REJECT_UNAUTHORIZED === '0' : options.rejectUnauthorized === false;
  const { ALPNProtocols: alpn } = options;
  return {
    ca: pem(options.ca), cert: pem(options.cert), key: keyOf(options.key, options.passphrase), servername: options.servername || undefined, insecure,
    minVersion: options.minVersion || fixed, maxVersion: options.maxVersion || fixed,
    protocols: Array.isArray(alpn) ? alpn.map(String) : [],
  };
}

const notSocket = () => missing('tls: a connection over a stream that is not a socket of net');
// JSStreamSocket is what Node puts between such a stream and TLS.
function JSStreamSocket() { throw notSocket(); }
// refusing makes a socket over such a stream, which fails when it is used: http2-wrapper makes one
// when it is loaded, only to learn the class of its _parentWrap.
function refusing(socket) {
  hidden(socket, '_handle', { _parentWrap: Object.create(JSStreamSocket.prototype) });
  socket._read = () => { socket.destroy(notSocket()); };
  socket._write = (chunk, encoding, callback) => { callback(notSocket()); };
  socket._final = callback => { callback(notSocket()); };
  socket._destroy = function _destroy(err, callback) {
    this._handle = null;
    net.Socket.prototype._destroy.call(this, err, callback);
  };
}

function TLSSocket(stream, options) {
  if (!(this instanceof TLSSocket)) return new TLSSocket(stream, options);
  options = options || {};
  if (options.isServer) throw missing('tls: a socket of a server');
  net.Socket.call(this, options);
  this.encrypted = true;
  this.authorized = false;
  this.authorizationError = null;
  this.secureConnecting = true;
  this.alpnProtocol = null;
  this.servername = null;
  hidden(this, '_tlsOptions', options);
  hidden(this, '_state', null);
  if (stream instanceof net.Socket) this._over(stream);
  else if (stream) refusing(this);
}
Object.setPrototypeOf(TLSSocket.prototype, net.Socket.prototype);
Object.setPrototypeOf(TLSSocket, net.Socket);
const socket = TLSSocket.prototype;

socket._open = function _open(host, port, options) {
  const secure = optionsOf(options);
  if (!secure.servername && this._host !== host) secure.servername = this._host;
  hidden(this, '_secure', secure);
  this._handle = internal.connect(host, port, secure, (fault, state) => this._secured(fault, state, true));
};
// _over begins TLS on an open socket, or on one that will be open.
socket._over = function _over(stream) {
  const plain = stream;
  if (!(plain instanceof net.Socket)) throw notSocket();
  this.connecting = true;
  hidden(this, '_parent', plain);
  const options = this._tlsOptions, secure = optionsOf(options);
  hidden(this, '_secure', secure);
  const name = options.servername || options.host || plain._host || 'localhost';
  const begin = () => {
    if (this.destroyed) return;
    const { _handle: handle } = plain;
    this._peer = plain._peer;
    this._handle = internal.upgrade(handle, String(name), secure, (fault, state) => this._secured(fault, state, false));
  };
  plain.on('close', () => this.destroy());
  plain.on('error', err => this.destroy(err));
  this.on('close', () => plain.destroy());
  if (plain.connecting) plain.once('connect', begin);
  else begin();
};
socket._secured = function _secured(fault, state, own) {
  if (this.destroyed) return;
  if (fault) {
    if (/^(DEPTH_|CERT_|UNABLE_|SELF_SIGNED|ERR_TLS)/.test(fault.code)) this.authorizationError = fault.code;
    this.destroy(fault);
    return;
  }
  this._state = state;
  this.secureConnecting = false;
  this.authorized = !this._secure.insecure;
  this.alpnProtocol = state.alpn || false;
  // Names were verified already; a check of the caller's comes on top.
  const check = this._tlsOptions.checkServerIdentity;
  const objection = typeof check === 'function' && !this._secure.insecure ? check(this._secure.servername || this._host, this.getPeerCertificate(true)) : undefined;
  if (objection) {
    this.destroy(objection);
    return;
  }
  this.servername = this._secure.servername || (net.isIP(this._host || '') ? false : this._host);
  if (own) this._opened(null, state);
  else {
    this.connecting = false;
    this._active();
    this.emit('connect');
    if (!this.isPaused()) this.read(0);
  }
  if (!this.destroyed) {
    this.emit('secureConnect');
    this.emit('secure');
  }
};
socket.getPeerCertificate = function getPeerCertificate(detailed) {
  if (!this._state) return this.destroyed ? null : {};
  return certificateOf(this._state.certificates(), detailed);
};
// certificateOf is the first of a chain, DER, and links them as Node does.
function certificateOf(bytes, detailed) {
  if (bytes.length === 0) return {};
  const { X509Certificate } = require('crypto');
  const all = bytes.map(der => new X509Certificate(new Uint8Array(der)));
  const chain = all.map(x => x.toLegacyObject());
  if (detailed) {
    chain.forEach((c, i) => {
      if (chain[i + 1]) c.issuerCertificate = chain[i + 1];
      else if (all[i].checkIssued(all[i])) c.issuerCertificate = c;
    });
  }
  return chain[0];
}
socket.getCertificate = () => null;
socket.getCipher = function getCipher() { return this._state ? { name: this._state.cipher, standardName: this._state.cipher, version: this._state.protocol } : {}; };
socket.getProtocol = function getProtocol() { return this._state ? this._state.protocol : null; };
socket.getSession = () => undefined;
socket.getTLSTicket = () => undefined;
socket.isSessionReused = () => false;
socket.getEphemeralKeyInfo = () => ({});
socket.getFinished = () => undefined;
socket.getPeerFinished = () => undefined;
socket.setSession = function setSession() {};
socket.setServername = function setServername(name) { this._tlsOptions.servername = name; };
socket.setMaxSendFragment = () => true;
socket.disableRenegotiation = () => {};
socket.enableTrace = () => {};
for (const name of ['renegotiate', 'exportKeyingMaterial', 'getPeerX509Certificate', 'getX509Certificate', 'getSharedSigalgs', 'setKeyCert']) socket[name] = absent(`TLSSocket.${name}`);

function connect(...args) {
  if (args[0] !== null && typeof args[0] === 'object' && args[0]._agentKey !== undefined && !args[0].path && !args[0].socket) return require('https').Agent.prototype.createConnection(args[0]); // as in net
  let [options, callback] = net._normalizeArgs(args);
  // A port and a host may stand in front of the options.
  const more = args.find((a, i) => i > 0 && typeof a === 'object' && a !== null);
  if (more) options = Object.assign({}, options, more);
  const context = options.secureContext;
  if (context) options = Object.assign({}, context._options, options);
  const { socket: plain } = options, s = new TLSSocket(undefined, options);
  if (options.timeout) s.setTimeout(options.timeout);
  if (callback) s.once('secureConnect', callback);
  if (plain) {
    hidden(s, '_host', options.servername || options.host || plain._host);
    s._over(plain);
  } else s.connect(options);
  return s;
}

// matches compares a name with one of a certificate, which may begin with a wildcard.
function matches(host, pattern) {
  const a = host.toLowerCase().replace(/\.$/, '').split('.'), b = pattern.toLowerCase().replace(/\.$/, '').split('.');
  if (a.length !== b.length || b.includes('')) return false;
  for (let i = a.length - 1; i > 0; i--) if (a[i] !== b[i]) return false;
  if (!b[0].includes('*')) return a[0] === b[0];
  const parts = b[0].split('*');
  return parts.length === 2 && b.length > 2 && !b[0].includes('xn--') && a[0].length >= parts[0].length + parts[1].length && a[0].startsWith(parts[0]) && a[0].endsWith(parts[1]);
}
function checkServerIdentity(hostname, cert) {
  const { subject, subjectaltname } = cert, names = [], ips = [];
  hostname = String(hostname);
  for (const part of subjectaltname ? subjectaltname.split(', ') : []) {
    if (part.startsWith('DNS:')) names.push(part.slice(4));
    else if (part.startsWith('IP Address:')) ips.push(part.slice(11));
  }
  let valid = false, reason = 'Unknown reason';
  if (net.isIP(hostname)) {
    valid = ips.includes(hostname);
    if (!valid) reason = `IP: ${hostname} is not in the cert's list: ${ips.join(', ')}`;
  } else if (names.length > 0 || (subject && subject.CN)) {
    if (names.length > 0) {
      valid = names.some(n => matches(hostname, n));
      if (!valid) reason = `Host: ${hostname}. is not in the cert's altnames: ${subjectaltname}`;
    } else {
      valid = [].concat(subject.CN).some(n => matches(hostname, n));
      if (!valid) reason = `Host: ${hostname}. is not cert's CN: ${subject.CN}`;
    }
  } else reason = 'Cert does not contain a DNS name';
  if (valid) return undefined;
  return Object.assign(new Error(`Hostname/IP does not match certificate's altnames: ${reason}`), { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reason, host: hostname, cert });
}

function SecureContext(options) { hidden(this, '_options', options || {}); this.context = {}; }
Object.assign(exports, {
  CLIENT_RENEG_LIMIT: 3, CLIENT_RENEG_WINDOW: 600, DEFAULT_CIPHERS: tables.DEFAULT_CIPHERS, DEFAULT_ECDH_CURVE: 'auto', DEFAULT_MIN_VERSION: 'TLSv1.2', DEFAULT_MAX_VERSION: 'TLSv1.3',
  getCiphers: () => tables.ciphers.slice(), convertALPNProtocols: absent('convertALPNProtocols'), checkServerIdentity,
  createSecureContext(options) {
    const context = new SecureContext(options);
    optionsOf(context._options);
    return context;
  },
  SecureContext, TLSSocket, Server: absent('Server'), createServer: absent('createServer'), connect, createSecurePair: absent('createSecurePair'),
});
// Packages copy all members when they are loaded, and use few: this one fails when it is read from.
const unread = () => { throw missing('tls.rootCertificates'); };
const roots = new Proxy(Object.freeze([]), { get: unread, has: unread, ownKeys: unread, getOwnPropertyDescriptor: unread });
Object.defineProperty(exports, 'rootCertificates', { get() { return roots; }, enumerable: true, configurable: true });
hidden(exports.SecureContext, Symbol('parts'), { optionsOf, certificateOf });
