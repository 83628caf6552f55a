// X509Certificate.
const { go, lib } = internal;
const { Buffer, coded, badType, badValue, string, object, plain, wrap } = lib;
const custom = Symbol.for('nodejs.util.inspect.custom');
const held = new WeakMap();
const of = c => held.get(c);
const shown = ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber'];

// matches says whether a pattern of a certificate stands for a host.
function matches(pattern, host, { wildcards = true, partialWildcards = true, multiLabelWildcards = false }) {
  pattern = pattern.toLowerCase();
  host = host.toLowerCase().replace(/\.$/, '');
  if (pattern === host) return true;
  if (!wildcards) return false;
  const at = pattern.indexOf('.'), first = pattern.slice(0, at), rest = pattern.slice(at);
  if (at < 0 || !/^(\*[^*]*|[^*]*\*)$/.test(first) || rest.includes('*') || rest.indexOf('.', 1) < 0 || (first !== '*' && (!partialWildcards || host.startsWith('xn--')))) return false;
  if (!host.endsWith(rest)) return false;
  const label = host.slice(0, host.length - rest.length), [before, after] = first.split('*');
  if (label === '' || !(multiLabelWildcards ? /^[a-z0-9-.]+$/ : /^[a-z0-9-]+$/).test(label)) return false;
  return label.length >= before.length + after.length && label.startsWith(before) && label.endsWith(after);
}
function subjectOption({ subject = 'default' }) {
  if (subject !== 'default' && subject !== 'always' && subject !== 'never') throw badValue('options.subject', subject);
  return subject;
}
function options(given = {}) {
  object(given, 'options');
  for (const name of ['wildcards', 'partialWildcards', 'multiLabelWildcards', 'singleLabelSubdomains']) {
    if (given[name] !== undefined && typeof given[name] !== 'boolean') throw badType(`options.${name}`, 'of type boolean', given[name]);
  }
  if (given.singleLabelSubdomains) throw lib.missing('X509Certificate.checkHost with singleLabelSubdomains');
  return [given, subjectOption(given)];
}
// valuesOf are the values of an attribute of the subject.
const valuesOf = (parts = [], name) => parts.filter((_, i) => i % 2 === 1 && parts[i - 1] === name);
function attributes(parts = []) {
  const out = Object.create(null);
  for (let i = 0; i < parts.length; i += 2) {
    const [name, value] = [parts[i], parts[i + 1]];
    out[name] = out[name] === undefined ? value : [].concat(out[name], value);
  }
  return out;
}
class X509Certificate {
  constructor(buffer) {
    if (typeof buffer === 'string') buffer = Buffer.from(buffer);
    if (!ArrayBuffer.isView(buffer)) throw badType('buffer', 'of type string or an instance of Buffer, TypedArray, or DataView', buffer);
    const handle = go.certificate(plain(buffer));
    held.set(this, { handle, info: go.certificateInfo(handle) });
  }
  get issuerCertificate() { return undefined; }
  get raw() { return Buffer.from(of(this).info.raw); }
  get publicKey() { return lib.publicKey(go.certificateKey(of(this).handle)); }
  get ca() { return of(this).info.ca; }
  toString() { return `-----BEGIN CERTIFICATE-----\n${this.raw.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END CERTIFICATE-----\n`; }
  toJSON() { return this.toString(); }
  checkHost(name, given) {
    string(name, 'name');
    const [o, subject] = options(given), { hosts = [], subjectParts } = of(this).info;
    const found = hosts.find(pattern => matches(pattern, name, o));
    if (found !== undefined || subject === 'never' || (subject === 'default' && hosts.length > 0)) return found;
    return valuesOf(subjectParts, 'CN').find(pattern => matches(pattern, name, o));
  }
  checkEmail(email, given) {
    string(email, 'email');
    const [, subject] = options(given), { mails = [], subjectParts } = of(this).info, at = email.lastIndexOf('@');
    const same = other => other.lastIndexOf('@') === at && other.slice(0, at) === email.slice(0, at) && other.slice(at).toLowerCase() === email.slice(at).toLowerCase();
    if (mails.some(same)) return email;
    if (subject === 'never' || (subject === 'default' && mails.length > 0)) return undefined;
    return valuesOf(subjectParts, 'emailAddress').some(same) ? email : undefined;
  }
  checkIP(ip) {
    const bytes = go.addressBytes(string(ip, 'ip'));
    if (bytes === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid IP');
    return (of(this).info.addresses || []).some(a => wrap(a).equals(wrap(bytes))) ? ip : undefined;
  }
  checkIssued(other) {
    if (!held.has(other)) throw badType('otherCert', 'an instance of X509Certificate', other);
    return go.certificateIssued(of(this).handle, of(other).handle);
  }
  checkPrivateKey(key) {
    if (!lib.isKey(key)) throw badType('pkey', 'an instance of KeyObject', key);
    if (key.type !== 'private') throw badValue('pkey', key);
    return lib.publicKey(lib.handle(key)).equals(this.publicKey);
  }
  verify(key) {
    if (!lib.isKey(key)) throw badType('pkey', 'an instance of KeyObject', key);
    if (key.type !== 'public') throw badValue('pkey', key);
    return go.certificateVerify(of(this).handle, lib.handle(key));
  }
  toLegacyObject() {
    const { info } = of(this), out = {}, access = info.infoAccess && Object.create(null);
    for (const line of info.infoAccess ? info.infoAccess.split('\n') : []) {
      const at = line.indexOf(':');
      (access[line.slice(0, at)] = access[line.slice(0, at)] || []).push(line.slice(at + 1));
    }
    const members = {
      subject: attributes(info.subjectParts), issuer: attributes(info.issuerParts), subjectaltname: info.subjectAltName, infoAccess: access, ca: info.ca,
      modulus: info.modulus, bits: info.bits, exponent: info.exponent, pubkey: info.modulus ? wrap(info.key) : info.point && wrap(info.point), asn1Curve: info.asn1Curve, nistCurve: info.nistCurve,
      valid_from: info.validFrom, valid_to: info.validTo, fingerprint: info.fingerprint, fingerprint256: info.fingerprint256, fingerprint512: info.fingerprint512,
      ext_key_usage: info.keyUsage, serialNumber: info.serialNumber, raw: this.raw,
    };
    for (const name of Object.keys(members)) if (members[name] !== undefined) out[name] = members[name];
    return out;
  }
  [custom](depth, given, inspect) {
    if (depth < 0) return this;
    const members = {};
    for (const name of shown) members[name] = this[name];
    return `X509Certificate ${inspect(members, { ...given, depth: given.depth === null ? null : given.depth - 1 })}`;
  }
}
for (const name of shown) Object.defineProperty(X509Certificate.prototype, name, { get() { return of(this).info[name]; }, configurable: true, enumerable: false });
module.exports = { X509Certificate };
