'use strict';
// Response.
const { finish, fail } = internal.part('common');
const headers = internal.part('list');
const bodies = internal.part('body');
const fill = () => internal.part('fill');
const nullBody = status => status === 101 || status === 103 || status === 204 || status === 205 || status === 304;
let state, made;

function dictionary(init) {
  if (init === undefined || init === null) return {};
  if (typeof init !== 'object' && typeof init !== 'function') throw new TypeError(`undefined: Expected ${String(init)} to be one of: Null, Undefined, Object.`);
  return init;
}
// set gives a response what an init and a body say.
function set(s, init, body, type) {
  const { status = 200, statusText = '', headers: list } = dictionary(init);
  const code = Number(status) % 65536 | 0;
  const text = fill().byteString(statusText);
  if (code < 200 || code > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) throw new TypeError('Invalid statusText');
  s.status = code;
  s.statusText = text;
  if (list !== undefined) fill().fill(s.headers, list);
  if (!body) return;
  if (nullBody(code)) throw new TypeError(`Response constructor: Invalid response status code ${code}`);
  s.body = body;
  if (type && !headers.entriesOf(s.headers).has('content-type')) headers.add(s.headers, 'content-type', 'content-type', type);
}
const fresh = () => ({ type: 'default', status: 200, statusText: '', url: '', redirected: false, body: null, headers: headers.list(), list: null });

class Response {
  #state;
  static { state = v => { if (typeof v !== 'object' || v === null || !(#state in v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Illegal invocation'); return v.#state; }; }
  static #made; // the state of the next one, which is there already
  static { made = s => { Response.#made = s; return new Response(); }; }
  constructor(body = null, init = {}) {
    if (Response.#made) {
      this.#state = Response.#made;
      Response.#made = undefined;
      return;
    }
    this.#state = fresh();
    const { body: content, type } = body === null ? { body: null, type: null } : bodies.extract(body);
    set(this.#state, init, content, type);
  }
  static error() { return made(Object.assign(fresh(), { type: 'error', status: 0, headers: headers.list(null, true) })); }
  static json(data, init = {}) {
    fill().count('Response.json', arguments, 1);
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const s = fresh();
    set(s, init, bodies.extract(text).body, 'application/json');
    return made(s);
  }
  static redirect(url, status = 302) {
    fill().count('Response.redirect', arguments, 1);
    const to = internal.part('record').parse(url);
    status = Number(status) % 65536 | 0;
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError(`Invalid status code ${status}`);
    const s = Object.assign(fresh(), { status });
    headers.add(s.headers, 'location', 'location', to.href);
    s.headers.immutable = true;
    return made(s);
  }
  get type() { return state(this).type; }
  get url() { return state(this).url; }
  get redirected() { return state(this).redirected; }
  get status() { return state(this).status; }
  get ok() { const { status } = state(this); return status >= 200 && status <= 299; }
  get statusText() { return state(this).statusText; }
  get headers() { const s = state(this); return s.list || (s.list = internal.part('headers').made(s.headers)); }
  get body() { const { body } = state(this); return body ? internal.part('contents').streamOf(body) : null; }
  get bodyUsed() { const { body } = state(this); return body ? bodies.used(body) : false; }
  blob() { return bodies.read(state, this, 'blob'); }
  arrayBuffer() { return bodies.read(state, this, 'arrayBuffer'); }
  text() { return bodies.read(state, this, 'text'); }
  json() { return bodies.read(state, this, 'json'); }
  formData() { return bodies.read(state, this, 'formData'); }
  bytes() { return bodies.read(state, this, 'bytes'); }
  clone() {
    const s = state(this);
    if (s.body && bodies.unusable(s.body)) throw new TypeError('Response.clone: Body has already been consumed.');
    return made({ ...s, list: null, headers: Object.assign(headers.copied(s.headers), { immutable: s.headers.immutable }), body: s.body && internal.part('contents').copy(s.body) });
  }
}
finish(Response, 'type url redirected status ok statusText headers clone body bodyUsed blob arrayBuffer text json formData bytes', r => ({
  status: r.status, statusText: r.statusText, headers: r.headers, body: r.body, bodyUsed: r.bodyUsed, ok: r.ok, redirected: r.redirected, type: r.type, url: r.url,
}));
module.exports = { Response, nullBody, made: s => made(Object.assign(fresh(), s)) };
