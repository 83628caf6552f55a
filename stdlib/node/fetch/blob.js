'use strict';
// Blob and File. A blob has its bytes as a whole.
const { fail, badType, illegal, missing, finish } = internal.part('common');
const { bytesOf, joined } = internal.part('contents');
let state, isBlob;

const typeOf = type => (/[^\x20-\x7e]/.test(type = `${type}`) ? '' : type.toLowerCase());

class Blob {
  #state;
  static {
    isBlob = v => typeof v === 'object' && v !== null && #state in v;
    state = v => { if (!isBlob(v)) throw illegal('Blob'); return v.#state; };
  }
  constructor(sources = [], options = {}) {
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') throw badType('sources', 'a sequence', sources);
    if (options === null || options === undefined) options = {};
    if (typeof options !== 'object' && typeof options !== 'function') throw badType('options', 'a dictionary', options);
    const { type = '', endings = 'transparent' } = options;
    if (`${endings}` !== 'transparent' && `${endings}` !== 'native') {
      throw fail(TypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.endings' is invalid. Received ${internal.inspect(endings)}`);
    }
    const chunks = [];
    for (const source of sources) {
      if (isBlob(source)) { chunks.push(state(source).bytes); continue; }
      const bytes = bytesOf(source);
      if (bytes) chunks.push(bytes.slice());
      else chunks.push(internal.encode(`${endings}` === 'native' ? `${source}`.replace(/\r\n|\r|\n/g, '\n') : `${source}`));
    }
    this.#state = { bytes: joined(chunks), type: typeOf(type) };
  }
  get type() { return state(this).type; }
  get size() { return state(this).bytes.length; }
  slice(start = 0, end = state(this).bytes.length, type = '') {
    const from = state(this).bytes;
    const blob = new Blob([], { type });
    state(blob).bytes = from.subarray(start, Math.max(end, -from.length));
    return blob;
  }
  async arrayBuffer() { return state(this).bytes.slice().buffer; }
  async text() { return internal.text(state(this).bytes); }
  async bytes() { return state(this).bytes.slice(); }
  stream() {
    const { bytes } = state(this);
    return new (internal.global('ReadableStream'))({
      type: 'bytes',
      pull(controller) {
        if (bytes.length) controller.enqueue(bytes.slice());
        controller.close();
        if (controller.byobRequest) controller.byobRequest.respond(0);
      },
    });
  }
}
finish(Blob, 'type size slice arrayBuffer text stream', b => ({ size: b.size, type: b.type }));

class File extends Blob {
  #name; #lastModified;
  constructor(fileBits, fileName, options = undefined) {
    if (arguments.length < 2) throw missing('The "fileBits" and "fileName" arguments must be specified');
    super(fileBits, options);
    const { lastModified } = options || {};
    this.#name = `${fileName}`;
    this.#lastModified = lastModified === undefined ? internal.date() : Math.trunc(Number(lastModified)) || 0;
  }
  get name() { return this.#name; }
  get lastModified() { return this.#lastModified; }
}
finish(File, 'name lastModified', f => ({ size: f.size, type: f.type, name: f.name, lastModified: f.lastModified }));
module.exports = { Blob, File, isBlob, state };
