package gojalib

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// pattern is what there is to know of a regular expression's source where goja does not
// match as JavaScript does. goja has two engines: package regexp, which knows no empty
// match behind another and folds after Unicode, and regexp2, whose \b takes é for a part
// of a word.
type pattern struct {
	nullable bool // it may match the empty text
	boundary bool // it holds \b or \B
	fold     bool // flag i without u: JavaScript lets no other character equal one of ASCII
	noWord   bool // with flag i it holds \W, which for regexp2 then holds k and s
	look     bool // only regexp2 knows it
	named    bool // with flag u: goja forgets the groups of a text that is not ASCII
	wide     bool // a character beyond ASCII in it folds to one of ASCII for goja
	fixed    bool // it can be written anew: see rewritten
}

// sources are the patterns that were read, at most maxPatterns: rules use the same ones in each
// run.
var sources struct {
	sync.Mutex
	read map[[2]string]*pattern
}

const (
	maxPatterns      = 4096
	maxPatternSource = 1 << 10 // bytes of one that is kept
)

// patternOf is readPattern for what was often read before.
func patternOf(source, flags string) *pattern {
	if len(source) > maxPatternSource {
		return readPattern(source, flags)
	}
	sources.Lock()
	defer sources.Unlock()
	key := [2]string{source, flags}
	p := sources.read[key]
	if p == nil {
		if p = readPattern(source, flags); sources.read == nil || len(sources.read) >= maxPatterns {
			sources.read = map[[2]string]*pattern{}
		}
		sources.read[key] = p
	}
	return p
}

// readPattern reads a source. What it cannot read it leaves to goja.
func readPattern(source, flags string) *pattern {
	r := newPatternReader(source, flags)
	r.nullable = r.disjunction()
	if r.pos < len(r.in) { // a parenthesis too many, or nested too deeply
		r.nullable, r.fixed = true, false
	}
	r.named = r.named && r.unicode
	return &r.pattern
}

// rewritten is a source that says the same without \b, \B and flag i.
func rewritten(source, flags string) string {
	r := newPatternReader(source, flags)
	r.write = true
	r.disjunction()
	if r.named && r.unicode {
		r.out.WriteString("(?=)") // regexp2 matches that, and remembers
	}
	return r.out.String()
}

func newPatternReader(source, flags string) *patternReader {
	r := &patternReader{in: []rune(source), unicode: strings.Contains(flags, "u"), pattern: pattern{fixed: true}}
	r.fold = strings.Contains(flags, "i") && !r.unicode
	return r
}

// maxPatternDepth bounds the nesting of groups.
const maxPatternDepth = 500

// patternReader reads a pattern by the grammar of ECMA-262 with Annex B and writes it anew.
type patternReader struct {
	pattern
	in      []rune
	pos     int
	depth   int
	unicode bool
	write   bool // the pattern is written, too
	out     strings.Builder
}

// peek is a coming character, -1 at the end.
func (r *patternReader) peek(ahead int) rune {
	if r.pos+ahead >= len(r.in) {
		return -1
	}
	return r.in[r.pos+ahead]
}

// copy takes n characters as they are.
func (r *patternReader) copy(n int) {
	start := r.pos
	r.pos = min(r.pos+n, len(r.in))
	r.asIs(start)
}

// asIs writes what was read from start on.
func (r *patternReader) asIs(start int) {
	if r.write {
		r.out.WriteString(string(r.in[start:r.pos]))
	}
}

func (r *patternReader) disjunction() (nullable bool) {
	if r.depth++; r.depth > maxPatternDepth {
		return true
	}
	defer func() { r.depth-- }()
	nullable = r.alternative()
	for r.peek(0) == '|' && r.depth <= maxPatternDepth {
		r.copy(1)
		nullable = r.alternative() || nullable
	}
	return nullable
}

func (r *patternReader) alternative() (nullable bool) {
	nullable = true
	for c := r.peek(0); c != -1 && c != '|' && c != ')' && r.depth <= maxPatternDepth; c = r.peek(0) {
		empty := r.atom()
		if r.quantifier() {
			empty = true
		}
		nullable = nullable && empty
	}
	return nullable
}

// quantifier copies a quantifier and reports whether it allows none.
func (r *patternReader) quantifier() (none bool) {
	switch r.peek(0) {
	case '*', '?':
		r.copy(1)
		none = true
	case '+':
		r.copy(1)
	case '{':
		n := 1
		for c := r.peek(n); c >= '0' && c <= '9'; c = r.peek(n) {
			n++
		}
		if n == 1 {
			return false
		}
		none = strings.Trim(string(r.in[r.pos+1:r.pos+n]), "0") == ""
		if r.peek(n) == ',' {
			for n++; r.peek(n) >= '0' && r.peek(n) <= '9'; {
				n++
			}
		}
		if r.peek(n) != '}' {
			return false
		}
		r.copy(n + 1)
	default:
		return false
	}
	if r.peek(0) == '?' {
		r.copy(1)
	}
	return none
}

func (r *patternReader) atom() (nullable bool) {
	switch c := r.peek(0); c {
	case '^', '$':
		r.copy(1)
		return true
	case '.':
		r.copy(1)
	case '(':
		return r.group()
	case '[':
		r.class()
	case '\\':
		return r.escape()
	default:
		r.pos++
		r.literal(c, r.pos-1)
	}
	return false
}

func (r *patternReader) group() (nullable bool) {
	look := false
	r.copy(1)
	if r.peek(0) == '?' {
		switch r.peek(1) {
		case '=', '!':
			look = true
			r.copy(2)
		case '<':
			if next := r.peek(2); next == '=' || next == '!' {
				look = true
				r.copy(3)
				break
			}
			r.named = true
			for r.peek(0) != '>' && r.peek(0) != -1 {
				r.copy(1)
			}
			r.copy(1)
		default:
			r.copy(2)
		}
	}
	r.look = r.look || look
	nullable = r.disjunction()
	if r.peek(0) != ')' {
		r.fixed = false
	}
	r.copy(1)
	return nullable || look
}

// literal writes a character that was read from start on; with flag i, all that equal it.
func (r *patternReader) literal(c rune, start int) {
	if r.fold {
		r.wide = r.wide || c == 0x17F || c == 0x212A
		if !r.write {
			return
		}
		if same := caseClasses()[c]; same != nil {
			r.out.WriteByte('[')
			writeUnits(&r.out, same)
			r.out.WriteByte(']')
			return
		}
	}
	r.asIs(start)
}

func writeUnits(b *strings.Builder, units []rune) {
	for _, c := range units {
		fmt.Fprintf(b, `\u%04x`, c)
	}
}

// \b and \B written out: a word's characters are those of ASCII.
const (
	wordBoundary   = `(?:(?<=[0-9A-Za-z_])(?![0-9A-Za-z_])|(?<![0-9A-Za-z_])(?=[0-9A-Za-z_]))`
	noWordBoundary = `(?:(?<=[0-9A-Za-z_])(?=[0-9A-Za-z_])|(?<![0-9A-Za-z_])(?![0-9A-Za-z_]))`
)

func (r *patternReader) escape() (nullable bool) {
	start := r.pos
	switch r.peek(1) {
	case 'b', 'B':
		r.boundary = true
		if r.peek(1) == 'b' {
			r.out.WriteString(wordBoundary)
		} else {
			r.out.WriteString(noWordBoundary)
		}
		r.pos += 2
		return true
	case 'k', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if r.fold { // what a back-reference equals depends on flag i
			r.fixed = false
		}
		r.copy(2)
		return true
	}
	if c, isCharacter := r.character(); isCharacter {
		r.literal(c, start)
	} else {
		r.asIs(start)
	}
	return false
}

// character reads a backslash and what follows. It answers false for what stands for
// more than one character or for one without a case.
func (r *patternReader) character() (rune, bool) {
	c := r.peek(1)
	r.pos += 2
	switch c {
	case -1:
		r.pos = len(r.in)
		r.fixed = false
		return 0, false
	case 'W':
		r.noWord = r.fold
		return 0, false
	case 'd', 'D', 's', 'S', 'w', 't', 'n', 'v', 'f', 'r', 'b', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if c > '0' && c <= '9' || c == '0' && r.peek(0) >= '0' && r.peek(0) <= '9' {
			r.fixed = false // octal
		}
		return 0, false
	case 'c':
		r.fixed = r.fixed && r.peek(0)|0x20 >= 'a' && r.peek(0)|0x20 <= 'z'
		r.pos = min(r.pos+1, len(r.in))
		return 0, false
	case 'p', 'P':
		if r.unicode {
			r.fixed = false
			return 0, false
		}
	case 'x':
		if n, ok := r.hex(2); ok {
			return n, true
		}
	case 'u':
		if n, ok := r.hex(4); ok {
			return n, true
		}
		if r.unicode {
			for r.peek(0) != '}' && r.peek(0) != -1 {
				r.pos++
			}
			r.pos = min(r.pos+1, len(r.in))
			return 0, false
		}
	}
	return c, true
}

func (r *patternReader) hex(length int) (rune, bool) {
	if r.pos+length > len(r.in) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.in[r.pos:r.pos+length]), 16, 32)
	if err != nil {
		return 0, false
	}
	r.pos += length
	return rune(n), true
}

// class copies a class; with flag i, all that equal its characters are put in front.
func (r *patternReader) class() {
	r.copy(1)
	if r.peek(0) == '^' {
		r.copy(1)
	}
	start := r.pos
	var ranges [][2]rune
	for r.peek(0) != ']' {
		if r.peek(0) == -1 {
			r.fixed = false
			return
		}
		first, ok := r.classCharacter()
		if r.peek(0) != '-' || r.peek(1) == ']' || r.peek(1) == -1 {
			if ok {
				ranges = append(ranges, [2]rune{first, first})
			}
			continue
		}
		r.pos++
		last, end := r.classCharacter()
		switch {
		case ok && end:
			ranges = append(ranges, [2]rune{first, last})
		case ok:
			ranges = append(ranges, [2]rune{first, first})
		case end:
			ranges = append(ranges, [2]rune{last, last})
		}
	}
	r.wide = r.wide || r.fold && (among(ranges, 0x17F) || among(ranges, 0x212A))
	if r.fold && r.write {
		more := caseClosure(ranges)
		writeUnits(&r.out, more)
		if len(more) > 0 && r.in[start] == '-' {
			r.out.WriteByte('\\') // else it makes a range
		}
	}
	r.asIs(start)
	r.copy(1)
}

func (r *patternReader) classCharacter() (rune, bool) {
	if r.peek(0) == '\\' {
		return r.character()
	}
	r.pos++
	return r.in[r.pos-1], true
}
