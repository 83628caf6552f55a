// Package fetch gives the sandbox the classes of the web that Node has as globals: fetch with Headers,
// Request and Response, Blob, File and FormData, the classes of events and of aborting.
//
// The classes are scripts; a script is evaluated when a VM needs the first of its classes.
package fetch

import (
	"embed"
	"strings"
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
	for _, name := range []string{"common", "events", "abort", "headers", "list", "fill", "blob", "formdata", "body", "contents", "record", "request", "response", "fetch", "detours", "errors", "messages"} {
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
	member("messages", "MessageChannel"), member("messages", "MessagePort"), member("messages", "MessageEvent"),
	member("blob", "Blob"), member("blob", "File"), member("formdata", "FormData"),
}

// member is a global that a part exports.
func member(name, export string) host.Global {
	return host.Global{Name: export, Build: func(h host.Host) goja.Value { return part(h, name).Get(export) }}
}

// part is what a script exports in a VM. It is evaluated at the first call.
func part(h host.Host, name string) *goja.Object { return bridgeOf(h).part(name) }

// bridge is what the scripts have of Go and of each other, one object for all of a VM. A member is made when a
// script asks for it: most VMs need few.
type bridge struct {
	h       host.Host
	object  *goja.Object
	members map[string]goja.Value
	parts   map[string]*goja.Object
}

func bridgeOf(h host.Host) *bridge {
	object := host.Shared(h, "fetch", func() *goja.Object {
		b := &bridge{h: h, members: map[string]goja.Value{}, parts: map[string]*goja.Object{}}
		b.object = h.VM().NewDynamicObject(b)
		return b.object
	})
	return object.Export().(*bridge)
}

func (b *bridge) part(name string) *goja.Object {
	if exports, ok := b.parts[name]; ok {
		return exports
	}
	exports := scripts[name].EvaluateWith(b.h, b.object)
	b.parts[name] = exports
	return exports
}

// Get implements goja.DynamicObject.
func (b *bridge) Get(name string) goja.Value {
	member, ok := b.members[name]
	if name == "fail" {
		return gojalib.NodeError(b.h.VM())
	}
	if !ok {
		if build, known := natives[name]; known {
			member = b.h.VM().ToValue(build(b))
			b.members[name] = member
		}
	}
	return member
}

// Has implements goja.DynamicObject.
func (b *bridge) Has(name string) bool { return natives[name] != nil }

// Set implements goja.DynamicObject: there is nothing to set.
func (b *bridge) Set(string, goja.Value) bool { return false }

// Delete implements goja.DynamicObject.
func (b *bridge) Delete(string) bool { return false }

// Keys implements goja.DynamicObject: nobody enumerates it.
func (b *bridge) Keys() []string { return nil }

type native = func(goja.FunctionCall) goja.Value

// natives make the functions that scripts have of Go.
var natives map[string]func(b *bridge) native

func init() {
	natives = map[string]func(b *bridge) native{
		"part": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value { return b.part(call.Argument(0).String()) }
		},
		// loaded is part for a script that has been evaluated, else undefined: without its class
		// there are no instances of it.
		"loaded": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value {
				if exports, ok := b.parts[call.Argument(0).String()]; ok {
					return exports
				}
				return goja.Undefined()
			}
		},
		"global": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value { return b.h.Global(call.Argument(0).String()) }
		},
		"send": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value { return send(b.h, call.Argument(0).ToObject(b.h.VM())) }
		},
		"warn": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value {
				b.h.Warn(call.Argument(0).String())
				return goja.Undefined()
			}
		},
		"describe": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value {
				return b.h.VM().ToValue(host.Describe(b.h.VM(), call.Argument(0)))
			}
		},
		"inspect": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value {
				return b.h.VM().ToValue(gojalib.NewInspector(b.h.VM()).Inspect(call.Argument(0), nil))
			}
		},
		// date is the clock, now the time since the VM asked first, both in milliseconds.
		"date": func(b *bridge) native {
			return func(goja.FunctionCall) goja.Value { return b.h.VM().ToValue(b.h.Env().Now().UnixMilli()) }
		},
		"now": func(b *bridge) native {
			begin := b.h.Env().Now()
			return func(goja.FunctionCall) goja.Value {
				return b.h.VM().ToValue(float64(b.h.Env().Now().Sub(begin)) / float64(time.Millisecond))
			}
		},
		"enumerable": enumerable,
		"fault":      fault,
		"later":      later,
		"url":        parseURL,
		// wellFormed is toWellFormed, which goja lacks where no rule names it.
		"wellFormed": func(b *bridge) native {
			return func(call goja.FunctionCall) goja.Value { return b.h.VM().ToValue(call.Argument(0).String()) }
		},
		"encode":   encode,
		"text":     decode,
		"unescape": percentDecode,
		"base64":   base64Decode,
		"parts":    formParts,
	}
}

// enumerable makes members of a prototype so, and gives it a tag.
func enumerable(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		proto := call.Argument(0).ToObject(b.h.VM())
		for _, name := range strings.Fields(call.Argument(2).String()) {
			gojalib.PassOn(proto.DefineAccessorProperty(name, nil, nil, goja.FLAG_NOT_SET, goja.FLAG_TRUE))
		}
		gojalib.PassOn(proto.DefineDataPropertySymbol(goja.SymToStringTag, call.Argument(1), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		return goja.Undefined()
	}
}

// fault makes a value an uncaught error of the current rule.
func fault(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		thrown := call.Argument(0)
		b.h.NextTick(func() error {
			if e := b.h.VM().Try(func() { panic(thrown) }); e != nil {
				return e
			}
			return nil
		})
		return goja.Undefined()
	}
}

// later calls a function after some milliseconds. The run does not wait for it.
func later(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		task, _ := goja.AssertFunction(call.Argument(1))
		b.h.After(time.Duration(call.Argument(0).ToFloat()*float64(time.Millisecond)), false, false, func() error {
			_, err := task(goja.Undefined())
			return err
		})
		return goja.Undefined()
	}
}

// parseURL answers the parts of a URL, or null.
func parseURL(b *bridge) native {
	return func(call goja.FunctionCall) goja.Value {
		u, ok := gojalib.ParseURL(call.Argument(0).String(), call.Argument(1).String())
		if !ok {
			return goja.Null()
		}
		return object(b.h.VM(), map[string]any{
			"href": u.Href, "origin": u.Origin, "protocol": u.Protocol, "username": u.Username, "password": u.Password,
			"hostname": u.Hostname, "port": u.Port, "hash": u.Hash,
		})
	}
}
