package simplify

import (
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// propagate reads what a variable stands for in the place of the variable: its one
// constant, undefined when it never gets a value, or the object that it is another name of.
//
//	let ns = "https://example.com/"         set context.idToken[add("https://example.com/", "role")] = "admin"
//	set context.idToken[add(ns, "role")] = "admin"
//	let u = user                            deny user.email
//	deny u.email
//
// Of a literal with several parts only single parts are read: see fold.
func propagate(r *ir.Rule) *ir.Rule {
	p := &propagation{bindings: ir.Bindings(r), later: hasLaterSteps(r)}
	return ir.Rewriter{Expr: p.expr, Step: p.step}.Rule(r)
}

type propagation struct {
	bindings map[string]*ir.Binding
	later    bool // some steps run later than they stand
}

// hasLaterSteps reports whether some steps run at the end of the others: between two reads
// of a variable, a loop may have gone on.
func hasLaterSteps(r *ir.Rule) bool {
	found := false
	ir.Walk(r.Steps, func(s ir.Step) bool {
		persist, ok := s.(*ir.Persist)
		found = found || ok && len(persist.Then) > 0
		return !found
	}, nil)
	return found
}

// stands is what can stand for a variable everywhere.
func (p *propagation) stands(name string) (ir.Expr, bool) {
	b := p.bindings[name]
	if b == nil {
		return nil, false
	}
	if len(b.Lets) == 0 && b.Writes == 0 && b.Bases == 0 {
		return &ir.Const{Value: jsvalue.Undefined}, true
	}
	value, ok := b.Once()
	if !ok {
		return nil, false
	}
	switch value := value.(type) {
	case *ir.Const:
		return value, b.Bases == 0
	case *ir.Root:
		return value, true
	case *ir.Local:
		_, once := p.bindings[value.Name].Once()
		return value, once && value.Name != name && !p.later
	}
	return nil, false
}

func (p *propagation) expr(e ir.Expr) ir.Expr {
	local, ok := e.(*ir.Local)
	if !ok {
		return e
	}
	value, ok := p.stands(local.Name)
	if !ok {
		return e
	}
	return placed(value, local)
}

// placed is value with the span of what it stands for.
func placed(value ir.Expr, at ir.Expr) ir.Expr {
	switch value := value.(type) {
	case *ir.Const:
		return &ir.Const{At: at.Span(), Value: value.Value}
	case *ir.Root:
		return &ir.Root{At: at.Span(), Name: value.Name}
	case *ir.Local:
		return &ir.Local{At: at.Span(), Name: value.Name}
	default:
		panic("internal error: only names and constants are placed")
	}
}

// step replaces the base of a place.
func (p *propagation) step(s ir.Step) []ir.Step {
	at, ok := ir.Target(s)
	if !ok {
		return []ir.Step{s}
	}
	local, ok := at.Base.(*ir.Local)
	if !ok {
		return []ir.Step{s}
	}
	value, ok := p.stands(local.Name)
	if !ok {
		return []ir.Step{s}
	}
	if _, root := value.(*ir.Root); root && len(at.Keys) == 0 {
		return []ir.Step{s}
	}
	at.Base = placed(value, local)
	return []ir.Step{ir.WithTarget(s, at)}
}
