package gojalib

import (
	_ "embed"

	"github.com/dop251/goja"
)

//go:embed node_error.js
var nodeErrorText string

var nodeErrorProgram = script("node_error.js", nodeErrorText)

// NodeError is a function of a class, a code and a message. It answers an error as those that
// Node's own scripts throw: the code is a property, and stands in the text and the stack.
//
//	String(fail(TypeError, 'ERR_X', 'no'))        // "TypeError [ERR_X]: no"
//	String(fail.native(TypeError, 'ERR_X', 'no')) // "TypeError: no", as what Node's native parts throw
func NodeError(vm *goja.Runtime) goja.Value {
	return module(vm, "node_error", func() *goja.Object { return evaluate(vm, nodeErrorProgram()) }).Get("fail")
}
