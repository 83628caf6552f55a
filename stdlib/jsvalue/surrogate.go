package jsvalue

import "strings"

// JavaScript strings are UTF-16 and may hold a surrogate without its partner. Inside
// the engines such a string is kept as WTF-8: UTF-8 in which a lone surrogate
// U+D800 to U+DFFF is written in its three-byte form (ED A0 80 to ED BF BF),
// which is not UTF-8 and so can never be mistaken. A pair is always written as
// the one character that it means.

const replacement = "\uFFFD"

// LoneSurrogate reports whether text starts with a lone surrogate in WTF-8 form,
// and which.
func LoneSurrogate(text string) (uint16, bool) {
	if len(text) < 3 || text[0] != 0xED || text[1] < 0xA0 || text[1] > 0xBF || text[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | uint16(text[1]&0x3F)<<6 | uint16(text[2]&0x3F), true
}

// AppendSurrogate appends the WTF-8 form of a lone surrogate.
func AppendSurrogate(dst []byte, unit uint16) []byte {
	return append(dst, 0xE0|byte(unit>>12), 0x80|byte(unit>>6)&0x3F, 0x80|byte(unit)&0x3F)
}

// HasLoneSurrogate reports whether text holds a lone surrogate in WTF-8 form.
func HasLoneSurrogate(text string) bool {
	for i := strings.IndexByte(text, 0xED); i >= 0; {
		if _, ok := LoneSurrogate(text[i:]); ok {
			return true
		}
		next := strings.IndexByte(text[i+1:], 0xED)
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// ToUTF8 replaces each lone surrogate by U+FFFD: what a Go program gets to see.
func ToUTF8(text string) string {
	if !HasLoneSurrogate(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if _, ok := LoneSurrogate(text[i:]); ok {
			b.WriteString(replacement)
			i += 3
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}
