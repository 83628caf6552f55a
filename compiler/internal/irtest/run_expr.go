package irtest

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func (m *machine) eval(e ir.Expr) any {
	m.burn()
	switch e := e.(type) {
	case *ir.Const:
		return e.Value
	case *ir.Root:
		if e.Name == "user" {
			return m.user
		}
		return m.context
	case *ir.Local:
		if v, ok := m.locals[e.Name]; ok {
			return v
		}
		return jsvalue.Undefined
	case *ir.ItemVar:
		return m.items[e.Name]
	case *ir.Path:
		v := m.eval(&ir.Root{Name: e.Root})
		for _, key := range e.Keys {
			v = read(v, key)
		}
		return v
	case *ir.Get:
		object := m.eval(e.Object)
		return read(object, name(m.eval(e.Key)))
	case *ir.Call:
		return m.call(e)
	case *ir.Not:
		return !truthy(m.eval(e.X))
	case *ir.And:
		if x := m.eval(e.X); !truthy(x) {
			return x
		}
		return m.eval(e.Y)
	case *ir.Or:
		if x := m.eval(e.X); truthy(x) {
			return x
		}
		return m.eval(e.Y)
	case *ir.Coalesce:
		if x := m.eval(e.X); !jsvalue.IsNullish(x) {
			return x
		}
		return m.eval(e.Y)
	case *ir.Cond:
		if truthy(m.eval(e.If)) {
			return m.eval(e.Then)
		}
		return m.eval(e.Else)
	case *ir.OptGet:
		x := m.eval(e.X)
		if jsvalue.IsNullish(x) {
			return jsvalue.Undefined
		}
		m.items[e.Name] = x
		return m.eval(e.Then)
	case *ir.In:
		return slices.Contains(e.Set, m.eval(e.X))
	case *ir.List:
		return &Array{m.arguments(e.Items)}
	case *ir.Object:
		return m.object(e.Fields)
	case *ir.Each:
		return m.each(e)
	default:
		panic("internal error: an expression that is not run")
	}
}

func (m *machine) arguments(items []ir.Item) []any {
	var all []any
	for _, item := range items {
		v := m.eval(item.X)
		if !item.Spread {
			all = append(all, v)
			continue
		}
		list, ok := v.(*Array)
		check(ok)
		all = append(all, list.Items...)
	}
	return all
}

func (m *machine) object(fields []ir.Field) any {
	made := &Object{map[string]any{}}
	for _, f := range fields {
		if f.Key != nil {
			key := name(m.eval(f.Key))
			made.Fields[key] = m.eval(f.Value)
			continue
		}
		switch v := m.eval(f.Value).(type) {
		case *Object:
			maps.Copy(made.Fields, v.Fields)
		case *Array:
			for i, item := range v.Items {
				made.Fields[strconv.Itoa(i)] = item
			}
		}
	}
	return made
}

func (m *machine) each(e *ir.Each) any {
	list, ok := m.eval(e.List).(*Array)
	check(ok)
	made := &Array{}
	for i, item := range list.Items {
		m.items[e.Item] = item
		if e.Index != "" {
			m.items[e.Index] = float64(i)
		}
		v := m.eval(e.Body)
		switch {
		case e.Kind == ir.Map:
			made.Items = append(made.Items, v)
		case e.Kind == ir.Filter && truthy(v):
			made.Items = append(made.Items, item)
		case e.Kind == ir.Some && truthy(v):
			return true
		case e.Kind == ir.Every && !truthy(v):
			return false
		case e.Kind == ir.Find && truthy(v):
			return item
		case e.Kind == ir.FindIndex && truthy(v):
			return float64(i)
		}
	}
	switch e.Kind {
	case ir.Some:
		return false
	case ir.Every:
		return true
	case ir.Find:
		return jsvalue.Undefined
	case ir.FindIndex:
		return -1.0
	default:
		return made
	}
}

func (m *machine) call(e *ir.Call) any {
	args := make([]any, len(e.Args))
	for i, arg := range e.Args {
		args[i] = m.eval(arg)
	}
	switch e.Func {
	case "same":
		return same(args[0], args[1])
	case "less":
		x, y := numbers(args)
		return x < y
	case "greater":
		x, y := numbers(args)
		return x > y
	case "greaterEq":
		x, y := numbers(args)
		return x >= y
	case "truthy":
		return truthy(args[0])
	case "isNullish":
		return jsvalue.IsNullish(args[0])
	case "typeof":
		switch args[0].(type) {
		case bool:
			return "boolean"
		case float64:
			return "number"
		case string:
			return "string"
		case nil, *Object, *Array:
			return "object"
		}
		return "undefined"
	case "includes", "indexOf":
		if text, ok := args[0].(string); ok {
			at := strings.Index(text, name(args[1]))
			if e.Func == "includes" {
				return at >= 0
			}
			return float64(at)
		}
		list, ok := args[0].(*Array)
		check(ok)
		at := slices.IndexFunc(list.Items, func(x any) bool {
			return same(x, args[1]) || e.Func == "includes" && isNaN(x) && isNaN(args[1])
		})
		if e.Func == "includes" {
			return at >= 0
		}
		return float64(at)
	case "bitNot":
		n, ok := args[0].(float64)
		check(ok)
		return float64(^int32(n))
	case "newSet":
		list, ok := args[0].(*Array)
		check(ok)
		return list
	case "hasEntry":
		list, ok := args[0].(*Array)
		check(ok)
		return slices.Contains(list.Items, args[1])
	default:
		panic("internal error: a function that is not run: " + e.Func)
	}
}

func isNaN(v any) bool {
	n, ok := v.(float64)
	return ok && math.IsNaN(n)
}

// numbers are two numbers; others exit.
func numbers(args []any) (x, y float64) {
	x, isX := args[0].(float64)
	y, isY := args[1].(float64)
	check(isX && isY)
	return x, y
}

// Value makes a value for user or context: mostly an object with the properties that rules
// of this package read.
func (g *Generator) Value(depth int) any {
	switch n := g.Rand.IntN(10); {
	case depth > 0 && n < 5:
		made := &Object{map[string]any{}}
		for _, key := range plainKeys {
			if g.chance(70) {
				made.Fields[key] = g.Value(depth - 1)
			}
		}
		return made
	case depth > 0 && n < 7:
		made := &Array{}
		for range g.Rand.IntN(3) {
			made.Items = append(made.Items, g.Value(depth-1))
		}
		return made
	case depth > 2:
		return g.Value(depth)
	}
	for {
		if v := g.constant(true); v != nil || depth < 2 {
			return v
		}
	}
}

// Copy is a copy of a value of [Run] that shares nothing with it.
func Copy(v any) any {
	switch v := v.(type) {
	case *Array:
		made := &Array{}
		for _, item := range v.Items {
			made.Items = append(made.Items, Copy(item))
		}
		return made
	case *Object:
		made := &Object{map[string]any{}}
		for key, x := range v.Fields {
			made.Fields[key] = Copy(x)
		}
		return made
	}
	return v
}
