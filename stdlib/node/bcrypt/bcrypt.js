// The interface of bcrypt, with the addon's messages.
const { Buffer } = require('buffer');
const go = internal;

const bytes = data => typeof data === 'string' ? Buffer.from(data) : data;
const isData = v => typeof v === 'string' || Buffer.isBuffer(v);
const tick = f => Promise.resolve().then(f);

// either serves the callback, or answers a promise without one.
function either(callback, start) {
  if (callback === undefined || callback === null) return new Promise((resolve, reject) => start((e, v) => e ? reject(e) : resolve(v)));
  if (typeof callback !== 'function') return new Promise((_, reject) => reject(new Error('cb must be a function or null to return a Promise')));
  start((e, v) => e ? callback(e) : callback(null, v));
}
const failing = (done, e) => { tick(() => done(e)); };

function genSaltSync(rounds, minor) {
  if (!rounds) rounds = 10;
  else if (typeof rounds !== 'number') throw new Error('rounds must be a number');
  if (!minor) minor = 'b';
  else if (minor !== 'b' && minor !== 'a') throw new Error('minor must be either "a" or "b"');
  return go.salt(rounds, minor);
}
function genSalt(rounds, minor, callback) {
  if (typeof rounds === 'function') [rounds, minor, callback] = [10, 'b', rounds];
  else if (typeof minor === 'function') [minor, callback] = ['b', minor];
  return either(callback, done => {
    let salt;
    try { salt = genSaltSync(rounds, minor); } catch (e) { return failing(done, e); }
    tick(() => done(null, salt));
  });
}

function checked(data, salt) {
  if (data === undefined || data === null || salt === undefined || salt === null) throw new Error('data and salt arguments required');
  if (!isData(data) || (typeof salt !== 'string' && typeof salt !== 'number')) throw new Error('data must be a string or Buffer and salt must either be a salt string or a number of rounds');
  if (typeof salt === 'number') salt = genSaltSync(salt);
  if (!go.valid(salt)) throw new Error('Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue');
  return [bytes(data), salt];
}
const hashSync = (data, salt) => go.hash(undefined, ...checked(data, salt));
function hash(data, salt, callback) {
  if (typeof data === 'function') return failing(data, new Error('data must be a string or Buffer and salt must either be a salt string or a number of rounds'));
  if (typeof salt === 'function') return failing(salt, new Error('data must be a string or Buffer and salt must either be a salt string or a number of rounds'));
  return either(callback, done => {
    let values;
    try { values = checked(data, salt); } catch (e) { return failing(done, e); }
    go.hash(done, ...values);
  });
}

function compared(data, hashed) {
  if (data === undefined || data === null || hashed === undefined || hashed === null) throw new Error('data and hash arguments required');
  if (!isData(data) || typeof hashed !== 'string') throw new Error('data must be a string or Buffer and hash must be a string');
  return [bytes(data), hashed];
}
const compareSync = (data, hashed) => go.compare(undefined, ...compared(data, hashed));
function compare(data, hashed, callback) {
  for (const f of [data, hashed]) if (typeof f === 'function') return failing(f, new Error('data and hash arguments required'));
  return either(callback, done => {
    let values;
    try { values = compared(data, hashed); } catch (e) { return failing(done, e); }
    go.compare(done, ...values);
  });
}

function getRounds(hashed) {
  if (hashed === undefined || hashed === null) throw new Error('hash argument required');
  if (typeof hashed !== 'string') throw new Error('hash must be a string');
  if (!go.valid(hashed)) throw new Error('invalid hash provided');
  return Number(hashed.slice(4, 6));
}

module.exports = { genSaltSync, genSalt, hashSync, hash, compareSync, compare, getRounds };
