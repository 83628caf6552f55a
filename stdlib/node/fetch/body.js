'use strict';
// Bodies of requests and responses. A body is null or has its content in one of three forms: bytes; incoming,
// which Go reads from the network, with ended, which is called at its end; stream, a ReadableStream. The
// first two become a stream when a rule asks for body.

// extract makes a body of a BodyInit, and its type.
function extract(init) {
  if (typeof init === 'string') return { body: { bytes: internal.encode(init), used: false }, type: 'text/plain;charset=UTF-8' };
  return internal.part('contents').extract(init);
}

const used = body => body.used || (body.stream !== undefined && body.stream._disturbed === true);
const unusable = body => used(body) || (body.stream !== undefined && body.stream.locked);

// fill reads a body to its end and answers its bytes.
async function fill(body) {
  body.used = true;
  if (body.stream) {
    const reader = body.stream.getReader();
    const chunks = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return internal.part('contents').joined(chunks);
      if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      chunks.push(value);
    }
  }
  return body.bytes || new Uint8Array(await rest(body, false));
}

// rest answers what comes from the network, as an ArrayBuffer, or as a text where it is one.
async function rest(body, text) {
  body.used = true;
  try {
    const whole = await body.incoming.read(true, text);
    if (body.ended) body.ended();
    return whole;
  } catch (e) { throw internal.part('contents').broken(body, e); }
}

// read answers the promise of a body as text, json and so on; stateOf answers { body, headers } of self.
async function read(stateOf, self, as) {
  const { body, headers } = stateOf(self);
  if (body && unusable(body)) throw new TypeError('Body is unusable: Body has already been read');
  if (body && body.aborted) throw new (internal.global('DOMException'))('The operation was aborted.', 'AbortError');
  if (as === 'text' || as === 'json') {
    const text = body ? internal.text(await (body.incoming && !body.stream ? rest(body, true) : fill(body))) : '';
    return as === 'text' ? text : JSON.parse(text);
  }
  const bytes = body ? await fill(body) : new Uint8Array(0);
  if (as === 'bytes') return bytes.slice();
  if (as === 'arrayBuffer') return bytes.slice().buffer;
  const entry = internal.part('list').entriesOf(headers).get('content-type');
  const type = entry ? entry.values.join(', ') : null;
  if (as === 'formData') return internal.part('formdata').decode(bytes, type);
  return new (internal.global('Blob'))([bytes], { type: internal.part('contents').mime(type) });
}

module.exports = { extract, used, unusable, fill, read };
