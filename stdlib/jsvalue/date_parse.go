package jsvalue

import (
	"math"
	"unicode"
)

// ParseDate is Date.parse as V8 reads text: the ISO form of ECMA-262, and where
// that fails V8's legacy grammar, in which words before the first number and
// text in parentheses are ignored, a number followed by a colon is a time, any
// other number a part of the date, and a sign after a time begins an offset:
//
//	2024-01-02                     midnight UTC
//	2024-01-02T03:04:05            local time
//	Jan 2, 2024 10:00 PM           local time
//	Tue, 02 Jan 2024 03:04:05 GMT  RFC 2822
//
// The answer is milliseconds since the epoch, NaN for text that is not a date.
func ParseDate(text string, zone Zone) float64 {
	p := dateParser{scan: dateScanner{text: []rune(text)}}
	p.scan.advance()
	day, clock, offset, ok := p.parse()
	if !ok {
		return math.NaN()
	}
	ms := MakeDate(MakeDay(float64(day[0]), float64(day[1]), float64(day[2])),
		MakeTime(float64(clock[0]), float64(clock[1]), float64(clock[2]), float64(clock[3])))
	if offset == nil {
		return TimeClip(zone.ToUTC(ms))
	}
	return TimeClip(ms - float64(*offset)*MsPerSecond)
}

type dateTokenKind uint8

const (
	tokenEnd dateTokenKind = iota
	tokenNumber
	tokenSymbol
	tokenSpace
	tokenWord
	tokenOther
	tokenRefused
)

type dateToken struct {
	kind   dateTokenKind
	length int  // characters, of a number with its leading zeros
	number int  // of a number; of a word what the keyword stands for
	symbol rune // of a symbol
	word   wordKind
}

func (t dateToken) is(symbol rune) bool     { return t.kind == tokenSymbol && t.symbol == symbol }
func (t dateToken) isSign() bool            { return t.is('+') || t.is('-') }
func (t dateToken) digits(n int) bool       { return t.kind == tokenNumber && t.length == n }
func (t dateToken) isWord(k wordKind) bool  { return t.kind == tokenWord && t.word == k }
func (t dateToken) isZ() bool               { return t.isWord(wordZone) && t.length == 1 }
func (t dateToken) between(lo, hi int) bool { return t.number >= lo && t.number <= hi }

func (t dateToken) sign() int {
	if t.symbol == '-' {
		return -1
	}
	return 1
}

type wordKind uint8

const (
	wordUnknown wordKind = iota
	wordMonth
	wordHalf // am, pm
	wordZone
	wordT
)

type dateWord struct {
	kind  wordKind
	value int // month from 1, hours to add, or hours from UTC
}

// dateWords holds V8's keywords. Longer words match on their first three
// letters when they name a month, never otherwise.
var dateWords = map[string]dateWord{
	"jan": {wordMonth, 1}, "feb": {wordMonth, 2}, "mar": {wordMonth, 3}, "apr": {wordMonth, 4},
	"may": {wordMonth, 5}, "jun": {wordMonth, 6}, "jul": {wordMonth, 7}, "aug": {wordMonth, 8},
	"sep": {wordMonth, 9}, "oct": {wordMonth, 10}, "nov": {wordMonth, 11}, "dec": {wordMonth, 12},
	"am": {wordHalf, 0}, "pm": {wordHalf, 12},
	"ut": {wordZone, 0}, "utc": {wordZone, 0}, "z": {wordZone, 0}, "gmt": {wordZone, 0},
	"cdt": {wordZone, -5}, "cst": {wordZone, -6}, "edt": {wordZone, -4}, "est": {wordZone, -5},
	"mdt": {wordZone, -6}, "mst": {wordZone, -7}, "pdt": {wordZone, -7}, "pst": {wordZone, -8},
	"t": {wordT, 0},
}

// maxDateDigits is how many significant digits of a number count.
const maxDateDigits = 9

// dateScanner cuts a text into tokens, one ahead.
type dateScanner struct {
	text []rune
	pos  int
	peek dateToken
}

// next returns the coming token and reads the one after it.
func (s *dateScanner) next() dateToken {
	t := s.peek
	s.advance()
	return t
}

func (s *dateScanner) skip(symbol rune) bool {
	if !s.peek.is(symbol) {
		return false
	}
	s.advance()
	return true
}

// char is the character at the scanner, 0 at the end. A NUL ends a date, too.
func (s *dateScanner) char() rune {
	if s.pos >= len(s.text) {
		return 0
	}
	return s.text[s.pos]
}

func (s *dateScanner) advance() {
	start := s.pos
	switch c := s.char(); {
	case c == 0:
		s.peek = dateToken{kind: tokenEnd}
	case isDateDigit(c):
		s.peek = dateToken{kind: tokenNumber, number: s.number()}
	case c == ':' || c == '-' || c == '+' || c == '.' || c == ')':
		s.pos++
		s.peek = dateToken{kind: tokenSymbol, symbol: c}
	case c >= 'A' && !WhiteSpace(c):
		s.peek = s.word()
	case WhiteSpace(c):
		s.pos++
		s.peek = dateToken{kind: tokenSpace}
	case c == '(':
		s.parentheses()
		s.peek = dateToken{kind: tokenOther}
	default:
		s.pos++
		s.peek = dateToken{kind: tokenOther}
	}
	s.peek.length = s.pos - start
}

func (s *dateScanner) number() int {
	for s.char() == '0' {
		s.pos++
	}
	n := 0
	for i := 0; isDateDigit(s.char()); i++ {
		if i < maxDateDigits {
			n = n*10 + int(s.char()-'0')
		}
		s.pos++
	}
	return n
}

func (s *dateScanner) word() dateToken {
	var prefix []byte
	length := 0
	for ; s.char() >= 'A' && !WhiteSpace(s.char()); s.pos++ {
		if c := s.char(); length < 3 {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c > unicode.MaxASCII {
				c = '?' // no keyword has it
			}
			prefix = append(prefix, byte(c))
		}
		length++
	}
	w, ok := dateWords[string(prefix)]
	if !ok || (length > 3 && w.kind != wordMonth) {
		w = dateWord{}
	}
	return dateToken{kind: tokenWord, word: w.kind, number: w.value}
}

// parentheses skips a balanced remark, or the rest of the text when it is not
// closed.
func (s *dateScanner) parentheses() {
	for depth := 0; s.char() != 0; {
		switch s.char() {
		case '(':
			depth++
		case ')':
			depth--
		}
		s.pos++
		if depth == 0 {
			return
		}
	}
}

func isDateDigit(c rune) bool { return c >= '0' && c <= '9' }
