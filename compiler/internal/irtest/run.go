package irtest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Object and Array are the reference values of [Run]; all others are those of constants.
type (
	Object struct{ Fields map[string]any }
	Array  struct{ Items []any }
)

// Run runs a rule that a Generator with Runnable made, and answers what it did: each line
// of the trace is a log line or an answer, the last ones what became of user and context.
// A rule that throws, or comes to an Exit, has the trace "exit" and nothing else. ok is
// false when the rule takes too long.
func Run(r *ir.Rule, user, context any) (trace []string, ok bool) {
	m := &machine{locals: map[string]any{}, items: map[string]any{}, user: user, context: context, fuel: 20000}
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case exit:
			trace, ok = []string{"exit"}, true
		case exhausted:
			trace, ok = nil, false
		default:
			panic(thrown)
		}
	}()
	m.steps(r.Steps)
	for len(m.later) > 0 {
		steps := m.later[0]
		m.later = m.later[1:]
		m.steps(steps)
	}
	return append(m.trace, "user "+show(user, 6), "context "+show(context, 6)), true
}

type (
	exit      struct{}
	exhausted struct{}
)

type machine struct {
	locals, items map[string]any
	user, context any
	trace         []string
	later         [][]ir.Step
	fuel          int
}

// jump is how steps end: at their end, or by a jump to somewhere around them.
type jump struct {
	kind  byte // 0 for the end, l leave, n next, r return
	label string
}

func (m *machine) burn() {
	if m.fuel--; m.fuel < 0 {
		panic(exhausted{})
	}
}

func (m *machine) steps(steps []ir.Step) jump {
	for _, s := range steps {
		m.burn()
		if j := m.step(s); j.kind != 0 {
			return j
		}
	}
	return jump{}
}

func (m *machine) note(what string, args ...any) {
	line := what
	for _, arg := range args {
		line += " " + show(arg, 6)
	}
	m.trace = append(m.trace, line)
}

func (m *machine) step(s ir.Step) jump {
	switch s := s.(type) {
	case *ir.Let:
		m.locals[s.Name] = m.eval(s.Value)
	case *ir.Set:
		parent, key := m.parent(s.Target)
		write(parent, key, m.eval(s.Value))
	case *ir.Default:
		parent, key := m.parent(s.Target)
		if !truthy(read(parent, key)) {
			write(parent, key, m.eval(s.Value))
		}
	case *ir.Delete:
		parent, key := m.parent(s.Target)
		object, ok := parent.(*Object)
		check(ok)
		delete(object.Fields, key)
	case *ir.Mutate:
		list := m.list(s.Target)
		list.Items = append(list.Items, m.arguments(s.Args)...)
		if s.Result != "" {
			m.locals[s.Result] = float64(len(list.Items))
		}
	case *ir.AddRole:
		list, v := m.list(s.Target), m.eval(s.Value)
		if !slices.ContainsFunc(list.Items, func(x any) bool { return same(x, v) }) {
			list.Items = append(list.Items, v)
		}
	case *ir.If:
		if truthy(m.eval(s.Cond)) {
			return m.steps(s.Then)
		}
		return m.steps(s.Else)
	case *ir.For, *ir.ForKeys, *ir.Count:
		return m.loop(s)
	case *ir.Block:
		if j := m.steps(s.Body); j.kind != 'l' || j.label != s.Label {
			return j
		}
	case *ir.Leave:
		return jump{'l', s.Label}
	case *ir.Next:
		return jump{'n', s.Label}
	case *ir.Eval:
		m.eval(s.X)
	case *ir.Log:
		m.note("log "+s.Level, m.arguments(s.Args)...)
	case *ir.Done:
		m.note(fmt.Sprintf("done %d %d %q", s.User, s.Context, s.Falsy))
	case *ir.Deny:
		m.note("deny", m.optional(s.Message))
	case *ir.Fail:
		m.note("fail "+s.Name, m.optional(s.Message), m.object(s.Fields))
	case *ir.Persist:
		m.note("persist "+s.Target+" "+s.Style, m.eval(s.UserID), m.eval(s.Values))
		m.later = append(m.later, s.Then)
	case *ir.Return:
		return jump{kind: 'r'}
	case *ir.Exit:
		panic(exit{})
	}
	return jump{}
}

func (m *machine) loop(s ir.Step) jump {
	turn := func(body []ir.Step, label string) (j jump, on bool) {
		m.burn()
		j = m.steps(body)
		switch {
		case j.kind == 0, j.kind == 'n' && j.label == label:
			return jump{}, true
		case j.kind == 'l' && j.label == label:
			return jump{}, false
		}
		return j, false
	}
	set := func(name string, v any) {
		if name != "" {
			m.locals[name] = v
		}
	}
	switch s := s.(type) {
	case *ir.For:
		list, ok := m.eval(s.List).(*Array)
		check(ok)
		n := len(list.Items)
		for i := 0; i < len(list.Items) && (!s.Fixed || i < n); i++ {
			set(s.Item, list.Items[i])
			set(s.Index, float64(i))
			if j, on := turn(s.Body, s.Label); !on {
				return j
			}
		}
	case *ir.ForKeys:
		object, ok := m.eval(s.Object).(*Object)
		if !ok {
			return jump{}
		}
		for _, key := range slices.Sorted(maps.Keys(object.Fields)) {
			set(s.Key, key)
			if j, on := turn(s.Body, s.Label); !on {
				return j
			}
		}
	case *ir.Count:
		from, ok := m.eval(s.From).(float64)
		check(ok)
		for i := from; ; i += s.By {
			set(s.Name, i)
			if !truthy(m.eval(s.While)) {
				break
			}
			if j, on := turn(s.Body, s.Label); !on {
				return j
			}
		}
	}
	return jump{}
}

func check(ok bool) {
	if !ok {
		panic(exit{})
	}
}

func (m *machine) optional(e ir.Expr) any {
	if e == nil {
		return "(none)"
	}
	return m.eval(e)
}

// parent is what holds the property that a place names.
func (m *machine) parent(at ir.Place) (parent any, key string) {
	parent = m.eval(at.Base)
	for i, k := range at.Keys {
		key = name(m.eval(k))
		if i < len(at.Keys)-1 {
			parent = read(parent, key)
		}
	}
	return parent, key
}

func (m *machine) list(at ir.Place) *Array {
	v := m.eval(at.Base)
	for _, k := range at.Keys {
		v = read(v, name(m.eval(k)))
	}
	list, ok := v.(*Array)
	check(ok)
	return list
}

// name is ToPropertyKey of a primitive value.
func name(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case *Object, *Array:
		panic(exit{})
	}
	return show(v, 1)
}

func read(v any, key string) any {
	switch v := v.(type) {
	case *Object:
		if x, ok := v.Fields[key]; ok {
			return x
		}
	case *Array:
		if key == "length" {
			return float64(len(v.Items))
		}
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v.Items) {
			return v.Items[i]
		}
	case string:
		if key == "length" {
			return float64(len(v))
		}
	default:
		check(!jsvalue.IsNullish(v))
	}
	return jsvalue.Undefined
}

func write(parent any, key string, v any) {
	switch parent := parent.(type) {
	case *Object:
		parent.Fields[key] = v
	case *Array:
		i, err := strconv.Atoi(key)
		check(err == nil && i >= 0 && i < len(parent.Items))
		parent.Items[i] = v
	default:
		panic(exit{})
	}
}

func truthy(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	case string:
		return v != ""
	}
	return !jsvalue.IsNullish(v)
}

// same is ===.
func same(a, b any) bool { return a == b }

// show writes a value; what is nested deeper than depth is left out.
func show(v any, depth int) string {
	if depth == 0 {
		return "…"
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.Quote(v)
	case *Array:
		parts := make([]string, len(v.Items))
		for i, item := range v.Items {
			parts[i] = show(item, depth-1)
		}
		return "[" + strings.Join(parts, " ") + "]"
	case *Object:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v.Fields)) {
			parts = append(parts, key+":"+show(v.Fields[key], depth-1))
		}
		return "{" + strings.Join(parts, " ") + "}"
	}
	if jsvalue.IsUndefined(v) {
		return "undefined"
	}
	return fmt.Sprint(v)
}
