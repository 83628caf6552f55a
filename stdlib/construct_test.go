package stdlib_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func objectWith(pairs ...any) *jsvalue.Object {
	made := &jsvalue.Object{Keys: []string{}, Values: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		made.Keys = append(made.Keys, pairs[i].(string))
		made.Values[pairs[i].(string)] = pairs[i+1]
	}
	return made
}

func TestListOf(t *testing.T) {
	got, err := stdlib.ListOf("x", 1.0, nil)
	require.NoError(t, err)
	assert.Equal(t, &jsvalue.List{Items: []any{"x", 1.0, nil}}, got)
	got, err = stdlib.ListOf()
	require.NoError(t, err)
	assert.Equal(t, &jsvalue.List{Items: []any{}}, got)
	_, err = stdlib.ListOf(1.0, jsvalue.ExitNullish)
	assert.Equal(t, jsvalue.ExitNullish, err)
}

func TestObjectOf(t *testing.T) {
	tests := []struct {
		pairs []any
		want  *jsvalue.Object
		err   error
	}{
		{nil, objectWith(), nil},
		{[]any{"b", 1.0, "a", 2.0}, objectWith("b", 1.0, "a", 2.0), nil},
		{[]any{"b", 1.0, "a", 2.0, "b", 3.0}, objectWith("b", 3.0, "a", 2.0), nil},
		{[]any{1.0, "x", nil, 1.0, true, 2.0, jsvalue.Undefined, 3.0, -0.5, 4.0}, objectWith("1", "x", "null", 1.0, "true", 2.0, "undefined", 3.0, "-0.5", 4.0), nil},
		{[]any{"toString", 1.0}, objectWith("toString", 1.0), nil},
		{[]any{"__proto__", 1.0}, nil, jsvalue.ExitPrototype},
		{[]any{[]any{}, 1.0}, nil, jsvalue.ExitType},
		{[]any{"a", jsvalue.ExitNullish}, nil, jsvalue.ExitNullish},
		{[]any{jsvalue.ExitNullish, "a"}, nil, jsvalue.ExitNullish},
		{[]any{struct{}{}, 1.0}, nil, jsvalue.ExitForeign},
	}
	for _, tt := range tests {
		got, err := stdlib.ObjectOf(tt.pairs...)
		if tt.err != nil {
			assert.Equal(t, tt.err, err, "%v", tt.pairs)
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, tt.want, got, "%v", tt.pairs)
	}
}

func TestMerged(t *testing.T) {
	run := &jsvalue.Run{Keys: func(object map[string]any) ([]string, bool) {
		return []string{"z", "a"}, len(object) == 2
	}}
	input := map[string]any{"a": 1.0, "z": 2.0}
	tests := []struct {
		args []any
		want *jsvalue.Object
		err  error
	}{
		{nil, objectWith(), nil},
		{[]any{nil, jsvalue.Undefined, true, 1.5, 7}, objectWith(), nil},
		{[]any{input}, objectWith("z", 2.0, "a", 1.0), nil},
		{[]any{objectWith("a", 0.0), input, objectWith("b", 3.0)}, objectWith("a", 1.0, "z", 2.0, "b", 3.0), nil},
		{[]any{[]any{"x"}, &jsvalue.List{Items: []any{"y", "z"}}}, objectWith("0", "y", "1", "z"), nil},
		{[]any{map[string]any{"a": 1.0, "b": 1.0, "c": 1.0}}, nil, jsvalue.ExitOrder},
		{[]any{"text"}, nil, jsvalue.ExitType},
		{[]any{jsvalue.ExitNullish}, nil, jsvalue.ExitNullish},
		{[]any{&jsvalue.Set{}}, nil, jsvalue.ExitType},
		{[]any{struct{}{}}, nil, jsvalue.ExitForeign},
	}
	for _, tt := range tests {
		got, err := stdlib.Merged(append(tt.args, run)...)
		if tt.err != nil {
			assert.Equal(t, tt.err, err, "%v", tt.args)
			continue
		}
		require.NoError(t, err)
		assert.ElementsMatch(t, tt.want.Keys, got.(*jsvalue.Object).Keys, "%v", tt.args)
		assert.Equal(t, len(tt.want.Keys), len(got.(*jsvalue.Object).Keys))
		for i, key := range tt.want.Keys {
			assert.Equal(t, key, got.(*jsvalue.Object).Keys[i], "%v", tt.args)
		}
		assert.Equal(t, tt.want.Values, got.(*jsvalue.Object).Values, "%v", tt.args)
	}
	assert.Equal(t, map[string]any{"a": 1.0, "z": 2.0}, input, "an argument was written to")
	_, err := stdlib.Merged(input)
	assert.Equal(t, jsvalue.ExitType, err)
}

func TestElements(t *testing.T) {
	for _, list := range []any{[]any{1.0}, &jsvalue.List{Items: []any{1.0}}} {
		got, err := stdlib.Elements(list)
		require.NoError(t, err)
		assert.Equal(t, []any{1.0}, got)
	}
	for _, tt := range []struct {
		in   any
		want error
	}{{nil, jsvalue.ExitNullish}, {"ab", jsvalue.ExitType}, {map[string]any{}, jsvalue.ExitType}, {&jsvalue.Set{}, jsvalue.ExitType}, {jsvalue.ExitOrder, jsvalue.ExitOrder}, {[]string{}, jsvalue.ExitForeign}} {
		_, err := stdlib.Elements(tt.in)
		assert.Equal(t, tt.want, err, "%v", tt.in)
	}
}
