package crypto_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// pairs makes keys of each kind, as texts for both sides.
const pairs = `
const made = {};
for (const [name, type, options] of [['rsa', 'rsa', { modulusLength: 2048 }], ['p256', 'ec', { namedCurve: 'P-256' }], ['p521', 'ec', { namedCurve: 'secp521r1' }], ['ed', 'ed25519', {}]]) {
  made[name] = crypto.generateKeyPairSync(type, { ...options, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
}
const forms = [['rsa', 'RSA-SHA256', {}], ['rsa', 'sha1', {}], ['rsa', 'RSA-SHA512', { padding: 6, saltLength: -1 }], ['rsa', 'sha256', { padding: 6 }], ['p256', 'sha256', {}], ['p256', 'sha256', { dsaEncoding: 'ieee-p1363' }], ['p521', 'sha512', { dsaEncoding: 'ieee-p1363' }], ['ed', undefined, {}]];
const out = forms.map(([key, digest, options]) => [made[key].publicKey, digest, options, crypto.sign(digest, Buffer.from('text'), { key: made[key].privateKey, ...options }).toString('base64')]);
print(JSON.stringify(out));
`

const check = `
for (const [key, digest, options, signature] of given) {
  const k = { key, ...options };
  print(crypto.verify(digest, Buffer.from('text'), k, Buffer.from(signature, 'base64')), crypto.verify(digest, Buffer.from('texT'), k, Buffer.from(signature, 'base64')));
  if (digest) print(crypto.createVerify(digest).update('te').update('xt').verify(k, signature, 'base64'));
}
`

func TestSignatures(t *testing.T) {
	ours, theirs := run(t, try+pairs), node(t, try+pairs)
	want := strings.TrimSuffix(strings.Repeat("true false\ntrue\n", 7), "\n") + "\ntrue false"
	for _, c := range []struct{ name, got string }{
		{"node reads ours", node(t, try+"const given = "+ours+";"+check)},
		{"ours reads node's", run(t, try+"const given = "+theirs+";"+check)},
	} {
		require.Equal(t, want, c.got, c.name)
	}
}

func TestKeys(t *testing.T) {
	text := node(t, try+`const k = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }); print(JSON.stringify([k.privateKey.export({ type: 'pkcs1', format: 'pem' }), crypto.generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'sec1', format: 'pem' })]))`)
	same(t, `
for (const pem of `+text+`) {
  t('private', () => { const k = crypto.createPrivateKey(pem); return k.type + k.asymmetricKeyType + Object.values(k.asymmetricKeyDetails).join() + k.export({ type: 'pkcs8', format: 'pem' }); });
  t('public', () => { const k = crypto.createPublicKey(crypto.createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).length ? crypto.createPrivateKey(pem) : pem); return k.type + k.export({ type: 'spki', format: 'pem' }); });
  t('jwk', () => { const j = crypto.createPrivateKey(pem).export({ format: 'jwk' }); return Object.keys(j).sort().map(n => n + j[n]).join() + crypto.createPrivateKey({ key: j, format: 'jwk' }).equals(crypto.createPrivateKey(pem)); });
  t('sign', () => crypto.createVerify('sha256').update('a').verify(crypto.createPublicKey(crypto.createPrivateKey(pem)), crypto.createSign('sha256').update('a').sign(pem)));
}
const [rsa] = `+text+`;
t('rs256', () => crypto.createSign('RSA-SHA256').update('abc').sign(rsa, 'base64'));
t('oaep', () => crypto.privateDecrypt(rsa, crypto.publicEncrypt(crypto.createPublicKey(crypto.createPrivateKey(rsa)), Buffer.from('abc'))));
t('secret', () => { const k = crypto.createSecretKey(Buffer.from('abc')); return [k.type, k.symmetricKeySize, k.export().toString(), crypto.createHmac('sha256', k).update('a').digest('hex'), k instanceof crypto.KeyObject].join(); });
t('s1', () => crypto.createSign('foo'));
t('s2', () => crypto.createSign('RSA-SHA256').update('a').sign());
t('s3', () => crypto.createSign('RSA-SHA256').update('a').sign('abc'));
t('s5', () => crypto.createVerify('RSA-SHA256').update('a').verify('abc', 'abc'));
t('k1', () => crypto.createPrivateKey('abc'));
t('k4', () => crypto.createPrivateKey(5));
t('k5', () => crypto.createSecretKey(5));
t('k8', () => crypto.createPrivateKey({ key: { kty: 'RSA' }, format: 'jwk' }));
t('k9', () => crypto.createPublicKey({ key: { kty: 'oct', k: 'a' }, format: 'jwk' }));
t('kind', () => crypto.generateKeyPairSync('foo'));
`)
}

// A search for a key ends with the run that asked for it.
func TestGenerateEndsWithItsRun(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	h := newHost()
	require.ErrorContains(t, h.Run(ctx, `require('crypto').generateKeyPairSync('rsa', { modulusLength: 4096 }); console.log('made')`), "context canceled")
	require.NotContains(t, h.Output, "made")
}
