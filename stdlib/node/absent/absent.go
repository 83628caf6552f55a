// Package absent makes the core modules that a sandbox cannot have, or has only the harmless part
// of: fs without files, child_process without processes. All are loadable, for packages that require them and use
// them elsewhere; a member that would reach the host throws an error that names it.
package absent

import (
	"bytes"
	_ "embed"
	"maps"
	"slices"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed absent.js
var text string

//go:embed constants.json
var constants string

var script = host.NewScript("absent.js", text)

// Modules are the modules of this package.
var Modules = []host.Module{
	module("fs"), part("fs/promises", "fs"), module("module"), module("constants"), module("tty"), module("vm"), module("child_process"),
	module("cluster"), module("worker_threads"), module("readline"), part("readline/promises", "readline"), module("repl"), module("dgram"),
	module("http2"), module("inspector"), module("v8"), module("domain"), module("console"),
}

// provided are the names that module.builtinModules lists.
var provided = []string{
	"assert", "assert/strict", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram", "diagnostics_channel", "dns", "dns/promises", "domain",
	"events", "fs", "fs/promises", "http", "http2", "https", "inspector", "module", "net", "os", "path", "path/posix", "path/win32", "perf_hooks", "process", "punycode",
	"querystring", "readline", "readline/promises", "repl", "stream", "stream/promises", "string_decoder", "sys", "timers", "timers/promises", "tls", "tty", "url", "util",
	"util/types", "v8", "vm", "worker_threads", "zlib",
}

func module(name string) host.Module {
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object {
		return script.Evaluate(h, map[string]any{
			"name": name, "constants": constants, "global": h.Global,
			"file": func(path string) goja.Value {
				data, ok := filesOf(h)[path]
				if !ok {
					return goja.Undefined()
				}
				return h.VM().ToValue(h.VM().NewArrayBuffer(bytes.Clone(data)))
			},
			"files": func() *goja.Object {
				var names []any
				for _, name := range slices.Sorted(maps.Keys(filesOf(h))) {
					names = append(names, name)
				}
				return h.VM().NewArray(names...)
			},
			"modules": func() *goja.Object {
				names := make([]any, len(provided))
				for i, n := range provided {
					names[i] = n
				}
				return h.VM().NewArray(names...)
			},
		})
	}}
}

// filesOf are what packages have beside their code.
func filesOf(h host.Host) map[string][]byte {
	files, _ := h.Grant(host.Files).(map[string][]byte)
	return files
}

func part(name, of string) host.Module {
	return host.Module{Name: name, Build: func(h host.Host) *goja.Object {
		return h.Require(of).Get("promises").ToObject(h.VM())
	}}
}
