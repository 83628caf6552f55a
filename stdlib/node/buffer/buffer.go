// Package buffer is Node's buffer module around gojalib's Buffer, which the global object has, too.
package buffer

import (
	_ "embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed buffer.js
var text string

var script = host.NewScript("buffer.js", text)

// Modules is buffer.
var Modules = []host.Module{{Name: "buffer", Build: func(h host.Host) *goja.Object {
	return script.Evaluate(h, map[string]any{"global": h.Global})
}}}
