package crypto

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
)

var randomNatives = map[string]native{
	// randomFill(bytes) fills a Uint8Array.
	"randomFill": func(_ *module, a args) (any, error) {
		_, err := rand.Read(a.bytes(0))
		return nil, err
	},
	"randomInt": func(_ *module, a args) (any, error) {
		least, span := a.at(0).ToInteger(), uint64(a.at(1).ToInteger())
		limit := 1<<48 - 1<<48%span // values above would make low ones likelier
		for {
			var b [8]byte
			if _, err := rand.Read(b[2:]); err != nil {
				return nil, err
			}
			if x := binary.BigEndian.Uint64(b[:]); x < limit {
				return least + int64(x%span), nil
			}
		}
	},
	"randomUUID": func(*module, args) (any, error) {
		var b [16]byte
		if _, err := rand.Read(b[:]); err != nil {
			return nil, err
		}
		b[6], b[8] = b[6]&0x0F|0x40, b[8]&0x3F|0x80
		s := hex.EncodeToString(b[:])
		return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:], nil
	},
}

// maxOutput is the most bytes that one call makes of nothing.
const maxOutput = 128 << 20

var errOutput = notProvided("an answer of more than 128 MiB")

// randomBytes(size)
func randomBytes(a args) (work, error) {
	size := a.integer(0)
	if size > maxOutput {
		return nil, errOutput
	}
	return func(ctx context.Context) (any, error) {
		const slice = 1 << 24
		out := make([]byte, size)
		for at := 0; at < size; at += slice {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if _, err := rand.Read(out[at:min(at+slice, size)]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}, nil
}
