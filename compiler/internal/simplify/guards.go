package simplify

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// guards merges and flattens Ifs:
//
//	if true { … } else {}                      ->  …
//	if c {} else { … }                         ->  if not(c) { … }
//	if c {}                                    ->  eval c
//	if a { if b { … } }                        ->  if a and b { … }
//	if c { …; return } else { … }              ->  if c { …; return }; …
//	if c { … } else { …; return }              ->  if not(c) { …; return }; …
//
// Each way through the steps stays the same way.
func guards(r *ir.Rule) *ir.Rule {
	return ir.Rewriter{Step: guard}.Rule(r)
}

func guard(s ir.Step) []ir.Step {
	cond, ok := s.(*ir.If)
	if !ok {
		return []ir.Step{s}
	}
	if truthy, known := truth(cond.Cond); known {
		if truthy {
			return cond.Then
		}
		return cond.Else
	}
	switch {
	case len(cond.Then) == 0 && len(cond.Else) == 0:
		return []ir.Step{&ir.Eval{At: cond.At, X: cond.Cond}}
	case len(cond.Then) == 0:
		return []ir.Step{&ir.If{At: cond.At, Cond: negated(cond.Cond), Then: cond.Else}}
	case len(cond.Else) == 0:
		if len(cond.Then) != 1 {
			return []ir.Step{s}
		}
		inner, ok := cond.Then[0].(*ir.If)
		if !ok || len(inner.Else) > 0 {
			return []ir.Step{s}
		}
		both := &ir.And{At: cond.Cond.Span(), X: cond.Cond, Y: inner.Cond}
		return []ir.Step{&ir.If{At: cond.At, Cond: both, Then: inner.Then}}
	case ir.Ends(cond.Then):
		return append([]ir.Step{&ir.If{At: cond.At, Cond: cond.Cond, Then: cond.Then}}, cond.Else...)
	case ir.Ends(cond.Else):
		first := &ir.If{At: cond.At, Cond: negated(cond.Cond), Then: cond.Else}
		return append([]ir.Step{first}, slices.Clone(cond.Then)...)
	}
	return []ir.Step{s}
}

// negated is a test that holds where e is falsy.
func negated(e ir.Expr) ir.Expr {
	if not, ok := e.(*ir.Not); ok {
		return not.X
	}
	return &ir.Not{At: e.Span(), X: e}
}
