package crypto

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// maxScryptMemory bounds what a rule may ask for with maxmem, in bytes.
const maxScryptMemory = 256 << 20

// scrypt(password, salt, length, N, r, p, maxmem)
func scrypt(a args) (work, error) {
	password, salt, length := a.copied(0), a.copied(1), a.integer(2)
	n, r, p, limit := a.integer(3), a.integer(4), a.integer(5), a.integer(6)
	if n < 2 || n&(n-1) != 0 || r < 1 || p < 1 || uint64(r)*uint64(p) >= 1<<30 {
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_SCRYPT_PARAMS", "Invalid scrypt params")
	}
	high, need := bits.Mul64(128*uint64(r), uint64(n)+2+uint64(p))
	if high != 0 || need > uint64(limit) || need > maxScryptMemory {
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_SCRYPT_PARAMS",
			"Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded")
	}
	if length > maxOutput {
		return nil, errOutput
	}
	return func(ctx context.Context) (any, error) {
		b, err := stretch(ctx, sha256.New, password, salt, 1, p*128*r)
		if err != nil {
			return nil, err
		}
		m := newMixer(n, r)
		for i := range p {
			if err := m.mix(ctx, b[i*128*r:(i+1)*128*r]); err != nil {
				return nil, err
			}
		}
		return stretch(ctx, sha256.New, password, b, 1, length)
	}, nil
}

// mixer is scryptROMix of RFC 7914, which looks at a context: golang.org/x/crypto's does not.
type mixer struct {
	n, r  int
	table []uint32 // n blocks
	x, y  []uint32 // one block each
}

func newMixer(n, r int) *mixer {
	return &mixer{n: n, r: r, table: make([]uint32, 32*r*n), x: make([]uint32, 32*r), y: make([]uint32, 32*r)}
}

func (m *mixer) mix(ctx context.Context, block []byte) error {
	const slice = 1023
	words := 32 * m.r
	for i := range m.x {
		m.x[i] = binary.LittleEndian.Uint32(block[4*i:])
	}
	for i := range m.n {
		if i&slice == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		copy(m.table[i*words:], m.x)
		m.blockMix()
	}
	for i := range m.n {
		if i&slice == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		j := int(m.x[words-16]) & (m.n - 1)
		for k, w := range m.table[j*words : (j+1)*words] {
			m.x[k] ^= w
		}
		m.blockMix()
	}
	for i, w := range m.x {
		binary.LittleEndian.PutUint32(block[4*i:], w)
	}
	return nil
}

// blockMix is scryptBlockMix: x is mixed, even blocks to the front, odd ones behind them.
func (m *mixer) blockMix() {
	var t [16]uint32
	copy(t[:], m.x[len(m.x)-16:])
	for i := range 2 * m.r {
		for k := range 16 {
			t[k] ^= m.x[16*i+k]
		}
		salsa(&t)
		at := 16 * (i / 2)
		if i&1 == 1 {
			at += 16 * m.r
		}
		copy(m.y[at:at+16], t[:])
	}
	m.x, m.y = m.y, m.x
}

// salsa is Salsa20/8: four double rounds of columns and rows.
func salsa(b *[16]uint32) {
	x0, x1, x2, x3, x4, x5, x6, x7 := b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]
	x8, x9, x10, x11, x12, x13, x14, x15 := b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
	for range 4 {
		x0, x4, x8, x12 = quarter(x0, x4, x8, x12)
		x5, x9, x13, x1 = quarter(x5, x9, x13, x1)
		x10, x14, x2, x6 = quarter(x10, x14, x2, x6)
		x15, x3, x7, x11 = quarter(x15, x3, x7, x11)
		x0, x1, x2, x3 = quarter(x0, x1, x2, x3)
		x5, x6, x7, x4 = quarter(x5, x6, x7, x4)
		x10, x11, x8, x9 = quarter(x10, x11, x8, x9)
		x15, x12, x13, x14 = quarter(x15, x12, x13, x14)
	}
	for i, x := range [16]uint32{x0, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10, x11, x12, x13, x14, x15} {
		b[i] += x
	}
}

func quarter(a, b, c, d uint32) (uint32, uint32, uint32, uint32) {
	b ^= bits.RotateLeft32(a+d, 7)
	c ^= bits.RotateLeft32(b+a, 9)
	d ^= bits.RotateLeft32(c+b, 13)
	a ^= bits.RotateLeft32(d+c, 18)
	return a, b, c, d
}
