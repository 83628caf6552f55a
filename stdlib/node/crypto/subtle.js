// The methods of SubtleCrypto: each takes the list of its arguments.
const { go, lib } = internal;
const { refused, failedWith, normalized, judged, cryptoKey, of, Buffer, wrap } = lib;
const exact = b => b instanceof ArrayBuffer ? b : Uint8Array.from(b).buffer;
const hashes = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
const sizes = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-384': 48, 'SHA-512': 64 };
const failing = f => { try { return f(); } catch (e) { throw failedWith(e); } };
const waited = start => new Promise((resolve, reject) => start((e, v) => e ? reject(failedWith(e)) : resolve(v)));
const handleOf = key => lib.handle(of(key).key);
const isAES = name => name.startsWith('AES-'), isRSA = name => name.startsWith('RSA'), isEC = name => name === 'ECDSA' || name === 'ECDH';
const aesSizes = [128, 192, 256];
// blockBits is how long an HMAC key is when it is not said.
const blockBits = hash => hash.name === 'SHA-1' || hash.name === 'SHA-256' ? 512 : 1024;

// usable throws unless all usages are among those allowed.
function usable(usages, allowed, what) {
  if (usages.some(u => !allowed.includes(u))) throw refused(`Unsupported key usage for ${what} key`, 'SyntaxError');
}
const wrapping = ['encrypt', 'decrypt', 'wrapKey', 'unwrapKey'];
// pairUsages are those of a public and a private key.
const pairUsages = name => name === 'RSA-OAEP' ? [['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey']] : name === 'ECDH' || name === 'X25519' ? [[], ['deriveKey', 'deriveBits']] : [['verify'], ['sign']];

// jwkAlgorithm is the member alg of a key; undefined for one that has none.
function jwkAlgorithm({ name, hash, length, namedCurve }) {
  const digits = hash && hash.name.slice(4);
  switch (name) {
    case 'HMAC': return `HS${digits}`;
    case 'RSASSA-PKCS1-v1_5': return `RS${digits}`;
    case 'RSA-PSS': return `PS${digits}`;
    case 'RSA-OAEP': return digits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${digits}`;
    case 'ECDSA': return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[namedCurve];
    case 'Ed25519': return name;
    default: if (isAES(name)) return `A${length}${name.slice(4)}`;
  }
}

async function generate(algorithm, extractable, usages) {
  const { name, hash } = algorithm;
  if (isAES(name)) {
    if (!aesSizes.includes(algorithm.length)) throw refused('AES key length must be 128, 192, or 256 bits', 'OperationError');
    usable(usages, name === 'AES-KW' ? wrapping.slice(2) : wrapping, 'an AES');
    return secret(algorithm.length, { name, length: algorithm.length }, usages, extractable);
  }
  if (name === 'HMAC') {
    usable(usages, ['sign', 'verify'], 'an HMAC');
    const length = algorithm.length === undefined ? blockBits(hash) : algorithm.length;
    failing(() => lib.integer(length, 'options.length', 8, 2147483647));
    return secret(length, { name, length, hash }, usages, extractable);
  }
  if (isEC(name)) curve(algorithm.namedCurve);
  const [open, closed] = pairUsages(name);
  usable(usages, open.concat(closed), isRSA(name) ? 'a RSA' : `an ${name}`);
  let values, described = { name };
  if (isRSA(name)) {
    const exponent = algorithm.publicExponent.reduce((n, b) => n * 256 + b, 0);
    values = ['rsa', algorithm.modulusLength, undefined, exponent];
    described = { name, modulusLength: algorithm.modulusLength, publicExponent: algorithm.publicExponent, hash };
  } else if (isEC(name)) {
    values = ['ec', undefined, algorithm.namedCurve];
    described = { name, namedCurve: algorithm.namedCurve };
  } else values = [name.toLowerCase()];
  const handle = await waited(done => go.generate(done, ...values));
  const publicKey = cryptoKey(lib.publicKey(handle), described, usages.filter(u => open.includes(u)), true);
  const privateKey = cryptoKey(lib.privateKey(handle), { ...described }, usages.filter(u => closed.includes(u)), extractable);
  if (of(privateKey).usages.length === 0) throw refused('Usages cannot be empty when creating a key.', 'SyntaxError');
  return Object.assign(Object.create(null), isRSA(name) || isEC(name) ? { publicKey, privateKey } : { privateKey, publicKey });
}
function secret(bits, algorithm, usages, extractable) {
  if (usages.length === 0) throw refused('Usages cannot be empty when creating a key.', 'SyntaxError');
  return cryptoKey(lib.secretKey(new Uint8Array(go.randomBytes(undefined, Math.floor(bits / 8)))), algorithm, usages, extractable);
}
function curve(name) {
  if (!['P-256', 'P-384', 'P-521'].includes(name)) throw refused('Unrecognized namedCurve', 'NotSupportedError');
  return name;
}

const wrongData = (message = 'Invalid keyData', cause) => refused(message, 'DataError', cause);
const reading = f => { try { return f(); } catch (e) { throw wrongData(undefined, e); } };
const jwkMembers = ['alg', 'crv', 'd', 'dp', 'dq', 'e', 'k', 'kty', 'n', 'p', 'q', 'qi', 'use', 'x', 'y'];
function jwkOf(given) {
  const jwk = {};
  for (const name of jwkMembers) if (given[name] !== undefined) jwk[name] = String(given[name]);
  if (given.ext !== undefined) jwk.ext = !!given.ext;
  if (given.key_ops !== undefined) jwk.key_ops = Array.from(given.key_ops, String);
  return jwk;
}
// judgeJWK looks at what a JWK says of its use.
function judgeJWK(jwk, use, usages, extractable) {
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== use) throw wrongData('Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined) {
    if (new Set(jwk.key_ops).size !== jwk.key_ops.length) throw wrongData('Duplicate key operation');
    if (usages.some(u => !jwk.key_ops.includes(u))) throw wrongData('Key operations and usage mismatch');
  }
  if (jwk.ext === false && extractable) throw wrongData('JWK "ext" Parameter and extractable mismatch');
}
function judgeKind(jwk, kty) {
  if (!jwk.kty) throw wrongData();
  if (jwk.kty !== kty) throw wrongData('Invalid JWK "kty" Parameter');
}
function judgeAlgorithm(jwk, ...wanted) {
  if (jwk.alg !== undefined && !wanted.includes(jwk.alg)) throw wrongData('JWK "alg" does not match the requested algorithm');
}
function importSecret(format, data, algorithm, extractable, usages) {
  const { name } = algorithm, use = name === 'HMAC' ? 'sig' : 'enc';
  let bytes;
  if (name === 'HMAC') usable(usages, ['sign', 'verify'], 'an HMAC');
  else usable(usages, name === 'AES-KW' ? wrapping.slice(2) : wrapping, 'an AES');
  if (format === 'raw') bytes = data;
  else if (format === 'jwk') {
    judgeKind(data, 'oct');
    judgeJWK(data, use, usages, extractable);
    if (data.k === undefined) throw wrongData();
    bytes = Buffer.from(data.k, 'base64url');
  } else throw refused(`Unable to import ${name} key with format ${format}`, name === 'HMAC' ? 'Error' : 'NotSupportedError');
  const bits = bytes.length * 8, described = name === 'HMAC' ? { name, hash: algorithm.hash, length: bits } : { name, length: bits };
  if (name === 'HMAC') {
    if (format === 'raw' && (bits === 0 || algorithm.length === 0)) throw wrongData('Zero-length key is not supported');
    if (algorithm.length !== undefined && algorithm.length !== bits) throw wrongData('Invalid key length');
  } else if (!aesSizes.includes(bits)) throw wrongData('Invalid key length');
  if (format === 'jwk') judgeAlgorithm(data, jwkAlgorithm(described));
  return cryptoKey(lib.secretKey(bytes), described, usages, extractable);
}
function importPair(format, data, algorithm, extractable, usages) {
  const { name, hash, namedCurve } = algorithm, [open, closed] = pairUsages(name);
  const allow = isPublic => usable(usages, isPublic ? open : closed, isRSA(name) ? `an ${name}` : `a ${name}`);
  const kty = isRSA(name) ? 'RSA' : isEC(name) ? 'EC' : 'OKP';
  if (isEC(name)) curve(namedCurve);
  let key;
  if (format === 'spki' || format === 'pkcs8') {
    allow(format === 'spki');
    key = reading(() => format === 'spki' ? lib.publicKey(go.key(data, false, 'spki')) : lib.privateKey(go.key(data, true, 'pkcs8')));
  } else if (format === 'jwk') {
    judgeKind(data, kty);
    if (kty === 'EC' && data.crv !== namedCurve) throw wrongData('JWK "crv" does not match the requested algorithm');
    if (kty === 'OKP' && data.crv !== name) throw wrongData('JWK "crv" Parameter and algorithm name mismatch');
    allow(data.d === undefined);
    judgeJWK(data, name === 'RSA-OAEP' || name === 'ECDH' || name === 'X25519' ? 'enc' : 'sig', usages, extractable);
    if (name === 'Ed25519') judgeAlgorithm(data, name, 'EdDSA');
    else if (kty === 'RSA' || name === 'ECDSA') judgeAlgorithm(data, jwkAlgorithm({ name, hash, namedCurve }));
    key = reading(() => data.d === undefined ? lib.publicKey(lib.ofJWK(data, 'public')) : lib.privateKey(lib.ofJWK(data, 'private')));
  } else {
    if (kty === 'RSA') throw refused(`Unable to import RSA key with format ${format}`, 'NotSupportedError');
    allow(true);
    if (kty === 'OKP' && data.length !== 32) throw wrongData(`${name} raw keys must be exactly 32-bytes`);
    try { key = lib.publicKey(go.keyFromPoint(kty === 'EC' ? namedCurve : name, data)); } catch { throw wrongData(); }
  }
  if (key.asymmetricKeyType !== (kty === 'OKP' ? name.toLowerCase() : kty.toLowerCase())) throw wrongData('Invalid key type');
  const details = key.asymmetricKeyDetails;
  if (kty === 'EC' && details.namedCurve !== { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' }[namedCurve]) throw wrongData('Named curve mismatch');
  if (kty !== 'RSA') return cryptoKey(key, kty === 'EC' ? { name, namedCurve } : { name }, usages, extractable);
  const hex = details.publicExponent.toString(16), publicExponent = Uint8Array.from(Buffer.from(hex.length % 2 ? '0' + hex : hex, 'hex'));
  return cryptoKey(key, { name, modulusLength: details.modulusLength, publicExponent, hash }, usages, extractable);
}
function importKey(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  let key;
  if (name === 'HKDF' || name === 'PBKDF2') {
    if (format !== 'raw') throw refused(`Unable to import ${name} key with format ${format}`, 'NotSupportedError');
    if (extractable) throw refused(`${name} keys are not extractable`, 'SyntaxError');
    usable(usages, ['deriveKey', 'deriveBits'], `a ${name}`);
    key = cryptoKey(lib.secretKey(data), { name }, usages, extractable);
  } else key = name === 'HMAC' || isAES(name) ? importSecret(format, data, algorithm, extractable, usages) : importPair(format, data, algorithm, extractable, usages);
  if (key.type !== 'public' && key.usages.length === 0) throw refused(`Usages cannot be empty when importing a ${key.type} key.`, 'SyntaxError');
  return key;
}

function exported(format, key) {
  const { key: object, algorithm, usages, extractable } = of(key), { name } = algorithm, { type } = object;
  if (!extractable) throw refused('key is not extractable', 'InvalidAccessException');
  const unable = what => refused(`Unable to export a ${what} ${name} ${type} key`, 'InvalidAccessError');
  switch (format) {
    case 'spki':
      if (type !== 'public') throw unable('raw');
      return exact(go.keyDER(lib.handle(object), 'spki'));
    case 'pkcs8':
      if (type !== 'private') throw unable('pkcs8');
      return exact(go.keyDER(lib.handle(object), 'pkcs8'));
    case 'raw':
      if (type === 'secret') return exact(lib.handle(object));
      if (type !== 'public' || isRSA(name)) throw unable('raw');
      return exact(go.keyPoint(lib.handle(object)));
    default: {
      const out = { key_ops: Array.from(usages), ext: extractable, ...object.export({ format: 'jwk' }) }, alg = name === 'ECDSA' ? undefined : jwkAlgorithm(algorithm);
      if (alg !== undefined) out.alg = alg;
      return out;
    }
  }
}

// ciphered encrypts or decrypts with an algorithm that was judged.
function ciphered(algorithm, key, data, decrypts) {
  const { name } = algorithm, handle = handleOf(key), bits = of(key).algorithm.length;
  switch (name) {
    case 'RSA-OAEP': {
      if (of(key).key.type !== (decrypts ? 'private' : 'public')) throw invalid();
      const hash = hashes[of(key).algorithm.hash.name];
      return failing(() => decrypts ? go.decrypt(handle, data, 4, hash, algorithm.label) : go.encrypt(handle, data, 4, hash, algorithm.label));
    }
    case 'AES-CBC':
      if (algorithm.iv.length !== 16) throw refused('algorithm.iv must contain exactly 16 bytes', 'OperationError');
      return failing(() => {
        const c = go.cipher(`aes-${bits}-cbc`, handle, algorithm.iv, decrypts);
        return joined(go.cipherUpdate(c, data), go.cipherFinal(c));
      });
    case 'AES-CTR':
      if (algorithm.counter.length !== 16) throw refused('algorithm.counter must contain exactly 16 bytes', 'OperationError');
      if (algorithm.length < 1 || algorithm.length > 128) throw refused('AES-CTR algorithm.length must be between 1 and 128', 'OperationError');
      return failing(() => go.counterMode(handle, algorithm.counter, algorithm.length, data));
    case 'AES-KW':
      return failing(() => go.cipherUpdate(go.cipher(`aes${bits}-wrap`, handle, Buffer.alloc(8, 0xA6), decrypts), data));
    default: {
      const { iv, additionalData, tagLength = 128 } = algorithm, size = tagLength / 8;
      if (![32, 64, 96, 104, 112, 120, 128].includes(tagLength)) throw refused(`${tagLength} is not a valid AES-GCM tag length`, 'OperationError');
      if (decrypts && data.length < size) throw refused('The provided data is too small.', 'OperationError');
      return failing(() => {
        if (iv.length < 12) throw lib.coded(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');
        const c = go.cipher(`aes-${bits}-gcm`, handle, iv, decrypts, size);
        if (decrypts) go.cipherSetTag(c, data.subarray(data.length - size));
        if (additionalData !== undefined) go.cipherAAD(c, additionalData);
        const out = go.cipherUpdate(c, decrypts ? data.subarray(0, data.length - size) : data);
        go.cipherFinal(c);
        return decrypts ? out : joined(out, go.cipherTag(c));
      });
    }
  }
}
const joined = (...parts) => exact(Buffer.concat(parts.filter(Boolean).map(wrap)));
const invalid = () => refused('The requested operation is not valid for the provided key', 'InvalidAccessError');
function allowed(key, algorithm, usage) {
  if (of(key).algorithm.name !== algorithm.name || !of(key).usages.includes(usage)) throw invalid();
}

function signing(algorithm, key, data, usage, signature) {
  const { name } = algorithm, own = of(key);
  if (own.algorithm.name !== name || !own.usages.includes(usage)) throw refused(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  const handle = handleOf(key), hash = algorithm.hash || own.algorithm.hash;
  if (name === 'HMAC') {
    const h = go.hmac(hashes[hash.name], handle);
    go.hashUpdate(h, data);
    const sum = go.hashDigest(h);
    return signature ? sum.byteLength === signature.length && go.equal(new Uint8Array(sum), signature) : sum;
  }
  let settings = [undefined, undefined, undefined, true];
  if (isRSA(name)) settings = [hashes[hash.name], name === 'RSA-PSS' ? 6 : 1, algorithm.saltLength];
  else if (name === 'ECDSA') settings = [hashes[hash.name], undefined, undefined, true];
  const [digest, padding, salt, fixed] = settings;
  return failing(() => {
    if (name === 'RSA-PSS') {
      const most = Math.ceil((own.algorithm.modulusLength - 1) / 8) - sizes[hash.name] - 2;
      if (salt > most) throw lib.outOfRange('algorithm.saltLength', `>= 0 && <= ${most}`, salt);
    }
    return signature ? go.verify(digest, data, handle, padding, salt, fixed, false, signature) : exact(go.sign(digest, data, handle, padding, salt, fixed, false));
  });
}

async function derived(algorithm, key, length) {
  const { name } = algorithm;
  if (of(key).algorithm.name !== name) throw refused('Key algorithm mismatch', 'InvalidAccessError');
  if (name === 'ECDH' || name === 'X25519') {
    const other = of(algorithm.public), own = of(key);
    if (own.key.type !== 'private') throw refused('baseKey must be a private key', 'InvalidAccessError');
    if (other.key.type !== 'public') throw refused('algorithm.public must be a public key', 'InvalidAccessError');
    if (other.algorithm.name !== name) throw refused(`algorithm.public must be a ${name} key`, 'InvalidAccessError');
    if (other.algorithm.namedCurve !== own.algorithm.namedCurve) throw refused('Named curve mismatch', 'InvalidAccessError');
    const bits = failing(() => go.diffieHellman(handleOf(key), handleOf(algorithm.public)));
    if (length === null) return bits;
    const size = Math.ceil(length / 8);
    if (bits.byteLength < size) throw refused('derived bit length is too small', 'OperationError');
    return bits.slice(0, size);
  }
  if (length === null) throw refused('length cannot be null', 'OperationError');
  if (length % 8) throw refused('length must be a multiple of 8', 'OperationError');
  const hash = hashes[algorithm.hash.name];
  if (name === 'PBKDF2') {
    if (algorithm.iterations === 0) throw refused('iterations cannot be zero', 'OperationError');
    if (length === 0) return new ArrayBuffer(0);
    return waited(done => go.pbkdf2(done, handleOf(key), algorithm.salt, algorithm.iterations, length / 8, hash));
  }
  if (length === 0) return new ArrayBuffer(0);
  return failing(() => exact(go.hkdf(hash, handleOf(key), algorithm.salt, algorithm.info, length / 8)));
}
function lengthOf(algorithm) {
  const { name, length, hash } = algorithm;
  if (isAES(name)) {
    if (!aesSizes.includes(length)) throw refused('Invalid key length', 'OperationError');
    return length;
  }
  if (name !== 'HMAC') return null;
  if (length === undefined) return blockBits(hash);
  if (length === 0) throw lib.coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The property 'algorithm.length' is invalid. Received 0");
  return length;
}
const bitsOf = n => n === undefined || n === null ? null : Number(n) >>> 0;
// wrapper is the algorithm of wrapKey and unwrapKey: AES-KW, or one that encrypts.
function wrapper(given, wraps) {
  try { return normalized(given, wraps ? 'wrapKey' : 'unwrapKey'); } catch { return normalized(given, wraps ? 'encrypt' : 'decrypt'); }
}
const imported = (format, data, method, place) => format === 'jwk' ? jwkOf(data) : judged(method, place, [undefined, data])[1];
const need = (key, usage) => { if (!of(key).usages.includes(usage)) throw refused(`baseKey does not have ${usage} usage`, 'InvalidAccessError'); };

module.exports = {
  digest(given) {
    const [a, data] = judged('digest', 'ab', given);
    return go.digest(hashes[normalized(a, 'digest').name], data);
  },
  generateKey(given) {
    const [a, extractable, usages] = judged('generateKey', 'axu', given);
    return generate(normalized(a, 'generateKey'), extractable, usages);
  },
  importKey(given) {
    const [format, data, a, extractable, usages] = judged('importKey', 'fvvxu', given, 4);
    return importKey(format, imported(format, data, 'importKey', 'vb'), normalized(a, 'importKey'), extractable, usages);
  },
  exportKey(given) { return exported(...judged('exportKey', 'fk', given)); },
  encrypt(given) {
    const [a, key, data] = judged('encrypt', 'akb', given), algorithm = normalized(a, 'encrypt');
    allowed(key, algorithm, 'encrypt');
    return exact(ciphered(algorithm, key, data, false) || new ArrayBuffer(0));
  },
  decrypt(given) {
    const [a, key, data] = judged('decrypt', 'akb', given), algorithm = normalized(a, 'decrypt');
    allowed(key, algorithm, 'decrypt');
    return exact(ciphered(algorithm, key, data, true) || new ArrayBuffer(0));
  },
  sign(given) {
    const [a, key, data] = judged('sign', 'akb', given);
    return signing(normalized(a, 'sign'), key, data, 'sign');
  },
  verify(given) {
    const [a, key, signature, data] = judged('verify', 'akbb', given);
    return signing(normalized(a, 'verify'), key, data, 'verify', signature);
  },
  deriveBits(given) {
    const [a, key, length] = judged('deriveBits', 'akv', given, 2), algorithm = normalized(a, 'deriveBits');
    need(key, 'deriveBits');
    return derived(algorithm, key, bitsOf(length));
  },
  async deriveKey(given) {
    const [a, key, type, extractable, usages] = judged('deriveKey', 'akvxu', given), algorithm = normalized(a, 'deriveBits');
    const target = normalized(type, 'importKey'), length = lengthOf(normalized(type, 'length'));
    need(key, 'deriveKey');
    const bits = await derived(algorithm, key, length);
    return importKey('raw', new Uint8Array(bits), target, extractable, usages);
  },
  wrapKey(given) {
    const [format, key, by, a] = judged('wrapKey', 'fkkv', given), algorithm = wrapper(a, true);
    if (of(by).algorithm.name !== algorithm.name) throw refused('Key algorithm mismatch', 'InvalidAccessError');
    if (!of(by).usages.includes('wrapKey')) throw refused('Unable to use this key to wrapKey', 'InvalidAccessError');
    let data = exported(format, key);
    if (format === 'jwk') {
      data = JSON.stringify(data);
      // What AES-KW wraps must be of whole blocks.
      if (algorithm.name === 'AES-KW') data = data.padEnd(Math.ceil(data.length / 8) * 8);
      data = Buffer.from(data);
    }
    return exact(ciphered(algorithm, by, new Uint8Array(data), false));
  },
  unwrapKey(given) {
    const [format, data, by, a, type, extractable, usages] = judged('unwrapKey', 'fbkvvxu', given), algorithm = wrapper(a, false);
    const target = normalized(type, 'importKey');
    if (of(by).algorithm.name !== algorithm.name) throw refused('Key algorithm mismatch', 'InvalidAccessError');
    if (!of(by).usages.includes('unwrapKey')) throw refused('Unable to use this key to unwrapKey', 'InvalidAccessError');
    let opened = new Uint8Array(ciphered(algorithm, by, data, true));
    if (format === 'jwk') {
      try { opened = jwkOf(JSON.parse(wrap(opened).toString())); } catch { throw refused('Invalid wrapped JWK key', 'DataError'); }
    }
    return importKey(format, opened, target, extractable, usages);
  },
};
