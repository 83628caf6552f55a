package gojalib

import (
	"sync"

	"github.com/dop251/goja"
)

// native wraps a Go function as a built-in would look: with name and length.
func native(vm *goja.Runtime, name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	o := vm.ToValue(f).(*goja.Object)
	must(o.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	must(o.DefineDataProperty("length", vm.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return o
}

// Function is a native function with the name and the number of parameters that scripts see.
func Function(vm *goja.Runtime, name string, length int, f func(goja.FunctionCall) goja.Value) *goja.Object {
	return native(vm, name, length, f)
}

// callable is the function at a path of the VM's globals, as it is now.
func callable(vm *goja.Runtime, path ...string) goja.Callable {
	f, ok := goja.AssertFunction(lookup(vm, path...))
	if !ok {
		panic("internal error: no built-in function " + path[len(path)-1])
	}
	return f
}

// lookup finds a built-in. The prototypes of values that are made easily need no constructor,
// whose making costs microseconds.
func lookup(vm *goja.Runtime, path ...string) goja.Value {
	var v goja.Value = vm.GlobalObject()
	if len(path) > 1 && path[1] == "prototype" {
		switch path[0] {
		case "Array":
			v, path = vm.NewArray().Prototype(), path[2:]
		case "String":
			v, path = vm.ToValue("").ToObject(vm).Prototype(), path[2:]
		}
	}
	for _, name := range path {
		v = v.ToObject(vm).Get(name)
	}
	return v
}

// script is a text in JavaScript whose value is a function; the text is compiled
// at most once per process.
func script(name, text string) func() *goja.Program {
	return sync.OnceValue(func() *goja.Program { return goja.MustCompile(name, text, true) })
}

// evaluate runs a script and calls its function with the helpers.
func evaluate(vm *goja.Runtime, program *goja.Program, helpers ...goja.Value) *goja.Object {
	v, err := vm.RunProgram(program)
	must(err)
	f, ok := goja.AssertFunction(v)
	if !ok {
		panic("internal error: a script of gojalib is not a function")
	}
	v, err = f(goja.Undefined(), helpers...)
	must(err)
	return v.(*goja.Object)
}

// modules is the hidden property of the global object under which a VM keeps
// the parts that several bindings share, so that the URL whose searchParams are
// read and the global URLSearchParams have one class.
var modules = goja.NewSymbol("ferrule.modules")

// table holds the parts of one VM. JavaScript sees an object without properties.
type table struct{ built map[string]*goja.Object }

// Prepare gives a VM the hidden property under which it keeps what several bindings share. It comes
// by itself when it is needed; who compares the global object with what it was wants it before.
func Prepare(vm *goja.Runtime) { parts(vm) }

func parts(vm *goja.Runtime) *table {
	global := vm.GlobalObject()
	if held, ok := global.GetSymbol(modules).(*goja.Object); ok {
		if t, ok := held.Export().(*table); ok {
			return t
		}
	}
	t := &table{built: map[string]*goja.Object{}}
	must(global.DefineDataPropertySymbol(modules, vm.ToValue(t), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return t
}

// module returns the named shared part of a VM, building it at the first call.
func module(vm *goja.Runtime, name string, build func() *goja.Object) *goja.Object {
	t := parts(vm)
	if m, ok := t.built[name]; ok {
		return m
	}
	m := build()
	t.built[name] = m
	return m
}

// member is a binding that is one property of a shared part.
func member(name string, part func(*goja.Runtime) *goja.Object) Global {
	return Global{Name: name, Build: func(vm *goja.Runtime, _ *Env) goja.Value { return part(vm).Get(name) }}
}

// mathSign answers a number for every argument: goja answers what it was given where
// that is no number other than 0, a text or undefined.
func mathSign(vm *goja.Runtime, _ *Env) goja.Value {
	return native(vm, "sign", 1, func(call goja.FunctionCall) goja.Value {
		x := toNumber(call.Argument(0))
		switch {
		case x > 0:
			x = 1
		case x < 0:
			x = -1
		}
		return vm.ToValue(x)
	})
}
