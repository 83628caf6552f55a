'use strict';
// What a body can be made of, and what else than its whole content can be read of it.
const global = name => internal.global(name);
const ofBytes = bytes => ({ bytes, used: false });

// bytesOf are those of a view or of an ArrayBuffer, not copied; undefined for other values.
function bytesOf(v) {
  if (ArrayBuffer.isView(v)) return new Uint8Array(v.buffer, v.byteOffset, v.byteLength);
  return v instanceof ArrayBuffer ? new Uint8Array(v) : undefined;
}
function joined(chunks) {
  if (chunks.length === 1) return chunks[0];
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  const all = new Uint8Array(length);
  length = 0;
  for (const chunk of chunks) { all.set(chunk, length); length += chunk.length; }
  return all;
}

// extract makes a body of a BodyInit, and its type.
function extract(init) {
  if (typeof init === 'object' && init !== null) {
    const bytes = bytesOf(init);
    if (bytes) return { body: ofBytes(bytes.slice()), type: null };
    if (init instanceof global('URLSearchParams')) {
      return { body: ofBytes(internal.encode(init.toString())), type: 'application/x-www-form-urlencoded;charset=UTF-8' };
    }
    const blobs = internal.loaded('blob'), forms = internal.loaded('formdata');
    if (blobs && blobs.isBlob(init)) return { body: ofBytes(blobs.state(init).bytes), type: init.type || null };
    if (forms && forms.isFormData(init)) {
      const form = forms.encode(init);
      return { body: ofBytes(form.bytes), type: form.type };
    }
    if (init instanceof global('ReadableStream')) {
      if (init.locked || init._disturbed) throw new TypeError('Response body object should not be disturbed or locked');
      return { body: { stream: init, used: false }, type: null };
    }
    if (typeof init[Symbol.asyncIterator] === 'function') return { body: { stream: global('ReadableStream').from(init), used: false }, type: null };
  }
  if (typeof init === 'symbol') throw new TypeError('undefined: undefined is a symbol, which cannot be converted to a DOMString.');
  return { body: ofBytes(internal.encode(`${init}`)), type: 'text/plain;charset=UTF-8' };
}

// streamOf is the stream of a body, made at the first call.
function streamOf(body) {
  if (body.stream) return body.stream;
  const { bytes, incoming } = body;
  const Stream = global('ReadableStream');
  const end = controller => {
    controller.close();
    if (controller.byobRequest) controller.byobRequest.respond(0);
  };
  if (body.used) {
    body.stream = new Stream({ type: 'bytes', start: end });
    body.stream.getReader();
    return body.stream;
  }
  body.stream = new Stream({
    type: 'bytes',
    start(controller) { body.controller = controller; },
    pull(controller) {
      if (bytes) {
        if (bytes.length) controller.enqueue(bytes.slice());
        end(controller);
        return undefined;
      }
      return incoming.read(false).then(chunk => {
        if (chunk === null) {
          if (body.ended) body.ended();
          end(controller);
        } else controller.enqueue(new Uint8Array(chunk));
      }, e => { throw broken(body, e); });
    },
    cancel() { if (incoming) incoming.close(); },
  }, { highWaterMark: 0 });
  return body.stream;
}

// broken is what reading a body fails with.
function broken(body, e) {
  if (body.aborted) return body.aborted.reason;
  return internal.part('errors').terminated(e);
}
// copy gives a body a twin; both have the whole content.
function copy(body) {
  if (body.bytes && !body.stream) return ofBytes(body.bytes);
  const [one, two] = streamOf(body).tee();
  const twin = { stream: two, used: false, aborted: body.aborted };
  body.stream = one;
  return twin;
}

// abort ends a body that somebody reads, or will read.
function abort(body, reason) {
  body.aborted = { reason };
  if (body.incoming) body.incoming.close();
  if (body.controller && body.stream._state === 'readable') body.controller.error(reason);
}

// mime writes a type as a blob has it.
function mime(type) {
  const match = /^[\t\n\r ]*([!#$%&'*+\-.^_`|~\w]+\/[!#$%&'*+\-.^_`|~\w]+)[\t\n\r ]*(?:;(.*))?$/s.exec(type || '');
  if (!match) return '';
  let text = match[1].toLowerCase();
  const seen = new Set();
  for (const [, name, quoted, plain] of (match[2] || '').matchAll(/\s*([^\s=;]+)=(?:"((?:[^"\\]|\\.)*)"[^;]*|([^;]*))(?:;|$)/g)) {
    const key = name.toLowerCase(), value = quoted === undefined ? plain.trim() : quoted.replace(/\\(.)/g, '$1');
    if (seen.has(key) || (quoted === undefined && value === '')) continue;
    seen.add(key);
    text += `;${key}=${/^[!#$%&'*+\-.^_`|~\w]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`}`;
  }
  return text;
}
module.exports = { bytesOf, joined, extract, streamOf, broken, copy, abort, mime };
