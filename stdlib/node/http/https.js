// https is http with another agent, whose connections are encrypted.
const http = require('http');
const tls = require('tls');
const partsOf = o => o[Object.getOwnPropertySymbols(o).find(s => s.description === 'parts')];
const { Agent: PlainAgent, ClientRequest, Connection, speaksOther, missing, accessor } = partsOf(http.Agent);
const { optionsOf } = partsOf(tls.SecureContext);

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

// tlsOf is what the options say of TLS.
function tlsOf(options) {
  if (options.socketPath) throw missing('https: option socketPath');
  const check = options.checkServerIdentity;
  if (typeof check === 'function' && check !== tls.checkServerIdentity) throw missing('https: option checkServerIdentity');
  let { servername } = options;
  if (servername === undefined && options.headers && !Array.isArray(options.headers)) {
    // As Node does: the name that the header asks for.
    const name = Object.keys(options.headers).find(n => n.toLowerCase() === 'host');
    if (name) servername = String(options.headers[name]).replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  }
  return Object.assign(optionsOf(options), { servername: servername || undefined, protocols: [] });
}

Agent.prototype.createConnection = function createConnection(port, host, options) {
  if (port !== null && typeof port === 'object') options = port;
  else if (host !== null && typeof host === 'object') options = Object.assign({}, host, { port });
  else options = Object.assign({}, options, { port, host });
  if (speaksOther(options)) return tls.connect(Object.assign({}, options, { path: undefined, _agentKey: undefined }));
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

const standardAgent = shareSettings(new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }));
const globalAgentOf = () => internal.own().globalAgent || standardAgent;
const noServer = name => ({ [name]: function () { throw missing(`https.${name}`); } })[name];
Object.assign(exports, {
  Agent,
  Server: noServer('Server'), createServer: noServer('createServer'),
  request(...args) {
    let options = {};
    if (typeof args[0] === 'string') options = require('url').urlToHttpOptions(new (internal.global('URL'))(args.shift()));
    else if (args[0] && args[0].href && args[0].protocol && args[0].auth === undefined && args[0].path === undefined) options = require('url').urlToHttpOptions(args.shift());
    if (args[0] && typeof args[0] !== 'function') Object.assign(options, args.shift());
    options._defaultAgent = globalAgentOf();
    return new ClientRequest(options, ...args);
  },
  get(...args) {
    const req = exports.request(...args);
    req.end();
    return req;
  },
});
accessor(exports, 'globalAgent', globalAgentOf, v => { internal.own().globalAgent = v; });
