'use strict';
// What most calls of fetch need nothing of: redirects, referrers, bodies that are streams, data: URLs.
const { add, list } = internal.part('list');
const { joined } = internal.part('contents');
const { failed, network } = internal.part('errors');
const { made } = internal.part('response');
const global = name => internal.global(name);

// locationOf is where a redirect leads; it keeps the fragment unless it has its own.
function locationOf(location, from) {
  const to = internal.url(location, from.href);
  if (!to) {
    try { return new (global('URL'))(location, from.href); } catch (e) { throw failed(e); }
  }
  return to.hash || !from.hash ? to : { ...to, hash: from.hash, href: to.href + from.hash };
}

// collected reads a stream that is sent; it may have text, too.
async function collected(body) {
  const reader = body.stream.getReader();
  const chunks = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks.length ? chunks : [new Uint8Array(0)]);
    if (typeof value !== 'string' && !(value instanceof Uint8Array)) throw failed(new TypeError('Received non-Uint8Array chunk'));
    chunks.push(typeof value === 'string' ? internal.encode(value) : value);
  }
}

// refererFor cuts the referrer as a policy wants; the default is strict-origin-when-cross-origin.
function refererFor(referrer, policy, url) {
  const from = new (global('URL'))(referrer);
  const same = from.origin === url.origin, worse = from.protocol === 'https:' && url.protocol !== 'https:';
  const origin = `${from.origin}/`;
  from.username = from.password = from.hash = '';
  switch (policy) {
    case 'no-referrer': return '';
    case 'unsafe-url': return from.href;
    case 'origin': return origin;
    case 'same-origin': return same ? from.href : '';
    case 'no-referrer-when-downgrade': return worse ? '' : from.href;
    case 'strict-origin': return worse ? '' : origin;
    case 'origin-when-cross-origin': return same ? from.href : origin;
    default: return same ? from.href : worse ? '' : origin;
  }
}

// other answers a request of another scheme than HTTP's.
function other(r) {
  const { protocol } = r.url;
  if (protocol === 'data:') return ofData(r);
  if (protocol === 'about:') throw network('about scheme is not supported');
  if (protocol === 'blob:') throw network('invalid method');
  if (protocol === 'file:') throw network('not implemented... yet...');
  throw network('unknown scheme');
}

// ofData answers what a data: URL holds.
function ofData(r) {
  const text = r.url.href.slice(5).replace(/#.*$/s, '');
  const comma = text.indexOf(',');
  if (comma < 0) throw network('failed to fetch the data URL');
  let type = text.slice(0, comma).trim();
  let bytes = internal.unescape(text.slice(comma + 1));
  if (/; *base64$/i.test(type)) {
    type = type.replace(/; *base64$/i, '');
    const decoded = internal.base64(bytes);
    if (decoded === null) throw network('failed to fetch the data URL');
    bytes = decoded;
  }
  if (type.startsWith(';')) type = `text/plain${type}`;
  if (!/^[^/\s]+\/[^/\s]+/.test(type)) type = 'text/plain;charset=US-ASCII';
  const held = list(null, true);
  add(held, 'content-type', 'Content-Type', type);
  return made({ type: 'basic', statusText: 'OK', url: r.url.href.replace(/#.*$/s, ''), headers: held, body: { bytes: new Uint8Array(bytes), used: false } });
}
module.exports = { locationOf, collected, refererFor, other };
