package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func TestDiff(t *testing.T) {
	const long = `"a text that makes the array too long to be shown whole"`
	tests := []struct {
		name, before, after string
		want                []string
	}{
		{"equal", `{"a":[1,{"b":null}]}`, `{"a":[1,{"b":null}]}`, nil},
		{"the order of keys is no change", `{"a":1,"b":2}`, `{"b":2,"a":1}`, nil},
		{"added, removed, changed", `{"a":1,"b":2}`, `{"b":3,"c":null}`, []string{"- a 1", "~ b 2 3", "+ c null"}},
		{"new keys come in their own order", `{}`, `{"z":1,"y":2,"1":3}`, []string{"+ [\"1\"] 3", "+ z 1", "+ y 2"}},
		{"paths", `{"a":{"https://x/y":{"b c":1}}}`, `{"a":{"https://x/y":{"b c":2}}}`, []string{`~ a["https://x/y"]["b c"] 1 2`}},
		{"another type", `{"a":{"b":1},"c":[1],"d":1}`, `{"a":[1],"c":{},"d":{"e":1}}`, []string{`~ a {"b":1} [1]`, `~ c [1] {}`, `~ d 1 {"e":1}`}},
		{"null is a value", `{"a":null}`, `{"a":false}`, []string{"~ a null false"}},
		{"a short array is shown whole", `{"a":[1,2]}`, `{"a":[1,3,2]}`, []string{"~ a [1,2] [1,3,2]"}},
		{"element of a long array", `[` + long + `,1,` + long + `]`, `[` + long + `,2,` + long + `]`, []string{"~ [1] 1 2"}},
		{"inside an element", `[` + long + `,{"a":1}]`, `[` + long + `,{"a":1,"b":2}]`, []string{"+ [1].b 2"}},
		{"push", `[` + long + `]`, `[` + long + `,1,2]`, []string{"+ [1] 1", "+ [2] 2"}},
		{"shift", `[1,` + long + `,2]`, `[` + long + `,2]`, []string{"- [0] 1"}},
		{"root replaced", `{"a":1}`, `null`, []string{`~  {"a":1} null`}},
		{"__proto__ is a key", `{}`, `{"__proto__":1}`, []string{"+ __proto__ 1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range diff(treeOf(t, tt.before), treeOf(t, tt.after)) {
				switch {
				case c.before == nil:
					got = append(got, "+ "+c.path+" "+c.after.text())
				case c.after == nil:
					got = append(got, "- "+c.path+" "+c.before.text())
				default:
					got = append(got, "~ "+c.path+" "+c.before.text()+" "+c.after.text())
				}
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

func treeOf(t *testing.T, text string) tree {
	t.Helper()
	value, order, err := jsondoc.Decode([]byte(text))
	require.NoError(t, err)
	return tree{value, order}
}
