// Package polyfill makes core modules of scripts that are there already: events, url, path,
// querystring and assert of Node's own library, stream, stream/web and punycode of npm packages
// that do the same. Both are a build-time dependency: gen.go bundles them into built, their licences
// are in LICENSES.txt. What Node 20 has beyond them, and string_decoder, stands in the scripts
// beside this file.
package polyfill

import (
	"embed"
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:generate npm ci --no-audit --no-fund
//go:generate go run gen.go gen_node.go

//go:embed built/*.js *.js
var texts embed.FS

// Modules are the core modules that this package makes.
var Modules = []host.Module{
	mended("events", nil),
	mended("stream", map[string]*host.Script{"web": script("stream_web.js")}),
	part("stream/promises", "stream", "promises"),
	webStreams,
	own("string_decoder"),
	plain("punycode"),
	mended("url", nil),
	plain("querystring"),
	mended("path", nil),
	part("path/posix", "path", "posix"),
	part("path/win32", "path", "win32"),
	mended("assert", nil),
	part("assert/strict", "assert", "strict"),
}

func script(file string) *host.Script {
	text, err := texts.ReadFile(file)
	if err != nil {
		panic("internal error: " + err.Error())
	}
	return host.NewScript(strings.TrimPrefix(file, "built/"), string(text))
}

// nodeLibrary is what bundles of Node's own library share.
var nodeLibrary = script("built/node.js")

// plain is a module that is a bundle as it is.
func plain(name string) host.Module {
	s := script("built/" + name + ".js")
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object { return s.Evaluate(h, offered(h)) }}
}

// own is a module that is a script of this package alone.
func own(name string) host.Module {
	s := script(name + ".js")
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object { return s.Evaluate(h, offered(h)) }}
}

// mended is a bundle with a script on top, which gets it, and others, as functions of internal.
func mended(name string, others map[string]*host.Script) host.Module {
	base, top := script("built/"+name+".js"), script(name+".js")
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object {
		internal := offered(h)
		internal["base"] = func() *goja.Object { return base.Evaluate(h, offered(h)) }
		for other, s := range others {
			internal[other] = func() *goja.Object { return s.Evaluate(h, offered(h)) }
		}
		return top.Evaluate(h, internal)
	}}
}

// webStreams is stream/web. Its classes are globals, too.
var webStreams = func() host.Module {
	base, top := script("built/web_streams.js"), script("web_streams.js")
	return host.Module{Name: "stream/web", Build: func(h host.Host) *goja.Object {
		internal := offered(h)
		internal["base"] = func() *goja.Object { return base.Evaluate(h, offered(h)) }
		return top.Evaluate(h, internal)
	}}
}()

// Globals are the classes of stream/web.
var Globals = func() []host.Global {
	var all []host.Global
	for _, name := range []string{
		"ReadableStream", "ReadableStreamDefaultReader", "ReadableStreamBYOBReader", "ReadableStreamBYOBRequest", "ReadableByteStreamController",
		"ReadableStreamDefaultController", "TransformStream", "TransformStreamDefaultController", "WritableStream", "WritableStreamDefaultController",
		"WritableStreamDefaultWriter", "ByteLengthQueuingStrategy", "CountQueuingStrategy", "TextEncoderStream", "TextDecoderStream",
		"CompressionStream", "DecompressionStream",
	} {
		all = append(all, host.Global{Name: name, Build: func(h host.Host) goja.Value { return h.Require("stream/web").Get(name) }})
	}
	return all
}()

// part is a module that is a member of another one.
func part(name, of, member string) host.Module {
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object {
		return h.Require(of).Get(member).ToObject(h.VM())
	}}
}

// offered is what all scripts have of Go.
func offered(h host.Host) map[string]any {
	return map[string]any{
		"global": h.Global,
		"node": func(call goja.FunctionCall) goja.Value {
			library := host.Shared(h, "node", func() *goja.Object { return nodeLibrary.Evaluate(h, offered(h)) })
			part, _ := goja.AssertFunction(library)
			exports, err := part(goja.Undefined(), call.Arguments...)
			gojalib.PassOn(err)
			return exports
		},
		"warn": func(call goja.FunctionCall) goja.Value {
			warn(h, call.Argument(0))
			return goja.Undefined()
		},
	}
}

// warn tells a warning as Node's process does: its text, and nothing of the emitter that it is about.
func warn(h host.Host, warning goja.Value) {
	vm := h.VM()
	if w, ok := warning.(*goja.Object); ok && w.Get("emitter") != nil {
		emitter, inspect := w.Get("emitter"), call(vm, h.Require("util"), "inspect", w.Get("emitter"), vm.ToValue(map[string]any{"depth": -1}))
		text := fmt.Sprintf("Possible EventEmitter memory leak detected. %s %s listeners added to %s. MaxListeners is %s. Use emitter.setMaxListeners() to increase limit",
			w.Get("count"), w.Get("type"), inspect, call(vm, emitter.ToObject(vm), "getMaxListeners"))
		gojalib.SetProperty(w, "message", text)
	}
	call(vm, h.Require("process"), "emitWarning", warning)
}

// call calls a method.
func call(vm *goja.Runtime, object *goja.Object, method string, arguments ...goja.Value) goja.Value {
	f, ok := goja.AssertFunction(object.Get(method))
	if !ok {
		panic("internal error: no method " + method)
	}
	value, err := f(object, arguments...)
	gojalib.PassOn(err)
	return value
}
