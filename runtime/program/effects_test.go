package program_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/runtime/program"
)

func place(root string, keys ...string) program.Place {
	p := program.Place{Root: root, Local: program.None}
	for _, key := range keys {
		k := program.Key{Name: key, Expr: program.None}
		if key == "*" {
			k = program.Key{Expr: 0}
		}
		p.Keys = append(p.Keys, k)
	}
	return p
}

func variable(local int, keys ...string) program.Place {
	p := place("", keys...)
	p.Local = local
	return p
}

func TestEffects(t *testing.T) {
	// Expressions: 0 a constant, 1 context.request, 2 context, 3 variable 0, 4 variable 1, 5 user.app_metadata.
	paths := []program.Path{
		{Name: "context.request", Root: "context", Keys: []string{"request"}}, {Name: "context", Root: "context"},
		{Name: "user.app_metadata", Root: "user", Keys: []string{"app_metadata"}},
	}
	exprs := []program.Expr{{}, {Paths: []int{0}}, {Paths: []int{1}}, {Locals: []int{0}}, {Locals: []int{1}}, {Paths: []int{2}}}
	let := func(local, value int) program.Step { return &program.Let{Local: local, Value: value} }
	set := func(p program.Place, value int) program.Step { return &program.Set{Target: p, Value: value} }
	push := func(p program.Place, result int, args ...int) program.Step {
		m := &program.Mutate{Method: "push", Target: p, Result: result}
		for _, arg := range args {
			m.Args = append(m.Args, program.Arg{Expr: arg})
		}
		return m
	}
	cases := []struct {
		name     string
		steps    []program.Step
		replaces []string // of context: clientID, request
		changes  []string
	}{
		{"nothing", []program.Step{let(0, 1), &program.Done{}}, nil, nil},
		{"another property", []program.Step{set(place("context", "idToken", "*"), 1)}, nil, nil},
		{"the property", []program.Step{set(place("context", "clientID"), 0)}, []string{"clientID"}, []string{"clientID"}},
		{"below the property", []program.Step{set(place("context", "request", "query"), 0)}, nil, []string{"request"}},
		{"a computed property", []program.Step{set(place("context", "*"), 0)}, []string{"clientID", "request"}, []string{"clientID", "request"}},
		{"inside steps", []program.Step{&program.For{Item: program.None, Index: program.None, List: 0, Body: []program.Step{
			&program.If{Then: []program.Step{&program.Delete{Target: place("context", "clientID")}}},
		}}}, []string{"clientID"}, []string{"clientID"}},
		{"through a variable", []program.Step{let(0, 1), set(variable(0, "x"), 0)}, nil, []string{"request"}},
		{"through two variables, in any order", []program.Step{set(variable(1, "x"), 0), let(1, 3), let(0, 1)}, nil, []string{"request"}},
		{"through the root", []program.Step{let(0, 2), set(variable(0, "*"), 0)}, []string{"clientID", "request"}, []string{"clientID", "request"}},
		{"a list of its own", []program.Step{let(0, 0), push(variable(0), program.None, 5)}, nil, nil},
		{"an item of a list", []program.Step{let(0, 0), push(variable(0), program.None, 1), push(variable(0), 1), set(variable(1, "x"), 0)}, nil, []string{"request"}},
		{"stored and written there", []program.Step{set(place("user", "x"), 1), set(place("user", "x", "y"), 0)}, nil, []string{"request"}},
		{"stored and written beside", []program.Step{set(place("user", "x", "z"), 1), set(place("user", "x", "y"), 0)}, nil, nil},
		{"stored, read, written", []program.Step{set(place("user", "app_metadata", "r"), 1), let(0, 5), set(variable(0, "y"), 0)}, nil, []string{"request"}},
		{"dropped", []program.Step{&program.Done{Context: program.Dropped}}, []string{"clientID", "request"}, []string{"clientID", "request"}},
		{"the user dropped", []program.Step{&program.Done{User: program.Dropped}}, nil, nil},
	}
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			e := (&program.Rule{Paths: paths, Exprs: exprs, Locals: []string{"a", "b"}, Steps: tt.steps}).Effects()
			var replaces, changes []string
			for _, key := range []string{"clientID", "request"} {
				if e.MayReplace("context", key) {
					replaces = append(replaces, key)
				}
				if e.MayChange("context", key) {
					changes = append(changes, key)
				}
			}
			assert.Equal(t, tt.replaces, replaces)
			assert.Equal(t, tt.changes, changes)
		})
	}
}
