// Package process is Node's process for code that has none of its own: the names and versions
// that packages look at, nextTick, the clock of the run, and the environment as far as it was granted.
// What would reach the process that Ferrule runs in throws. What a run changes of it (listeners,
// variables, members) is that run's.
package process

import (
	_ "embed"
	"slices"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

//go:embed process.js
var text string

var script = host.NewScript("process.js", text)

// Modules is process.
var Modules = []host.Module{{Name: "process", Build: build}}

// Globals is process.
var Globals = []host.Global{{Name: "process", Build: func(h host.Host) goja.Value { return h.Require("process") }}}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	begin := host.NewOfRun(h, func() time.Time { return h.Env().Now() })
	own := host.NewOfRun(h, vm.NewObject)
	var refuseTick goja.Callable // throws for what is no function
	return script.Evaluate(h, map[string]any{
		"own":         func(goja.FunctionCall) goja.Value { return own.Get() },
		"environment": vm.NewDynamicObject(newEnvironment(h)),
		"nextTick": func(call goja.FunctionCall) goja.Value {
			task, ok := goja.AssertFunction(call.Argument(0))
			if !ok {
				_, err := refuseTick(goja.Undefined(), call.Argument(0))
				gojalib.PassOn(err)
			}
			args := slices.Clone(call.Arguments[1:])
			h.NextTick(func() error {
				_, err := task(goja.Undefined(), args...)
				return err
			})
			return goja.Undefined()
		},
		"refuseTick": func(call goja.FunctionCall) goja.Value {
			refuseTick, _ = goja.AssertFunction(call.Argument(0))
			return goja.Undefined()
		},
		"elapsed": func() int64 {
			// Two runs must not get the same numbers: packages make names of them. A clock that was
			// set to an earlier time counts from the run's begin.
			now := h.Env().Now()
			if since := now.Sub(started); since > 0 {
				return int64(since) + 1e9
			}
			return int64(now.Sub(begin.Get())) + 1e9
		},
		"warn": h.Warn,
		"log":  h.Log,
		"describe": func(call goja.FunctionCall) goja.Value {
			return vm.ToValue(host.Describe(vm, call.Argument(0)))
		},
	})
}

// started is about when this process was.
var started = time.Now()
