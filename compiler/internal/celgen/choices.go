package celgen

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// and writes the value of x && y. Of booleans it is a test; what is no boolean becomes a
// choice, without computing x twice unless it is a variable:
//
//	a && b   ->  truthy(a) ? b : a
//	f() && b ->  cel.bind(it, f(), truthy(it) ? b : it)
func (g *gen) and(e *ir.And) piece {
	switch {
	case boolean(e.X) && boolean(e.Y):
		return g.test(e)
	case boolean(e.X):
		return choose(e.At, g.test(e.X), g.either(e.Y, ir.BoolType), leaf(e.X.Span(), "false"))
	}
	if x := whenFalsy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.either(e.Y, ir.TypeOf(x)), g.value(x))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), g.either(e.Y, ir.TypeOf(e.X)), it)
	})
}

// or writes the value of x || y, likewise:
//
//	a || b || c  ->  truthy(a) ? a : truthy(b) ? b : c
//	a && b || c  ->  (truthy(a) ? truthy(b) : false) ? b : c
func (g *gen) or(e *ir.Or) piece {
	if x, ok := e.X.(*ir.Or); ok && !boolean(x) {
		return g.or(&ir.Or{At: e.At, X: x.X, Y: &ir.Or{At: e.At, X: x.Y, Y: e.Y}})
	}
	switch {
	case boolean(e.X) && boolean(e.Y):
		return g.test(e)
	case boolean(e.X):
		return choose(e.At, g.test(e.X), leaf(e.X.Span(), "true"), g.either(e.Y, ir.BoolType))
	}
	if x := whenTruthy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.either(x, ir.TypeOf(e.Y)), g.value(e.Y))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), it, g.either(e.Y, ir.TypeOf(e.X)))
	})
}

// coalesce writes x ?? y.
func (g *gen) coalesce(e *ir.Coalesce) piece {
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.At, "isNullish", it), g.either(e.Y, ir.TypeOf(e.X)), it)
	})
}

func (g *gen) cond(e *ir.Cond) piece {
	return choose(e.At, g.test(e.If), g.either(e.Then, ir.TypeOf(e.Else)), g.value(e.Else))
}

// optGet writes x?.y as isNullish(x) ? undefined : get(x, "y").
func (g *gen) optGet(e *ir.OptGet) piece {
	return g.let(e.At, e.X, func(it piece) piece {
		g.items = append(g.items, binding{e.Name, it})
		then := g.value(e.Then)
		g.items = g.items[:len(g.items)-1]
		return choose(e.At, call(e.At, "isNullish", it), word("undefined"), then)
	})
}

// either writes the value of a branch whose other branch is of that type. CEL wants one type
// for both: where they differ, one becomes dyn.
func (g *gen) either(e ir.Expr, other ir.Type) piece {
	own := ir.TypeOf(e)
	if own == other && own.Primitive() || dynamic(own) || dynamic(other) {
		return g.value(e)
	}
	return call(e.Span(), "dyn", g.value(e))
}

// dynamic reports whether CEL takes values of the type for any that is asked for.
func dynamic(t ir.Type) bool { return t == ir.AnyType || t == ir.UndefinedType }

// let writes what body makes of the value of x, which is computed once. What can be
// written twice is.
func (g *gen) let(at source.Span, x ir.Expr, body func(it piece) piece) piece {
	value := g.value(x)
	if simple(x) {
		return body(value)
	}
	name := g.bind("it")
	inner := body(leaf(x.Span(), name))
	delete(g.live, name)
	return call(at, "cel.bind", word(name), value, inner)
}

// bind makes a name near the wanted one that no macro around binds.
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
