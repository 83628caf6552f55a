// Package irtest makes random rules in the compiler's intermediate form, for tests of the
// packages that print, read and rewrite them, and runs rules in a plain way, so that a
// rewritten rule can be held against the one that it was made from.
//
// Rules are valid: ir.Validate accepts each. They hold every kind of step and expression,
// with names and texts chosen to be hard to print. The package stands in no program.
package irtest

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Generator makes rules. Its zero value with Rand set makes rules of every shape.
type Generator struct {
	Rand *rand.Rand
	// Runnable leaves out what [Run] does not know, and prefers values that meet each other.
	Runnable bool

	locals []string
	// searches are variables of one loop each.
	searches []string
	items    []string
	around   []label
	labels   int
	names    int
}

type label struct {
	name string
	loop bool
}

// at is a span: all that is asked of it is to be there.
var at = source.Span{Start: source.Pos{Line: 1, Column: 1}, End: source.Pos{Line: 1, Column: 2, Offset: 1}}

var (
	hardNames = []string{"roles", "x", "$", "größe", "and", "some", "key", "_", "null", "with", "a`b", "`", "a b", `"`, `\`, "é\u200b", "let", "then"}
	hardTexts = []string{"", "admin", "a \"b\"", "é ß", "\x00\n\t", "\\", "0", "`", "{}", "#", "𝒳", "\u2028"}
	hardNums  = []float64{0, 1, -1, 2, 1.5, math.Copysign(0, -1), math.NaN(), math.Inf(1), math.Inf(-1), 1e21, 1e-7, math.MaxFloat64, 5e-324}
	keys      = []string{"a", "b", "app_metadata", "roles", "https://example.com/role", "0", "in", "length", "größe", "a b", ""}
	plainKeys = []string{"a", "b", "list"}
	plainText = []string{"", "a", "b", "c"}
	plainNums = []float64{0, 1, 2, math.NaN()}
	levels    = []string{"log", "info", "warn", "error", "debug"}
	methods   = []string{"push", "pop", "shift", "unshift", "splice", "reverse", "sort", "fill", "delete"}
)

func pick[T any](g *Generator, from []T) T { return from[g.Rand.IntN(len(from))] }

func (g *Generator) chance(percent int) bool { return g.Rand.IntN(100) < percent }

// Rule makes a rule.
func (g *Generator) Rule() *ir.Rule {
	g.items, g.around, g.labels, g.names = nil, nil, 0, 0
	g.locals = []string{"p", "q", "r"}
	r := &ir.Rule{MutatesLists: true}
	if !g.Runnable {
		r.Name = pick(g, hardTexts)
		g.locals = slices.Clone(hardNames[:1+g.Rand.IntN(len(hardNames)-1)])
	}
	g.searches = nil
	r.Steps = g.Steps(4)
	r.Locals = append(slices.Clip(g.locals), slices.Compact(g.searches)...)
	return r
}

// Expr makes an expression that reads no variable and nests up to depth.
func (g *Generator) Expr(depth int) ir.Expr {
	g.locals, g.items = nil, nil
	return g.expr(depth)
}

// Steps makes a few steps that nest up to depth.
func (g *Generator) Steps(depth int) []ir.Step {
	var steps []ir.Step
	for range g.Rand.IntN(depth + 2) {
		if g.Runnable && depth > 0 && g.chance(25) {
			steps = append(steps, g.idiom(depth)...)
			continue
		}
		steps = append(steps, g.step(depth))
	}
	return steps
}

func (g *Generator) label() string {
	g.labels++
	if !g.Runnable && g.chance(10) {
		return pick(g, hardNames) + strconv.Itoa(g.labels)
	}
	return "l" + strconv.Itoa(g.labels)
}

// within makes the body of a block or loop.
func (g *Generator) within(name string, loop bool, depth int) []ir.Step {
	outer := g.around
	g.around = append(slices.Clip(outer), label{name, loop})
	steps := g.Steps(depth - 1)
	g.around = outer
	return steps
}

func (g *Generator) step(depth int) ir.Step {
	kinds := 22
	if depth == 0 {
		kinds = 15
	}
	switch g.Rand.IntN(kinds) {
	case 0, 1:
		return &ir.Let{At: at, Name: g.local(), Value: g.expr(3)}
	case 2, 3:
		return &ir.Set{At: at, Target: g.place(1), Value: g.expr(2)}
	case 4:
		return &ir.Default{At: at, Target: g.place(1), Value: g.expr(2)}
	case 5:
		return &ir.Delete{At: at, Target: g.place(1)}
	case 6:
		return g.mutate()
	case 7:
		return &ir.AddRole{At: at, Target: g.place(0), Value: g.expr(1)}
	case 8:
		return &ir.Eval{At: at, X: g.expr(3)}
	case 9:
		return &ir.Log{At: at, Level: pick(g, levels), Args: g.arguments()}
	case 10:
		return g.answer()
	case 11:
		return &ir.Return{At: at}
	case 12:
		s := &ir.Exit{At: at, Code: "call-not-pure"}
		if g.chance(50) {
			s.Note = pick(g, hardTexts)
		}
		return s
	case 13, 14:
		return g.jump()
	case 15, 16, 17:
		return &ir.If{At: at, Cond: g.expr(3), Then: g.Steps(depth - 1), Else: g.Steps(depth - 1)}
	case 18:
		name := g.label()
		return &ir.Block{At: at, Label: name, Body: g.within(name, false, depth)}
	case 19, 20:
		return g.loop(depth)
	default:
		return g.persist(depth)
	}
}

func (g *Generator) mutate() ir.Step {
	s := &ir.Mutate{At: at, Method: "push", Target: g.place(0), Args: g.arguments()}
	if g.chance(60) && !g.Runnable {
		s.Method = pick(g, methods)
	}
	if g.chance(30) {
		s.Result = g.local()
	}
	return s
}

func (g *Generator) jump() ir.Step {
	if len(g.around) == 0 {
		return &ir.Log{At: at, Level: "log", Args: g.arguments()}
	}
	to := pick(g, g.around)
	if to.loop && g.chance(50) {
		return &ir.Next{At: at, Label: to.name}
	}
	return &ir.Leave{At: at, Label: to.name}
}

func (g *Generator) answer() ir.Step {
	message := func() ir.Expr {
		if g.chance(20) {
			return nil
		}
		return g.expr(1)
	}
	switch g.Rand.IntN(4) {
	case 0:
		s := &ir.Done{At: at}
		if g.chance(30) {
			s.User, s.Context = ir.Pass(g.Rand.IntN(3)), ir.Pass(g.Rand.IntN(3))
		}
		if g.chance(20) {
			s.Falsy = pick(g, []string{"undefined", "false", "0", `""`})
		}
		return s
	case 1:
		return &ir.Fail{At: at, Message: g.expr(1)}
	case 2:
		return &ir.Fail{At: at, Name: pick(g, []string{"Error", "TypeError", "value", "with"}), Message: message(), Fields: g.fields(1)}
	default:
		return &ir.Deny{At: at, Message: message()}
	}
}

func (g *Generator) loop(depth int) ir.Step {
	name := g.label()
	variable := func() string {
		if g.chance(30) {
			return ""
		}
		return g.local()
	}
	switch g.Rand.IntN(3) {
	case 0:
		return &ir.For{At: at, Label: name, Item: variable(), Index: variable(), List: g.expr(2), Fixed: g.chance(50), Body: g.within(name, true, depth)}
	case 1:
		return &ir.ForKeys{At: at, Label: name, Key: variable(), Object: g.expr(2), Body: g.within(name, true, depth)}
	default:
		return &ir.Count{At: at, Label: name, Name: g.local(), From: g.expr(1), While: g.expr(2), By: pick(g, []float64{1, -1, 2, 0.5}), Body: g.within(name, true, depth)}
	}
}

func (g *Generator) persist(depth int) ir.Step {
	s := &ir.Persist{At: at, Target: pick(g, []string{"app", "user"}), UserID: g.expr(1), Values: g.expr(2), Style: pick(g, []string{"then", "callback", "await", "none"})}
	switch s.Style {
	case "await":
		s.Await = true
	case "then", "callback":
		outer := g.around
		g.around = nil
		s.Then = g.Steps(depth - 1)
		g.around = outer
	}
	return s
}

func (g *Generator) local() string { return pick(g, g.locals) }

// place makes a place with so many keys at least.
func (g *Generator) place(keys int) ir.Place {
	p := ir.Place{At: at}
	if g.chance(50) {
		p.Base = g.root()
		keys = 1
	} else {
		p.Base = &ir.Local{At: at, Name: g.local()}
	}
	for range keys + g.Rand.IntN(2) {
		if g.chance(80) {
			p.Keys = append(p.Keys, &ir.Const{At: at, Value: g.key()})
		} else {
			p.Keys = append(p.Keys, g.expr(1))
		}
	}
	return p
}

func (g *Generator) arguments() []ir.Item {
	var items []ir.Item
	for range g.Rand.IntN(3) {
		items = append(items, ir.Item{X: g.expr(2), Spread: g.chance(20)})
	}
	return items
}

func (g *Generator) key() string {
	if g.Runnable {
		return pick(g, plainKeys)
	}
	return pick(g, keys)
}

func (g *Generator) root() *ir.Root {
	return &ir.Root{At: at, Name: pick(g, []string{"user", "context"})}
}

// constant makes a constant; primitive leaves out undefined and NaN.
func (g *Generator) constant(primitive bool) any {
	texts, numbers := hardTexts, hardNums
	if g.Runnable {
		texts, numbers = plainText, plainNums
	}
	switch g.Rand.IntN(7) {
	case 0:
		return nil
	case 1:
		return g.chance(50)
	case 2:
		if !primitive {
			return jsvalue.Undefined
		}
		return true
	case 3, 4:
		if n := pick(g, numbers); !primitive || !math.IsNaN(n) {
			return n
		}
		return 1.0
	default:
		return pick(g, texts)
	}
}
