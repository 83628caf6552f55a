package stdlib

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// stringFunctions are the methods of strings; those that arrays have too are in arrays.go.
var stringFunctions = []Function{
	{Name: "toLowerCase", Min: 1, Max: 1, Result: String, Impl: ToLowerCase, Doc: `toLowerCase("ÀB") // "àb"`},
	{Name: "toUpperCase", Min: 1, Max: 1, Result: String, Impl: ToUpperCase, Doc: `toUpperCase("straße") // "STRASSE"`},
	{Name: "trim", Min: 1, Max: 1, Result: String, Impl: Trim, Doc: `trim(" a ") // "a"`},
	{Name: "trimStart", Min: 1, Max: 1, Result: String, Impl: TrimStart, Doc: `trimStart(" a ") // "a "`},
	{Name: "trimEnd", Min: 1, Max: 1, Result: String, Impl: TrimEnd, Doc: `trimEnd(" a ") // " a"`},
	{Name: "split", Min: 1, Max: 3, Result: NewList, Impl: Split, Doc: `split("a@b", "@") // ["a", "b"]`},
	{Name: "startsWith", Min: 1, Max: 3, Result: Bool, Impl: StartsWith, Doc: `startsWith("abc", "ab") // true`},
	{Name: "endsWith", Min: 1, Max: 3, Result: Bool, Impl: EndsWith, Doc: `endsWith("abc", "bc") // true`},
	{Name: "substring", Min: 1, Max: 3, Result: String, Impl: Substring, Doc: `substring("abc", 2, 0) // "ab"`},
	{Name: "substr", Min: 1, Max: 3, Result: String, Impl: Substr, Doc: `substr("abc", -2, 1) // "b"`},
	{Name: "charAt", Min: 1, Max: 2, Result: String, Impl: CharAt, Doc: `charAt("abc", 1) // "b"`},
	{Name: "charCodeAt", Min: 1, Max: 2, Result: Number, Impl: CharCodeAt, Doc: `charCodeAt("abc", 1) // 98`},
	{Name: "codePointAt", Min: 1, Max: 2, Impl: CodePointAt, Doc: `codePointAt("😀", 0) // 128512`},
	{Name: "repeat", Min: 1, Max: 2, Result: String, Impl: Repeat, Doc: `repeat("ab", 2) // "abab"`},
	{Name: "padStart", Min: 1, Max: 3, Result: String, Impl: PadStart, Doc: `padStart("7", 3, "0") // "007"`},
	{Name: "padEnd", Min: 1, Max: 3, Result: String, Impl: PadEnd, Doc: `padEnd("7", 3) // "7  "`},
	{Name: "replace", Min: 1, Max: 3, Result: String, Impl: Replace, Doc: `replace("a|b|c", "|", ",") // "a,b|c"`},
	{Name: "replaceAll", Min: 1, Max: 3, Result: String, Impl: ReplaceAll, Doc: `replaceAll("a|b|c", "|", ",") // "a,b,c"`},
	{Name: "normalize", Min: 1, Max: 2, Result: String, Impl: Normalize, Doc: `normalize("e\u0301", "NFC") // "é"`},
	{Name: "localeCompare", Min: 2, Max: 2, Result: Number, Impl: LocaleCompare, Doc: `localeCompare("a", "B") // -1; only ASCII letters and digits`},
}

// text is the receiver of a string method.
func text(x any) (string, error) {
	if s, ok := x.(string); ok {
		return s, nil
	}
	return "", jsvalue.NotOf(x)
}

// whole is [text] for methods that look inside: it must be UTF-8.
func whole(x any) (string, error) {
	s, err := text(x)
	if err != nil {
		return "", err
	}
	return s, wellFormed(s)
}

// wellFormed exits for a string with a lone surrogate.
func wellFormed(s string) error {
	if !utf8.ValidString(s) {
		return jsvalue.ExitSurrogate
	}
	return nil
}

// wanted is the text that a method looks for.
func wanted(x any) (string, error) {
	s, ok := x.(string)
	if !ok {
		if _, pattern := x.(jsvalue.Pattern); pattern {
			return "", jsvalue.ExitThrow
		}
		var err error
		if s, err = jsvalue.ToString(x); err != nil {
			return "", err
		}
	}
	return s, wellFormed(s)
}

// clamp brings an argument's integer into 0..length.
func clamp(x any, length int) (int, error) {
	n, err := jsvalue.ToInteger(x)
	if err != nil {
		return 0, err
	}
	return int(min(max(n, 0), float64(length))), nil
}

// relative is [clamp] for an index that counts from the end when it is negative; an
// undefined one is otherwise.
func relative(x any, length, otherwise int) (int, error) {
	if jsvalue.IsUndefined(x) {
		return otherwise, nil
	}
	n, err := jsvalue.ToInteger(x)
	if err != nil {
		return 0, err
	}
	if n < 0 {
		n += float64(length)
	}
	return int(min(max(n, 0), float64(length))), nil
}

// Trim takes white space off both ends.
//
//	trim(s) -> string
//	trim("\ufeff a\n") // "a"
//
// Source: ECMA-262 String.prototype.trim. Engines: expr, cel.
func Trim(s any) (string, error) {
	t, err := text(s)
	return jsvalue.TrimEnd(jsvalue.TrimStart(t)), err
}

// TrimStart takes white space off the start.
//
//	trimStart(s) -> string
//	trimStart("\u00a0a ") // "a "
//
// Source: ECMA-262 String.prototype.trimStart. Engines: expr, cel.
func TrimStart(s any) (string, error) {
	t, err := text(s)
	return jsvalue.TrimStart(t), err
}

// TrimEnd takes white space off the end.
//
//	trimEnd(s) -> string
//	trimEnd(" a\t") // " a"
//
// Source: ECMA-262 String.prototype.trimEnd. Engines: expr, cel.
func TrimEnd(s any) (string, error) {
	t, err := text(s)
	return jsvalue.TrimEnd(t), err
}

// Split cuts s at each separator, which may be a pattern; an undefined one does not occur.
//
//	split(s, separator, limit) -> list
//	split("a,b,c", ",", 2) // ["a", "b"]
//	split("ab", "")        // ["a", "b"]
//	split("😀", "")         // error: half of a pair is no string here
//
// Source: ECMA-262 String.prototype.split. Engines: expr, cel.
func Split(s, separator, limit any) ([]any, error) {
	t, err := whole(s)
	if err != nil {
		return nil, err
	}
	if pattern, ok := separator.(jsvalue.Pattern); ok {
		return pattern.SplitIn(t, limit)
	}
	most := uint32(math.MaxUint32)
	if !jsvalue.IsUndefined(limit) {
		if most, err = jsvalue.ToUint32(limit); err != nil {
			return nil, err
		}
	}
	sep, err := wanted(separator)
	switch {
	case err != nil:
		return nil, err
	case most == 0:
		return []any{}, nil
	case jsvalue.IsUndefined(separator):
		return []any{t}, nil
	case sep == "":
		return units(t, most)
	}
	parts := make([]any, 0, min(strings.Count(t, sep)+1, int(most)))
	for len(parts) < int(most) {
		before, after, found := strings.Cut(t, sep)
		parts = append(parts, before)
		if !found {
			break
		}
		t = after
	}
	return parts, nil
}

// units is the list of the code units of s.
func units(s string, most uint32) ([]any, error) {
	parts := []any{}
	for i, r := range s {
		if uint32(len(parts)) == most {
			break
		}
		if r > 0xFFFF {
			return nil, jsvalue.ExitSurrogate
		}
		parts = append(parts, s[i:i+utf8.RuneLen(r)])
	}
	return parts, nil
}

// StartsWith reports whether x stands in s at an index.
//
//	startsWith(s, x, from) -> bool
//	startsWith("abc", "b", 1) // true
//
// Source: ECMA-262 String.prototype.startsWith. Engines: expr, cel.
func StartsWith(s, x, from any) (bool, error) {
	t, part, err := bothTexts(s, x)
	if err != nil {
		return false, err
	}
	if t, err = behind(t, from); err != nil {
		return false, err
	}
	return strings.HasPrefix(t, part), nil
}

// EndsWith reports whether the part of s before an index ends with x.
//
//	endsWith(s, x, end) -> bool
//	endsWith("abc", "b", 2) // true
//
// Source: ECMA-262 String.prototype.endsWith. Engines: expr, cel.
func EndsWith(s, x, end any) (bool, error) {
	t, part, err := bothTexts(s, x)
	if err != nil {
		return false, err
	}
	if !jsvalue.IsUndefined(end) {
		length, err := jsvalue.Length(t)
		if err != nil {
			return false, err
		}
		n, err := clamp(end, length)
		if err != nil {
			return false, err
		}
		if t, err = jsvalue.Substring(t, 0, n); err != nil {
			return false, err
		}
	}
	return strings.HasSuffix(t, part), nil
}

// bothTexts reads a method's receiver and what it looks for.
func bothTexts(s, x any) (t, part string, err error) {
	if t, err = whole(s); err != nil {
		return "", "", err
	}
	part, err = wanted(x)
	return t, part, err
}

// behind is the part of s from an index on.
func behind(s string, from any) (string, error) {
	if jsvalue.IsUndefined(from) {
		return s, nil
	}
	length, err := jsvalue.Length(s)
	if err != nil {
		return "", err
	}
	n, err := clamp(from, length)
	if err != nil {
		return "", err
	}
	return jsvalue.Substring(s, n, length)
}

// Substring is the part between two indexes, in either order.
//
//	substring(s, from, to) -> string
//	substring("abc", 2, -1) // "ab"
//
// Source: ECMA-262 String.prototype.substring. Engines: expr, cel.
func Substring(s, from, to any) (string, error) {
	t, length, err := measured(s)
	if err != nil {
		return "", err
	}
	start, err := clamp(from, length)
	if err != nil {
		return "", err
	}
	end := length
	if !jsvalue.IsUndefined(to) {
		if end, err = clamp(to, length); err != nil {
			return "", err
		}
	}
	return jsvalue.Substring(t, min(start, end), max(start, end))
}

// measured is a receiver with its length in code units.
func measured(s any) (string, int, error) {
	t, err := text(s)
	if err != nil {
		return "", 0, err
	}
	length, err := jsvalue.Length(t)
	return t, length, err
}

// Substr is the part from an index on, of at most that length.
//
//	substr(s, from, length) -> string
//	substr("abcd", -3, 2) // "bc"
//
// Source: ECMA-262 String.prototype.substr. Engines: expr, cel.
func Substr(s, from, count any) (string, error) {
	t, length, err := measured(s)
	if err != nil {
		return "", err
	}
	start, err := relative(from, length, 0)
	if err != nil {
		return "", err
	}
	end := length
	if !jsvalue.IsUndefined(count) {
		n, err := clamp(count, length)
		if err != nil {
			return "", err
		}
		end = min(start+n, length)
	}
	return jsvalue.Substring(t, start, end)
}

// CharAt is the code unit at an index, "" outside.
//
//	charAt(s, i) -> string
//	charAt("abc", -1) // ""
//
// Source: ECMA-262 String.prototype.charAt. Engines: expr, cel.
func CharAt(s, i any) (string, error) {
	t, length, err := measured(s)
	if err != nil {
		return "", err
	}
	n, err := jsvalue.ToInteger(i)
	if err != nil || n < 0 || n >= float64(length) {
		return "", err
	}
	return jsvalue.Substring(t, int(n), int(n)+1)
}

// CharCodeAt is the number of the code unit at an index, NaN outside.
//
//	charCodeAt(s, i) -> number
//	charCodeAt("😀", 1) // 56832
//
// Source: ECMA-262 String.prototype.charCodeAt. Engines: expr, cel.
func CharCodeAt(s, i any) (float64, error) {
	r, low, ok, err := codePoint(s, i)
	switch {
	case err != nil || !ok:
		return math.NaN(), err
	case low:
		return float64(0xDC00 + (r-0x10000)&0x3FF), nil
	case r > 0xFFFF:
		return float64(0xD800 + (r-0x10000)>>10), nil
	}
	return float64(r), nil
}

// CodePointAt is the number of the character at an index, undefined outside.
//
//	codePointAt(s, i) -> number
//	codePointAt("😀", 1) // 56832: the second half
//
// Source: ECMA-262 String.prototype.codePointAt. Engines: expr, cel.
func CodePointAt(s, i any) (any, error) {
	r, low, ok, err := codePoint(s, i)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return jsvalue.Undefined, nil
	case low:
		return float64(0xDC00 + (r-0x10000)&0x3FF), nil
	}
	return float64(r), nil
}

// codePoint is the character that code unit i of s belongs to; low when it is its second unit.
func codePoint(s, i any) (r rune, low, ok bool, err error) {
	t, length, err := measured(s)
	if err != nil {
		return 0, false, false, err
	}
	n, err := jsvalue.ToInteger(i)
	if err != nil || n < 0 || n >= float64(length) {
		return 0, false, false, err
	}
	at, err := jsvalue.Offset(t, int(n))
	if err != nil {
		low = true
		if at, err = jsvalue.Offset(t, int(n)-1); err != nil {
			return 0, false, false, err
		}
	}
	r, _ = utf8.DecodeRuneInString(t[at:])
	return r, low, true, nil
}
