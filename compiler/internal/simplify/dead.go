package simplify

import (
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// dead drops what is never reached and what nobody sees:
//
//	return; done                        ->  return
//	let x = user.plan, never read       ->  eval user.plan
//	eval [a, b.c]                       ->  eval b.c
//	mutate list.pop() -> x, never read  ->  mutate list.pop()
//
// A path or a call stays as an Eval, as JavaScript may throw there.
func dead(r *ir.Rule) *ir.Rule {
	d := &digger{bindings: ir.Bindings(r)}
	return ir.Rewriter{Expr: d.expr, Step: d.step, Steps: reached}.Rule(r)
}

type digger struct {
	bindings map[string]*ir.Binding
}

// unread reports whether a variable's value is never looked at.
func (d *digger) unread(name string) bool {
	b := d.bindings[name]
	return name != "" && b.Reads == 0 && b.Bases == 0
}

func (d *digger) step(s ir.Step) []ir.Step {
	switch s := s.(type) {
	case *ir.Let:
		if d.unread(s.Name) {
			return []ir.Step{&ir.Eval{At: s.At, X: s.Value}}
		}
	case *ir.Mutate:
		if d.unread(s.Result) {
			return []ir.Step{&ir.Mutate{At: s.At, Method: s.Method, Target: s.Target, Args: s.Args}}
		}
	case *ir.For:
		made := *s
		if d.unread(s.Item) {
			made.Item = ""
		}
		if d.unread(s.Index) {
			made.Index = ""
		}
		if made.Item != s.Item || made.Index != s.Index {
			return []ir.Step{&made}
		}
	case *ir.ForKeys:
		if d.unread(s.Key) {
			made := *s
			made.Key = ""
			return []ir.Step{&made}
		}
	case *ir.Eval:
		return evals(s)
	}
	return []ir.Step{s}
}

func (d *digger) expr(e ir.Expr) ir.Expr {
	each, ok := e.(*ir.Each)
	if !ok || each.Index == "" {
		return e
	}
	read := false
	ir.WalkExpr(each.Body, func(x ir.Expr) bool {
		item, ok := x.(*ir.ItemVar)
		read = read || ok && item.Name == each.Index
		return !read
	})
	if read {
		return e
	}
	made := *each
	made.Index = ""
	return &made
}

// evals is an Eval of each part of the expression that may throw.
func evals(s *ir.Eval) []ir.Step {
	parts := throwing(s.X)
	if len(parts) == 1 && parts[0] == s.X {
		return []ir.Step{s}
	}
	var made []ir.Step
	for _, x := range parts {
		made = append(made, &ir.Eval{At: s.At, X: x})
	}
	return made
}

// throwing are the parts of e that are computed in any case and may throw; e itself where
// it may throw of its own.
func throwing(e ir.Expr) []ir.Expr {
	if ir.Total(e) {
		return nil
	}
	switch e := e.(type) {
	case *ir.Not:
		return throwing(e.X)
	case *ir.In:
		return throwing(e.X)
	case *ir.And:
		if ir.Total(e.Y) {
			return throwing(e.X)
		}
	case *ir.Or:
		if ir.Total(e.Y) {
			return throwing(e.X)
		}
	case *ir.Coalesce:
		if ir.Total(e.Y) {
			return throwing(e.X)
		}
	case *ir.Cond:
		if ir.Total(e.Then) && ir.Total(e.Else) {
			return throwing(e.If)
		}
	case *ir.OptGet:
		if ir.Total(e.Then) {
			return throwing(e.X)
		}
	case *ir.Call:
		switch e.Func {
		case "same", "truthy", "typeof", "isNullish", "isArray":
			return throwingAll(e.Args)
		}
	case *ir.List:
		var all []ir.Expr
		for _, item := range e.Items {
			if item.Spread {
				return []ir.Expr{e}
			}
			all = append(all, item.X)
		}
		return throwingAll(all)
	case *ir.Object:
		var all []ir.Expr
		for _, f := range e.Fields {
			if f.Key != nil && !(ir.Total(f.Key) && ir.TypeOf(f.Key).Primitive()) {
				return []ir.Expr{e}
			}
			all = append(all, f.Value)
		}
		return throwingAll(all)
	}
	return []ir.Expr{e}
}

func throwingAll(all []ir.Expr) []ir.Expr {
	var parts []ir.Expr
	for _, x := range all {
		parts = append(parts, throwing(x)...)
	}
	return parts
}

// reached is steps up to the first behind which nothing is reached.
func reached(steps []ir.Step) []ir.Step {
	for i := range steps[:max(len(steps)-1, 0)] {
		if ir.Ends(steps[i : i+1]) {
			return slices.Clip(steps[:i+1])
		}
	}
	return steps
}

// tidy takes the variables off the list that are in no step any more, and the mark of
// changed arrays off a rule that changes none.
func tidy(r *ir.Rule) *ir.Rule {
	used, mutates := usedLocals(r)
	locals := slices.DeleteFunc(slices.Clone(r.Locals), func(n string) bool { return !used[n] })
	if len(locals) == len(r.Locals) && mutates == r.MutatesLists {
		return r
	}
	made := *r
	made.Locals, made.MutatesLists = locals, mutates
	return &made
}

// usedLocals are the variables in the steps of a rule; mutates tells whether one of the
// steps may change an array.
func usedLocals(r *ir.Rule) (used map[string]bool, mutates bool) {
	used = map[string]bool{}
	ir.Walk(r.Steps, func(s ir.Step) bool {
		switch s := s.(type) {
		case *ir.Let:
			used[s.Name] = true
		case *ir.Mutate:
			used[s.Result] = true
			mutates = mutates || ir.ListMethod(s.Method)
		case *ir.AddRole:
			mutates = true
		case *ir.Set:
			mutates = mutates || ir.WritesItem(s.Target)
		case *ir.Default:
			mutates = mutates || ir.WritesItem(s.Target)
		case *ir.Delete:
			mutates = mutates || ir.WritesItem(s.Target)
		case *ir.For:
			used[s.Item], used[s.Index] = true, true
		case *ir.ForKeys:
			used[s.Key] = true
		case *ir.Count:
			used[s.Name] = true
		}
		return true
	}, func(e ir.Expr) bool {
		if local, ok := e.(*ir.Local); ok {
			used[local.Name] = true
		}
		return true
	})
	return used, mutates && r.MutatesLists
}
