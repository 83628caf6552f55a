package celgen_test

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/internal/emit"
	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/celvm"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// The program of an expression: its value and its test.
const (
	valueOf = 0
	testOf  = 1
)

// locals are the variables of every case: an object and a text.
var locals = []string{"local", "let"}

// compiled is the program of one expression.
func compiled(t testing.TB, e ir.Expr) *program.Rule {
	t.Helper()
	at := source.Span{Start: source.Pos{Line: 1, Column: 1}, End: source.Pos{Line: 1, Column: 2, Offset: 1}}
	rule, err := emit.Rule(&ir.Rule{Name: "case", Locals: append([]string{"x"}, locals...), Steps: []ir.Step{
		&ir.Let{At: at, Name: "x", Value: e},
		&ir.If{At: at, Cond: e},
	}}, "case.js")
	require.NoError(t, err)
	return rule
}

// parsed reads an expression's text form.
func parsed(t testing.TB, text string) ir.Expr {
	t.Helper()
	e, err := ir.ReadExpr(text)
	require.NoError(t, err, text)
	return e
}

// engine is one that computes compiled rules.
type engine struct {
	name    string
	compile func(*program.Rule) (steps.Evaluator, error)
}

var engines = []engine{{"cel", celvm.Compile}, {"expr", exprvm.Compile}}

// frame is a run of a rule on an input: a JSON object with user and context.
func frame(t testing.TB, rule *program.Rule, input string) *steps.Frame {
	t.Helper()
	var decoded struct{ User, Context any }
	require.NoError(t, json.Unmarshal([]byte(input), &decoded), input)
	values := []any{jsvalue.Undefined, map[string]any{"a": map[string]any{"x y": 1.0}}, "let"}
	return &steps.Frame{
		Paths: rule.Paths, User: decoded.User, Context: decoded.Context, Locals: values,
		Run: jsvalue.Run{Now: 1.7e12, Zone: time.UTC, Keys: func(o map[string]any) ([]string, bool) { return inputKeys(o), true }},
	}
}

// inputKeys are the keys of an input's object; inputs are written with sorted keys.
func inputKeys(o map[string]any) []string {
	var keys []string
	for key := range o {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return ordered(keys)
}

// ordered puts a JavaScript object's keys in its order: integers first.
func ordered(keys []string) []string {
	sorted := slices.Clone(keys)
	integer := func(s string) int {
		if n, err := strconv.ParseUint(s, 10, 31); err == nil && strconv.FormatUint(n, 10) == s {
			return int(n)
		}
		return -1
	}
	slices.SortStableFunc(sorted, func(a, b string) int {
		switch i, j := integer(a), integer(b); {
		case i >= 0 && j >= 0:
			return i - j
		case i >= 0:
			return -1
		case j >= 0:
			return 1
		}
		return 0
	})
	return sorted
}

// exited is what a value or test is that left by an exit.
const exited = "exit"

// run computes the value and the test of a case.
func run(t testing.TB, evaluator steps.Evaluator, f *steps.Frame) (value, test string) {
	t.Helper()
	x, err := evaluator.Eval(f, valueOf)
	value = outcome(t, show(x), err)
	b, err := evaluator.Test(f, testOf)
	return value, outcome(t, strconv.FormatBool(b), err)
}

func outcome(t testing.TB, shown string, err error) string {
	t.Helper()
	if err == nil {
		return shown
	}
	var exit *steps.ExitError
	require.True(t, errors.As(err, &exit), "%v", err)
	require.NotZero(t, exit.At)
	return exited
}

// script is a case in goja.
type script struct {
	vm   *goja.Runtime
	call goja.Callable
}

func newScript(t testing.TB, js string) *script {
	t.Helper()
	vm := goja.New()
	f, err := vm.RunString(prelude + "(function (input, test) { var p = JSON.parse(input), user = p.user, context = p.context, local = {a: {'x y': 1}}, let_ = 'let';" +
		"var x = (" + js + "); return test ? String(!!x) : show(x) })")
	require.NoError(t, err, js)
	call, _ := goja.AssertFunction(f)
	return &script{vm, call}
}

const thrown = "throw"

func (s *script) run(input string, test bool) string {
	x, err := s.call(goja.Undefined(), s.vm.ToValue(input), s.vm.ToValue(test))
	if err != nil {
		return thrown
	}
	return x.String()
}

// agrees compares an engine's answer with JavaScript's: an exit agrees with everything.
func agrees(got, want string) bool { return got == exited || got == want }

// hostile are values that expressions meet.
var hostile = []string{
	`null`, `true`, `false`, `0`, `-0`, `1`, `1.5`, `-1`, `1e21`, `""`, `"a"`, `"b"`, `"0"`, `"é𝒳"`, `"\u2028\"\\"`, `"length"`,
	`[]`, `["a"]`, `["a", "b", null]`, `[[1], {"a": 2}]`, `[0, "", false, null]`, `[{"a": "b"}, null]`,
	`{}`, `{"a": "a"}`, `{"a": {"b": "c"}}`, `{"0": 1, "a": [], "b": null}`, `{"length": 2}`, `{"a": [{"b": "a"}]}`,
}

// randomInput is an input whose objects hold hostile values.
func randomInput(r *rand.Rand) string {
	object := func() string {
		switch r.IntN(12) {
		case 0:
			return "null"
		case 1:
			return "{}"
		}
		var fields []string
		for _, key := range []string{"", "0", "a", "app_metadata", "b", "https://example.com/role", "in", "length", "roles"} {
			if r.IntN(3) > 0 {
				fields = append(fields, quoted(key)+": "+hostile[r.IntN(len(hostile))])
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	}
	return `{"user": ` + object() + `, "context": ` + object() + `}`
}

// lowered reports whether the regular expressions of e are ones that the library covers, as the lowering
// checks.
func lowered(e ir.Expr) bool {
	ok := true
	ir.WalkExpr(e, func(e ir.Expr) bool {
		if re, is := e.(*ir.Regexp); is {
			ok = ok && !strings.Contains(re.Source, "é")
		}
		return true
	})
	return ok
}

// TestRandomExpressions holds both engines against goja: random expressions over random
// inputs. An exit is allowed; that too few expressions get by without is not.
func TestRandomExpressions(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	g := &irtest.Generator{Rand: r}
	const expressions, inputs = 1500, 6
	exits, answers := map[string]int{}, map[string]int{}
	for range expressions {
		e := g.Expr(4)
		if !lowered(e) {
			continue
		}
		rule := compiled(t, e)
		script := newScript(t, javascript(e))
		for range inputs {
			input := randomInput(r)
			wantValue, wantTest := script.run(input, false), script.run(input, true)
			for _, engine := range engines {
				evaluator, err := engine.compile(rule)
				require.NoError(t, err, ir.PrintExpr(e))
				value, test := run(t, evaluator, frame(t, rule, input))
				if !agrees(value, wantValue) || !agrees(test, wantTest) {
					assert.Fail(t, engine.name+" differs from JavaScript",
						"ir   %s\ncel  %s\nexpr %s\nin   %s\nvalue %s, want %s\ntest  %s, want %s",
						ir.PrintExpr(e), rule.Exprs[valueOf].CEL, rule.Exprs[valueOf].Expr, input, value, wantValue, test, wantTest)
				}
				if wantValue != thrown {
					answers[engine.name]++
					if value == exited {
						exits[engine.name]++
					}
				}
			}
			if t.Failed() {
				return
			}
		}
	}
	t.Log("exits", exits, "of", answers)
	for _, engine := range engines {
		assert.Less(t, exits[engine.name]*3, answers[engine.name], engine.name)
	}
}

// TestEveryFunction calls each function of the library with every number of arguments and
// many values: the engines answer the same.
func TestEveryFunction(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	at := source.Span{Start: source.Pos{Line: 1, Column: 1}, End: source.Pos{Line: 1, Column: 2, Offset: 1}}
	pool := []ir.Expr{
		&ir.Path{At: at, Root: "user", Keys: []string{"a"}}, &ir.Path{At: at, Root: "context", Keys: []string{"roles"}},
		&ir.Const{At: at, Value: jsvalue.Undefined}, &ir.Const{At: at, Value: "a"}, &ir.Const{At: at, Value: 1.0},
		&ir.Local{At: at, Name: "local"},
	}
	for _, f := range stdlib.All() {
		most := f.Max
		if most < 0 {
			most = f.Min + 2
		}
		for n := f.Min; n <= most; n++ {
			if f.Name == "regexp" || n == 0 && f.Name == "text" {
				continue // written as ir.Regexp; a constant
			}
			for range 8 {
				call := &ir.Call{At: at, Func: f.Name}
				for range n {
					call.Args = append(call.Args, pool[r.IntN(len(pool))])
				}
				rule := compiled(t, call)
				input := randomInput(r)
				var answers []string
				for _, engine := range engines {
					evaluator, err := engine.compile(rule)
					require.NoError(t, err, "%s %s", rule.Exprs[valueOf].CEL, rule.Exprs[valueOf].Expr)
					value, test := run(t, evaluator, frame(t, rule, input))
					answers = append(answers, value+" "+test)
				}
				assert.Equal(t, answers[0], answers[1], "%s with %s", rule.Exprs[valueOf].CEL, input)
			}
		}
	}
}
