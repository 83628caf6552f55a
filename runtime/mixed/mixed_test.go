package mixed_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/jsvm"
	"github.com/ferrule-rules/ferrule/runtime/mixed"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// expressions is an evaluator of Go functions.
type expressions []func(*steps.Frame) any

func (e expressions) Eval(f *steps.Frame, expr int) (any, error) { return e[expr](f), nil }
func (e expressions) Test(f *steps.Frame, expr int) (bool, error) {
	return e[expr](f).(bool), nil
}

var at = program.Pos{Line: 2, Column: 3}

// compiled makes a runner of steps by hand.
func compiled(t testing.TB, e expressions, list ...program.Step) *steps.Runner {
	t.Helper()
	r, err := steps.Compile(&program.Rule{Name: "compiled", File: "c.js", Exprs: make([]program.Expr, len(e)), Locals: []string{"x"}, Steps: list}, e)
	require.NoError(t, err)
	return r
}

func constant(v any) func(*steps.Frame) any { return func(*steps.Frame) any { return v } }

func userPlace(keys ...string) program.Place {
	p := program.Place{Root: "user", Local: program.None}
	for _, key := range keys {
		p.Keys = append(p.Keys, program.Key{Name: key, Expr: program.None})
	}
	return p
}

// sets is a rule that writes one property of user.
func sets(t testing.TB, value any, keys ...string) *steps.Runner {
	return compiled(t, expressions{constant(value)}, &program.Set{At: at, Target: userPlace(keys...), Value: 0}, &program.Done{At: at})
}

// exits is a rule that writes and then leaves.
func exits(t testing.TB) *steps.Runner {
	return compiled(t, expressions{constant("undone")}, &program.Set{At: at, Target: userPlace("undone"), Value: 0}, &program.Exit{At: at, Code: "forced"})
}

var words = regexp.MustCompile(`[\p{L}$_][\p{L}\p{N}$_]*`)

// bundle makes the JavaScript engine; "" is a rule that never runs in it.
func bundle(t testing.TB, codes ...string) runtime.Engine {
	t.Helper()
	var sources []jsvm.Source
	for i, code := range codes {
		if !strings.HasPrefix(code, "function") {
			code = "function (user, context, callback) {" + code + "}"
		}
		s := jsvm.Source{
			Name: fmt.Sprintf("r%d", i), File: fmt.Sprintf("r%d.js", i), Code: code, Words: map[string]bool{},
			Pos: func(line, column int) source.Pos { return source.Pos{Line: line, Column: column} },
		}
		for _, word := range words.FindAllString(code, -1) {
			s.Words[word] = true
		}
		sources = append(sources, s)
	}
	b, failures := jsvm.Compile(sources)
	require.Empty(t, failures)
	return b
}

func chain(js runtime.Engine, options runtime.Options, runners ...*steps.Runner) (*runtime.Chain, *mixed.Engine) {
	var rules []mixed.Rule
	var names []runtime.Rule
	for i, r := range runners {
		rules = append(rules, mixed.Rule{Name: fmt.Sprintf("r%d", i), File: fmt.Sprintf("r%d.js", i), Runner: r})
		names = append(names, runtime.Rule{Name: fmt.Sprintf("r%d", i)})
	}
	engine := mixed.New(rules, mixed.Options{Name: "expr", JavaScript: js, Configuration: options.Configuration})
	return runtime.NewChain(names, engine, options), engine
}

func decode(t testing.TB, text string) (map[string]any, *jsondoc.Order) {
	tree, order, err := jsondoc.Decode([]byte(text))
	require.NoError(t, err)
	return tree.(map[string]any), order
}

// engines are the engine and the exit of each rule.
func engines(o runtime.Outcome) string {
	var parts []string
	for _, report := range o.Rules {
		text := report.Engine
		if report.Exit != nil {
			text += fmt.Sprintf("(%s %d:%d)", report.Exit.Code, report.Exit.Line, report.Exit.Column)
		}
		parts = append(parts, report.Name+" "+text)
	}
	return strings.Join(parts, ", ")
}

const asIs = "callback(null, user, context);"

func TestRules(t *testing.T) {
	const user = `{"z":1,"a":{"k":[1]}}`
	cases := []struct {
		name    string
		runners []*steps.Runner
		codes   []string
		closed  bool
		want    string // the user, or the error
		engines string
	}{
		{
			name: "compiled", runners: []*steps.Runner{sets(t, "n", "new"), sets(t, "m", "a", "m")}, codes: []string{asIs, asIs},
			want: `{"z":1,"a":{"k":[1],"m":"m"},"new":"n"}`, engines: "r0 expr, r1 expr",
		},
		{
			name: "exit", runners: []*steps.Runner{sets(t, "n", "new"), exits(t), sets(t, "l", "last")},
			codes: []string{asIs, "user.js = Object.keys(user); user.a.k.push(2); " + asIs, asIs},
			want:  `{"z":1,"a":{"k":[1,2]},"new":"n","js":["z","a","new"],"last":"l"}`, engines: "r0 expr, r1 js(forced 2:3), r2 expr",
		},
		{
			name: "never compiled", runners: []*steps.Runner{nil, nil, sets(t, "n", "a", "b"), exits(t), nil},
			codes: []string{"global.kept = user; " + asIs, "user.one = 1; " + asIs, asIs, "user.b = global.kept.a.b === undefined; " + asIs, "user.c = user.a.b; " + asIs},
			want:  `{"z":1,"a":{"k":[1],"b":"n"},"one":1,"b":true,"c":"n"}`, engines: "r0 js, r1 js, r2 expr, r3 js(forced 2:3), r4 js",
		},
		{
			name: "denied behind writes", runners: []*steps.Runner{sets(t, "n", "new"), exits(t)}, codes: []string{asIs, "callback(new UnauthorizedError('no'));"},
			want: `rule "r1": UnauthorizedError: no`, engines: "r0 expr, r1 js(forced 2:3)",
		},
		{
			name: "denied by a compiled rule", runners: []*steps.Runner{
				sets(t, "n", "new"), nil, compiled(t, expressions{constant("no")}, &program.Deny{At: at, Message: 0}),
			}, codes: []string{asIs, "user.a.k = 3; " + asIs, asIs},
			want: `rule "compiled": UnauthorizedError: no`, engines: "r0 expr, r1 js, r2 expr",
		},
		{
			name: "closed", runners: []*steps.Runner{sets(t, "n", "new"), exits(t)}, closed: true,
			want: `rule "r1": LimitError: the compiled rule exits at r1.js:2:3 (forced), and JavaScript may not take over`, engines: "r0 expr, r1 expr(forced 2:3)",
		},
		{
			name: "closed and not compiled", runners: []*steps.Runner{sets(t, "n", "new"), nil}, closed: true,
			want: `(not-lowered)`, engines: "r0 expr, r1 expr(not-lowered 1:1)",
		},
		{
			name: "a user that is dropped", runners: []*steps.Runner{compiled(t, nil, &program.Done{At: at, User: program.Dropped}), exits(t)},
			codes: []string{asIs, "context.seen = user; " + asIs}, want: "null", engines: "r0 expr, r1 js(nullish-parent 2:3)",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var js runtime.Engine
			if !c.closed {
				js = bundle(t, c.codes...)
			}
			pipeline, _ := chain(js, runtime.Options{}, c.runners...)
			in, order := decode(t, user)
			login := map[string]any{}
			a := in["a"].(map[string]any)
			out, err := pipeline.Run(context.Background(), runtime.Input{User: in, Context: login, Order: order})
			require.NoError(t, err)
			assert.Equal(t, c.engines, engines(out))
			text, err := out.UserJSON()
			require.NoError(t, err)
			if out.Err != nil {
				assert.Contains(t, out.Err.Error(), c.want)
				assert.Equal(t, c.closed, out.Err.Kind == runtime.KindLimit && out.Err.Code == "exit")
				assert.Equal(t, user, string(text))
				assert.Equal(t, map[string]any{"z": 1.0, "a": map[string]any{"k": []any{1.0}}}, in)
			} else {
				assert.Equal(t, c.want, string(text))
				if out.User != nil {
					plain, err := jsondoc.Encode(in, nil)
					require.NoError(t, err)
					assert.JSONEq(t, c.want, string(plain))
				}
			}
			a["probe"] = true
			assert.Equal(t, true, in["a"].(map[string]any)["probe"], "the object keeps its identity")
			require.NoError(t, pipeline.Close(context.Background()))
		})
	}
}

// store counts writes and refuses some.
type store struct {
	calls  atomic.Int32
	refuse bool
}

func (s *store) UpdateAppMetadata(_ context.Context, id string, values map[string]any) (map[string]any, error) {
	s.calls.Add(1)
	if s.refuse {
		return nil, errors.New("refused")
	}
	return map[string]any{"user_id": id, "app_metadata": values}, nil
}

func (s *store) UpdateUserMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	return s.UpdateAppMetadata(ctx, id, values)
}

// TestReplay: a write that happened already is answered and not repeated.
func TestReplay(t *testing.T) {
	values := func() any { return map[string]any{"plan": "free", "n": 1.0} }
	persist := func(then ...program.Step) *program.Persist {
		return &program.Persist{At: at, Target: "app", UserID: 0, Values: 1, Then: then, Style: "then"}
	}
	eval := expressions{constant("u|1"), func(*steps.Frame) any { return values() }}
	const code = "auth0.users.updateAppMetadata('u|1', {plan: 'free', n: 1}).then(function (u) { user.answer = u.app_metadata.plan; callback(null, user, context); }, function (e) { callback(e); });"
	cases := []struct {
		name   string
		runner *steps.Runner
		code   string
		refuse bool
		calls  int32
		want   string
	}{
		{"no exit", compiled(t, eval, persist(&program.Done{At: at})), code, false, 1, `{}`},
		{"exit behind the write", compiled(t, eval, persist(&program.Exit{At: at, Code: "forced"})), code, false, 1, `{"answer":"free"}`},
		{"exit at once", compiled(t, eval, persist(), &program.Exit{At: at, Code: "forced"}), code, false, 1, `{"answer":"free"}`},
		{"refused", compiled(t, eval, persist(&program.Done{At: at})), code, true, 1, "refused"},
		{"other values", compiled(t, eval, persist(), &program.Exit{At: at, Code: "forced"}), strings.Replace(code, "n: 1", "n: 2", 1), false, 2, `{"answer":"free"}`},
		{"callback first", compiled(t, eval, persist(&program.Done{At: at}), &program.Done{At: at}), code, false, 1, `{"answer":"free"}`},
		{"awaited", compiled(t, eval, &program.Persist{At: at, Target: "app", UserID: 0, Values: 1, Await: true, Style: "await"}, &program.Done{At: at}), code, false, 1, `{}`},
		{"nobody waits", compiled(t, eval, &program.Persist{At: at, Target: "app", UserID: 0, Values: 1, Style: "none"}, &program.Done{At: at}), code, false, 1, `{}`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &store{refuse: c.refuse}
			pipeline, _ := chain(bundle(t, c.code), runtime.Options{Store: s}, c.runner)
			out, err := pipeline.Run(context.Background(), runtime.Input{})
			require.NoError(t, err)
			require.NoError(t, pipeline.Close(context.Background()))
			assert.Equal(t, c.calls, s.calls.Load())
			assert.Len(t, out.Metadata, int(c.calls))
			if out.Err != nil {
				assert.Equal(t, c.want, out.Err.Message)
				return
			}
			text, err := out.UserJSON()
			require.NoError(t, err)
			assert.Equal(t, c.want, string(text))
		})
	}
}

// slow answers when it is let go.
type slow struct {
	store
	wait chan struct{}
}

func (s *slow) UpdateAppMetadata(ctx context.Context, id string, values map[string]any) (map[string]any, error) {
	<-s.wait
	return s.store.UpdateAppMetadata(ctx, id, values)
}

// TestSlowStore: a store that does not answer cannot hold the login.
func TestSlowStore(t *testing.T) {
	s := &slow{wait: make(chan struct{})}
	r := compiled(t, expressions{constant("u|1"), constant(map[string]any{})}, &program.Persist{At: at, Target: "app", UserID: 0, Values: 1, Await: true}, &program.Done{At: at})
	pipeline, _ := chain(bundle(t, "auth0.users.updateAppMetadata('u|1', {}).then(function () { callback(null, user, context); });"),
		runtime.Options{Store: s, Limits: runtime.Limits{Timeout: 50 * time.Millisecond}}, r)
	began := time.Now()
	out, err := pipeline.Run(context.Background(), runtime.Input{})
	require.NoError(t, err)
	assert.Equal(t, runtime.KindTimeout, out.Err.Kind)
	assert.Less(t, time.Since(began), 5*time.Second)
	assert.Len(t, out.Metadata, 1)
	close(s.wait)
	require.NoError(t, pipeline.Close(context.Background()))
	assert.Equal(t, int32(1), s.calls.Load())
}

func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	r := compiled(t, expressions{func(*steps.Frame) any { cancel(); return 1.0 }}, &program.Set{At: at, Target: userPlace("x"), Value: 0}, &program.Done{At: at})
	pipeline, _ := chain(nil, runtime.Options{}, r, sets(t, 2.0, "y"))
	user := map[string]any{"a": 1}
	_, err := pipeline.Run(ctx, runtime.Input{User: user})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, map[string]any{"a": 1}, user)
}

func TestPanic(t *testing.T) {
	r := compiled(t, expressions{func(*steps.Frame) any { panic("broken") }}, &program.Eval{At: at, X: 0}, &program.Done{At: at})
	pipeline, _ := chain(nil, runtime.Options{}, sets(t, 2.0, "y"), r)
	user := map[string]any{"a": 1}
	_, err := pipeline.Run(context.Background(), runtime.Input{User: user})
	var internal *runtime.InternalError
	require.ErrorAs(t, err, &internal)
	assert.Equal(t, map[string]any{"a": 1}, user)
}

// TestRedirect: the login waits as it was before the rules.
func TestRedirect(t *testing.T) {
	r := compiled(t, expressions{constant("https://example.com/"), constant("s")},
		&program.Set{At: at, Target: program.Place{Root: "context", Local: program.None, Keys: []program.Key{{Name: "redirect", Expr: program.None}, {Name: "url", Expr: program.None}}}, Value: 0},
		&program.Set{At: at, Target: userPlace("set"), Value: 1}, &program.Set{At: at, Target: userPlace("app_metadata", "m"), Value: 1}, &program.Done{At: at})
	pipeline, _ := chain(nil, runtime.Options{}, r)
	metadata := map[string]any{}
	user, login := map[string]any{"app_metadata": metadata}, map[string]any{"redirect": map[string]any{}}
	out, err := pipeline.Run(context.Background(), runtime.Input{User: user, Context: login})
	require.NoError(t, err)
	require.Equal(t, runtime.Redirect, out.Decision)
	assert.Equal(t, map[string]any{"set": "s", "app_metadata": map[string]any{"m": "s"}}, user)
	assert.Equal(t, map[string]any{"m": "s"}, metadata, "the object keeps its identity")
	text, err := out.UserJSON()
	require.NoError(t, err)
	assert.Equal(t, `{"app_metadata":{"m":"s"},"set":"s"}`, string(text))
	again, err := pipeline.Resume(context.Background(), out.RedirectTo.State, runtime.Resumption{})
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"set": "s", "app_metadata": map[string]any{"m": "s"}}, again.User)
}

// TestConfigurations: runs with another configuration get other runners, each made once.
func TestConfigurations(t *testing.T) {
	var made atomic.Int32
	rules := []mixed.Rule{{Name: "r0", File: "r0.js", Runner: sets(t, "own", "c")}}
	engine := mixed.New(rules, mixed.Options{
		Name: "expr", JavaScript: bundle(t, "user.c = 'js'; "+asIs), Configuration: map[string]string{"k": "own"},
		Specialize: func(configuration map[string]string) ([]*steps.Runner, bool) {
			made.Add(1)
			return []*steps.Runner{sets(t, configuration["k"], "c")}, configuration["k"] != "none"
		},
	})
	pipeline := runtime.NewChain([]runtime.Rule{{Name: "r0"}}, engine, runtime.Options{Configuration: map[string]string{"k": "own"}})
	var group sync.WaitGroup
	for range 4 {
		for _, k := range []string{"own", "a", "b", "none"} {
			group.Go(func() {
				out, err := pipeline.Run(context.Background(), runtime.Input{Configuration: map[string]string{"k": k}})
				want := k
				if k == "none" {
					want = "js"
				}
				assert.NoError(t, err)
				assert.Equal(t, map[string]any{"c": want}, out.User)
			})
		}
	}
	group.Wait()
	assert.Equal(t, int32(3), made.Load())
	for i := range 40 {
		_, err := pipeline.Run(context.Background(), runtime.Input{Configuration: map[string]string{"k": fmt.Sprint(i)}})
		require.NoError(t, err)
	}
	_, err := pipeline.Run(context.Background(), runtime.Input{Configuration: map[string]string{"k": "39"}})
	require.NoError(t, err)
	assert.Equal(t, int32(43), made.Load())
}

// TestManyRuns runs one engine from many goroutines.
func TestManyRuns(t *testing.T) {
	js := bundle(t, asIs, "user.js = (user.js || 0) + 1; setTimeout(function () { user.later = user.a.k.length; }, 1); "+asIs, asIs, "callback(user.fail ? new Error('x') : null, user, context);")
	half := compiled(t, expressions{func(f *steps.Frame) any { return f.User.(map[string]any)["odd"] }, constant("w")},
		&program.Set{At: at, Target: userPlace("a", "w"), Value: 1},
		&program.If{At: at, Cond: 0, Then: []program.Step{&program.Exit{At: at, Code: "forced"}}}, &program.Done{At: at})
	pipeline, _ := chain(js, runtime.Options{}, sets(t, "n", "new"), half, sets(t, "l", "a", "last"), nil)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 30 {
				odd, fail := i%2 == 1, i%3 == 0
				user := map[string]any{"odd": odd, "fail": fail, "a": map[string]any{"k": []any{1.0}}}
				out, err := pipeline.Run(context.Background(), runtime.Input{User: user})
				if !assert.NoError(t, err, g) {
					return
				}
				want := map[string]any{"odd": odd, "fail": fail, "a": map[string]any{"k": []any{1.0}}}
				if !fail {
					want["new"], want["a"].(map[string]any)["last"] = "n", "l"
					if odd {
						want["js"] = 1.0
					} else {
						want["a"].(map[string]any)["w"] = "w"
					}
				}
				assert.Equal(t, fail, out.Err != nil)
				assert.Equal(t, want, user)
				user["a"].(map[string]any)["k"].([]any)[0] = "mine" // what rules left running must not read it
				user["x"] = i
			}
		})
	}
	group.Wait()
	require.NoError(t, pipeline.Close(context.Background()))
}
