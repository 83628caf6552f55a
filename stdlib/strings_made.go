package stdlib

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Repeat is s, a number of times.
//
//	repeat(s, count) -> string
//	repeat("ab", 2.9) // "abab"
//	repeat("ab", -1)  // error: a rule would throw RangeError here
//
// Source: ECMA-262 String.prototype.repeat. Engines: expr, cel.
func Repeat(s, count any) (string, error) {
	t, err := whole(s)
	if err != nil {
		return "", err
	}
	n, err := jsvalue.ToInteger(count)
	switch {
	case err != nil:
		return "", err
	case n < 0 || math.IsInf(n, 1):
		return "", jsvalue.ExitThrow
	case n*float64(max(len(t), 1)) > jsvalue.MaxText:
		return "", jsvalue.ExitSize
	}
	return strings.Repeat(t, int(n)), nil
}

// PadStart fills s up to a length at its start.
//
//	padStart(s, length, fill) -> string
//	padStart("1", 5, "ab") // "abab1"
//
// Source: ECMA-262 String.prototype.padStart. Engines: expr, cel.
func PadStart(s, length, fill any) (string, error) {
	t, padding, err := pad(s, length, fill)
	return padding + t, err
}

// PadEnd fills s up to a length at its end.
//
//	padEnd(s, length, fill) -> string
//	padEnd("1", 3, "0") // "100"
//
// Source: ECMA-262 String.prototype.padEnd. Engines: expr, cel.
func PadEnd(s, length, fill any) (string, error) {
	t, padding, err := pad(s, length, fill)
	return t + padding, err
}

func pad(s, length, fill any) (t, padding string, err error) {
	t, have, err := measured(s)
	if err != nil {
		return "", "", err
	}
	want, err := jsvalue.ToInteger(length)
	if err != nil || want <= float64(have) {
		return t, "", err
	}
	with := " "
	if !jsvalue.IsUndefined(fill) {
		if with, err = jsvalue.ToString(fill); err != nil {
			return "", "", err
		}
	}
	n, err := jsvalue.Length(with)
	switch {
	case err != nil:
		return "", "", err
	case want > jsvalue.MaxText/4:
		return "", "", jsvalue.ExitSize
	case n == 0:
		return t, "", nil
	}
	missing := int(want) - have
	last, err := jsvalue.Substring(with, 0, missing%n)
	return t, strings.Repeat(with, missing/n) + last, err
}

// Replace replaces the first occurrence of a text, or what a pattern matches. In the
// replacement $$ is a dollar sign, $& the text found, $` and $' what stands before and behind.
//
//	replace(s, x, replacement) -> string
//	replace("a.b", ".", "[$&]") // "a[.]b"
//
// Source: ECMA-262 String.prototype.replace. Engines: expr, cel.
func Replace(s, x, replacement any) (string, error) { return replaced(s, x, replacement, false) }

// ReplaceAll replaces every occurrence, as [Replace] does.
//
//	replaceAll(s, x, replacement) -> string
//	replaceAll("a.b.c", ".", "") // "abc"
//
// Source: ECMA-262 String.prototype.replaceAll. Engines: expr, cel.
func ReplaceAll(s, x, replacement any) (string, error) { return replaced(s, x, replacement, true) }

func replaced(s, x, replacement any, all bool) (string, error) {
	t, err := whole(s)
	if err != nil {
		return "", err
	}
	if pattern, ok := x.(jsvalue.Pattern); ok {
		return pattern.ReplaceIn(t, replacement, all)
	}
	old, err := wanted(x)
	if err != nil {
		return "", err
	}
	with, err := wanted(replacement)
	if err != nil {
		return "", err
	}
	if !strings.Contains(with, "$") && !(all && old == "") {
		n := 1
		if all {
			n = strings.Count(t, old)
		}
		if len(t)+n*len(with) > jsvalue.MaxText {
			return "", jsvalue.ExitSize
		}
		return strings.Replace(t, old, with, n), nil
	}
	var b strings.Builder
	end := 0 // of what is written
	for at := strings.Index(t, old); at >= 0; {
		b.WriteString(t[end:at])
		b.WriteString(substitution(with, t, at, old))
		if b.Len() > jsvalue.MaxText {
			return "", jsvalue.ExitSize
		}
		end = at + len(old)
		if !all || end > len(t) {
			break
		}
		next := end
		if old == "" {
			if next == len(t) {
				break
			}
			if t[next] >= 0xF0 {
				return "", jsvalue.ExitSurrogate // between the halves of a pair, too
			}
			for next++; next < len(t) && t[next]&0xC0 == 0x80; {
				next++
			}
		}
		if at = strings.Index(t[next:], old); at >= 0 {
			at += next
		}
	}
	b.WriteString(t[end:])
	if b.Len() > jsvalue.MaxText {
		return "", jsvalue.ExitSize
	}
	return b.String(), nil
}

// substitution writes a replacement for the text that was found at an offset.
//
// Source: ECMA-262 GetSubstitution, without captures.
func substitution(with, s string, at int, found string) string {
	if !strings.Contains(with, "$") {
		return with
	}
	var b strings.Builder
	for i := 0; i < len(with); i++ {
		if with[i] != '$' || i+1 == len(with) {
			b.WriteByte(with[i])
			continue
		}
		i++
		switch with[i] {
		case '$':
			b.WriteByte('$')
		case '&':
			b.WriteString(found)
		case '`':
			b.WriteString(s[:at])
		case '\'':
			b.WriteString(s[at+len(found):])
		default: // there are no captures: $1 stands for itself
			b.WriteByte('$')
			i--
		}
		if b.Len() > jsvalue.MaxText {
			break
		}
	}
	return b.String()
}

// Normalize is s in a normal form of Unicode: NFC, NFD, NFKC or NFKD; undefined is NFC.
//
//	normalize(s, form) -> string
//	normalize("ﬁ", "NFKC") // "fi"
//	normalize("a", "x")    // error: a rule would throw RangeError here
//
// Source: ECMA-262 String.prototype.normalize. Engines: expr, cel.
func Normalize(s, form any) (string, error) {
	t, err := whole(s)
	if err != nil {
		return "", err
	}
	name := "NFC"
	if !jsvalue.IsUndefined(form) {
		if name, err = jsvalue.ToString(form); err != nil {
			return "", err
		}
	}
	to, ok := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[name]
	switch {
	case !ok:
		return "", jsvalue.ExitThrow
	case jsvalue.ASCII(t):
		return t, nil
	case len(t) > jsvalue.MaxText/20:
		return "", jsvalue.ExitSize
	case newerThanTables(t) || longestRun(t, unicode.IsMark) > 20: // Go's normalizer breaks longer runs up
		return "", jsvalue.ExitType
	}
	return to.String(t), nil
}

// LocaleCompare orders two texts as people do: without regard to case unless nothing else
// tells them apart, small letters first then. Only ASCII letters and digits are covered.
//
//	localeCompare(a, b) -> number
//	localeCompare("a", "B") // -1
//	localeCompare("a", "A") // -1
//	localeCompare("é", "e") // error: not covered
//
// Source: ECMA-402 String.prototype.localeCompare, locale en. Engines: expr, cel.
func LocaleCompare(a, b any) (float64, error) {
	s, err := text(a)
	if err != nil {
		return 0, err
	}
	t, err := jsvalue.ToString(b)
	if err != nil {
		return 0, err
	}
	if !plainWord(s) || !plainWord(t) {
		return 0, jsvalue.ExitType
	}
	if order := strings.Compare(strings.ToLower(s), strings.ToLower(t)); order != 0 {
		return float64(order), nil
	}
	return float64(-strings.Compare(s, t)), nil
}

func plainWord(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}
