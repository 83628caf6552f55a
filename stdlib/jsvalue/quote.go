package jsvalue

import "unicode/utf8"

const hexDigits = "0123456789abcdef"

// AppendQuoted appends s as JSON.stringify quotes it.
//
// # Errors
//
// [ExitSurrogate] for bytes that are neither UTF-8 nor a lone surrogate.
//
// Source: ECMA-262 QuoteJSONString.
func AppendQuoted(dst []byte, s string) ([]byte, error) {
	dst, valid := AppendQuotedText(dst, s)
	if !valid {
		return nil, ExitSurrogate
	}
	return dst, nil
}

// AppendQuotedText is AppendQuoted for any bytes: those that are neither UTF-8 nor a lone
// surrogate are written as U+FFFD, and valid is false then.
func AppendQuotedText(dst []byte, s string) (quoted []byte, valid bool) {
	valid = true
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r != utf8.RuneError || size > 1 {
				i += size
				continue
			}
			dst = append(dst, s[start:i]...)
			if unit, ok := LoneSurrogate(s[i:]); ok {
				dst = append(dst, '\\', 'u', hexDigits[unit>>12], hexDigits[unit>>8&15], hexDigits[unit>>4&15], hexDigits[unit&15])
				i += 3
			} else {
				valid = false
				dst = append(dst, "\uFFFD"...)
				i++
			}
			start = i
			continue
		case c >= ' ' && c != '"' && c != '\\':
			i++
			continue
		}
		dst = append(dst, s[start:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\b':
			dst = append(dst, '\\', 'b')
		case '\f':
			dst = append(dst, '\\', 'f')
		case '\n':
			dst = append(dst, '\\', 'n')
		case '\r':
			dst = append(dst, '\\', 'r')
		case '\t':
			dst = append(dst, '\\', 't')
		default:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
		start = i
	}
	return append(append(dst, s[start:]...), '"'), valid
}
