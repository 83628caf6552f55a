package hosttest

import (
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// installBuiltIns gives the VM what the engine gives it: the globals and mended methods of
// gojalib, and a console.
func (h *Host) installBuiltIns() {
	for _, g := range gojalib.Globals() {
		h.define(h.vm.GlobalObject(), g.Name, g.Build(h.vm, &h.env))
	}
	for _, m := range gojalib.Methods() {
		if owner, ok := h.owner(m.Owner); ok {
			h.define(owner, m.Name, m.Build(h.vm, &h.env))
		}
	}
	h.define(h.vm.GlobalObject(), "console", gojalib.NewConsole(h.vm, &h.env, h.Log))
}

// owner follows a path from the global object: "Array.prototype".
func (h *Host) owner(path string) (*goja.Object, bool) {
	v, err := h.vm.RunString(path)
	if err != nil {
		return nil, false
	}
	o, ok := v.(*goja.Object)
	return o, ok
}

func (h *Host) define(owner *goja.Object, name string, v goja.Value) {
	gojalib.PassOn(owner.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// defineGlobal makes a global that is built when it is first read.
func (h *Host) defineGlobal(name string) {
	get := h.vm.ToValue(func(goja.FunctionCall) goja.Value { return h.Global(name) })
	set := h.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		h.define(h.vm.GlobalObject(), name, call.Argument(0))
		return goja.Undefined()
	})
	gojalib.PassOn(h.vm.GlobalObject().DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// installTimers makes setTimeout and its like, which answer numbers here.
func (h *Host) installTimers() {
	stops := map[int64]func(){}
	var last int64
	start := func(repeat bool) func(goja.FunctionCall) goja.Value {
		return func(call goja.FunctionCall) goja.Value {
			function, ok := goja.AssertFunction(call.Argument(0))
			if !ok {
				panic(h.vm.NewTypeError("callback is not a function"))
			}
			args := append([]goja.Value(nil), call.Arguments[1:]...)
			if len(args) > 0 {
				args = args[1:]
			}
			last++
			delay := time.Duration(call.Argument(1).ToInteger()) * time.Millisecond
			stops[last] = h.After(delay, repeat, true, func() error {
				_, err := function(goja.Undefined(), args...)
				return err
			})
			return h.vm.ToValue(last)
		}
	}
	clear := func(call goja.FunctionCall) goja.Value {
		if stop, ok := stops[call.Argument(0).ToInteger()]; ok {
			stop()
		}
		return goja.Undefined()
	}
	immediate := func(call goja.FunctionCall) goja.Value {
		call.Arguments = append([]goja.Value{call.Argument(0), h.vm.ToValue(0)}, call.Arguments[min(1, len(call.Arguments)):]...)
		return start(false)(call)
	}
	for name, function := range map[string]func(goja.FunctionCall) goja.Value{
		"setTimeout": start(false), "setInterval": start(true), "setImmediate": immediate,
		"clearTimeout": clear, "clearInterval": clear, "clearImmediate": clear,
	} {
		h.define(h.vm.GlobalObject(), name, h.vm.ToValue(function))
	}
	h.define(h.vm.GlobalObject(), "queueMicrotask", h.must(h.vm.RunString("(function (task) { Promise.resolve().then(function () { task() }) })")))
}
