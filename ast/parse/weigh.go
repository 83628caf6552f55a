package parse

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
)

// brackets opens and closes frames for the token just added.
func (s *scanner) brackets(i int) {
	t := s.tokens[i]
	text := s.textOf(t)
	switch {
	case t.kind == templateToken:
		if text[0] == '}' {
			s.close(i)
		}
		if opensSubstitution(text) {
			s.open(i)
			s.top().substitution = true
		}
	case t.kind != punctToken:
	case text == "(" || text == "[" || text == "{":
		s.open(i)
	case text == ")" || text == "]" || text == "}":
		s.closeBracket(i, text)
	}
}

// opensSubstitution reports whether a piece of a template ends in ${.
func opensSubstitution(text string) bool {
	return len(text) >= 3 && strings.HasSuffix(text, "${") // the scanner stops at no escaped one
}

func (s *scanner) open(i int) {
	if len(s.frames) > maxNesting {
		t := s.tokens[i]
		s.fail(diag.NestingTooDeep, t.start, t.end, "brackets nest deeper than %d levels", maxNesting)
		return
	}
	s.frames = append(s.frames, frame{open: i})
}

func (s *scanner) closeBracket(i int, text string) {
	t := s.tokens[i]
	open := s.top().open
	if open < 0 {
		s.fail(diag.NotOneExpression, t.start, t.end, "%s closes nothing", text)
		return
	}
	opener := s.textOf(s.tokens[open])
	if pairs[opener] != text {
		if len(opener) > 1 {
			opener = "${"
		}
		s.fail(diag.SyntaxError, t.start, t.end, "unexpected %s: %s is still open", text, opener)
		s.problem.notes = append(s.problem.notes, "opened at "+position(s.text, s.tokens[open].start))
		return
	}
	s.close(i)
}

var pairs = map[string]string{"(": ")", "[": "]", "{": "}"}

// close ends the innermost frame at token i and hands its retries on.
func (s *scanner) close(i int) {
	f := *s.top()
	s.frames = s.frames[:len(s.frames)-1]
	s.chainSum -= f.chain + f.elses
	s.tokens[i].match, s.tokens[f.open].match = f.open, i
	outer := s.top()
	outer.inner = max(outer.inner, f.worst, f.again+f.inner)
}

// weigh counts what makes the parsers recurse or read again without a bracket:
// chains of operators, of else, of arrow functions.
func (s *scanner) weigh(t token) {
	f := s.top()
	text := s.textOf(t)
	before, beforeText := s.last()
	if s.ends(t, text, before, beforeText) {
		s.endChain(f)
	}
	switch {
	case t.kind == punctToken:
		switch text {
		case ";", ",":
			s.endChain(f)
			return
		case ")", "]", "}", "{":
			return
		case "?":
			f.question = true
		case ":":
			if s.typescript && f.question && beforeText == ")" {
				f.again++ // (b): c may begin an arrow function with a result type
			}
		case "=>":
			if beforeText == ")" {
				f.inner++ // goja reads the parameters a second time
			}
		}
		if before.end == t.start && continuesOperator(beforeText, text) {
			return
		}
		f.chain++
		s.chainSum++
	case t.kind == wordToken && text == "else":
		f.elses++
		s.chainSum++
	case t.kind == wordToken && chainWords[text] || t.kind == templateToken:
		f.chain++
		s.chainSum++
	}
	if s.chainSum > maxChain || max(f.worst, f.again+f.inner) > maxRetry {
		s.fail(diag.NestingTooDeep, t.start, t.end, "the expression is too deep to be read")
		s.problem.notes = append(s.problem.notes, fmt.Sprintf("at most %d operators may depend on each other", maxChain))
	}
}

// continuesOperator reports whether a character goes on with the operator that the
// one before it began, as in === and &&.
func continuesOperator(before, text string) bool {
	switch text {
	case "=", "&", "|", "<", ">", "*":
		return before == text || text == "=" && len(before) == 1 && strings.Contains("+-*/%&|^<>!", before)
	}
	return false
}

// chainWords are the words that make a parser go one level down.
var chainWords = wordSet("typeof void delete new await yield if for while with do in instanceof async function class extends case return throw as satisfies keyof infer readonly unique is asserts")

// ends reports whether a statement must have ended before t: two operands cannot
// follow each other.
func (s *scanner) ends(t token, text string, before token, beforeText string) bool {
	if t.kind == punctToken || t.kind == templateToken || t.kind == regexpToken || len(s.tokens) == 0 {
		return false
	}
	if t.kind == wordToken {
		switch text {
		case "in", "instanceof", "of", "as", "satisfies", "is", "extends", "else", "while", "catch", "finally", "from":
			return false
		}
	}
	switch before.kind {
	case numberToken, stringToken, regexpToken:
		return true
	case wordToken:
		return t.newline && !operandWords[beforeText] && !chainWords[beforeText]
	case punctToken:
		return beforeText == "]" || beforeText == "}" || beforeText == ")" && !s.closedHeader(before)
	}
	return false
}

// endChain begins a new statement or list element. The elses stay: an else hangs
// on what stands before the semicolon.
func (s *scanner) endChain(f *frame) {
	s.chainSum -= f.chain
	f.chain = 0
	f.worst = max(f.worst, f.again+f.inner)
	f.again, f.inner, f.question = 0, 0, false
}
