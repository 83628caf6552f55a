// Agent gives requests their connections. Which of them are kept is for the tenant's pool to
// decide; an agent's own limits say how many of its requests go on at a time.
function Agent(options) {
  if (!(this instanceof Agent)) return new Agent(options);
  EventEmitter.call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = Object.assign(Object.create(null), options);
  if (this.options.noDelay === undefined) this.options.noDelay = true;
  this.options.path = null;
  this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
  this.keepAlive = this.options.keepAlive || false;
  this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
  this.maxFreeSockets = this.options.maxFreeSockets || 256;
  this.scheduling = this.options.scheduling || 'lifo';
  this.maxTotalSockets = this.options.maxTotalSockets === undefined ? Infinity : this.options.maxTotalSockets;
}
Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

// What goes on is the run's, while an agent may belong to a module that serves many runs.
const RunMap = Map;
function stateOf(agent) {
  const own = internal.own();
  if (own.agents === undefined) own.agents = new RunMap();
  let state = own.agents.get(agent);
  if (state === undefined) {
    state = { requests: Object.create(null), sockets: Object.create(null), freeSockets: Object.create(null), totalSocketCount: 0 };
    own.agents.set(agent, state);
  }
  return state;
}
for (const name of ['requests', 'sockets', 'freeSockets', 'totalSocketCount']) {
  Object.defineProperty(Agent.prototype, name, { get() { return stateOf(this)[name]; }, set(v) { stateOf(this)[name] = v; }, configurable: true, enumerable: true });
}

// speaksOther reports whether a connection will be handed over to another protocol.
function speaksOther(options) {
  const { method, headers } = options;
  return String(method).toUpperCase() === 'CONNECT' || Boolean(headers && !Array.isArray(headers) && Object.keys(headers).some(n => n.toLowerCase() === 'upgrade'));
}

// createConnection answers a Connection; subclasses may answer another socket or call back with it.
Agent.prototype.createConnection = function createConnection(...args) {
  const options = typeof args[0] === 'object' && args[0] !== null ? args[0] : { port: args[0], host: typeof args[1] === 'string' ? args[1] : undefined };
  if (options.socketPath) throw missing('http: option socketPath');
  if (speaksOther(options)) return net.connect(Object.assign({}, options, { path: undefined, _agentKey: undefined }));
  return new Connection(options.host ? options : Object.assign({}, options, { host: 'localhost' }));
};

Agent.prototype.getName = function getName(options = {}) {
  let name = options.host || 'localhost';
  name += ':';
  if (options.port) name += options.port;
  name += ':';
  if (options.localAddress) name += options.localAddress;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

Agent.prototype.addRequest = function addRequest(req, options, port, localAddress) {
  if (typeof options === 'string') options = { host: options, port, localAddress };
  options = Object.assign({}, options, this.options);
  options[merged] = this;
  if (options.socketPath) options.path = options.socketPath;
  const name = this.getName(options);
  if (!this.sockets[name]) this.sockets[name] = [];
  if (this.sockets[name].length >= this.maxSockets || this.totalSocketCount >= this.maxTotalSockets) {
    if (!this.requests[name]) this.requests[name] = [];
    req._agentOptions = options;
    this.requests[name].push(req);
    return;
  }
  give(this, req, options);
};

// merged marks options in which those of an agent stand already.
const merged = Symbol('merged');

function give(agent, req, options) {
  agent.createSocket(req, options, (err, socket) => {
    if (err) {
      req.onSocket(socket, err);
      return;
    }
    req.onSocket(socket);
    if (req.timeout !== undefined && req.timeout !== (agent.options.timeout || 0)) socket.setTimeout(req.timeout);
  });
}

Agent.prototype.createSocket = function createSocket(req, options, callback) {
  if (options[merged] !== this) options = Object.assign({}, options, this.options);
  if (options.socketPath) options.path = options.socketPath;
  if (options.timeout === undefined && req.timeout !== undefined) options.timeout = req.timeout;
  const name = this.getName(options);
  if (!this.sockets[name]) this.sockets[name] = [];
  options._agentKey = name;
  options.encoding = null;
  let called = false;
  const made = (err, socket) => {
    if (called) return;
    called = true;
    if (err) return callback(err);
    this.sockets[name].push(socket);
    this.totalSocketCount++;
    let gone = false;
    const release = () => {
      if (gone) return;
      gone = true;
      this.removeSocket(socket, options);
      socket.removeListener('agentRemove', release);
    };
    socket.once('close', release);
    socket.once('free', () => { socket._free = true; if (socket._active) socket._active(); release(); });
    socket.once('agentRemove', release);
    callback(null, socket);
  };
  const socket = this.createConnection(options, made);
  if (socket) made(null, socket);
};

Agent.prototype.removeSocket = function removeSocket(socket, options) {
  const name = this.getName(options), list = this.sockets[name];
  const at = list ? list.indexOf(socket) : -1;
  if (at >= 0) {
    list.splice(at, 1);
    this.totalSocketCount--;
    if (list.length === 0) delete this.sockets[name];
  }
  for (const key of Object.keys(this.requests)) {
    const waiting = this.requests[key];
    while (waiting.length > 0 && waiting[0].destroyed) dismiss(waiting.shift());
    if (waiting.length > 0 && (this.sockets[key] || []).length < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
      const next = waiting.shift();
      give(this, next, next._agentOptions);
    }
    if (waiting.length === 0) delete this.requests[key];
  }
};
const dismiss = req => req.onSocket(null);
Agent.prototype.keepSocketAlive = function keepSocketAlive() { return true; };
Agent.prototype.reuseSocket = function reuseSocket(socket, req) { req.reusedSocket = true; };
Agent.prototype.destroy = function destroy() {
  for (const set of [this.freeSockets, this.sockets]) for (const key of Object.keys(set)) for (const socket of set[key].slice()) socket.destroy();
};

// The global agent is everybody's, unless the run replaced it.
const standardAgent = shareSettings(new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }));
const globalAgentOf = () => internal.own().globalAgent || standardAgent;
