// Package net gives rules Node's net, the client's side of it, over the run's [egress.Session]:
// every connection is judged, limited and recorded there. Servers are not provided.
//
// For the modules on top of it (tls, http) it has what they share: the socket of a script and how
// an error of egress looks in JavaScript.
package net

import (
	_ "embed"
	"net/netip"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed net.js
var text string

var script = host.NewScript("net.js", text)

// Modules is net.
var Modules = []host.Module{{Name: "net", Build: build}}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	internal := Offered(h)
	internal["connect"] = func(call goja.FunctionCall) goja.Value {
		return connect(h, call.Argument(0).String(), uint16(call.Argument(1).ToInteger()), Callable(vm, call.Argument(2))).Value()
	}
	internal["isIP"] = func(call goja.FunctionCall) goja.Value { return vm.ToValue(isIP(call.Argument(0).String())) }
	return script.Evaluate(h, internal)
}

// Offered is what the scripts of sockets have of Go.
func Offered(h host.Host) map[string]any {
	vm := h.VM()
	socket := func(call goja.FunctionCall) *Socket {
		if s := Of(call.Argument(0)); s != nil {
			return s
		}
		panic(vm.NewTypeError("internal error: no socket"))
	}
	return map[string]any{
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"read": func(call goja.FunctionCall) goja.Value {
			socket(call).read(Callable(vm, call.Argument(1)))
			return goja.Undefined()
		},
		"write": func(call goja.FunctionCall) goja.Value {
			socket(call).write(host.Bytes(call.Argument(1)), Callable(vm, call.Argument(2)))
			return goja.Undefined()
		},
		"end": func(call goja.FunctionCall) goja.Value {
			socket(call).end(Callable(vm, call.Argument(1)))
			return goja.Undefined()
		},
		"destroy": func(call goja.FunctionCall) goja.Value {
			socket(call).destroy()
			return goja.Undefined()
		},
		"after": func(call goja.FunctionCall) goja.Value { return After(h, call) },
	}
}

// After starts a timer that keeps nobody waiting, and answers the function that stops it.
func After(h host.Host, call goja.FunctionCall) goja.Value {
	vm := h.VM()
	task := Callable(vm, call.Argument(1))
	delay := time.Duration(call.Argument(0).ToFloat() * float64(time.Millisecond))
	stop := h.After(delay, false, false, func() error {
		_, err := task(goja.Undefined())
		return err
	})
	return vm.ToValue(func(goja.FunctionCall) goja.Value { stop(); return goja.Undefined() })
}

// Callable is the function that a script of Ferrule's own passed.
func Callable(vm *goja.Runtime, v goja.Value) goja.Callable {
	f, ok := goja.AssertFunction(v)
	if !ok {
		panic(vm.NewTypeError("internal error: no function"))
	}
	return f
}

// isIP is 4, 6 or 0.
func isIP(text string) int {
	addr, err := netip.ParseAddr(text)
	switch {
	case err != nil:
		return 0
	case addr.Is4():
		return 4
	default:
		return 6
	}
}
