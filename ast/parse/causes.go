package parse

import (
	"fmt"
	"strings"
)

// causes guesses what the author meant where the text is no rule; message is
// esbuild's, "" when the scanner refused.
func (r *reader) causes(offset int, message string) []string {
	first, second := r.scan.word(0), r.scan.word(1)
	at := r.textAt(offset)
	switch {
	case first == "<":
		return []string{"the file looks like HTML; a rule is JavaScript"}
	case first == "def" || first == "from" && second != "" || first == "import" && strings.Contains(r.file.Text, "def "):
		return []string{"the file looks like Python; a rule is JavaScript"}
	case first == "import" || first == "export":
		return []string{"a rule is no module: load modules by require inside the function, and take export away"}
	case first == "#" || strings.HasPrefix(r.file.Text[r.file.BOM():], "#!"):
		return []string{"a rule is no program file: take the first line away"}
	case first == "module" || first == "exports" || strings.Contains(r.outside(), "module . exports"):
		return []string{"a rule has no module.exports: the file must be the function itself"}
	case strings.ContainsAny(at, "“”‘’„«»"):
		return []string{"typographic quotes do not quote: write ' or \""}
	case strings.Contains(message, `"await"`):
		return []string{"await needs an async function: async function (user, context, callback) { … }"}
	case r.functions() > 1:
		return []string{fmt.Sprintf("the file holds %d functions side by side; a rule is one function: put helpers inside it", r.functions())}
	case statementWords[first] || r.scan.kindOf(0) == stringToken || strings.HasPrefix(message, `Expected ")" but found ";"`):
		return []string{"only the function may stand in the file: put everything else inside it"}
	case r.looksLikeJSON():
		return []string{"the file looks like JSON; a rule is JavaScript"}
	case strings.HasPrefix(at, ":") && !r.typescript && strings.HasPrefix(message, "Expected"):
		return []string{"if these are types: a rule in TypeScript has a file name that ends in .ts"}
	}
	return nil
}

func (s *scanner) kindOf(i int) tokenKind {
	if i >= len(s.tokens) {
		return punctToken
	}
	return s.tokens[i].kind
}

func (r *reader) textAt(offset int) string {
	rest := r.file.Text[min(offset, len(r.file.Text)):]
	for i := range rest {
		if i > 0 {
			return rest[:i]
		}
	}
	return rest
}

// outside is the tokens that stand in no bracket, with blanks between.
func (r *reader) outside() string {
	var b strings.Builder
	for i := 0; i < len(r.scan.tokens); i++ {
		b.WriteString(r.scan.word(i) + " ")
		if m := r.scan.tokens[i].match; m > i {
			i = m
		}
	}
	return b.String()
}

// functions counts the function keywords that stand in no bracket.
func (r *reader) functions() int {
	return strings.Count(" "+r.outside(), " function ")
}
