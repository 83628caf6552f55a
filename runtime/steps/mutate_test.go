package steps_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// jsText spells a value in JavaScript.
func jsText(value any) string {
	switch v := value.(type) {
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = jsText(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return jsvalue.NumberToString(v)
		}
		if v == 0 && math.Signbit(v) {
			return "-0"
		}
	case nil:
		return "null"
	}
	if jsvalue.IsUndefined(value) {
		return "undefined"
	}
	text, _ := json.Marshal(value)
	return string(text)
}

// told spells what came out, with what JSON cannot carry.
func told(value any) string {
	switch v := value.(type) {
	case *jsvalue.List:
		return told(v.Items)
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = told(item)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return jsText(value)
}

const toldInJS = `(function told(v) {
	if (Array.isArray(v)) return '[' + v.map(told).join(',') + ']';
	if (v === undefined) return 'undefined';
	if (typeof v === 'number') return Object.is(v, -0) ? '-0' : String(v);
	return JSON.stringify(v);
})`

// TestArrayMethods compares the methods that change arrays with goja's.
func TestArrayMethods(t *testing.T) {
	undefined := jsvalue.Undefined
	arrays := [][]any{
		{}, {1.0}, {"b", "a", 10.0, 9.0, 1.0, true, nil}, {undefined, "z", undefined, nil, "é", "😀", "\uFFFD", "Z"},
		{[]any{2.0}, []any{1.0, 3.0}, []any{}}, {-1.0, math.NaN(), math.Copysign(0, -1), math.Inf(1), 0.5},
	}
	odd := []any{undefined, nil, 0.0, 1.0, -1.0, 2.7, -9.0, 99.0, math.NaN(), math.Inf(1), math.Inf(-1), "1", "x", true}
	var calls [][]any
	for _, method := range []string{"pop", "shift", "reverse", "sort", "push", "unshift", "splice", "fill"} {
		calls = append(calls, []any{method})
	}
	for _, x := range odd {
		calls = append(calls, []any{"push", x}, []any{"unshift", x, x}, []any{"splice", x}, []any{"fill", x}, []any{"fill", "f", x})
		for _, y := range odd {
			calls = append(calls, []any{"splice", x, y}, []any{"splice", x, y, "new", 1.0}, []any{"fill", nil, x, y})
		}
	}
	vm := goja.New()
	tell, err := vm.RunString(toldInJS)
	require.NoError(t, err)
	require.NoError(t, vm.Set("told", tell))
	for _, items := range arrays {
		for _, call := range calls {
			method, args := call[0].(string), call[1:]
			spelled := jsText(args)
			code := fmt.Sprintf("var a = %s; var r = a.%s(%s); told(a) + ' ' + (r === a ? 'same' : told(r))", jsText(items), method, spelled[1:len(spelled)-1])
			want, err := vm.RunString(code)
			require.NoError(t, err, code)

			b := newRule("list", "result")
			m := &program.Mutate{At: at, Method: method, Target: localPlace(0), Result: 1}
			for _, arg := range args {
				m.Args = append(m.Args, program.Arg{Expr: b.value(arg)})
			}
			got := ""
			r := b.compile(t, &program.Let{At: at, Local: 0, Value: b.expr(func(*steps.Frame) (any, error) { return list(copied(items)...), nil })}, m,
				&program.Eval{At: at, X: b.expr(func(f *steps.Frame) (any, error) {
					got = told(f.Locals[0]) + " "
					if f.Locals[1] == f.Locals[0] {
						got += "same"
					} else {
						got += told(f.Locals[1])
					}
					return nil, nil
				})}, done)
			l := newLogin(t, `{}`, `{}`)
			require.Nil(t, l.run(r).Exit, code)
			assert.Equal(t, want.String(), got, code)
		}
	}
}

// copied is items with arrays of the run in the place of arrays.
func copied(items []any) []any {
	made := make([]any, len(items))
	for i, item := range items {
		made[i] = item
		if array, ok := item.([]any); ok {
			made[i] = list(copied(array)...)
		}
	}
	return made
}

// TestCollections changes sets, maps and dates.
func TestCollections(t *testing.T) {
	change := func(on any, calls ...[]any) string {
		b := newRule("x", "result")
		body := []program.Step{&program.Let{At: at, Local: 0, Value: b.value(on)}}
		var results []string
		for _, call := range calls {
			m := &program.Mutate{At: at, Method: call[0].(string), Target: localPlace(0), Result: 1}
			for _, arg := range call[1:] {
				m.Args = append(m.Args, program.Arg{Expr: b.value(arg)})
			}
			body = append(body, m, &program.Eval{At: at, X: b.expr(func(f *steps.Frame) (any, error) {
				if f.Locals[1] == on {
					results = append(results, "same")
				} else {
					results = append(results, told(f.Locals[1]))
				}
				return nil, nil
			})})
		}
		l := newLogin(t, `{}`, `{}`)
		if end := l.run(b.compile(t, append(body, done)...)); end.Exit != nil {
			return end.Exit.Code
		}
		return strings.Join(results, " ")
	}
	s := &jsvalue.Set{}
	assert.Equal(t, "same same same same true false same", change(s, []any{"add", "a"}, []any{"add", math.Copysign(0, -1)}, []any{"add", "b"}, []any{"add", 0.0},
		[]any{"delete", "a"}, []any{"delete", "a"}, []any{"add", math.NaN()}))
	assert.Equal(t, "[0,\"b\",NaN]", told(s.Items))
	assert.Equal(t, "same undefined", change(s, []any{"add", math.NaN()}, []any{"clear"}))
	assert.Empty(t, s.Items)
	m := &jsvalue.Map{}
	assert.Equal(t, "same same same true", change(m, []any{"set", "a", 1.0}, []any{"set", "b", 2.0}, []any{"set", "a", 3.0}, []any{"delete", "a"}))
	assert.Equal(t, []any{"b"}, m.Keys)
	assert.Equal(t, []any{2.0}, m.Values)
	assert.Equal(t, "same", change(m, []any{"set", "b", 4.0}))
	assert.Equal(t, []any{4.0}, m.Values)
	d := &jsvalue.Date{Time: 0, Zone: time.UTC}
	assert.Equal(t, "86400000 1708992000000 5", change(d, []any{"setDate", 2.0}, []any{"setFullYear", 2024.0, 1.0, 27.0}, []any{"setTime", 5.5}))
	assert.Equal(t, "value-type", change(s, []any{"union", s}))
	assert.Equal(t, "value-type", change(d, []any{"setTime"}))
	assert.Equal(t, "value-type", change("text", []any{"push", 1.0}))
	assert.Equal(t, "nullish-parent", change(nil, []any{"push", 1.0}))
}
