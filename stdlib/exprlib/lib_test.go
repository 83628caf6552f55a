package exprlib_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/exprlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// shown writes the arguments that a function got.
func shown(args ...any) (string, error) {
	text := ""
	for _, arg := range args {
		switch {
		case jsvalue.IsUndefined(arg):
			text += "_"
		default:
			text += fmt.Sprint(arg)
		}
	}
	return text, nil
}

func call(t *testing.T, function any, args ...any) any {
	switch f := function.(type) {
	case func() string:
		return f()
	case func(any) string:
		return f(args[0])
	case func(any, any) string:
		return f(args[0], args[1])
	case func(...any) any:
		return f(args...)
	}
	t.Fatalf("%T", function)
	return nil
}

// TestArguments: what is left out is undefined, before the run.
func TestArguments(t *testing.T) {
	one := func(a any) (string, error) { return shown(a) }
	two := func(a, b any) (string, error) { return shown(a, b) }
	three := func(a, b, c any) (string, error) { return shown(a, b, c) }
	four := func(a, b, c, d any) (string, error) { return shown(a, b, c, d) }
	tests := []struct {
		f    stdlib.Function
		args []any
		want string
	}{
		{stdlib.Function{Min: 0, Max: 0, Impl: func() (string, error) { return shown() }}, nil, ""},
		{stdlib.Function{Min: 0, Max: 1, Impl: one}, nil, "_"},
		{stdlib.Function{Min: 0, Max: 1, Impl: one}, []any{1}, "1"},
		{stdlib.Function{Min: 0, Max: 0, Run: true, Impl: one}, []any{"run"}, "run"},
		{stdlib.Function{Min: 1, Max: 2, Impl: two}, []any{1}, "1_"},
		{stdlib.Function{Min: 1, Max: 2, Impl: two}, []any{1, 2}, "12"},
		{stdlib.Function{Min: 0, Max: 1, Run: true, Impl: two}, []any{"run"}, "_run"},
		{stdlib.Function{Min: 1, Max: 2, Run: true, Impl: three}, []any{1, "run"}, "1_run"},
		{stdlib.Function{Min: 1, Max: 2, Run: true, Impl: three}, []any{1, 2, "run"}, "12run"},
		{stdlib.Function{Min: 1, Max: 3, Impl: three}, []any{1}, "1__"},
		{stdlib.Function{Min: 1, Max: 3, Impl: three}, []any{1, 2}, "12_"},
		{stdlib.Function{Min: 1, Max: 3, Impl: three}, []any{1, 2, 3}, "123"},
		{stdlib.Function{Min: 2, Max: 4, Impl: four}, []any{1, 2}, "12__"},
		{stdlib.Function{Min: 2, Max: 4, Impl: four}, []any{1, 2, 3}, "123_"},
		{stdlib.Function{Min: 2, Max: 3, Run: true, Impl: four}, []any{1, 2, "run"}, "12_run"},
		{stdlib.Function{Min: 0, Max: -1, Impl: shown}, nil, ""},
		{stdlib.Function{Min: 0, Max: -1, Impl: shown}, []any{1, 2}, "12"},
		{stdlib.Function{Min: 0, Max: -1, Impl: shown}, []any{1, 2, 3, 4, 5}, "12345"},
	}
	for _, tt := range tests {
		function, err := exprlib.Bind(tt.f, len(tt.args))
		require.NoError(t, err)
		assert.Equal(t, tt.want, call(t, function, tt.args...), "%T with %v", tt.f.Impl, tt.args)
	}
	for _, n := range []int{0, 4} {
		_, err := exprlib.Bind(stdlib.Function{Name: "f", Min: 1, Max: 3, Impl: three}, n)
		assert.ErrorContains(t, err, "f called with")
	}
	_, err := exprlib.Bind(stdlib.Function{Name: "f", Impl: 1}, 0)
	assert.ErrorContains(t, err, "bound to a int")
}

// TestTypes: every function of the library has one of the types that expr's machine calls
// without reflection, whatever the number of its arguments.
func TestTypes(t *testing.T) {
	for _, f := range stdlib.All() {
		least, most := f.Min, f.Max
		if most < 0 {
			most = f.Min + 4
		}
		if f.Run {
			least, most = least+1, most+1
		}
		for n := least; n <= most; n++ {
			function, err := exprlib.Bind(f, n)
			require.NoError(t, err, f.Name)
			switch function.(type) {
			case func() any, func() bool, func() string, func() float64, func() []any:
				assert.Zero(t, n)
			case func(any) any, func(any) bool, func(any) string, func(any) float64, func(any) []any:
				assert.Equal(t, 1, n)
			case func(any, any) any, func(any, any) bool, func(any, any) string, func(any, any) []any:
				assert.Equal(t, 2, n)
			case func(...any) any:
				assert.Greater(t, n, 2)
			default:
				t.Errorf("%s with %d arguments is a %T", f.Name, n, function)
			}
		}
	}
}

func TestExitsArePanics(t *testing.T) {
	f, ok := stdlib.Lookup("less")
	require.True(t, ok)
	function, err := exprlib.Bind(f, 2)
	require.NoError(t, err)
	less := function.(func(any, any) bool)
	assert.True(t, less(1.0, 2.0))
	assert.PanicsWithValue(t, jsvalue.ExitForeign, func() { less(1.0, struct{}{}) })
	assert.Zero(t, testing.AllocsPerRun(10, func() { less("a", "b") }))
}
