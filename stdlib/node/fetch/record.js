'use strict';
// Records hold what requests say. Fetch makes one without a Request around it.
const headers = internal.part('list');
const bodies = internal.part('body');
const fill = () => internal.part('fill');
const choices = {
  mode: 'navigate, same-origin, no-cors, cors', redirect: 'follow, manual, error', cache: 'default, no-store, reload, no-cache, force-cache, only-if-cached',
  credentials: 'omit, same-origin, include', duplex: 'half',
  referrerPolicy: ', no-referrer, no-referrer-when-downgrade, same-origin, origin, strict-origin, origin-when-cross-origin, strict-origin-when-cross-origin, unsafe-url',
};
const members = 'method headers body referrer referrerPolicy mode credentials cache redirect integrity keepalive signal window duplex dispatcher';
const normal = ' DELETE GET HEAD OPTIONS POST PUT ';

// parse reads a URL. Only where that fails it makes the error of class URL.
function parse(text) {
  const url = internal.url(text = `${text}`, '');
  if (url) return url;
  try { return new (internal.global('URL'))(text); } catch (cause) { throw new TypeError(`Failed to parse URL from ${text}`, { cause }); }
}

// dictionary reads a RequestInit.
function dictionary(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError(`Request constructor: Expected ${String(init)} to be one of: Null, Undefined, Object.`);
  const read = {};
  for (const name of members.split(' ')) {
    let value = init[name];
    if (value === undefined) continue;
    if (choices[name] && !choices[name].split(', ').includes(value = `${value}`)) {
      throw new TypeError(`Request constructor: ${value} is not an accepted type. Expected one of ${choices[name]}.`);
    }
    read[name] = value;
  }
  return read;
}

function methodOf(method) {
  const text = fill().byteString(method);
  const upper = text.toUpperCase();
  if (normal.includes(` ${text} `)) return text;
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`'${text}' is not a valid HTTP method.`);
  if (upper === 'CONNECT' || upper === 'TRACE' || upper === 'TRACK') throw new TypeError(`'${text}' HTTP method is unsupported.`);
  return normal.includes(` ${upper} `) ? upper : text;
}

// record reads the arguments of fetch and of the constructor.
function record(input, given) {
  const init = dictionary(given);
  let r, inputBody = null;
  const requests = internal.loaded('request');
  if (requests && requests.isRequest(input)) {
    const from = requests.recordOf(input);
    r = { ...from, headers: headers.copied(from.headers), body: null, list: null, ownSignal: null };
    inputBody = from.body;
  } else {
    const url = parse(input);
    if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
    r = {
      method: 'GET', url, headers: headers.list(), body: null, referrer: 'about:client', referrerPolicy: '', mode: 'cors',
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
    // Signals of packages do, too.
    if (typeof init.signal !== 'object' || typeof init.signal.aborted !== 'boolean' || typeof init.signal.addEventListener !== 'function') {
      throw new TypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    r.signal = init.signal;
  }
  if (init.headers !== undefined) {
    r.headers = headers.list();
    fill().fill(r.headers, init.headers);
  }
  const hasBody = init.body !== undefined && init.body !== null;
  if ((hasBody || inputBody) && (r.method === 'GET' || r.method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
  if (hasBody) {
    const { body, type } = bodies.extract(init.body);
    if (body.stream && init.duplex === undefined) throw new TypeError('RequestInit: duplex option is required when sending a body.');
    r.body = body;
    if (type && !headers.entriesOf(r.headers).has('content-type')) headers.add(r.headers, 'content-type', 'content-type', type);
  } else if (inputBody) {
    if (bodies.unusable(inputBody)) throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    r.body = { ...inputBody };
    inputBody.used = true;
  }
  return r;
}

function referrerOf(text) {
  if (text === '') return 'no-referrer';
  const url = internal.url(text, '');
  if (url) return url.protocol === 'about:' && url.hostname === 'client' ? 'about:client' : url.href;
  try { return new (internal.global('URL'))(text).href; } catch (cause) { throw new TypeError(`Referrer "${text}" is not a valid URL.`, { cause }); }
}
module.exports = { record, parse };
