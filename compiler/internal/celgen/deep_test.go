package celgen_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/celvm"
)

// TestDeep writes and runs expressions as deep as the text form of compiler/ir lets them be. They
// must not take longer than their size says: the test would not end.
func TestDeep(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("add(", 900) + "1" + strings.Repeat(", user.b)", 900):            "1801",
		strings.Repeat("not(", 900) + "user.a" + strings.Repeat(")", 900):               "false",
		strings.Repeat("user.a == 1 or ", 1500) + "user.b":                              "2",
		strings.Repeat("user.b == 2 and ", 1500) + "user.b":                             "2",
		strings.Repeat("add(user.a, 0) or ", 900) + "user.b":                            "2",
		strings.Repeat("(if user.a then 1 else ", 900) + "2" + strings.Repeat(")", 900): "2",
	} {
		rule := compiled(t, parsed(t, text))
		evaluator, err := celvm.Compile(rule)
		require.NoError(t, err, text[:20])
		value, _ := run(t, evaluator, frame(t, rule, `{"user": {"a": 0, "b": 2}}`))
		assert.Equal(t, want, value, text[:20])
	}
}
