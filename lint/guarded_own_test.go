package lint

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// TestGuarded: a check that breaks off is told, and the others go on.
func TestGuarded(t *testing.T) {
	r := read(source.NewFile("rule.js", "function (user, context, callback) { callback(null, user, context); }"))
	require.NotNil(t, r)
	r.guarded(Check{Code: "L01", run: func(*rule) { panic("a fault") }})
	require.Len(t, r.found, 1)
	assert.Equal(t, diag.Note, r.found[0].Severity)
	assert.Contains(t, r.found[0].Message, "a fault")
}

// TestPrefixEnds: constants that hold each other many times over are not followed for ever.
func TestPrefixEnds(t *testing.T) {
	var text strings.Builder
	text.WriteString("function (user, context, callback) {\n  const v0 = '';\n")
	for i := 1; i < 16; i++ {
		fmt.Fprintf(&text, "  const v%d = `%s`;\n", i, strings.Repeat(fmt.Sprintf("${v%d}", i-1), 100))
	}
	text.WriteString("  context.idToken[v15 + 'a'] = user.email;\n  callback(null, user, context);\n}")
	Rule(source.NewFile("rule.js", text.String()))
	Touch(source.NewFile("rule.js", text.String()))
}
