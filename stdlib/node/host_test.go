package node_test

import (
	"context"
	"sort"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// testHost is a host with a loop of its own.
type testHost struct {
	vm      *goja.Runtime
	env     *gojalib.Env
	built   map[string]*goja.Object
	globals map[string]goja.Value
	ticks   []func() error
	timers  []*testTimer
	pending int
	done    chan func() error
	lines   []string
	serial  int
}

type testTimer struct {
	due    time.Time
	serial int
	call   func() error
	ref    bool
}

var _ host.Host = (*testHost)(nil)

func newHost() *testHost {
	vm := goja.New()
	h := &testHost{vm: vm, env: &gojalib.Env{Now: time.Now, Zone: time.UTC}, built: map[string]*goja.Object{}, globals: map[string]goja.Value{}, done: make(chan func() error, 100)}
	for _, g := range gojalib.Globals() {
		_ = vm.Set(g.Name, g.Build(vm, h.env))
	}
	for _, m := range gojalib.Methods() {
		owner := vm.GlobalObject()
		for _, name := range strings.Split(m.Owner, ".") {
			owner = owner.Get(name).ToObject(vm)
		}
		_ = owner.DefineDataProperty(m.Name, m.Build(vm, h.env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = vm.Set("console", gojalib.NewConsole(vm, h.env, h.Log))
	_ = vm.Set("require", func(name string) *goja.Object { return h.Require(name) })
	for _, g := range []string{"setTimeout", "setImmediate"} {
		_ = vm.Set(g, func(call goja.FunctionCall) goja.Value {
			f, _ := goja.AssertFunction(call.Argument(0))
			delay := time.Duration(0)
			if g == "setTimeout" {
				delay = time.Duration(max(1, call.Argument(1).ToInteger())) * time.Millisecond
			}
			stop := h.After(delay, false, true, func() error { _, err := f(goja.Undefined()); return err })
			o := vm.NewObject()
			_ = o.Set("stop", stop)
			return o
		})
	}
	for _, g := range []string{"clearTimeout", "clearImmediate", "clearInterval", "setInterval"} {
		_ = vm.Set(g, func(call goja.FunctionCall) goja.Value {
			if o, ok := call.Argument(0).(*goja.Object); ok {
				if stop, ok := goja.AssertFunction(o.Get("stop")); ok {
					_, _ = stop(o)
				}
			}
			return goja.Undefined()
		})
	}
	for _, g := range node.Globals() {
		_ = vm.GlobalObject().DefineAccessorProperty(g.Name, vm.ToValue(func() goja.Value { return h.Global(g.Name) }), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	return h
}

func (h *testHost) VM() *goja.Runtime { return h.vm }
func (h *testHost) Env() *gojalib.Env { return h.env }

func (h *testHost) Require(name string) *goja.Object {
	name = strings.TrimPrefix(name, "node:")
	if m, ok := h.built[name]; ok {
		return m
	}
	for _, m := range node.Modules() {
		if m.Name == name {
			o := m.Build(h)
			h.built[name] = o
			return o
		}
	}
	e := h.vm.NewTypeError("Cannot find module '" + name + "'")
	_ = e.Set("code", "MODULE_NOT_FOUND")
	panic(e)
}

func (h *testHost) Global(name string) goja.Value {
	if v, ok := h.globals[name]; ok {
		return v
	}
	for _, g := range node.Globals() {
		if g.Name == name {
			h.globals[name] = g.Build(h)
			return h.globals[name]
		}
	}
	if v := h.vm.GlobalObject().Get(name); v != nil {
		return v
	}
	return goja.Undefined()
}

func (h *testHost) Context() context.Context { return context.Background() }

func (h *testHost) Operation() func(func() error) {
	h.pending++
	return func(then func() error) { h.done <- then }
}

func (h *testHost) NextTick(task func() error) { h.ticks = append(h.ticks, task) }

func (h *testHost) After(delay time.Duration, _, referenced bool, task func() error) func() {
	h.serial++
	t := &testTimer{due: time.Now().Add(delay), serial: h.serial, call: task, ref: referenced}
	h.timers = append(h.timers, t)
	return func() { t.call = nil }
}

func (h *testHost) Environment() map[string]string { return map[string]string{} }
func (h *testHost) Warn(text string)               { h.lines = append(h.lines, "warning: "+text) }
func (h *testHost) Log(_, text string)             { h.lines = append(h.lines, text) }
func (h *testHost) Grant(any) any                  { return nil }

// run runs a script and what it leaves behind, and answers the console's lines.
func (h *testHost) run(name, text string) (string, error) {
	_, err := h.vm.RunScript(name, text)
	for err == nil {
		switch {
		case len(h.ticks) > 0:
			tick := h.ticks[0]
			h.ticks = h.ticks[1:]
			err = tick()
		case len(h.timers) > 0:
			sort.SliceStable(h.timers, func(i, j int) bool { return h.timers[i].due.Before(h.timers[j].due) })
			t := h.timers[0]
			h.timers = h.timers[1:]
			if t.call != nil {
				time.Sleep(time.Until(t.due))
				err = t.call()
			}
		case h.pending > 0:
			h.pending--
			err = (<-h.done)()
		default:
			return strings.Join(h.lines, "\n"), nil
		}
	}
	return strings.Join(h.lines, "\n"), err
}
