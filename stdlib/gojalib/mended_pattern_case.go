package gojalib

import (
	"slices"
	"sync"
	"unicode"
)

func among(ranges [][2]rune, c rune) bool {
	return slices.ContainsFunc(ranges, func(part [2]rune) bool { return c >= part[0] && c <= part[1] })
}

// caseClosure lists the characters that equal one of the ranges without being in one.
func caseClosure(ranges [][2]rune) []rune {
	var more []rune
	for c, same := range caseClasses() {
		if !among(ranges, c) && slices.ContainsFunc(same, func(c rune) bool { return among(ranges, c) }) {
			more = append(more, c)
		}
	}
	slices.Sort(more)
	return more
}

// caseClasses are the characters that flag i lets equal others, with all that equal them.
//
// Source: ECMA-262 Canonicalize without flag u.
var caseClasses = sync.OnceValue(func() map[rune][]rune {
	byUpper := map[rune][]rune{}
	for c := rune(0); c <= 0xFFFF; c++ {
		if upper := canonical(c); upper != c {
			if byUpper[upper] == nil {
				byUpper[upper] = []rune{upper}
			}
			byUpper[upper] = append(byUpper[upper], c)
		}
	}
	all := map[rune][]rune{}
	for _, same := range byUpper {
		for _, c := range same {
			all[c] = same
		}
	}
	return all
})

// noSingleUpper are characters whose upper case in full is two, as ΑΙ is that of ᾳ.
var noSingleUpper = []rune{0x1FB3, 0x1FC3, 0x1FF3}

// newUpper are those that Unicode 16 and 17 brought, which Node 20's builds know.
var newUpper = map[rune]rune{
	0x19B: 0xA7DC, 0x264: 0xA7CB, 0x1C8A: 0x1C89, 0xA7CD: 0xA7CC, 0xA7CF: 0xA7CE, 0xA7D3: 0xA7D2, 0xA7D5: 0xA7D4, 0xA7DB: 0xA7DA,
}

// canonical is the upper case where that is one character, and not one of ASCII for
// another.
func canonical(c rune) rune {
	if c >= 0x1F80 && c <= 0x1FAF || slices.Contains(noSingleUpper, c) {
		return c
	}
	if upper, ok := newUpper[c]; ok {
		return upper
	}
	upper := unicode.ToUpper(c)
	if c > unicode.MaxASCII && upper <= unicode.MaxASCII || upper > 0xFFFF {
		return c
	}
	return upper
}
