package gojalib_test

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// TestArgumentsOfArrows: what an arrow function calls arguments is its outer function's.
func TestArgumentsOfArrows(t *testing.T) {
	for text, want := range map[string]string{
		`(function () { return (() => arguments.length)(); })(1, 2)`:                                                           "2",
		`(function () { return (() => Math.max.apply(this, arguments))(); })(1, 2)`:                                            "2",
		`(function (a) { return (() => () => Array.from(arguments).join())()(); })(1, 2)`:                                      "1,2",
		`(function (a, b) { a = 5; return (() => arguments[0] + arguments.length)(); })(1, 2)`:                                 "7",
		`(function () { 'use strict'; return [0].map(() => arguments[1])[0]; })(1, 2)`:                                         "2",
		`(function () { return (() => { const { length } = arguments; return length + typeof arguments; })(); })(1, 2)`:        "2object",
		`(function () { return (() => (() => { return (function () { return arguments[0]; })(arguments[1]); })())(); })(1, 2)`: "2",
		`(function () { return (() => { arguments = 3; return arguments; })(); })(1, 2)`:                                       "3",
		`({ m() { return (() => [...arguments].join())(); } }).m(1, 2)`:                                                        "1,2",
		`new (class { constructor() { this.f = () => ` + "`${arguments[0]}`" + `; } })(1).f()`:                                 "1",
		`(() => typeof arguments)()`:                                "undefined",
		`(function (arguments) { return (() => arguments)(); })(4)`: "4",
		`var o = { arguments: 1 }; (() => o.arguments)()`:           "1",
	} {
		program, err := gojalib.Compile("test.js", text)
		require.NoError(t, err, text)
		got, err := goja.New().RunProgram(program)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.String(), text)
	}
}
