package crypto

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/pem"
	"math/big"
)

// key is an asymmetric key; private is nil for a public one.
type key struct {
	private crypto.Signer
	public  crypto.PublicKey
}

var (
	errDecoder = openssl("1E08010C", "DECODER routines", "unsupported")
)

var keyNatives = map[string]native{
	// key(bytes, private, type): PEM, or DER of a type
	"key": func(_ *module, a args) (any, error) { return readKey(a.bytes(0), a.truth(1), a.text(2)) },
	"keyPublic": func(_ *module, a args) (any, error) {
		return &key{public: handle[*key](a, 0).public}, nil
	},
	"keyType": func(m *module, a args) (any, error) {
		switch k := handle[*key](a, 0).public.(type) {
		case *rsa.PublicKey:
			return map[string]any{"type": "rsa", "modulusLength": k.N.BitLen(), "publicExponent": k.E}, nil
		case *ecdsa.PublicKey:
			return map[string]any{"type": "ec", "namedCurve": opensslCurves[k.Curve.Params().Name]}, nil
		default:
			return map[string]any{"type": "ed25519"}, nil
		}
	},
	// keyDER(key, type)
	"keyDER": func(_ *module, a args) (any, error) { return handle[*key](a, 0).der(a.text(1)) },
	"keyJWK": func(_ *module, a args) (any, error) { return handle[*key](a, 0).jwk() },
	// keyFromJWK(members, private): members are base64url texts
	"keyFromJWK": func(m *module, a args) (any, error) { return fromJWK(m, a) },
}

var opensslCurves = map[string]string{"P-224": "secp224r1", "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1"}

var curves = map[string]elliptic.Curve{
	"P-224": elliptic.P224(), "P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521(), "prime256v1": elliptic.P256(),
	"secp224r1": elliptic.P224(), "secp256r1": elliptic.P256(), "secp384r1": elliptic.P384(), "secp521r1": elliptic.P521(),
}

func readKey(text []byte, private bool, kind string) (*key, error) {
	if kind != "" {
		return parseDER(text, private, kind)
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["DEK-Info"] != "" {
			return nil, notProvided("an encrypted PEM key")
		}
		form := map[string]string{
			"RSA PRIVATE KEY": "pkcs1", "EC PRIVATE KEY": "sec1", "PRIVATE KEY": "pkcs8",
			"PUBLIC KEY": "spki", "RSA PUBLIC KEY": "pkcs1-public", "CERTIFICATE": "certificate",
		}[block.Type]
		public := form == "spki" || form == "pkcs1-public" || form == "certificate"
		if form == "" || private && public {
			continue
		}
		return parseDER(block.Bytes, !public, form)
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
			parsed = c.PublicKey
		}
	case kind == "pkcs1-public" || kind == "pkcs1" && !private:
		parsed, err = x509.ParsePKCS1PublicKey(b)
	case kind == "spki":
		parsed, err = x509.ParsePKIXPublicKey(b)
	case kind == "pkcs1":
		parsed, err = x509.ParsePKCS1PrivateKey(b)
	case kind == "sec1":
		parsed, err = x509.ParseECPrivateKey(b)
	default:
		parsed, err = x509.ParsePKCS8PrivateKey(b)
	}
	if err != nil {
		return nil, errDecoder
	}
	return ofKey(parsed)
}

func ofKey(parsed any) (*key, error) {
	switch k := parsed.(type) {
	case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		return &key{public: k}, nil
	case *rsa.PrivateKey, *ecdsa.PrivateKey, ed25519.PrivateKey:
		signer := k.(crypto.Signer)
		return &key{private: signer, public: signer.Public()}, nil
	default:
		return nil, notProvided("a key of this kind")
	}
}

func (k *key) der(kind string) ([]byte, error) {
	bad := failed("Error", "ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS", "The selected key encoding "+kind+" does not support this key.")
	switch kind {
	case "spki":
		return x509.MarshalPKIXPublicKey(k.public)
	case "pkcs8":
		return x509.MarshalPKCS8PrivateKey(k.private)
	case "sec1":
		if p, ok := k.private.(*ecdsa.PrivateKey); ok {
			return x509.MarshalECPrivateKey(p)
		}
	case "pkcs1":
		if p, ok := k.private.(*rsa.PrivateKey); ok {
			return x509.MarshalPKCS1PrivateKey(p), nil
		}
		if p, ok := k.public.(*rsa.PublicKey); ok && k.private == nil {
			return x509.MarshalPKCS1PublicKey(p), nil
		}
	}
	return nil, bad
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
func (k *key) jwk() (any, error) {
	out := map[string]any{}
	switch p := k.public.(type) {
	case *rsa.PublicKey:
		out["kty"], out["n"], out["e"] = "RSA", b64(p.N.Bytes()), b64(big.NewInt(int64(p.E)).Bytes())
		if s, ok := k.private.(*rsa.PrivateKey); ok {
			s.Precompute()
			for name, n := range map[string]*big.Int{"d": s.D, "p": s.Primes[0], "q": s.Primes[1], "dp": s.Precomputed.Dp, "dq": s.Precomputed.Dq, "qi": s.Precomputed.Qinv} {
				out[name] = b64(n.Bytes())
			}
		}
	case *ecdsa.PublicKey:
		size := (p.Curve.Params().BitSize + 7) / 8
		point, err := p.Bytes() // 4, x, y
		if err != nil {
			return nil, err
		}
		out["kty"], out["crv"], out["x"], out["y"] = "EC", p.Curve.Params().Name, b64(point[1:1+size]), b64(point[1+size:])
		if s, ok := k.private.(*ecdsa.PrivateKey); ok {
			d, err := s.Bytes()
			if err != nil {
				return nil, err
			}
			out["d"] = b64(d)
		}
	case ed25519.PublicKey:
		out["kty"], out["crv"], out["x"] = "OKP", "Ed25519", b64(p)
		if s, ok := k.private.(ed25519.PrivateKey); ok {
			out["d"] = b64(s.Seed())
		}
	}
	return out, nil
}

func fromJWK(m *module, a args) (any, error) {
	raw := func(name string) []byte {
		b, _ := base64.RawURLEncoding.DecodeString(m.member(a.at(0), name).text(0))
		return b
	}
	number := func(name string) *big.Int { return new(big.Int).SetBytes(raw(name)) }
	invalid := failed("Error", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK data")
	private := a.truth(1)
	switch m.member(a.at(0), "kty").text(0) {
	case "RSA":
		public := rsa.PublicKey{N: number("n"), E: int(number("e").Int64())}
		if !private {
			return &key{public: &public}, nil
		}
		p := &rsa.PrivateKey{PublicKey: public, D: number("d"), Primes: []*big.Int{number("p"), number("q")}}
		if p.Validate() != nil {
			return nil, invalid
		}
		return &key{private: p, public: &p.PublicKey}, nil
	case "EC":
		c, ok := curves[m.member(a.at(0), "crv").text(0)]
		if !ok {
			return nil, failed("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
		}
		//lint:ignore SA1019 coordinates of any length, as Node takes them; ECDH judges them
		p := &ecdsa.PublicKey{Curve: c, X: number("x"), Y: number("y")}
		if _, err := p.ECDH(); err != nil {
			return nil, failed("Error", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key")
		}
		if !private {
			return &key{public: p}, nil
		}
		//lint:ignore SA1019 the public half is the JWK's own
		s := &ecdsa.PrivateKey{PublicKey: *p, D: number("d")}
		return &key{private: s, public: &s.PublicKey}, nil
	default:
		x := raw("x")
		if private && len(raw("d")) == ed25519.SeedSize {
			return ofKey(ed25519.NewKeyFromSeed(raw("d")))
		}
		if private || len(x) != ed25519.PublicKeySize {
			return nil, invalid
		}
		return &key{public: ed25519.PublicKey(x)}, nil
	}
}

// maxModulus bounds the keys that are generated: a prime search cannot be stopped.
const maxModulus = 4096

// generate(type, modulusLength, curve)
func generate(a args) (work, error) {
	kind, bits, curve := a.text(0), a.integer(1), curves[a.text(2)]
	if kind == "rsa" && bits > maxModulus {
		return nil, notProvided("an RSA key of more than 4096 bits")
	}
	if kind == "ec" && curve == nil {
		return nil, failed("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
	}
	return func(context.Context) (any, error) {
		var made any
		var err error
		switch kind {
		case "rsa":
			made, err = rsa.GenerateKey(rand.Reader, bits)
		case "ec":
			made, err = ecdsa.GenerateKey(curve, rand.Reader)
		default:
			_, made, err = ed25519.GenerateKey(rand.Reader)
		}
		if err != nil {
			return nil, err
		}
		return ofKey(made)
	}, nil
}

// points are the two numbers of an ECDSA signature.
type points struct{ R, S *big.Int }

// toFixed and toDER convert between ECDSA's encodings der and ieee-p1363.
func toFixed(der []byte, size int) ([]byte, error) {
	var p points
	if _, err := asn1.Unmarshal(der, &p); err != nil {
		return nil, err
	}
	return append(p.R.FillBytes(make([]byte, size)), p.S.FillBytes(make([]byte, size))...), nil
}

func toDER(fixed []byte) ([]byte, error) {
	half := len(fixed) / 2
	return asn1.Marshal(points{new(big.Int).SetBytes(fixed[:half]), new(big.Int).SetBytes(fixed[half:])})
}
