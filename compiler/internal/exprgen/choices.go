package exprgen

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// and writes the value of x && y. Booleans keep the operator; what is no boolean becomes a
// choice, without computing x twice unless it is a variable:
//
//	a && b   ->  truthy(a) ? b : a
//	a && b && c  ->  truthy(a) ? (truthy(b) ? c : b) : a
//	f() && b ->  let it = f(); truthy(it) ? b : it
func (g *gen) and(e *ir.And) piece {
	if x, ok := e.X.(*ir.And); ok && !boolean(x) {
		return g.and(&ir.And{At: e.At, X: x.X, Y: &ir.And{At: e.At, X: x.Y, Y: e.Y}})
	}
	switch {
	case boolean(e.X) && boolean(e.Y):
		return g.test(e)
	case boolean(e.X):
		return choose(e.At, g.test(e.X), g.value(e.Y), leaf(e.X.Span(), "false"))
	}
	if x := whenFalsy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.value(e.Y), g.value(x))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), g.value(e.Y), it)
	})
}

// or writes the value of x || y, likewise:
//
//	a || b || c  ->  truthy(a) ? a : truthy(b) ? b : c
//	a && b || c  ->  truthy(a) && truthy(b) ? b : c
func (g *gen) or(e *ir.Or) piece {
	if x, ok := e.X.(*ir.Or); ok && !boolean(x) {
		return g.or(&ir.Or{At: e.At, X: x.X, Y: &ir.Or{At: e.At, X: x.Y, Y: e.Y}})
	}
	switch {
	case boolean(e.X) && boolean(e.Y):
		return g.test(e)
	case boolean(e.X):
		return choose(e.At, g.test(e.X), leaf(e.X.Span(), "true"), g.value(e.Y))
	}
	if x := whenTruthy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.value(x), g.value(e.Y))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), it, g.value(e.Y))
	})
}

// coalesce writes x ?? y.
func (g *gen) coalesce(e *ir.Coalesce) piece {
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.At, "isNullish", it), g.value(e.Y), it)
	})
}

func (g *gen) cond(e *ir.Cond) piece {
	return choose(e.At, g.test(e.If), g.value(e.Then), g.value(e.Else))
}

// optGet writes x?.y as isNullish(x) ? undefined : x.y.
//
// An item that is written # cannot stand in the body of an Each inside y: it gets a name.
func (g *gen) optGet(e *ir.OptGet) piece {
	twice := simple(e.X)
	switch e.X.(type) {
	case *ir.ItemVar:
		twice = !readInside(e.Then, e.Name)
	case *ir.Const:
		twice = false
	}
	return g.letUnless(twice, e.At, e.X, func(it piece) piece {
		g.items = append(g.items, binding{e.Name, it})
		then := g.value(e.Then)
		g.items = g.items[:len(g.items)-1]
		return choose(e.At, call(e.At, "isNullish", it), word("undefined"), then)
	})
}

// let writes what body makes of the value of x, which is computed once. What can be
// written twice is.
func (g *gen) let(at source.Span, x ir.Expr, body func(it piece) piece) piece {
	return g.letUnless(simple(x), at, x, body)
}

func (g *gen) letUnless(twice bool, at source.Span, x ir.Expr, body func(it piece) piece) piece {
	if twice {
		return body(g.value(x))
	}
	name := g.bind("it")
	value := g.value(x)
	inner := body(leaf(x.Span(), name))
	delete(g.live, name)
	return join(at, levelLet, word("let "+name+" = "), within(value, levelChoice), word("; "), inner)
}

// bind makes a name near the wanted one that no let around has.
func (g *gen) bind(wanted string) string {
	name := g.names.Item(wanted)
	for i := 2; g.live[name]; i++ {
		name = g.names.Item(wanted + strconv.Itoa(i))
	}
	g.live[name] = true
	return name
}

// whenTruthy is an expression that can be written twice and has the value of e where e is
// truthy; nil when there is none.
func whenTruthy(e ir.Expr) ir.Expr {
	if and, ok := e.(*ir.And); ok {
		return whenTruthy(and.Y)
	}
	if simple(e) {
		return e
	}
	return nil
}

// whenFalsy is likewise the value of e where e is falsy.
func whenFalsy(e ir.Expr) ir.Expr {
	if or, ok := e.(*ir.Or); ok {
		return whenFalsy(or.Y)
	}
	if simple(e) {
		return e
	}
	return nil
}

// simple reports whether an expression is cheap to compute twice.
func simple(e ir.Expr) bool {
	switch e.(type) {
	case *ir.Const, *ir.Root, *ir.Local, *ir.Path, *ir.ItemVar:
		return true
	}
	return false
}
