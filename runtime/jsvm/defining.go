package jsvm

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// definers are the functions by which code makes accessors, or changes what a property or an object
// lets others do with it: what cannot be seen later without running code.
var definers = []struct {
	holder, name string
	this         bool // the object is what the function is called on, not its first argument
}{
	{"Object", "defineProperty", false},
	{"Object", "defineProperties", false},
	{"Object", "freeze", false},
	{"Object", "seal", false},
	{"Object", "preventExtensions", false},
	{"Reflect", "defineProperty", false},
	{"Reflect", "preventExtensions", false},
	{"Object.prototype", "__defineGetter__", true},
	{"Object.prototype", "__defineSetter__", true},
}

// evalCall stands in the words of code that calls eval by its name. Such an eval declares
// variables where it stands, so the function cannot be watched.
const evalCall = "eval("

// guardDefining lets the machine know of definitions on built-ins. eval is among them: what it
// declares outlives the run.
func (m *machine) guardDefining() {
	for _, d := range definers {
		m.guardFunction(m.holder(d.holder), d.name, func(call goja.FunctionCall) bool {
			object := call.Argument(0)
			if d.this {
				object = call.This
			}
			at, known := m.builtIn(object)
			if known && (m.evaluating.mayChange(at) || d.name == "defineProperty" && m.evaluating.mayAdd(at, call.Argument(1))) {
				return false // looked at again when the module is there
			}
			if known && m.building > 0 && m.pristine.changedIn(at) == "" {
				m.pristine.again = append(m.pristine.again, at) // a core module may
				return false
			}
			return known
		})
	}
}

// guardEval notes each call of eval, which comes after the guard that refuses long texts.
func (m *machine) guardEval() {
	m.guardFunction(m.vm.GlobalObject(), "eval", func(goja.FunctionCall) bool { return true })
}

// guardFunction puts a function in the place of one: it does the same, and notes the calls that
// matter.
func (m *machine) guardFunction(holder *goja.Object, name string, matters func(goja.FunctionCall) bool) {
	original, ok := holder.Get(name).(*goja.Object)
	if !ok {
		return // goja lacks it
	}
	call, _ := goja.AssertFunction(original)
	guarded := m.vm.ToValue(func(c goja.FunctionCall) goja.Value {
		if m.pristine != nil && matters(c) {
			m.pristine.tampered = "a call of " + name
		}
		value, err := call(c.This, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return value
	}).(*goja.Object)
	for _, property := range []string{"name", "length"} {
		must(guarded.DefineDataProperty(property, original.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	must(holder.DefineDataProperty(name, guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// builtIn is where the pristine machine has a value that is one of the objects which runs share, or a proxy of
// one.
func (m *machine) builtIn(value goja.Value) (at int, known bool) {
	object, ok := value.(*goja.Object)
	for ok && object != nil {
		if at, known := m.pristine.known[object]; known {
			return at, true
		}
		object, ok = proxyTarget(object)
	}
	return 0, false
}

// built notes that a property which was to be built when it is first read has been.
func (m *machine) noteBuilt(target *goja.Object, name string, value goja.Value) {
	p := m.pristine
	if p == nil {
		return
	}
	if target == m.vm.GlobalObject() && globalsOfRun[name] {
		m.stale = append(m.stale, name)
		return
	}
	if at, known := p.known[target]; known {
		p.renew(at, unistring.NewFromString(name))
	}
	p.note(value)
}

// noteWritten notes that a rule has put a value in the place of a built-in one.
func (m *machine) noteWritten(target *goja.Object, name string) {
	switch {
	case m.pristine == nil:
	case target == m.vm.GlobalObject() && globalsOfRun[name]:
		m.stale = append(m.stale, name)
	default:
		m.pristine.tampered = "a write of " + name
	}
}
