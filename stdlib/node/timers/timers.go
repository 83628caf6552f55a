// Package timers is Node's timers and timers/promises, made of the timers that the global
// object has.
package timers

import (
	_ "embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed timers.js
var text string

var script = host.NewScript("timers.js", text)

// Modules are timers and timers/promises.
var Modules = []host.Module{
	{Name: "timers", Build: func(h host.Host) *goja.Object {
		return script.Evaluate(h, map[string]any{"global": h.Global})
	}},
	{Name: "timers/promises", Build: func(h host.Host) *goja.Object {
		return h.Require("timers").Get("promises").ToObject(h.VM())
	}},
}
