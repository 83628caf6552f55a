package simplify

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// inline puts the value of a variable where it is read, when that is one place, in the next
// step that does more than to give other variables values:
//
//	let domain = split(user.email, "@")[1]
//	if domain == "example.com" { … }        ->  if split(user.email, "@")[1] == "example.com" { … }
//
// Nothing is written between the two, and the value is computed once as before. Where the
// step does not compute that place in any case, the value must be one that does not throw.
func inline(r *ir.Rule) *ir.Rule {
	in := &inliner{bindings: ir.Bindings(r)}
	return ir.Rewriter{Steps: in.steps}.Rule(r)
}

type inliner struct {
	bindings map[string]*ir.Binding
}

func (in *inliner) steps(steps []ir.Step) []ir.Step {
	for i := len(steps) - 2; i >= 0; i-- {
		let, ok := steps[i].(*ir.Let)
		if !ok {
			continue
		}
		b := in.bindings[let.Name]
		if _, once := b.Once(); !once || b.Reads != 1 || b.Bases > 0 {
			continue
		}
		at := in.reader(let, steps[i+1:])
		if at < 0 {
			continue
		}
		at += i + 1
		put := ir.MapStep(steps[at], func(e ir.Expr) ir.Expr { return substitute(e, let) }, nil)
		made := append(slices.Clone(steps[:i]), steps[i+1:at]...)
		made = append(made, put)
		steps = append(made, steps[at+1:]...)
	}
	return steps
}

// reader is the step that reads the variable and can take its value; -1 for none.
func (in *inliner) reader(let *ir.Let, behind []ir.Step) int {
	for i, s := range behind {
		if reads(s, let.Name) {
			if canTake(s, let) {
				return i
			}
			return -1
		}
		other, ok := s.(*ir.Let)
		if !ok || other.Name == let.Name || readsLocal(let.Value, other.Name) {
			return -1
		}
	}
	return -1
}

// reads reports whether the expressions of s itself read a variable.
func reads(s ir.Step, name string) bool {
	found := false
	ir.EachExpr(s, func(e ir.Expr) { found = found || readsLocal(e, name) })
	return found
}

// canTake reports whether the value may stand in s, which reads the variable once.
func canTake(s ir.Step, let *ir.Let) bool {
	free := ir.Total(let.Value)
	place := never
	switch s := s.(type) {
	case *ir.Count: // computes its condition again and again
		return false
	case *ir.Default:
		for _, key := range s.Target.Keys {
			place = max(place, placeOf(key, let.Name))
		}
		place = max(place, min(placeOf(s.Value, let.Name), sometimes))
	default:
		ir.EachExpr(s, func(e ir.Expr) { place = max(place, placeOf(e, let.Name)) })
	}
	return place == always || place == sometimes && free
}

// frequency is how often an expression computes a part of it.
type frequency uint8

const (
	never     frequency = iota // it has no such part
	often                      // for each item of an array, or where an item has a name
	sometimes                  // once at most
	always                     // once
)

// placeOf is how often e computes the one place where it reads a variable.
func placeOf(e ir.Expr, name string) frequency {
	rarely := func(x ir.Expr) frequency { return min(placeOf(x, name), sometimes) }
	switch e := e.(type) {
	case *ir.Local:
		if e.Name == name {
			return always
		}
		return never
	case *ir.And:
		return max(placeOf(e.X, name), rarely(e.Y))
	case *ir.Or:
		return max(placeOf(e.X, name), rarely(e.Y))
	case *ir.Coalesce:
		return max(placeOf(e.X, name), rarely(e.Y))
	case *ir.Cond:
		return max(placeOf(e.If, name), rarely(e.Then), rarely(e.Else))
	case *ir.OptGet:
		return max(placeOf(e.X, name), min(placeOf(e.Then, name), often)) // names of items may clash there
	case *ir.Each:
		return max(placeOf(e.List, name), min(placeOf(e.Body, name), often))
	}
	place := never
	ir.EachOperand(e, func(x ir.Expr) { place = max(place, placeOf(x, name)) })
	return place
}

// substitute is e with the variable's value in its place.
func substitute(e ir.Expr, let *ir.Let) ir.Expr {
	return ir.Rewriter{Expr: func(x ir.Expr) ir.Expr {
		if local, ok := x.(*ir.Local); ok && local.Name == let.Name {
			return let.Value
		}
		return x
	}}.Of(e)
}
