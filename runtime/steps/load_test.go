package steps_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func TestPath(t *testing.T) {
	user := map[string]any{
		"text": "é😀", "number": 1.5, "int": 7, "yes": true, "null": nil, "list": []any{"a", 1}, "foreign": []string{"a"}, "nilmap": map[string]any(nil),
		"object": map[string]any{"a": map[string]any{"b": "c"}, "toString": "own"}, "__proto__": "own", "undefined": jsvalue.Undefined,
		"made": &jsvalue.Object{Keys: []string{"a"}, Values: map[string]any{"a": &jsvalue.List{Items: []any{"x"}}}},
	}
	tests := []struct {
		keys []string
		want any
	}{
		{nil, user}, {[]string{"text"}, "é😀"}, {[]string{"number"}, 1.5}, {[]string{"int"}, 7.0}, {[]string{"yes"}, true}, {[]string{"null"}, nil},
		{[]string{"list"}, user["list"]}, {[]string{"list", "0"}, "a"}, {[]string{"list", "1"}, 1.0}, {[]string{"list", "2"}, jsvalue.Undefined},
		{[]string{"list", "length"}, 2.0}, {[]string{"list", "push"}, jsvalue.ExitPrototype}, {[]string{"text", "length"}, 3.0},
		{[]string{"text", "trim"}, jsvalue.ExitPrototype}, {[]string{"text", "x"}, jsvalue.Undefined}, {[]string{"text", "0"}, "é"},
		{[]string{"object", "a", "b"}, "c"}, {[]string{"object", "a", "x"}, jsvalue.Undefined}, {[]string{"object", "x", "y"}, jsvalue.ExitNullish},
		{[]string{"object", "toString"}, "own"}, {[]string{"object", "valueOf"}, jsvalue.ExitPrototype}, {[]string{"__proto__"}, jsvalue.ExitPrototype},
		{[]string{"null", "x"}, jsvalue.ExitNullish}, {[]string{"x"}, jsvalue.Undefined}, {[]string{"x", "y", "z"}, jsvalue.ExitNullish},
		{[]string{"undefined"}, jsvalue.Undefined}, {[]string{"undefined", "x"}, jsvalue.ExitNullish}, {[]string{"foreign"}, jsvalue.ExitForeign},
		{[]string{"foreign", "x"}, jsvalue.ExitForeign}, {[]string{"nilmap"}, jsvalue.ExitForeign}, {[]string{"number", "x"}, jsvalue.Undefined},
		{[]string{"number", "toFixed"}, jsvalue.ExitPrototype}, {[]string{"yes", "x"}, jsvalue.Undefined}, {[]string{"made", "a", "0"}, "x"},
		{[]string{"made", "b"}, jsvalue.Undefined}, {[]string{"made", "constructor"}, jsvalue.ExitPrototype},
	}
	rule := &program.Rule{}
	for _, tt := range tests {
		rule.Paths = append(rule.Paths, program.Path{Root: "user", Keys: tt.keys})
	}
	f := &steps.Frame{Paths: rule.Paths, User: user}
	for i, tt := range tests {
		assert.Equal(t, tt.want, f.Path(i), "%v", tt.keys)
	}

	rule = &program.Rule{Paths: []program.Path{{Root: "user"}, {Root: "context"}, {Root: "user", Keys: []string{"x"}}, {Root: "context", Keys: []string{"a"}}}}
	f = &steps.Frame{Paths: rule.Paths, Context: map[string]any{"a": "b"}}
	assert.Nil(t, f.Path(0))
	assert.Equal(t, f.Context, f.Path(1))
	assert.Equal(t, jsvalue.ExitNullish, f.Path(2))
	assert.Equal(t, "b", f.Path(3))
}

// TestShare: arrays on the way are shared where they stand.
func TestShare(t *testing.T) {
	user := map[string]any{"list": []any{[]any{"x"}, "y"}}
	rule := &program.Rule{Paths: []program.Path{{Root: "user", Keys: []string{"list", "0", "0"}}, {Root: "user", Keys: []string{"list"}}}}
	var places []string
	f := &steps.Frame{Paths: rule.Paths, User: user, Share: func(parent any, key string, list []any) *jsvalue.List {
		places = append(places, key)
		shared := &jsvalue.List{Items: list}
		switch parent := parent.(type) {
		case map[string]any:
			parent[key] = shared
		case *jsvalue.List:
			parent.Items[0] = shared
		}
		return shared
	}}
	assert.Equal(t, "x", f.Path(0))
	assert.Equal(t, "x", f.Path(0))
	assert.Equal(t, []string{"list", "0"}, places)
	assert.Same(t, user["list"], f.Path(1))
}
