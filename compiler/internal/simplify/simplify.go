// Package simplify makes a rule smaller without changing what it does. What goes in and
// comes out is a rule in the compiler's intermediate form.
//
// The passes run in the order of the list until none changes anything:
//
//	propagate   a variable that is one constant, or another name of user, context or a
//	            variable, is read no more
//	fold        expressions of constants become constants
//	choose      an If that gives a variable one value or another becomes one Let
//	inline      a variable that is read once, right behind, is read no more
//	guards      Ifs with a constant condition, without steps, within each other
//	blocks      blocks that nothing leaves, jumps to where control goes anyway
//	dead        steps behind a Return, an Exit or a jump; computations without use
//	tidy        the rule's list of variables
//
// An expression that may throw in JavaScript is never dropped, nor moved to where it may
// be left out: it stays as an Eval. One that throws may come earlier or later than another
// that does, because both leave the lowered program.
package simplify

import "github.com/ferrule-rules/ferrule/compiler/ir"

// passes are run in this order: each leaves less to those behind it.
var passes = []func(*ir.Rule) *ir.Rule{propagate, fold, choose, inline, guards, blocks, dead, tidy}

// maxRounds ends what should have ended by itself long before; the rule is right then, too.
const maxRounds = 200

// Rule answers the simpler form of r; r itself when there is none.
func Rule(r *ir.Rule) *ir.Rule {
	for range maxRounds {
		next := r
		for _, pass := range passes {
			next = pass(next)
		}
		if next == r {
			break
		}
		r = next
	}
	return r
}
