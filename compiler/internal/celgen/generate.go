package celgen

import (
	"errors"
	"fmt"

	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Generate writes an expression as CEL text. With test the text's value is a boolean: the
// truthiness of the expression's value. Marks place parts of the text in the user's file, by
// ascending offset in code points; a part ends where the next begins.
func Generate(e ir.Expr, test bool, n *names.Names) (text string, marks []program.Mark, err error) {
	g := &gen{names: n, live: map[string]bool{}}
	var whole piece
	if test {
		whole = g.test(e)
	} else {
		whole = g.value(e)
	}
	if g.err != nil {
		return "", nil, g.err
	}
	text, marks = flatten(whole)
	return text, marks, nil
}

// gen writes one expression.
type gen struct {
	names *names.Names
	items []binding       // item variables, the innermost last
	live  map[string]bool // names that a macro around binds
	err   error           // the first
}

// binding is how an item variable is written: a name, or what it stands for.
type binding struct {
	item string
	text piece
}

// value writes an expression for its value.
func (g *gen) value(e ir.Expr) piece {
	switch e := e.(type) {
	case *ir.Const:
		return g.constant(e)
	case *ir.Root:
		return leaf(e.At, e.Name)
	case *ir.Local:
		return g.local(e)
	case *ir.Path:
		return leaf(e.At, names.Path(e.Root, e.Keys))
	case *ir.Get:
		return call(e.At, "get", g.value(e.Object), g.value(e.Key))
	case *ir.Call:
		return g.call(e)
	case *ir.Not:
		return g.not(e)
	case *ir.And:
		return g.and(e)
	case *ir.Or:
		return g.or(e)
	case *ir.Coalesce:
		return g.coalesce(e)
	case *ir.Cond:
		return g.cond(e)
	case *ir.OptGet:
		return g.optGet(e)
	case *ir.In:
		return g.in(e)
	case *ir.List:
		return g.list(e)
	case *ir.Object:
		return g.object(e)
	case *ir.Regexp:
		return leaf(e.At, "regexp("+names.Quote(e.Source)+", "+names.Quote(e.Flags)+")")
	case *ir.Each:
		return g.each(e)
	case *ir.ItemVar:
		return g.itemVar(e)
	default:
		panic(fmt.Sprintf("internal error: no CEL text for %T", e))
	}
}

// test writes the truthiness of an expression: a boolean.
//
//	a && b  ->  a ? b : false   or a && b, see covers
//	a || b  ->  a ? true : b    or a || b
func (g *gen) test(e ir.Expr) piece {
	switch e := e.(type) {
	case *ir.Const:
		if e.Truthy() {
			return leaf(e.At, "true")
		}
		return leaf(e.At, "false")
	case *ir.And:
		if covers(e.X, e.Y) {
			return binary(e.At, g.test(e.X), " && ", g.test(e.Y), levelAnd, levelAnd, levelAnd)
		}
		return choose(e.At, g.test(e.X), g.test(e.Y), word("false"))
	case *ir.Or:
		if covers(e.X, e.Y) {
			return binary(e.At, g.test(e.X), " || ", g.test(e.Y), levelOr, levelOr, levelOr)
		}
		return choose(e.At, g.test(e.X), word("true"), g.test(e.Y))
	case *ir.Cond:
		return choose(e.At, g.test(e.If), g.test(e.Then), g.test(e.Else))
	}
	if boolean(e) {
		return g.value(e)
	}
	return call(e.Span(), "truthy", g.value(e))
}

// boolean reports whether the value of an expression is always a boolean.
func boolean(e ir.Expr) bool { return ir.TypeOf(e) == ir.BoolType }

func (g *gen) fail(format string, args ...any) piece {
	if g.err == nil {
		g.err = errors.New("internal error: " + fmt.Sprintf(format, args...))
	}
	return word("null")
}
