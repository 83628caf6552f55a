package recognize

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// denyElse puts a denial into the Then of its If:
//
//	if ok { … } else { deny; return }  ->  if not(ok) { deny; return } else { … }
func denyElse(s ir.Step) (ir.Step, bool) {
	cond, ok := s.(*ir.If)
	if !ok || len(cond.Then) == 0 || !denies(cond.Else) || denies(cond.Then) {
		return nil, false
	}
	return &ir.If{At: cond.At, Cond: negated(cond.Cond), Then: cond.Else, Else: cond.Then}, true
}

// denies reports whether steps are a denial and no more.
func denies(steps []ir.Step) bool {
	if len(steps) == 0 || len(steps) > 2 {
		return false
	}
	_, deny := steps[0].(*ir.Deny)
	if len(steps) == 2 {
		_, returns := steps[1].(*ir.Return)
		return deny && returns
	}
	return deny
}

// denyLast puts a denial that ends the steps behind an If into one:
//
//	if ok { …; return }        if not(ok) { deny; return }
//	deny; return           ->  …; return
//
// Steps of a rule end at their last in any case; others must end in a Return.
func denyLast(steps []ir.Step, ofRule bool) ([]ir.Step, bool) {
	for i, s := range steps {
		cond, ok := s.(*ir.If)
		rest := steps[i+1:]
		if !ok || len(cond.Else) > 0 || !denies(rest) || denies(cond.Then) || !ir.Ends(cond.Then) || !ofRule && !ir.Ends(rest) {
			continue
		}
		if !ir.Ends(rest) {
			rest = append(slices.Clone(rest), &ir.Return{At: rest[0].Span()})
		}
		made := append(slices.Clone(steps[:i]), &ir.If{At: cond.At, Cond: negated(cond.Cond), Then: rest})
		return append(made, cond.Then...), true
	}
	return nil, false
}
