// Node's url: its legacy functions, WHATWG's classes and what leads from one to the other.
const legacy = internal.base();
const URL = internal.global('URL'), URLSearchParams = internal.global('URLSearchParams');

const fail = (code, message) => internal.fail(TypeError, code, message);

function format(url, options) {
  if (url instanceof URL) {
    if (options && typeof options !== 'object') throw fail('ERR_INVALID_ARG_TYPE', `The "options" argument must be of type object. Received ${internal.describe(options)}`);
    options = Object.assign({ fragment: true, unicode: false, search: true, auth: true }, options);
    let out = url.protocol;
    if (url.host !== '' || /^[a-z0-9+.-]+:\/\//.test(url.href)) {
      out += '//';
      if (options.auth && (url.username || url.password)) out += url.username + (url.password ? ':' + url.password : '') + '@';
      out += options.unicode ? url.host.replace(url.hostname, domainToUnicode(url.hostname)) : url.host;
    }
    return out + url.pathname + (options.search ? url.search : '') + (options.fragment ? url.hash : '');
  }
  return legacy.format(url);
}

function domainToASCII(domain) {
  const u = new URL('ws://x');
  domain = `${domain}`;
  u.hostname = domain;
  return u.hostname === 'x' && domain.toLowerCase() !== 'x' ? '' : u.hostname;
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
  if (typeof path !== 'string') throw fail('ERR_INVALID_ARG_TYPE', `The "path" argument must be of type string. Received ${internal.describe(path)}`);
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

Object.assign(exports, {
  ...legacy, format,
  URL, URLSearchParams, domainToASCII, domainToUnicode, pathToFileURL, fileURLToPath, urlToHttpOptions,
});
