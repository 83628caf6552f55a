package gojalib

import (
	_ "embed"

	"github.com/dop251/goja"
)

//go:embed mended.js
var mendedText string

var mendedProgram = script("mended.js", mendedText)

// SymAsyncIterator is Symbol.asyncIterator, which goja lacks. Like goja's own
// well-known symbols it is one for all VMs.
var SymAsyncIterator = goja.NewSymbol("Symbol.asyncIterator")

// mendedGlobals are the globals of the language that goja lacks, a parseInt
// that is exact and a RegExp with property escapes, to be built when a rule names RegExp or holds \\p{ or \\P{. Nothing is
// ever collected while a VM lives, so a WeakRef keeps its target and a
// FinalizationRegistry never calls back; the language allows both.
var mendedGlobals = []Global{member("WeakRef", mendedModule), member("FinalizationRegistry", mendedModule), member("RegExp", mendedRegExp), member("parseInt", parseIntModule),
	{"isNaN", func(vm *goja.Runtime, _ *Env) goja.Value { return numberTest(vm, "isNaN") }},
	{"isFinite", func(vm *goja.Runtime, _ *Env) goja.Value { return numberTest(vm, "isFinite") }},
}

// mendedMethods are the properties of built-ins that Node 20 has and goja lacks
// or answers differently. The guards of strings throw V8's RangeError before
// they allocate.
var mendedMethods = []Method{
	{"Symbol", "asyncIterator", func(*goja.Runtime, *Env) goja.Value { return SymAsyncIterator }},
	{"String.prototype", "isWellFormed", stringIsWellFormed},
	{"String.prototype", "toWellFormed", stringToWellFormed},
	{"String.prototype", "replace", func(vm *goja.Runtime, env *Env) goja.Value { return stringReplace(vm, env, "replace") }},
	{"String.prototype", "replaceAll", func(vm *goja.Runtime, env *Env) goja.Value { return stringReplace(vm, env, "replaceAll") }},
	{"Math", "sign", mathSign},
	{"Number", "parseInt", func(vm *goja.Runtime, _ *Env) goja.Value { return parseIntModule(vm).Get("parseInt") }},
	{"Number.prototype", "toPrecision", numberToPrecision},
	{"Object", "fromEntries", objectFromEntries},
	{"Error", "captureStackTrace", scripted("captureStackTrace")},
	{"Error", "stackTraceLimit", func(vm *goja.Runtime, _ *Env) goja.Value { return vm.ToValue(10) }},
	{"Promise", "any", scripted("any")},
	{"Uint8Array.__proto__", "from", typedArrayFrom},
	{"Object.prototype", "__defineGetter__", scripted("__defineGetter__")},
	{"Object.prototype", "__defineSetter__", scripted("__defineSetter__")},
	{"Object.prototype", "__lookupGetter__", scripted("__lookupGetter__")},
	{"Object.prototype", "__lookupSetter__", scripted("__lookupSetter__")},
	{"String.prototype", "anchor", html("anchor", "a", "name")},
	{"String.prototype", "link", html("link", "a", "href")},
	{"String.prototype", "fontcolor", html("fontcolor", "font", "color")},
	{"String.prototype", "fontsize", html("fontsize", "font", "size")},
	{"String.prototype", "big", html("big", "big", "")},
	{"String.prototype", "blink", html("blink", "blink", "")},
	{"String.prototype", "bold", html("bold", "b", "")},
	{"String.prototype", "fixed", html("fixed", "tt", "")},
	{"String.prototype", "italics", html("italics", "i", "")},
	{"String.prototype", "small", html("small", "small", "")},
	{"String.prototype", "strike", html("strike", "strike", "")},
	{"String.prototype", "sub", html("sub", "sub", "")},
	{"String.prototype", "sup", html("sup", "sup", "")},
}

// Surplus lists the properties that goja has and Node 20 has not: a rule that
// tests for one must not find it. Delete them when a rule may reach the name.
//
//	{"Set.prototype", "union"}, …
func Surplus() [][2]string {
	return [][2]string{
		{"Set.prototype", "union"}, {"Set.prototype", "intersection"}, {"Set.prototype", "difference"}, {"Set.prototype", "symmetricDifference"},
		{"Set.prototype", "isSubsetOf"}, {"Set.prototype", "isSupersetOf"}, {"Set.prototype", "isDisjointFrom"},
		{"Error", "isError"}, {"JSON", "rawJSON"}, {"JSON", "isRawJSON"},
		{"Uint8Array", "fromBase64"}, {"Uint8Array", "fromHex"}, {"Uint8Array.prototype", "setFromBase64"}, {"Uint8Array.prototype", "setFromHex"},
		{"Uint8Array.prototype", "toBase64"}, {"Uint8Array.prototype", "toHex"},
	}
}

func mendedModule(vm *goja.Runtime) *goja.Object {
	return module(vm, "mended", func() *goja.Object {
		return evaluate(vm, mendedProgram())
	})
}

// scripted is a property written in mended.js.
func scripted(name string) func(*goja.Runtime, *Env) goja.Value {
	return func(vm *goja.Runtime, _ *Env) goja.Value { return mendedModule(vm).Get(name) }
}
