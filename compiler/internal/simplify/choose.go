package simplify

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// choose makes one Let of an If that does nothing but give a variable a value:
//
//	if c { let x = a } else { let x = b }  ->  let x = (if c then a else b)
//	let x = a                              |
//	if c { let x = b }                     |->  let x = (if c then b else a)
//
// The second form needs an a that does not throw, as it is now computed only where c is
// falsy, and c and b that do not read x.
func choose(r *ir.Rule) *ir.Rule {
	return ir.Rewriter{Step: chooseBranch, Steps: chooseAgain}.Rule(r)
}

func chooseBranch(s ir.Step) []ir.Step {
	cond, ok := s.(*ir.If)
	if !ok {
		return []ir.Step{s}
	}
	then, otherwise := onlyLet(cond.Then), onlyLet(cond.Else)
	if then == nil || otherwise == nil || then.Name != otherwise.Name {
		return []ir.Step{s}
	}
	value := &ir.Cond{At: cond.At, If: cond.Cond, Then: then.Value, Else: otherwise.Value}
	return []ir.Step{&ir.Let{At: cond.At, Name: then.Name, Value: value}}
}

func onlyLet(steps []ir.Step) *ir.Let {
	if len(steps) != 1 {
		return nil
	}
	let, _ := steps[0].(*ir.Let)
	return let
}

func chooseAgain(steps []ir.Step) []ir.Step {
	for i := 1; i < len(steps); i++ {
		first, ok := steps[i-1].(*ir.Let)
		cond, isIf := steps[i].(*ir.If)
		if !ok || !isIf || len(cond.Else) > 0 || !ir.Total(first.Value) || readsLocal(cond.Cond, first.Name) {
			continue
		}
		again := onlyLet(cond.Then)
		if again == nil || again.Name != first.Name || readsLocal(again.Value, first.Name) {
			continue
		}
		value := &ir.Cond{At: cond.At, If: cond.Cond, Then: again.Value, Else: first.Value}
		steps = append(slices.Clone(steps[:i-1]), steps[i:]...)
		i--
		steps[i] = &ir.Let{At: cond.At, Name: first.Name, Value: value}
	}
	return steps
}

// readsLocal reports whether e reads a variable.
func readsLocal(e ir.Expr, name string) bool {
	found := false
	ir.WalkExpr(e, func(x ir.Expr) bool {
		local, ok := x.(*ir.Local)
		found = found || ok && local.Name == name
		return !found
	})
	return found
}
