package crypto

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"math/big"
)

var (
	errCurve       = failed("TypeError", "ERR_CRYPTO_INVALID_CURVE", "Invalid EC curve name")
	errECDHPublic  = failed("Error", "ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY", "Public key is not valid for specified curve")
	errECDHPrivate = failed("RangeError", "ERR_CRYPTO_INVALID_KEYTYPE", "Private key is not valid for specified curve.")
)

// ecPair is an object ECDH; what it has no key of is nil.
type ecPair struct {
	curve   elliptic.Curve
	private *big.Int
	public  []byte // uncompressed
}

func handleOfCurve(name string) elliptic.Curve {
	if opensslName, ok := opensslCurves[name]; ok && opensslName != name {
		return nil // OpenSSL's names only
	}
	return curves[name]
}

var ecdhNatives = map[string]native{
	"ecdh": func(_ *module, a args) (any, error) {
		c := handleOfCurve(a.text(0))
		if c == nil {
			return nil, unknownCurve(a.text(0))
		}
		return &ecPair{curve: c}, nil
	},
	"ecdhGenerate": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		k, err := ecdsa.GenerateKey(p.curve, rand.Reader)
		if err != nil {
			return nil, err
		}
		return nil, p.set(k)
	},
	"ecdhSetPrivate": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		size := (p.curve.Params().N.BitLen() + 7) / 8
		d := new(big.Int).SetBytes(a.bytes(1))
		if d.Sign() == 0 || d.Cmp(p.curve.Params().N) >= 0 {
			return nil, errECDHPrivate
		}
		k, err := ecdsa.ParseRawPrivateKey(p.curve, d.FillBytes(make([]byte, size)))
		if err != nil {
			return nil, errECDHPrivate
		}
		return nil, p.set(k)
	},
	"ecdhSetPublic": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		point := uncompressed(p.curve, a.bytes(1))
		if point == nil {
			return nil, failed("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT")
		}
		p.public = point
		return nil, nil
	},
	"ecdhPrivate": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		if p.private == nil {
			return nil, failed("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH private key")
		}
		return p.private.Bytes(), nil
	},
	// ecdhPublic(pair, form): of Node's constants, 2 is compressed, 4 is not, 6 is hybrid
	"ecdhPublic": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		if p.public == nil {
			return nil, failed("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to get ECDH public key")
		}
		return formed(p.curve, p.public, a.integer(1)), nil
	},
	"ecdhSecret": func(_ *module, a args) (any, error) {
		p := handle[*ecPair](a, 0)
		if p.private == nil {
			return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYPAIR", "Invalid key pair")
		}
		point := uncompressed(p.curve, a.bytes(1))
		if point == nil {
			return nil, errECDHPublic
		}
		return multiply(p.curve, p.private, point)
	},
	// ecdhConvert(curve, point, form)
	"ecdhConvert": func(_ *module, a args) (any, error) {
		c := handleOfCurve(a.text(0))
		if c == nil {
			return nil, unknownCurve(a.text(0))
		}
		if b := a.bytes(1); len(b) == 1 && b[0] == 0 { // the point at infinity
			return []byte{0}, nil
		}
		point := uncompressed(c, a.bytes(1))
		if point == nil {
			return nil, failed("Error", "ERR_CRYPTO_OPERATION_FAILED", "Failed to convert Buffer to EC_POINT")
		}
		return formed(c, point, a.integer(2)), nil
	},
	// diffieHellman(private, public) of two KeyObjects
	"diffieHellman": func(_ *module, a args) (any, error) {
		own, other := handle[*key](a, 0), handle[*key](a, 1)
		incompatible := failed("Error", "ERR_CRYPTO_INCOMPATIBLE_KEY", "Incompatible key types for Diffie-Hellman: "+own.kind()+" and "+other.kind())
		switch s := own.private.(type) {
		case *ecdh.PrivateKey:
			p, ok := other.public.(*ecdh.PublicKey)
			if !ok {
				return nil, incompatible
			}
			secret, err := s.ECDH(p)
			if err != nil {
				return nil, openssl("1C80007D", "Provider routines", "failed during derivation")
			}
			return secret, nil
		case *ecdsa.PrivateKey:
			p, ok := other.public.(*ecdsa.PublicKey)
			if !ok {
				return nil, incompatible
			}
			if s.Curve != p.Curve {
				return nil, openssl("1C8000CB", "Provider routines", "mismatching domain parameters")
			}
			d, err := s.Bytes()
			if err != nil {
				return nil, err
			}
			point, err := p.Bytes()
			if err != nil {
				return nil, err
			}
			return multiply(s.Curve, new(big.Int).SetBytes(d), point)
		default:
			return nil, incompatible
		}
	},
}

func (p *ecPair) set(k *ecdsa.PrivateKey) error {
	d, err := k.Bytes()
	if err != nil {
		return err
	}
	p.private = new(big.Int).SetBytes(d)
	p.public, err = k.PublicKey.Bytes()
	return err
}

var agreements = map[string]ecdh.Curve{"P-256": ecdh.P256(), "P-384": ecdh.P384(), "P-521": ecdh.P521()}

// multiply is the x coordinate of the product of a point, which is on its curve.
func multiply(c elliptic.Curve, d *big.Int, point []byte) ([]byte, error) {
	size := (c.Params().BitSize + 7) / 8
	scalar := d.FillBytes(make([]byte, size))
	agreement, ok := agreements[c.Params().Name]
	if !ok { // crypto/ecdh lacks P-224
		//lint:ignore SA1019 as the comment before says
		x, _ := c.ScalarMult(new(big.Int).SetBytes(point[1:1+size]), new(big.Int).SetBytes(point[1+size:]), scalar)
		return x.FillBytes(make([]byte, size)), nil
	}
	own, err := agreement.NewPrivateKey(scalar)
	if err != nil {
		return nil, errECDHPrivate
	}
	other, err := agreement.NewPublicKey(point)
	if err != nil {
		return nil, errECDHPublic
	}
	return own.ECDH(other)
}

// uncompressed reads a point in any of its forms; nil when it is not on the curve.
func uncompressed(c elliptic.Curve, b []byte) []byte {
	if len(b) == 0 {
		return nil
	}
	switch b[0] {
	case 2, 3:
		x, y := elliptic.UnmarshalCompressed(c, b)
		if x == nil {
			return nil
		}
		size := (c.Params().BitSize + 7) / 8
		return append(append([]byte{4}, x.FillBytes(make([]byte, size))...), y.FillBytes(make([]byte, size))...)
	case 6, 7:
		if b[0]&1 != b[len(b)-1]&1 {
			return nil
		}
		b = append([]byte{4}, b[1:]...)
	}
	if _, err := ecdsa.ParseUncompressedPublicKey(c, b); err != nil {
		return nil
	}
	return append([]byte(nil), b...)
}

func formed(c elliptic.Curve, point []byte, form int) []byte {
	size, odd := (c.Params().BitSize+7)/8, point[len(point)-1]&1
	switch form {
	case 2:
		return append([]byte{2 + odd}, point[1:1+size]...)
	case 6:
		return append([]byte{6 + odd}, point[1:]...)
	default:
		return point
	}
}
