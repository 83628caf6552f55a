package crypto_test

import "testing"

func TestCiphers(t *testing.T) {
	same(t, `
const key = n => Buffer.from(Array.from({ length: n }, (_, i) => 7 * i + 1));
const names = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-ecb', 'aes-256-ctr', 'aes-128-cfb', 'aes-128-cfb8', 'aes-256-ofb', 'des-ede3', 'des-ede3-cbc', 'des-ede-cbc', 'des3', 'AES-256-CBC', 'aes256', 'chacha20'];
const all = { 'aes-128-cbc': [16, 16], 'aes-192-cbc': [24, 16], 'aes-256-cbc': [32, 16], 'aes-128-ecb': [16, 0], 'aes-256-ctr': [32, 16], 'aes-128-cfb': [16, 16],
  'aes-128-cfb8': [16, 16], 'aes-256-ofb': [32, 16], 'des-ede3': [24, 0], 'des-ede3-cbc': [24, 8], 'des-ede-cbc': [16, 8], des3: [24, 8], 'AES-256-CBC': [32, 16], aes256: [32, 16], chacha20: [32, 16] };
for (const name of names) {
  const [k, v] = all[name];
  t(name, () => {
    const iv = v ? key(v) : null;
    const c = crypto.createCipheriv(name, key(k), iv);
    const out = c.update('hello w\u00f6rld, this is long', 'utf8', 'hex') + c.update('more', 'utf8', 'hex') + c.final('hex');
    const d = crypto.createDecipheriv(name, key(k), iv);
    return out + ' ' + d.update(out, 'hex', 'latin1') + d.final('latin1');
  });
}
for (const [name, k, v, tag] of [['aes-128-gcm', 16, 12], ['aes-256-gcm', 32, 16], ['aes-256-gcm', 32, 1], ['chacha20-poly1305', 32, 12, 16], ['aes-128-ccm', 16, 12, 16], ['aes-256-ccm', 32, 7, 8]]) {
  t(name, () => {
    const c = crypto.createCipheriv(name, key(k), key(v), { authTagLength: tag });
    c.setAAD(Buffer.from('extra'), { plaintextLength: 25 });
    const out = Buffer.concat([c.update('hello world, this is text'), c.final()]);
    const d = crypto.createDecipheriv(name, key(k), key(v), { authTagLength: tag });
    d.setAuthTag(c.getAuthTag());
    d.setAAD(Buffer.from('extra'), { plaintextLength: 25 });
    return out.toString('hex') + ' ' + c.getAuthTag().toString('hex') + ' ' + d.update(out).toString() + d.final().toString();
  });
}
t('ci', () => crypto.createCipheriv('foo', 'k', 'i'));
t('ci', () => crypto.createCipheriv('aes-128-cbc', '0123456789abcdef', 'i'));
t('ci', () => crypto.createCipheriv('aes-128-cbc', '0123456789abcde', '0123456789abcdef'));
t('ci', () => crypto.createCipheriv('aes-128-cbc', '0123456789abcdef', null));
t('ci', () => crypto.createCipheriv('aes-128-cbc', '0123456789abcdef'));
t('ci', () => crypto.createCipheriv('aes-128-gcm', '0123456789abcdef', ''));
t('ci', () => crypto.createCipheriv('aes-128-ccm', '0123456789abcdef', '012345678912'));
const de = (name = 'aes-128-cbc', iv = '0123456789abcdef') => crypto.createDecipheriv(name, '0123456789abcdef', iv);
const en = (name = 'aes-128-cbc', iv = '0123456789abcdef') => crypto.createCipheriv(name, '0123456789abcdef', iv);
t('length', () => { const d = de(); d.update('abc'); d.final(); });
t('padding', () => { const d = de(); d.update(Buffer.alloc(16)); d.final(); });
t('tag', () => { const d = de('aes-128-gcm'); d.setAuthTag(Buffer.alloc(16)); d.update(Buffer.alloc(16)); d.final(); });
t('no tag', () => { const d = de('aes-128-gcm'); d.update(Buffer.alloc(16)); d.final(); });
t('short tag', () => { const d = de('aes-128-gcm'); d.setAuthTag(Buffer.alloc(3)); });
t('early tag', () => en('aes-128-gcm').getAuthTag());
t('late', () => { const d = en(); d.final(); d.update('a'); });
t('late', () => { const d = en(); d.final(); d.final(); });
t('no padding', () => { const d = en(); d.setAutoPadding(false); d.update('abc'); d.final(); });
t('old', () => { const c = crypto.createCipher('aes-128-cbc', 'pw'); return c.update('secret', 'utf8', 'hex') + c.final('hex'); });
t('old', () => { const c = crypto.createDecipher('aes-128-cbc', 'pw'); return c.update('afa2f8d449fd36801a7d6f5d62d23bd3', 'hex', 'hex') + c.final('hex'); });
for (const n of ['aes-128-cbc', 'aes-256-gcm', 'aes-128-ctr', 'des-ede3-cbc', 'foo']) t('info', () => { const i = crypto.getCipherInfo(n); return i && JSON.stringify([i.name, i.mode, i.nid, i.blockSize, i.ivLength, i.keyLength]); });
`)
}

// Ciphers of OpenSSL's legacy provider, which Node 20 does not load: the answers are OpenSSL 1.1's.
func TestLegacyCiphers(t *testing.T) {
	got := run(t, try+`
t('rc4', () => crypto.createCipheriv('rc4', 'Key', '').update('Plaintext', 'utf8', 'hex'));
t('des', () => { const c = crypto.createDecipheriv('des-cbc', '01234567', '76543210'); const e = crypto.createCipheriv('des-cbc', '01234567', '76543210'); return c.update(e.update('text', 'utf8', 'hex') + e.final('hex'), 'hex', 'latin1') + c.final('latin1'); });
`)
	want := "rc4 bbf316e8d940af0ad3\ndes text"
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
