package stdlib

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// ToLowerCase maps to small letters as Unicode's full mapping does, whatever the language.
//
//	toLowerCase(s) -> string
//	toLowerCase("ΟΔΟΣ") // "οδος", with the final sigma
//	toLowerCase(null)   // error: a rule would throw TypeError here
//
// Source: ECMA-262 String.prototype.toLowerCase. Engines: expr, cel.
func ToLowerCase(s any) (string, error) {
	t, err := text(s)
	if err != nil || jsvalue.ASCII(t) {
		return strings.ToLower(t), err
	}
	if err := mappable(t); err != nil {
		return "", err
	}
	return cases.Lower(language.Und).String(t), nil
}

// ToUpperCase maps to capital letters as Unicode's full mapping does, whatever the language.
//
//	toUpperCase(s) -> string
//	toUpperCase("ﬁß") // "FISS"
//
// Source: ECMA-262 String.prototype.toUpperCase. Engines: expr, cel.
func ToUpperCase(s any) (string, error) {
	t, err := text(s)
	if err != nil || jsvalue.ASCII(t) {
		return strings.ToUpper(t), err
	}
	if err := mappable(t); err != nil {
		return "", err
	}
	return cases.Upper(language.Und).String(t), nil
}

// mappable exits where the mapping may differ between engines: for characters newer than
// our tables, and where the search around a sigma is longer than the mapper's own or meets a
// modifier letter or the iota below, which it takes for letters and Node does not.
func mappable(s string) error {
	if err := wellFormed(s); err != nil {
		return err
	}
	if newerThanTables(s) || strings.Contains(s, "Σ") && (longestRun(s, notLetter) > 20 || strings.ContainsFunc(s, modifier)) {
		return jsvalue.ExitType
	}
	return nil
}

func modifier(r rune) bool { return r == 0x345 || unicode.Is(unicode.Lm, r) }

func notLetter(r rune) bool {
	return !unicode.In(r, unicode.Lu, unicode.Ll, unicode.Lt, unicode.Lo, unicode.N, unicode.Z)
}

// longestRun is the length of the longest run of characters for which the test holds.
func longestRun(s string, test func(rune) bool) int {
	longest, run := 0, 0
	for _, r := range s {
		if !test(r) {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}

// newerThanTables reports whether s holds a character that Unicode 15.0, whose tables Go has,
// does not know, or whose case changed since.
func newerThanTables(s string) bool {
	for _, r := range s {
		switch {
		case r == 0x19B || r == 0x264 || r == 0xA7D3 || r == 0xA7D5: // got a capital
			return true
		case r == 0x295 || r == 0x1171E: // became a character of another kind
			return true
		case r < 0x378:
		case !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z, unicode.Cc, unicode.Cf, unicode.Co):
			return true
		}
	}
	return false
}
