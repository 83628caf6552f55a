package ir

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast/source"
)

// SyntaxError says where a text is no text form of a rule.
type SyntaxError struct {
	At      source.Pos
	Message string
}

// Error is line:column: message.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.At.Line, e.At.Column, e.Message)
}

type tokenKind uint8

const (
	tokenEnd    tokenKind = iota
	tokenName             // a word
	tokenQuoted           // a name in backquotes
	tokenString
	tokenNumber
	tokenRegexp
	tokenMark // punctuation
)

type token struct {
	kind       tokenKind
	text       string // the name, the decoded string, the punctuation
	number     float64
	flags      string // of a tokenRegexp, whose text is its source
	start, end int
	line       bool // the first of its line
	touches    bool // nothing stands between it and the token before
}

// marks are the punctuation, longer ones first.
var marks = []string{"...", "->", "?.", "??", "==", "<=", ">=", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";"}

// reader reads tokens one by one; tok is the one at hand, last the end of the one before.
type reader struct {
	file  *source.File
	text  string
	tok   token
	last  int
	items []string // item variables in scope
	depth int
}

// fail leaves the reader; [reader.catch] answers the error.
func (r *reader) fail(at int, format string, args ...any) {
	panic(&SyntaxError{At: r.file.Pos(at), Message: fmt.Sprintf(format, args...)})
}

// catch turns what fail threw into an error.
func catch(err *error) {
	switch thrown := recover().(type) {
	case nil:
	case *SyntaxError:
		*err = thrown
	default:
		panic(thrown)
	}
}

// next goes on to the token behind the one at hand.
func (r *reader) next() {
	r.last = r.tok.end
	i, line := r.tok.end, r.tok.end == 0
	for i < len(r.text) {
		switch c := r.text[i]; c {
		case '\n':
			line = true
			i++
			continue
		case ' ', '\t', '\r':
			i++
			continue
		case '#':
			for i < len(r.text) && r.text[i] != '\n' {
				i++
			}
			continue
		}
		break
	}
	r.tok = r.scan(i)
	r.tok.start, r.tok.line, r.tok.touches = i, line, i == r.last
}

// scan reads the token that starts at i.
func (r *reader) scan(i int) token {
	rest := r.text[i:]
	if rest == "" {
		return token{kind: tokenEnd, end: i}
	}
	first, _ := utf8.DecodeRuneInString(rest)
	switch c := rest[0]; {
	case first != utf8.RuneError && isNameRune(first, true):
		word := nameAt(rest)
		return token{kind: tokenName, text: word, end: i + len(word)}
	case c == '"':
		return r.scanString(i)
	case c == '`':
		return r.scanQuoted(i)
	case c == '/':
		end := regexpEnd(rest)
		if end < 0 {
			r.fail(i, "a regular expression that does not end")
		}
		flags := nameAt(rest[end:])
		return token{kind: tokenRegexp, text: rest[1 : end-1], flags: flags, end: i + end + len(flags)}
	case c >= '0' && c <= '9', c == '-' && !strings.HasPrefix(rest, "->"):
		return r.scanNumber(i)
	}
	for _, mark := range marks {
		if strings.HasPrefix(rest, mark) {
			return token{kind: tokenMark, text: mark, end: i + len(mark)}
		}
	}
	r.fail(i, "unexpected character %q", first)
	return token{}
}

// nameAt is the longest start of text made of a name's characters.
func nameAt(text string) string {
	for i, c := range text {
		if c == utf8.RuneError || !isNameRune(c, i == 0) {
			return text[:i]
		}
	}
	return text
}

func (r *reader) scanString(i int) token {
	for end := i + 1; end < len(r.text); end++ {
		switch r.text[end] {
		case '\\':
			end++
		case '"':
			text, err := strconv.Unquote(r.text[i : end+1])
			if err != nil {
				r.fail(i, "a string with a bad escape")
			}
			return token{kind: tokenString, text: text, end: end + 1}
		case '\n':
			r.fail(i, "a string that does not end in its line")
		}
	}
	r.fail(i, "a string that does not end")
	return token{}
}

func (r *reader) scanQuoted(i int) token {
	end := strings.IndexByte(r.text[i+1:], '`')
	if end < 0 {
		r.fail(i, "a name that does not end")
	}
	end += i + 1
	var b strings.Builder
	for rest := r.text[i+1 : end]; rest != ""; {
		c, multibyte, tail, err := strconv.UnquoteChar(rest, '`')
		if err != nil {
			r.fail(i, "a name with a bad escape")
		}
		if c < utf8.RuneSelf || !multibyte {
			b.WriteByte(byte(c))
		} else {
			b.WriteRune(c)
		}
		rest = tail
	}
	return token{kind: tokenQuoted, text: b.String(), end: end + 1}
}

func (r *reader) scanNumber(i int) token {
	end := i + 1
	if r.text[i] == '-' && strings.HasPrefix(nameAt(r.text[end:]), "Infinity") {
		end += len("Infinity")
	}
	for end < len(r.text) {
		c := r.text[end]
		sign := (c == '+' || c == '-') && r.text[end-1] == 'e'
		if !sign && c != '.' && c != 'e' && (c < '0' || c > '9') {
			break
		}
		end++
	}
	v, err := strconv.ParseFloat(r.text[i:end], 64)
	if err != nil {
		r.fail(i, "a malformed number")
	}
	return token{kind: tokenNumber, number: v, end: end}
}

// code reads the run of characters that codes are made of, from the token at hand on.
func (r *reader) code() string {
	start := r.tok.start
	end := start
	for end < len(r.text) && (r.text[end] == '-' || r.text[end] >= 'a' && r.text[end] <= 'z' || r.text[end] >= '0' && r.text[end] <= '9') {
		end++
	}
	if end == start {
		r.unexpected("the code of an exit")
	}
	r.tok.end = end
	r.next()
	return r.text[start:end]
}

// is reports whether the token at hand is that punctuation or word.
func (r *reader) is(text string) bool {
	return (r.tok.kind == tokenMark || r.tok.kind == tokenName) && r.tok.text == text
}

// take goes on when the token at hand is that punctuation or word.
func (r *reader) take(text string) bool {
	if !r.is(text) {
		return false
	}
	r.next()
	return true
}

func (r *reader) want(text string) {
	if !r.take(text) {
		r.unexpected(strconv.Quote(text))
	}
}

func (r *reader) unexpected(wanted string) {
	found := "the end of the text"
	switch {
	case r.tok.kind == tokenNumber:
		found = "a number"
	case r.tok.kind == tokenString:
		found = "a string"
	case r.tok.kind != tokenEnd:
		found = strconv.Quote(r.tok.text)
	}
	r.fail(r.tok.start, "%s was expected, not %s", wanted, found)
}

// name reads a name; a reserved word is one in backquotes only.
func (r *reader) name(what string) string {
	if r.tok.kind != tokenQuoted && (r.tok.kind != tokenName || reserved[r.tok.text]) {
		r.unexpected(what)
	}
	n := r.tok.text
	r.next()
	return n
}

// span is the stretch from start to the end of the token before the one at hand.
func (r *reader) span(start int) source.Span { return r.file.Span(start, r.last) }
