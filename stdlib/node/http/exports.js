// The members of the module http, and a way for https to share its parts.
const noServer = name => ({ [name]: function () { throw missing(`http.${name}`); } })[name];

Object.assign(exports, {
  _connectionListener: noServer('_connectionListener'), METHODS, STATUS_CODES, Agent, ClientRequest, IncomingMessage, OutgoingMessage,
  Server: noServer('Server'), ServerResponse: noServer('ServerResponse'), createServer: noServer('createServer'),
  validateHeaderName, validateHeaderValue,
  request(url, options, callback) { return new ClientRequest(url, options, callback); },
  get(url, options, callback) {
    const req = exports.request(url, options, callback);
    req.end();
    return req;
  },
  setMaxIdleHTTPParsers() {},
  maxHeaderSize: 16384,
});
const accessor = (o, name, get, set) => Object.defineProperty(o, name, { get, set, configurable: true, enumerable: true });
accessor(exports, 'globalAgent', globalAgentOf, v => { internal.own().globalAgent = v; });
Object.defineProperty(Agent, Symbol('parts'), { value: { Agent, ClientRequest, Connection, speaksOther, missing, accessor }, configurable: true });
