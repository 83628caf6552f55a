package exprgen_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/exprgen"
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

var locals = []string{"local", "let"}

func TestTexts(t *testing.T) {
	for _, c := range cases {
		e, err := ir.ReadExpr(c.ir)
		require.NoError(t, err, c.ir)
		n := names.New(&ir.Rule{Locals: locals})
		text, _, err := exprgen.Generate(e, false, n)
		require.NoError(t, err, c.ir)
		assert.Equal(t, c.want, text, c.ir)
		if c.test != "" {
			text, _, err = exprgen.Generate(e, true, names.New(&ir.Rule{Locals: locals}))
			require.NoError(t, err, c.ir)
			assert.Equal(t, c.test, text, c.ir)
		}
	}
}

// hostile are values that are put in the place of each path.
var hostile = []string{
	"", `null`, `true`, `false`, `0`, `1`, `-1.5`, `1e300`, `""`, `"a"`, `"abA😀é"`, `"gold"`, `"1"`, `" 2 "`, `"length"`, `"__proto__"`, `"toString"`,
	`[]`, `["a","b"]`, `[null]`, `[[1],[2]]`, `{}`, `{"a":1,"b":2}`, `{"name":"a"}`, `{"b":{"c":1}}`, `{"length":3}`, `{"2":1,"1":2}`,
}

var lists = []string{
	`["a","b"]`, `[]`, `[null,0,"",1]`, `["a",{"name":"x"}]`, `[{"name":"x"},{"name":"y"}]`, `"text"`, `null`, `{"0":1,"length":1}`, `[1,2,1]`, `[[1],["b"]]`,
}

// documents are pairs of user and context with hostile values.
func documents() [][2]string {
	var made [][2]string
	user := func(a, b, c, list string) string {
		var fields []string
		for _, f := range [...][2]string{{"a", a}, {"b", b}, {"c", c}, {"list", list}, {"https://example.com/é", a}} {
			if f[1] != "" {
				fields = append(fields, fmt.Sprintf("%q:%s", f[0], f[1]))
			}
		}
		return "{" + strings.Join(fields, ",") + "}"
	}
	context := func(a string) string {
		if a == "" {
			return "{}"
		}
		return `{"a":` + a + `}`
	}
	for i, x := range hostile {
		for j, y := range hostile {
			if (i+j)%4 != 0 && i != j {
				continue
			}
			made = append(made, [2]string{user(x, y, `"c"`, `["x"]`), context(y)}, [2]string{user(`"x"`, x, y, `["x"]`), context(x)})
		}
		for _, l := range lists {
			made = append(made, [2]string{user(x, `"b"`, `1`, l), context(`1`)})
		}
	}
	return append(made, [2]string{"null", "null"}, [2]string{"[1]", `"text"`})
}

// TestValues computes every case for many documents, and compares with JavaScript. A text
// may exit, but not always.
func TestValues(t *testing.T) {
	docs := documents()
	vm := goja.New()
	show, err := vm.RunString(showJS)
	require.NoError(t, err)
	shower, _ := goja.AssertFunction(show)
	parse, _ := goja.AssertFunction(vm.Get("JSON").ToObject(vm).Get("parse"))
	for _, c := range cases {
		t.Run("", func(t *testing.T) {
			js := c.js
			if js == "" {
				js = c.ir
			}
			fn, err := vm.RunString("(function (user, context, local, let_) { 'use strict'; return (" + js + ") })")
			require.NoError(t, err, js)
			run, _ := goja.AssertFunction(fn)
			e, err := ir.ReadExpr(c.ir)
			require.NoError(t, err)
			rule := ruleOf(t, e)
			evaluator, err := exprvm.Compile(rule)
			require.NoError(t, err, c.want)
			frame := &steps.Frame{Paths: rule.Paths}
			computed := 0
			for _, doc := range docs {
				want := ""
				user, _ := parse(goja.Undefined(), vm.ToValue(doc[0]))
				context, _ := parse(goja.Undefined(), vm.ToValue(doc[1]))
				local, _ := parse(goja.Undefined(), vm.ToValue(`{"a":{"x y":1}}`))
				if value, err := run(goja.Undefined(), user, context, local, vm.ToValue("let")); err == nil {
					shown, err := shower(goja.Undefined(), value)
					require.NoError(t, err)
					want = shown.String()
				}
				frame.User, frame.Context = decode(t, doc[0]), decode(t, doc[1])
				frame.Locals = []any{decode(t, `{"a":{"x y":1}}`), "let"}
				frame.Run.Keys = keysOf(doc[0], doc[1])
				for _, again := range [...]bool{false, true} {
					value, err := evaluator.Eval(frame, 0)
					truth, testErr := evaluator.Test(frame, 1)
					if err == nil {
						computed++
						require.Equal(t, want, showGo(value), "%s with %s, %s (again: %v)", c.want, doc[0], doc[1], again)
					} else {
						var exit *steps.ExitError
						require.ErrorAs(t, err, &exit, "%s with %s, %s", c.want, doc[0], doc[1])
					}
					if testErr == nil && err == nil {
						require.Equal(t, jsTruth(want), truth, "%s with %s, %s", c.want, doc[0], doc[1])
					}
					require.Equal(t, err == nil, testErr == nil, "%s with %s, %s", c.want, doc[0], doc[1])
				}
			}
			assert.Greater(t, computed, 10, "%s exits nearly always", c.want)
		})
	}
}

func ruleOf(t *testing.T, e ir.Expr) *program.Rule {
	rule := &program.Rule{Name: "case"}
	n := names.New(&ir.Rule{Locals: locals})
	for _, local := range locals {
		spelled, _ := n.Local(local)
		rule.Locals = append(rule.Locals, spelled)
	}
	seen := map[string]bool{}
	add := func(root string, keys []string) {
		if name := names.Path(root, keys); !seen[name] {
			seen[name] = true
			rule.Paths = append(rule.Paths, program.Path{Name: name, Root: root, Keys: keys})
		}
	}
	ir.WalkExpr(e, func(e ir.Expr) bool {
		switch e := e.(type) {
		case *ir.Root:
			add(e.Name, nil)
		case *ir.Path:
			add(e.Root, e.Keys)
		}
		return true
	})
	for _, test := range [...]bool{false, true} {
		text, marks, err := exprgen.Generate(e, test, n)
		require.NoError(t, err)
		rule.Exprs = append(rule.Exprs, program.Expr{Expr: text, Test: test, ExprMarks: marks})
	}
	return rule
}

func decode(t *testing.T, text string) any {
	var value any
	require.NoError(t, json.Unmarshal([]byte(text), &value))
	return value
}

// keysOf answers keys in the order of the texts, which all are distinct enough.
func keysOf(texts ...string) func(map[string]any) ([]string, bool) {
	return func(object map[string]any) ([]string, bool) {
		all := strings.Join(texts, " ")
		keys := make([]string, 0, len(object))
		for key := range object {
			keys = append(keys, key)
		}
		at := func(key string) int {
			if i, ok := jsvalue.ArrayIndex(key); ok {
				return int(i) - 1000
			}
			return strings.Index(all, `"`+key+`"`)
		}
		for i := range keys {
			for j := range i {
				if at(keys[i]) < at(keys[j]) {
					keys[i], keys[j] = keys[j], keys[i]
				}
			}
		}
		return keys, true
	}
}

// showJS and showGo write a value so that two are the same exactly when their texts are.
const showJS = `(function show(v) {
	if (v === undefined) return "undefined";
	if (typeof v === "number") return Object.is(v, -0) ? "-0" : String(v);
	if (typeof v === "string") return JSON.stringify(v);
	if (Array.isArray(v)) return "[" + v.map(show).join() + "]";
	if (v && typeof v === "object") return "{" + Object.keys(v).map(k => JSON.stringify(k) + ":" + show(v[k])).join() + "}";
	return String(v);
})`

func showGo(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return fmt.Sprint(v)
	case float64:
		if v == 0 && math.Signbit(v) {
			return "-0"
		}
		return jsvalue.NumberToString(v)
	case string:
		b := &strings.Builder{}
		e := json.NewEncoder(b)
		e.SetEscapeHTML(false)
		_ = e.Encode(v)
		return strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(b.String()), `\u2028`, "\u2028"), `\u2029`, "\u2029")
	case []any:
		texts := make([]string, len(v))
		for i, item := range v {
			texts[i] = showGo(item)
		}
		return "[" + strings.Join(texts, ",") + "]"
	case *jsvalue.List:
		return showGo(v.Items)
	case map[string]any:
		keys, _ := keysOf(currentKeys...)(v)
		return showObject(keys, v)
	case *jsvalue.Object:
		keys, err := jsvalue.OwnKeys(v, nil)
		if err != nil {
			return err.Error()
		}
		return showObject(keys, v.Values)
	}
	if jsvalue.IsUndefined(v) {
		return "undefined"
	}
	return fmt.Sprintf("%T", v)
}

// currentKeys tell the order of all keys of the documents.
var currentKeys = []string{`"a" "b" "c" "list" "https://example.com/é" "name" "length"`}

func showObject(keys []string, values map[string]any) string {
	texts := make([]string, len(keys))
	for i, key := range keys {
		texts[i] = showGo(key) + ":" + showGo(values[key])
	}
	return "{" + strings.Join(texts, ",") + "}"
}

func jsTruth(shown string) bool {
	switch shown {
	case "undefined", "null", "false", "0", "-0", "NaN", `""`:
		return false
	}
	return true
}
