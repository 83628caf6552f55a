package crypto

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
)

// Paddings of Node's constants.
const (
	paddingPKCS1 = 1
	paddingPSS   = 6
)

var signNatives = map[string]native{
	// sign(digest, data, key, padding, saltLength, fixed)
	"sign": func(_ *module, a args) (any, error) {
		k, d := handle[*key](a, 2), digestOf(a.text(0))
		if p, ok := k.private.(ed25519.PrivateKey); ok {
			return ed25519.Sign(p, a.bytes(1)), nil
		}
		if d == nil || d.new == nil {
			return nil, failed("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest")
		}
		sum := d.sum(a.bytes(1))
		switch p := k.private.(type) {
		case *rsa.PrivateKey:
			if a.integer(3) == paddingPSS {
				return rsa.SignPSS(rand.Reader, p, d.id, sum, pss(a, d, &p.PublicKey))
			}
			return rsa.SignPKCS1v15(rand.Reader, p, d.id, sum)
		case *ecdsa.PrivateKey:
			der, err := ecdsa.SignASN1(rand.Reader, p, sum)
			if err == nil && a.truth(5) {
				return toFixed(der, (p.Curve.Params().BitSize+7)/8)
			}
			return der, err
		default:
			return nil, errDecoder
		}
	},
	// verify(digest, data, key, padding, saltLength, fixed, signature)
	"verify": func(_ *module, a args) (any, error) {
		k, d, signature := handle[*key](a, 2), digestOf(a.text(0)), a.bytes(6)
		if p, ok := k.public.(ed25519.PublicKey); ok {
			return ed25519.Verify(p, a.bytes(1), signature), nil
		}
		if d == nil || d.new == nil {
			return nil, failed("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest")
		}
		sum := d.sum(a.bytes(1))
		switch p := k.public.(type) {
		case *rsa.PublicKey:
			if a.integer(3) == paddingPSS {
				options := pss(a, d, p)
				if !a.has(4) || a.integer(4) == -2 {
					options.SaltLength = rsa.PSSSaltLengthAuto
				}
				return rsa.VerifyPSS(p, d.id, sum, signature, options) == nil, nil
			}
			return rsa.VerifyPKCS1v15(p, d.id, sum, signature) == nil, nil
		case *ecdsa.PublicKey:
			if a.truth(5) {
				if len(signature) != 2*((p.Curve.Params().BitSize+7)/8) {
					return false, nil
				}
				der, err := toDER(signature)
				return err == nil && ecdsa.VerifyASN1(p, sum, der), nil
			}
			return ecdsa.VerifyASN1(p, sum, signature), nil
		default:
			return false, nil
		}
	},
	// encrypt(key, data, padding, digest, label) and decrypt: OAEP and PKCS #1 1.5
	"encrypt": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).public.(*rsa.PublicKey)
		if !ok {
			return nil, notProvided("publicEncrypt with a key that is not RSA")
		}
		var out []byte
		var err error
		if a.integer(2) == paddingPKCS1 {
			//lint:ignore SA1019 the padding that publicEncrypt was asked for
			out, err = rsa.EncryptPKCS1v15(rand.Reader, p, a.bytes(1))
		} else {
			d := digestOf(a.text(3))
			if d == nil || d.new == nil {
				return nil, failed("Error", "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used")
			}
			out, err = rsa.EncryptOAEP(d.new(), rand.Reader, p, a.bytes(1), a.bytes(4))
		}
		if err != nil {
			return nil, openssl("0200006E", "rsa routines", "data too large for key size")
		}
		return out, nil
	},
	"decrypt": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).private.(*rsa.PrivateKey)
		if !ok {
			return nil, notProvided("privateDecrypt with a key that is not RSA")
		}
		d := digestOf(a.text(3))
		if d == nil || d.new == nil {
			return nil, failed("Error", "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used")
		}
		out, err := rsa.DecryptOAEP(d.new(), nil, p, a.bytes(1), a.bytes(4))
		if err != nil {
			return nil, openssl("02000079", "rsa routines", "oaep decoding error")
		}
		return out, nil
	},
}

// pss are the options of a signature: Node's salt is as long as can be unless it is said.
func pss(a args, d *digest, k *rsa.PublicKey) *rsa.PSSOptions {
	o := &rsa.PSSOptions{Hash: d.id, SaltLength: (k.N.BitLen()-1+7)/8 - d.size - 2}
	if a.has(4) && a.integer(4) != -2 {
		o.SaltLength = a.integer(4)
		if o.SaltLength == -1 {
			o.SaltLength = d.size
		}
	}
	return o
}
