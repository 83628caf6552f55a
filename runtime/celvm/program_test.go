package celvm_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/celvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// paths are what the texts of this test read.
var paths = []program.Path{
	{Name: "user", Root: "user"},
	{Name: "user.email", Root: "user", Keys: []string{"email"}},
	{Name: "user.email_verified", Root: "user", Keys: []string{"email_verified"}},
	{Name: "user.app_metadata", Root: "user", Keys: []string{"app_metadata"}},
	{Name: "user.app_metadata.plan", Root: "user", Keys: []string{"app_metadata", "plan"}},
	{Name: "user.app_metadata.a b.c", Root: "user", Keys: []string{"app_metadata", "a b", "c"}},
	{Name: "user.blocked", Root: "user", Keys: []string{"blocked"}},
	{Name: "user.blocked.by", Root: "user", Keys: []string{"blocked", "by"}},
	{Name: "user.groups", Root: "user", Keys: []string{"groups"}},
	{Name: "user.since", Root: "user", Keys: []string{"since"}},
	{Name: "context.clientID", Root: "context", Keys: []string{"clientID"}},
	{Name: "context.stats.loginsCount", Root: "context", Keys: []string{"stats", "loginsCount"}},
}

func ruleOf(text string, test bool) *program.Rule {
	return &program.Rule{Name: "case", Paths: paths, Locals: []string{"local", "date"}, Exprs: []program.Expr{
		{CEL: text, Test: test, At: program.Pos{Line: 1, Column: 1}},
	}}
}

func frameOf(rule *program.Rule) *steps.Frame {
	return &steps.Frame{
		Paths: rule.Paths,
		User: map[string]any{
			"email": "ann@example.com", "email_verified": true, "groups": []any{"staff", "admin"}, "since": time.Time{},
			"app_metadata": map[string]any{"plan": "gold", "a b": map[string]any{"c": 1.5}, "n": 3},
		},
		Context: map[string]any{"clientID": "abc", "stats": map[string]any{"loginsCount": 7.0}},
		Locals:  []any{&jsvalue.List{Items: []any{"x", jsvalue.Undefined}}, &jsvalue.Date{Time: 1}},
		Run:     jsvalue.Run{Now: 5, Zone: time.UTC, Keys: func(map[string]any) ([]string, bool) { return nil, false }},
	}
}

// eval computes a text.
func eval(t *testing.T, text string) (any, error) {
	t.Helper()
	rule := ruleOf(text, false)
	evaluator, err := celvm.Compile(rule)
	require.NoError(t, err)
	return evaluator.Eval(frameOf(rule), 0)
}

func TestEval(t *testing.T) {
	for text, want := range map[string]any{
		`user.email`:                          "ann@example.com",
		`user.app_metadata["a b"].c`:          1.5,
		`user["app_metadata"]["a b"]["c"]`:    1.5,
		`user.blocked`:                        jsvalue.Undefined,
		`context.stats.loginsCount`:           7.0,
		`undefined`:                           jsvalue.Undefined,
		`null`:                                nil,
		`-0.5`:                                -0.5,
		`"a\U0001d4b3\"\\\n"`:                 "a𝒳\"\\\n",
		`local`:                               &jsvalue.List{Items: []any{"x", jsvalue.Undefined}},
		`get(local, 1.0)`:                     jsvalue.Undefined,
		`local.find(x, isNullish(x))`:         jsvalue.Undefined,
		`local.findIndex(x, isNullish(x))`:    1.0,
		`local.findIndex(x, i, i == 2.0)`:     -1.0,
		`local.filter(x, i, i == 0.0)`:        []any{"x"},
		`local.map(x, i, i)`:                  []any{0.0, 1.0},
		`[].map(x, x)`:                        []any{},
		`[1.0, [user.email]]`:                 &jsvalue.List{Items: []any{1.0, &jsvalue.List{Items: []any{"ann@example.com"}}}},
		`{"b": 1.0, "a": null}`:               &jsvalue.Object{Keys: []string{"b", "a"}, Values: map[string]any{"b": 1.0, "a": nil}},
		`date`:                                &jsvalue.Date{Time: 1},
		`user.email == "x" ? 1.0 : dyn("no")`: "no",
		`user.email != "x" && true || false`:  true,
		`cel.bind(it, String(1.5), it == "1.5" ? it : "")`:      "1.5",
		`user.groups.every(g, user.groups.some(h, same(g, h)))`: true,
		`user.email in ["x", 1.0]`:                              false,
	} {
		got, err := eval(t, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func TestEvalExits(t *testing.T) {
	for text, want := range map[string]string{
		`user.blocked.by`:                 "nullish-parent",
		`user.since`:                      "foreign-value",
		`user.since == null`:              "foreign-value",
		`true && user.blocked.by == 1.0`:  "nullish-parent",
		`user.blocked.by == 1.0 || true`:  "nullish-parent",
		`user.blocked.by == 1.0 && false`: "nullish-parent",
		`[1.0, user.blocked.by]`:          "nullish-parent",
		`{"a": user.blocked.by}`:          "nullish-parent",
		`user.email.some(x, true)`:        "value-type",
		`user.app_metadata.map(x, x)`:     "value-type",
		`local.some(x, get(x, "length") == 0.0 ? true : truthy(x) ? false : true)`: "nullish-parent",
		`local.map(x, get(x, "length"))`:                                           "nullish-parent",
		`local.filter(x, truthy(get(x, "length")))`:                                "nullish-parent",
		`local.find(x, get(x, "length") == 7.0)`:                                   "nullish-parent",
		`local.findIndex(x, get(x, "length") == 7.0)`:                              "nullish-parent",
		`local.every(x, truthy(get(x, "length")))`:                                 "nullish-parent",
		`cel.bind(it, user.blocked.by, truthy(it))`:                                "nullish-parent",
		`user.email ? 1.0 : 2.0`:                                                   "value-type",
		`!user.email`:                                                              "value-type",
		`test(regexp("é", "i"), user.email)`:                                       "value-type",
		`keys(user.app_metadata, run)`:                                             "key-order",
	} {
		got, err := eval(t, text)
		var exit *steps.ExitError
		require.ErrorAs(t, err, &exit, "%s: %v", text, got)
		assert.Equal(t, want, exit.Code, text)
		assert.Equal(t, program.Pos{Line: 1, Column: 1}, exit.At, text)
	}
}

// TestSomeStopsAtExit has a match behind an item that exits, and one before it.
func TestSomeStopsAtExit(t *testing.T) {
	rule := ruleOf(`local.some(x, get(x, "name") == "a")`, true)
	evaluator, err := celvm.Compile(rule)
	require.NoError(t, err)
	frame := frameOf(rule)
	match := map[string]any{"name": "a"}
	frame.Locals[0] = []any{nil, match}
	_, err = evaluator.Test(frame, 0)
	assert.ErrorAs(t, err, new(*steps.ExitError))
	frame.Locals[0] = []any{match, nil}
	yes, err := evaluator.Test(frame, 0)
	assert.NoError(t, err)
	assert.True(t, yes)
}

func TestExitPlaces(t *testing.T) {
	pos := func(column int) program.Pos { return program.Pos{Line: 3, Column: column} }
	text := `"é" == user.email ? true : user.groups.some(g, get(get(g, "x"), "y") == 1.0) ? true : truthy(user.blocked.by)`
	at := func(part string) int { return len([]rune(text[:strings.Index(text, part)])) }
	rule := ruleOf(text, true)
	rule.Exprs[0].CELMarks = []program.Mark{
		{Offset: 0, At: pos(1)}, {Offset: at("user.groups"), At: pos(2)}, {Offset: at("get(get"), At: pos(3)},
		{Offset: at("get(g,"), At: pos(4)}, {Offset: at(", \"y\""), At: pos(3)}, {Offset: at(" ? true : truthy"), At: pos(5)},
		{Offset: at("user.blocked"), At: pos(6)},
	}
	evaluator, err := celvm.Compile(rule)
	require.NoError(t, err)
	frame := frameOf(rule)
	for want, groups := range map[int]any{2: 1.5, 3: []any{"g"}, 4: []any{nil}, 6: []any{}} {
		frame.User.(map[string]any)["groups"] = groups
		_, err = evaluator.Test(frame, 0)
		var exit *steps.ExitError
		require.ErrorAs(t, err, &exit)
		assert.Equal(t, pos(want), exit.At)
	}
}

func TestCompileErrors(t *testing.T) {
	for text, want := range map[string]string{
		`user.`:                 "Syntax error",
		`nobody`:                "nobody is no variable",
		`user.nobody`:           "no path of the rule",
		`local.name`:            "a property of something else",
		`local[0]`:              "a property of something else",
		`has(user.email)`:       "has with 1 arguments",
		`local.exists(x, true)`: "no macro exists",
		`nothing(1.0)`:          "no function nothing",
		`truthy(1.0, 2.0)`:      "truthy with 2 arguments",
		`local.some(1.0, true)`: "the macro's variable is no name",
		`1.0 + 2.0`:             "no function _+_",
		`user.email in local`:   "in something else than a list",
		`user.email in [local]`: "not constant",
		`double(local)`:         "double()",
		`Msg{}`:                 "no expression of the library",
	} {
		_, err := celvm.Compile(ruleOf(text, false))
		if assert.Error(t, err, text) {
			assert.Contains(t, err.Error(), want, text)
		}
	}
}

func TestDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("(truthy(", n) + "user.email" + strings.Repeat("))", n) }
	value, err := eval(t, nested(4000))
	require.NoError(t, err)
	assert.Equal(t, true, value)
	_, err = celvm.Compile(ruleOf(nested(20000), false))
	assert.ErrorContains(t, err, "recursion limit")
}

// TestConcurrent compiles and evaluates in many goroutines; the race detector judges.
func TestConcurrent(t *testing.T) {
	rule := ruleOf(`user.groups.some(g, user.groups.filter(h, same(g, h)).some(k, k == "admin"))`, true)
	shared, err := celvm.Compile(rule)
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			own, err := celvm.Compile(rule)
			assert.NoError(t, err)
			for _, evaluator := range []steps.Evaluator{shared, own} {
				frame := frameOf(rule)
				for range 50 {
					yes, err := evaluator.Test(frame, 0)
					assert.NoError(t, err)
					assert.True(t, yes)
				}
			}
		})
	}
	group.Wait()
}

func TestTestAllocatesNothing(t *testing.T) {
	for _, c := range conditions {
		rule := ruleOf(c.text, true)
		evaluator, err := celvm.Compile(rule)
		require.NoError(t, err)
		frame := frameOf(rule)
		if c.name == "bind" || c.name == "some" {
			continue // a number and an array are put into interfaces
		}
		assert.Zero(t, testing.AllocsPerRun(100, func() { _, _ = evaluator.Test(frame, 0) }), c.text)
	}
}

func TestEstimateCost(t *testing.T) {
	cost := func(text string) (min, max uint64) {
		min, max, err := celvm.EstimateCost(ruleOf(text, true))
		require.NoError(t, err, text)
		return min, max
	}
	min, max := cost(`truthy(user.email)`)
	assert.Equal(t, max, min)
	_, some := cost(`user.groups.some(g, g == "admin")`)
	_, twice := cost(`user.groups.some(g, user.groups.some(h, same(g, h)))`)
	assert.Greater(t, some, max*celvm.AssumedSize/2)
	assert.Greater(t, twice, some*celvm.AssumedSize/2)
	_, _, err := celvm.EstimateCost(ruleOf(`user.`, true))
	assert.Error(t, err)
}
