package jsvalue

import (
	"strconv"
	"unicode/utf8"
)

// escape reads what follows a backslash outside of a class.
func (t *regexpTranslator) escape() (regexpPart, error) {
	switch t.peek() {
	case 'b', 'B':
		t.out.boundary = true
		p := assertion(`\` + string(t.peek()))
		t.pos++
		return p, nil
	}
	if set, ok := t.classEscape(); ok {
		return t.set(set), nil
	}
	c, err := t.characterEscape()
	if err != nil {
		return regexpPart{}, err
	}
	return t.char(c)
}

// classEscape reads d, D, s, S, w or W.
func (t *regexpTranslator) classEscape() (runeSet, bool) {
	var set runeSet
	switch t.peek() {
	case 'd':
		set = digitSet
	case 'D':
		set = digitSet.complement()
	case 's':
		set = spaceSet
	case 'S':
		set = spaceSet.complement()
	case 'w':
		set = wordSet
	case 'W':
		set = wordSet.complement()
	default:
		return nil, false
	}
	t.pos++
	return set, true
}

// characterEscape reads the escape of one character.
func (t *regexpTranslator) characterEscape() (rune, error) {
	c := t.peek()
	t.pos++
	switch c {
	case -1:
		return 0, errRegexpSyntax
	case 't':
		return '\t', nil
	case 'n':
		return '\n', nil
	case 'v':
		return '\v', nil
	case 'f':
		return '\f', nil
	case 'r':
		return '\r', nil
	case '0':
		if next := t.peek(); next >= '0' && next <= '9' {
			return 0, errRegexpBackReference
		}
		return 0, nil
	case '1', '2', '3', '4', '5', '6', '7', '8', '9', 'k':
		return 0, errRegexpBackReference
	case 'c':
		letter := t.peek()
		if letter|0x20 < 'a' || letter|0x20 > 'z' {
			return 0, errRegexpSyntax // Annex B reads the backslash as a character
		}
		t.pos++
		return letter & 0x1F, nil
	case 'x', 'u':
		length := 2
		if c == 'u' {
			length = 4
		}
		if t.pos+length <= len(t.in) {
			if n, err := strconv.ParseUint(string(t.in[t.pos:t.pos+length]), 16, 32); err == nil {
				t.pos += length
				if n >= 0xD800 && n <= 0xDFFF {
					return 0, errRegexpAstral
				}
				return rune(n), nil
			}
		}
	}
	return c, nil // itself
}

// class reads a class behind its bracket.
func (t *regexpTranslator) class() (regexpPart, error) {
	negated := t.skip("^")
	var all runeSet
	for !t.skip("]") {
		first, set, err := t.classAtom()
		if err != nil {
			return regexpPart{}, err
		}
		if t.peek() != '-' || t.pos+1 >= len(t.in) || t.in[t.pos+1] == ']' {
			all = append(all, set...)
			continue
		}
		t.pos++
		last, end, err := t.classAtom()
		switch {
		case err != nil:
			return regexpPart{}, err
		case first < 0 || last < 0: // Annex B: [\w-.] is three items
			all = append(append(append(all, set...), runeRange{'-', '-'}), end...)
		case last < first:
			return regexpPart{}, errRegexpSyntax
		case t.fold && last >= utf8.RuneSelf:
			return regexpPart{}, errRegexpFold
		default:
			all = append(all, runeRange{first, last})
		}
	}
	if t.fold {
		all = all.foldASCII()
	}
	if negated {
		all = all.complement()
	}
	return t.set(all), nil
}

// classAtom reads one item of a class: a character, or -1 and a set.
func (t *regexpTranslator) classAtom() (rune, runeSet, error) {
	c := t.peek()
	t.pos++
	switch c {
	case -1:
		return 0, nil, errRegexpSyntax
	case '\\':
		if t.peek() == 'B' {
			return 0, nil, errRegexpSyntax
		}
		if set, ok := t.classEscape(); ok {
			return -1, set, nil
		}
		if t.skip("b") {
			c = '\b'
			break
		}
		var err error
		if c, err = t.characterEscape(); err != nil {
			return 0, nil, err
		}
	}
	switch {
	case c >= 0xD800 && c <= 0xDFFF:
		return 0, nil, errRegexpAstral
	case t.fold && c >= utf8.RuneSelf:
		return 0, nil, errRegexpFold
	}
	return c, runeSet{{c, c}}, nil
}
