package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// edit is a change of the text that mends a finding and nothing else.
type edit struct {
	code       diag.Code
	found      int // offset of the finding
	start, end int
	text       string
}

// mend notes a safe change for the finding that is made at a place.
func (r *rule) mend(code diag.Code, found source.Span, start, end int, text string) {
	r.edits = append(r.edits, edit{code, found.Start.Offset, start, end, text})
}

// Fix is a rule's text with the safe changes made, and how many there are: such that cannot
// change what the rule does where it is right. A silenced finding is left as it is.
func Fix(file *source.File) (text string, n int) {
	r := read(file)
	if r == nil {
		return file.Text, 0
	}
	found := r.check()
	r.mendDates()
	left := slices.DeleteFunc(r.edits, func(e edit) bool {
		return !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code == e.code && d.Span.Start.Offset == e.found })
	})
	slices.SortFunc(left, func(a, b edit) int { return b.start - a.start })
	text = file.Text
	end := len(text)
	for _, e := range left {
		if e.end > end {
			continue // inside of another change
		}
		text = text[:e.start] + e.text + text[e.end:]
		end = e.start
		n++
	}
	return text, n
}

// mendDates notes the changes of calls and comparisons that L29 finds.
func (r *rule) mendDates() {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Call:
			object, name := method(n)
			if object != nil && r.isGlobal(object, "Date") && strings.HasPrefix(name, "get") {
				at := object.Span()
				r.mend("L29", n.Span(), at.Start.Offset, at.End.Offset, "new Date()")
			}
		case *ast.Binary:
			typeOf, ok := n.Left.(*ast.Unary)
			if ok && typeOf.Op == "typeof" && r.isGlobal(n.Right, "undefined") && strings.HasPrefix(n.Op, "=") {
				at := n.Right.Span()
				r.mend("L29", n.Span(), at.Start.Offset, at.End.Offset, "'undefined'")
			}
		}
	}
}
