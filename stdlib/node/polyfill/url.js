// Node's url: the legacy functions of the polyfill, WHATWG's classes and what leads from one to the other.
const legacy = internal.base();
const URL = internal.global('URL'), URLSearchParams = internal.global('URLSearchParams');

function fail(code, message) { const e = new TypeError(message); e.code = code; return e; }

function parse(url, parseQuery, slashes) {
  if (typeof url !== 'string' && !(url instanceof legacy.Url)) throw fail('ERR_INVALID_ARG_TYPE', `The "url" argument must be of type string. Received ${internal.describe(url)}`);
  const u = legacy.parse(url, parseQuery, slashes);
  if (u.hostname && /[\0\t\n\r #%/:<>?@[\\\]^|]/.test(u.hostname.replace(/^[0-9a-fA-F:.]*$/, ''))) throw Object.assign(fail('ERR_INVALID_URL', 'Invalid URL'), { input: url });
  return u;
}

function format(url, options) {
  if (url instanceof URL) {
    options = Object.assign({ fragment: true, unicode: false, search: true, auth: true }, options);
    let out = url.protocol;
    if (url.host !== '' || /^[a-z0-9+.-]+:\/\//.test(url.href)) {
      out += '//';
      if (options.auth && (url.username || url.password)) out += url.username + (url.password ? ':' + url.password : '') + '@';
      out += options.unicode ? url.host.replace(url.hostname, domainToUnicode(url.hostname)) : url.host;
    }
    return out + url.pathname + (options.search ? url.search : '') + (options.fragment ? url.hash : '');
  }
  if (typeof url === 'string') url = parse(url);
  else if (typeof url !== 'object' || url === null) throw fail('ERR_INVALID_ARG_TYPE', `The "urlObject" argument must be one of type object or string. Received ${internal.describe(url)}`);
  const text = legacy.format(url);
  return !url.protocol && !url.slashes && text.startsWith('//') && (url.host || url.hostname) ? text.slice(2) : text;
}

function domainToASCII(domain) {
  try { return new URL(`ws://${domain}`).hostname; } catch { return ''; }
}
function domainToUnicode(domain) {
  const ascii = domainToASCII(domain);
  return ascii === '' ? '' : require('punycode').toUnicode(ascii);
}

function fileURLToPath(path) {
  if (typeof path === 'string') path = new URL(path);
  else if (!(path instanceof URL)) throw fail('ERR_INVALID_ARG_TYPE', `The "path" argument must be of type string or an instance of URL. Received ${internal.describe(path)}`);
  if (path.protocol !== 'file:') throw fail('ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (path.hostname !== '') throw fail('ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(path.pathname)) throw fail('ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(path.pathname);
}

function pathToFileURL(path) {
  let resolved = require('path').resolve(path);
  if (path.endsWith('/') && !resolved.endsWith('/')) resolved += '/';
  const out = new URL('file://');
  out.pathname = resolved.replace(/%/g, '%25').replace(/\\/g, '%5C').replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/\t/g, '%09').replace(/\?/g, '%3F').replace(/#/g, '%23');
  return out;
}

function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null, ...url, protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash, search, pathname, path: `${pathname || ''}${search || ''}`, href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

legacy.Url.prototype.parse = legacy.Url.prototype.parse || function () { return parse(...arguments); };
Object.assign(exports, {
  Url: legacy.Url, parse, resolve: legacy.resolve, resolveObject: legacy.resolveObject, format,
  URL, URLSearchParams, domainToASCII, domainToUnicode, pathToFileURL, fileURLToPath, urlToHttpOptions,
});
