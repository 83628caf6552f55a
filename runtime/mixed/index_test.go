package mixed_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/mixed"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// guardedRule does what its steps say when it is not passed over.
func guardedRule(t testing.TB, guards []program.Guard, e expressions, list ...program.Step) *steps.Runner {
	t.Helper()
	r, err := steps.Compile(&program.Rule{
		Name: "guarded", File: "g.js", Exprs: make([]program.Expr, len(e)), Steps: list, Guards: guards,
	}, e)
	require.NoError(t, err)
	return r
}

// indexed is a pipeline of n rules that note their number; rule i does so for the client i%10,
// and every seventh for all clients but "3".
func indexed(t testing.TB, n int, without runtime.FastPaths) *runtime.Chain {
	var rules []mixed.Rule
	var names []runtime.Rule
	for i := range n {
		guard := program.Guard{Key: "clientID", Values: []string{fmt.Sprint(i % 10)}, Except: true}
		if i%7 == 0 {
			guard = program.Guard{Key: "clientID", Values: []string{"3"}}
		}
		name := fmt.Sprintf("r%d", i)
		busy := func(f *steps.Frame) any {
			text, _ := f.Context.(map[string]any)["clientID"].(string)
			return (text == guard.Values[0]) == guard.Except
		}
		place := program.Place{Root: "user", Local: program.None, Keys: []program.Key{{Name: name, Expr: program.None}}}
		rules = append(rules, mixed.Rule{Name: name, File: name, Runner: guardedRule(t, []program.Guard{guard}, expressions{busy, constant(true)},
			&program.If{At: at, Cond: 0, Then: []program.Step{&program.Set{At: at, Target: place, Value: 1}}}, &program.Done{At: at})})
		names = append(names, runtime.Rule{Name: name})
	}
	return runtime.NewChain(names, mixed.New(rules, mixed.Options{Name: "expr", Without: without}), runtime.Options{})
}

func TestIndex(t *testing.T) {
	for _, n := range []int{1, 10, 63, 64, 65, 200} {
		on, off := indexed(t, n, 0), indexed(t, n, runtime.GuardIndex)
		for _, client := range []any{"0", "3", "9", "other", "", nil, 3.0, "\xff"} {
			var users [2]map[string]any
			for i, pipeline := range []*runtime.Chain{on, off} {
				users[i] = map[string]any{}
				out, err := pipeline.Run(context.Background(), runtime.Input{User: users[i], Context: map[string]any{"clientID": client}})
				require.NoError(t, err)
				require.Equal(t, runtime.Allowed, out.Decision)
				require.Len(t, out.Rules, n)
			}
			assert.Equal(t, users[1], users[0], "%d rules, client %v", n, client)
		}
	}
}

// What the guards speak of may have changed: behind a rule that writes there, and behind
// JavaScript.
func TestIndexLooksAgain(t *testing.T) {
	guard := []program.Guard{{Key: "clientID", Values: []string{"a"}, Except: true}}
	contextPlace := program.Place{Root: "context", Local: program.None, Keys: []program.Key{{Name: "clientID", Expr: program.None}}}
	writes := guardedRule(t, nil, expressions{constant("a")}, &program.Set{At: at, Target: contextPlace, Value: 0}, &program.Done{At: at})
	drops := guardedRule(t, nil, nil, &program.Done{At: at, Context: program.Dropped})
	one := guardedRule(t, guard, expressions{constant(1.0)}, &program.Set{At: at, Target: userPlace("one"), Value: 0}, &program.Done{At: at})
	two := guardedRule(t, guard, expressions{constant(2.0)}, &program.Set{At: at, Target: userPlace("two"), Value: 0}, &program.Done{At: at})
	run := func(runners ...*steps.Runner) map[string]any {
		pipeline, _ := chain(bundle(t, "context.clientID = 'a'; callback(null, user, context);", "context.clientID = 'a'; callback(null, user, context);", asIs), runtime.Options{}, runners...)
		out, err := pipeline.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{"clientID": "b"}})
		require.NoError(t, err)
		require.Equal(t, runtime.Allowed, out.Decision)
		require.Len(t, out.Rules, len(runners))
		return out.User
	}
	assert.Empty(t, run(one, two))
	assert.Equal(t, map[string]any{"two": 2.0}, run(one, writes, two))
	assert.Equal(t, map[string]any{"two": 2.0}, run(one, nil, two), "a rule in JavaScript")
	assert.Equal(t, map[string]any{"two": 2.0}, run(one, exits(t), two), "an exit")
	assert.Equal(t, map[string]any{"two": 2.0}, run(one, drops, two), "guards speak of a context that is an object")
}

// BenchmarkIndex runs a pipeline of 60 rules of which the index passes over 50, and one of the
// other 10.
func BenchmarkIndex(b *testing.B) {
	ctx := context.Background()
	rule := func(client string) *steps.Runner {
		return guardedRule(b, []program.Guard{{Key: "clientID", Values: []string{client}, Except: true}},
			expressions{func(f *steps.Frame) any { return f.Context.(map[string]any)["clientID"] == client }, func(f *steps.Frame) any { return f.User.(map[string]any)["email_verified"] == true }},
			&program.If{At: at, Cond: 0, Then: []program.Step{&program.If{At: at, Cond: 1, Else: []program.Step{&program.Deny{At: at, Message: program.None}}}}}, &program.Done{At: at})
	}
	var all, busy []*steps.Runner
	for i := range 60 {
		if i%6 == 0 {
			busy = append(busy, rule("mine"))
			all = append(all, busy[len(busy)-1])
			continue
		}
		all = append(all, rule(fmt.Sprint("client", i)))
	}
	for name, runners := range map[string][]*steps.Runner{"60": all, "10": busy} {
		b.Run("rules="+name, func(b *testing.B) {
			pipeline, _ := chain(nil, runtime.Options{}, runners...)
			in := runtime.Input{User: map[string]any{"email_verified": true}, Context: map[string]any{"clientID": "mine"}}
			b.ReportAllocs()
			for b.Loop() {
				if out, err := pipeline.Run(ctx, in); err != nil || out.Decision != runtime.Allowed {
					b.Fail()
				}
			}
		})
	}
}
