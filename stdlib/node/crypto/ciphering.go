package crypto

import (
	"crypto/cipher"
	"crypto/hmac"

	"github.com/dop251/goja"
)

// ciphering is a Cipher or Decipher at work. One of blocks, stream, aead and wrap is set.
type ciphering struct {
	spec     *algorithm
	decrypts bool
	padding  bool
	ended    bool

	blocks cipher.BlockMode
	held   []byte // bytes of an unfinished block; of the last block, too, when padding is to be removed
	stream cipher.Stream
	wrap   *keyWrap
	aead   *sealing
}

var (
	errState    = failed("Error", "", "Trying to add data in unsupported state")
	errFinal    = failed("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state")
	errLength   = openssl("1C80006B", "Provider routines", "wrong final block length")
	errDecrypt  = openssl("1C800064", "Provider routines", "bad decrypt")
	errUnsealed = failed("Error", "", "Unsupported state or unable to authenticate data")
)

func (c *ciphering) update(in []byte) ([]byte, error) {
	switch {
	case c.ended:
		return nil, errState
	case c.aead != nil:
		return c.aead.update(in, c.decrypts)
	case c.wrap != nil:
		run := c.wrap.seal
		if c.decrypts {
			run = c.wrap.open
		}
		b, ok := run(in)
		if !ok {
			return nil, errState
		}
		return b, nil
	case c.stream != nil:
		out := make([]byte, len(in))
		c.stream.XORKeyStream(out, in)
		return out, nil
	}
	size := c.blocks.BlockSize()
	c.held = append(c.held, in...)
	whole := len(c.held) / size * size
	if whole == len(c.held) && c.decrypts && c.padding && whole > 0 {
		whole -= size // its padding is judged at the end
	}
	out := make([]byte, whole)
	c.blocks.CryptBlocks(out, c.held[:whole])
	c.held = append(c.held[:0:0], c.held[whole:]...)
	return out, nil
}

func (c *ciphering) final() ([]byte, error) {
	if c.ended {
		return nil, errFinal
	}
	c.ended = true
	switch {
	case c.aead != nil:
		return nil, c.aead.final(c.decrypts)
	case c.blocks == nil:
		return nil, nil
	}
	size := c.blocks.BlockSize()
	switch {
	case !c.padding:
		if len(c.held) != 0 {
			return nil, errLength
		}
		return nil, nil
	case !c.decrypts:
		for n := byte(size - len(c.held)); len(c.held) < size; {
			c.held = append(c.held, n)
		}
		c.blocks.CryptBlocks(c.held, c.held)
		return c.held, nil
	case len(c.held) != size:
		return nil, errLength
	}
	c.blocks.CryptBlocks(c.held, c.held)
	n := int(c.held[size-1])
	if n == 0 || n > size {
		return nil, errDecrypt
	}
	for _, b := range c.held[size-n:] {
		if int(b) != n {
			return nil, errDecrypt
		}
	}
	return c.held[:size-n], nil
}

func (c *ciphering) setPadding(on bool) (any, error) {
	if c.ended {
		return nil, failed("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation setAutoPadding")
	}
	c.padding = on
	return nil, nil
}

// sealing is a cipher with authentication. Plain text is given out before it is authenticated, as Node
// does: so the modes are put together here of key stream and authenticator.
type sealing struct {
	mode   string
	length int // of the tag; 0 until it is known
	stream cipher.Stream
	auth   authenticator
	given  []byte // the tag of a Decipher
	sum    []byte // the tag of a Cipher that has ended
	ccm    *ccm
	moved  bool // data came
}

// authenticator makes the tag.
type authenticator interface {
	additional(b []byte)
	text(plain, sealed []byte)
	sum() []byte
}

func invalidTag(length string) error {
	return failed("TypeError", "ERR_CRYPTO_INVALID_AUTH_TAG", "Invalid authentication tag length: "+length)
}

func (c *ciphering) beginAEAD(key, iv []byte, tagLength goja.Value) error {
	s := &sealing{mode: c.spec.mode}
	c.aead = s
	if !goja.IsUndefined(tagLength) {
		s.length = int(tagLength.ToInteger())
		n := s.length
		ok := n >= 1 && n <= 16
		switch s.mode {
		case "gcm":
			ok = n == 4 || n == 8 || n >= 12 && n <= 16
		case "ccm":
			ok = n >= 4 && n <= 16 && n%2 == 0
		}
		if !ok {
			return invalidTag(tagLength.String())
		}
	}
	switch s.mode {
	case "gcm":
		b, err := c.spec.make(key)
		if err != nil {
			return err
		}
		s.stream, s.auth, err = beginGCM(b, iv)
		return err
	case "ccm":
		if s.length == 0 {
			return failed("TypeError", "ERR_CRYPTO_INVALID_AUTH_TAG", "authTagLength required for "+c.spec.name)
		}
		if len(iv) < 7 || len(iv) > 13 {
			return failed("TypeError", "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector")
		}
		b, err := c.spec.make(key)
		if err != nil {
			return err
		}
		s.ccm = &ccm{b: b, nonce: iv, tag: s.length}
	default:
		if s.length == 0 {
			s.length = 16
		}
		var err error
		s.stream, s.auth, err = beginPoly(key, iv)
		return err
	}
	return nil
}

func (s *sealing) update(in []byte, decrypts bool) ([]byte, error) {
	if s.ccm != nil {
		if s.moved {
			return nil, errState
		}
		if decrypts && s.given == nil {
			return nil, errState
		}
		s.moved = true
		out, tag := s.ccm.crypt(in, decrypts)
		if decrypts {
			s.sum = tag
			if !hmac.Equal(tag, s.given) {
				s.sum = nil // final tells
				return nil, nil
			}
			return out, nil
		}
		s.sum = tag
		return out, nil
	}
	s.moved = true
	out := make([]byte, len(in))
	s.stream.XORKeyStream(out, in)
	if decrypts {
		s.auth.text(out, in)
	} else {
		s.auth.text(in, out)
	}
	return out, nil
}

func (s *sealing) final(decrypts bool) error {
	if s.ccm != nil {
		if !s.moved && !decrypts {
			_, s.sum = s.ccm.crypt(nil, false)
		}
		if !s.moved && decrypts && s.given != nil {
			_, s.sum = s.ccm.crypt(nil, true)
			if !hmac.Equal(s.sum, s.given) {
				s.sum = nil
			}
		}
		if decrypts && s.sum == nil {
			return errUnsealed
		}
		return nil
	}
	sum := s.auth.sum()
	if !decrypts {
		if s.length == 0 {
			s.length = 16
		}
		s.sum = sum[:s.length]
		return nil
	}
	if s.given == nil || !hmac.Equal(sum[:len(s.given)], s.given) {
		return errUnsealed
	}
	return nil
}

func (c *ciphering) setAAD(b []byte, length goja.Value) error {
	if c.aead == nil || c.ended || c.aead.moved {
		return failed("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation setAAD")
	}
	if c.aead.ccm != nil {
		if goja.IsUndefined(length) {
			return failed("TypeError", "ERR_MISSING_ARGS", "options.plaintextLength required for CCM mode with AAD")
		}
		c.aead.ccm.aad = append(c.aead.ccm.aad, b...)
		return nil
	}
	c.aead.auth.additional(b)
	return nil
}

func (c *ciphering) tag() ([]byte, error) {
	if c.aead == nil || c.decrypts || !c.ended || c.aead.sum == nil {
		return nil, failed("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation getAuthTag")
	}
	return append([]byte(nil), c.aead.sum...), nil
}

func (c *ciphering) setTag(tag []byte) error {
	s := c.aead
	if s == nil || !c.decrypts || c.ended || s.given != nil {
		return failed("Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation setAuthTag")
	}
	n := len(tag)
	ok := n <= 16 && n > 0
	if s.mode == "gcm" {
		ok = n == 4 || n == 8 || n >= 12 && n <= 16
	}
	if s.length != 0 {
		ok = ok && n == s.length
	}
	if !ok {
		return invalidTag(itoa(n))
	}
	s.given = tag
	return nil
}
