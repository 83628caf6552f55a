package modules

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestWithoutIdleEval: only a call that nothing reaches is left out.
func TestWithoutIdleEval(t *testing.T) {
	for in, want := range map[string]string{
		"return obj;\n    eval(obj);\n}": "return obj;\n    \n}",
		"return a;\n eval(b);":           "return a;\n eval(b);",
		"eval(obj); return obj;":         "eval(obj); return obj;",
		"return eval(obj);":              "return eval(obj);",
	} {
		assert.Equal(t, want, withoutIdleEval(in), in)
	}
}
