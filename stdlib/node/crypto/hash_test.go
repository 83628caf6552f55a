package crypto_test

import "testing"

func TestHashes(t *testing.T) {
	same(t, `
for (const name of crypto.getHashes().filter(n => !/sm3/i.test(n))) {
  t(name, () => crypto.createHash(name).update('ab\u00e9').update(Buffer.from([1, 2])).digest('hex'));
  if (!/shake/.test(name)) t('hmac ' + name, () => crypto.createHmac(name, 'k').update('abc').digest('base64'));
}
for (const name of ['SHA-256', 'SHA256', 'Sha1', 'sha512-256']) t(name, () => crypto.createHash(name).update('a').digest('base64'));
t('buffer', () => crypto.createHash('md5').update('a').digest());
t('encoding', () => crypto.createHash('md5').update('6161', 'hex').digest('latin1').length);
t('copy', () => { const h = crypto.createHash('sha256').update('a'); const c = h.copy(); h.update('b'); return c.digest('hex') + h.digest('hex'); });
t('xof', () => crypto.createHash('shake256', { outputLength: 5 }).update('a').digest('hex'));
t('hash', () => crypto.createHash('foo'));
t('hash none', () => crypto.createHash());
t('hmac', () => crypto.createHmac('foo', 'k'));
t('hmac none', () => crypto.createHmac('sha1'));
t('update none', () => crypto.createHash('md5').update());
t('update number', () => crypto.createHash('md5').update(5));
t('twice', () => { const h = crypto.createHash('md5'); h.digest(); h.update('a'); });
t('twice', () => { const h = crypto.createHash('md5'); h.digest(); h.digest(); });
t('copy late', () => { const h = crypto.createHash('md5'); h.digest(); h.copy(); });
t('hmac twice', () => { const h = crypto.createHmac('md5', 'k'); h.digest(); return h.digest('hex'); });
t('length', () => crypto.createHash('sha256', { outputLength: 10 }));
t('instance', () => crypto.createHash('md5') instanceof crypto.Hash && crypto.Hash('md5') instanceof crypto.Hash);
t('view', () => crypto.createHash('md5').update(new Uint16Array([1, 2])).digest('hex') + crypto.createHash('md5').update(new DataView(new ArrayBuffer(3))).digest('hex'));
`)
}

func TestRandom(t *testing.T) {
	same(t, `
t('equal', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')));
t('equal', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
t('equal', () => crypto.timingSafeEqual('a', 'b'));
t('size', () => crypto.randomBytes());
t('size', () => crypto.randomBytes(-1));
t('size', () => crypto.randomBytes('5'));
t('callback', () => crypto.randomBytes(5, 5));
t('bytes', () => crypto.randomBytes(5).length);
t('int', () => crypto.randomInt(5, 2));
t('int', () => crypto.randomInt('a'));
t('int', () => crypto.randomInt(0, 2 ** 49));
t('int', () => crypto.randomInt(1));
t('uuid', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
t('fill', () => crypto.randomFillSync(Buffer.alloc(4), 4));
crypto.randomBytes(3, (e, b) => print(e, b.length));
`)
}

func TestDerivation(t *testing.T) {
	same(t, `
t('pbkdf2', () => crypto.pbkdf2Sync('pw', 'salt', 5000, 50, 'sha256'));
t('pbkdf2', () => crypto.pbkdf2Sync('a', 'b', 1, 20));
t('pbkdf2', () => crypto.pbkdf2Sync('a', 'b', 0, 20, 'sha1'));
t('pbkdf2', () => crypto.pbkdf2Sync('a', 'b', 1, 20, 'foo'));
t('pbkdf2', () => crypto.pbkdf2('a', 'b', 1, 20, 'sha1'));
t('pbkdf2', () => crypto.pbkdf2Sync(5, 'b', 1, 20, 'sha1'));
t('pbkdf2', () => crypto.pbkdf2Sync('a', 'b', 1, -20, 'sha1'));
t('scrypt', () => crypto.scryptSync('pw', 'salt', 50));
t('scrypt', () => crypto.scryptSync('pw', 'salt', 33, { N: 1024, r: 3, p: 2 }));
t('scrypt', () => crypto.scryptSync('a', 'b', 16, { N: 3 }));
t('scrypt', () => crypto.scryptSync('a', 'b', 16, { N: 2 ** 20 }));
t('scrypt', () => crypto.scryptSync('a'));
t('hkdf', () => crypto.hkdfSync('sha256', 'k', 's', 'i', 100));
t('hkdf', () => crypto.hkdfSync('sha256', 'k', 's', 'i', 100000));
t('hkdf', () => crypto.hkdfSync('foo', 'k', 's', 'i', 10));
crypto.pbkdf2('a', 'b', 1000, 20, 'sha1', (e, k) => { print(e, k.toString('hex'));
  crypto.scrypt('a', 'b', 20, (e, k) => print(e, k.toString('hex'))); });
`)
}
