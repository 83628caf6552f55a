package modules

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestWithoutEval: only a call that nothing reaches is left out, and only one that makes a value is
// another's.
func TestWithoutEval(t *testing.T) {
	for in, want := range map[string]string{
		"return obj;\n    eval(obj);\n}":             "return obj;\n    \n}",
		"return a;\n eval(b);":                       "return a;\n eval(b);",
		"eval(obj); return obj;":                     "eval(obj); return obj;",
		"return eval(obj);":                          "return eval(obj);",
		"var v = null;\n  eval('v = ' + text);":      "var v = null;\n  v = Function('return ' + text + '\\n')();",
		"'use strict';\nvar v; eval('v = ' + text);": "'use strict';\nvar v; v = Function('\"use strict\"; return ' + text + '\\n')();",
		`var xrequire = eval("require");`:            "var xrequire = require;",
		`eval("quire".replace(/^/,"re"))(name)`:      "require(name)",
		`eval("required")`:                           `eval("required")`,
		"eval('v + ' + text);":                       "eval('v + ' + text);",
	} {
		assert.Equal(t, want, withoutEval(in), in)
	}
}

// TestWithIterators: no line moves.
func TestWithIterators(t *testing.T) {
	for in, want := range map[string]string{
		"a = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}).prototype);":                          "a = ({ [Symbol.asyncIterator]() { return this; } });",
		"a = Object.getPrototypeOf(\n Object.getPrototypeOf(\n g.eval(\"(async function* () {})\").prototype\n )\n);": "a = ({ [Symbol.asyncIterator]() { return this; } }\n\n\n\n);",
		"g.eval(\"(async function* () {})\").prototype":                                                               "g.eval(\"(async function* () {})\").prototype",
	} {
		assert.Equal(t, want, withIterators(in), in)
	}
}
