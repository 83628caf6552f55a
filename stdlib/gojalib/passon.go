package gojalib

import (
	"errors"

	"github.com/dop251/goja"
)

// PassOn ends a native function as what it called ended. It panics with the error, nil is
// none: one of goja's is the calling script's exception with the stack that it had, or goes on
// stopping the VM; every other one is a fault of ours, which leaves the VM.
func PassOn(err error) {
	if err != nil {
		panic(err)
	}
}

// SetProperty assigns a property as a script would; an exception is passed on by [PassOn].
func SetProperty(o *goja.Object, name string, v any) { PassOn(o.Set(name, v)) }

// rethrow is the value of a nested call. An exception of it begins anew, with the stack of here.
func rethrow(v goja.Value, err error) goja.Value {
	if err == nil {
		return v
	}
	if ex, ok := err.(*goja.Exception); ok {
		panic(ex.Value())
	}
	panic(err)
}

// must panics for what cannot fail on objects that this package has just made.
func must(err error) {
	var stopped *goja.InterruptedError
	if errors.As(err, &stopped) {
		panic(stopped)
	}
	if err != nil {
		panic("internal error: " + err.Error())
	}
}
