'use strict';
// fetch, after the fetch standard as Node's undici follows it. One hop is a call of send, which Go
// makes: there each hop is judged.
const headers = internal.part('list');
const contents = () => internal.part('contents');
const { record } = internal.part('record');
const { made, nullBody } = internal.part('response');
const errors = () => internal.part('errors');
const detours = () => internal.part('detours');

// badPorts are those that the standard keeps fetch from.
const badPorts = ' 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161 179 ' +
  '389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 ' +
  '5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080 ';

const redirects = ' 301 302 303 307 308 ';

function fetch(input, init = undefined) {
  let r;
  try { r = record(input, init); } catch (e) { return Promise.reject(e); }
  const { signal } = r;
  if (signal && signal.aborted) {
    const reason = internal.part('abort').reasonOf(signal);
    if (r.body) contents().abort(r.body, reason);
    return Promise.reject(reason);
  }
  const task = { cancel: null, body: null, ended: null, aborted: false };
  if (!signal) return run(r, task);
  return new Promise((resolve, reject) => {
    task.ended = internal.part('abort').whenAborted(signal, () => {
      const reason = internal.part('abort').reasonOf(signal);
      task.aborted = true;
      reject(reason);
      if (task.cancel) task.cancel();
      if (r.body) contents().abort(r.body, reason);
      if (task.body) contents().abort(task.body, reason);
    });
    run(r, task).then(resolve, e => { task.ended(); reject(e); });
  });
}

async function run(r, task) {
  const { protocol } = r.url;
  if (protocol !== 'http:' && protocol !== 'https:') return detours().other(r);
  const streamed = r.body !== null && r.body.stream !== undefined;
  let body = null;
  if (r.body) {
    body = streamed ? await detours().collected(r.body) : r.body.bytes;
    r.body.used = true;
  }
  let { method, url } = r;
  let list = r.headers.entries;
  let type = 'basic';
  for (let hops = 0; ; hops++) {
    if (url.port && badPorts.includes(` ${url.port} `)) throw errors().network('bad port');
    if (url.origin !== r.url.origin || type !== 'basic') {
      if (r.mode === 'same-origin') throw errors().network('request mode cannot be "same-origin"');
      if (r.mode === 'no-cors' && r.redirect !== 'follow') throw errors().network('redirect mode cannot be "follow" for "no-cors" request');
      type = r.mode === 'no-cors' ? 'opaque' : 'cors';
    }
    const answer = await hop(task, { method, url, headers: completed(list, r, method, url, body, streamed), body, streamed, redirect: r.redirect });
    const location = redirects.includes(` ${answer.status} `) ? valueOf(answer, 'location') : null;
    if (location === null || r.redirect === 'manual') return responseOf(r, task, answer, url, hops > 0, type);
    answer.incoming.close();
    if (r.redirect === 'error') throw errors().network('unexpected redirect');
    const to = detours().locationOf(location, url);
    if (to.protocol !== 'http:' && to.protocol !== 'https:') throw errors().network('URL scheme must be a HTTP(S) scheme');
    if (hops === 20) throw errors().network('redirect count exceeded');
    if (r.mode === 'cors' && (to.username || to.password) && to.origin !== url.origin) throw errors().network('cross origin not allowed for request mode "cors"');
    if (answer.status !== 303 && body && streamed) throw errors().network('');
    if (list !== null) list = new Map(list);
    if (((answer.status === 301 || answer.status === 302) && method === 'POST') || (answer.status === 303 && method !== 'GET' && method !== 'HEAD')) {
      method = 'GET';
      body = null;
      for (const name of ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']) if (list !== null) list.delete(name);
    }
    if (to.origin !== url.origin && list !== null) for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) list.delete(name);
    url = to;
  }
}

// completed are a request's own headers and those that Node adds, names and values by turns, in Node's order.
function completed(list, r, method, url, body, streamed) {
  const has = key => list !== null && list.has(key);
  const all = ['connection', has('connection') ? list.get('connection').values.join(', ') : 'keep-alive'];
  const add = (key, value) => { if (!has(key)) all.push(key, value); };
  if (list !== null) {
    checkCore(list, body);
    list.forEach(({ name, values }, key) => {
      if (key !== 'connection') all.push(name, key === 'sec-fetch-mode' ? r.mode : headers.joined(key, values));
    });
  }
  add('accept', '*/*');
  add('accept-language', '*');
  if (r.referrer !== 'about:client' && r.referrer !== 'no-referrer') {
    const referer = detours().refererFor(r.referrer, r.referrerPolicy, url);
    if (referer) add('referer', referer);
  }
  add('sec-fetch-mode', r.mode);
  add('user-agent', 'node');
  let { cache } = r;
  if (cache === 'default' && (has('if-modified-since') || has('if-none-match') || has('if-unmodified-since') || has('if-match') || has('if-range'))) cache = 'no-store';
  if (cache === 'no-store' || cache === 'reload') {
    add('pragma', 'no-cache');
    add('cache-control', 'no-cache');
  } else if (cache === 'no-cache') add('cache-control', 'max-age=0');
  add('accept-encoding', has('range') ? 'identity' : url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  return all;
}

// checkCore refuses what undici's client does not send.
function checkCore(list, body) {
  list.forEach(({ values }, key) => {
    switch (key) {
      case 'connection': if (/^(?:close|keep-alive)$/i.test(values.join(', '))) break; // falls through
      case 'transfer-encoding': case 'keep-alive': case 'upgrade': throw errors().undici('InvalidArgumentError', 'UND_ERR_INVALID_ARG', `invalid ${key} header`);
      case 'expect': throw errors().undici('NotSupportedError', 'UND_ERR_NOT_SUPPORTED', 'expect header not supported');
      case 'content-length': {
        const length = values.join(', ');
        if (length === String(body ? body.length : 0)) break;
        if (!/^\d+$/.test(length)) throw errors().undici('InvalidArgumentError', 'UND_ERR_INVALID_ARG', 'invalid content-length header');
        throw errors().undici('RequestContentLengthMismatchError', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH', 'Request body length does not match content-length header');
      }
    }
  });
}

async function hop(task, { method, url, headers: list, body, streamed, redirect }) {
  const sent = internal.send({ method, url: url.href, host: url.hostname, headers: list, body, streamed, follow: redirect === 'follow' });
  task.cancel = sent.cancel;
  if (task.aborted) sent.cancel();
  try { return await sent.response; } catch (e) { throw errors().failed(e); } finally { task.cancel = null; }
}

function valueOf(answer, key) {
  for (let i = 0; i < answer.headers.length; i += 2) if (answer.headers[i] === key) return answer.headers[i + 1];
  return null;
}

function responseOf(r, task, answer, url, redirected, type) {
  if (type === 'opaque') {
    answer.incoming.close();
    return made({ type, status: 0, redirected });
  }
  let body = null;
  if (r.method === 'HEAD' || nullBody(answer.status)) answer.incoming.close();
  else body = { incoming: answer.incoming, used: false, ended: task.ended };
  if (!body && task.ended) task.ended();
  task.body = body;
  if (task.aborted) answer.incoming.close();
  const shown = url.hash ? url.href.slice(0, -url.hash.length) : url.href;
  return made({ type, status: answer.status, statusText: answer.statusText, url: shown, redirected, headers: headers.list(answer.headers, true), body });
}

module.exports = { fetch };
