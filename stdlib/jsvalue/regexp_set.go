package jsvalue

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// runeRange is characters from first to last.
type runeRange struct{ first, last rune }

// runeSet is a set of characters as ranges, in any order, that may overlap.
type runeSet []runeRange

// The sets of JavaScript's class escapes and of the point.
var (
	digitSet = runeSet{{'0', '9'}}
	wordSet  = runeSet{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	spaceSet = runeSet{
		{'\t', '\r'}, {' ', ' '}, {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029},
		{0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF},
	}
	lineEndSet = runeSet{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}
	anySet     = runeSet{{0, unicode.MaxRune}}
)

// complement is every character that is not in the set.
func (s runeSet) complement() runeSet {
	sorted := slices.Clone(s)
	slices.SortFunc(sorted, func(a, b runeRange) int { return int(a.first - b.first) })
	var out runeSet
	next := rune(0)
	for _, r := range sorted {
		if r.first > next {
			out = append(out, runeRange{next, r.first - 1})
		}
		next = max(next, r.last+1)
	}
	if next <= unicode.MaxRune {
		out = append(out, runeRange{next, unicode.MaxRune})
	}
	return out
}

// foldASCII adds the other case of each ASCII letter. That is all that flag i does for
// sets of ASCII: JavaScript lets no character beyond ASCII equal one of it.
//
// Source: ECMA-262 Canonicalize without flag u.
func (s runeSet) foldASCII() runeSet {
	out := slices.Clone(s)
	for _, r := range s {
		if from, to := max(r.first, 'a'), min(r.last, 'z'); from <= to {
			out = append(out, runeRange{from - 'a' + 'A', to - 'a' + 'A'})
		}
		if from, to := max(r.first, 'A'), min(r.last, 'Z'); from <= to {
			out = append(out, runeRange{from - 'A' + 'a', to - 'A' + 'a'})
		}
	}
	return out
}

// halves reports whether the set holds halves of surrogate pairs, which in JavaScript's
// UTF-16 are characters of their own, or characters beyond them.
func (s runeSet) halves() bool {
	return slices.ContainsFunc(s, func(r runeRange) bool { return r.last >= 0xD800 && r.first <= 0xDFFF || r.last > 0xFFFF })
}

// class writes the set as a class of package regexp.
func (s runeSet) class() string {
	if len(s) == 0 {
		return noRune
	}
	var b strings.Builder
	b.WriteByte('[')
	for _, r := range s {
		b.WriteString(`\x{` + strconv.FormatInt(int64(r.first), 16) + `}`)
		if r.last > r.first {
			b.WriteString(`-\x{` + strconv.FormatInt(int64(r.last), 16) + `}`)
		}
	}
	b.WriteByte(']')
	return b.String()
}

// noRune is a class that matches nothing.
const noRune = `[^\x00-\x{10FFFF}]`
