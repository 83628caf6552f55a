package bcrypt

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	//lint:ignore SA1019 bcrypt is made of it
	"golang.org/x/crypto/blowfish"
)

// alphabet is bcrypt's base64.
var alphabet = base64.NewEncoding("./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789").WithPadding(base64.NoPadding)

const (
	minRounds, maxRounds = 4, 31
	saltBytes            = 16
	saltLength           = 29 // of "$2b$10$" and 22 characters
	maxPassword          = 72
)

// setting is a salt as people see it: "$2b$10$" and 22 characters.
type setting struct {
	minor  byte
	rounds int
	salt   []byte
}

// parse reads a salt, or the beginning of a hash.
func parse(s string) (setting, bool) {
	if len(s) < saltLength || s[0] != '$' || s[1] != '2' || s[3] != '$' || s[6] != '$' || !strings.ContainsRune("aby", rune(s[2])) {
		return setting{}, false
	}
	if s[4] < '0' || s[4] > '9' || s[5] < '0' || s[5] > '9' {
		return setting{}, false
	}
	rounds := int(s[4]-'0')*10 + int(s[5]-'0')
	if rounds < minRounds || rounds > maxRounds {
		return setting{}, false
	}
	salt, err := alphabet.DecodeString(s[7:saltLength])
	if err != nil || len(salt) != saltBytes {
		return setting{}, false
	}
	return setting{s[2], rounds, salt}, true
}

func newSalt(minor string, rounds int) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return fmt.Sprintf("$2%s$%02d$%s", minor, min(max(rounds, minRounds), maxRounds), alphabet.EncodeToString(salt)), nil
}

// hash is the whole text of a password's hash.
func (s setting) hash(ctx context.Context, password []byte) (string, error) {
	const slice = 63 // rounds between two looks at the context, less one
	key := append(append([]byte(nil), password[:min(len(password), maxPassword)]...), 0)
	key = key[:min(len(key), maxPassword)]
	c, err := blowfish.NewSaltedCipher(key, s.salt)
	if err != nil {
		return "", err
	}
	for i := range uint64(1) << s.rounds {
		if i&slice == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		blowfish.ExpandKey(key, c)
		blowfish.ExpandKey(s.salt, c)
	}
	text := []byte("OrpheanBeholderScryDoubt")
	for at := 0; at < len(text); at += blowfish.BlockSize {
		for range 64 {
			c.Encrypt(text[at:at+blowfish.BlockSize], text[at:at+blowfish.BlockSize])
		}
	}
	return fmt.Sprintf("$2%c$%02d$%s%s", s.minor, s.rounds, alphabet.EncodeToString(s.salt), alphabet.EncodeToString(text[:23])), nil
}

// compare hashes a password as another hash was made and compares both in constant time.
func compare(ctx context.Context, password []byte, with string) (bool, error) {
	s, ok := parse(with)
	if !ok {
		return false, nil
	}
	got, err := s.hash(ctx, password)
	return err == nil && subtle.ConstantTimeCompare([]byte(got), []byte(with)) == 1, err
}
