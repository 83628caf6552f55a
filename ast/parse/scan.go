package parse

import (
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// The scanner splits a rule into tokens before any parser sees it. It exists for
// three reasons: esbuild and goja's parser are recursive, and a Go stack that
// overflows ends the process, so nesting is bounded first; the text must not close
// the parenthesis that is put around it; and the other passes ask where words,
// strings and parentheses are.
//
// On text that is a program so far, the scanner's tokens are the parsers' tokens.
// The one thing that needs a grammar, whether a slash divides or opens a regular
// expression, is decided by the token before it; where that is not enough the
// scanner says so (ambiguous), bounds the rest of the text as a whole, and guesses;
// its later findings then count only when a parser refuses the text, too.

// The limits keep the parsers' stacks below some ten megabytes and their
// backtracking below some milliseconds.
const (
	maxNesting = 1000 // open brackets
	maxChain   = 5000 // operators that wait for an operand, with those of all open brackets
	maxRetry   = 9    // power of two of how often a parser may read a piece again
)

type tokenKind uint8

const (
	wordToken tokenKind = iota
	privateToken
	numberToken
	stringToken
	templateToken // one piece: from ` or } to ` or ${
	regexpToken
	punctToken
)

// token is a piece of text. match is the index of the bracket that closes or
// opens this one, -1 without one.
type token struct {
	start, end int
	match      int
	kind       tokenKind
	newline    bool // a line break stands before it
}

// problem is what the scanner refuses.
type problem struct {
	code       diag.Code
	start, end int
	message    string
	notes      []string
}

// frame is one open bracket.
type frame struct {
	open         int  // token index; -1 for the text itself
	substitution bool // ${ of a template

	chain, elses int  // operators since the statement or list element began; else since the bracket
	question     bool // a ? stands in the chain
	again, inner int  // retries: in this chain, and the worst below it
	worst        int  // the worst of the chains before
}

type scanner struct {
	text       string
	typescript bool
	pos        int
	tokens     []token
	frames     []frame
	chainSum   int // chain + elses of all frames
	problem    *problem
	ambiguous  bool
}

// scan reads text from offset start. The tokens stop at a problem.
func scan(text string, start int, typescript bool) *scanner {
	s := &scanner{text: text, typescript: typescript, pos: start, tokens: make([]token, 0, len(text)/4+8)}
	s.frames = append(s.frames, frame{open: -1})
	for s.problem == nil && s.next() {
	}
	if s.problem == nil && len(s.frames) > 1 {
		open := s.tokens[s.frames[len(s.frames)-1].open]
		s.fail(diag.SyntaxError, len(text), len(text), "unexpected end of the rule: %s is never closed", s.text[open.start:open.end])
		s.problem.notes = append(s.problem.notes, "opened at "+position(text, open.start))
	}
	return s
}

func (s *scanner) top() *frame { return &s.frames[len(s.frames)-1] }

func (s *scanner) textOf(t token) string { return s.text[t.start:t.end] }

// last is the token before the current one; the zero text at the start.
func (s *scanner) last() (token, string) {
	if len(s.tokens) == 0 {
		return token{match: -1, kind: punctToken}, ""
	}
	t := s.tokens[len(s.tokens)-1]
	return t, s.textOf(t)
}

// next reads one token; false at the end.
func (s *scanner) next() bool {
	newline, ok := s.trivia()
	if !ok || s.pos >= len(s.text) {
		return false
	}
	start := s.pos
	kind := s.piece(newline)
	if s.problem != nil {
		return false
	}
	t := token{start: start, end: s.pos, match: -1, kind: kind, newline: newline}
	s.weigh(t)
	if s.problem == nil {
		s.tokens = append(s.tokens, t)
		s.brackets(len(s.tokens) - 1)
	}
	return s.problem == nil
}

// trivia skips white space and comments and reports whether a line break was
// among them.
func (s *scanner) trivia() (newline, ok bool) {
	for s.pos < len(s.text) {
		rest := s.text[s.pos:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case isLineBreak(r):
			newline = true
			s.pos += n
		case isSpace(r):
			s.pos += n
		case strings.HasPrefix(rest, "//"):
			s.pos += lineEnd(rest)
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				s.fail(diag.SyntaxError, s.pos, len(s.text), "unexpected end of the rule: the comment is never closed")
				return newline, false
			}
			newline = newline || lineEnd(rest[:end+2]) < end+2
			s.pos += end + 4
		case strings.HasPrefix(rest, "<!--"), strings.HasPrefix(rest, "-->") && (newline || len(s.tokens) == 0):
			s.fail(diag.SyntaxError, s.pos, s.pos+strings.Index(rest, "--")+2, "HTML comments cannot stand in a rule")
			s.problem.notes = append(s.problem.notes, "browsers skip what follows on the line; write // instead")
			return newline, false
		default:
			return newline, true
		}
	}
	return newline, true
}

// piece reads the token at pos and says what it is.
func (s *scanner) piece(newline bool) tokenKind {
	rest := s.text[s.pos:]
	r, n := utf8.DecodeRuneInString(rest)
	switch {
	case wordLen(rest) > 0: // a lone backslash begins no word
		s.pos += wordLen(rest)
		return wordToken
	case r == '#' && len(rest) > 1 && wordLen(rest[1:]) > 0:
		s.pos += 1 + wordLen(rest[1:])
		return privateToken
	case isDigit(rest[0]), r == '.' && len(rest) > 1 && isDigit(rest[1]):
		s.pos += numberLen(rest)
		return numberToken
	case r == '\'' || r == '"':
		s.quoted(rest, byte(r))
		return stringToken
	case r == '`':
		s.template()
		return templateToken
	case r == '}' && s.top().substitution:
		s.template()
		return templateToken
	case r == '/':
		if s.slash(rest, newline) {
			return regexpToken
		}
	}
	for _, p := range puncts {
		if strings.HasPrefix(rest, p) && (p != "?." || len(rest) < 3 || !isDigit(rest[2])) {
			s.pos += len(p)
			return punctToken
		}
	}
	s.pos += n
	return punctToken
}

// puncts are the tokens of several characters that matter here, longest first.
var puncts = []string{"...", "=>", "?.", "??", "++", "--"}

func (s *scanner) quoted(rest string, quote byte) {
	for i := 1; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == quote:
			s.pos += i + 1
			return
		case c == '\\':
			i++
			if i < len(rest) && rest[i] == '\r' && i+1 < len(rest) && rest[i+1] == '\n' {
				i++
			}
		case c == '\n' || c == '\r':
			s.fail(diag.SyntaxError, s.pos, s.pos+i, "the string is not closed on its line")
			return
		}
	}
	s.fail(diag.SyntaxError, s.pos, len(s.text), "the string is never closed")
}

// template reads from ` or } to the next ` or ${.
func (s *scanner) template() {
	for i := s.pos + 1; i < len(s.text); i++ {
		switch {
		case s.text[i] == '\\':
			i++
		case s.text[i] == '`':
			s.pos = i + 1
			return
		case strings.HasPrefix(s.text[i:], "${"):
			s.pos = i + 2
			return
		}
	}
	s.fail(diag.SyntaxError, s.pos, len(s.text), "unexpected end of the rule: the template literal is never closed")
}

// slash reports whether the slash at pos opens a regular expression, and reads it.
func (s *scanner) slash(rest string, newline bool) bool {
	operand, sure := s.operandFollows()
	if sure && !operand {
		return false
	}
	end := regexpLen(rest)
	if end == 0 {
		if sure {
			s.fail(diag.SyntaxError, s.pos, s.pos+lineEnd(rest), "the regular expression is not closed on its line")
		}
		return false
	}
	if sure {
		s.pos += end
		return true
	}
	if strings.ContainsAny(rest[1:end-1], "()[]{}'\"`/*") && !s.ambiguous {
		s.boundRest() // the readings differ in what matters here
	}
	if t, text := s.last(); s.problem != nil || t.kind != wordToken && text != ">" && !newline {
		return false
	}
	s.pos += end
	return true
}

// operandFollows reports whether an operand, and so a regular expression, may
// stand at pos; sure is false where the tokens before do not tell.
func (s *scanner) operandFollows() (operand, sure bool) {
	t, text := s.last()
	switch t.kind {
	case numberToken, stringToken, regexpToken, privateToken:
		return false, true
	case templateToken:
		return opensSubstitution(text), true
	case wordToken:
		if s.memberName(len(s.tokens) - 1) {
			return false, true
		}
		switch text {
		case "yield", "await", "of", "async", "let", "static", "as", "satisfies":
			return true, false
		}
		return operandWords[text], true
	}
	switch text {
	case ")":
		return s.closedHeader(t), true
	case "}":
		return true, false
	case "]", "++", "--":
		return false, true
	case "!":
		return true, !s.typescript || s.prefixMark()
	case ">":
		return true, !s.typescript
	}
	return true, true
}

// prefixMark reports whether the ! before pos negates, and is not TypeScript's
// mark behind an operand.
func (s *scanner) prefixMark() bool {
	if len(s.tokens) < 2 {
		return true
	}
	t := s.tokens[len(s.tokens)-2]
	text := s.textOf(t)
	switch t.kind {
	case punctToken:
		return text != "]" && text != "}" && (text != ")" || s.closedHeader(t))
	case wordToken:
		return operandWords[text]
	}
	return false
}

// closedHeader reports whether the ) closes the head of an if or a loop.
func (s *scanner) closedHeader(t token) bool {
	if t.match < 1 {
		return false
	}
	before := s.tokens[t.match-1]
	if before.kind != wordToken || s.memberName(t.match-1) {
		return false
	}
	switch s.textOf(before) {
	case "if", "while", "for", "with":
		return true
	case "await":
		return t.match >= 2 && s.textOf(s.tokens[t.match-2]) == "for"
	}
	return false
}

// memberName reports whether the word token is the name behind a dot.
func (s *scanner) memberName(i int) bool {
	if i == 0 {
		return false
	}
	before := s.textOf(s.tokens[i-1])
	return before == "." || before == "?."
}

// operandWords are the words behind which an operand stands.
var operandWords = wordSet("return typeof case do else in instanceof new void delete throw")

// boundRest ends the scan at a slash that the tokens do not explain: the rest is
// accepted when even all its brackets together cannot nest too deep.
func (s *scanner) boundRest() {
	brackets, operators, arrows := 0, 0, strings.Count(s.text[s.pos:], "=>")
	for i := s.pos; i < len(s.text); i++ {
		switch s.text[i] {
		case '(', '[', '{':
			brackets++
		case '+', '-', '!', '~', '=', '?', ':', '*', '/', '%', '&', '|', '^', '<', '>', '.':
			operators++
		}
	}
	words := strings.Count(s.text[s.pos:], "e") // typeof, delete, else, while, …: all but if, for, do, void, new, with
	if len(s.frames)+brackets > maxNesting || s.chainSum+operators+words > maxChain || arrows > maxRetry {
		s.fail(diag.NestingTooDeep, s.pos, s.pos+1, "the rest of the text may nest too deep to be read")
		s.problem.notes = append(s.problem.notes, "a regular expression stands where its slash could also divide: put it into a variable or into parentheses")
		return
	}
	s.ambiguous = true
}
