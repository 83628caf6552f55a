package crypto

import (
	"crypto/cipher"
	"encoding/binary"
	"strconv"

	"golang.org/x/crypto/chacha20"
	//lint:ignore SA1019 chacha20-poly1305 in pieces, as update() and final() give it
	"golang.org/x/crypto/poly1305"
)

func itoa(n int) string { return strconv.Itoa(n) }

// ghash is GHASH of SP 800-38D over whole texts, for nonces of other lengths than 12 bytes only: Go's GCM does
// the rest, much faster.
type ghash struct {
	table [16]element // products of the key with 4 bits
	y     element
}

// element is an element of GF(2^128), bits in GCM's order.
type element struct{ high, low uint64 }

// reduction of the four bits that a shift pushes out.
var reduction = func() (r [16]uint64) {
	for i := range uint64(16) {
		for bit := range 4 {
			if i>>bit&1 == 1 {
				r[i] ^= 0xE100000000000000 >> (3 - bit)
			}
		}
	}
	return r
}()

func newGHASH(key []byte) *ghash {
	g := &ghash{}
	v := element{binary.BigEndian.Uint64(key), binary.BigEndian.Uint64(key[8:])}
	for i := 8; i > 0; i >>= 1 {
		g.table[i] = v
		carry := v.low & 1
		v = element{v.high >> 1, v.low>>1 | v.high<<63}
		if carry == 1 {
			v.high ^= 0xE100000000000000
		}
	}
	for i := 2; i < 16; i <<= 1 {
		for j := 1; j < i; j++ {
			g.table[i+j] = element{g.table[i].high ^ g.table[j].high, g.table[i].low ^ g.table[j].low}
		}
	}
	return g
}

func (g *ghash) block(b []byte) {
	x := element{g.y.high ^ binary.BigEndian.Uint64(b), g.y.low ^ binary.BigEndian.Uint64(b[8:])}
	var z element
	for _, word := range [2]uint64{x.low, x.high} {
		for range 16 {
			out := z.low & 15
			z = element{z.high>>4 ^ reduction[out], z.low>>4 | z.high<<60}
			t := &g.table[word&15]
			z.high ^= t.high
			z.low ^= t.low
			word >>= 4
		}
	}
	g.y = z
}

// nonce is the first counter block of a nonce.
func (g *ghash) nonce(iv []byte) []byte {
	padded := append(make([]byte, 0, len(iv)+31), iv...)
	for len(padded)%16 != 0 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(append(padded, make([]byte, 8)...), 8*uint64(len(iv)))
	for ; len(padded) > 0; padded = padded[16:] {
		g.block(padded)
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, g.y.high), g.y.low)
}

// whole authenticates with Go's GCM: it keeps the plain text until the end, and seals it again for the tag.
type whole struct {
	aead       cipher.AEAD
	iv, aad, p []byte
}

func (w *whole) additional(b []byte)  { w.aad = append(w.aad, b...) }
func (w *whole) text(plain, _ []byte) { w.p = append(w.p, plain...) }
func (w *whole) sum() []byte {
	sealed := w.aead.Seal(w.p[:0], w.iv, w.p, w.aad)
	return sealed[len(sealed)-16:]
}

// beginGCM answers the key stream and the authenticator.
func beginGCM(b cipher.Block, iv []byte) (cipher.Stream, authenticator, error) {
	aead, err := cipher.NewGCMWithNonceSize(b, len(iv))
	if err != nil {
		return nil, nil, err
	}
	counter := make([]byte, 16)
	if len(iv) == 12 {
		copy(counter, iv)
		counter[15] = 1
	} else {
		key := make([]byte, 16)
		b.Encrypt(key, key)
		counter = newGHASH(key).nonce(iv)
	}
	return &counter32{b: b, counter: counter}, &whole{aead: aead, iv: iv}, nil
}

// counter32 is CTR with a counter of 32 bits, which GCM wants. It uses Go's CTR, which is fast, up to the
// carry.
type counter32 struct {
	b       cipher.Block
	counter []byte
	stream  cipher.Stream
	left    uint64 // bytes until the counter's 32 bits turn over
}

func (c *counter32) XORKeyStream(dst, src []byte) {
	for len(src) > 0 {
		if c.left == 0 {
			low := binary.BigEndian.Uint32(c.counter[12:]) + 1
			binary.BigEndian.PutUint32(c.counter[12:], low)
			c.stream = cipher.NewCTR(c.b, c.counter)
			c.left = (1<<32 - uint64(low)) * 16
			binary.BigEndian.PutUint32(c.counter[12:], ^uint32(0))
		}
		n := int(min(c.left, uint64(len(src))))
		c.stream.XORKeyStream(dst[:n], src[:n])
		c.left -= uint64(n)
		dst, src = dst[n:], src[n:]
	}
}

// poly is Poly1305 as RFC 8439 uses it.
type poly struct {
	mac     *poly1305.MAC
	aad, n  uint64
	inTexts bool
}

func beginPoly(key, iv []byte) (cipher.Stream, authenticator, error) {
	nonce := make([]byte, 12)
	copy(nonce[12-len(iv):], iv)
	s, err := chacha20.NewUnauthenticatedCipher(key, nonce)
	if err != nil {
		return nil, nil, err
	}
	var once [32]byte
	s.XORKeyStream(once[:], once[:])
	s.SetCounter(1)
	return s, &poly{mac: poly1305.New(&once)}, nil
}

func (p *poly) fill(n uint64) {
	if n%16 != 0 {
		p.mac.Write(make([]byte, 16-n%16))
	}
}

func (p *poly) additional(b []byte) {
	p.aad += uint64(len(b))
	p.mac.Write(b)
}

func (p *poly) text(_, b []byte) {
	if !p.inTexts {
		p.fill(p.aad)
		p.inTexts = true
	}
	p.n += uint64(len(b))
	p.mac.Write(b)
}

func (p *poly) sum() []byte {
	if !p.inTexts {
		p.fill(p.aad)
	}
	p.fill(p.n)
	p.mac.Write(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, p.aad), p.n))
	return p.mac.Sum(nil)
}

// ccm is SP 800-38C: all the text at once.
type ccm struct {
	b     cipher.Block
	nonce []byte
	tag   int
	aad   []byte
}

func (c *ccm) crypt(in []byte, decrypts bool) (out, tag []byte) {
	q := 15 - len(c.nonce)
	counter := make([]byte, 16)
	counter[0] = byte(q - 1)
	copy(counter[1:], c.nonce)
	mask := make([]byte, 16)
	c.b.Encrypt(mask, counter)
	counter[15] = 1
	out = make([]byte, len(in))
	cipher.NewCTR(c.b, counter).XORKeyStream(out, in)
	plain := in
	if decrypts {
		plain = out
	}
	y := make([]byte, 16)
	y[0] = byte(q-1) | byte((c.tag-2)/2)<<3
	if len(c.aad) > 0 {
		y[0] |= 1 << 6
	}
	copy(y[1:], c.nonce)
	for i, n := 15, len(plain); i > 15-q && n > 0; i, n = i-1, n>>8 {
		y[i] = byte(n)
	}
	c.b.Encrypt(y, y)
	mix := func(b []byte) {
		for len(b) > 0 {
			n := min(16, len(b))
			for i := range n {
				y[i] ^= b[i]
			}
			c.b.Encrypt(y, y)
			b = b[n:]
		}
	}
	if n := len(c.aad); n > 0 {
		head := binary.BigEndian.AppendUint16(nil, uint16(n))
		if n >= 0xFF00 {
			head = binary.BigEndian.AppendUint32([]byte{0xFF, 0xFE}, uint32(n))
		}
		mix(append(head, c.aad...))
	}
	mix(plain)
	for i := range y {
		y[i] ^= mask[i]
	}
	return out, y[:c.tag]
}
