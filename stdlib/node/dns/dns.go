// Package dns gives rules the part of Node's dns that their sockets need: the addresses of a name,
// as far as egress lets rules reach them. Other records would be asked of a name server past that
// judgement, so their functions throw by name.
package dns

import (
	_ "embed"
	"net/netip"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

//go:embed dns.js
var text string

var script = host.NewScript("dns.js", text)

// Modules are dns and dns/promises.
var Modules = []host.Module{
	{Name: "dns", Build: build},
	{Name: "dns/promises", Build: func(h host.Host) *goja.Object { return h.Require("dns").Get("promises").ToObject(h.VM()) }},
}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	return script.Evaluate(h, map[string]any{
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"lookup": func(call goja.FunctionCall) goja.Value {
			lookup(h, call.Argument(0).String(), net.Callable(vm, call.Argument(1)))
			return goja.Undefined()
		},
	})
}

// lookup calls back with an error or a list of addresses.
func lookup(h host.Host, name string, callback goja.Callable) {
	vm, ctx, complete := h.VM(), h.Context(), h.Operation()
	session, err := net.Session(h, name, 0)
	go func() {
		var all []netip.Addr
		if err == nil {
			all, err = session.Lookup(ctx, name)
		}
		complete(func() error {
			if err != nil {
				_, err := callback(goja.Undefined(), net.Fault(vm, err, name))
				return err
			}
			list := make([]any, len(all))
			for i, addr := range all {
				list[i] = addr.String()
			}
			_, err := callback(goja.Undefined(), goja.Null(), vm.NewArray(list...))
			return err
		})
	}()
}
