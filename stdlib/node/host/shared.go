package host

import "github.com/dop251/goja"

// parts is the key of what Shared keeps in a VM.
var parts = goja.NewSymbol("parts")

// table holds the parts of one VM. JavaScript sees an object without properties.
type table struct{ built map[string]*goja.Object }

// Shared answers a part of a VM that several globals or modules have in common. It is built at the
// first call.
func Shared(h Host, name string, build func() *goja.Object) *goja.Object {
	vm := h.VM()
	global := vm.GlobalObject()
	var t *table
	if held, ok := global.GetSymbol(parts).(*goja.Object); ok {
		t, _ = held.Export().(*table)
	}
	if t == nil {
		t = &table{built: map[string]*goja.Object{}}
		check(global.DefineDataPropertySymbol(parts, vm.ToValue(t), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	}
	if part, ok := t.built[name]; ok {
		return part
	}
	part := build()
	t.built[name] = part
	return part
}
