// Package hosttest is a small [host.Host] for tests of Node's core modules: one VM, an event
// loop in the caller's goroutine, and a list of modules. It has no rules, no pool and no limits
// but the context's; the engine's own host is runtime/jsvm.
package hosttest

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// Host is one VM with its event loop. It runs one script at a time and may run several, one
// after the other, as a VM of the engine's pool does. All methods but what Operation answers
// belong to the goroutine that calls [Host.Run].
type Host struct {
	// Grants are what Grant answers; Variables are process.env.
	Grants    map[any]any
	Variables map[string]string
	// Output is what the console wrote, a line each; Warnings is what modules warned of.
	Output, Warnings []string

	vm      *goja.Runtime
	env     gojalib.Env
	modules map[string]host.Module
	globals map[string]host.Global
	exports map[string]*goja.Object
	values  map[string]goja.Value
	call    goja.Callable // runs a task inside the VM, so that ticks come before promises

	ctx     context.Context
	compute host.Computing
	ticks   []func() error
	faults  []error
	waiting int // referenced timers, and operations that have not ended

	mu    sync.Mutex
	queue []turn
	woken chan struct{}
}

// turn is work that another goroutine hands to the loop.
type turn struct {
	task     func() error
	released bool // the loop waits for one less
}

var _ host.Host = (*Host)(nil)

// New makes a host whose scripts can require the modules and see the globals.
func New(modules []host.Module, globals []host.Global) *Host {
	h := &Host{
		Grants: map[any]any{}, vm: goja.New(), ctx: context.Background(),
		env:     gojalib.Env{Now: time.Now, Zone: time.UTC},
		modules: map[string]host.Module{}, globals: map[string]host.Global{},
		exports: map[string]*goja.Object{}, values: map[string]goja.Value{},
		woken: make(chan struct{}, 1),
	}
	for _, m := range modules {
		h.modules[m.Name] = m
	}
	h.installBuiltIns()
	for _, g := range globals {
		h.globals[g.Name] = g
		h.defineGlobal(g.Name)
	}
	h.installTimers()
	call := h.must(h.vm.RunString("(function (task) { task() })"))
	h.call, _ = goja.AssertFunction(call)
	return h
}

// VM is the host's VM.
func (h *Host) VM() *goja.Runtime { return h.vm }

// Env is the machine's clock, and UTC.
func (h *Host) Env() *gojalib.Env { return &h.env }

// Require builds a module at its first call.
func (h *Host) Require(name string) *goja.Object {
	name = strings.TrimPrefix(name, "node:")
	if exports, ok := h.exports[name]; ok {
		return exports
	}
	m, ok := h.modules[name]
	if !ok {
		fault := h.must(h.vm.New(h.vm.Get("Error"), h.vm.ToValue("Cannot find module '"+name+"'")))
		_ = fault.(*goja.Object).Set("code", "MODULE_NOT_FOUND")
		panic(fault)
	}
	exports := m.Build(h)
	h.exports[name] = exports
	return exports
}

// Global answers one of the globals that New was given, else what the VM has under the name.
func (h *Host) Global(name string) goja.Value {
	g, ok := h.globals[name]
	if !ok {
		return h.vm.GlobalObject().Get(name)
	}
	v, ok := h.values[name]
	if !ok {
		v = g.Build(h)
		h.values[name] = v
	}
	return v
}

// Context is that of the current Run.
func (h *Host) Context() context.Context { return h.ctx }

// Computing is the work of all runs.
func (h *Host) Computing() *host.Computing { return &h.compute }

// Overdue interrupts the VM.
func (h *Host) Overdue() { h.vm.Interrupt(h.ctx.Err()) }

// Environment is the field Variables.
func (h *Host) Environment() map[string]string { return h.Variables }

// Warn keeps a warning.
func (h *Host) Warn(text string) { h.Warnings = append(h.Warnings, text) }

// Log keeps a line; its level is not kept.
func (h *Host) Log(_, text string) { h.Output = append(h.Output, text) }

// Grant answers a member of the field Grants.
func (h *Host) Grant(key any) any { return h.Grants[key] }

// Run runs the body of a function of require, to the end of the event loop: until no timer
// and no operation is left, or the context is done. It answers every uncaught error, joined.
func (h *Host) Run(ctx context.Context, script string) error {
	h.ctx, h.faults = ctx, nil
	defer host.EndRun(h.vm)
	stop := context.AfterFunc(ctx, func() { h.vm.Interrupt(ctx.Err()) })
	defer h.vm.ClearInterrupt()
	defer stop()
	require := func(call goja.FunctionCall) goja.Value { return h.Require(call.Argument(0).String()) }
	h.turn(func() error {
		function, err := h.vm.RunScript("test.js", "(function (require) {"+script+"\n})")
		if err != nil {
			return err
		}
		body, _ := goja.AssertFunction(function)
		_, err = body(goja.Undefined(), h.vm.ToValue(require))
		return err
	})
	for h.waiting > 0 || h.queued() {
		select {
		case <-ctx.Done():
			return errors.Join(append(h.faults, ctx.Err())...)
		case <-h.woken:
			for _, next := range h.take() {
				if next.released {
					h.waiting--
				}
				h.turn(next.task)
			}
		}
	}
	return errors.Join(h.faults...)
}

func (h *Host) must(v goja.Value, err error) goja.Value {
	gojalib.PassOn(err)
	return v
}
