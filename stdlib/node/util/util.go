// Package util is Node's util, with the inspect and format of gojalib.
package util

import (
	_ "embed"
	"reflect"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed util.js
var text string

var script = host.NewScript("util.js", text)

// Modules are util, its old name sys, and util/types.
var Modules = []host.Module{
	{Name: "util", Build: build},
	{Name: "sys", Build: func(h host.Host) *goja.Object { return h.Require("util") }},
	{Name: "util/types", Build: func(h host.Host) *goja.Object {
		return h.Require("util").Get("types").ToObject(h.VM())
	}},
}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	in := gojalib.NewInspector(vm)
	return script.Evaluate(h, map[string]any{
		"inspect": in.InspectFunction(), "format": in.FormatFunction(), "global": h.Global, "log": h.Log,
		"formatWithOptions": in.FormatWithOptionsFunction(),
		"kind":              func(call goja.FunctionCall) goja.Value { return vm.ToValue(kind(call.Argument(0))) },
		"describe":          func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
	})
}

// What goja exports objects as; to export them would copy plain ones and run their getters.
var (
	proxies  = reflect.TypeFor[goja.Proxy]()
	promises = reflect.TypeFor[*goja.Promise]()
	buffers  = reflect.TypeFor[goja.ArrayBuffer]()
)

// kind names what an object is by its internal slots, whatever its prototype and tag say;
// it is empty for a primitive value.
func kind(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return ""
	}
	switch o.ExportType() {
	case proxies:
		return "Proxy"
	case promises:
		return "Promise"
	case buffers:
		return "ArrayBuffer"
	}
	return o.ClassName()
}
