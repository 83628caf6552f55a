// dns over internal.lookup(name, f), which answers the addresses that rules may reach.
const { nextTick } = require('process');
const net = require('net');

const coded = (Base, code, message) => Object.assign(new Base(message), { code });
const missing = member => coded(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${member} is not provided by Ferrule`);
const wrongType = (name, wanted, value) => coded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "${name}" ${name.includes('.') ? 'property' : 'argument'} must be ${wanted}. Received ${internal.describe(value)}`);
const absent = name => ({ [name]: function () { throw missing(`dns.${name}`); } })[name];

const failed = (code, syscall, hostname) => Object.assign(new Error(`${syscall} ${code} ${hostname}`), { errno: undefined, code, syscall, hostname });
const families = { 4: 4, 6: 6, IPv4: 4, IPv6: 6, 0: 0 };
const defaults = shareSettings({ order: 'verbatim' });

function optionsOf(hostname, options) {
  if (hostname && typeof hostname !== 'string') throw wrongType('hostname', 'of type string', hostname);
  if (typeof options === 'number') options = { family: options };
  else if (options !== undefined && typeof options !== 'object') throw wrongType('options', 'one of type integer or Object', options);
  const { family = 0, all = false } = options || {};
  if (families[family] === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.family' must be one of: 0, 4, 6. Received ${typeof family === 'string' ? `'${family}'` : family}`);
  if (all !== undefined && typeof all !== 'boolean') throw wrongType('options.all', 'of type boolean', all);
  const kind = (options || {}).order || ((options || {}).verbatim === false ? 'ipv4first' : defaults.order);
  return { family: families[family], all, kind };
}

// addresses calls back with what there is of a family.
function addresses(hostname, { family, kind }, f) {
  if (!hostname) return nextTick(f, null, []);
  const literal = net.isIP(hostname);
  if (literal) return nextTick(f, null, [{ address: hostname, family: literal }]);
  internal.lookup(hostname, (err, list) => {
    if (err) return f(err);
    let all = list.map(address => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (family) all = all.filter(a => a.family === family);
    if (kind === 'ipv4first') all.sort((a, b) => a.family - b.family);
    if (all.length === 0) return f(Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { errno: -3008, code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname }));
    f(null, all);
  });
}

function lookup(hostname, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  const wanted = optionsOf(hostname, options);
  if (typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
  addresses(hostname, wanted, (err, all) => {
    if (err) callback(err);
    else if (wanted.all) callback(null, all);
    else if (all.length === 0) callback(null, null, wanted.family === 6 ? 6 : 4);
    else callback(null, all[0].address, all[0].family);
  });
  return {};
}
lookup[require('util').promisify.custom] = (hostname, options) => promises.lookup(hostname, options);

// resolved is resolve4 or resolve6: without times to live, which the system does not tell.
function resolved(name, family) {
  const syscall = family === 6 ? 'queryAaaa' : 'queryA';
  return { [name](hostname, options, callback) {
    if (typeof hostname !== 'string') throw wrongType('name', 'of type string', hostname);
    if (typeof options === 'function') {
      callback = options;
      options = undefined;
    }
    if (typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
    if (options && options.ttl) throw missing(`dns.${name}: option ttl`);
    addresses(hostname, { family, kind: 'verbatim' }, (err, all) => {
      if (err) callback(/^EEGRESS/.test(err.code) ? err : failed(err.code === 'EAI_AGAIN' ? 'ETIMEOUT' : err.code, syscall, hostname));
      else callback(null, all.map(a => a.address));
    });
    return {};
  } }[name];
}

const codes = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP', REFUSED: 'EREFUSED', BADQUERY: 'EBADQUERY',
  BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP', CONNREFUSED: 'ECONNREFUSED', TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE',
  NOMEM: 'ENOMEM', DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED', LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS', CANCELLED: 'ECANCELLED',
};
// recorded is the function for a kind of records, which internal.records(kind, name, f) answers in
// Node's form.
function recorded(name, kind, syscall) {
  return { [name](hostname, callback) {
    if (typeof hostname !== 'string') throw wrongType('name', 'of type string', hostname);
    if (typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
    if (kind === 'ADDR' && !net.isIP(hostname)) throw Object.assign(failed('EINVAL', syscall, hostname), { errno: -22 });
    internal.records(kind, hostname, (err, list) => {
      if (err) callback(/^EEGRESS/.test(err.code) ? err : failed(err.code === 'EAI_AGAIN' ? 'ETIMEOUT' : err.code, syscall, hostname));
      else callback(null, list);
    });
    return {};
  } }[name];
}

const unasked = ['resolveAny', 'resolveCaa', 'resolveNaptr', 'resolveSoa'];
const functions = { resolve4: resolved('resolve4', 4), resolve6: resolved('resolve6', 6), reverse: recorded('reverse', 'ADDR', 'getHostByAddr') };
for (const kind of ['Cname', 'Mx', 'Ns', 'Ptr', 'Srv', 'Txt']) functions['resolve' + kind] = recorded('resolve' + kind, kind.toUpperCase(), 'query' + kind);
for (const name of unasked) functions[name] = absent(name);
functions.resolve = function resolve(hostname, type, callback) {
  if (typeof type === 'function') {
    callback = type;
    type = 'A';
  }
  if (typeof type !== 'string') throw wrongType('rrtype', 'of type string', type);
  const f = { A: functions.resolve4, AAAA: functions.resolve6 }[type] || functions['resolve' + type[0] + type.slice(1).toLowerCase()];
  if (!f || type !== type.toUpperCase()) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'rrtype' is invalid. Received '${type}'`);
  return f(hostname, callback);
};

const promised = f => (...args) => new Promise((resolve, reject) => f(...args, (err, value) => (err ? reject(err) : resolve(value))));
const promises = {
  lookup(hostname, options) {
    const wanted = optionsOf(hostname, options);
    return new Promise((resolve, reject) => addresses(hostname, wanted, (err, all) => {
      if (err) reject(err);
      else resolve(wanted.all ? all : all[0] || { address: null, family: wanted.family === 6 ? 6 : 4 });
    }));
  },
  lookupService: absent('lookupService'),
};
for (const name of Object.keys(functions)) promises[name] = unasked.includes(name) ? functions[name] : promised(functions[name]);

const settings = { getServers: () => [], setServers: absent('setServers'), getDefaultResultOrder: () => defaults.order, setDefaultResultOrder(v) { defaults.order = v; } };
const resolver = (of, members) => {
  class Resolver {
    constructor() { this._servers = []; }
    getServers() { return []; }
    cancel() {}
  }
  for (const name of ['setServers', 'setLocalAddress']) Resolver.prototype[name] = absent(`Resolver.${name}`);
  for (const name of Object.keys(members)) Resolver.prototype[name] = members[name];
  return Resolver;
};
const own = name => Object.fromEntries(Object.keys(functions).map(n => [n, name[n]]));
Object.assign(promises, settings, codes, { Resolver: resolver('promises', own(promises)) });
Object.assign(exports, { lookup, lookupService: absent('lookupService') }, functions, settings, codes, { ADDRCONFIG: 32, ALL: 16, V4MAPPED: 8, Resolver: resolver('dns', functions), promises });
