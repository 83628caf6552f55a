package crypto

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des" // rules of old runtimes decrypt with it
	"crypto/md5"
	"crypto/rc4"
	"maps"
	"slices"
	"strings"

	//lint:ignore SA1019 rules of old runtimes decrypt with it
	"golang.org/x/crypto/blowfish"
	//lint:ignore SA1019 rules of old runtimes decrypt with it
	"golang.org/x/crypto/cast5"
	"golang.org/x/crypto/chacha20"
)

// algorithm is a cipher with its mode.
type algorithm struct {
	name     string
	mode     string // ecb cbc ctr cfb cfb8 ofb gcm ccm ocb wrap stream, or aead of chacha20-poly1305
	key, iv  int    // bytes; of gcm and ccm the usual ones
	block    int    // 1 for modes that have none
	nid      int
	make     func(key []byte) (cipher.Block, error)
	variable bool // keys of other lengths, too
}

var algorithms = ciphers()

func ciphers() map[string]*algorithm {
	all := map[string]*algorithm{}
	add := func(a algorithm) { all[a.name] = &a }
	nids := map[string][3]int{
		"ecb": {418, 422, 426}, "cbc": {419, 423, 427}, "ofb": {420, 424, 428}, "cfb": {421, 425, 429}, "cfb8": {653, 654, 655},
		"gcm": {895, 898, 901}, "ccm": {896, 899, 902}, "ctr": {904, 905, 906},
	}
	for i, size := range []int{16, 24, 32} {
		prefix := "aes-" + []string{"128", "192", "256"}[i] + "-"
		for mode, nid := range nids {
			a := algorithm{name: prefix + mode, mode: mode, key: size, iv: 16, block: 1, nid: nid[i], make: aes.NewCipher}
			switch mode {
			case "ecb":
				a.iv, a.block = 0, 16
			case "cbc":
				a.block = 16
			case "gcm", "ccm":
				a.iv = 12
			}
			add(a)
		}
		add(algorithm{name: "aes" + prefix[4:7] + "-wrap", mode: "wrap", key: size, iv: 8, block: 8, nid: []int{788, 789, 790}[i], make: aes.NewCipher})
	}
	for _, mode := range []string{"ecb", "cbc", "cfb", "cfb8", "ofb"} {
		iv, block := 8, 1
		if mode == "ecb" {
			iv = 0
		}
		if mode == "ecb" || mode == "cbc" {
			block = 8
		}
		at := slices.Index([]string{"ecb", "cbc", "cfb", "ofb", "cfb8"}, mode)
		add(algorithm{"des-" + mode, mode, 8, iv, block, []int{29, 31, 30, 45, 657}[at], des.NewCipher, false})
		add(algorithm{"des-ede3-" + mode, mode, 24, iv, block, []int{33, 44, 61, 63, 659}[at], des.NewTripleDESCipher, false})
		if mode != "cfb8" {
			add(algorithm{"des-ede-" + mode, mode, 16, iv, block, []int{32, 43, 60, 62}[at], twoKeys, false})
			add(algorithm{"bf-" + mode, mode, 16, iv, block, []int{92, 91, 93, 94}[at], newBlowfish, true})
			add(algorithm{"cast5-" + mode, mode, 16, iv, block, []int{109, 108, 110, 111}[at], newCast, false})
		}
	}
	add(algorithm{"rc4", "stream", 16, 0, 1, 5, nil, true})
	add(algorithm{"chacha20", "stream", 32, 16, 1, 1019, nil, false})
	add(algorithm{"chacha20-poly1305", "aead", 32, 12, 1, 1018, nil, false})
	return all
}

var cipherAliases = map[string]string{
	"aes128": "aes-128-cbc", "aes192": "aes-192-cbc", "aes256": "aes-256-cbc", "des": "des-cbc", "des3": "des-ede3-cbc", "bf": "bf-cbc", "blowfish": "bf-cbc",
	"des-ede3": "des-ede3-ecb", "des-ede": "des-ede-ecb", "cast": "cast5-cbc", "cast-cbc": "cast5-cbc",
	"id-aes128-gcm": "aes-128-gcm", "id-aes192-gcm": "aes-192-gcm", "id-aes256-gcm": "aes-256-gcm", "id-aes128-ccm": "aes-128-ccm",
	"id-aes192-ccm": "aes-192-ccm", "id-aes256-ccm": "aes-256-ccm", "id-aes128-wrap": "aes128-wrap", "id-aes192-wrap": "aes192-wrap", "id-aes256-wrap": "aes256-wrap",
	"aes-128-cfb128": "aes-128-cfb", "aes-192-cfb128": "aes-192-cfb", "aes-256-cfb128": "aes-256-cfb",
}

func twoKeys(key []byte) (cipher.Block, error) {
	return des.NewTripleDESCipher(append(slices.Clone(key), key[:8]...))
}
func newBlowfish(key []byte) (cipher.Block, error) { return blowfish.NewCipher(key) }
func newCast(key []byte) (cipher.Block, error)     { return cast5.NewCipher(key) }

// algorithmOf answers nil for a name that is not known.
func algorithmOf(name string) *algorithm {
	name = strings.ToLower(name)
	if canonical, ok := cipherAliases[name]; ok {
		name = canonical
	}
	return algorithms[name]
}

var cipherNatives = map[string]native{
	// cipher(name, key, iv, decrypts, authTagLength): iv null is none, the length undefined is the usual one.
	"cipher": newCipher,
	// cipherOld(name, password, decrypts) derives key and iv as EVP_BytesToKey does.
	"cipherOld": func(m *module, a args) (any, error) {
		spec := algorithmOf(a.text(0))
		if spec == nil {
			return nil, unknownCipher(a.text(0))
		}
		key, iv := bytesToKey(a.bytes(1), nil, spec.key, spec.iv)
		vector := m.vm.ToValue(m.vm.NewArrayBuffer(iv))
		return newCipher(m, args{a.at(0), m.vm.ToValue(m.vm.NewArrayBuffer(key)), vector, a.at(2), a.at(3)})
	},
	// counterMode(key, counter, bits, data) is WebCrypto's AES-CTR: the bits at the end count, and start again at 0.
	"counterMode": func(_ *module, a args) (any, error) {
		b, err := aes.NewCipher(a.bytes(0))
		if err != nil {
			return nil, err
		}
		return counterMode(b, a.bytes(1), a.integer(2), a.bytes(3))
	},
	"cipherUpdate":  func(_ *module, a args) (any, error) { return handle[*ciphering](a, 0).update(a.bytes(1)) },
	"cipherFinal":   func(_ *module, a args) (any, error) { return handle[*ciphering](a, 0).final() },
	"cipherPadding": func(_ *module, a args) (any, error) { return handle[*ciphering](a, 0).setPadding(a.truth(1)) },
	"cipherAAD":     func(_ *module, a args) (any, error) { return nil, handle[*ciphering](a, 0).setAAD(a.bytes(1), a.at(2)) },
	"cipherTag":     func(_ *module, a args) (any, error) { return handle[*ciphering](a, 0).tag() },
	"cipherSetTag":  func(_ *module, a args) (any, error) { return nil, handle[*ciphering](a, 0).setTag(a.copied(1)) },
	"cipherInfo": func(_ *module, a args) (any, error) {
		spec := algorithmOf(a.text(0))
		if spec == nil {
			return nil, nil
		}
		mode := spec.mode
		if mode == "aead" {
			mode = "stream"
		}
		return map[string]any{"name": spec.name, "mode": mode, "nid": spec.nid, "keyLength": spec.key, "ivLength": spec.iv, "blockSize": spec.block}, nil
	},
	"getCiphers": func(*module, args) (any, error) {
		names := slices.Collect(maps.Keys(algorithms))
		names = append(names, "aes128", "aes192", "aes256", "des3", "des-ede3", "des-ede",
			"id-aes128-GCM", "id-aes192-GCM", "id-aes256-GCM", "id-aes128-CCM", "id-aes192-CCM", "id-aes256-CCM")
		slices.Sort(names)
		return names, nil
	},
}

// bytesToKey is EVP_BytesToKey with MD5 and one iteration.
func bytesToKey(password, salt []byte, key, iv int) ([]byte, []byte) {
	var out, last []byte
	for len(out) < key+iv {
		h := md5.New()
		h.Write(last)
		h.Write(password)
		h.Write(salt)
		last = h.Sum(nil)
		out = append(out, last...)
	}
	return out[:key:key], out[key : key+iv]
}

func newCipher(_ *module, a args) (any, error) {
	spec := algorithmOf(a.text(0))
	if spec == nil {
		return nil, unknownCipher(a.text(0))
	}
	key, iv := a.copied(1), a.copied(2)
	c := &ciphering{spec: spec, decrypts: a.truth(3), padding: true}
	aead := spec.mode == "gcm" || spec.mode == "ccm" || spec.mode == "aead"
	badIV := failed("TypeError", "ERR_CRYPTO_INVALID_IV", "Invalid initialization vector")
	if !a.has(2) && spec.iv != 0 {
		return nil, badIV
	}
	if a.has(2) && (!aead && len(iv) != spec.iv || aead && (len(iv) == 0 || spec.mode == "aead" && len(iv) > 12)) {
		return nil, badIV
	}
	if len(key) != spec.key && (!spec.variable || len(key) == 0) {
		return nil, failed("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length")
	}
	if aead {
		return c, c.beginAEAD(key, iv, a.at(4))
	}
	var b cipher.Block
	var err error
	if spec.make != nil {
		if b, err = spec.make(key); err != nil {
			return nil, err
		}
	}
	switch {
	case spec.mode == "ecb" && c.decrypts:
		c.blocks = ecb{b, b.Decrypt}
	case spec.mode == "ecb":
		c.blocks = ecb{b, b.Encrypt}
	case spec.mode == "cbc" && c.decrypts:
		c.blocks = cipher.NewCBCDecrypter(b, iv)
	case spec.mode == "cbc":
		c.blocks = cipher.NewCBCEncrypter(b, iv)
	case spec.mode == "ctr":
		c.stream = cipher.NewCTR(b, iv)
	case spec.mode == "ofb":
		//lint:ignore SA1019 Node offers the mode, and rules decrypt with it
		c.stream = cipher.NewOFB(b, iv)
	case spec.mode == "cfb" && c.decrypts:
		//lint:ignore SA1019 Node offers the mode, and rules decrypt with it
		c.stream = cipher.NewCFBDecrypter(b, iv)
	case spec.mode == "cfb":
		//lint:ignore SA1019 Node offers the mode, and rules decrypt with it
		c.stream = cipher.NewCFBEncrypter(b, iv)
	case spec.mode == "cfb8":
		c.stream = &cfb8{b: b, register: iv, out: make([]byte, b.BlockSize()), decrypts: c.decrypts}
	case spec.mode == "wrap":
		c.wrap = &keyWrap{b, iv}
	case spec.name == "rc4":
		c.stream, err = rc4.NewCipher(key)
	case spec.name == "chacha20":
		c.stream, err = newChaCha(key, iv)
	}
	return c, err
}

// newChaCha takes OpenSSL's iv: a counter of four bytes in front of the nonce.
func newChaCha(key, iv []byte) (cipher.Stream, error) {
	s, err := chacha20.NewUnauthenticatedCipher(key, iv[4:])
	if err != nil {
		return nil, err
	}
	s.SetCounter(uint32(iv[0]) | uint32(iv[1])<<8 | uint32(iv[2])<<16 | uint32(iv[3])<<24)
	return s, nil
}
