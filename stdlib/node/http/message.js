// Errors and checks that requests and responses share.
const EventEmitter = require('events');
const Stream = require('stream');
const net = require('net');
const { Buffer } = require('buffer');
const { nextTick } = require('process');
const { setImmediate } = require('timers');
const { STATUS_CODES, METHODS } = tables;

const partsOf = o => o[Object.getOwnPropertySymbols(o).find(s => s.description === 'parts')];
const coded = (Base, code, message, fields) => Object.assign(internal.fail(Base, code, message), fields);
const argumentError = (name, wanted, value) => coded(TypeError, 'ERR_INVALID_ARG_TYPE',
  `The ${name.includes('.') ? `"${name}" property` : `"${name}" argument`} must be ${wanted}. Received ${internal.describe(value)}`);
const missing = member => internal.fail(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `${member} is not provided by Ferrule`);
const hungUp = message => Object.assign(new Error(message), { code: 'ECONNRESET' });
function abortError(signal) {
  const e = signal && signal.reason !== undefined ? new Error('The operation was aborted', { cause: signal.reason }) : new Error('The operation was aborted');
  e.code = 'ABORT_ERR';
  e.name = 'AbortError';
  return e;
}

const tokenForm = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const badHeaderText = /[^\t\x20-\x7e\x80-\xff]/;
const badPath = /[^\u0021-\u00ff]/;

function validateHeaderName(name, label) {
  if (typeof name !== 'string' || !tokenForm.test(name)) throw coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label || 'Header name'} must be a valid HTTP token ["${name}"]`);
}
function validateHeaderValue(name, value) {
  if (value === undefined) throw coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${value}" for header "${name}"`);
  if (badHeaderText.test(value)) throw coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

// milliseconds checks the delay of a timer.
function milliseconds(value, name) {
  if (typeof value !== 'number') throw argumentError(name, 'of type number', value);
  if (value < 0 || !Number.isFinite(value)) throw coded(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range. It must be a non-negative finite number. Received ${value}`);
  return Math.min(value, 2 ** 31 - 1);
}

const hidden = (o, name, value) => Object.defineProperty(o, name, { value, writable: true, configurable: true, enumerable: false });
const defaults = (prototype, values) => { for (const name of Object.keys(values)) hidden(prototype, name, values[name]); };
