package lint

import "github.com/ferrule-rules/ferrule/ast"

// manyStatements is how long a rule must be for its name to matter.
const manyStatements = 40

// anonymous is L42. A short rule needs no name: the file's says enough.
func anonymous(r *rule) {
	fn, ok := r.fn.(*ast.Function)
	if !ok || fn.Name != nil {
		return
	}
	statements := 0
	for _, n := range r.nodes {
		if _, ok := n.(ast.Stmt); ok {
			statements++
		}
	}
	if statements > manyStatements {
		note(r.say("L42", head(fn), "the rule's function has no name, and its stacks say <anonymous>"), "name it: function whatItDoes(user, context, callback)")
	}
}
