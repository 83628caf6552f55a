'use strict';
// Request: a record with a class around it.
const { finish, fail } = internal.part('common');
const headers = internal.part('list');
const bodies = internal.part('body');
const { record } = internal.part('record');
let recordOf, isRequest, made;

class Request {
  #record;
  static #made;
  static {
    isRequest = v => typeof v === 'object' && v !== null && #record in v;
    recordOf = v => { if (!isRequest(v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Illegal invocation'); return v.#record; };
    made = r => { Request.#made = r; return new Request(''); };
  }
  constructor(input, init = {}) {
    if (Request.#made) {
      this.#record = Request.#made;
      Request.#made = undefined;
      return;
    }
    internal.part('fill').count('Request constructor', arguments, 1);
    this.#record = record(input, init);
  }
  get method() { return recordOf(this).method; }
  get url() { return recordOf(this).url.href; }
  get headers() { const r = recordOf(this); return r.list || (r.list = internal.part('headers').made(r.headers)); }
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
    if (!r.ownSignal) r.ownSignal = r.signal ? internal.part('abort').following(r.signal) : internal.part('abort').newSignal();
    return r.ownSignal;
  }
  get duplex() { recordOf(this); return 'half'; }
  get body() { const { body } = recordOf(this); return body ? internal.part('contents').streamOf(body) : null; }
  get bodyUsed() { const { body } = recordOf(this); return body ? bodies.used(body) : false; }
  blob() { return bodies.read(recordOf, this, 'blob'); }
  arrayBuffer() { return bodies.read(recordOf, this, 'arrayBuffer'); }
  text() { return bodies.read(recordOf, this, 'text'); }
  json() { return bodies.read(recordOf, this, 'json'); }
  formData() { return bodies.read(recordOf, this, 'formData'); }
  bytes() { return bodies.read(recordOf, this, 'bytes'); }
  clone() {
    const r = recordOf(this);
    if (r.body && bodies.unusable(r.body)) throw new TypeError('unusable');
    return made({ ...r, list: null, ownSignal: null, headers: headers.copied(r.headers), body: r.body && internal.part('contents').copy(r.body) });
  }
}
const members = [
  'method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect', 'integrity', 'keepalive',
  'isReloadNavigation', 'isHistoryNavigation', 'signal',
];
finish(Request, `${members.join(' ')} duplex clone body bodyUsed blob arrayBuffer text json formData bytes`, r => Object.fromEntries(members.map(name => [name, r[name]])));
module.exports = { Request, isRequest, recordOf };
