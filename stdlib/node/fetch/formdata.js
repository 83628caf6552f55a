'use strict';
// FormData, and its form multipart/form-data.
const { fail, custom } = internal.part('common');
const { count } = internal.part('fill');
const { joined } = internal.part('contents');
const { File, isBlob, state: blobState } = internal.part('blob');
let entriesOf, isFormData;
const wellFormed = text => internal.wellFormed(`${text}`);

function entry(method, name, value, args) {
  count(`FormData.${method}`, args, 2);
  if (args.length === 3 && !isBlob(value)) {
    throw new TypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
  }
  name = wellFormed(name);
  if (!isBlob(value)) return { name, value: wellFormed(value) };
  const file = args.length === 3 ? wellFormed(args[2]) : undefined;
  if (!(value instanceof File)) value = new File([value], file === undefined ? 'blob' : file, { type: value.type });
  else if (file !== undefined) value = new File([value], file, { type: value.type, lastModified: value.lastModified });
  return { name, value };
}

class FormData {
  #entries = [];
  static {
    isFormData = v => typeof v === 'object' && v !== null && #entries in v;
    entriesOf = v => { if (!isFormData(v)) throw fail(TypeError, 'ERR_INVALID_THIS', 'Illegal invocation'); return v.#entries; };
  }
  constructor(form) {
    if (form !== undefined) throw new TypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }
  append(name, value, filename = undefined) {
    const entries = entriesOf(this);
    entries.push(entry('append', name, value, arguments));
  }
  delete(name) {
    const entries = entriesOf(this);
    count('FormData.delete', arguments, 1);
    name = wellFormed(name);
    for (let i = entries.length - 1; i >= 0; i--) if (entries[i].name === name) entries.splice(i, 1);
  }
  get(name) {
    const entries = entriesOf(this);
    count('FormData.get', arguments, 1);
    name = wellFormed(name);
    const found = entries.find(e => e.name === name);
    return found ? found.value : null;
  }
  getAll(name) {
    const entries = entriesOf(this);
    count('FormData.getAll', arguments, 1);
    name = wellFormed(name);
    return entries.filter(e => e.name === name).map(e => e.value);
  }
  has(name) {
    const entries = entriesOf(this);
    count('FormData.has', arguments, 1);
    name = wellFormed(name);
    return entries.some(e => e.name === name);
  }
  set(name, value, filename = undefined) {
    const entries = entriesOf(this);
    const set = entry('set', name, value, arguments);
    const i = entries.findIndex(e => e.name === set.name);
    if (i < 0) entries.push(set);
    else {
      entries[i] = set;
      for (let j = entries.length - 1; j > i; j--) if (entries[j].name === set.name) entries.splice(j, 1);
    }
  }
  forEach(callback, self = undefined) {
    entriesOf(this);
    count('FormData.forEach', arguments, 1);
    if (typeof callback !== 'function') throw new TypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.");
    for (const [name, value] of this) callback.call(self, value, name, this);
  }
  * keys() { for (const e of entriesOf(this)) yield e.name; }
  * values() { for (const e of entriesOf(this)) yield e.value; }
  * entries() { for (const e of entriesOf(this)) yield [e.name, e.value]; }
}
Object.defineProperty(FormData.prototype, Symbol.iterator, { value: FormData.prototype.entries, writable: true, configurable: true });
Object.defineProperty(FormData.prototype, Symbol.toStringTag, { value: 'FormData', configurable: true });
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'forEach', 'keys', 'values', 'entries']) {
  Object.defineProperty(FormData.prototype, name, { enumerable: true });
}
for (const name of ['append', 'set']) Object.defineProperty(FormData.prototype[name], 'length', { value: 2 });
Object.defineProperty(FormData.prototype, custom, {
  value(depth, options, inspect) {
    const shown = {};
    for (const { name, value } of entriesOf(this)) {
      if (!Object.hasOwn(shown, name)) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    return `FormData ${inspect(shown, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
  },
  writable: true, configurable: true,
});

// encode answers the bytes of a form and their type.
function encode(form) {
  const boundary = `----formdata-undici-0${`${Math.floor(Math.random() * 1e11)}`.padStart(11, '0')}`;
  const quoted = text => text.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22');
  const lines = text => text.replace(/\r?\n|\r/g, '\r\n');
  const chunks = [];
  for (const { name, value } of entriesOf(form)) {
    let head = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(lines(name))}"`;
    if (typeof value === 'string') {
      chunks.push(internal.encode(`${head}\r\n\r\n${lines(value)}\r\n`));
    } else {
      head += `; filename="${quoted(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}\r\n\r\n`;
      chunks.push(internal.encode(head), blobState(value).bytes, internal.encode('\r\n'));
    }
  }
  chunks.push(internal.encode(`--${boundary}--\r\n`));
  return { bytes: joined(chunks), type: `multipart/form-data; boundary=${boundary}` };
}

// decode reads a form of the type that Content-Type names.
function decode(bytes, type) {
  const form = new FormData();
  const essence = /^[^;]*/.exec(type || '')[0].trim().toLowerCase();
  if (essence === 'application/x-www-form-urlencoded') {
    for (const [name, value] of new (internal.global('URLSearchParams'))(internal.text(bytes))) form.append(name, value);
    return form;
  }
  if (essence !== 'multipart/form-data') {
    throw new TypeError('Content-Type was not one of "multipart/form-data" or "application/x-www-form-urlencoded".');
  }
  const boundary = /;\s*boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type);
  const parts = boundary && internal.parts(bytes, boundary[1] === undefined ? boundary[2] : boundary[1]);
  if (!parts) throw new TypeError('Failed to parse body as FormData.');
  for (const { name, filename, type: partType, bytes: content } of parts) {
    const array = new Uint8Array(content);
    if (filename === undefined) form.append(name, internal.text(array));
    else form.append(name, new File([array], filename, { type: partType }));
  }
  return form;
}
module.exports = { FormData, isFormData, encode, decode };
