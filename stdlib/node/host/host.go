// Package host is what Node's core modules have of the VM that they live in: its event
// loop, the run that it serves at the moment, and the way to other modules. The modules are
// packages beside this one, the engine (runtime/jsvm) implements [Host].
//
// Modules are built once for a VM, when they are first required, and a VM may serve many runs
// of one tenant one after the other: so a module keeps nothing of a run, and asks its host
// each time.
package host

import (
	"context"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// Host is one VM with its event loop. Its methods belong to the loop's goroutine, but for
// the function that Operation answers.
type Host interface {
	VM() *goja.Runtime
	// Env is the clock and the zone of the current run, for gojalib.
	Env() *gojalib.Env
	// Require answers the exports of one of Node's core modules ("stream", "node:fs"), which it
	// builds at the first call. For one that is not provided it throws (panics with) Node's
	// error MODULE_NOT_FOUND.
	Require(name string) *goja.Object
	// Global answers a property of the global object as modules see it, also one that no rule
	// names: "Buffer", "AbortController". It is built at the first call.
	Global(name string) goja.Value

	// Context is done when the time of the current run is over, or its caller gave up.
	Context() context.Context
	// Overdue stops the script that runs: the context is done, and what cut a function off is no error for
	// the rule, which might catch it and go on.
	Overdue()
	// Operation announces work outside the VM: the run waits for it while its time
	// lasts. The function that it answers ends the work, from any goroutine and once: then
	// runs on the loop as a turn of the rule that started the work. An error of then is an
	// uncaught one of that rule.
	Operation() (complete func(then func() error))
	// Computing is the native work of the current run that takes the processor; see [Compute].
	Computing() *Computing
	// NextTick runs a task after the current one, before promises (process.nextTick).
	NextTick(task func() error)
	// After runs a task after a time, and again and again with repeat. A timer that is not
	// referenced does not keep the run waiting. Stop is idempotent.
	After(delay time.Duration, repeat, referenced bool, task func() error) (stop func())

	// Environment is process.env as far as it was granted. It must not be changed.
	Environment() map[string]string
	// Warn tells the outcome of the current run something, in the name of the current rule.
	Warn(text string)
	// Log writes a console line of the current rule; level is log, info, warn, error or debug.
	Log(level, text string)
	// Grant answers a capability that the engine holds for the current run by a key that the
	// package which knows the capability defines, or nil: the way out to the network, say.
	Grant(key any) any
}

// Module is one of Node's core modules.
type Module struct {
	Name string // without "node:"
	// Build makes the exports for a VM. It is called at most once per VM.
	Build func(h Host) *goja.Object
}

// Global is a property of the global object that Node has and JavaScript lacks.
type Global struct {
	Name  string
	Build func(h Host) goja.Value
}

type filesKey struct{}

// Files is the key of Grant for what packages have in their folders beside their code:
// map[string][]byte, by the paths that they know it by ("/node_modules/saml/lib/saml20.template").
var Files any = filesKey{}
