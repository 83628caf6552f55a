package jsvm

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// requireWord stands in code that may reach Node's core modules.
const requireWord = "require"

// coreModules are Node's core modules by their names.
var coreModules = sync.OnceValue(func() map[string]host.Module {
	byName := map[string]host.Module{}
	for _, m := range node.Modules() {
		byName[m.Name] = m
	}
	return byName
})

// coreBindings are the globals of Node's core modules.
var coreBindings = sync.OnceValue(func() []binding {
	var all []binding
	for _, g := range node.Globals() {
		all = append(all, binding{name: g.Name, build: func(m *machine) goja.Value { return g.Build((*vmHost)(m)) }})
	}
	return all
})

// vmHost is a machine as Node's core modules see it.
type vmHost machine

var _ host.Host = (*vmHost)(nil)

// VM implements host.Host.
func (h *vmHost) VM() *goja.Runtime { return h.vm }

// Env implements host.Host.
func (h *vmHost) Env() *gojalib.Env { return &h.env }

// Require implements host.Host.
func (h *vmHost) Require(name string) *goja.Object {
	if exports := (*machine)(h).core(name); exports != nil {
		return exports
	}
	panic(h.loop.moduleError(name))
}

// Global implements host.Host. What no rule names becomes a property of the global object
// when a module asks for it.
func (h *vmHost) Global(name string) goja.Value {
	target := h.vm.GlobalObject()
	if value := target.Get(name); value != nil {
		return value
	}
	for _, b := range allBindings() {
		if b.name == name {
			value := b.build((*machine)(h))
			must(target.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
			return value
		}
	}
	return goja.Undefined()
}

// Context implements host.Host.
func (h *vmHost) Context() context.Context { return h.loop.run.Context() }

// Overdue implements host.Host.
func (h *vmHost) Overdue() {
	h.loop.interrupt(&stopCause{kind: runtime.KindTimeout, text: runtime.TextTookTooLong(h.loop.run.Limits)})
}

// Operation implements host.Host.
func (h *vmHost) Operation() (complete func(then func() error)) { return h.loop.operation() }

// Computing implements host.Host.
func (h *vmHost) Computing() *host.Computing { return &h.loop.computing }

// NextTick implements host.Host.
func (h *vmHost) NextTick(run func() error) {
	under := host.Capture(h.vm)
	h.loop.ticks = append(h.loop.ticks, task{owner: h.loop.owner, turn: func() error { return under(run) }})
}

// After implements host.Host. A delay below a millisecond is one, as in Node.
func (h *vmHost) After(delay time.Duration, repeat, referenced bool, run func() error) (stop func()) {
	call := func(goja.Value, ...goja.Value) (goja.Value, error) { return goja.Undefined(), run() }
	l := h.loop
	entry := l.newTimer(call)
	if entry == nil {
		return func() {}
	}
	entry.repeat, entry.idle = repeat, !referenced
	l.wait(entry, max(delay, time.Millisecond))
	return func() { l.clear(entry.id) }
}

// Environment implements host.Host.
func (h *vmHost) Environment() map[string]string { return h.loop.run.Environment }

// Warn implements host.Host.
func (h *vmHost) Warn(text string) {
	h.loop.run.Warn(h.loop.owner.rule.Name, runtime.WarnModule, text)
}

// Log implements host.Host.
func (h *vmHost) Log(level, text string) {
	h.loop.run.Log(runtime.ConsoleLine{Rule: h.loop.owner.rule.Name, Level: level, Text: h.loop.shown(text)})
}

// Grant implements host.Host. The capabilities are the way out to the network and the files of
// packages.
func (h *vmHost) Grant(key any) any {
	if key == host.Files && h.bundle.packages.Modules != nil {
		return h.bundle.packages.Files
	}
	if key != egress.Key {
		return nil
	}
	if session := h.loop.run.Network(h.loop.owner.rule.Name); session != nil {
		return session
	}
	return nil
}

// core is a core module's exports, built at the first call; nil when there is no such module.
func (m *machine) core(name string) *goja.Object {
	name = strings.TrimPrefix(name, "node:")
	if exports, ok := m.built[name]; ok {
		return exports
	}
	module, ok := m.bundle.core[name]
	if !ok {
		return nil
	}
	m.building++
	exports := module.Build((*vmHost)(m))
	m.building--
	if m.built == nil {
		m.built = map[string]*goja.Object{}
	}
	m.built[name] = exports
	if m.pristine != nil {
		m.pristine.note(exports)
		m.pristine.noteSettings()
		m.pristine.noteAgain()
	}
	return exports
}
