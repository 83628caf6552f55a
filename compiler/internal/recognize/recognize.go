// Package recognize rewrites the idioms of rules to their canonical form. What goes in and
// comes out is a rule in the compiler's intermediate form; its meaning stays the same for
// every login: a rewrite that is exact only sometimes is not made.
//
// The idioms, in the order in which they are tried. Operands come before what they stand
// in, so each idiom sees those above it done.
//
//	idiom       forms                                          canonical                why it is exact
//	condition   !!x, Boolean(x), x ? true : false in a test    x                        a test takes ToBoolean of its value itself
//	allowlist   list.includes(x), list.indexOf(x) against      x in {…}                 the list is constant and holds no NaN and no undefined:
//	            -1 or 0 or under ~, some, every, find,                                  ===, SameValueZero and SameValue-but-zeros agree;
//	            findIndex, filter(…).length with ===,                                   a position is tried for each place of the list
//	            new Set(list).has(x), x === a || x === b
//	loop        for … { if (test(item)) { flag = true; break } }  if some(list, test) {…}  what follows the test runs once and does not look at
//	                                                                                    the item; the list is read as far as before
//	default     o.k = o.k || v, if (!o.k) o.k = v,             default o.k = v          v is computed only where o.k is falsy, and what is
//	            o.k = o.k ? o.k : v                                                     truthy is written back as it is
//	role        if (list.indexOf(v) < 0) list.push(v) and      add v to list            the test is === for each item; includes finds NaN, so
//	            the other tests of membership                  unless there             there v must not be one
//	deny        if (ok) {…} else deny, if (ok) {… return}      if not(ok) deny, first   one branch is taken in either order
//	            deny
//	domain      split(…).pop(), split(…).at(1)                 at(split(…), -1), [1]    nothing else refers to the array
//
// A list may also be a variable that gets its constant once and is neither changed nor
// handed on. A deny by condition needs no node of its own: it is an If whose Then is a Deny
// and a Return. A table keyed by client id is a Get on an Object of constants.
package recognize

import "github.com/ferrule-rules/ferrule/compiler/ir"

// Rule answers r with its idioms in their canonical form; r itself when it has none. The
// rule that it answers holds none of the other forms.
func Rule(r *ir.Rule) *ir.Rule {
	for {
		next := once(r)
		if next == r {
			return r
		}
		r = next
	}
}

// once runs each idiom over the rule.
func once(r *ir.Rule) *ir.Rule {
	f := &finder{bindings: ir.Bindings(r), taken: names(r)}
	top := ir.Rewriter{Expr: f.expr, Step: f.step, Steps: f.steps}.Rule(r)
	if steps, ok := denyLast(top.Steps, true); ok {
		made := *top
		made.Steps = steps
		return &made
	}
	return top
}

// finder looks for idioms in one rule.
type finder struct {
	bindings map[string]*ir.Binding
	taken    map[string]bool // names of variables and item variables
}

// names are those of the rule's variables and item variables.
func names(r *ir.Rule) map[string]bool {
	taken := map[string]bool{"user": true, "context": true}
	for _, n := range r.Locals {
		taken[n] = true
	}
	ir.Walk(r.Steps, nil, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.Each:
			taken[e.Item], taken[e.Index] = true, true
		case *ir.OptGet:
			taken[e.Name] = true
		}
		return true
	})
	return taken
}

func (f *finder) expr(e ir.Expr) ir.Expr {
	e = conditions(e, f.test)
	if made, ok := f.allowlist(e); ok {
		e = made
	}
	if made, ok := position(e); ok {
		e = made
	}
	return e
}

func (f *finder) step(s ir.Step) []ir.Step {
	s = conditionsOfStep(s, f.test)
	if made, ok := defaults(s); ok {
		s = made
	}
	if made, ok := role(s); ok {
		s = made
	}
	if made, ok := f.loop(s); ok {
		s = made
	}
	if made, ok := denyElse(s); ok {
		s = made
	}
	return []ir.Step{s}
}

func (f *finder) steps(steps []ir.Step) []ir.Step {
	if made, ok := f.lastPart(steps); ok {
		steps = made
	}
	if made, ok := denyLast(steps, false); ok {
		steps = made
	}
	return steps
}
