package exprgen

import (
	"math"
	"strconv"

	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// operators are the functions that texts write as operators.
var operators = map[string]struct {
	text        string
	level       level
	left, right level // what the operands need
}{
	"same":      {" == ", levelCompare, levelCompare + 1, levelCompare + 1},
	"less":      {" < ", levelCompare, levelCompare + 1, levelCompare + 1},
	"lessEq":    {" <= ", levelCompare, levelCompare + 1, levelCompare + 1},
	"greater":   {" > ", levelCompare, levelCompare + 1, levelCompare + 1},
	"greaterEq": {" >= ", levelCompare, levelCompare + 1, levelCompare + 1},
	"add":       {" + ", levelAdd, levelAdd, levelAdd + 1},
	"sub":       {" - ", levelAdd, levelAdd, levelAdd + 1},
	"mul":       {" * ", levelTimes, levelTimes, levelTimes + 1},
	"div":       {" / ", levelTimes, levelTimes, levelTimes + 1},
	"mod":       {" % ", levelTimes, levelTimes, levelTimes + 1},
	// Words of expr: no function can have their names.
	"startsWith": {" startsWith ", levelCompare, levelCompare + 1, levelCompare + 1},
	"endsWith":   {" endsWith ", levelCompare, levelCompare + 1, levelCompare + 1},
}

// constant writes null, undefined, a boolean, a number or a string.
func (g *gen) constant(e *ir.Const) piece {
	switch value := e.Value.(type) {
	case nil:
		return leaf(e.At, "null")
	case bool:
		return leaf(e.At, strconv.FormatBool(value))
	case string:
		return leaf(e.At, names.Quote(value))
	case float64:
		p := leaf(e.At, number(value))
		if math.Signbit(value) && !math.IsNaN(value) {
			p.level = levelMinus
		}
		return p
	}
	if jsvalue.IsUndefined(e.Value) {
		return leaf(e.At, "undefined")
	}
	return g.fail("a constant of type %T", e.Value)
}

// number writes a float64 so that expr reads it exactly: integers of up to 2^53 as such,
// all others with a point or an exponent.
func number(x float64) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "Infinity"
	case math.IsInf(x, -1):
		return "-Infinity"
	case x == 0 && math.Signbit(x):
		return "-0"
	case math.Abs(x) >= 1<<53 || math.Abs(x) < 1e-6 && x != 0:
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func (g *gen) local(e *ir.Local) piece {
	spelled, ok := g.names.Local(e.Name)
	if !ok {
		return g.fail("%s is no variable of the rule", e.Name)
	}
	return leaf(e.At, spelled)
}

// get writes roles[0], roles.name or get("text", key).
func (g *gen) get(e *ir.Get) piece {
	return g.property(e, e.Object, e.Key)
}

func (g *gen) property(e ir.Expr, object, key ir.Expr) piece {
	x := g.value(object)
	_, constant := object.(*ir.Const)
	if constant || x.level < levelPrimary || first(x) == '{' {
		return call(e.Span(), "get", x, g.value(key))
	}
	if c, ok := key.(*ir.Const); ok {
		if name, ok := c.Value.(string); ok {
			return join(e.Span(), levelPrimary, x, word(names.Key(name)))
		}
	}
	return join(e.Span(), levelPrimary, x, word("["), within(g.value(key), levelChoice), word("]"))
}

// call writes a function of the library; arguments that would be undefined are left out at
// the end.
func (g *gen) call(e *ir.Call) piece {
	if e.Func == "get" && len(e.Args) == 2 {
		return g.property(e, e.Args[0], e.Args[1])
	}
	f, ok := stdlib.Lookup(e.Func)
	if !ok {
		return g.fail("the library has no function %s", e.Func)
	}
	args := e.Args
	for f.Max >= 0 && len(args) > f.Min && undefinedConst(args[len(args)-1]) {
		args = args[:len(args)-1]
	}
	if len(args) < f.Min || f.Max >= 0 && len(args) > f.Max {
		return g.fail("%s called with %d arguments", e.Func, len(args))
	}
	name := e.Func
	if op, ok := operators[e.Func]; ok {
		if len(args) == 2 {
			return binary(e.At, g.value(args[0]), op.text, g.value(args[1]), op.level, op.left, op.right)
		}
		name += "At" // startsWithAt, endsWithAt: with a position
	}
	pieces := make([]piece, 0, len(args)+1)
	for _, arg := range args {
		pieces = append(pieces, g.value(arg))
	}
	if f.Run {
		pieces = append(pieces, word("run"))
	}
	return call(e.At, name, pieces...)
}

// not writes !x; that of === and of a membership has operators of its own.
func (g *gen) not(e *ir.Not) piece {
	switch x := e.X.(type) {
	case *ir.Call:
		if x.Func == "same" && len(x.Args) == 2 {
			return binary(e.At, g.value(x.Args[0]), " != ", g.value(x.Args[1]), levelCompare, levelCompare+1, levelCompare+1)
		}
	case *ir.In:
		return g.membership(x, " not in ")
	}
	return join(e.At, levelNot, word("!"), within(g.test(e.X), levelNot))
}

// in writes x in ["a", "b"].
func (g *gen) in(e *ir.In) piece { return g.membership(e, " in ") }

func (g *gen) membership(e *ir.In, operator string) piece {
	members := make([]piece, 0, len(e.Set))
	for _, member := range e.Set {
		members = append(members, g.constant(&ir.Const{At: e.At, Value: member}))
	}
	set := join(e.At, levelPrimary, listed("[", members, "]")...)
	return binary(e.At, g.value(e.X), operator, set, levelCompare, levelCompare+1, levelCompare+1)
}

// boolean reports whether the value of an expression is always a boolean.
func boolean(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Const:
		_, ok := e.Value.(bool)
		return ok
	case *ir.Not, *ir.In:
		return true
	case *ir.And:
		return boolean(e.X) && boolean(e.Y)
	case *ir.Or:
		return boolean(e.X) && boolean(e.Y)
	case *ir.Cond:
		return boolean(e.Then) && boolean(e.Else)
	case *ir.Each:
		return e.Kind == ir.Some || e.Kind == ir.Every
	case *ir.Call:
		f, ok := stdlib.Lookup(e.Func)
		return ok && f.Result == stdlib.Bool
	}
	return false
}

func undefinedConst(e ir.Expr) bool {
	c, ok := e.(*ir.Const)
	return ok && jsvalue.IsUndefined(c.Value)
}

// truthyConst is ECMA-262 ToBoolean of a constant.
func truthyConst(value any) bool {
	switch value := value.(type) {
	case nil:
		return false
	case bool:
		return value
	case string:
		return value != ""
	case float64:
		return value != 0 && !math.IsNaN(value)
	}
	return !jsvalue.IsUndefined(value)
}
