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
	paddingNone  = 3
	paddingOAEP  = 4
	paddingPSS   = 6
)

var (
	errPadding   = openssl("1C8000A5", "Provider routines", "illegal or unsupported padding mode")
	errKeyType   = openssl("03000096", "digital envelope routines", "operation not supported for this keytype")
	errEdDigest  = openssl("1C80007A", "Provider routines", "invalid digest")
	errPSSKey    = openssl("1C8000B2", "Provider routines", "operation not supported for this keytype")
	errOperation = failed("Error", "ERR_CRYPTO_UNSUPPORTED_OPERATION", "Unsupported crypto operation")
)

var signNatives = map[string]native{
	// sign(digest, data, key, padding, saltLength, fixed, streamed): streamed is of an object Sign.
	"sign": func(_ *module, a args) (any, error) {
		k := handle[*key](a, 2)
		d, err := k.signDigest(a)
		if err != nil {
			return nil, err
		}
		if p, ok := k.private.(ed25519.PrivateKey); ok {
			return ed25519.Sign(p, a.bytes(1)), nil
		}
		sum := d.sum(a.bytes(1))
		switch p := k.private.(type) {
		case *rsa.PrivateKey:
			if k.isPSS(a) {
				o := pss(a, d, &p.PublicKey)
				if err := k.pss.judge(d, a.integer(3), o); err != nil {
					return nil, err
				}
				return signPSS(p, d, sum, o)
			}
			return signPKCS1(p, d, sum)
		case *ecdsa.PrivateKey:
			der, err := ecdsa.SignASN1(rand.Reader, p, sum)
			if err == nil && a.truth(5) {
				return toFixed(der, (p.Curve.Params().BitSize+7)/8)
			}
			return der, err
		default:
			return nil, errKeyType
		}
	},
	// verify(digest, data, key, padding, saltLength, fixed, streamed, signature)
	"verify": func(_ *module, a args) (any, error) {
		k, signature := handle[*key](a, 2), a.bytes(7)
		d, err := k.signDigest(a)
		if err != nil {
			return nil, err
		}
		if p, ok := k.public.(ed25519.PublicKey); ok {
			return len(signature) == ed25519.SignatureSize && ed25519.Verify(p, a.bytes(1), signature), nil
		}
		sum := d.sum(a.bytes(1))
		switch p := k.public.(type) {
		case *rsa.PublicKey:
			if k.isPSS(a) {
				o := pss(a, d, p)
				if err := k.pss.judge(d, a.integer(3), o); err != nil {
					return nil, err
				}
				if !a.has(4) || a.integer(4) == -2 {
					o.SaltLength = rsa.PSSSaltLengthAuto
				}
				return verifyPSS(p, d, sum, signature, o), nil
			}
			return verifyPKCS1(p, d, sum, signature), nil
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
			return nil, errKeyType
		}
	},
	// encrypt(key, data, padding, digest, label) and decrypt
	"encrypt": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).public.(*rsa.PublicKey)
		if !ok {
			return nil, errKeyType
		}
		if handle[*key](a, 0).pss != nil {
			return nil, errPSSKey
		}
		return encryptRSA(p, a.integer(2), a.text(3), a.bytes(1), a.bytes(4))
	},
	"decrypt": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).private.(*rsa.PrivateKey)
		if !ok {
			return nil, errKeyType
		}
		if handle[*key](a, 0).pss != nil {
			return nil, errPSSKey
		}
		return decryptRSA(p, a.integer(2), a.text(3), a.bytes(1), a.bytes(4))
	},
	// encryptPrivate(key, data, padding) and decryptPublic are signatures without a digest.
	"encryptPrivate": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).private.(*rsa.PrivateKey)
		if !ok {
			return nil, errKeyType
		}
		return encryptPrivate(p, a.integer(2), a.bytes(1))
	},
	"decryptPublic": func(_ *module, a args) (any, error) {
		p, ok := handle[*key](a, 0).public.(*rsa.PublicKey)
		if !ok {
			return nil, errKeyType
		}
		return decryptPublic(p, a.integer(2), a.bytes(1))
	},
}

func (k *key) isPSS(a args) bool { return a.integer(3) == paddingPSS || k.pss != nil }

// signDigest is the digest of a signature; Ed25519 has its own and ignores it.
func (k *key) signDigest(a args) (*digest, error) {
	name := "sha256"
	if a.has(0) {
		name = a.text(0)
	}
	d := digestOf(name)
	if d == nil || d.new == nil {
		return nil, invalidDigest(name)
	}
	switch k.public.(type) {
	case ed25519.PublicKey:
		switch {
		case a.truth(6):
			return nil, errOperation
		case a.has(0):
			return nil, errEdDigest
		}
	case *rsa.PublicKey:
		if p := a.integer(3); p != 0 && p != paddingPKCS1 && p != paddingPSS {
			return nil, errPadding
		}
	}
	return d, nil
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
