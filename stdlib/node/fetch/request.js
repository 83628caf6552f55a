'use strict';
// Request. A record holds what a request says; fetch makes one without an object around it.
const { finish } = internal.part('common');
const headers = internal.part('headers');
const bodies = internal.part('body');
const choices = {
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  redirect: ['follow', 'manual', 'error'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  credentials: ['omit', 'same-origin', 'include'],
  referrerPolicy: [
    '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin', 'strict-origin-when-cross-origin', 'unsafe-url',
  ],
  duplex: ['half'],
};
const normal = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
let recordOf, isRequest, made;

function parsed(url) {
  try { return new (internal.global('URL'))(url); } catch (cause) { throw new TypeError(`Failed to parse URL from ${url}`, { cause }); }
}

// dictionary reads a RequestInit.
function dictionary(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError(`Request constructor: Expected ${String(init)} to be one of: Null, Undefined, Object.`);
  const read = {};
  for (const name of ['method', 'headers', 'body', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive', 'signal', 'window', 'duplex', 'dispatcher']) {
    let value = init[name];
    if (value === undefined) continue;
    if (choices[name] && !choices[name].includes(value = `${value}`)) {
      throw new TypeError(`Request constructor: ${value} is not an accepted type. Expected one of ${choices[name].join(', ')}.`);
    }
    read[name] = value;
  }
  return read;
}

function methodOf(method) {
  const text = headers.byteString(method);
  const upper = text.toUpperCase();
  if (normal.includes(text)) return text;
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`'${text}' is not a valid HTTP method.`);
  if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`'${text}' HTTP method is unsupported.`);
  return normal.includes(upper) ? upper : text;
}

// record reads the arguments of fetch and of the constructor.
function record(input, given) {
  const init = dictionary(given);
  let r, inputBody = null;
  if (isRequest(input)) {
    const from = recordOf(input);
    const entries = new Map();
    for (const [key, entry] of from.headers.entries) entries.set(key, { name: entry.name, values: [...entry.values] });
    r = { ...from, headers: { entries, immutable: false }, body: null, list: null, ownSignal: null };
    inputBody = from.body;
  } else {
    const url = parsed(`${input}`);
    if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
    r = {
      method: 'GET', url, headers: { entries: new Map(), immutable: false }, body: null, referrer: 'about:client', referrerPolicy: '', mode: 'cors',
      credentials: 'same-origin', cache: 'default', redirect: 'follow', integrity: '', keepalive: false, signal: null, list: null, ownSignal: null,
    };
  }
  if (init.window !== undefined && init.window !== null) throw new TypeError(`'window' option 'client' must be null`);
  if (init.dispatcher !== undefined) throw new TypeError('the option dispatcher of fetch is not provided by Ferrule');
  if (init.referrer !== undefined) r.referrer = referrerOf(`${init.referrer}`);
  if (init.referrerPolicy !== undefined) r.referrerPolicy = init.referrerPolicy;
  if (init.mode === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
  for (const name of ['mode', 'credentials', 'cache', 'redirect']) if (init[name] !== undefined) r[name] = init[name];
  if (r.cache === 'only-if-cached' && r.mode !== 'same-origin') throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  if (init.integrity !== undefined) r.integrity = String(init.integrity);
  if (init.keepalive !== undefined) r.keepalive = !!init.keepalive;
  if (init.method !== undefined) r.method = methodOf(init.method);
  if (init.signal === null) r.signal = null;
  else if (init.signal !== undefined) {
    if (typeof init.signal !== 'object' || !internal.part('abort').isSignal(init.signal)) {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    r.signal = init.signal;
  }
  if (init.headers !== undefined) {
    r.headers.entries = new Map();
    headers.fill(r.headers, init.headers);
  }
  const hasBody = init.body !== undefined && init.body !== null;
  if ((hasBody || inputBody) && (r.method === 'GET' || r.method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
  if (hasBody) {
    const { body, type } = bodies.extract(init.body);
    if (body.stream && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
    r.body = body;
    if (type && !r.headers.entries.has('content-type')) headers.add(r.headers, 'content-type', 'content-type', type);
  } else if (inputBody) {
    if (bodies.unusable(inputBody)) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    r.body = { ...inputBody };
    inputBody.used = true;
  }
  return r;
}

function referrerOf(text) {
  if (text === '') return 'no-referrer';
  let url;
  try { url = new (internal.global('URL'))(text); } catch (cause) { throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause }); }
  return url.protocol === 'about:' && url.hostname === 'client' ? 'about:client' : url.href;
}

class Request {
  #record;
  static #made;
  static {
    isRequest = v => typeof v === 'object' && v !== null && #record in v;
    recordOf = v => { if (!isRequest(v)) throw bodies.illegal(); return v.#record; };
    made = r => { Request.#made = r; return new Request(''); };
  }
  constructor(input, init = {}) {
    if (Request.#made) {
      this.#record = Request.#made;
      Request.#made = undefined;
      return;
    }
    headers.count('Request constructor', arguments, 1);
    this.#record = record(input, init);
  }
  get method() { return recordOf(this).method; }
  get url() { return recordOf(this).url.href; }
  get headers() { const r = recordOf(this); return r.list || (r.list = headers.made(r.headers)); }
  get destination() { recordOf(this); return ''; }
  get referrer() { const { referrer } = recordOf(this); return referrer === 'no-referrer' ? '' : referrer; }
  get referrerPolicy() { return recordOf(this).referrerPolicy; }
  get mode() { return recordOf(this).mode; }
  get credentials() { return recordOf(this).credentials; }
  get cache() { return recordOf(this).cache; }
  get redirect() { return recordOf(this).redirect; }
  get integrity() { return recordOf(this).integrity; }
  get keepalive() { return recordOf(this).keepalive; }
  get isReloadNavigation() { recordOf(this); return false; }
  get isHistoryNavigation() { recordOf(this); return false; }
  get signal() {
    const r = recordOf(this);
    if (!r.ownSignal) r.ownSignal = r.signal ? internal.global('AbortSignal').any([r.signal]) : internal.part('abort').newSignal();
    return r.ownSignal;
  }
  get duplex() { recordOf(this); return 'half'; }
  clone() {
    const r = recordOf(this);
    if (r.body && bodies.unusable(r.body)) throw new TypeError('unusable');
    const entries = new Map();
    for (const [key, entry] of r.headers.entries) entries.set(key, { name: entry.name, values: [...entry.values] });
    return made({ ...r, list: null, ownSignal: null, headers: { entries, immutable: false }, body: r.body && bodies.copy(r.body) });
  }
}
bodies.mix(Request, v => recordOf(v));
const members = [
  'method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive',
  'isReloadNavigation', 'isHistoryNavigation', 'signal',
];
finish(Request, [...members, 'duplex', 'clone'], r => Object.fromEntries(members.map(name => [name, r[name]])));
module.exports = { Request, record };
