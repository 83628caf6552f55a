package gojalib

import (
	_ "embed"

	"github.com/dop251/goja"
)

//go:embed clone.js
var cloneText string

var cloneProgram = script("clone.js", cloneText)

// cloneGlobals is structuredClone for what a rule can hold. The option transfer
// is not supported: an ArrayBuffer is copied and the original stays usable.
var cloneGlobals = []Global{member("structuredClone", func(vm *goja.Runtime) *goja.Object {
	return module(vm, "clone", func() *goja.Object {
		return evaluate(vm, cloneProgram(), encodingModule(vm).Get("DOMException"), NodeError(vm))
	})
})}
