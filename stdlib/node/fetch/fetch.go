// Package fetch gives the sandbox the classes of the web that Node has as globals: fetch with Headers,
// Request and Response, Blob, File and FormData, the classes of events and of aborting.
//
// The classes are scripts; a script is evaluated when a VM needs the first of its classes.
package fetch

import (
	"embed"
	"maps"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed *.js
var texts embed.FS

// scripts are the parts by name. Each is a file.
var scripts = func() map[string]*host.Script {
	all := map[string]*host.Script{}
	for _, name := range []string{"common", "events", "abort", "headers", "blob", "formdata", "body", "request", "response", "fetch"} {
		text, err := texts.ReadFile(name + ".js")
		if err != nil {
			panic("internal error: " + err.Error())
		}
		all[name] = host.NewScript("fetch/"+name+".js", string(text))
	}
	return all
}()

// Globals are the classes that this package gives the global object.
var Globals = []host.Global{
	member("events", "Event"), member("events", "EventTarget"), member("events", "CustomEvent"),
	member("abort", "AbortController"), member("abort", "AbortSignal"),
	member("headers", "Headers"), member("request", "Request"), member("response", "Response"), member("fetch", "fetch"),
	member("blob", "Blob"), member("blob", "File"), member("formdata", "FormData"),
}

// member is a global that a part exports.
func member(name, export string) host.Global {
	return host.Global{Name: export, Build: func(h host.Host) goja.Value { return part(h, name).Get(export) }}
}

// part is what a script exports in a VM.
func part(h host.Host, name string) *goja.Object {
	return host.Shared(h, "fetch/"+name, func() *goja.Object { return scripts[name].Evaluate(h, offered(h)) })
}

// offered is what the scripts have of Go.
func offered(h host.Host) map[string]any {
	vm, begin := h.VM(), h.Env().Now()
	members := map[string]any{
		"part":     func(name string) *goja.Object { return part(h, name) },
		"global":   h.Global,
		"warn":     h.Warn,
		"send":     func(spec *goja.Object) *goja.Object { return send(h, spec) },
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"inspect": func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(gojalib.NewInspector(vm).Inspect(call.Argument(0), nil))
		},
		// date is the clock, now the time since the VM asked first, both in milliseconds.
		"date": func() int64 { return h.Env().Now().UnixMilli() },
		"now":  func() float64 { return float64(h.Env().Now().Sub(begin)) / float64(time.Millisecond) },
		// fault makes a value an uncaught error of the current rule.
		"fault": func(call goja.FunctionCall) goja.Value {
			thrown := call.Argument(0)
			h.NextTick(func() error {
				if e := vm.Try(func() { panic(thrown) }); e != nil {
					return e
				}
				return nil
			})
			return goja.Undefined()
		},
		// later calls a function after some milliseconds. The run does not wait for it.
		"later": func(call goja.FunctionCall) goja.Value {
			task, _ := goja.AssertFunction(call.Argument(1))
			h.After(time.Duration(call.Argument(0).ToFloat()*float64(time.Millisecond)), false, false, func() error {
				_, err := task(goja.Undefined())
				return err
			})
			return goja.Undefined()
		},
	}
	maps.Copy(members, coding(h))
	return members
}
