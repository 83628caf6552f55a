package exprvm_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestConditions(t *testing.T) {
	texts := make([]string, len(conditions))
	for i, c := range conditions {
		texts[i] = c.text
	}
	rule := benchRule(texts...)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	f := &steps.Frame{Paths: rule.Paths, User: benchUser, Context: benchContext}
	for i, c := range conditions {
		t.Run(c.name, func(t *testing.T) {
			assert.True(t, c.byHand(benchUser, benchContext))
			yes, err := e.Test(f, i)
			require.NoError(t, err)
			assert.True(t, yes)
			assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = e.Test(f, i) }), "allocations")
		})
	}
}

// textRule is a rule of one expression, which reads some paths and a variable.
func textRule(text string, test bool) *program.Rule {
	return &program.Rule{
		Name: "rule", Locals: []string{"local"},
		Paths: []program.Path{
			{Name: "user", Root: "user"}, {Name: "user.a", Root: "user", Keys: []string{"a"}}, {Name: "user.a.b", Root: "user", Keys: []string{"a", "b"}},
			{Name: `user["é"]`, Root: "user", Keys: []string{"é"}},
		},
		Exprs: []program.Expr{{Expr: text, Test: test, At: program.Pos{Line: 9, Column: 9}}},
	}
}

func TestRefused(t *testing.T) {
	for _, text := range []string{
		``, `user.`, `user.a user.a`, `unknown`, `context.a`, `foo(1)`, `len(user.a)`, `1..3`, `user?.a`, `user.a ?? 1`,
		`user.a matches "x"`, `user.a contains "x"`, `user.a ** 2`, `user.a ^ 2`, `+user.a`, `user.a()`, `user.a.trim()`, `[1][0:1]`, `b"x"`,
		`run`, `[run]`, `keys(user.a)`, `keys(run)`, `keys(user.a, user.a)`, `truthy()`, `truthy(1, 2)`, `$env`, `$env["x"]`, `#`, `#index`,
		`none(user.a, true)`, `one(user.a, true)`, `count(user.a, true)`, `reduce(user.a, 1)`, `any(user.a)`, `any(user.a, #)`, `map(user.a, #acc)`,
		`user.a && true`, `true || user.a`, `!user.a`, `user.a ? 1 : 2`, `user.a in user.a`, `user.a in [user.a]`, `user.a in [NaN]`, `user.a in [undefined]`,
		`let x = 1; y`, `let x = 1; let x = 2; x`, `1; 2`, `if true { 1 } else { 2 }; 3`, `regexp("(", "")`, `regexp(user.a, "")`,
	} {
		_, err := exprvm.Compile(textRule(text, false))
		assert.Error(t, err, text)
	}
	for _, text := range []string{`user.a`, `1`, `null`, `user.a + 1`, `true ? 1 : true`, `"a"`, `[]`} {
		_, err := exprvm.Compile(textRule(text, true))
		assert.ErrorContains(t, err, "no boolean", text)
	}
}

// TestLibrary compiles a call of each function, with every number of arguments.
func TestLibrary(t *testing.T) {
	operators := map[string]string{"startsWith": "startsWithAt", "endsWith": "endsWithAt"}
	for _, f := range stdlib.All() {
		if f.Name == "regexp" {
			continue
		}
		most := f.Max
		if most < 0 {
			most = f.Min + 3
		}
		for n := f.Min; n <= most; n++ {
			args := make([]string, n, n+1)
			for i := range args {
				args[i] = "user.a"
			}
			if f.Run {
				args = append(args, "run")
			}
			name := f.Name
			if alias, ok := operators[name]; ok {
				name = alias
			}
			text := name + "(" + strings.Join(args, ", ") + ")"
			rule := textRule("["+text+"]", false)
			e, err := exprvm.Compile(rule)
			require.NoError(t, err, text)
			for _, a := range []any{nil, 1.0, "a", []any{"a"}, map[string]any{"a": 1.0}, true} {
				frame := &steps.Frame{Paths: rule.Paths, User: map[string]any{"a": a}, Locals: []any{nil}}
				if _, err := e.Eval(frame, 0); err != nil {
					var exit *steps.ExitError
					require.ErrorAs(t, err, &exit, text)
				}
			}
		}
	}
}

func TestPlacesOfExits(t *testing.T) {
	at := func(column int) program.Pos { return program.Pos{Line: 2, Column: column} }
	tests := []struct {
		text string
		code string
		at   program.Pos
	}{
		{`user.a.b`, "nullish-parent", at(1)},
		{`user["é"] == "éé" && user.a.b == 1`, "nullish-parent", at(22)},
		{`user["é"] == "éé" && truthy(user.a.b)`, "nullish-parent", at(29)},
		{`toLowerCase(user["é"]) == toUpperCase(user.a)`, "nullish-parent", at(27)},
		{`toUpperCase(user.a)`, "nullish-parent", at(1)},
		{`any(["é", 1], toLowerCase(#) == "x")`, "value-type", at(15)},
		{`map(user.a, #)`, "nullish-parent", at(5)},
		{`["é", local[0]]`, "nullish-parent", at(12)},
	}
	for _, tt := range tests {
		rule := textRule(tt.text, false)
		for i := range []rune(tt.text) {
			rule.Exprs[0].ExprMarks = append(rule.Exprs[0].ExprMarks, program.Mark{Offset: i, At: at(i + 1)})
		}
		e, err := exprvm.Compile(rule)
		require.NoError(t, err)
		frame := &steps.Frame{Paths: rule.Paths, User: map[string]any{"é": "éé"}, Locals: []any{nil}}
		for range 2 {
			_, err = e.Eval(frame, 0)
			var exit *steps.ExitError
			require.ErrorAs(t, err, &exit, tt.text)
			assert.Equal(t, tt.code, exit.Code, tt.text)
			switch tt.text {
			case `user.a.b`, `user["é"] == "éé" && user.a.b == 1`, `user["é"] == "éé" && truthy(user.a.b)`, `["é", local[0]]`, `map(user.a, #)`:
				// somewhere in the path: expr places a property, not its start
				assert.Equal(t, exit.At.Line, 2)
				assert.GreaterOrEqual(t, exit.At.Column, tt.at.Column, tt.text)
			default:
				assert.Equal(t, tt.at, exit.At, tt.text)
			}
		}
	}
	// Without marks it is the expression's own place.
	rule := textRule(`user.a.b`, false)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	_, err = e.Eval(&steps.Frame{Paths: rule.Paths, User: map[string]any{}}, 0)
	assert.Equal(t, &steps.ExitError{Code: "nullish-parent", At: program.Pos{Line: 9, Column: 9}}, err)
}

// TestNotAnExit: what goes wrong in the engine itself is no exit.
func TestNotAnExit(t *testing.T) {
	for _, text := range []string{`local`, `local == 1 && truthy(user.a)`} {
		rule := textRule(text, false)
		e, err := exprvm.Compile(rule)
		require.NoError(t, err)
		_, err = e.Eval(&steps.Frame{Paths: rule.Paths}, 0) // no room for locals
		require.ErrorContains(t, err, "internal error")
		var exit *steps.ExitError
		assert.NotErrorAs(t, err, &exit)
	}
}

// TestOnlyWhatIsReached: what JavaScript does not reach is not loaded.
func TestOnlyWhatIsReached(t *testing.T) {
	rule := textRule(`truthy(user.a) && truthy(user.a.b) ? 1 : truthy(user.a) || true ? "no" : user.a.b`, false)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	value, err := e.Eval(&steps.Frame{Paths: rule.Paths, User: map[string]any{}}, 0)
	require.NoError(t, err)
	assert.Equal(t, "no", value)
}

func TestPoisonInVariables(t *testing.T) {
	for _, text := range []string{`local`, `truthy(local)`, `local == local`, `[local]`, `{"a": local}`, `typeof(local)`, `isNullish(local)`, `local in ["a"]`} {
		rule := textRule(text, false)
		e, err := exprvm.Compile(rule)
		require.NoError(t, err)
		_, err = e.Eval(&steps.Frame{Paths: rule.Paths, Locals: []any{jsvalue.ExitOrder}}, 0)
		var exit *steps.ExitError
		require.ErrorAs(t, err, &exit, text)
		assert.Equal(t, "key-order", exit.Code)
	}
}

// TestLarge: expr's limits of nodes and its recursion stand in nobody's way.
func TestLarge(t *testing.T) {
	const n = 20000
	wide := strings.Repeat(`user.a == "x" || `, n) + `user.a == "y"`
	list := `[` + strings.Repeat(`1, `, n) + `local]`
	var set strings.Builder
	for i := range n {
		fmt.Fprintf(&set, `"%d", `, i)
	}
	deep := strings.Repeat(`!(`, 2000) + `user.a == "y" && true` + strings.Repeat(`)`, 2000)
	for _, text := range []string{wide, `any(` + list + `, # == "y")`, `user.a in [` + set.String() + `"y"]`, deep} {
		rule := textRule(text, true)
		e, err := exprvm.Compile(rule)
		require.NoError(t, err)
		yes, err := e.Test(&steps.Frame{Paths: rule.Paths, User: map[string]any{"a": "y"}, Locals: []any{"y"}}, 0)
		require.NoError(t, err)
		assert.True(t, yes)
	}
}

// TestParallel: one evaluator, a frame for each goroutine.
func TestParallel(t *testing.T) {
	rule := textRule(`find(user.a, {let x = #; any(user.a, # == x && x != "a")})`, false)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			want := fmt.Sprint(i)
			frame := &steps.Frame{Paths: rule.Paths, User: map[string]any{"a": []any{"a", want}}, Locals: []any{nil}}
			for range 200 {
				value, err := e.Eval(frame, 0)
				assert.NoError(t, err)
				assert.Equal(t, want, value)
			}
		})
	}
	all.Wait()
}

// TestFresh: each value that a text makes is a new one.
func TestFresh(t *testing.T) {
	rule := textRule(`[[1, "a"], {"a": []}]`, false)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	frame := &steps.Frame{Paths: rule.Paths, Locals: []any{nil}}
	first, err := e.Eval(frame, 0)
	require.NoError(t, err)
	list := first.(*jsvalue.List)
	list.Items[0].(*jsvalue.List).Items[0] = "changed"
	list.Items = append(list.Items, "more")
	second, err := e.Eval(frame, 0)
	require.NoError(t, err)
	inner := &jsvalue.List{Items: []any{1.0, "a"}}
	object := &jsvalue.Object{Keys: []string{"a"}, Values: map[string]any{"a": &jsvalue.List{Items: []any{}}}}
	assert.Equal(t, &jsvalue.List{Items: []any{inner, object}}, second)
}
