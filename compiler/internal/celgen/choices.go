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
		return choose(e.At, g.test(e.X), g.either(e.Y, e.X), leaf(e.X.Span(), "false"))
	}
	if x := whenFalsy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.either(e.Y, x), g.value(x))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), g.either(e.Y, e.X), it)
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
		return choose(e.At, g.test(e.X), leaf(e.X.Span(), "true"), g.either(e.Y, e.X))
	}
	if x := whenTruthy(e.X); x != nil {
		return choose(e.At, g.test(e.X), g.either(x, e.Y), g.value(e.Y))
	}
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.X.Span(), "truthy", it), it, g.either(e.Y, e.X))
	})
}

// coalesce writes x ?? y.
func (g *gen) coalesce(e *ir.Coalesce) piece {
	return g.let(e.At, e.X, func(it piece) piece {
		return choose(e.At, call(e.At, "isNullish", it), g.either(e.Y, e.X), it)
	})
}

func (g *gen) cond(e *ir.Cond) piece {
	return choose(e.At, g.test(e.If), g.either(e.Then, e.Else), g.value(e.Else))
}

// optGet writes x?.y as isNullish(x) ? undefined : get(x, "y").
func (g *gen) optGet(e *ir.OptGet) piece {
	x := g.value(e.X)
	if !dynamic(e.X) {
		x = call(e.X.Span(), "dyn", x) // as item variables are
	}
	return g.bound(e.At, e.X, x, func(it piece) piece {
		g.items = append(g.items, binding{e.Name, it})
		then := g.value(e.Then)
		g.items = g.items[:len(g.items)-1]
		return choose(e.At, call(e.At, "isNullish", it), word("undefined"), then)
	})
}

// either writes the value of a branch beside another. CEL wants one type for both: where they
// may differ, one becomes dyn.
func (g *gen) either(e, other ir.Expr) piece {
	if dynamic(e) || dynamic(other) {
		return g.value(e)
	}
	if own := ir.TypeOf(e); own.Primitive() && own == ir.TypeOf(other) {
		return g.value(e)
	}
	return call(e.Span(), "dyn", g.value(e))
}

// dynamic reports whether the text of e has CEL's type dyn, which goes with all others. The
// type of a choice is often that of one branch.
func dynamic(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Root, *ir.Local, *ir.Path, *ir.Get, *ir.ItemVar, *ir.Regexp:
		return true
	case *ir.Const:
		return undefinedConst(e)
	case *ir.Call:
		return !ir.TypeOf(e).Primitive()
	case *ir.Each:
		return e.Kind == ir.Find
	case *ir.And:
		return dynamic(e.X) && dynamic(e.Y)
	case *ir.Or:
		return dynamic(e.X) && dynamic(e.Y)
	case *ir.Coalesce:
		return dynamic(e.X) && dynamic(e.Y)
	case *ir.Cond:
		return dynamic(e.Then) && dynamic(e.Else)
	case *ir.OptGet:
		return dynamic(e.Then)
	}
	return false
}

// let writes what body makes of the value of x, which is computed once. What can be
// written twice is.
func (g *gen) let(at source.Span, x ir.Expr, body func(it piece) piece) piece {
	return g.bound(at, x, g.value(x), body)
}

// bound is let with the text of x.
func (g *gen) bound(at source.Span, x ir.Expr, text piece, body func(it piece) piece) piece {
	if simple(x) {
		return body(text)
	}
	name := g.bind("it")
	inner := body(leaf(x.Span(), name))
	delete(g.live, name)
	return call(at, "cel.bind", word(name), text, inner)
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
