package parse

import (
	"fmt"
	"strings"

	"github.com/ferrule-rules/ferrule/ast/diag"
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
	case r.besideFunction(offset, message) || message == "" && r.scan.frameless():
		return []string{"only the function may stand in the file: put everything else inside it"}
	case r.looksLikeJSON():
		return []string{"the file looks like JSON; a rule is JavaScript"}
	case strings.HasPrefix(at, ":") && !r.typescript && strings.HasPrefix(message, "Expected"):
		return []string{"if these are types: a rule in TypeScript has a file name that ends in .ts"}
	}
	return nil
}

// frameless reports whether the scan stopped outside all brackets.
func (s *scanner) frameless() bool {
	return s.problem != nil && s.problem.code == diag.NotOneExpression
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
	depth := 0
	for i, t := range r.scan.tokens {
		n := r.scan.nesting(t)
		depth += min(n, 0)
		if depth == 0 {
			b.WriteString(r.scan.word(i) + " ")
		}
		depth += max(n, 0)
	}
	return b.String()
}

// functions counts the function keywords that stand in no bracket.
func (r *reader) functions() int {
	return strings.Count(" "+r.outside(), " function ")
}
