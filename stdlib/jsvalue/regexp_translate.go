package jsvalue

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// translated is a JavaScript pattern as one of package regexp.
//
// Both prefer the leftmost match, and among those the one that a backtracking search finds
// first. They would part where this translation refuses:
//
//   - back-references and look-around, which package regexp lacks;
//   - a repeated part that may match nothing: JavaScript goes back to look for more, package
//     regexp is content;
//   - characters beyond U+FFFF in the pattern, which JavaScript reads as two;
//   - flag i with characters beyond ASCII, whose folding differs.
//
// What they keep of a capture of an earlier turn of a repetition differs, too: [translated]
// says so in looseCaptures.
type translated struct {
	text string // pattern of package regexp
	tail string // the same where ^ never matches; "" when it is the same

	groups int            // number of captures
	names  map[string]int // of named captures

	nullable      bool // it may match the empty string
	boundary      bool // it holds \b or \B
	halves        bool // a part may match half of a surrogate pair
	looseCaptures bool // captures may hold what JavaScript has reset
}

// regexpPart is a part of a pattern.
type regexpPart struct {
	text      string
	tail      string // differs from text where ^ is in it
	nullable  bool
	captures  bool // it holds captures
	optional  bool // it may match without some of its captures taking part
	assertion bool // it may not be repeated
}

func (p *regexpPart) add(q regexpPart) {
	p.text += q.text
	p.tail += q.tail
	p.nullable = p.nullable && q.nullable
	p.captures = p.captures || q.captures
	p.optional = p.optional || q.optional
}

// regexpTranslator reads a pattern by the grammar of ECMA-262 without flags u and v, with
// Annex B's additions where they are in use.
type regexpTranslator struct {
	in     []rune
	pos    int
	fold   bool // flag i
	lines  bool // flag m
	dotAll bool // flag s
	depth  int
	out    translated
}

// Why a pattern is refused. The texts are read by people, after "the regular expression has".
var (
	errRegexpBackReference = errors.New("a back-reference or an octal escape")
	errRegexpLook          = errors.New("a look-ahead, look-behind or inline flag")
	errRegexpEmptyLoop     = errors.New("a repeated part that may match nothing")
	errRegexpAstral        = errors.New("a character beyond U+FFFF or half of one")
	errRegexpFold          = errors.New("flag i with a character beyond ASCII")
	errRegexpLines         = errors.New("flag m with ^ or $")
	errRegexpSyntax        = errors.New("a syntax that is not covered")
	errRegexpSize          = errors.New("too large a repetition or too deep a nesting")
)

// maxRegexpDepth bounds the nesting of groups.
const maxRegexpDepth = 100

// translateRegexp translates a pattern.
func translateRegexp(source, flags string) (*translated, error) {
	t := &regexpTranslator{in: []rune(source)}
	for i, flag := range flags {
		if strings.ContainsRune(flags[:i], flag) {
			return nil, errRegexpSyntax
		}
		switch flag {
		case 'g':
		case 'i':
			t.fold = true
		case 'm':
			t.lines = true
		case 's':
			t.dotAll = true
		default:
			return nil, errors.New("flag " + string(flag))
		}
	}
	if !utf8.ValidString(source) || slices.ContainsFunc(t.in, func(r rune) bool { return r > 0xFFFF }) {
		return nil, errRegexpAstral
	}
	part, err := t.disjunction()
	if err != nil {
		return nil, err
	}
	if t.pos < len(t.in) {
		return nil, errRegexpSyntax // a parenthesis too many
	}
	t.out.text, t.out.nullable = part.text, part.nullable
	if part.tail != part.text {
		t.out.tail = part.tail
	}
	return &t.out, nil
}

// peek is the coming character, -1 at the end.
func (t *regexpTranslator) peek() rune {
	if t.pos >= len(t.in) {
		return -1
	}
	return t.in[t.pos]
}

// skip passes over a text if it comes next.
func (t *regexpTranslator) skip(text string) bool {
	rest := t.in[t.pos:]
	if len(rest) < len(text) || string(rest[:len(text)]) != text { // text is ASCII
		return false
	}
	t.pos += len(text)
	return true
}

// disjunction reads alternatives up to a closing parenthesis or the end.
func (t *regexpTranslator) disjunction() (regexpPart, error) {
	if t.depth++; t.depth > maxRegexpDepth {
		return regexpPart{}, errRegexpSize
	}
	defer func() { t.depth-- }()
	all, err := t.alternative()
	if err != nil {
		return all, err
	}
	for t.skip("|") {
		next, err := t.alternative()
		if err != nil {
			return all, err
		}
		all.text += "|" + next.text
		all.tail += "|" + next.tail
		all.nullable = all.nullable || next.nullable
		all.captures = all.captures || next.captures
		all.optional = all.captures
	}
	return all, nil
}

func (t *regexpTranslator) alternative() (regexpPart, error) {
	all := regexpPart{nullable: true}
	for c := t.peek(); c != -1 && c != '|' && c != ')'; c = t.peek() {
		part, err := t.term()
		if err != nil {
			return all, err
		}
		all.add(part)
	}
	return all, nil
}

// term reads an atom and its quantifier.
func (t *regexpTranslator) term() (regexpPart, error) {
	part, err := t.atom()
	if err != nil {
		return part, err
	}
	least, most, quantifier, err := t.quantifier()
	if err != nil || quantifier == "" {
		return part, err
	}
	switch {
	case part.assertion:
		return part, errRegexpSyntax
	case part.nullable:
		return part, errRegexpEmptyLoop
	}
	if part.optional && most != 1 {
		t.out.looseCaptures = true
	}
	part.text += quantifier
	part.tail += quantifier
	if least == 0 {
		part.nullable = true
		part.optional = part.captures
	}
	return part, nil
}

// quantifier reads a quantifier, "" when there is none; most is -1 for no bound.
func (t *regexpTranslator) quantifier() (least, most int, text string, err error) {
	switch t.peek() {
	case '*':
		least, most, text = 0, -1, "*"
		t.pos++
	case '+':
		least, most, text = 1, -1, "+"
		t.pos++
	case '?':
		least, most, text = 0, 1, "?"
		t.pos++
	case '{':
		least, most, text, err = t.braces()
	}
	if text != "" && t.skip("?") {
		text += "?"
	}
	return least, most, text, err
}

// braces reads {2}, {2,} or {2,3}. Anything else behind a brace makes it a character.
func (t *regexpTranslator) braces() (least, most int, text string, err error) {
	start := t.pos
	t.pos++
	from, ok := t.digits()
	if !ok {
		t.pos = start
		return 0, 0, "", nil
	}
	to := from
	if t.skip(",") {
		if to, ok = t.digits(); !ok {
			to = -1
		}
	}
	if !t.skip("}") {
		t.pos = start
		return 0, 0, "", nil
	}
	const limit = 1000 // of package regexp
	switch {
	case from > limit || to > limit:
		return 0, 0, "", errRegexpSize
	case to >= 0 && to < from:
		return 0, 0, "", errRegexpSyntax
	}
	return from, to, string(t.in[start:t.pos]), nil
}

func (t *regexpTranslator) digits() (n int, ok bool) {
	for c := t.peek(); c >= '0' && c <= '9'; c = t.peek() {
		n = min(n*10+int(c-'0'), 1<<20)
		t.pos++
		ok = true
	}
	return n, ok
}

// same makes a part without ^.
func same(text string) regexpPart { return regexpPart{text: text, tail: text} }

// assertion makes a part that matches a place.
func assertion(text string) regexpPart {
	return regexpPart{text: text, tail: text, nullable: true, assertion: true}
}

func (t *regexpTranslator) atom() (regexpPart, error) {
	c := t.peek()
	t.pos++
	switch c {
	case '^', '$':
		switch {
		case t.lines:
			return regexpPart{}, errRegexpLines
		case c == '$':
			return assertion(`\z`), nil
		}
		p := assertion(`\A`)
		p.tail = noRune
		return p, nil
	case '(':
		return t.group()
	case '.':
		if t.dotAll {
			return t.set(anySet), nil
		}
		return t.set(lineEndSet.complement()), nil
	case '[':
		return t.class()
	case '\\':
		return t.escape()
	case '*', '+', '?':
		return regexpPart{}, errRegexpSyntax // nothing to repeat
	case '{':
		// A character, unless it looks like a quantifier that has nothing to repeat.
		t.pos--
		if _, _, text, err := t.braces(); err != nil || text != "" {
			return regexpPart{}, errRegexpSyntax
		}
		t.pos++
	}
	return t.char(c)
}

// char is one character that stands for itself.
func (t *regexpTranslator) char(c rune) (regexpPart, error) {
	switch {
	case c >= 0xD800 && c <= 0xDFFF:
		return regexpPart{}, errRegexpAstral
	case !t.fold:
		return same(regexp.QuoteMeta(string(c))), nil
	case c >= utf8.RuneSelf:
		return regexpPart{}, errRegexpFold
	}
	if set := (runeSet{{c, c}}).foldASCII(); len(set) > 1 {
		return same(set.class()), nil
	}
	return same(regexp.QuoteMeta(string(c))), nil
}

// set is one character of a set.
func (t *regexpTranslator) set(s runeSet) regexpPart {
	t.out.halves = t.out.halves || s.halves()
	return same(s.class())
}

func (t *regexpTranslator) group() (regexpPart, error) {
	open := "("
	switch {
	case t.skip("?:"):
		open = "(?:"
	case t.skip("?<"):
		name := t.groupName()
		if name == "" {
			return regexpPart{}, errRegexpLook
		}
		if _, twice := t.out.names[name]; twice {
			return regexpPart{}, errRegexpSyntax
		}
		if t.out.names == nil {
			t.out.names = map[string]int{}
		}
		t.out.names[name] = t.out.groups + 1
	case t.peek() == '?':
		return regexpPart{}, errRegexpLook
	}
	if open == "(" {
		t.out.groups++
	}
	p, err := t.disjunction()
	switch {
	case err != nil:
		return p, err
	case !t.skip(")"):
		return p, errRegexpSyntax
	}
	p.text = open + p.text + ")"
	p.tail = open + p.tail + ")"
	p.captures = p.captures || open == "("
	return p, nil
}

// groupName reads name>, "" when there is none; names beyond ASCII are not covered.
func (t *regexpTranslator) groupName() string {
	start := t.pos
	for i := start; i < len(t.in); i++ {
		c := t.in[i]
		switch {
		case c == '>':
			t.pos = i + 1
			return string(t.in[start:i])
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_', c == '$', c >= '0' && c <= '9' && i > start:
		default:
			return ""
		}
	}
	return ""
}
