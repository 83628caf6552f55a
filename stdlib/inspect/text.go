package inspect

import (
	"strings"
	"unicode/utf8"
)

// decodeUnit reads the first code point of s, a lone surrogate in WTF-8 form
// included. Bytes of no code point give U+FFFD and width 1.
func decodeUnit(s string) (rune, int) {
	if len(s) == 0 {
		return utf8.RuneError, 0
	}
	if s[0] < utf8.RuneSelf {
		return rune(s[0]), 1
	}
	if s[0] == 0xED && len(s) >= 3 && s[1] >= 0xA0 && s[1] <= 0xBF && s[2] >= 0x80 && s[2] <= 0xBF {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// AppendRune appends r in the package's string form: UTF-8, surrogates in WTF-8.
func AppendRune(b []byte, r rune) []byte {
	if r >= 0xD800 && r <= 0xDFFF {
		return append(b, 0xED, 0x80|byte(r>>6&0x3F), 0x80|byte(r&0x3F))
	}
	return utf8.AppendRune(b, r)
}

func isSurrogate(r rune) bool     { return r >= 0xD800 && r <= 0xDFFF }
func isHighSurrogate(r rune) bool { return r >= 0xD800 && r <= 0xDBFF }
func isLowSurrogate(r rune) bool  { return r >= 0xDC00 && r <= 0xDFFF }

// cleanText makes s a string of the package: invalid bytes become U+FFFD, and
// halves of one pair are joined.
func cleanText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return rewriteText(s, false)
}

// outputText makes s valid UTF-8: halves of one pair are joined, lone surrogates
// become U+FFFD.
func outputText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return rewriteText(s, true)
}

func rewriteText(s string, replace bool) string {
	b := make([]byte, 0, len(s)+8)
	for i := 0; i < len(s); {
		r, n := decodeUnit(s[i:])
		i += n
		if isHighSurrogate(r) {
			if low, m := decodeUnit(s[i:]); isLowSurrogate(low) {
				r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
				i += m
			}
		}
		if isSurrogate(r) && replace {
			r = utf8.RuneError
		}
		b = AppendRune(b, r)
	}
	return string(b)
}

// length counts the UTF-16 units of s.
func length(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return i + wideLength(s[i:])
		}
	}
	return len(s)
}

func wideLength(s string) int {
	units := 0
	for i := 0; i < len(s); {
		r, n := decodeUnit(s[i:])
		i += n
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return units
}

// prefix cuts s after n UTF-16 units. A pair that n would split leaves its high half.
func prefix(s string, n int) string {
	units := 0
	for i := 0; i < len(s); {
		r, w := decodeUnit(s[i:])
		size := 1
		if r > 0xFFFF {
			size = 2
		}
		if units+size > n {
			if units < n {
				high := 0xD800 + (r-0x10000)>>10
				return string(AppendRune([]byte(s[:i]), high))
			}
			return s[:i]
		}
		units += size
		i += w
	}
	return s
}

// quote writes s as a string literal: in single quotes, or in double quotes or
// backticks when that saves escapes.
func quote(s string) string {
	mark := byte('\'')
	if strings.IndexByte(s, '\'') >= 0 {
		switch {
		case strings.IndexByte(s, '"') < 0:
			mark = '"'
		case strings.IndexByte(s, '`') < 0 && !strings.Contains(s, "${"):
			mark = '`'
		}
	}
	b := make([]byte, 0, len(s)+2)
	b = append(b, mark)
	b = appendEscaped(b, s, mark == '\'')
	return string(append(b, mark))
}

// escapeName escapes a symbol or a hidden key, which stand in brackets without quotes.
func escapeName(s string) string { return string(appendEscaped(nil, s, true)) }

const hexDigits = "0123456789abcdef"

// appendEscaped appends s with control characters, backslashes, lone surrogates
// and, if asked, single quotes escaped.
func appendEscaped(b []byte, s string, single bool) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < 0x7F {
			if c == '\\' || c == '\'' && single {
				b = append(b, '\\')
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := decodeUnit(s[i:])
		switch {
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < 0x20, r >= 0x7F && r <= 0x9F:
			b = append(b, '\\', 'x', "0123456789ABCDEF"[r>>4], "0123456789ABCDEF"[r&15])
		case isSurrogate(r):
			b = append(b, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return b
}

// isIdentifier reports whether a key prints without quotes: ASCII names without $.
func isIdentifier(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9' {
			continue
		}
		return false
	}
	return s != ""
}

// isIndex reports whether s is written as an array index is: 0, or digits
// without a leading zero. It does not limit the size.
func isIndex(s string) bool {
	if s == "" || s[0] == '0' && len(s) > 1 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// jsonQuote is JSON.stringify of a string.
func jsonQuote(s string) string {
	b := make([]byte, 0, len(s)+2)
	b = append(b, '"')
	for i := 0; i < len(s); {
		r, n := decodeUnit(s[i:])
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\b':
			b = append(b, `\b`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\f':
			b = append(b, `\f`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < 0x20 || isSurrogate(r):
			b = append(b, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return string(append(b, '"'))
}
