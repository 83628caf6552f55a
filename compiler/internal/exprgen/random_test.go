package exprgen_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/irtest"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// TestRandom holds random expressions against goja: the same value, or an exit.
func TestRandom(t *testing.T) {
	vm := goja.New()
	_, err := vm.RunString("var show = " + showJS + `
		function array(x) { if (!Array.isArray(x)) throw new TypeError("no array"); return x; }
		function nullish(x) { return x === null || x === undefined; }`)
	require.NoError(t, err)
	users := []string{
		`{"a":{"a":"x","b":[1,2]},"b":"b","list":["a","b",null],"app_metadata":{"roles":["admin"]},"0":0,"a b":true,"":1}`,
		`{"a":["a",{"a":1}],"b":null,"list":[[1],[]],"roles":"text","in":{"length":2}}`, `{}`, `null`,
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	g := &irtest.Generator{Rand: rand.New(rand.NewPCG(seed, 1)), Runnable: true}
	computed, exits, needless := 0, 0, 0
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end); {
		e := g.Expr(1 + g.Rand.IntN(5))
		if ir.ExprSize(e) > 200 {
			continue
		}
		js := javascript(e)
		fn, err := vm.RunString("(function (user, context) { return show(" + js + ") })")
		require.NoError(t, err, js)
		run, _ := goja.AssertFunction(fn)
		rule := ruleOf(t, e)
		evaluator, err := exprvm.Compile(rule)
		require.NoError(t, err, js)
		frame := &steps.Frame{Paths: rule.Paths}
		for _, user := range users {
			context := users[g.Rand.IntN(len(users))]
			want := "it threw"
			if value, err := run(goja.Undefined(), parsed(t, vm, user), parsed(t, vm, context)); err == nil {
				want = value.String()
			}
			frame.User, frame.Context = decode(t, user), decode(t, context)
			frame.Run.Keys = keysOf(user, context)
			value, err := evaluator.Eval(frame, 0)
			yes, testErr := evaluator.Test(frame, 1)
			var exit *steps.ExitError
			if err != nil {
				exits++
				if want != "it threw" {
					needless++
				}
				require.ErrorAs(t, err, &exit, rule.Exprs[0].Expr)
			} else {
				computed++
				currentKeys = []string{user, context}
				require.Equal(t, want, showGo(value), "%s\n%s\nwith %s, %s", rule.Exprs[0].Expr, js, user, context)
			}
			if testErr != nil {
				require.ErrorAs(t, testErr, &exit, rule.Exprs[1].Expr)
			} else {
				require.NotEqual(t, "it threw", want, rule.Exprs[1].Expr)
				require.Equal(t, jsTruth(want), yes, "%s\n%s\nwith %s, %s", rule.Exprs[1].Expr, js, user, context)
			}
		}
	}
	t.Logf("%d computed, %d exits, %d of them where JavaScript goes on", computed, exits, needless)
	require.Greater(t, computed, 5*needless)
}

func parsed(t *testing.T, vm *goja.Runtime, text string) goja.Value {
	value, err := vm.RunString("(" + text + ")")
	require.NoError(t, err)
	return value
}

// javascript writes an expression as JavaScript, everything in parentheses.
func javascript(e ir.Expr) string {
	js := javascript
	switch e := e.(type) {
	case *ir.Const:
		return jsConst(e.Value)
	case *ir.Root:
		return e.Name
	case *ir.Path:
		text := e.Root
		for _, key := range e.Keys {
			text += "[" + strconv.Quote(key) + "]"
		}
		return text
	case *ir.Get:
		return "(" + js(e.Object) + ")[" + js(e.Key) + "]"
	case *ir.Call:
		return jsCall(e)
	case *ir.Not:
		return "(!" + js(e.X) + ")"
	case *ir.And:
		return "(" + js(e.X) + " && " + js(e.Y) + ")"
	case *ir.Or:
		return "(" + js(e.X) + " || " + js(e.Y) + ")"
	case *ir.Coalesce:
		return "((x, y) => nullish(x) ? y() : x)(" + js(e.X) + ", () => " + js(e.Y) + ")"
	case *ir.Cond:
		return "(" + js(e.If) + " ? " + js(e.Then) + " : " + js(e.Else) + ")"
	case *ir.OptGet:
		return "(" + e.Name + " => nullish(" + e.Name + ") ? undefined : " + js(e.Then) + ")(" + js(e.X) + ")"
	case *ir.In:
		var items []string
		for _, c := range e.Set {
			items = append(items, jsConst(c))
		}
		return "((x) => [" + strings.Join(items, ", ") + "].some(c => c === x))(" + js(e.X) + ")"
	case *ir.List:
		var items []string
		for _, item := range e.Items {
			items = append(items, strings.Repeat("...", map[bool]int{true: 1}[item.Spread])+"("+js(item.X)+")")
		}
		return "[" + strings.Join(items, ", ") + "]"
	case *ir.Object:
		var fields []string
		for _, f := range e.Fields {
			if f.Key == nil {
				fields = append(fields, "...("+js(f.Value)+")")
				continue
			}
			fields = append(fields, "["+js(f.Key)+"]: "+js(f.Value))
		}
		return "({" + strings.Join(fields, ", ") + "})"
	case *ir.Each:
		params := e.Item
		if e.Index != "" {
			params += ", " + e.Index
		}
		return "array(" + js(e.List) + ")." + e.Kind.String() + "((" + params + ") => (" + js(e.Body) + "))"
	case *ir.ItemVar:
		return e.Name
	}
	panic(fmt.Sprintf("no JavaScript for %T", e))
}

func jsConst(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(value)
	case string:
		return strconv.Quote(value)
	case float64:
		if value == 0 && math.Signbit(value) {
			return "(-0)"
		}
		return "(" + jsvalue.NumberToString(value) + ")"
	}
	return "undefined"
}

func jsCall(e *ir.Call) string {
	var args []string
	for _, arg := range e.Args {
		args = append(args, "("+javascript(arg)+")")
	}
	operators := map[string]string{"same": "===", "less": "<", "lessEq": "<=", "greater": ">", "greaterEq": ">=", "equal": "=="}
	if op, ok := operators[e.Func]; ok {
		return "(" + args[0] + " " + op + " " + args[1] + ")"
	}
	switch e.Func {
	case "bitNot":
		return "(~" + args[0] + ")"
	case "newSet":
		return "new Set" + args[0]
	case "hasEntry":
		return "(" + args[0] + ").has(" + args[1] + ")"
	case "typeof":
		return "(typeof " + args[0] + ")"
	case "isNullish":
		return "nullish(" + args[0] + ")"
	case "truthy":
		return "!!" + args[0]
	}
	return args[0] + "." + e.Func + "(" + strings.Join(args[1:], ", ") + ")"
}
