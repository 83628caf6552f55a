// https is http with another agent, whose connections are encrypted.
const http = require('http');
const { Buffer } = require('buffer');
const [parts] = Object.getOwnPropertySymbols(http.Agent).filter(s => s.description === 'parts');
const { Agent: PlainAgent, ClientRequest, Connection, missing, accessor } = http.Agent[parts];

function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  PlainAgent.call(this, options);
  this.defaultPort = 443;
  this.protocol = 'https:';
  this.maxCachedSessions = this.options.maxCachedSessions === undefined ? 100 : this.options.maxCachedSessions;
  this._sessionCache = { map: {}, list: [] };
}
Object.setPrototypeOf(Agent.prototype, PlainAgent.prototype);
Object.setPrototypeOf(Agent, PlainAgent);

// What the pool cannot do for a connection is an error, not ignored.
const unknown = ['pfx', 'crl', 'dhparam', 'ticketKeys', 'socketPath', 'ALPNCallback', 'pskCallback', 'privateKeyEngine'];
const protocols = { TLSv1_method: 'TLSv1', TLSv1_1_method: 'TLSv1.1', TLSv1_2_method: 'TLSv1.2', TLSv1_client_method: 'TLSv1', TLSv1_1_client_method: 'TLSv1.1', TLSv1_2_client_method: 'TLSv1.2' };

const pem = v => (v === undefined || v === null || v === false ? undefined : Array.isArray(v) ? v.map(pem).join('\n') : typeof v === 'string' ? v : Buffer.from(v).toString('latin1'));

function keyOf(key, passphrase) {
  if (Array.isArray(key)) {
    if (key.length > 1) throw missing('https: several keys');
    [key] = key;
  }
  if (key && typeof key === 'object' && !(key instanceof Uint8Array)) ({ passphrase = passphrase, pem: key } = key);
  if (!passphrase || !key) return pem(key);
  return require('crypto').createPrivateKey({ key, passphrase }).export({ type: 'pkcs8', format: 'pem' });
}

// tlsOf is what the options say of TLS.
function tlsOf(options) {
  for (const name of unknown) if (options[name] !== undefined && options[name] !== null) throw missing(`https: option ${name}`);
  const check = options.checkServerIdentity;
  if (typeof check === 'function' && check !== require('tls').checkServerIdentity) throw missing('https: option checkServerIdentity');
  const fixed = protocols[options.secureProtocol];
  const { env } = require('process');
  const insecure = options.rejectUnauthorized === undefined ? env.NODE_TLS_REJECT_UNAUTHORIZED === '0' : options.rejectUnauthorized === false;
  let { servername } = options;
  if (servername === undefined && options.headers && !Array.isArray(options.headers)) {
    // As Node does: the name that the header asks for.
    const name = Object.keys(options.headers).find(n => n.toLowerCase() === 'host');
    if (name) servername = String(options.headers[name]).replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  }
  return {
    ca: pem(options.ca), cert: pem(options.cert), key: keyOf(options.key, options.passphrase), servername: servername || undefined, insecure,
    minVersion: options.minVersion || fixed, maxVersion: options.maxVersion || fixed,
  };
}

Agent.prototype.createConnection = function createConnection(port, host, options) {
  if (port !== null && typeof port === 'object') options = port;
  else if (host !== null && typeof host === 'object') options = Object.assign({}, host, { port });
  else options = Object.assign({}, options, { port, host });
  return new Connection(Object.assign({}, options, { host: options.host || 'localhost', _tls: tlsOf(options) }));
};

const named = ['ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion', 'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs', 'privateKeyIdentifier', 'privateKeyEngine'];
Agent.prototype.getName = function getName(options = {}) {
  let name = PlainAgent.prototype.getName.call(this, options);
  for (const n of named) {
    name += ':';
    const v = options[n];
    if (n === 'rejectUnauthorized' ? v !== undefined : n === 'servername' ? v && v !== options.host : v) name += v;
  }
  return name;
};
Agent.prototype._getSession = function _getSession() {};
Agent.prototype._cacheSession = function _cacheSession() {};
Agent.prototype._evictSession = function _evictSession() {};

let globalAgent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });
const noServer = name => ({ [name]() { throw missing(`https.${name}`); } })[name];
Object.assign(exports, {
  Agent,
  Server: noServer('Server'), createServer: noServer('createServer'),
  request(...args) {
    let options = {};
    if (typeof args[0] === 'string') options = require('url').urlToHttpOptions(new (internal.global('URL'))(args.shift()));
    else if (args[0] && args[0].href && args[0].protocol && args[0].auth === undefined && args[0].path === undefined) options = require('url').urlToHttpOptions(args.shift());
    if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
    options._defaultAgent = globalAgent;
    return new ClientRequest(options, ...args);
  },
  get(...args) {
    const req = exports.request(...args);
    req.end();
    return req;
  },
});
accessor(exports, 'globalAgent', () => globalAgent, v => { globalAgent = v; });
