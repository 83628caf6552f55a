package celgen

import (
	"math"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

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
		if p.text[0] == '-' {
			p.level = levelUnary
		}
		return p
	}
	if jsvalue.IsUndefined(e.Value) {
		return leaf(e.At, "undefined")
	}
	return g.fail("a constant of type %T", e.Value)
}

// number writes a float64 so that CEL reads it exactly, as a double.
func number(x float64) string {
	switch {
	case math.IsNaN(x):
		return `double("NaN")`
	case math.IsInf(x, 1):
		return `double("Infinity")`
	case math.IsInf(x, -1):
		return `double("-Infinity")`
	case math.Abs(x) >= 1<<53 || math.Abs(x) < 1e-6 && x != 0:
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}
	return text
}

func (g *gen) local(e *ir.Local) piece {
	spelled, ok := g.names.Local(e.Name)
	if !ok {
		return g.fail("%s is no variable of the rule", e.Name)
	}
	return leaf(e.At, spelled)
}

// call writes a function of the library; arguments that would be undefined are left out at
// the end.
func (g *gen) call(e *ir.Call) piece {
	if e.Func == "same" && len(e.Args) == 2 {
		return g.same(e, e, "==")
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
	pieces := make([]piece, 0, len(args)+1)
	for _, arg := range args {
		pieces = append(pieces, g.value(arg))
	}
	if f.Run {
		pieces = append(pieces, word("run"))
	}
	return call(e.At, e.Func, pieces...)
}

// same writes x === y, or with != x !== y: as CEL's operator where one side is a primitive,
// and the other of its type or dyn. What may be anything comes first: its equality counts.
func (g *gen) same(e ir.Expr, c *ir.Call, operator string) piece {
	x, y := c.Args[0], c.Args[1]
	if dynamic(y) && !undefinedConst(y) {
		x, y = y, x
	}
	if t := ir.TypeOf(y); t.Primitive() && (dynamic(x) || t == ir.TypeOf(x)) {
		return binary(e.Span(), g.value(x), " "+operator+" ", g.value(y), levelCompare, levelCompare+1, levelCompare+1)
	}
	same := call(c.At, "same", g.value(c.Args[0]), g.value(c.Args[1]))
	if operator == "!=" {
		return join(e.Span(), levelUnary, word("!"), same)
	}
	return same
}

// not writes !x; that of === has an operator of its own.
func (g *gen) not(e *ir.Not) piece {
	if x, ok := e.X.(*ir.Call); ok && x.Func == "same" && len(x.Args) == 2 {
		return g.same(e, x, "!=")
	}
	return join(e.At, levelUnary, word("!"), within(g.test(e.X), levelUnary))
}

// in writes x in ["a", "b"].
func (g *gen) in(e *ir.In) piece {
	members := make([]piece, 0, len(e.Set))
	alike := true
	for _, member := range e.Set {
		c := &ir.Const{At: e.At, Value: member}
		members = append(members, g.constant(c))
		alike = alike && ir.TypeOf(c) == ir.TypeOf(e.X)
	}
	x := g.value(e.X)
	if !alike && !dynamic(e.X) {
		x = call(e.X.Span(), "dyn", x)
	}
	set := join(e.At, levelPrimary, listed("[", members, "]")...)
	return binary(e.At, x, " in ", set, levelCompare, levelCompare+1, levelCompare+1)
}

func undefinedConst(e ir.Expr) bool {
	c, ok := e.(*ir.Const)
	return ok && jsvalue.IsUndefined(c.Value)
}
