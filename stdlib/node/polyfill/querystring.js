// Node's querystring.
const table = [];
for (let i = 0; i < 256; i++) table.push('%' + (i < 16 ? '0' : '') + i.toString(16).toUpperCase());
const unreserved = /[^A-Za-z0-9\-_.!~*'()]/;

function escape(s) {
  if (typeof s !== 'string') s = typeof s === 'object' ? String(s) : s + '';
  if (!unreserved.test(s)) return s;
  try { return encodeURIComponent(s); } catch { throw Object.assign(new URIError('URI malformed'), { code: 'ERR_INVALID_URI' }); }
}

function unescapeBuffer(s, decodeSpaces) {
  const out = [];
  for (let i = 0; i < s.length; i++) {
    const c = s.charCodeAt(i);
    if (c === 43 && decodeSpaces) out.push(32);
    else if (c === 37 && /^[0-9A-Fa-f]{2}$/.test(s.substr(i + 1, 2))) {
      out.push(parseInt(s.substr(i + 1, 2), 16));
      i += 2;
    } else out.push(c & 255);
  }
  return require('buffer').Buffer.from(out);
}

function unescape(s, decodeSpaces) {
  try { return decodeURIComponent(s); } catch { return unescapeBuffer(s, decodeSpaces).toString(); }
}

function primitive(v) {
  if (typeof v === 'string') return v;
  if (typeof v === 'number' && isFinite(v)) return '' + v;
  if (typeof v === 'bigint') return '' + v;
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return '';
}

function stringify(o, sep, eq, options) {
  sep = sep || '&';
  eq = eq || '=';
  let encode = exports.escape;
  if (options && typeof options.encodeURIComponent === 'function') encode = options.encodeURIComponent;
  const text = v => (typeof v === 'string' && v.length === 0 ? '' : encode(primitive(v)));
  if (o === null || typeof o !== 'object') return '';
  const fields = [];
  for (const key of Object.keys(o)) {
    const name = encode(primitive(key)) + eq, v = o[key];
    if (Array.isArray(v)) for (const item of v) fields.push(name + text(item));
    else fields.push(name + text(v));
  }
  return fields.join(sep);
}

function parse(s, sep, eq, options) {
  const out = Object.create(null);
  if (typeof s !== 'string' || s.length === 0) return out;
  sep = sep ? sep + '' : '&';
  eq = eq ? eq + '' : '=';
  let limit = 1000, decode = exports.unescape;
  if (options && typeof options.maxKeys === 'number') limit = options.maxKeys;
  if (options && typeof options.decodeURIComponent === 'function') decode = options.decodeURIComponent;
  const custom = decode !== unescape;
  const text = v => {
    if (v.includes('+')) v = v.replace(/\+/g, custom ? '%20' : ' ');
    if (!custom && !v.includes('%')) return v;
    try { return decode(v); } catch { return unescape(v, true); }
  };
  let count = 0;
  for (const part of s.split(sep)) {
    if (part === '') continue;
    if (limit > 0 && ++count > limit) break;
    const at = part.indexOf(eq);
    const key = text(at < 0 ? part : part.slice(0, at)), value = at < 0 ? '' : text(part.slice(at + eq.length));
    if (!(key in out)) out[key] = value;
    else if (Array.isArray(out[key])) out[key].push(value);
    else out[key] = [out[key], value];
  }
  return out;
}

Object.assign(exports, { unescapeBuffer, unescape, escape, stringify, encode: stringify, parse, decode: parse });
