package simplify

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// blocks takes away what control does by itself:
//
//	block b { …; leave b }                     ->  …
//	block b { if c { …; leave b }; rest }      ->  if c { … } else { rest }
//	for l: x in list { …; next l }             ->  for l: x in list { … }
//	…; return                                  ->  …, at the end of the rule
//
// A block goes when nothing leaves it any more. What an inlined function answers is then a
// choice of values: see choose.
func blocks(r *ir.Rule) *ir.Rule {
	made := ir.Rewriter{Step: block}.Rule(r)
	if n := len(made.Steps); n > 0 {
		if _, ok := made.Steps[n-1].(*ir.Return); ok {
			shorter := *made
			shorter.Steps = made.Steps[:n-1]
			return &shorter
		}
	}
	return made
}

func block(s ir.Step) []ir.Step {
	switch s := s.(type) {
	case *ir.Block:
		body := jumpless(s.Body, func(x ir.Step) bool { return leaves(x, s.Label) })
		body = branched(body, s.Label)
		if !leavesWithin(body, s.Label) {
			return body
		}
		if !unchanged(body, s.Body) {
			return []ir.Step{&ir.Block{At: s.At, Label: s.Label, Body: body}}
		}
	case *ir.For:
		if body := withoutNext(s.Body, s.Label); !unchanged(body, s.Body) {
			made := *s
			made.Body = body
			return []ir.Step{&made}
		}
	case *ir.ForKeys:
		if body := withoutNext(s.Body, s.Label); !unchanged(body, s.Body) {
			made := *s
			made.Body = body
			return []ir.Step{&made}
		}
	case *ir.Count:
		if body := withoutNext(s.Body, s.Label); !unchanged(body, s.Body) {
			made := *s
			made.Body = body
			return []ir.Step{&made}
		}
	case *ir.Persist:
		if n := len(s.Then); n > 0 {
			if _, ok := s.Then[n-1].(*ir.Return); ok {
				made := *s
				made.Then = s.Then[:n-1]
				return []ir.Step{&made}
			}
		}
	}
	return []ir.Step{s}
}

func unchanged(a, b []ir.Step) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func leaves(s ir.Step, label string) bool {
	leave, ok := s.(*ir.Leave)
	return ok && leave.Label == label
}

func leavesWithin(steps []ir.Step, label string) bool {
	found := false
	ir.Walk(steps, func(s ir.Step) bool {
		found = found || leaves(s, label)
		return !found
	}, nil)
	return found
}

func withoutNext(steps []ir.Step, label string) []ir.Step {
	return jumpless(steps, func(s ir.Step) bool {
		next, ok := s.(*ir.Next)
		return ok && next.Label == label
	})
}

// jumpless is steps without the jumps at their end, at those of their last If and of their
// last block too: control goes there anyway.
func jumpless(steps []ir.Step, jump func(ir.Step) bool) []ir.Step {
	for len(steps) > 0 && jump(steps[len(steps)-1]) {
		steps = steps[:len(steps)-1]
	}
	if len(steps) == 0 {
		return nil
	}
	last := len(steps) - 1
	var made ir.Step
	switch s := steps[last].(type) {
	case *ir.If:
		then, otherwise := jumpless(s.Then, jump), jumpless(s.Else, jump)
		if unchanged(then, s.Then) && unchanged(otherwise, s.Else) {
			return steps
		}
		made = &ir.If{At: s.At, Cond: s.Cond, Then: then, Else: otherwise}
	case *ir.Block:
		body := jumpless(s.Body, jump)
		if unchanged(body, s.Body) {
			return steps
		}
		made = &ir.Block{At: s.At, Label: s.Label, Body: body}
	default:
		return steps
	}
	return append(slices.Clone(steps[:last]), made)
}

// branched puts the steps behind an If that ends in a Leave of the block into its Else.
func branched(steps []ir.Step, label string) []ir.Step {
	for i, s := range steps {
		cond, ok := s.(*ir.If)
		if !ok || len(cond.Else) > 0 || len(cond.Then) == 0 || i == len(steps)-1 {
			continue
		}
		last := len(cond.Then) - 1
		if !leaves(cond.Then[last], label) {
			continue
		}
		rest := branched(steps[i+1:], label)
		rest = jumpless(rest, func(x ir.Step) bool { return leaves(x, label) })
		made := &ir.If{At: cond.At, Cond: cond.Cond, Then: cond.Then[:last], Else: rest}
		return append(slices.Clone(steps[:i]), made)
	}
	return steps
}
