package crypto

import (
	"context"
	"crypto/rand"
	"math/big"
	"sync"
)

// exchange is an object DiffieHellman; what it has no key of is nil.
type exchange struct {
	prime, generator *big.Int
	length           int // bits of a private key
	private, public  *big.Int
}

// Bounds of what is computed in one call, which nothing can stop.
const (
	maxDH          = 8192 // bits of a key
	maxDHPrime     = 4096 // bits of a prime that is no group's
	maxDHGenerated = 2048
)

// groups are the primes of RFC 2409 and 3526: 2^n - 2^(n-64) - 1 + 2^64 * (floor(2^(n-130) * pi) + add).
// length is how long OpenSSL's private keys are; 0 is as long as the prime.
var groups = map[string]struct {
	bits   int
	add    int64
	length int
}{
	"modp1": {768, 149686, 0}, "modp2": {1024, 129093, 0}, "modp5": {1536, 741804, 200}, "modp14": {2048, 124476, 225},
	"modp15": {3072, 1690314, 275}, "modp16": {4096, 240904, 325}, "modp17": {6144, 929484, 375}, "modp18": {8192, 4743158, 400},
}

var pi = sync.OnceValue(func() *big.Int {
	const bits, guard = 8192, 64
	// Machin: pi/4 = 4 arctan(1/5) - arctan(1/239)
	arctan := func(n int64) *big.Int {
		sum, square := new(big.Int), big.NewInt(n*n)
		power := new(big.Int).Lsh(big.NewInt(1), bits+guard)
		power.Quo(power, big.NewInt(n))
		for k, sign := int64(1), 1; power.Sign() != 0; k, sign = k+2, -sign {
			term := new(big.Int).Quo(power, big.NewInt(k))
			if sign < 0 {
				term.Neg(term)
			}
			sum.Add(sum, term)
			power.Quo(power, square)
		}
		return sum
	}
	p := arctan(5)
	p.Lsh(p, 2).Sub(p, arctan(239)).Lsh(p, 2)
	return p.Rsh(p, guard) // 2^bits * pi
})

func groupPrime(bits int, add int64) *big.Int {
	one := big.NewInt(1)
	middle := new(big.Int).Rsh(pi(), uint(8192-(bits-130)))
	middle.Add(middle, big.NewInt(add)).Lsh(middle, 64)
	p := new(big.Int).Lsh(one, uint(bits))
	p.Sub(p, new(big.Int).Lsh(one, uint(bits-64))).Sub(p, one)
	return p.Add(p, middle)
}

var (
	errDHModulus   = openssl("0280007E", "Diffie-Hellman routines", "modulus too small")
	errDHGenerator = openssl("02800065", "Diffie-Hellman routines", "bad generator")
)

var dhNatives = map[string]native{
	// dhGroup(name)
	"dhGroup": func(_ *module, a args) (any, error) {
		g, ok := groups[a.text(0)]
		if !ok {
			return nil, failed("Error", "ERR_CRYPTO_UNKNOWN_DH_GROUP", "Unknown DH group")
		}
		return &exchange{prime: groupPrime(g.bits, g.add), generator: big.NewInt(2), length: g.length}, nil
	},
	// dh(prime, generator)
	"dh": func(_ *module, a args) (any, error) {
		e := &exchange{prime: new(big.Int).SetBytes(a.bytes(0)), generator: new(big.Int).SetBytes(a.bytes(1))}
		if e.generator.Cmp(big.NewInt(1)) <= 0 {
			return nil, errDHGenerator
		}
		if length, ok := e.known(); ok {
			e.length = length
		} else if e.prime.BitLen() > maxDHPrime {
			return nil, notProvided("Diffie-Hellman with a prime of its own of more than 4096 bits")
		}
		return e, nil
	},
	"dhSmall": func(*module, args) (any, error) { return nil, errDHModulus },
	// dhError(exchange) are the bits of verifyError.
	"dhError":     func(_ *module, a args) (any, error) { return handle[*exchange](a, 0).problems(), nil },
	"dhPrime":     func(_ *module, a args) (any, error) { return handle[*exchange](a, 0).prime.Bytes(), nil },
	"dhGenerator": func(_ *module, a args) (any, error) { return handle[*exchange](a, 0).generator.Bytes(), nil },
	"dhGenerate": func(_ *module, a args) (any, error) {
		e := handle[*exchange](a, 0)
		return nil, e.generate()
	},
	"dhPublic": func(_ *module, a args) (any, error) {
		if p := handle[*exchange](a, 0).public; p != nil {
			return p.Bytes(), nil
		}
		return nil, failed("Error", "ERR_CRYPTO_INVALID_STATE", "No public key - did you forget to generate one?")
	},
	"dhPrivate": func(_ *module, a args) (any, error) {
		if p := handle[*exchange](a, 0).private; p != nil {
			return p.Bytes(), nil
		}
		return nil, failed("Error", "ERR_CRYPTO_INVALID_STATE", "No private key - did you forget to generate one?")
	},
	"dhSetPublic": func(_ *module, a args) (any, error) {
		handle[*exchange](a, 0).public = new(big.Int).SetBytes(a.bytes(1))
		return nil, nil
	},
	"dhSetPrivate": func(_ *module, a args) (any, error) {
		if len(a.bytes(1)) > maxDH/8 {
			return nil, notProvided("Diffie-Hellman with a key of more than 8192 bits")
		}
		handle[*exchange](a, 0).private = new(big.Int).SetBytes(a.bytes(1))
		return nil, nil
	},
	"dhSecret": func(_ *module, a args) (any, error) {
		return handle[*exchange](a, 0).secret(new(big.Int).SetBytes(a.bytes(1)))
	},
	// isPrime(bytes, checks)
	"isPrime": func(_ *module, a args) (any, error) {
		n := new(big.Int).SetBytes(a.bytes(0))
		if n.BitLen() > maxDHGenerated {
			return nil, notProvided("checkPrime of more than 2048 bits")
		}
		return n.ProbablyPrime(20), nil
	},
}

// known answers the length of private keys where the prime is a group's.
func (e *exchange) known() (length int, ok bool) {
	for _, g := range groups {
		if g.bits == e.prime.BitLen() && groupPrime(g.bits, g.add).Cmp(e.prime) == 0 {
			return g.length, true
		}
	}
	return 0, false
}

// problems are OpenSSL's bits.
func (e *exchange) problems() int {
	const notPrime, notSafe, unsuitable, tooSmall = 1, 2, 8, 128
	const rounds = 1 // beside the test of Baillie and PSW
	if _, ok := e.known(); ok {
		return 0
	}
	found := 0
	one := big.NewInt(1)
	if e.generator.Cmp(new(big.Int).Sub(e.prime, one)) >= 0 {
		found |= unsuitable
	}
	if e.prime.BitLen() < 512 {
		found |= tooSmall
	}
	if !e.prime.ProbablyPrime(rounds) {
		return found | notPrime
	}
	if !new(big.Int).Rsh(e.prime, 1).ProbablyPrime(rounds) {
		found |= notSafe
	}
	return found
}

func (e *exchange) generate() error {
	if e.prime.BitLen() < 512 {
		return errDHModulus
	}
	if e.private == nil {
		limit := new(big.Int).Sub(e.prime, big.NewInt(2))
		if e.length > 0 {
			limit = new(big.Int).Lsh(big.NewInt(1), uint(e.length))
		}
		x, err := rand.Int(rand.Reader, limit)
		if err != nil {
			return err
		}
		e.private = x.Add(x, big.NewInt(1))
	}
	e.public = new(big.Int).Exp(e.generator, e.private, e.prime)
	return nil
}

func (e *exchange) secret(other *big.Int) ([]byte, error) {
	one := big.NewInt(1)
	switch {
	case other.Cmp(one) <= 0:
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too small")
	case other.BitLen() <= e.prime.BitLen() && other.Cmp(new(big.Int).Sub(e.prime, one)) >= 0:
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Supplied key is too large")
	case e.private == nil:
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYTYPE", "Invalid key type")
	}
	out := new(big.Int).Exp(other, e.private, e.prime)
	return out.FillBytes(make([]byte, (e.prime.BitLen()+7)/8)), nil
}

// prime(bits, safe) searches a prime until the context ends.
func prime(a args) (work, error) {
	bits, safe := a.integer(0), a.truth(1)
	if bits > maxDHGenerated {
		return nil, notProvided("a generated prime of more than 2048 bits")
	}
	return func(ctx context.Context) (any, error) {
		for ctx.Err() == nil {
			p, err := rand.Prime(rand.Reader, bits)
			if err != nil {
				return nil, err
			}
			if !safe {
				return p.Bytes(), nil
			}
			// p or what makes p the half of a safe prime
			if new(big.Int).Rsh(p, 1).ProbablyPrime(10) {
				return p.Bytes(), nil
			}
		}
		return nil, ctx.Err()
	}, nil
}
