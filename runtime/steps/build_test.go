package steps_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// expression is an expression as a Go function.
type expression func(f *steps.Frame) (any, error)

// functions is an evaluator of Go functions.
type functions []expression

func (e functions) Eval(f *steps.Frame, expr int) (any, error) { return e[expr](f) }

func (e functions) Test(f *steps.Frame, expr int) (bool, error) {
	value, err := e[expr](f)
	yes, _ := value.(bool)
	return yes, err
}

// builder makes a rule by hand.
type builder struct {
	rule program.Rule
	eval functions
}

func newRule(locals ...string) *builder {
	return &builder{rule: program.Rule{Name: "r", File: "r.js", Locals: locals}}
}

// at is the place of everything.
var at = program.Pos{Line: 3, Column: 5}

func (b *builder) expr(e expression) int {
	b.eval = append(b.eval, e)
	b.rule.Exprs = append(b.rule.Exprs, program.Expr{At: at})
	return len(b.eval) - 1
}

func (b *builder) value(v any) int {
	return b.expr(func(*steps.Frame) (any, error) { return v, nil })
}

func (b *builder) test(e func(f *steps.Frame) bool) int {
	n := b.expr(func(f *steps.Frame) (any, error) { return e(f), nil })
	b.rule.Exprs[n].Test = true
	return n
}

func (b *builder) fresh(e expression) int {
	n := b.expr(e)
	b.rule.Exprs[n].Fresh = true
	return n
}

func (b *builder) local(i int) int {
	return b.expr(func(f *steps.Frame) (any, error) { return f.Locals[i], nil })
}

// path reads a path; keys are those of user or context.
func (b *builder) path(root string, keys ...string) int {
	b.rule.Paths = append(b.rule.Paths, program.Path{Root: root, Keys: keys})
	i := len(b.rule.Paths) - 1
	return b.expr(func(f *steps.Frame) (any, error) { return f.Path(i), nil })
}

func place(root string, keys ...string) program.Place {
	p := program.Place{Root: root, Local: program.None}
	for _, key := range keys {
		p.Keys = append(p.Keys, program.Key{Name: key, Expr: program.None})
	}
	return p
}

func localPlace(local int, keys ...string) program.Place {
	p := place("", keys...)
	p.Local = local
	return p
}

func set(target program.Place, value int) *program.Set {
	return &program.Set{At: at, Target: target, Value: value}
}

func push(target program.Place, values ...int) *program.Mutate {
	m := &program.Mutate{At: at, Method: "push", Target: target, Result: program.None}
	for _, v := range values {
		m.Args = append(m.Args, program.Arg{Expr: v})
	}
	return m
}

var done = &program.Done{At: at}

func (b *builder) compile(t testing.TB, list ...program.Step) *steps.Runner {
	t.Helper()
	b.rule.Steps = list
	r, err := steps.Compile(&b.rule, b.eval)
	require.NoError(t, err)
	r.Trim() // as pipelines do
	return r
}

func newRun() *runtime.Run {
	return &runtime.Run{
		Limits: runtime.Limits{}.WithDefaults(), Zone: time.UTC,
		Clock: func() time.Time { return time.UnixMilli(1_000_000) },
	}
}

// login is decoded JSON with its key order, and the work on it.
type login struct {
	user, context map[string]any
	order         *jsondoc.Order
	work          steps.Work
}

func newLogin(t testing.TB, user, context string) *login {
	t.Helper()
	l := &login{order: &jsondoc.Order{}}
	for _, part := range []struct {
		text string
		into *map[string]any
	}{{user, &l.user}, {context, &l.context}} {
		tree, order, err := jsondoc.Decode([]byte(part.text))
		require.NoError(t, err)
		l.order.Merge(order)
		*part.into = tree.(map[string]any)
	}
	l.work.Begin(runtime.State{User: l.user, Context: l.context, Order: l.order})
	return l
}

func (l *login) run(r *steps.Runner) steps.End {
	return *r.Run(context.Background(), newRun(), &l.work, time.Now())
}

// texts are the user and the context as JSON.
func (l *login) texts(t testing.TB) (user, context string) {
	t.Helper()
	state := l.work.State()
	for _, part := range []struct {
		value any
		into  *string
	}{{state.User, &user}, {state.Context, &context}} {
		text, err := jsondoc.Encode(part.value, state.Order)
		require.NoError(t, err)
		*part.into = string(text)
	}
	return user, context
}

func object(pairs ...any) *jsvalue.Object {
	o := &jsvalue.Object{Values: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		key := pairs[i].(string)
		o.Keys = append(o.Keys, key)
		o.Values[key] = pairs[i+1]
	}
	return o
}

func list(items ...any) *jsvalue.List { return &jsvalue.List{Items: items} }
