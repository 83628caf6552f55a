package parse_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

func TestFunctionsInBlocks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"block", `function () { { function f() {} } }`, `function () {;var f,$hoist1=$hoist=>{f=$hoist}; { function f() {};$hoist1(f); } }`},
		{
			"branches", `function () { if (a) function f() {} else function f() {} }`,
			`function () {;var f,$hoist1=$hoist=>{f=$hoist}; if (a) {function f() {};$hoist1(f);} else {function f() {};$hoist1(f);} }`,
		},
		{"behind directives", `function () { 'a'
			{ function f() {} } }`, `function () { 'a';var f,$hoist1=$hoist=>{f=$hoist};
			{ function f() {};$hoist1(f); } }`},
		{"a comparison follows", `function () { {function f() {}1<2<3} }`, `function () {;var f,$hoist1=$hoist=>{f=$hoist}; {function f() {};$hoist1(f);(1<2)<3} }`},
		{"names are taken", `function $hoist1() { { function f() {} } }`, `function $hoist1() {;var f,$hoist_1=$hoist_=>{f=$hoist_}; { function f() {};$hoist_1(f); } }`},
		{"top of the function", `function () { function f() {} }`, ""},
		{"strict", `function () { 'use strict'; { function f() {} } }`, ""},
		{"class", `function () { class A { m() { { function f() {} } } } }`, ""},
		{"parameter", `function ({f}) { { function f() {} } }`, ""},
		{"let around", `function () { { let f; { function f() {} } } }`, ""},
		{"loop head", `function () { for (const f of []) { function f() {} } }`, ""},
		{"caught pattern", `function () { try {} catch ([f]) { { function f() {} } } }`, ""},
		{"async and generators", `function () { { async function f() {} function* g() {} } }`, ""},
		{"property escapes", "function () { return/[\\p{L}\"<]/gu.test(x) }", `function () { return new RegExp("[\\p{L}\"\u003c]","gu").test(x) }`},
		{"the letter p", "function () { return /\\p{L}/ }", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			script, problems := parse.Rule(source.NewFile("rule.js", c.in), parse.Options{})
			require.NotNil(t, script, "%v", problems)
			if c.want == "" {
				c.want = c.in
			}
			assert.Equal(t, c.want, script.Code)
			assert.False(t, script.Lowered)
			assert.Equal(t, strings.Contains(c.want, "RegExp"), script.Words["RegExp"])
		})
	}
}

// TestPlacesInMendedCode: what is put into the code moves no place of the file.
func TestPlacesInMendedCode(t *testing.T) {
	const text = `function () { "é"; if (a) { function f() {} } x = /\p{L}/u.exec(y); throw z }`
	script, problems := parse.Rule(source.NewFile("rule.js", text), parse.Options{})
	require.NotNil(t, script, "%v", problems)
	for _, word := range []string{"if (a)", "function f", "x =", ".exec", "y)", "throw"} {
		at := script.Pos(1, 2+strings.Index(script.Code, word))
		assert.Equal(t, strings.Index(text, word), at.Offset, word)
	}
}
