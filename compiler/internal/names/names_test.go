package names_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

func TestNames(t *testing.T) {
	n := names.New(&ir.Rule{Locals: []string{"roles", "let", "user", "größe", "gr__e", "$", "_", "1a", "truthy", "filter", "a b", "let2"}})
	want := map[string]string{
		"roles": "roles", "let": "let2", "user": "user2", "größe": "gr__e", "gr__e": "gr__e2", "$": "_", "_": "_2", "1a": "_1a", "truthy": "truthy2",
		"filter": "filter2", "a b": "a_b", "let2": "let22",
	}
	for name, spelled := range want {
		got, ok := n.Local(name)
		assert.True(t, ok)
		assert.Equal(t, spelled, got, name)
	}
	_, ok := n.Local("other")
	assert.False(t, ok)
	assert.Equal(t, "roles2", n.Item("roles"))
	assert.Equal(t, "roles2", n.Item("roles"))
	assert.Equal(t, "g", n.Item("g"))
	assert.Equal(t, "g2", n.Fresh("g"))
}

func TestPath(t *testing.T) {
	for want, keys := range map[string][]string{
		`user`: nil, `user.a.b`: {"a", "b"}, `user["a b"]._x1`: {"a b", "_x1"}, `user["in"]["true"]["null"]`: {"in", "true", "null"},
		`user["https://x/\"é\""]`: {`https://x/"é"`}, `user["0"][""]["$"]`: {"0", "", "$"},
	} {
		assert.Equal(t, want, names.Path("user", keys))
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		`a"b\c'd`: `"a\"b\\c'd"`, "\n\r\t\x00\x7f\u2028\ufeff\ufffd": `"\n\r\t\u0000\u007f\u2028\ufeff\ufffd"`, "é 😀": `"é 😀"`, "\U000e0001": `"\U000e0001"`,
	} {
		assert.Equal(t, want, names.Quote(in))
	}
	for r := range rune(0x3000) {
		if 0xD800 <= r && r < 0xE000 {
			continue
		}
		var back string
		require.NoError(t, json.Unmarshal([]byte(names.Quote(string(r))), &back))
		require.Equal(t, string(r), back)
	}
}
