package crypto_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What would take memory or time without bound is refused, by its name.
func TestLimits(t *testing.T) {
	out := run(t, `(function () {`+try+`
const big = Buffer.alloc(1025, 255), huge = 'A'.repeat(100000);
t('1', () => crypto.randomBytes(2 ** 31 - 1));
t('2', () => crypto.pbkdf2Sync('a', 'b', 1, 2 ** 31 - 1, 'sha1'));
t('3', () => crypto.scryptSync('a', 'b', 2 ** 31 - 1));
t('4', () => crypto.createHash('shake256', { outputLength: 2 ** 31 - 1 }));
t('5', () => crypto.createDiffieHellman(Buffer.alloc(513, 255)));
t('6', () => crypto.createDiffieHellman(4096));
t('7', () => crypto.getDiffieHellman('modp14').constructor && crypto.createDiffieHellman(crypto.getDiffieHellman('modp14').getPrime()).setPrivateKey(big));
t('8', () => crypto.checkPrimeSync(big));
t('9', () => crypto.generatePrimeSync(5000));
t('10', () => crypto.generateKeyPairSync('rsa', { modulusLength: 16384 }));
t('11', () => crypto.createPublicKey({ key: { kty: 'RSA', n: huge, e: 'AQAB' }, format: 'jwk' }));
t('12', () => crypto.createPublicKey({ key: Buffer.alloc(100000), format: 'der', type: 'spki' }));
t('13', () => crypto.createPublicKey('-----BEGIN PUBLIC KEY-----\n' + (huge.slice(0, 64) + '\n').repeat(1000) + '-----END PUBLIC KEY-----\n'));
t('14', () => crypto.generateKeyPairSync('dsa', { modulusLength: 1024 }));
t('15', () => crypto.generateKeyPairSync('ed448'));
})()`)
	for _, line := range strings.Split(out, "\n") {
		require.Contains(t, line, "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM")
		require.Contains(t, line, "is not provided")
	}
	require.Len(t, strings.Split(out, "\n"), 15)
}
