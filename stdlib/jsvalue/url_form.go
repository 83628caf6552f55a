package jsvalue

import (
	"strings"
	"unicode/utf8"
)

// FormPairs reads application/x-www-form-urlencoded text: name, value, name, value.
//
// Source: WHATWG URL, application/x-www-form-urlencoded parser.
func FormPairs(text string) []string {
	var pairs []string
	for sequence := range strings.SplitSeq(text, "&") {
		if sequence == "" {
			continue
		}
		name, value, _ := strings.Cut(sequence, "=")
		pairs = append(pairs, formDecode(name), formDecode(value))
	}
	return pairs
}

// FormText writes name, value, name, value as application/x-www-form-urlencoded.
func FormText(pairs []string) string {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		if i > 0 {
			b.WriteByte('&')
		}
		formEncode(&b, pairs[i])
		b.WriteByte('=')
		formEncode(&b, pairs[i+1])
	}
	return b.String()
}

func formDecode(s string) string {
	if !strings.ContainsAny(s, "+%") {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '+':
			out = append(out, ' ')
		case c == '%' && i+2 < len(s) && Digit(s[i+1]) < 16 && Digit(s[i+2]) < 16:
			out = append(out, byte(Digit(s[i+1])<<4|Digit(s[i+2])))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return DecodeUTF8(out)
}

func formEncode(b *strings.Builder, s string) {
	const digits = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			b.WriteByte('+')
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '*', c == '-', c == '.', c == '_':
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(digits[c>>4])
			b.WriteByte(digits[c&15])
		}
	}
}

// DecodeUTF8 is UTF-8 decoded as WHATWG's Encoding standard and Node do: one
// U+FFFD for each maximal part of an ill-formed sequence, where Go's conversion
// would give one for each byte.
func DecodeUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	out := make([]byte, 0, len(b)+16)
	for len(b) > 0 {
		n, ok := SequenceUTF8(b)
		if ok {
			out = append(out, b[:n]...)
		} else {
			out = append(out, "\uFFFD"...)
		}
		b = b[n:]
	}
	return string(out)
}

// SequenceUTF8 is the length of the first sequence and whether it is well formed.
func SequenceUTF8(b []byte) (n int, ok bool) {
	c := b[0]
	low, high, need := byte(0x80), byte(0xBF), 0
	switch {
	case c < 0x80:
		return 1, true
	case c >= 0xC2 && c <= 0xDF:
		need = 1
	case c >= 0xE0 && c <= 0xEF:
		need = 2
		if c == 0xE0 {
			low = 0xA0
		} else if c == 0xED {
			high = 0x9F
		}
	case c >= 0xF0 && c <= 0xF4:
		need = 3
		if c == 0xF0 {
			low = 0x90
		} else if c == 0xF4 {
			high = 0x8F
		}
	default:
		return 1, false
	}
	for i := 1; i <= need; i++ {
		if i >= len(b) || b[i] < low || b[i] > high {
			return i, false
		}
		low, high = 0x80, 0xBF
	}
	return need + 1, true
}
