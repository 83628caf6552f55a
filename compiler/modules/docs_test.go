package modules

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDocs holds the table of variables in docs/require.md against the one here.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/require.md")
	require.NoError(t, err)
	told := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\S+) \\| (the module \\||the module[,;]|.)").FindAllStringSubmatch(string(text), -1) {
		told[row[1]] = row[2]
		if row[3] == "the module |" {
			assert.True(t, IsPlain(row[1]), row[1])
		}
	}
	for variable, behind := range implicit {
		assert.Equal(t, behind.Text, told[variable], variable)
	}
	assert.Len(t, told, len(implicit))
	shims, err := shims.ReadDir("implicit")
	require.NoError(t, err)
	for _, file := range shims {
		assert.Contains(t, implicit, file.Name()[:len(file.Name())-len(".js")], "no variable has this script")
	}
}
