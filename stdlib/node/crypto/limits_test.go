package crypto_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What would take memory or time without bound is refused, by its name; so is what OpenSSL alone has.
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
t('16', () => crypto.createECDH('secp256k1'));
t('17', () => crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }));
t('18', () => crypto.createHash('sm3'));
t('19', () => crypto.createHmac('sm3', 'a'));
t('20', () => crypto.createCipheriv('aes-256-xts', Buffer.alloc(64), Buffer.alloc(16)));
t('21', () => crypto.createCipheriv('camellia-128-cbc', Buffer.alloc(16), Buffer.alloc(16)));
t('22', () => crypto.ECDH.convertKey('00', 'brainpoolP256r1', 'hex', 'hex'));
t('23', () => crypto.createPrivateKey("-----BEGIN PRIVATE KEY-----\nMIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgAbUqnws10NwiHDFyLXHW\n5Ht16vkrLPkHajULhwpR8JyhRANCAAS1nIfszrrhgZUGwMl0YHACENSDu3BcBtqK\nckFkvB5CLqjmK93a4gRQNUmLDt0zsyWJQKmegj403mdYmhkn6IJf\n-----END PRIVATE KEY-----\n"));
t('24', () => crypto.createPrivateKey("-----BEGIN EC PRIVATE KEY-----\nMHQCAQEEIAG1Kp8LNdDcIhwxci1x1uR7der5Kyz5B2o1C4cKUfCcoAcGBSuBBAAK\noUQDQgAEtZyH7M664YGVBsDJdGBwAhDUg7twXAbainJBZLweQi6o5ivd2uIEUDVJ\niw7dM7MliUCpnoI+NN5nWJoZJ+iCXw==\n-----END EC PRIVATE KEY-----\n"));
t('25', () => crypto.createPrivateKey("-----BEGIN PRIVATE KEY-----\nMIIBWwIBADCCATQGByqGSM44BAEwggEnAoGBAPspSPhbikkX4+zpGBMQZy6vqcoe\nAAWhld1Ls85DEYFSMXUM1D+70wo8k/NtqdXx3heUPh5GGSiYHU9FqIod3USUuQ7e\n8htnTPSdItmaJr7ZsMd8FlXFngJ4bvIWk2LHeF/HCKPLnFrfx21S16MsfayOxWcb\nlRmLKDlEIDc8i5QBAh0Anjqf7RfPAT5zsKc2R0FnfhYJyLN/LGbjFiiwtwKBgQDG\neFAp2X2psBHN3q0IOkV6+rAu3J8/ldIWIK6dD+xip9fVJBZr47b2w5nJs2Kici9s\n9UkadHMSMa8dTykIgvhyfAZB81Niz4vjp4CneK2RzaxCGlUJJKQTRibC+CwVE5Pf\nOLwxOAA3nx69gNZb9DAkppD7TSmOhsx8Cy6dWbsbZgQeAhwW/B0A0bEAuSbu9xe7\nQAWo5o8z9v0ClrJZiQMn\n-----END PRIVATE KEY-----\n"));
t('26', () => crypto.createPrivateKey("-----BEGIN PRIVATE KEY-----\nMEcCAQAwBQYDK2VxBDsEOcROQaz3bOb3K3UbFeZ9tXcjXaOkf9NuhQRIkkodjDou\nCq+0a2Kqz/DBrNhakTU2wNTCN0a+lIbZUQ==\n-----END PRIVATE KEY-----\n"));
t('27', () => crypto.createPublicKey("-----BEGIN PUBLIC KEY-----\nMFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEtZyH7M664YGVBsDJdGBwAhDUg7twXAba\ninJBZLweQi6o5ivd2uIEUDVJiw7dM7MliUCpnoI+NN5nWJoZJ+iCXw==\n-----END PUBLIC KEY-----\n"));
t('28', () => crypto.createPublicKey("-----BEGIN PUBLIC KEY-----\nMIIBvzCCATQGByqGSM44BAEwggEnAoGBAPspSPhbikkX4+zpGBMQZy6vqcoeAAWh\nld1Ls85DEYFSMXUM1D+70wo8k/NtqdXx3heUPh5GGSiYHU9FqIod3USUuQ7e8htn\nTPSdItmaJr7ZsMd8FlXFngJ4bvIWk2LHeF/HCKPLnFrfx21S16MsfayOxWcblRmL\nKDlEIDc8i5QBAh0Anjqf7RfPAT5zsKc2R0FnfhYJyLN/LGbjFiiwtwKBgQDGeFAp\n2X2psBHN3q0IOkV6+rAu3J8/ldIWIK6dD+xip9fVJBZr47b2w5nJs2Kici9s9Uka\ndHMSMa8dTykIgvhyfAZB81Niz4vjp4CneK2RzaxCGlUJJKQTRibC+CwVE5PfOLwx\nOAA3nx69gNZb9DAkppD7TSmOhsx8Cy6dWbsbZgOBhAACgYBVlCDpRqZylVmY4hsv\nuff+0wW6Sv4ByjmRwnXj0HgtOvhIOGWDFPX7Xy+37WOe9PaRTmBzf7PHVSQ5JCES\nz4gKjFdH5fBZPuyFpL1yYa6QcxqSqzO3zdQPVnJpSrsc5yq6mxqbnDkwLeHvTsHm\nxduLjNus/oK9ZFuXHSAqY+s3BQ==\n-----END PUBLIC KEY-----\n"));
t('29', () => crypto.createPublicKey("-----BEGIN PUBLIC KEY-----\nMEMwBQYDK2VxAzoAhNxu2JOlZIkz56rEfff44KidajfKFPo9QZLPuNnwePqSpNkQ\nCv7pz/iQRnz2pi6vc3Y2T0u4LMuA\n-----END PUBLIC KEY-----\n"));
})()`)
	for _, line := range strings.Split(out, "\n") {
		require.Contains(t, line, "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM")
		require.Contains(t, line, "is not provided")
	}
	require.Len(t, strings.Split(out, "\n"), 29)
}
