// Package hooks is what Node has to watch programs with: async_hooks (AsyncLocalStorage and
// AsyncResource), diagnostics_channel, and perf_hooks. Stores, subscribers and entries are the
// run's that made them. What watches the machine itself throws an error that names it.
package hooks

import (
	_ "embed"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed async_hooks.js
var asyncText string

//go:embed diagnostics_channel.js
var channelText string

//go:embed perf_hooks.js
var perfText string

var (
	asyncScript   = host.NewScript("async_hooks", asyncText)
	channelScript = host.NewScript("diagnostics_channel", channelText)
	perfScript    = host.NewScript("perf_hooks", perfText)
)

// Modules are the modules of this package.
var Modules = []host.Module{
	{Name: "async_hooks", Build: func(h host.Host) *goja.Object { return asyncScript.Evaluate(h, stores(h)) }},
	{Name: "diagnostics_channel", Build: func(h host.Host) *goja.Object { return channelScript.Evaluate(h, kept(h)) }},
	{Name: "perf_hooks", Build: buildPerf},
}

// Globals are performance and its classes.
var Globals = []host.Global{
	fromPerf("performance"), fromPerf("Performance"), fromPerf("PerformanceEntry"), fromPerf("PerformanceMark"), fromPerf("PerformanceMeasure"),
	fromPerf("PerformanceObserver"), fromPerf("PerformanceObserverEntryList"), fromPerf("PerformanceResourceTiming"),
}

func fromPerf(name string) host.Global {
	return host.Global{Name: name, Build: func(h host.Host) goja.Value { return h.Require("perf_hooks").Get(name) }}
}

// kept is what the scripts keep of a run, and what they need beside it.
func kept(h host.Host) map[string]any {
	vm := h.VM()
	own := host.NewOfRun(h, vm.NewObject)
	return map[string]any{
		"own":      func(goja.FunctionCall) goja.Value { return own.Get() },
		"describe": describe(vm),
		"nextTick": func(call goja.FunctionCall) goja.Value {
			task, _ := goja.AssertFunction(call.Argument(0))
			h.NextTick(func() error {
				_, err := task(goja.Undefined())
				return err
			})
			return goja.Undefined()
		},
	}
}

// stores is kept, and what async_hooks knows of the stores of AsyncLocalStorage.
func stores(h host.Host) map[string]any {
	s, members := host.TrackStores(h.VM()), kept(h)
	members["current"] = func(goja.FunctionCall) goja.Value { return s.Current() }
	members["set"] = func(call goja.FunctionCall) goja.Value {
		s.Set(call.Argument(0))
		return goja.Undefined()
	}
	return members
}

func describe(vm *goja.Runtime) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) }
}

func buildPerf(h host.Host) *goja.Object {
	vm := h.VM()
	begin := host.NewOfRun(h, func() time.Time { return h.Env().Now() })
	own := host.NewOfRun(h, vm.NewObject)
	return perfScript.Evaluate(h, map[string]any{
		"own":    func(goja.FunctionCall) goja.Value { return own.Get() },
		"origin": func() float64 { return float64(begin.Get().UnixMicro()) / 1e3 },
		"elapsed": func() int64 {
			from := begin.Get()
			return int64(h.Env().Now().Sub(from))
		},
		"describe": describe(vm),
		"global":   h.Global,
	})
}
