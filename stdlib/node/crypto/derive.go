package crypto

import (
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"encoding/binary"
	"hash"
)

// natives and slows are all functions of Go that the scripts call.
var (
	natives = []map[string]native{hashNatives, randomNatives, deriveNatives, cipherNatives, keyNatives, signNatives, ecdhNatives, dhNatives, certificateNatives}
	slows   = map[string]slow{"randomBytes": randomBytes, "pbkdf2": pbkdf2, "scrypt": scrypt, "generate": generate, "prime": prime}
)

var deriveNatives = map[string]native{
	// hkdf(digest, key, salt, info, length)
	"hkdf": func(_ *module, a args) (any, error) {
		d := digestOf(a.text(0))
		if d == nil || d.new == nil {
			return nil, invalidDigest(a.text(0))
		}
		length := a.integer(4)
		if length > 255*d.size {
			return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
		}
		return hkdf.Key(d.new, a.bytes(1), a.bytes(2), string(a.bytes(3)), length)
	},
}

// pbkdf2(password, salt, iterations, length, digest)
func pbkdf2(a args) (work, error) {
	password, salt, iterations, length, d := a.copied(0), a.copied(1), a.integer(2), a.integer(3), digestOf(a.text(4))
	if d == nil || d.new == nil {
		return nil, invalidDigest(a.text(4))
	}
	if length > maxOutput {
		return nil, errOutput
	}
	return func(ctx context.Context) (any, error) {
		return stretch(ctx, d.new, password, salt, iterations, length)
	}, nil
}

// stretch is PBKDF2 (RFC 8018) that ends with its context: golang.org/x/crypto's and Go's own run to
// their end.
func stretch(ctx context.Context, f func() hash.Hash, password, salt []byte, iterations, length int) ([]byte, error) {
	const slice = 1024 // iterations between two looks at the context
	prf := hmac.New(f, password)
	size := prf.Size()
	out := make([]byte, 0, (length+size-1)/size*size)
	u, t := make([]byte, 0, size), make([]byte, size)
	for block := uint32(1); len(out) < length; block++ {
		prf.Reset()
		prf.Write(salt)
		prf.Write(binary.BigEndian.AppendUint32(nil, block))
		u = prf.Sum(u[:0])
		copy(t, u)
		for i := 1; i < iterations; i++ {
			if i%slice == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			prf.Reset()
			prf.Write(u)
			u = prf.Sum(u[:0])
			for j, b := range u {
				t[j] ^= b
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		out = append(out, t...)
	}
	return out[:length], nil
}
