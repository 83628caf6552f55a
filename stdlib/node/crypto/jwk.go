package crypto

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
)

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// member is one of an object whose order counts.
type member struct {
	name  string
	value any
}

// jwk has Node's order.
func (k *key) jwk() (any, error) {
	if k.pss != nil {
		return nil, failed("Error", "ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE", "Unsupported JWK Key Type.")
	}
	var out []member
	add := func(name string, b []byte) { out = append(out, member{name, b64(b)}) }
	switch p := k.public.(type) {
	case *rsa.PublicKey:
		out = append(out, member{"kty", "RSA"})
		add("n", p.N.Bytes())
		add("e", big.NewInt(int64(p.E)).Bytes())
		if s, ok := k.private.(*rsa.PrivateKey); ok {
			s.Precompute()
			add("d", s.D.Bytes())
			add("p", s.Primes[0].Bytes())
			add("q", s.Primes[1].Bytes())
			add("dp", s.Precomputed.Dp.Bytes())
			add("dq", s.Precomputed.Dq.Bytes())
			add("qi", s.Precomputed.Qinv.Bytes())
		}
	case *ecdsa.PublicKey:
		size, curve := (p.Curve.Params().BitSize+7)/8, p.Curve.Params().Name
		if curve == "P-224" {
			return nil, failed("Error", "ERR_CRYPTO_JWK_UNSUPPORTED_CURVE", "Unsupported JWK EC curve: "+opensslCurves[curve]+".")
		}
		point, err := p.Bytes() // 4, x, y
		if err != nil {
			return nil, err
		}
		out = append(out, member{"kty", "EC"})
		add("x", point[1:1+size])
		add("y", point[1+size:])
		out = append(out, member{"crv", curve})
		if s, ok := k.private.(*ecdsa.PrivateKey); ok {
			d, err := s.Bytes()
			if err != nil {
				return nil, err
			}
			add("d", d)
		}
	case *ecdh.PublicKey:
		out = append(out, member{"crv", "X25519"})
		if s, ok := k.private.(*ecdh.PrivateKey); ok {
			add("d", s.Bytes())
		}
		add("x", p.Bytes())
		out = append(out, member{"kty", "OKP"})
	case ed25519.PublicKey:
		out = append(out, member{"crv", "Ed25519"})
		if s, ok := k.private.(ed25519.PrivateKey); ok {
			add("d", s.Seed())
		}
		add("x", p)
		out = append(out, member{"kty", "OKP"})
	}
	return out, nil
}

var errJWK = failed("TypeError", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK data")

func fromJWK(m *module, a args) (any, error) {
	total := 0
	raw := func(name string) []byte {
		b, err := base64.RawURLEncoding.DecodeString(m.member(a.at(0), name).text(0))
		if err != nil { // as lenient as Node's decoder
			b, _ = base64.RawStdEncoding.DecodeString(m.member(a.at(0), name).text(0))
		}
		total += len(b)
		return b
	}
	number := func(name string) *big.Int { return new(big.Int).SetBytes(raw(name)) }
	private := a.truth(1)
	switch m.member(a.at(0), "kty").text(0) {
	case "RSA":
		public := rsa.PublicKey{N: number("n"), E: int(number("e").Int64())}
		p := &rsa.PrivateKey{}
		if private {
			p.D, p.Primes = number("d"), []*big.Int{number("p"), number("q")}
		}
		switch {
		case total > maxKey:
			return nil, notProvided("a key of this length")
		case !private:
			return &key{public: &public}, nil
		}
		p.PublicKey = public
		if p.Validate() != nil {
			return nil, errJWK
		}
		return &key{private: p, public: &p.PublicKey}, nil
	case "EC":
		c, ok := curves[m.member(a.at(0), "crv").text(0)]
		if !ok {
			return nil, notProvided("the curve " + m.member(a.at(0), "crv").text(0))
		}
		size := (c.Params().BitSize + 7) / 8
		x, y := number("x"), number("y")
		if (x.BitLen()+7)/8 > size || (y.BitLen()+7)/8 > size {
			return nil, failed("TypeError", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key")
		}
		point := append(append([]byte{4}, x.FillBytes(make([]byte, size))...), y.FillBytes(make([]byte, size))...)
		p, err := ecdsa.ParseUncompressedPublicKey(c, point)
		if err != nil {
			return nil, failed("TypeError", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key")
		}
		if !private {
			return &key{public: p}, nil
		}
		//lint:ignore SA1019 the public half is the JWK's own
		s := &ecdsa.PrivateKey{PublicKey: *p, D: number("d")}
		return &key{private: s, public: &s.PublicKey}, nil
	default:
		return octetJWK(m.member(a.at(0), "crv").text(0), raw("x"), raw("d"), private)
	}
}

// octetJWK is a key pair of RFC 8037.
func octetJWK(curve string, x, d []byte, private bool) (any, error) {
	if curve != "Ed25519" && curve != "X25519" {
		return nil, notProvided("the curve " + curve)
	}
	if len(x) != 32 || private && len(d) != 32 {
		return nil, errJWK
	}
	switch {
	case curve == "Ed25519" && private:
		return ofKey(ed25519.NewKeyFromSeed(d))
	case curve == "Ed25519":
		return &key{public: ed25519.PublicKey(x)}, nil
	case private:
		p, err := ecdh.X25519().NewPrivateKey(d)
		if err != nil {
			return nil, errJWK
		}
		return ofKey(p)
	default:
		p, err := ecdh.X25519().NewPublicKey(x)
		if err != nil {
			return nil, errJWK
		}
		return ofKey(p)
	}
}

// fromPoint reads a public key of a curve; its bytes may be a compressed point.
func fromPoint(curve string, b []byte) (*key, error) {
	bad := failed("Error", "", "Unable to create key")
	switch curve {
	case "Ed25519", "X25519":
		k, err := octetJWK(curve, b, nil, false)
		if err != nil {
			return nil, bad
		}
		return k.(*key), nil
	}
	c := curves[curve]
	if c == nil {
		return nil, unknownCurve(curve)
	}
	p, err := ecdsa.ParseUncompressedPublicKey(c, uncompressed(c, b))
	if err != nil {
		return nil, bad
	}
	return ofKey(p)
}

// point is a public key as the plain bytes of its curve.
func (k *key) point() ([]byte, error) {
	switch p := k.public.(type) {
	case *ecdsa.PublicKey:
		return p.Bytes()
	case *ecdh.PublicKey:
		return p.Bytes(), nil
	case ed25519.PublicKey:
		return p, nil
	default:
		return nil, notProvided("the raw form of an RSA key")
	}
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
