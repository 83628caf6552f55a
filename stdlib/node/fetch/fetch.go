// Package fetch gives the sandbox the classes of the fetch standard, as Node 20 has them.
package fetch

import (
	_ "embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed headers.js
var headersText string

var headers = host.NewScript("fetch/headers", headersText)

// Globals are the classes that this package gives the global object.
var Globals = []host.Global{
	{Name: "Headers", Build: func(h host.Host) goja.Value { return headers.Evaluate(h, nil).Get("Headers") }},
}
