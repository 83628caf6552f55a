package ast

import (
	"unicode/utf16"
	"unicode/utf8"
)

// FromUTF16 makes a WTF-8 string of UTF-16 units: pairs become one code point,
// lone surrogates their three-byte form.
func FromUTF16(units []uint16) string {
	out := make([]byte, 0, len(units))
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			if i+1 < len(units) {
				if pair := utf16.DecodeRune(r, rune(units[i+1])); pair != utf8.RuneError {
					out = utf8.AppendRune(out, pair)
					i++
					continue
				}
			}
			out = append(out, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// UTF16 is the units of a WTF-8 string, as JavaScript counts them.
func UTF16(text string) []uint16 {
	out := make([]uint16, 0, len(text))
	for len(text) > 0 {
		r, n := decode(text)
		out = utf16AppendRune(out, r)
		text = text[n:]
	}
	return out
}

// LoneSurrogate reports whether a WTF-8 string holds half a surrogate pair, and
// so is not UTF-8.
func LoneSurrogate(text string) bool { return !utf8.ValidString(text) }

// decode is the first code point of a WTF-8 string, a lone surrogate as itself,
// and its width in bytes.
func decode(text string) (rune, int) {
	r, n := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && n == 1 && len(text) >= 3 && text[0] == 0xED && text[1]&0xE0 == 0xA0 {
		return 0xD000 | rune(text[1]&0x3F)<<6 | rune(text[2]&0x3F), 3
	}
	return r, n
}

func utf16AppendRune(out []uint16, r rune) []uint16 {
	if utf16.IsSurrogate(r) {
		return append(out, uint16(r))
	}
	return utf16.AppendRune(out, r)
}
