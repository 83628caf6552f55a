package steps_test

import (
	"context"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// TestSteps runs rules made by hand. Each says what the user is afterwards, or the code of
// the exit, or the error.
func TestSteps(t *testing.T) {
	const user = `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`
	cases := []struct {
		name    string
		mutates bool
		locals  []string
		rule    func(b *builder) []program.Step
		want    string // of user; "" for unchanged
		exit    string
		err     string
	}{
		{name: "nothing", rule: func(b *builder) []program.Step { return []program.Step{done} }},
		{name: "no callback", rule: func(b *builder) []program.Step { return nil }, exit: "no-callback"},
		{name: "set keeps the order and appends", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "z"), b.value(2.0)), set(place("user", "b"), b.value("x")), set(place("user", "0"), b.value(true)), done}
		}, want: `{"0":true,"b":"x","a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text","z":2}`},
		{name: "a deleted key that is written again comes last", rule: func(b *builder) []program.Step {
			return []program.Step{&program.Delete{At: at, Target: place("user", "b")}, set(place("user", "b"), b.value(1.0)), done}
		}, want: `{"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text","b":1}`},
		{name: "undefined is dropped", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(jsvalue.Undefined)), set(place("user", "a", "q"), b.value(jsvalue.Undefined)), done}
		}, want: `{"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "objects and arrays of the run", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.expr(func(*steps.Frame) (any, error) {
				return object("z", list(1.0, object("k", nil)), "a", math.Copysign(0, -1), "u", jsvalue.Undefined), nil
			})), done}
		}, want: `{"b":{"z":[1,{"k":null}],"a":0},"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "an alias becomes a copy", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.path("user", "a")), set(place("user", "a", "w"), b.value(1.0)), done}
		}, want: `{"b":{"y":1,"x":[1,2],"w":1},"a":{"y":1,"x":[1,2],"w":1},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "swapped objects", locals: []string{"h"}, rule: func(b *builder) []program.Step {
			return []program.Step{
				set(place("user", "ids", "0", "q"), b.value(1.0)), &program.Let{At: at, Local: 0, Value: b.path("user", "a")},
				set(place("user", "a"), b.path("user", "ids", "0")), set(place("user", "ids", "0", "p"), b.local(0)), done,
			}
		}, want: `{"b":1,"a":{"p":{"y":1,"x":[1,2]},"l":["q"],"q":1},"roles":["r"],"ids":[{"p":{"y":1,"x":[1,2]},"l":["q"],"q":1}],"n":null,"t":"text"}`},
		{name: "a cycle", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.path("user")), done}
		}, exit: "value-size"},
		{name: "NaN", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(math.NaN())), done}
		}, exit: "not-json-value"},
		{name: "a date", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(&jsvalue.Date{})), done}
		}, want: `{"b":"1970-01-01T00:00:00.000Z","a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "two dates", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(&jsvalue.Date{})), set(place("user", "n"), b.value(&jsvalue.Date{})), done}
		}, exit: "not-json-value"},
		{name: "a date inside", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(list(&jsvalue.Date{}))), done}
		}, exit: "not-json-value"},
		{name: "undefined in an array", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(list(jsvalue.Undefined))), done}
		}, exit: "not-json-value"},
		{name: "a write to null", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(5.0)), set(place("user", "n", "x"), b.value(1.0)), done}
		}, exit: "nullish-parent"},
		{name: "a write to a missing object", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "no", "x"), b.value(1.0)), done}
		}, exit: "nullish-parent"},
		{name: "a write to a text", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "t", "x"), b.value(1.0)), done}
		}, exit: "value-type"},
		{name: "a prototype's name", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "toString"), b.value(1.0)), done}
		}, exit: "prototype-key"},
		{name: "poison", rule: func(b *builder) []program.Step {
			return []program.Step{&program.Eval{At: at, X: b.path("user", "n", "x")}, done}
		}, exit: "nullish-parent"},
		{name: "default", rule: func(b *builder) []program.Step {
			return []program.Step{
				&program.Default{At: at, Target: place("user", "n"), Value: b.value(1.0)},
				&program.Default{At: at, Target: place("user", "t"), Value: b.value(1.0)}, done,
			}
		}, want: `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":1,"t":"text"}`},
		{name: "writes behind the callback are not seen", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(2.0)), done, set(place("user", "b"), b.value(3.0)), set(place("user", "c"), b.value(3.0))}
		}, want: `{"b":2,"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "nor are those to what the run made", locals: []string{"o", "l"}, rule: func(b *builder) []program.Step {
			return []program.Step{
				&program.Let{At: at, Local: 0, Value: b.expr(func(*steps.Frame) (any, error) { return object("k", 1.0), nil })},
				&program.Let{At: at, Local: 1, Value: b.expr(func(*steps.Frame) (any, error) { return list(1.0), nil })},
				set(place("user", "b"), b.local(0)), set(place("user", "n"), b.local(1)), done,
				set(localPlace(0, "k"), b.value(2.0)), set(localPlace(0, "m"), b.value(2.0)), push(localPlace(1), b.value(2.0)),
				&program.Delete{At: at, Target: localPlace(0, "k")},
			}
		}, want: `{"b":{"k":1},"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":[1],"t":"text"}`},
		{name: "one object at two places", locals: []string{"o"}, rule: func(b *builder) []program.Step {
			return []program.Step{
				&program.Let{At: at, Local: 0, Value: b.expr(func(*steps.Frame) (any, error) { return object("k", 1.0), nil })},
				set(place("user", "b"), b.local(0)), set(place("user", "n"), b.local(0)), set(localPlace(0, "k"), b.value("later")), done,
			}
		}, want: `{"b":{"k":"later"},"a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":{"k":"later"},"t":"text"}`},
		{name: "arrays are shared", mutates: true, locals: []string{"r"}, rule: func(b *builder) []program.Step {
			return []program.Step{
				&program.Let{At: at, Local: 0, Value: b.path("user", "roles")}, push(localPlace(0), b.value("s")), push(place("user", "ids", "0", "l"), b.value("n")), done,
			}
		}, want: `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r","s"],"ids":[{"p":"g","l":["q","n"]}],"n":null,"t":"text"}`},
		{name: "an array by another way", mutates: true, locals: []string{"r"}, rule: func(b *builder) []program.Step {
			return []program.Step{&program.Let{At: at, Local: 0, Value: b.expr(func(f *steps.Frame) (any, error) { return f.User.(map[string]any)["roles"], nil })}, done}
		}, exit: "shared-array"},
		{name: "add unless there", mutates: true, rule: func(b *builder) []program.Step {
			return []program.Step{
				&program.AddUnless{At: at, Target: place("user", "roles"), Value: b.value("r")},
				&program.AddUnless{At: at, Target: place("user", "roles"), Value: b.value("s")}, done,
			}
		}, want: `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r","s"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "loops", locals: []string{"x", "i", "k", "n"}, rule: func(b *builder) []program.Step {
			return []program.Step{
				set(place("user", "b"), b.value("")),
				&program.For{At: at, Label: "f", Item: 0, Index: 1, List: b.path("user", "a", "x"), Body: []program.Step{
					&program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return f.Locals[1] == 1.0 }), Then: []program.Step{&program.Leave{Label: "f"}}},
					appendText(b, "f"),
				}},
				&program.ForKeys{At: at, Label: "k", Key: 2, Object: b.path("user", "a"), Body: []program.Step{
					&program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return f.Locals[2] == "y" }), Then: []program.Step{&program.Next{Label: "k"}}},
					appendText(b, "k"),
				}},
				&program.Block{At: at, Label: "b", Body: []program.Step{
					&program.Count{At: at, Label: "c", Local: 3, From: b.value(0.0), While: b.test(func(f *steps.Frame) bool { return f.Locals[3].(float64) < 5 }), By: 2, Body: []program.Step{
						appendText(b, "c"),
						&program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return f.Locals[3] == 2.0 }), Then: []program.Step{&program.Leave{Label: "b"}}},
					}},
					appendText(b, "never"),
				}},
				done, &program.Return{At: at}, appendText(b, "never"),
			}
		}, want: `{"b":"fkcc","a":{"y":1,"x":[1,2]},"roles":["r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "an endless loop", locals: []string{"i"}, rule: func(b *builder) []program.Step {
			return []program.Step{&program.Count{At: at, Label: "c", Local: 0, From: b.value(0.0), While: b.test(func(*steps.Frame) bool { return true }), By: 1}, done}
		}, exit: "loop-unbounded"},
		{name: "a growing array", mutates: true, locals: []string{"x"}, rule: func(b *builder) []program.Step {
			return []program.Step{&program.For{At: at, Label: "f", Item: 0, Index: program.None, List: b.path("user", "roles"), Body: []program.Step{
				&program.If{At: at, Cond: b.test(func(f *steps.Frame) bool { return len(f.User.(map[string]any)["roles"].(*jsvalue.List).Items) < 4 }), Then: []program.Step{push(place("user", "roles"), b.value("g"))}},
			}}, done}
		}, want: `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r","g","g","g"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "forEach sees the first length", mutates: true, locals: []string{"x"}, rule: func(b *builder) []program.Step {
			return []program.Step{&program.For{At: at, Label: "f", Item: 0, Index: program.None, List: b.path("user", "roles"), Fixed: true, Body: []program.Step{
				push(place("user", "roles"), b.local(0)),
			}}, done}
		}, want: `{"b":1,"a":{"y":1,"x":[1,2]},"roles":["r","r"],"ids":[{"p":"g","l":["q"]}],"n":null,"t":"text"}`},
		{name: "an exit step", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(2.0)), &program.Exit{At: at, Code: "forced"}}
		}, exit: "forced"},
		{name: "deny", rule: func(b *builder) []program.Step {
			return []program.Step{set(place("user", "b"), b.value(2.0)), &program.Deny{At: at, Message: b.value("no")}, done}
		}, err: "r.js:3:5: rule \"r\": UnauthorizedError: no"},
		{name: "fail", rule: func(b *builder) []program.Step {
			return []program.Step{&program.Fail{At: at, Name: "Error", Message: b.value(12.0), Fields: []program.Field{{Name: "code", Value: b.value("c")}, {Name: "name", Value: b.value("Mine")}}}}
		}, err: "r.js:3:5: rule \"r\": Mine: 12"},
		{name: "fail with a text", rule: func(b *builder) []program.Step {
			return []program.Step{&program.Fail{At: at, Message: b.value("oops")}}
		}, err: "rule \"r\": error: oops"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newRule(c.locals...)
			b.rule.MutatesLists = c.mutates
			r := b.compile(t, c.rule(b)...)
			l := newLogin(t, user, `{}`)
			for range 2 { // the frame is used again
				end := l.run(r)
				got, _ := l.texts(t)
				switch {
				case c.exit != "":
					require.NotNil(t, end.Exit)
					assert.Equal(t, c.exit, end.Exit.Code)
					assert.Equal(t, user, got)
				case c.err != "":
					require.NotNil(t, end.Err)
					assert.Equal(t, c.err, end.Err.Error())
					assert.Equal(t, user, got)
				default:
					require.Nil(t, end.Exit)
					require.Nil(t, end.Err)
					if c.want == "" {
						c.want = user
					}
					assert.Equal(t, c.want, got)
				}
				l.work.Undo()
				got, _ = l.texts(t)
				assert.Equal(t, user, got)
			}
		})
	}
}

func appendText(b *builder, text string) program.Step {
	return set(place("user", "b"), b.expr(func(f *steps.Frame) (any, error) {
		return f.User.(map[string]any)["b"].(string) + text, nil
	}))
}

func TestDropped(t *testing.T) {
	b := newRule()
	r := b.compile(t, &program.Done{At: at, User: program.Dropped, Context: program.Missing})
	l := newLogin(t, `{"a":1}`, `{"b":1}`)
	require.Nil(t, l.run(r).Err)
	user, context := l.texts(t)
	assert.Equal(t, "null", user)
	assert.Equal(t, `{"b":1}`, context)
	assert.Equal(t, map[string]any{"a": 1.0}, l.user)
}

// TestIdentity: what exists before and after keeps its identity, what did not change its type.
func TestIdentity(t *testing.T) {
	b := newRule("o")
	b.rule.MutatesLists = true
	r := b.compile(t,
		set(place("user", "a"), b.expr(func(f *steps.Frame) (any, error) {
			a := f.User.(map[string]any)["a"].(map[string]any)
			return object("k", a["k"], "new", object("x", 1.0)), nil // {...user.a, new: …} without the rest
		})),
		set(place("user", "n"), b.path("user", "n")),
		push(place("user", "grown"), b.value(1.0)),
		&program.Eval{At: at, X: b.path("user", "read")},
		&program.Let{At: at, Local: 0, Value: b.path("user", "ids")},
		done,
	)
	inner, a, id := map[string]any{"v": 1}, map[string]any{"gone": true}, map[string]any{"p": 1}
	a["k"] = inner
	read, ids, grown := []any{"r"}, []any{id}, []any{}
	user := map[string]any{"a": a, "n": 7, "read": read, "ids": ids, "grown": grown}
	var work steps.Work
	work.Begin(runtime.State{User: user, Context: map[string]any{}})
	end := r.Run(context.Background(), newRun(), &work, time.Now())
	require.Nil(t, end.Exit)
	a["probe"] = true
	assert.Equal(t, map[string]any{"k": inner, "new": map[string]any{"x": 1.0}, "probe": true}, user["a"], "the object is the one that stood there")
	delete(a, "probe")
	inner["probe"] = true
	assert.Equal(t, true, user["a"].(map[string]any)["k"].(map[string]any)["probe"])
	delete(inner, "probe")
	assert.Equal(t, 7, user["n"])
	assert.Same(t, &read[0], &user["read"].([]any)[0])
	assert.Same(t, &ids[0], &user["ids"].([]any)[0])
	assert.Equal(t, []any{1.0}, user["grown"])
	work.Undo()
	assert.Equal(t, map[string]any{"a": map[string]any{"gone": true, "k": map[string]any{"v": 1}}, "n": 7, "read": []any{"r"}, "ids": []any{map[string]any{"p": 1}}, "grown": []any{}}, user)
}

func TestWarningsAndConsole(t *testing.T) {
	b := newRule()
	r := b.compile(t,
		&program.Log{At: at, Level: "warn", Args: []program.Arg{{Expr: b.value("a %d")}, {Expr: b.value(1.0)}, {Expr: b.path("user")}}},
		&program.Done{At: at, User: program.Missing, Falsy: `""`}, done, &program.Deny{At: at, Message: program.None},
	)
	l := newLogin(t, `{"z":{"y":[1]},"a":-0}`, `{}`)
	engine := engineOf(func(ctx context.Context, run *runtime.Run, in runtime.State) steps.End {
		l.work.Begin(in)
		return *r.Run(ctx, run, &l.work, time.Now())
	})
	out, err := runtime.NewChain([]runtime.Rule{{Name: "r"}}, engine, runtime.Options{}).Run(context.Background(), runtime.Input{User: l.user, Context: l.context, Order: l.order})
	require.NoError(t, err)
	assert.Equal(t, runtime.Allowed, out.Decision)
	assert.Equal(t, []runtime.ConsoleLine{{Rule: "r", Level: "warn", Text: "a 1 { z: { y: [ 1 ] }, a: -0 }"}}, out.Console)
	assert.Equal(t, []runtime.Warning{
		{Rule: "r", Code: runtime.WarnFalsyStatus, Text: `the callback's first argument is the text "": it counts as success; pass null`},
		{Rule: "r", Code: runtime.WarnMissingArgs, Text: runtime.TextMissingArgs},
		{Rule: "r", Code: runtime.WarnCallbackTwice, Text: runtime.TextCallbackTwice},
		{Rule: "r", Code: runtime.WarnCallbackTwice, Text: runtime.TextCallbackTwice},
	}, out.Warnings)
}

// TestInvalidUTF8: bytes that are no UTF-8 become U+FFFD in JavaScript.
func TestInvalidUTF8(t *testing.T) {
	for text, exits := range map[string]bool{"a\xffb": true, "é😀": false, "half \xed\xa0\x80": false, "\xed\xa0": true} {
		b := newRule("x")
		r := b.compile(t, &program.Let{At: at, Local: 0, Value: b.path("user", "text")}, done)
		l := newLogin(t, `{}`, `{}`)
		l.user["text"] = text
		assert.Equal(t, exits, l.run(r).Exit != nil, "%q", text)
	}
}

func TestTrim(t *testing.T) {
	b := newRule("x")
	b.rule.Steps = []program.Step{done}
	r, err := steps.Compile(&b.rule, b.eval)
	require.NoError(t, err)
	assert.Same(t, &b.rule, r.Rule())
	r.Trim()
	r.Trim()
	assert.Panics(t, func() { r.Rule() })
	assert.Equal(t, []program.Step{done}, b.rule.Steps, "the rule itself stays what it is")
}

func TestMalformed(t *testing.T) {
	for name, rule := range map[string]program.Rule{
		"expression": {Steps: []program.Step{&program.Eval{X: 1}}},
		"variable":   {Exprs: make([]program.Expr, 1), Steps: []program.Step{&program.Let{Local: 0}}},
		"label":      {Steps: []program.Step{&program.Leave{Label: "a"}}},
		"next":       {Steps: []program.Step{&program.Block{Label: "a", Body: []program.Step{&program.Next{Label: "a"}}}}},
		"root":       {Paths: []program.Path{{Root: "global"}}},
		"path":       {Exprs: []program.Expr{{Paths: []int{0}}}},
		"key":        {Exprs: make([]program.Expr, 1), Steps: []program.Step{&program.Set{Target: program.Place{Root: "user"}}}},
	} {
		_, err := steps.Compile(&rule, functions{})
		assert.Error(t, err, name)
	}
}
