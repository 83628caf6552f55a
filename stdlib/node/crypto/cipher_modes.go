package crypto

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
)

// ecb is the mode without chaining, which Go leaves out.
type ecb struct {
	b     cipher.Block
	crypt func(dst, src []byte)
}

func (e ecb) BlockSize() int { return e.b.BlockSize() }

func (e ecb) CryptBlocks(dst, src []byte) {
	for size := e.b.BlockSize(); len(src) > 0; dst, src = dst[size:], src[size:] {
		e.crypt(dst[:size], src[:size])
	}
}

// cfb8 is CFB with a feedback of one byte.
type cfb8 struct {
	b             cipher.Block
	register, out []byte
	decrypts      bool
}

func (c *cfb8) XORKeyStream(dst, src []byte) {
	for i, in := range src {
		c.b.Encrypt(c.out, c.register)
		dst[i] = in ^ c.out[0]
		copy(c.register, c.register[1:])
		if c.decrypts {
			c.register[len(c.register)-1] = in
		} else {
			c.register[len(c.register)-1] = dst[i]
		}
	}
}

// keyWrap is RFC 3394.
type keyWrap struct {
	b  cipher.Block
	iv []byte
}

func (w *keyWrap) seal(plain []byte) ([]byte, bool) {
	if len(plain) < 16 || len(plain)%8 != 0 {
		return nil, false
	}
	n := len(plain) / 8
	out := make([]byte, 8+len(plain))
	copy(out[8:], plain)
	var block [16]byte
	copy(block[:8], w.iv)
	for j := range 6 {
		for i := 1; i <= n; i++ {
			copy(block[8:], out[8*i:])
			w.b.Encrypt(block[:], block[:])
			t := binary.BigEndian.Uint64(block[:8]) ^ uint64(n*j+i)
			binary.BigEndian.PutUint64(block[:8], t)
			copy(out[8*i:], block[8:])
		}
	}
	copy(out, block[:8])
	return out, true
}

func (w *keyWrap) open(sealed []byte) ([]byte, bool) {
	if len(sealed) < 24 || len(sealed)%8 != 0 {
		return nil, false
	}
	n := len(sealed)/8 - 1
	out := append([]byte(nil), sealed[8:]...)
	var block [16]byte
	copy(block[:8], sealed)
	for j := 5; j >= 0; j-- {
		for i := n; i >= 1; i-- {
			binary.BigEndian.PutUint64(block[:8], binary.BigEndian.Uint64(block[:8])^uint64(n*j+i))
			copy(block[8:], out[8*(i-1):8*i])
			w.b.Decrypt(block[:], block[:])
			copy(out[8*(i-1):], block[8:])
		}
	}
	return out, subtle.ConstantTimeCompare(block[:8], w.iv) == 1
}
