package host

import (
	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// parts is the key of what the modules of a VM have in common.
var parts = goja.NewSymbol("parts")

// table holds the parts of one VM. JavaScript sees an object without properties.
type table struct {
	built    map[string]*goja.Object
	resets   []func()
	stores   *Stores
	settings []Setting
}

// Prepare makes room in a new VM for what the modules have in common. Without it, the first that
// needs the room makes it, and the global object changes then.
func Prepare(vm *goja.Runtime) { tableOf(vm) }

// madeTable is nil while no module has needed one.
func madeTable(vm *goja.Runtime) *table {
	if held, ok := vm.GlobalObject().GetSymbol(parts).(*goja.Object); ok {
		t, _ := held.Export().(*table)
		return t
	}
	return nil
}

func tableOf(vm *goja.Runtime) *table {
	if t := madeTable(vm); t != nil {
		return t
	}
	t := &table{built: map[string]*goja.Object{}}
	gojalib.PassOn(vm.GlobalObject().DefineDataPropertySymbol(parts, vm.ToValue(t), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return t
}

// Setting is what code can change of a module and no export holds: a default that a function sets,
// say. Who lends a VM compares settings as it compares exports.
type Setting struct {
	Object *goja.Object
	Names  []string // of accessors that answer it; none for what the object's properties are
}

// Settings are those that the scripts of a VM have told by shareSettings so far.
func Settings(vm *goja.Runtime) []Setting {
	if t := madeTable(vm); t != nil {
		return t.settings
	}
	return nil
}

// shareSettings is shareSettings(object, ...names) of a script, which answers the object.
func shareSettings(h Host) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		made := Setting{Object: call.Argument(0).ToObject(h.VM())}
		for _, name := range call.Arguments[1:] {
			made.Names = append(made.Names, name.String())
		}
		t := tableOf(h.VM())
		t.settings = append(t.settings, made)
		return made.Object
	}
}

// Shared answers a part of a VM that several globals or modules have in common. It is built at the
// first call.
func Shared(h Host, name string, build func() *goja.Object) *goja.Object {
	t := tableOf(h.VM())
	if part, ok := t.built[name]; ok {
		return part
	}
	part := build()
	t.built[name] = part
	return part
}
