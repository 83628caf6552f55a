package crypto

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"encoding"
	"hash"
	"slices"
	"strings"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/blake2s"
	//lint:ignore SA1019 Node has the hash
	"golang.org/x/crypto/ripemd160"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// digest is a hash algorithm.
type digest struct {
	name string // OpenSSL's short name
	size int
	new  func() hash.Hash
	id   crypto.Hash        // for Go's RSA; 0 when it knows none
	xof  func() *sha3.SHAKE // of shake128 and shake256
}

func unkeyed(f func([]byte) (hash.Hash, error)) func() hash.Hash {
	return func() hash.Hash {
		h, err := f(nil)
		gojalib.PassOn(err)
		return h
	}
}

func sum3(f func() *sha3.SHA3) func() hash.Hash { return func() hash.Hash { return f() } }

var digests = index([]*digest{
	{"md5", 16, md5.New, crypto.MD5, nil},
	{"sha1", 20, sha1.New, crypto.SHA1, nil},
	{"sha224", 28, sha256.New224, crypto.SHA224, nil},
	{"sha256", 32, sha256.New, crypto.SHA256, nil},
	{"sha384", 48, sha512.New384, crypto.SHA384, nil},
	{"sha512", 64, sha512.New, crypto.SHA512, nil},
	{"sha512-224", 28, sha512.New512_224, crypto.SHA512_224, nil},
	{"sha512-256", 32, sha512.New512_256, crypto.SHA512_256, nil},
	{"sha3-224", 28, sum3(sha3.New224), crypto.SHA3_224, nil},
	{"sha3-256", 32, sum3(sha3.New256), crypto.SHA3_256, nil},
	{"sha3-384", 48, sum3(sha3.New384), crypto.SHA3_384, nil},
	{"sha3-512", 64, sum3(sha3.New512), crypto.SHA3_512, nil},
	{"ripemd160", 20, ripemd160.New, crypto.RIPEMD160, nil},
	{"blake2b512", 64, unkeyed(blake2b.New512), 0, nil},
	{"blake2s256", 32, unkeyed(blake2s.New256), 0, nil},
	{"md5-sha1", 36, func() hash.Hash { return &pair{md5.New(), sha1.New()} }, crypto.MD5SHA1, nil},
	{"shake128", 16, nil, 0, sha3.NewSHAKE128},
	{"shake256", 32, nil, 0, sha3.NewSHAKE256},
})

func index(list []*digest) map[string]*digest {
	m := map[string]*digest{}
	for _, d := range list {
		m[d.name] = d
	}
	return m
}

// digestAliases are the other names that OpenSSL knows, in lower case.
var digestAliases = map[string]string{
	"rsa-md5": "md5", "md5withrsaencryption": "md5", "ssl3-md5": "md5",
	"rsa-sha1": "sha1", "rsa-sha1-2": "sha1", "sha1withrsaencryption": "sha1", "ssl3-sha1": "sha1", "sha-1": "sha1", "sha": "sha1",
	"rsa-sha224": "sha224", "sha224withrsaencryption": "sha224", "sha-224": "sha224", "sha2-224": "sha224",
	"rsa-sha256": "sha256", "sha256withrsaencryption": "sha256", "sha-256": "sha256", "sha2-256": "sha256",
	"rsa-sha384": "sha384", "sha384withrsaencryption": "sha384", "sha-384": "sha384", "sha2-384": "sha384",
	"rsa-sha512": "sha512", "sha512withrsaencryption": "sha512", "sha-512": "sha512", "sha2-512": "sha512",
	"rsa-sha512/224": "sha512-224", "sha512-224withrsaencryption": "sha512-224", "sha512/224": "sha512-224", "sha-512/224": "sha512-224",
	"rsa-sha512/256": "sha512-256", "sha512-256withrsaencryption": "sha512-256", "sha512/256": "sha512-256", "sha-512/256": "sha512-256",
	"rsa-sha3-224": "sha3-224", "id-rsassa-pkcs1-v1_5-with-sha3-224": "sha3-224",
	"rsa-sha3-256": "sha3-256", "id-rsassa-pkcs1-v1_5-with-sha3-256": "sha3-256",
	"rsa-sha3-384": "sha3-384", "id-rsassa-pkcs1-v1_5-with-sha3-384": "sha3-384",
	"rsa-sha3-512": "sha3-512", "id-rsassa-pkcs1-v1_5-with-sha3-512": "sha3-512",
	"rsa-ripemd160": "ripemd160", "ripemd160withrsa": "ripemd160", "ripemd": "ripemd160", "rmd160": "ripemd160",
	"ecdsa-with-sha1": "sha1", "ecdsa-with-sha256": "sha256", "ecdsa-with-sha384": "sha384", "ecdsa-with-sha512": "sha512",
}

// hashNames is what getHashes answers: Node's list without what is missing here.
var hashNames = strings.Fields(`RSA-MD5 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA3-224 RSA-SHA3-256 RSA-SHA3-384
	RSA-SHA3-512 RSA-SHA384 RSA-SHA512 RSA-SHA512/224 RSA-SHA512/256 blake2b512 blake2s256 id-rsassa-pkcs1-v1_5-with-sha3-224
	id-rsassa-pkcs1-v1_5-with-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-384 id-rsassa-pkcs1-v1_5-with-sha3-512 md5 md5-sha1
	md5WithRSAEncryption ripemd ripemd160 ripemd160WithRSA rmd160 sha1 sha1WithRSAEncryption sha224 sha224WithRSAEncryption sha256
	sha256WithRSAEncryption sha3-224 sha3-256 sha3-384 sha3-512 sha384 sha384WithRSAEncryption sha512 sha512-224
	sha512-224WithRSAEncryption sha512-256 sha512-256WithRSAEncryption sha512WithRSAEncryption shake128 shake256 ssl3-md5 ssl3-sha1`)

// digestOf answers nil for a name that is not known.
func digestOf(name string) *digest {
	name = strings.ToLower(name)
	if canonical, ok := digestAliases[name]; ok {
		name = canonical
	}
	return digests[name]
}

// pair is md5-sha1 of TLS 1.0.
type pair struct{ first, second hash.Hash }

func (p *pair) Write(b []byte) (int, error) {
	p.first.Write(b)
	return p.second.Write(b)
}
func (p *pair) Sum(b []byte) []byte { return p.second.Sum(p.first.Sum(b)) }
func (p *pair) Reset()              { p.first.Reset(); p.second.Reset() }
func (p *pair) Size() int           { return p.first.Size() + p.second.Size() }
func (p *pair) BlockSize() int      { return p.first.BlockSize() }

// hasher is a Hash or Hmac at work.
type hasher struct {
	digest *digest
	hash   hash.Hash
	xof    *sha3.SHAKE
	length int // of the answer of an XOF
}

var hashNatives = map[string]native{
	// hash(algorithm, outputLength)
	"hash": func(_ *module, a args) (any, error) {
		d := digestOf(a.text(0))
		switch {
		case d == nil && lackingDigests.MatchString(a.text(0)):
			return nil, notProvided("the digest " + a.text(0))
		case d == nil:
			return nil, failed("Error", "", "Digest method not supported")
		}
		h := &hasher{digest: d, length: d.size}
		if d.xof != nil {
			h.xof = d.xof()
			if a.has(1) {
				h.length = a.integer(1)
			}
			if h.length > maxOutput {
				return nil, errOutput
			}
			return h, nil
		}
		if a.has(1) && a.integer(1) != d.size {
			return nil, openssl("030000B2", "digital envelope routines", "not XOF or invalid length")
		}
		h.hash = d.new()
		return h, nil
	},
	"hmac": func(_ *module, a args) (any, error) {
		d := digestOf(a.text(0))
		if d == nil || d.new == nil {
			return nil, invalidDigest(a.text(0))
		}
		return &hasher{digest: d, length: d.size, hash: hmac.New(d.new, a.bytes(1))}, nil
	},
	"hashUpdate": func(_ *module, a args) (any, error) {
		h := handle[*hasher](a, 0)
		if h.xof != nil {
			_, err := h.xof.Write(a.bytes(1))
			return nil, err
		}
		_, err := h.hash.Write(a.bytes(1))
		return nil, err
	},
	"hashDigest": func(_ *module, a args) (any, error) {
		h := handle[*hasher](a, 0)
		if h.xof == nil {
			return h.hash.Sum(nil), nil
		}
		out := make([]byte, h.length)
		_, err := h.xof.Read(out)
		return out, err
	},
	// hashCopy(hash, outputLength)
	"hashCopy": func(_ *module, a args) (any, error) {
		h := *handle[*hasher](a, 0)
		var err error
		if h.xof != nil {
			if a.has(1) {
				h.length = a.integer(1)
			}
			if h.length > maxOutput {
				return nil, errOutput
			}
			x := h.digest.xof()
			err = restate(h.xof, x)
			h.xof = x
		} else {
			h.hash, err = clone(h.digest, h.hash)
		}
		return &h, err
	},
	// digest(algorithm, bytes) is a hash in one call.
	"digest": func(_ *module, a args) (any, error) {
		d := digestOf(a.text(0))
		if d == nil || d.new == nil {
			return nil, invalidDigest(a.text(0))
		}
		return d.sum(a.bytes(1)), nil
	},
	"getHashes": func(*module, args) (any, error) { return slices.Clone(hashNames), nil },
	// equal(a, b) compares in constant time.
	"equal": func(_ *module, a args) (any, error) { return hmac.Equal(a.bytes(0), a.bytes(1)), nil },
}

func (d *digest) sum(b []byte) []byte {
	h := d.new()
	h.Write(b)
	return h.Sum(nil)
}

func clone(d *digest, h hash.Hash) (hash.Hash, error) {
	if p, ok := h.(*pair); ok {
		first, err := clone(digests["md5"], p.first)
		if err != nil {
			return nil, err
		}
		second, err := clone(digests["sha1"], p.second)
		return &pair{first, second}, err
	}
	if c, ok := h.(hash.Cloner); ok {
		if copied, err := c.Clone(); err == nil {
			return copied, nil
		}
	}
	// ripemd160 of x/crypto is a plain struct without a way to copy it.
	fresh := d.new()
	return fresh, restate(h, fresh)
}

func restate(from, to any) error {
	m, ok := from.(encoding.BinaryMarshaler)
	if !ok {
		return notProvided("hash.copy of this algorithm")
	}
	state, err := m.MarshalBinary()
	if err != nil {
		return err
	}
	return to.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
}
