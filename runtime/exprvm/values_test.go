package exprvm_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// TestTextsMean: operators, constants and loops mean what they mean in JavaScript. The
// compiler's own tests hold every kind of expression against goja.
func TestTextsMean(t *testing.T) {
	list := func(items ...any) *jsvalue.List { return &jsvalue.List{Items: items} }
	user := map[string]any{"a": []any{"x", "y", "x"}, "é": "text"}
	tests := []struct {
		text string
		want any
	}{
		{`1`, 1.0}, {`-1`, -1.0}, {`1.5e3`, 1500.0}, {`null`, nil}, {`nil`, nil}, {`undefined`, jsvalue.Undefined}, {`-Infinity`, math.Inf(-1)},
		{`[0, -0]`, list(0.0, math.Copysign(0, -1))}, {`!true`, false}, {`not (1 == 1)`, false}, {`!(user.a == 1)`, true}, {`!!truthy(user.a)`, true},
		{`1 + "1"`, "11"}, {`"3" * 2`, 6.0}, {`7 % -4`, 3.0}, {`"b" > "a"`, true}, {`null >= 0`, true}, {`1 / 0`, math.Inf(1)}, {`-user.é`, math.NaN()},
		{`-(local)`, -7.0}, {`undefined == null`, false}, {`NaN == NaN`, false}, {`user.a == user.a`, true}, {`[] == []`, false},
		{`user["é"]`, "text"}, {`user.a[1]`, "y"}, {`user.a["length"]`, 3.0}, {`user["a"].length`, 3.0}, {`"text"[1]`, "e"},
		{`local in [7]`, true}, {`local not in [7]`, false}, {`user.é in ["text", 1, true, null]`, true}, {`true in [true]`, true},
		{`false in [true]`, false}, {`null in [null]`, true}, {`null in ["null", 0]`, false}, {`0 in [-0]`, true}, {`user.a in ["x"]`, false},
		{`toUpperCase(user.é) in ["TEXT"]`, true}, {`undefined in [null, false, 0, ""]`, false}, {`false in [false, 1]`, true},
		{`any(user.a, # == "y")`, true}, {`all(user.a, # == "x")`, false}, {`any([], true)`, false}, {`all([], false)`, true},
		{`find(user.a, # == "y")`, "y"}, {`find(user.a, # == "z")`, jsvalue.Undefined}, {`findIndex(user.a, # == "y")`, 1.0},
		{`findIndex(user.a, # == "z")`, -1.0}, {`filter(user.a, #index > 0)`, []any{"y", "x"}}, {`map(user.a, #index)`, []any{0.0, 1.0, 2.0}},
		{`map([1, 2], {let x = #; map([3, 4], x * #)})`, []any{[]any{3.0, 4.0}, []any{6.0, 8.0}}},
		{`find(filter(user.a, # == "x"), find([#], # == "x") == "x")`, "x"}, {`map(user.a, null)`, []any{nil, nil, nil}},
		{`let x = user.a; let y = x[0]; y + y`, "xx"}, {`(let b = local == 7; b && truthy(user.a)) ? 1 : 2`, 1.0},
		{`test(regexp("^T", "i"), user.é)`, true}, {`local == 7 ? null : true`, nil}, {`dateNow(run)`, 1000.0},
		{`{"b": 1, (user.é): 2, "b": 3}`, &jsvalue.Object{Keys: []string{"b", "text"}, Values: map[string]any{"b": 3.0, "text": 2.0}}},
	}
	for _, tt := range tests {
		rule := textRule(tt.text, false)
		e, err := exprvm.Compile(rule)
		require.NoError(t, err, tt.text)
		frame := &steps.Frame{Paths: rule.Paths, User: user, Locals: []any{7.0}, Run: jsvalue.Run{Now: 1000}}
		got, err := e.Eval(frame, 0)
		require.NoError(t, err, tt.text)
		if number, ok := tt.want.(float64); ok && math.IsNaN(number) {
			assert.True(t, math.IsNaN(got.(float64)), tt.text)
			continue
		}
		assert.Equal(t, tt.want, got, tt.text)
	}
}
