'use strict';
// The errors of fetch, as undici has them.

// failed is the error of a fetch that did not work. That of the policy has its code here, too.
function failed(cause) {
  const e = new TypeError('fetch failed', { cause });
  if (typeof cause.code === 'string' && cause.code.startsWith('EEGRESS')) e.code = cause.code;
  return e;
}
const network = text => failed(new Error(text));
function undici(name, code, message) {
  const e = new Error(message);
  e.name = name;
  e.code = code;
  return failed(e);
}

function terminated(cause) {
  const e = new TypeError('terminated', { cause });
  if (cause && typeof cause.code === 'string' && cause.code.startsWith('EEGRESS')) e.code = cause.code;
  return e;
}
module.exports = { failed, network, undici, terminated };
