// Package http gives rules Node's http and https, the client's side of them. The classes are
// JavaScript over the modules events and stream; what is sent goes through the run's
// [egress.Session], which judges each request (redirects are requests that JavaScript makes),
// limits and records it.
//
// Bodies stream in both directions: a piece of a request is taken when the last one was sent, a
// piece of a response is read when JavaScript asks for more.
//
// Connections are kept by the tenant's [egress.Client], not by Agent, whose options are accepted;
// a request's socket is an object that knows of the connection but is none.
// Servers are not provided.
package http

import (
	_ "embed"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

//go:embed message.js
var message string

//go:embed incoming.js
var incoming string

//go:embed outgoing.js
var outgoing string

//go:embed connection.js
var connection string

//go:embed agent.js
var agent string

//go:embed client.js
var client string

//go:embed exports.js
var exports string

//go:embed https.js
var secure string

//go:embed tables.json
var tables string

// The parts share one scope, in the order of their use.
var script = host.NewScript("http.js", "const tables = "+tables+";\n"+message+incoming+outgoing+connection+agent+client+exports)

// Agents look for node:https: in the stack to see which of the two modules asks.
var secureScript = host.NewScript("node:https", secure)

// Modules are http and https.
var Modules = []host.Module{
	{Name: "http", Build: func(h host.Host) *goja.Object { return script.Evaluate(h, offered(h)) }},
	{Name: "https", Build: func(h host.Host) *goja.Object { return secureScript.Evaluate(h, offered(h)) }},
}

// offered is what the scripts have of Go.
func offered(h host.Host) map[string]any {
	vm := h.VM()
	own := host.NewOfRun(h, vm.NewObject)
	return map[string]any{
		// own is an object of the run: what a run leaves open is not the next one's.
		"own":      func(goja.FunctionCall) goja.Value { return own.Get() },
		"global":   h.Global,
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"start": func(call goja.FunctionCall) goja.Value {
			return start(h, call.Argument(0).ToObject(vm), net.Callable(vm, call.Argument(1)))
		},
		"connected": ofExchange(vm, (*exchange).onConnected),
		"informed":  ofExchange(vm, (*exchange).onInformation),
		"write":     ofExchange(vm, (*exchange).write),
		"read":      ofExchange(vm, (*exchange).read),
		"destroy":   ofExchange(vm, (*exchange).destroy),
		"after":     func(call goja.FunctionCall) goja.Value { return net.After(h, call) },
	}
}
