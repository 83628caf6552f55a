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

// TestVariablesOfClosures: a variable begins as undefined, however many arguments there are.
func TestVariablesOfClosures(t *testing.T) {
	for text, want := range map[string]string{
		`(function () { var a = arguments.length, b; return (() => a + "" + b)(); })(1, 2)`:                                                  "2undefined",
		`(function (a) { var b; return (function () { return [a, String(b)]; })(); })(1, 2)`:                                                 "1,undefined",
		`(function (a) { 'use strict'; var { b, c: [d] } = { c: [3] }; return (() => [a, b, d, this])(); })(1, 2, 3)`:                        "1,,3,",
		`(function (a) { var a, c; return (() => [a, typeof c])(); })(1, 2)`:                                                                 "1,undefined",
		`(function (a) { var f; function f() {} return (() => [a, typeof f])(); })(1, 2)`:                                                    "1,function",
		`(a => { var b; if (!b) b = 5; return (() => a + b)(); })(1, 2)`:                                                                     "6",
		`({ m(a) { for (var i, j = 0; j < 1; j++); return (() => [a, i, j])(); } }).m(1, 2, 3)`:                                              "1,,1",
		`new (class { constructor(a) { var b; this.f = () => [a, b]; } })(1, 2).f()`:                                                         "1,",
		`(function (a) { return (function () { var b; return (() => [a, b])(); })(7, 8); })(1, 2)`:                                           "1,",
		`(function (a) { var b; var g = (function* () { yield a; yield b; })(); return [...g]; })(1, 2)`:                                     "1,",
		`(function (a) { var b; return JSON.stringify((() => ({ a, b }))()); })(1, 2)`:                                                       `{"a":1}`,
		`(function () { var arguments; return (() => typeof arguments)(); })(1)`:                                                             "object",
		`(function (a) { return (() => { var a; return typeof a; })() + a; })(1, 2)`:                                                         "undefined1",
		`(function (o) { with (o) { var x; } return (() => [typeof x, o.x])(); })({ x: 1 }, 2)`:                                              "undefined,1",
		`(function (a) { try { throw 1; } catch (e) { var b; } return (() => [a, b])(); })(1, 2)`:                                            "1,",
		`(function (callback) { var error; [1].forEach(function () { callback(error); }); return r; })(e => { r = typeof e; }, 2, 3); var r`: "undefined",
	} {
		program, err := gojalib.Compile("test.js", text)
		require.NoError(t, err, text)
		got, err := goja.New().RunProgram(program)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.String(), text)
	}
}
