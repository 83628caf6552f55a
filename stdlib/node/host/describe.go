package host

import (
	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// Describe says what a wrong argument is, as Node's errors do.
func Describe(vm *goja.Runtime, v goja.Value) string { return gojalib.Describe(vm, v) }
