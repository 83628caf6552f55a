package ruletest

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"hash"
	"strings"
)

// token compares a JSON Web Token with {$jwt: {secret: s, claims: {…}, header: {…}}}. A text in front
// of it, like "Bearer ", is passed over. With a secret the signature must be right: HS256, HS384 or
// HS512, as the token's header says.
func (c *comparison) token(path string, want map[string]any, got any) {
	text, _ := got.(string)
	if i := strings.LastIndexByte(text, ' '); i >= 0 {
		text = text[i+1:]
	}
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		c.add(path, map[string]any{"$jwt": want}, got, true)
		return
	}
	part := func(i int) any {
		data, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return nil
		}
		value, _ := decode(data)
		return value
	}
	header := part(0)
	if expected, given := want["header"]; given {
		c.value(path+".header", expected, header, true)
	}
	if expected, given := want["claims"]; given {
		c.value(path+".claims", expected, part(1), true)
	}
	secret, given := want["secret"].(string)
	if !given {
		return
	}
	object, _ := header.(map[string]any)
	algorithm, _ := object["alg"].(string)
	hashes := map[string]func() hash.Hash{"HS256": sha256.New, "HS384": sha512.New384, "HS512": sha512.New}
	mac := hashes[algorithm]
	if mac == nil {
		c.found = append(c.found, Mismatch{Path: path, Expected: "a token signed with HS256, HS384 or HS512", Actual: quoted(algorithm)})
		return
	}
	sum := hmac.New(mac, []byte(secret))
	sum.Write([]byte(parts[0] + "." + parts[1]))
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, sum.Sum(nil)) {
		c.found = append(c.found, Mismatch{Path: path, Expected: "a token signed with the secret", Actual: "another signature"})
	}
}
