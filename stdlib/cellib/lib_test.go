package cellib_test

import (
	"math"
	"testing"
	"time"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// eval computes a text in standard CEL with the library.
func eval(t *testing.T, text string) (any, error) {
	t.Helper()
	env, err := cel.NewEnv(cellib.Lib(), cel.Variable("user", cel.DynType))
	require.NoError(t, err)
	checked, issues := env.Compile(text)
	require.NoError(t, issues.Err(), text)
	program, err := env.Program(checked)
	require.NoError(t, err)
	value, _, err := program.Eval(map[string]any{
		"user": cellib.Value(map[string]any{
			"email": "ann@example.com", "groups": []any{"staff", nil, "admin"}, "n": 2, "since": time.Time{},
			"app_metadata": map[string]any{"plan": "gold"},
		}),
		"run": &jsvalue.Run{Now: 5, Keys: func(map[string]any) ([]string, bool) { return []string{"plan"}, true }},
	})
	if err != nil {
		return nil, err
	}
	return cellib.Native(value)
}

func TestLib(t *testing.T) {
	for text, want := range map[string]any{
		`user.app_metadata.plan == "gold"`:                                     true,
		`user["app_metadata"]["plan"]`:                                         "gold",
		`user.blocked`:                                                         jsvalue.Undefined,
		`user.blocked == undefined`:                                            true,
		`user.blocked == null`:                                                 false,
		`user.n == 2.0`:                                                        true,
		`truthy(user.email) ? toUpperCase(user.email) : ""`:                    "ANN@EXAMPLE.COM",
		`includes(user.groups, "admin")`:                                       true,
		`includes(user.groups, "staff", 1.0)`:                                  false,
		`keys(user.app_metadata, run)`:                                         []any{"plan"},
		`user.groups.some(g, g == "admin")`:                                    true,
		`user.groups.every(g, truthy(g))`:                                      false,
		`user.groups.find(g, g != "staff")`:                                    nil,
		`user.groups.find(g, g == 1.0)`:                                        jsvalue.Undefined,
		`user.groups.findIndex(g, g == "admin")`:                               2.0,
		`user.groups.findIndex(g, i, i == 7.0)`:                                -1.0,
		`user.groups.filter(g, i, i > 0.0)`:                                    []any{nil, "admin"},
		`user.groups.map(g, i, [i, g])`:                                        []any{[]any{0.0, "staff"}, []any{1.0, nil}, []any{2.0, "admin"}},
		`[1.0, 2.0].map(x, x * 2.0)`:                                           []any{2.0, 4.0},
		`cel.bind(it, user.blocked, isNullish(it) ? "none" : it)`:              "none",
		`{"a": user.n}`:                                                        map[string]any{"a": 2.0},
		`get({"a": 1.0}, "a")`:                                                 1.0,
		`text("n is ", user.n)`:                                                "n is 2",
		`test(regexp("^ann@", ""), user.email)`:                                true,
		`user.groups.some(g, user.groups.some(h, same(g, h) && h == "admin"))`: true,
	} {
		got, err := eval(t, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
}

func TestLibErrors(t *testing.T) {
	for text, want := range map[string]*jsvalue.Exit{
		`user.blocked.by`:         jsvalue.ExitType,
		`get(user.blocked, "by")`: jsvalue.ExitNullish,
		`user.since == null`:      jsvalue.ExitForeign,
		`user.groups.some(g, get(g, "length") == 5.0 ? false : true)`: jsvalue.ExitNullish,
		`user.groups.find(g, get(g, "length") == 9.0)`:                jsvalue.ExitNullish,
		`user.groups.map(g, get(g, "length"))`:                        jsvalue.ExitNullish,
		`user.groups.filter(g, get(g, "length") == 5.0)`:              jsvalue.ExitNullish,
		`user.app_metadata.some(g, true)`:                             jsvalue.ExitType,
		`user.email.map(g, g)`:                                        jsvalue.ExitType,
		`cel.bind(it, get(null, "a"), it)`:                            jsvalue.ExitNullish,
	} {
		got, err := eval(t, text)
		require.Error(t, err, "%s = %v", text, got)
		fault, ok := err.(*types.Err)
		if !ok {
			assert.ErrorIs(t, err, want, text)
			continue
		}
		assert.Same(t, want, cellib.Exit(fault), text)
	}
}

func TestValueRoundTrip(t *testing.T) {
	object, list := &jsvalue.Object{Values: map[string]any{}}, &jsvalue.List{}
	for _, x := range []any{
		nil, true, "é", 1.5, math.Inf(1), jsvalue.Undefined, map[string]any{"a": 1}, []any{1, nil}, object, list,
		&jsvalue.Date{}, &jsvalue.Set{}, &jsvalue.Map{}, &jsvalue.Run{},
	} {
		value := cellib.Value(x)
		back, err := cellib.Native(value)
		require.NoError(t, err)
		assert.Equal(t, x, back)
		assert.Equal(t, types.True, value.Equal(cellib.Value(x)), "%T", x)
		assert.Equal(t, types.False, value.Equal(types.String("other")), "%T", x)
		assert.NotNil(t, value.Type())
		if _, ours := value.(types.Double); !ours {
			assert.Equal(t, value.Type(), value.ConvertToType(types.TypeType), "%T", x)
		}
	}
	for _, n := range []any{3, int8(3), uint64(3), float32(3)} {
		assert.Equal(t, ref.Val(types.Double(3)), cellib.Value(n))
	}
	for _, x := range []any{time.Time{}, []string{"a"}, struct{}{}, jsvalue.ExitNullish} {
		assert.True(t, types.IsError(cellib.Value(x)), "%T", x)
	}
}

func TestIdentity(t *testing.T) {
	same := func(a, b any) ref.Val { return cellib.Value(a).Equal(cellib.Value(b)) }
	assert.Equal(t, types.False, same(map[string]any{}, map[string]any{}))
	assert.Equal(t, types.False, same([]any{1}, []any{1}))
	assert.Equal(t, types.False, same(&jsvalue.List{}, &jsvalue.List{}))
	assert.Equal(t, types.False, same(&jsvalue.Object{}, &jsvalue.Object{}))
	assert.Equal(t, types.False, same(&jsvalue.Date{}, &jsvalue.Date{}))
	assert.True(t, types.IsError(same([]any{}, []any{})), "which array an empty slice is cannot be told")
}

func TestArray(t *testing.T) {
	for _, x := range []any{[]any{"a", nil}, &jsvalue.List{Items: []any{"a", nil}}} {
		a := cellib.Value(x).(traits.Lister)
		assert.Equal(t, ref.Val(types.Int(2)), a.Size())
		assert.Equal(t, ref.Val(types.String("a")), a.Get(types.Double(0)))
		assert.Equal(t, cellib.Undefined, a.Get(types.Double(2)))
		assert.Equal(t, ref.Val(types.Double(2)), a.Get(types.String("length")))
		assert.Equal(t, ref.Val(types.True), a.Contains(types.NullValue))
		assert.Equal(t, ref.Val(types.False), a.Contains(types.String("b")))
		assert.True(t, types.IsError(a.Add(a)))
		var items []ref.Val
		for it := a.Iterator(); it.HasNext() == types.True; {
			items = append(items, it.Next())
		}
		assert.Equal(t, []ref.Val{types.String("a"), types.NullValue}, items)
	}
}

// TestEveryFunction calls each function of the library through CEL with every number of
// arguments that it takes.
func TestEveryFunction(t *testing.T) {
	for _, f := range stdlib.All() {
		call := cellib.Bind(f)
		most := f.Max
		if most < 0 {
			most = f.Min + 2
		}
		for n := f.Min; n <= most; n++ {
			args := make([]any, n)
			if f.Run {
				args = append(args, &jsvalue.Run{Keys: func(map[string]any) ([]string, bool) { return nil, false }})
			}
			args = cellib.Fill(f, args)
			if f.Max >= 0 && f.Run {
				assert.Len(t, args, f.Max+1, f.Name)
			}
			assert.NotPanics(t, func() { _, _ = call(args) }, f.Name)
		}
	}
}
