package crypto

import (
	"context"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	goruntime "runtime"
)

// maxModulus bounds the keys that are generated: a search for primes cannot be stopped, only left.
const (
	minModulus = 1024
	maxModulus = 4096
)

// generate(type, modulusLength, curve, publicExponent, hash, mgf, saltLength)
func generate(a args) (work, error) {
	kind, bits, curve := a.text(0), a.integer(1), curves[a.text(2)]
	var pss *pssLimits
	switch kind {
	case "rsa", "rsa-pss":
		switch {
		case bits > maxModulus:
			return nil, notProvided("an RSA key of more than 4096 bits")
		case bits < minModulus:
			return nil, notProvided("an RSA key of less than 1024 bits")
		case a.integer(3) != 65537:
			return nil, notProvided("an RSA key with another exponent than 65537")
		}
		if kind == "rsa-pss" {
			pss = &pssLimits{}
			if a.has(4) || a.has(5) || a.has(6) {
				pss = &pssLimits{hash: "sha1", mgf: "sha1", salt: 20}
				for i, name := range []*string{&pss.hash, &pss.mgf} {
					d := digestOf(a.text(4 + i))
					switch {
					case !a.has(4+i) && i == 1:
						*name = pss.hash
					case !a.has(4 + i):
					case d == nil || digestOIDs[d.name] == nil:
						return nil, invalidDigest(a.text(4 + i))
					default:
						*name = d.name
					}
				}
				pss.salt = digests[pss.hash].size
				if a.has(6) {
					pss.salt = a.integer(6)
				}
			}
		}
	case "ec":
		if curve == nil {
			return nil, unknownCurve(a.text(2))
		}
	}
	return func(ctx context.Context) (any, error) {
		var made any
		var err error
		switch kind {
		case "rsa", "rsa-pss":
			made, err = generateRSA(ctx, bits)
		case "ec":
			made, err = ecdsa.GenerateKey(curve, rand.Reader)
		case "x25519":
			made, err = ecdh.X25519().GenerateKey(rand.Reader)
		default:
			_, made, err = ed25519.GenerateKey(rand.Reader)
		}
		if err != nil {
			return nil, err
		}
		k, err := ofKey(made)
		if err == nil {
			k.pss = pss
		}
		return k, err
	}, nil
}

// generators bounds the searches at work, those that their runs have left, too.
var generators = make(chan struct{}, goruntime.GOMAXPROCS(0))

// generateRSA leaves the search when the context ends.
func generateRSA(ctx context.Context, bits int) (any, error) {
	type result struct {
		key *rsa.PrivateKey
		err error
	}
	select {
	case generators <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	found := make(chan result, 1)
	go func() {
		defer func() { <-generators }()
		k, err := rsa.GenerateKey(rand.Reader, bits)
		found <- result{k, err}
	}()
	select {
	case r := <-found:
		return r.key, r.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
