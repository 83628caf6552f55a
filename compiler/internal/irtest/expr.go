package irtest

import (
	"slices"
	"strconv"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// functions are the names of calls, with their numbers of arguments.
var (
	functions      = map[string]int{"same": 2, "less": 2, "greaterEq": 2, "equal": 2, "toLowerCase": 1, "text": 3, "add": 2, "includes": 2, "typeof": 1}
	functionNames  = []string{"same", "less", "greaterEq", "equal", "toLowerCase", "text", "add", "includes", "typeof"}
	runnableCalls  = map[string]int{"same": 2, "typeof": 1, "isNullish": 1, "includes": 2, "indexOf": 2, "truthy": 1}
	runnableNames  = []string{"same", "same", "typeof", "isNullish", "includes", "indexOf", "truthy"}
	regexpSources  = []string{"^a+$", "[/]", `\/`, "a/b", "", "\n", "é", "`", "(?:)"}
	regexpTestable = "test"
)

func (g *Generator) expr(depth int) ir.Expr {
	if depth <= 0 || g.chance(20) {
		return g.leaf()
	}
	depth--
	if g.Runnable && g.chance(15) {
		return g.membership(depth)
	}
	switch g.Rand.IntN(13) {
	case 0:
		return &ir.Get{At: at, Object: g.expr(depth), Key: g.expr(depth)}
	case 1:
		return &ir.Get{At: at, Object: g.expr(depth), Key: &ir.Const{At: at, Value: g.key()}}
	case 2:
		return g.call(depth)
	case 3:
		return &ir.Not{At: at, X: g.expr(depth)}
	case 4:
		return &ir.And{At: at, X: g.expr(depth), Y: g.expr(depth)}
	case 5:
		return &ir.Or{At: at, X: g.expr(depth), Y: g.expr(depth)}
	case 6:
		return &ir.Coalesce{At: at, X: g.expr(depth), Y: g.expr(depth)}
	case 7:
		return &ir.Cond{At: at, If: g.expr(depth), Then: g.expr(depth), Else: g.expr(depth)}
	case 8:
		name := g.item()
		return &ir.OptGet{At: at, X: g.expr(depth), Name: name, Then: g.body(depth, name)}
	case 9:
		return g.in(depth)
	case 10:
		e := &ir.List{At: at}
		for range g.Rand.IntN(3) {
			e.Items = append(e.Items, ir.Item{X: g.expr(depth), Spread: g.chance(10)})
		}
		return e
	case 11:
		return &ir.Object{At: at, Fields: g.fields(depth)}
	default:
		return g.each(depth)
	}
}

func (g *Generator) leaf() ir.Expr {
	switch n := g.Rand.IntN(8); {
	case n < 2 && len(g.items) > 0:
		return &ir.ItemVar{At: at, Name: pick(g, g.items)}
	case n < 3 && len(g.locals) > 0:
		return &ir.Local{At: at, Name: g.local()}
	case n < 5:
		e := &ir.Path{At: at, Root: g.root().Name}
		for range 1 + g.Rand.IntN(2) {
			e.Keys = append(e.Keys, g.key())
		}
		return e
	case n < 6:
		return g.root()
	default:
		return &ir.Const{At: at, Value: g.constant(false)}
	}
}

func (g *Generator) call(depth int) ir.Expr {
	names, arity := functionNames, functions
	if g.Runnable {
		names, arity = runnableNames, runnableCalls
	}
	e := &ir.Call{At: at, Func: pick(g, names)}
	for range arity[e.Func] {
		e.Args = append(e.Args, g.expr(depth))
	}
	if !g.Runnable && g.chance(10) {
		re := &ir.Regexp{At: at, Source: pick(g, regexpSources), Flags: pick(g, []string{"", "g", "i", "gi"})}
		return &ir.Call{At: at, Func: regexpTestable, Args: []ir.Expr{re, g.expr(depth)}}
	}
	return e
}

func (g *Generator) in(depth int) ir.Expr {
	e := &ir.In{At: at, X: g.expr(depth)}
	for range g.Rand.IntN(4) {
		if v := g.constant(true); !slices.Contains(e.Set, v) {
			e.Set = append(e.Set, v)
		}
	}
	return e
}

func (g *Generator) fields(depth int) []ir.Field {
	var fields []ir.Field
	for range g.Rand.IntN(3) {
		switch g.Rand.IntN(4) {
		case 0:
			fields = append(fields, ir.Field{Value: g.expr(depth)})
		case 1:
			fields = append(fields, ir.Field{Key: g.expr(depth), Value: g.expr(depth)})
		default:
			fields = append(fields, ir.Field{Key: &ir.Const{At: at, Value: g.key()}, Value: g.expr(depth)})
		}
	}
	return fields
}

func (g *Generator) each(depth int) ir.Expr {
	e := &ir.Each{At: at, Kind: ir.EachKind(1 + g.Rand.IntN(6)), List: g.expr(depth), Item: g.item()}
	names := []string{e.Item}
	if g.chance(30) {
		e.Index = g.item()
		names = append(names, e.Index)
	}
	e.Body = g.body(depth, names...)
	return e
}

// item is a new name for an item variable.
func (g *Generator) item() string {
	g.names++
	if !g.Runnable && g.chance(10) {
		return pick(g, []string{"of", "größe", "a b", "map"}) + strconv.Itoa(g.names)
	}
	return "i" + strconv.Itoa(g.names)
}

func (g *Generator) body(depth int, names ...string) ir.Expr {
	outer := g.items
	g.items = append(slices.Clip(outer), names...)
	e := g.expr(depth)
	g.items = outer
	return e
}
