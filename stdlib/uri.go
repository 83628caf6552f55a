package stdlib

import (
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// uriFunctions are the global functions on URIs.
var uriFunctions = []Function{
	{Name: "encodeURIComponent", Min: 1, Max: 1, Result: String, Impl: EncodeURIComponent, Doc: `encodeURIComponent("a b&é") // "a%20b%26%C3%A9"`},
	{Name: "encodeURI", Min: 1, Max: 1, Result: String, Impl: EncodeURI, Doc: `encodeURI("https://x/?a b") // "https://x/?a%20b"`},
	{Name: "decodeURIComponent", Min: 1, Max: 1, Result: String, Impl: DecodeURIComponent, Doc: `decodeURIComponent("a%20b%26") // "a b&"`},
	{Name: "decodeURI", Min: 1, Max: 1, Result: String, Impl: DecodeURI, Doc: `decodeURI("a%20b%26") // "a b%26"`},
}

const (
	uriReserved = ";/?:@&=+$,#" // with #, which decodeURI keeps escaped and encodeURI leaves
	uriMarks    = "-_.!~*'()"
)

// EncodeURIComponent escapes all but letters, digits and - _ . ! ~ * ' ( ).
//
//	encodeURIComponent(x) -> string
//	encodeURIComponent("a/b") // "a%2Fb"
//
// Source: ECMA-262 encodeURIComponent. Engines: expr, cel.
func EncodeURIComponent(x any) (string, error) { return encodeURI(x, uriMarks) }

// EncodeURI escapes what may not stand in a URI.
//
//	encodeURI(x) -> string
//	encodeURI("a/b c") // "a/b%20c"
//
// Source: ECMA-262 encodeURI. Engines: expr, cel.
func EncodeURI(x any) (string, error) { return encodeURI(x, uriMarks+uriReserved) }

func encodeURI(x any, kept string) (string, error) {
	s, err := jsvalue.ToString(x)
	if err != nil {
		return "", err
	}
	if !utf8.ValidString(s) {
		return "", jsvalue.ExitSurrogate
	}
	if len(s) > jsvalue.MaxText/3 {
		return "", jsvalue.ExitSize
	}
	escapes := 0
	for i := range len(s) {
		if !unescaped(s[i], kept) {
			escapes++
		}
	}
	if escapes == 0 {
		return s, nil
	}
	const digits = "0123456789ABCDEF"
	made := make([]byte, 0, len(s)+2*escapes)
	for i := range len(s) {
		if c := s[i]; unescaped(c, kept) {
			made = append(made, c)
		} else {
			made = append(made, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(made), nil
}

func unescaped(c byte, kept string) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(kept, c) >= 0
}

// DecodeURIComponent undoes [EncodeURIComponent].
//
//	decodeURIComponent(x) -> string
//	decodeURIComponent("%C3%A9") // "é"
//	decodeURIComponent("%")      // error: a rule would throw URIError here
//
// Source: ECMA-262 decodeURIComponent. Engines: expr, cel.
func DecodeURIComponent(x any) (string, error) { return decodeURI(x, "") }

// DecodeURI undoes [EncodeURI]: escapes of reserved characters stay.
//
//	decodeURI(x) -> string
//	decodeURI("%2F%20") // "%2F "
//
// Source: ECMA-262 decodeURI. Engines: expr, cel.
func DecodeURI(x any) (string, error) { return decodeURI(x, uriReserved) }

func decodeURI(x any, kept string) (string, error) {
	s, err := jsvalue.ToString(x)
	if err != nil {
		return "", err
	}
	at := strings.IndexByte(s, '%')
	if at < 0 {
		return s, nil
	}
	if err := wellFormed(s); err != nil {
		return "", err
	}
	made := append(make([]byte, 0, len(s)), s[:at]...)
	for at < len(s) {
		if s[at] != '%' {
			made = append(made, s[at])
			at++
			continue
		}
		first, ok := escapedByte(s, at)
		if !ok {
			return "", jsvalue.ExitThrow
		}
		if first < utf8.RuneSelf {
			if strings.IndexByte(kept, first) >= 0 {
				made = append(made, s[at:at+3]...)
			} else {
				made = append(made, first)
			}
			at += 3
			continue
		}
		// A character of several bytes: all of them must be escaped.
		var char [utf8.UTFMax]byte
		n := 0
		for n < len(char) && !utf8.FullRune(char[:n]) {
			if char[n], ok = escapedByte(s, at); !ok {
				return "", jsvalue.ExitThrow
			}
			n++
			at += 3
		}
		if r, size := utf8.DecodeRune(char[:n]); size != n || r == utf8.RuneError && size == 1 {
			return "", jsvalue.ExitThrow
		}
		made = append(made, char[:n]...)
	}
	return string(made), nil
}

// escapedByte reads %XX.
func escapedByte(s string, at int) (byte, bool) {
	if at+2 >= len(s) || s[at] != '%' {
		return 0, false
	}
	high, ok := hexDigit(s[at+1])
	low, okToo := hexDigit(s[at+2])
	return high<<4 | low, ok && okToo
}
