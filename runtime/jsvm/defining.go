package jsvm

import (
	"slices"

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
			if known && m.evaluating.mayChange(at) {
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

// evaluation is the first one of a package's module.
type evaluation struct {
	p *pristine
	// What a run had changed before is not the package's.
	objects, odd []int
	constructors []int
}

// mayChange reports whether a package's module may change an object while it is evaluated.
func (e *evaluation) mayChange(at int) bool {
	return e != nil && slices.Contains(e.p.ofModules, at) && !slices.Contains(e.objects, at)
}

// constructors are the functions of the global object that are what they were.
func (p *pristine) constructors() (at []int) {
	global := &p.objects[globalObject]
	global.eachSlot(func(_ unistring.String, place *goja.Value) {
		held, ok := propertyIn(*place)
		if !ok || held.isAccessor() {
			return
		}
		if object, ok := (*held.value()).(*goja.Object); ok && object.ClassName() == "Function" {
			if i, known := p.known[object]; known && p.changedIn(i) == "" {
				at = append(at, i)
			}
		}
	})
	return at
}

// hasMore reports whether an object has got names, and is what it was but for them.
func (p *pristine) hasMore(at int) bool {
	o := &p.objects[at]
	was, now := o.names.list(), o.innards.names().list()
	if len(now) <= len(was) || !slices.Equal(now[:len(was)], was) {
		return false
	}
	names := o.names
	o.names = o.innards.mark()
	p.replace(at)
	changed := p.changedIn(at)
	o.names = names
	return changed == ""
}

// firstUse runs the first evaluation of a package's module. The globals that it makes are state
// of the module, and stay; so is what it notes on Error, as bluebird does, what it adds to other constructors, as bson's
// Map.Map, and what it sets of core modules' settings.
func (m *machine) firstUse(key string, evaluate func() goja.Value) goja.Value {
	p := m.pristine
	if p == nil || p.evaluated[key] {
		return evaluate()
	}
	before := slices.Clone(p.objects[globalObject].innards.names().list())
	e := &evaluation{p: p}
	for _, at := range p.ofModules {
		if p.changedIn(at) != "" {
			e.objects = append(e.objects, at)
		}
	}
	for i := range p.odd {
		if p.odd[i].changed() {
			e.odd = append(e.odd, i)
		}
	}
	e.constructors = p.constructors()
	defer func(outer *evaluation) { m.evaluating = outer }(m.evaluating)
	m.evaluating = e
	exports := evaluate()
	for _, at := range p.ofModules {
		if e.mayChange(at) && p.changedIn(at) != "" {
			p.again = append(p.again, at)
		}
	}
	for _, at := range e.constructors {
		if p.hasMore(at) {
			p.again = append(p.again, at)
		}
	}
	p.noteAgain()
	for i := range p.odd {
		if !slices.Contains(e.odd, i) {
			p.odd[i].want = p.odd[i].object.Get(p.odd[i].name)
		}
	}
	p.evaluated[key] = true
	p.keepGlobals(before)
	return exports
}
