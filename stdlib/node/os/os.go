// Package os is Node's os; it says nothing of the machine that Ferrule runs on.
package os

import (
	_ "embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed os.js
var text string

//go:embed tables.json
var tables string

var script = host.NewScript("os.js", "internal.tables = "+tables+";\n"+text)

// Modules is os.
var Modules = []host.Module{{Name: "os", Build: func(h host.Host) *goja.Object { return script.Evaluate(h, nil) }}}
