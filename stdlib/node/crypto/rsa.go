package crypto

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"math/big"
)

var (
	errTooLarge  = openssl("0200006E", "rsa routines", "data too large for key size")
	errTooSmall  = openssl("0200007A", "rsa routines", "data too small for key size")
	errModulus   = openssl("02000084", "rsa routines", "data too large for modulus")
	errLonger    = openssl("0200006C", "rsa routines", "data greater than mod len")
	errUnpad     = openssl("0200008A", "rsa routines", "invalid padding")
	errBlockType = openssl("0200006A", "rsa routines", "block type is not 01")
	errOAEP      = openssl("02000079", "rsa routines", "oaep decoding error")
	errOAEPHash  = failed("Error", "ERR_OSSL_EVP_INVALID_DIGEST", "Invalid digest used")
	errDigestBig = openssl("02000070", "rsa routines", "digest too big for rsa key")
)

// raise is the plain operation with the public key: the input must be as long as the modulus.
func raise(p *rsa.PublicKey, b []byte) ([]byte, error) {
	x := new(big.Int).SetBytes(b)
	if x.Cmp(p.N) >= 0 {
		return nil, errModulus
	}
	return x.Exp(x, big.NewInt(int64(p.E)), p.N).FillBytes(make([]byte, p.Size())), nil
}

// lower is the plain operation with the private key. It is blinded: math/big does not
// take the same time for all numbers.
func lower(p *rsa.PrivateKey, b []byte) ([]byte, error) {
	x := new(big.Int).SetBytes(b)
	if x.Cmp(p.N) >= 0 {
		return nil, errModulus
	}
	var blind, inverse *big.Int
	for inverse == nil {
		r, err := rand.Int(rand.Reader, p.N)
		if err != nil {
			return nil, err
		}
		blind, inverse = r, new(big.Int).ModInverse(r, p.N)
	}
	x.Mul(x, blind.Exp(blind, big.NewInt(int64(p.E)), p.N)).Mod(x, p.N)
	if len(p.Primes) == 2 && p.Primes[0].BitLen() > 1 && p.Primes[1].BitLen() > 1 {
		p.Precompute()
		first := new(big.Int).Exp(x, p.Precomputed.Dp, p.Primes[0])
		second := new(big.Int).Exp(x, p.Precomputed.Dq, p.Primes[1])
		first.Sub(first, second).Mul(first, p.Precomputed.Qinv).Mod(first, p.Primes[0])
		x.Mul(first, p.Primes[1]).Add(x, second)
	} else {
		x.Exp(x, p.D, p.N)
	}
	return x.Mul(x, inverse).Mod(x, p.N).FillBytes(make([]byte, p.Size())), nil
}

// small says of a key that Go's library refuses and OpenSSL does not.
func small(p *rsa.PublicKey) bool { return p.N.BitLen() < minModulus }

// frame is PKCS #1's padding with a byte that repeats.
func frame(size int, b []byte) ([]byte, error) {
	if len(b) > size-11 {
		return nil, errTooLarge
	}
	out := make([]byte, size)
	for i := range out {
		out[i] = 0xFF
	}
	out[0], out[1], out[size-len(b)-1] = 0, 1, 0
	copy(out[size-len(b):], b)
	return out, nil
}

// unframe is the inverse, for what a public key opens: nothing of it is secret.
func unframe(b []byte) ([]byte, error) {
	if len(b) < 11 || b[0] != 0 {
		return nil, errUnpad
	}
	if b[1] != 1 {
		return nil, errBlockType
	}
	for i, c := range b[2:] {
		switch {
		case c == 0 && i >= 8:
			return b[3+i:], nil
		case c != 0xFF:
			return nil, errUnpad
		}
	}
	return nil, errUnpad
}

// framed reports whether package rsa names the digest as OpenSSL does: RIPEMD-160 has two names,
// and it has ISO's.
func framed(d *digest) bool { return d.id != 0 && d.id != crypto.RIPEMD160 }

func signPKCS1(p *rsa.PrivateKey, d *digest, sum []byte) ([]byte, error) {
	if !small(&p.PublicKey) && framed(d) && d.size+30 < p.Size() {
		return rsa.SignPKCS1v15(rand.Reader, p, d.id, sum)
	}
	info, err := d.info(sum)
	if err != nil {
		return nil, err
	}
	block, err := frame(p.Size(), info)
	if err != nil {
		return nil, errDigestBig
	}
	return lower(p, block)
}

func verifyPKCS1(p *rsa.PublicKey, d *digest, sum, signature []byte) bool {
	if !small(p) && framed(d) {
		return rsa.VerifyPKCS1v15(p, d.id, sum, signature) == nil
	}
	info, err := d.info(sum)
	if err != nil || len(signature) != p.Size() {
		return false
	}
	wanted, err := frame(p.Size(), info)
	if err != nil {
		return false
	}
	got, err := raise(p, signature)
	return err == nil && subtle.ConstantTimeCompare(wanted, got) == 1
}

func signPSS(p *rsa.PrivateKey, d *digest, sum []byte, o *rsa.PSSOptions) ([]byte, error) {
	switch {
	case small(&p.PublicKey) || d.id == 0:
		return nil, notProvided("RSA-PSS with this key or digest")
	case o.SaltLength < 0 || d.size+o.SaltLength+2 > (p.N.BitLen()-1+7)/8:
		return nil, errTooLarge
	}
	return rsa.SignPSS(rand.Reader, p, d.id, sum, o)
}

func verifyPSS(p *rsa.PublicKey, d *digest, sum, signature []byte, o *rsa.PSSOptions) bool {
	return rsa.VerifyPSS(p, d.id, sum, signature, o) == nil
}

func full(p *rsa.PublicKey, b []byte) error {
	switch {
	case len(b) > p.Size():
		return errTooLarge
	case len(b) < p.Size():
		return errTooSmall
	}
	return nil
}

func encryptRSA(p *rsa.PublicKey, padding int, hash string, b, label []byte) ([]byte, error) {
	var out []byte
	var err error
	switch padding {
	case paddingNone:
		if err := full(p, b); err != nil {
			return nil, err
		}
		return raise(p, b)
	case paddingPKCS1:
		if small(p) {
			return nil, notProvided("publicEncrypt with a key of less than 1024 bits")
		}
		//lint:ignore SA1019 the padding that publicEncrypt was asked for
		out, err = rsa.EncryptPKCS1v15(rand.Reader, p, b)
	case paddingOAEP:
		d := digestOf(hash)
		switch {
		case d == nil || d.new == nil:
			return nil, errOAEPHash
		case small(p):
			return nil, notProvided("publicEncrypt with a key of less than 1024 bits")
		}
		out, err = rsa.EncryptOAEP(d.new(), rand.Reader, p, b, label)
	default:
		return nil, errPadding
	}
	if err != nil {
		return nil, errTooLarge
	}
	return out, nil
}

func decryptRSA(p *rsa.PrivateKey, padding int, hash string, b, label []byte) ([]byte, error) {
	if len(b) > p.Size() {
		return nil, errLonger
	}
	switch padding {
	case paddingNone:
		return lower(p, b)
	case paddingOAEP:
		d := digestOf(hash)
		switch {
		case d == nil || d.new == nil:
			return nil, errOAEPHash
		case small(&p.PublicKey):
			return nil, notProvided("privateDecrypt with a key of less than 1024 bits")
		}
		if new(big.Int).SetBytes(b).Cmp(p.N) >= 0 {
			return nil, errModulus
		}
		out, err := rsa.DecryptOAEP(d.new(), nil, p, b, label)
		if err != nil {
			return nil, errOAEP
		}
		return out, nil
	default:
		return nil, errPadding
	}
}

func encryptPrivate(p *rsa.PrivateKey, padding int, b []byte) ([]byte, error) {
	switch padding {
	case 0, paddingPKCS1:
		framed, err := frame(p.Size(), b)
		if err != nil {
			return nil, err
		}
		return lower(p, framed)
	case paddingNone:
		if err := full(&p.PublicKey, b); err != nil {
			return nil, err
		}
		return lower(p, b)
	default:
		return nil, errPadding
	}
}

func decryptPublic(p *rsa.PublicKey, padding int, b []byte) ([]byte, error) {
	if len(b) > p.Size() {
		return nil, errLonger
	}
	opened, err := raise(p, b)
	if err != nil {
		return nil, err
	}
	switch padding {
	case 0, paddingPKCS1:
		return unframe(opened)
	case paddingNone:
		return opened, nil
	default:
		return nil, errPadding
	}
}
