package crypto

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"slices"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// Encrypted private keys: PKCS #8 with PBES2 (RFC 8018), and OpenSSL's older headers of PEM.

var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
)

// sealCiphers are the ciphers of PBES2, by OpenSSL's names.
var sealCiphers = map[string]asn1.ObjectIdentifier{
	"aes-128-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 2}, "aes-192-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 22}, "aes-256-cbc": {2, 16, 840, 1, 101, 3, 4, 1, 42},
	"des-ede3-cbc": {1, 2, 840, 113549, 3, 7}, "des-cbc": {1, 3, 14, 3, 2, 7},
}

// sealDigests are the digests of PBKDF2's HMAC.
var sealDigests = map[string]asn1.ObjectIdentifier{
	"sha1": {1, 2, 840, 113549, 2, 7}, "sha224": {1, 2, 840, 113549, 2, 8}, "sha256": {1, 2, 840, 113549, 2, 9},
	"sha384": {1, 2, 840, 113549, 2, 10}, "sha512": {1, 2, 840, 113549, 2, 11},
}

type sealedInfo struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

type pbes2 struct{ Derivation, Encryption pkix.AlgorithmIdentifier }

type pbkdf2Parameters struct {
	Salt       []byte
	Iterations int
	Length     int                      `asn1:"optional"`
	Digest     pkix.AlgorithmIdentifier `asn1:"optional"`
}

func named(table map[string]asn1.ObjectIdentifier, oid asn1.ObjectIdentifier) string {
	for name, o := range table {
		if o.Equal(oid) {
			return name
		}
	}
	return ""
}

// openPEM answers the DER of a block. Its errors are OpenSSL's.
func openPEM(ctx context.Context, block *pem.Block, passphrase []byte) ([]byte, error) {
	missing := openssl("07880109", "common libcrypto routines", "interrupted or cancelled")
	switch {
	case block.Type == "ENCRYPTED PRIVATE KEY":
		return openPKCS8(ctx, block.Bytes, passphrase, missing)
	case block.Headers["DEK-Info"] == "":
		return block.Bytes, nil
	case passphrase == nil:
		return nil, missing
	}
	//lint:ignore SA1019 the form that keys of rules still have
	der, err := x509.DecryptPEMBlock(block, passphrase)
	if err != nil {
		return nil, errDecrypt
	}
	return der, nil
}

// openPKCS8 answers the bytes themselves when they are not encrypted.
func openPKCS8(ctx context.Context, der, passphrase []byte, missing error) ([]byte, error) {
	var info sealedInfo
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return der, nil
	}
	if passphrase == nil {
		return nil, missing
	}
	var scheme pbes2
	if !info.Algorithm.Algorithm.Equal(oidPBES2) {
		return nil, notProvided("an encrypted key of PKCS #5 1.5 or PKCS #12")
	}
	if _, err := asn1.Unmarshal(info.Algorithm.Parameters.FullBytes, &scheme); err != nil {
		return nil, errDecoder
	}
	var derivation pbkdf2Parameters
	if !scheme.Derivation.Algorithm.Equal(oidPBKDF2) {
		return nil, notProvided("an encrypted key with a derivation other than PBKDF2")
	}
	if _, err := asn1.Unmarshal(scheme.Derivation.Parameters.FullBytes, &derivation); err != nil || derivation.Iterations < 1 {
		return nil, errDecoder
	}
	var iv []byte
	spec, digest := algorithmOf(named(sealCiphers, scheme.Encryption.Algorithm)), "sha1"
	if len(derivation.Digest.Algorithm) > 0 {
		digest = named(sealDigests, derivation.Digest.Algorithm)
	}
	if spec == nil || digest == "" {
		return nil, notProvided("an encrypted key with this cipher")
	}
	if _, err := asn1.Unmarshal(scheme.Encryption.Parameters.FullBytes, &iv); err != nil || len(iv) != spec.iv {
		return nil, errDecoder
	}
	block, err := sealBlock(ctx, spec, digests[digest], passphrase, derivation.Salt, derivation.Iterations)
	if err != nil {
		return nil, err
	}
	opening := &ciphering{spec: spec, decrypts: true, padding: true, blocks: cipher.NewCBCDecrypter(block, iv)}
	first, err := opening.update(info.Data)
	if err != nil {
		return nil, err
	}
	last, err := opening.final()
	if err != nil {
		return nil, errDecrypt
	}
	return slices.Concat(first, last), nil
}

func sealBlock(ctx context.Context, spec *algorithm, d *digest, passphrase, salt []byte, iterations int) (cipher.Block, error) {
	key, err := stretch(ctx, d.new, passphrase, salt, iterations, spec.key)
	if err != nil {
		return nil, err
	}
	return spec.make(key)
}

// sealed is a private key under a passphrase: DER of PKCS #8, or PEM.
func (k *key) sealed(ctx context.Context, kind, format, name string, passphrase []byte) (any, error) {
	spec := algorithmOf(name)
	if spec == nil {
		return nil, unknownCipher(name)
	}
	oid, ok := sealCiphers[spec.name]
	if !ok {
		return nil, notProvided("an encrypted key with " + spec.name)
	}
	der, err := k.der(kind)
	if err != nil {
		return nil, err
	}
	if kind != "pkcs8" {
		return oldPEM(kind, spec.name, der, passphrase)
	}
	const iterations = 2048 // OpenSSL's
	salt, iv := make([]byte, 8), make([]byte, spec.iv)
	for _, b := range [][]byte{salt, iv} {
		if _, err := rand.Read(b); err != nil {
			return nil, err
		}
	}
	block, err := sealBlock(ctx, spec, digests["sha256"], passphrase, salt, iterations)
	if err != nil {
		return nil, err
	}
	sealing := &ciphering{spec: spec, padding: true, blocks: cipher.NewCBCEncrypter(block, iv)}
	first, err := sealing.update(der)
	if err != nil {
		return nil, err
	}
	last, err := sealing.final()
	if err != nil {
		return nil, err
	}
	out, err := asn1.Marshal(sealedInfo{
		pkix.AlgorithmIdentifier{Algorithm: oidPBES2, Parameters: raw(pbes2{
			pkix.AlgorithmIdentifier{Algorithm: oidPBKDF2, Parameters: raw(pbkdf2Parameters{
				Salt: salt, Iterations: iterations, Digest: pkix.AlgorithmIdentifier{Algorithm: sealDigests["sha256"], Parameters: asn1.NullRawValue},
			})},
			pkix.AlgorithmIdentifier{Algorithm: oid, Parameters: raw(iv)},
		})}, slices.Concat(first, last),
	})
	if err != nil || format == "der" {
		return out, err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "ENCRYPTED PRIVATE KEY", Bytes: out})), nil
}

// oldPEM is PEM with the header DEK-Info.
func oldPEM(kind, name string, der, passphrase []byte) (any, error) {
	label := map[string]string{"pkcs1": "RSA PRIVATE KEY", "sec1": "EC PRIVATE KEY"}[kind]
	//lint:ignore SA1019 what a rule asks for by the type of the encoding
	block, err := x509.EncryptPEMBlock(rand.Reader, label, der, passphrase, map[string]x509.PEMCipher{
		"des-cbc": x509.PEMCipherDES, "des-ede3-cbc": x509.PEMCipher3DES, "aes-128-cbc": x509.PEMCipherAES128, "aes-192-cbc": x509.PEMCipherAES192, "aes-256-cbc": x509.PEMCipherAES256,
	}[name])
	if err != nil {
		return nil, err
	}
	return string(pem.EncodeToMemory(block)), nil
}

func raw(v any) asn1.RawValue {
	der, err := asn1.Marshal(v)
	gojalib.PassOn(err)
	return asn1.RawValue{FullBytes: der}
}
