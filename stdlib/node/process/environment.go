package process

import (
	"maps"
	"slices"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// environment is process.env: one object for a VM, and in each run what was granted to that run,
// and what the run wrote. Values are strings, as in Node.
type environment struct {
	vm        *goja.Runtime
	variables *host.OfRun[*variables]
}

type variables struct {
	names  []string
	values map[string]string
}

func newEnvironment(h host.Host) *environment {
	return &environment{h.VM(), host.NewOfRun(h, func() *variables {
		granted := h.Environment()
		return &variables{names: slices.Sorted(maps.Keys(granted)), values: maps.Clone(granted)}
	})}
}

// Get implements goja.DynamicObject.
func (e *environment) Get(name string) goja.Value {
	if value, ok := e.variables.Get().values[name]; ok {
		return e.vm.ToValue(value)
	}
	return nil
}

// Set implements goja.DynamicObject.
func (e *environment) Set(name string, value goja.Value) bool {
	v := e.variables.Get()
	if v.values == nil {
		v.values = map[string]string{}
	}
	if _, ok := v.values[name]; !ok {
		v.names = append(v.names, name)
	}
	v.values[name] = value.String()
	return true
}

// Has implements goja.DynamicObject.
func (e *environment) Has(name string) bool {
	_, ok := e.variables.Get().values[name]
	return ok
}

// Delete implements goja.DynamicObject.
func (e *environment) Delete(name string) bool {
	v := e.variables.Get()
	if _, ok := v.values[name]; ok {
		delete(v.values, name)
		v.names = slices.DeleteFunc(v.names, func(n string) bool { return n == name })
	}
	return true
}

// Keys implements goja.DynamicObject.
func (e *environment) Keys() []string { return e.variables.Get().names }
