package jsvm

import (
	"fmt"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// require answers Node's core modules, then those of packages, as it was settled for the rule
// whose turn it is. For any other it throws, or answers a stand-in. That does nothing
// until it is called, as a module that is only loaded does nothing: its members are
// stand-ins, too, and so is what new makes of it. A call of any of them throws. So a rule
// that requires a module in its first line and needs it behind a guard only still decides
// about the logins that the guard sends away, as it did where the module was installed.
func (m *machine) require() goja.Value {
	return m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		l := m.loop
		name, ok := call.Argument(0).Export().(string)
		if !ok || name == "" {
			panic(l.typeError("ERR_INVALID_ARG_TYPE", "The \"id\" argument must be of type string. Received "+gojalib.Describe(l.vm, call.Argument(0))))
		}
		if exports := m.core(name); exports != nil {
			return exports
		}
		if key, ok := l.bundle.packages.key(l.owner.index, name); ok {
			return m.installed(key)
		}
		if !l.bundle.standIns {
			panic(l.moduleError(name))
		}
		return m.standIn(name)
	})
}

// standIn stands for a module or a part of it.
func (m *machine) standIn(module string) goja.Value {
	vm := m.vm
	target := vm.ToValue(func(goja.ConstructorCall) *goja.Object { return nil }).ToObject(vm)
	return vm.ToValue(vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(_ *goja.Object, property string, _ goja.Value) goja.Value {
			if property == "then" { // it is no promise
				return goja.Undefined()
			}
			return m.standIn(module)
		},
		Construct: func(*goja.Object, []goja.Value, *goja.Object) *goja.Object {
			return m.standIn(module).ToObject(vm)
		},
		Apply: func(*goja.Object, goja.Value, []goja.Value) goja.Value {
			panic(m.loop.moduleError(module))
		},
	}))
}

// moduleError is Node's error for a module that is not there.
func (l *loop) moduleError(module string) goja.Value {
	made, err := l.vm.New(l.vm.GlobalObject().Get("Error"), l.vm.ToValue(fmt.Sprintf("Cannot find module '%s'", module)))
	if err != nil {
		return l.vm.NewGoError(err)
	}
	must(made.Set("code", "MODULE_NOT_FOUND"))
	return made
}
