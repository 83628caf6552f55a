package jsvm

import (
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// machine is a VM and what is installed in it. It serves one loop at a time, and belongs to the
// goroutine of that; a bundle whose rules may require modules lends it to one run after the other
// (see pool), so what is installed looks up the loop at each call.
type machine struct {
	bundle     *Bundle
	vm         *goja.Runtime
	env        gojalib.Env
	proto      *goja.Object            // Object.prototype, as it was when the VM was new
	loop       *loop                   // that it serves
	made       members                 // globals, see behind
	built      map[string]*goja.Object // core modules, see core
	installs   *goja.Object            // functions of packages, see installed
	entry      goja.Callable           // see inside
	building   int                     // core modules that are being built
	errors     *goja.Object            // Error
	evaluating *evaluation             // of a package's module, for the first time
	lastTimer  int64                   // the id of the timer that was set last
	pristine   *pristine               // nil when it serves one loop only
	stale      []string                // globals of a run that this one has read or written
}

// newMachine makes a VM with what the rules of a loop may reach.
func newMachine(l *loop, lend bool) *machine {
	vm := goja.New()
	m := &machine{bundle: l.bundle, vm: vm, proto: vm.GlobalObject().Prototype()}
	m.serve(l)
	vm.SetPromiseRejectionTracker(func(p *goja.Promise, o goja.PromiseRejectionOperation) { m.loop.trackRejection(p, o) })
	vm.SetTimeSource(m.now)
	m.env.Now = m.now
	if lend {
		m.guardDefining()
	}
	target := vm.GlobalObject()
	bindings := m.bundle.bindings
	if len(m.bundle.behind) > 0 && l.run.Globals == nil && !lend { // else the global object is enumerated
		must(target.SetPrototype(vm.NewDynamicObject((*behind)(m))))
		bindings = m.bundle.own
	}
	for _, b := range bindings {
		m.bind(b)
	}
	m.protect(m.bundle.guards)
	m.mend(m.bundle.methods)
	for _, property := range m.bundle.surplus {
		if holder := m.holder(property[0]); holder != nil {
			must(holder.Delete(property[1]))
		}
	}
	if lend {
		m.guardEval()
		gojalib.Prepare(vm)
		host.Prepare(vm)
		// Packages set it for a moment, and set it back.
		m.errors = vm.Get("Error").ToObject(vm)
		must(m.errors.DefineDataProperty("prepareStackTrace", goja.Undefined(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		m.keepPristine()
	}
	return m
}

// serve hands the machine to a loop.
func (m *machine) serve(l *loop) {
	m.loop = l
	m.vm.SetMaxCallStackSize(l.run.Limits.CallDepth)
	m.env.Zone = l.run.Zone
	l.convert = converter{vm: m.vm, gate: &l.gate, proto: m.proto, order: &l.order, eager: m.bundle.eager}
	l.mu.Lock()
	l.machine = m
	l.mu.Unlock()
}

func (m *machine) now() time.Time { return m.loop.clock.now() }

// bind installs a global.
func (m *machine) bind(b binding) {
	target := m.vm.GlobalObject()
	if b.eager {
		must(target.DefineDataProperty(b.name, b.build(m), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		return
	}
	m.lazy(target, b.name, target.Get(b.name), func() goja.Value { return b.build(m) })
}

// protect installs the guards.
func (m *machine) protect(g guards) {
	if g.lists {
		gojalib.GuardLists(m.vm, &m.env)
	}
	if g.functions {
		gojalib.GuardConstructors(m.vm, g.eval)
	}
	if len(g.buffers) > 0 {
		gojalib.GuardBuffers(m.vm, g.buffers)
	}
}

// lazy defines a property of a built-in that is built when it is first read. Writing it
// replaces it. While it is built, a built-in of that name is what goja made it. One function
// is getter and setter: a function is what costs here.
func (m *machine) lazy(target *goja.Object, name string, builtIn goja.Value, build func() goja.Value) {
	define := func(value goja.Value) {
		must(target.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	access := m.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) > 0 {
			if this, ok := call.This.(*goja.Object); ok && this != target {
				// It inherits the property, and gets one of its own unless it is frozen.
				_ = this.DefineDataProperty(name, call.Arguments[0], goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				return goja.Undefined()
			}
			define(call.Arguments[0])
			m.noteWritten(target, name)
			return goja.Undefined()
		}
		if builtIn != nil {
			define(builtIn)
		}
		value := build()
		define(value)
		m.noteBuilt(target, name, value)
		return value
	})
	if m.bundle.marks {
		must(access.ToObject(m.vm).DefineDataProperty(originalValue, goja.Undefined(), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	}
	must(target.DefineAccessorProperty(name, access, access, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// originalValue on a getter says that it stands for a plain property. Packages that look at
// descriptors know it, and read the property then.
const originalValue = "originalValue"

// mend defines properties of built-ins as Node has them. A holder that goja lacks is
// passed over.
func (m *machine) mend(methods []gojalib.Method) {
	var holder *goja.Object
	for i, method := range methods {
		if i == 0 || method.Owner != methods[i-1].Owner {
			holder = m.holder(method.Owner)
		}
		if holder != nil {
			m.lazy(holder, method.Name, holder.Get(method.Name), func() goja.Value { return method.Build(m.vm, &m.env) })
		}
	}
}

// holder finds a built-in by its path from the global object; nil when goja lacks it. A
// prototype of values that are made easily needs no constructor, which costs microseconds.
func (m *machine) holder(path string) *goja.Object {
	holder := m.vm.GlobalObject()
	switch path {
	case "Object.prototype":
		return m.proto
	case "Array.prototype":
		return m.vm.NewArray().Prototype()
	case "String.prototype":
		return m.vm.ToValue("").ToObject(m.vm).Prototype()
	case "Number.prototype":
		return m.vm.ToValue(0).ToObject(m.vm).Prototype()
	}
	for more := true; more; {
		var step string
		step, path, more = strings.Cut(path, ".")
		next, ok := holder.Get(step).(*goja.Object)
		if !ok {
			return nil
		}
		holder = next
	}
	return holder
}
