package folder_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/folder"
)

func TestOne(t *testing.T) {
	one, list := folder.One("dir/deny.ts", "function f() { return @@WHO@@ + ##NO##; }", folder.Options{Mappings: map[string]any{"WHO": "ann"}})
	require.Len(t, list, 1)
	assert.Equal(t, diag.UnresolvedKeyword, list[0].Code)
	require.Len(t, one.Rules, 1)
	rule := one.Rules[0]
	assert.Equal(t, "deny", rule.Name)
	assert.True(t, rule.Runs())
	assert.Contains(t, rule.File.Text, `return "ann" +`)
	assert.Contains(t, rule.Original.Text, "@@WHO@@")

	_, list = folder.One("r.js", "a\xff", folder.Options{})
	require.Len(t, list, 1)
	assert.Equal(t, diag.NotUTF8, list[0].Code)
}
