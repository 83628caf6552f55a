package exprgen_test

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/exprvm"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// constantsOf reads the values back that an array of constants has after its text was
// compiled.
func constantsOf(t *testing.T, values []any) []any {
	list := &ir.List{}
	for _, value := range values {
		list.Items = append(list.Items, ir.Item{X: &ir.Const{Value: value}})
	}
	rule := ruleOf(t, list)
	e, err := exprvm.Compile(rule)
	require.NoError(t, err)
	got, err := e.Eval(&steps.Frame{Paths: rule.Paths}, 0)
	require.NoError(t, err)
	return got.(*jsvalue.List).Items
}

func TestNumbersReadBack(t *testing.T) {
	values := []any{0.0, math.Copysign(0, -1), 1.0, -1.0, 0.1, 1e21, 1e-7, 1e-6, 123456789012345680000.0, math.MaxFloat64, -math.MaxFloat64, 5e-324, math.Inf(1), math.Inf(-1)}
	for _, power := range []float64{52, 53, 54, 62, 63, 64} {
		x := math.Pow(2, power)
		values = append(values, x, -x, x+1, x-1, math.Nextafter(x, 0), math.Nextafter(x, math.Inf(1)))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for len(values) < 5000 {
		if x := math.Float64frombits(random.Uint64()); !math.IsNaN(x) {
			values = append(values, x, math.Trunc(x), float64(random.Int64N(1<<60)), math.Round(random.NormFloat64()*1e4)/100)
		}
	}
	for i, got := range constantsOf(t, values) {
		require.Equal(t, math.Float64bits(values[i].(float64)), math.Float64bits(got.(float64)), "%v", values[i])
	}
	require.True(t, math.IsNaN(constantsOf(t, []any{math.NaN()})[0].(float64)))
}

func TestStringsReadBack(t *testing.T) {
	var values []any
	for r := rune(0); r <= 0x10FFFF; r++ {
		if 0xD800 <= r && r < 0xE000 || r > 0x3000 && r%97 != 0 && r < 0xFE00 || r > 0x10000 && r%997 != 0 {
			continue
		}
		values = append(values, string(r), "a"+string(r)+`"\`)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var b strings.Builder
		for range random.IntN(20) {
			b.WriteRune([]rune("ab\\\"'`\n\r\t\x00{}$#/*u1é😀\u2028\ufeff")[random.IntN(22)])
		}
		values = append(values, b.String())
	}
	for i, got := range constantsOf(t, values) {
		require.Equal(t, values[i], got)
	}
}

// TestMarks: each part of a text is placed where it comes from, offsets count code points.
func TestMarks(t *testing.T) {
	at := func(column int) source.Span {
		pos := source.Pos{Line: 1, Column: column, Offset: column - 1}
		return source.Span{Start: pos, End: pos}
	}
	e := &ir.And{At: at(1),
		X: &ir.Call{At: at(2), Func: "same", Args: []ir.Expr{&ir.Path{At: at(3), Root: "user", Keys: []string{"a"}}, &ir.Const{At: at(4), Value: "é😀"}}},
		Y: &ir.Not{At: at(5), X: &ir.Path{At: at(6), Root: "user", Keys: []string{"b"}}},
	}
	rule := ruleOf(t, e)
	require.Equal(t, `user.a == "é😀" && !truthy(user.b)`, rule.Exprs[1].Expr)
	var got [][2]int
	for _, mark := range rule.Exprs[1].ExprMarks {
		got = append(got, [2]int{mark.Offset, mark.At.Column})
	}
	require.Equal(t, [][2]int{{0, 3}, {6, 2}, {10, 4}, {14, 1}, {18, 5}, {19, 6}}, got)
}
