package mixed_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/race"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// refusing refuses every write once it is released.
type refusing struct{ release chan struct{} }

func (s refusing) UpdateAppMetadata(context.Context, string, map[string]any) (map[string]any, error) {
	<-s.release
	return nil, errors.New("refused")
}

func (s refusing) UpdateUserMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.UpdateAppMetadata(ctx, id, values)
}

// What a login left running must not show in the outcome of another one: it goes to OnLate, as
// often as there were such logins.
func TestRunsKeepApart(t *testing.T) {
	property := func(name string) func(*steps.Frame) any {
		return func(f *steps.Frame) any { return f.User.(map[string]any)[name] == true }
	}
	does := func(expr int, then ...program.Step) program.Step {
		return &program.If{At: at, Cond: expr, Then: then}
	}
	rule := compiled(t, expressions{property("exits"), property("writes"), property("logs"), property("denied"), constant("auth0|1"), constant(map[string]any{"k": "v"}), constant("line")},
		does(0, &program.Exit{At: at, Code: "forced"}),
		does(1, &program.Persist{At: at, Target: "app", UserID: 4, Values: 5, Style: "promise"}),
		does(2, &program.Log{At: at, Level: "log", Args: []program.Arg{{Expr: 6}}}),
		does(3, &program.Deny{At: at, Message: program.None}, &program.Return{At: at}),
		&program.Done{At: at})
	js := bundle(t, "setTimeout(function () { console.log('late'); }, 1); callback(null, user, context);")

	store := refusing{make(chan struct{})}
	var mu sync.Mutex
	late := map[string]int{}
	pipeline, _ := chain(js, runtime.Options{Store: store, OnLate: func(l runtime.Late) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case l.Console != nil:
			late[l.Console.Text]++
		case l.Warning != nil:
			late[string(l.Warning.Code)]++
		}
	}}, rule)

	const rounds = 40
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for i := range rounds {
				for _, kind := range []string{"exits", "plain", "writes", "plain", "logs", "plain", "denied", "plain"} {
					user := map[string]any{kind: true}
					login := map[string]any{"n": fmt.Sprint(i)}
					out, err := pipeline.Run(context.Background(), runtime.Input{User: user, Context: login})
					if !assert.NoError(t, err) {
						return
					}
					assert.Equal(t, map[string]any{kind: true}, out.User)
					assert.Empty(t, out.Warnings, kind)
					assert.Equal(t, kind == "denied", out.Decision == runtime.Denied)
					assert.Len(t, out.Metadata, map[bool]int{true: 1}[kind == "writes"], kind)
					assert.Len(t, out.Console, map[bool]int{true: 1}[kind == "logs"], kind)
					require.Len(t, out.Rules, 1)
					assert.Equal(t, kind == "exits", out.Rules[0].Engine == "js")
					assert.Equal(t, kind == "exits", out.Rules[0].Exit != nil)
				}
			}
		})
	}
	group.Wait()
	close(store.release)
	require.NoError(t, pipeline.Close(context.Background()))
	mu.Lock()
	defer mu.Unlock()
	assert.Equal(t, map[string]int{"late": 2 * rounds, string(runtime.WarnUnhandledRejection): 2 * rounds}, late)
}

// An outcome keeps what it has when the pipeline goes on with other logins.
func TestOutcomesKeepApart(t *testing.T) {
	denies := compiled(t, expressions{func(f *steps.Frame) any { return f.User.(map[string]any)["id"] }},
		&program.Log{At: at, Level: "log", Args: []program.Arg{{Expr: 0}}}, &program.Deny{At: at, Message: 0}, &program.Return{At: at})
	pipeline, _ := chain(nil, runtime.Options{}, sets(t, "v", "claim"), denies, denies)
	var outs []runtime.Outcome
	for i := range 20 {
		out, err := pipeline.Run(context.Background(), runtime.Input{User: map[string]any{"id": fmt.Sprint(i)}})
		require.NoError(t, err)
		outs = append(outs, out)
	}
	for i, out := range outs {
		assert.Equal(t, fmt.Sprint(i), out.Err.Message)
		assert.Equal(t, map[string]any{"id": fmt.Sprint(i)}, out.User)
		require.Len(t, out.Console, 1)
		assert.Equal(t, fmt.Sprint(i), out.Console[0].Text)
		assert.Equal(t, "r0 expr, r1 expr", engines(out))
		assert.Len(t, append(out.Rules, runtime.RuleReport{Name: "mine"}), 3)
	}
	assert.Equal(t, "r0 expr, r1 expr", engines(outs[0]), "what callers append to is their own")
}

func TestRunAllocatesNothing(t *testing.T) {
	if race.Enabled {
		t.Skip("the race detector allocates")
	}
	guard := compiled(t, expressions{func(f *steps.Frame) any { return f.User.(map[string]any)["email_verified"] == true }},
		&program.If{At: at, Cond: 0, Else: []program.Step{&program.Deny{At: at, Message: program.None}, &program.Return{At: at}}}, &program.Done{At: at})
	pipeline, _ := chain(nil, runtime.Options{}, guard, guard)
	in := runtime.Input{User: map[string]any{"email_verified": true}, Context: map[string]any{"idToken": map[string]any{"https://x.example/c": "v"}}}
	ctx := context.Background()
	allocs := testing.AllocsPerRun(500, func() {
		if out, err := pipeline.Run(ctx, in); err != nil || out.Decision != runtime.Allowed {
			t.Fail()
		}
	})
	assert.Zero(t, allocs)
}
