package lint

import (
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
