(function (go) {
  const { defineProperty, defineProperties } = Object;
  const tagSymbol = Symbol.toStringTag;
  const { isView } = ArrayBuffer;
  const Bytes = Uint8Array, Buffers = ArrayBuffer;
  const resolved = Promise.resolve(), then = Promise.prototype.then;
  const typedArray = Object.getPrototypeOf(Bytes.prototype);
  const call = Function.prototype.call.bind(Function.prototype.call);
  const viewGetter = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
  const typed = { buffer: viewGetter(typedArray, 'buffer'), byteOffset: viewGetter(typedArray, 'byteOffset'), byteLength: viewGetter(typedArray, 'byteLength') };
  const data = { buffer: viewGetter(DataView.prototype, 'buffer'), byteOffset: viewGetter(DataView.prototype, 'byteOffset'), byteLength: viewGetter(DataView.prototype, 'byteLength') };
  const bufferLength = viewGetter(Buffers.prototype, 'byteLength');
  const tagOf = viewGetter(typedArray, tagSymbol);
  const labels = { __proto__: null, 'utf-8': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8', unicode11utf8: 'utf-8', unicode20utf8: 'utf-8', 'x-unicode20utf8': 'utf-8',
    'utf-16le': 'utf-16le', 'utf-16': 'utf-16le', 'ucs-2': 'utf-16le', 'iso-10646-ucs-2': 'utf-16le', csunicode: 'utf-16le', unicode: 'utf-16le', unicodefeff: 'utf-16le',
    latin1: 'windows-1252', 'iso-8859-1': 'windows-1252', 'iso8859-1': 'windows-1252', 'iso88591': 'windows-1252', iso_8859_1: 'windows-1252', 'iso_8859-1': 'windows-1252', ascii: 'windows-1252',
    'us-ascii': 'windows-1252', l1: 'windows-1252', cp1252: 'windows-1252', 'x-cp1252': 'windows-1252', 'windows-1252': 'windows-1252', cp819: 'windows-1252', ibm819: 'windows-1252', 'ansi_x3.4-1968': 'windows-1252', 'iso-ir-100': 'windows-1252', csisolatin1: 'windows-1252', 'iso_8859-1:1987': 'windows-1252' };

  const { fail } = go;
  // parts of a view or an ArrayBuffer, or null
  function parts(v) {
    if (isView(v)) {
      const of = call(tagOf, v) === undefined ? data : typed;
      return [call(of.buffer, v), call(of.byteOffset, v), call(of.byteLength, v)];
    }
    try { return [v, 0, call(bufferLength, v)]; } catch { return null; }
  }

  const codes = { IndexSizeError: 1, HierarchyRequestError: 3, WrongDocumentError: 4, InvalidCharacterError: 5, NoModificationAllowedError: 7, NotFoundError: 8, NotSupportedError: 9,
    InUseAttributeError: 10, InvalidStateError: 11, SyntaxError: 12, InvalidModificationError: 13, NamespaceError: 14, InvalidAccessError: 15, TypeMismatchError: 17, SecurityError: 18,
    NetworkError: 19, AbortError: 20, URLMismatchError: 21, QuotaExceededError: 22, TimeoutError: 23, InvalidNodeTypeError: 24, DataCloneError: 25 };
  const NativeError = Error;
  class DOMException {
    #name; #message;
    constructor(message = '', options = 'Error') {
      const self = new NativeError();
      Object.setPrototypeOf(self, new.target.prototype);
      const hold = new Fields(self);
      hold.message = `${message}`;
      if (options !== null && typeof options === 'object') {
        hold.name = `${options.name === undefined ? 'Error' : options.name}`;
        if ('cause' in options) defineProperty(self, 'cause', { value: options.cause, configurable: true, writable: true });
      } else hold.name = `${options}`;
      defineProperty(self, 'stack', { value: `${hold.name}: ${hold.message}\n    at new DOMException`, writable: true, configurable: true });
      return self;
    }
    get name() { return Fields.of(this).name; }
    get message() { return Fields.of(this).message; }
    get code() { const code = codes[Fields.of(this).name]; return code === undefined ? 0 : code; }
  }
  class Stamp { constructor(target) { return target; } }
  class Fields extends Stamp {
    #fields = { name: '', message: '' };
    constructor(target) { super(target); return this.#fields; }
    static of(v) {
      if (typeof v !== 'object' || v === null || !(#fields in v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type DOMException');
      return v.#fields;
    }
  }
  Object.setPrototypeOf(DOMException.prototype, NativeError.prototype);
  const enumerable = { enumerable: true };
  defineProperties(DOMException.prototype, { [tagSymbol]: { value: 'DOMException', configurable: true }, name: enumerable, message: enumerable, code: enumerable });
  for (const [name, value] of Object.entries({ INDEX_SIZE_ERR: 1, DOMSTRING_SIZE_ERR: 2, HIERARCHY_REQUEST_ERR: 3, WRONG_DOCUMENT_ERR: 4, INVALID_CHARACTER_ERR: 5, NO_DATA_ALLOWED_ERR: 6,
    NO_MODIFICATION_ALLOWED_ERR: 7, NOT_FOUND_ERR: 8, NOT_SUPPORTED_ERR: 9, INUSE_ATTRIBUTE_ERR: 10, INVALID_STATE_ERR: 11, SYNTAX_ERR: 12, INVALID_MODIFICATION_ERR: 13, NAMESPACE_ERR: 14,
    INVALID_ACCESS_ERR: 15, VALIDATION_ERR: 16, TYPE_MISMATCH_ERR: 17, SECURITY_ERR: 18, NETWORK_ERR: 19, ABORT_ERR: 20, URL_MISMATCH_ERR: 21, QUOTA_EXCEEDED_ERR: 22, TIMEOUT_ERR: 23,
    INVALID_NODE_TYPE_ERR: 24, DATA_CLONE_ERR: 25 })) {
    defineProperty(DOMException, name, { value, enumerable: true });
    defineProperty(DOMException.prototype, name, { value, enumerable: true });
  }

  class TextEncoder {
    #mark = true;
    static { this.check = v => { if (typeof v !== 'object' || v === null || !(#mark in v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type TextEncoder'); }; }
    get encoding() { checkEncoder(this); return 'utf-8'; }
    encode(input = '') { checkEncoder(this); return new Bytes(go.encode(`${input}`)); }
    encodeInto(src, dest) {
      checkEncoder(this);
      if (typeof src !== 'string') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "src" argument must be of type string. Received ${go.describe(src)}`);
      if (!(dest instanceof Bytes)) throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "dest" argument must be an instance of Uint8Array. Received ${go.describe(dest)}`);
      const [read, written] = go.encodeInto(src, ...parts(dest));
      return { read, written };
    }
  }
  const checkEncoder = TextEncoder.check;
  delete TextEncoder.check;
  defineProperties(TextEncoder.prototype, { encode: enumerable, encodeInto: enumerable, encoding: enumerable, [tagSymbol]: { value: 'TextEncoder', configurable: true } });

  class TextDecoder {
    #label; #fatal; #ignoreBOM; #rest = null; #started = false;
    constructor(encoding = 'utf-8', options = {}) {
      encoding = `${encoding}`;
      if (options === null) options = {};
      if (typeof options !== 'object' && typeof options !== 'function') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options" argument must be of type object. Received ${go.describe(options)}`);
      const label = labels[encoding.trim().toLowerCase()];
      if (label === undefined) throw fail(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${encoding}" encoding is not supported`);
      this.#label = label; this.#fatal = !!options.fatal; this.#ignoreBOM = !!options.ignoreBOM;
    }
    static #is(v) { if (typeof v !== 'object' || v === null || !(#label in v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type TextDecoder'); }
    get encoding() { TextDecoder.#is(this); return this.#label; }
    get fatal() { TextDecoder.#is(this); return this.#fatal; }
    get ignoreBOM() { TextDecoder.#is(this); return this.#ignoreBOM; }
    decode(input = new Bytes(0), options = {}) {
      TextDecoder.#is(this);
      let at = parts(input);
      if (at === null) throw fail.native(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.');
      const stream = options !== null && options !== undefined && !!options.stream;
      if (this.#rest !== null) {
        const joined = new Bytes(this.#rest.length + at[2]);
        joined.set(this.#rest); joined.set(new Bytes(at[0], at[1], at[2]), this.#rest.length);
        at = [joined.buffer, 0, joined.length];
      }
      const answer = go.decode(this.#label, this.#fatal, !this.#ignoreBOM && !this.#started, !stream, at[0], at[1], at[2]);
      if (answer === null) { this.#rest = null; this.#started = false; throw fail.native(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', `The encoded data was not valid for encoding ${this.#label}`); }
      const rest = answer[1];
      this.#rest = rest > 0 ? new Bytes(at[0], at[1] + at[2] - rest, rest).slice() : null;
      this.#started = stream && (this.#started || answer[0].length > 0 || at[2] > rest);
      return answer[0];
    }
  }
  defineProperties(TextDecoder.prototype, { decode: enumerable, encoding: enumerable, fatal: enumerable, ignoreBOM: enumerable, [tagSymbol]: { value: 'TextDecoder', configurable: true } });

  const { btoa } = { btoa(input) {
    if (arguments.length === 0) throw fail(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
    const out = go.btoa(`${input}`);
    if (out === null) throw new DOMException('Invalid character', 'InvalidCharacterError');
    return out;
  } };
  const { atob } = { atob(input) {
    if (arguments.length === 0) throw fail(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
    const out = go.atob(`${input}`);
    if (typeof out === 'number') throw new DOMException(out === 1 ? 'Invalid character' : 'The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
    return out;
  } };
  const { queueMicrotask } = { queueMicrotask(callback) {
    if (typeof callback !== 'function') throw fail(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${go.describe(callback)}`);
    call(then, resolved, () => { callback(); });
  } };
  return { TextEncoder, TextDecoder, btoa, atob, DOMException, queueMicrotask };
})
