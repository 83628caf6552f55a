package crypto

import (
	"context"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"strings"
)

// key is an asymmetric key; private is nil for a public one.
type key struct {
	private crypto.PrivateKey // *rsa, *ecdsa, ed25519 and *ecdh (X25519) keys
	public  crypto.PublicKey
	pss     *pssLimits // of a key that is for RSA-PSS only
}

// maxKey bounds the texts of keys, and with them how long a computation with one takes.
const maxKey = 8 << 10

var errDecoder = openssl("1E08010C", "DECODER routines", "unsupported")

var keyNatives = map[string]native{
	// key(bytes, private, type, passphrase): PEM, or DER of a type
	"key": func(m *module, a args) (any, error) {
		return readKey(m.h.Context(), a.bytes(0), a.truth(1), a.text(2), a.bytes(3))
	},
	"keyPublic": func(_ *module, a args) (any, error) {
		k := handle[*key](a, 0)
		return &key{public: k.public, pss: k.pss}, nil
	},
	"keyType": func(_ *module, a args) (any, error) {
		k := handle[*key](a, 0)
		return map[string]any{"type": k.kind(), "details": k.details()}, nil
	},
	// keyDER(key, type)
	"keyDER": func(_ *module, a args) (any, error) { return handle[*key](a, 0).der(a.text(1)) },
	// keySealed(key, type, format, cipher, passphrase) is an encrypted private key.
	"keySealed": func(m *module, a args) (any, error) {
		return handle[*key](a, 0).sealed(m.h.Context(), a.text(1), a.text(2), a.text(3), a.bytes(4))
	},
	"keyJWK": func(_ *module, a args) (any, error) { return handle[*key](a, 0).jwk() },
	// keyFromJWK(members, private): members are base64url texts
	"keyFromJWK": func(m *module, a args) (any, error) { return fromJWK(m, a) },
	// keyFromPoint(curve, point) is a public key for ECDSA or ECDH.
	"keyFromPoint": func(_ *module, a args) (any, error) { return fromPoint(a.text(0), a.bytes(1)) },
	"keyPoint":     func(_ *module, a args) (any, error) { return handle[*key](a, 0).point() },
	"getCurves": func(*module, args) (any, error) {
		return []string{"prime256v1", "secp224r1", "secp384r1", "secp521r1"}, nil
	},
}

var opensslCurves = map[string]string{"P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}

var curves = map[string]elliptic.Curve{
	"P-224": elliptic.P224(), "P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521(), "prime256v1": elliptic.P256(),
	"secp224r1": elliptic.P224(), "secp384r1": elliptic.P384(), "secp521r1": elliptic.P521(),
}

func readKey(ctx context.Context, text []byte, private bool, kind string, passphrase []byte) (*key, error) {
	if kind != "" {
		if len(text) > maxKey {
			return nil, notProvided("a key of this length")
		}
		if kind == "pkcs8" {
			opened, err := openPKCS8(ctx, text, passphrase, failed("TypeError", "ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key"))
			if err != nil {
				return nil, err
			}
			text = opened
		}
		return parseDER(text, private, kind)
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		form := map[string]string{
			"RSA PRIVATE KEY": "pkcs1", "EC PRIVATE KEY": "sec1", "PRIVATE KEY": "pkcs8", "ENCRYPTED PRIVATE KEY": "pkcs8",
			"PUBLIC KEY": "spki", "RSA PUBLIC KEY": "pkcs1-public", "CERTIFICATE": "certificate", "TRUSTED CERTIFICATE": "certificate", "X509 CERTIFICATE": "certificate",
		}[block.Type]
		public := form == "spki" || form == "pkcs1-public" || form == "certificate"
		if form == "" || private && public {
			continue
		}
		if len(block.Bytes) > maxKey {
			return nil, notProvided("a key of this length")
		}
		der, err := openPEM(ctx, block, passphrase)
		if err != nil {
			return nil, err
		}
		return parseDER(der, !public, form)
	}
	return nil, errDecoder
}

func parseDER(b []byte, private bool, kind string) (*key, error) {
	var parsed any
	var err error
	switch {
	case kind == "certificate":
		var c *x509.Certificate
		if c, err = x509.ParseCertificate(b); err == nil {
			return parseDER(c.RawSubjectPublicKeyInfo, false, "spki")
		}
	case kind == "pkcs1-public" || kind == "pkcs1" && !private:
		parsed, err = x509.ParsePKCS1PublicKey(b)
	case kind == "spki":
		if k := parsePSS(b); k != nil {
			return k, nil
		}
		parsed, err = x509.ParsePKIXPublicKey(b)
	case kind == "pkcs1":
		parsed, err = x509.ParsePKCS1PrivateKey(b)
	case kind == "sec1":
		parsed, err = x509.ParseECPrivateKey(b)
	default:
		if k := parsePSS(b); k != nil {
			return k, nil
		}
		parsed, err = x509.ParsePKCS8PrivateKey(b)
	}
	switch {
	case err == nil:
		return ofKey(parsed)
	case strings.Contains(err.Error(), "elliptic curve"):
		return nil, notProvided("a key on this curve")
	case strings.Contains(err.Error(), "unknown algorithm"), strings.Contains(err.Error(), "unknown public key algorithm"):
		return nil, notProvided("a key of this kind")
	}
	return nil, errDecoder
}

func ofKey(parsed any) (*key, error) {
	switch k := parsed.(type) {
	case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey, *ecdh.PublicKey:
		return &key{public: k}, nil
	case interface{ Public() crypto.PublicKey }:
		return &key{private: k, public: k.Public()}, nil
	default:
		return nil, notProvided("a key of this kind")
	}
}

// kind is the asymmetricKeyType.
func (k *key) kind() string {
	switch k.public.(type) {
	case *rsa.PublicKey:
		if k.pss != nil {
			return "rsa-pss"
		}
		return "rsa"
	case *ecdsa.PublicKey:
		return "ec"
	case *ecdh.PublicKey:
		return "x25519"
	default:
		return "ed25519"
	}
}

func (k *key) details() map[string]any {
	switch p := k.public.(type) {
	case *rsa.PublicKey:
		d := map[string]any{"modulusLength": p.N.BitLen(), "publicExponent": p.E}
		if k.pss != nil && k.pss.hash != "" {
			d["hashAlgorithm"], d["mgf1HashAlgorithm"], d["saltLength"] = k.pss.hash, k.pss.mgf, k.pss.salt
		}
		return d
	case *ecdsa.PublicKey:
		return map[string]any{"namedCurve": opensslCurves[p.Curve.Params().Name]}
	default:
		return nil
	}
}

func (k *key) der(kind string) ([]byte, error) {
	switch kind {
	case "spki":
		if k.pss != nil {
			return asn1.Marshal(publicInfo{k.pss.algorithm(), bitString(x509.MarshalPKCS1PublicKey(k.public.(*rsa.PublicKey)))})
		}
		return x509.MarshalPKIXPublicKey(k.public)
	case "pkcs8":
		if k.pss != nil {
			return asn1.Marshal(privateInfo{0, k.pss.algorithm(), x509.MarshalPKCS1PrivateKey(k.private.(*rsa.PrivateKey))})
		}
		return x509.MarshalPKCS8PrivateKey(k.private)
	case "sec1":
		if p, ok := k.private.(*ecdsa.PrivateKey); ok {
			return x509.MarshalECPrivateKey(p)
		}
		return nil, failed("Error", "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", "The selected key encoding sec1 can only be used for EC keys.")
	}
	if p, ok := k.private.(*rsa.PrivateKey); ok {
		return x509.MarshalPKCS1PrivateKey(p), nil
	}
	if p, ok := k.public.(*rsa.PublicKey); ok {
		return x509.MarshalPKCS1PublicKey(p), nil
	}
	return nil, failed("Error", "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", "The selected key encoding pkcs1 can only be used for RSA keys.")
}

// publicInfo and privateInfo are SubjectPublicKeyInfo and PrivateKeyInfo of keys that crypto/x509
// does not know.
type publicInfo struct {
	Algorithm pkix.AlgorithmIdentifier
	Key       asn1.BitString
}

type privateInfo struct {
	Version   int
	Algorithm pkix.AlgorithmIdentifier
	Key       []byte
}

func bitString(b []byte) asn1.BitString { return asn1.BitString{Bytes: b, BitLength: 8 * len(b)} }
