package jsvm

import (
	"maps"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// binding is a global of the sandbox. It is installed only in VMs of bundles whose
// rules may reach its name.
type binding struct {
	name  string
	eager bool // worth defining at once; others are built at the first read
	build func(l *loop) goja.Value
}

// ownBindings are the globals that need the loop; the others come from gojalib.
var ownBindings = []binding{
	{"console", false, (*loop).console},
	{"configuration", false, (*loop).configuration},
	{"auth0", false, (*loop).auth0},
	{"global", false, (*loop).global},
	{"require", false, (*loop).require},
	{"setTimeout", true, timerFunction(false, false)},
	{"setInterval", true, timerFunction(true, false)},
	{"setImmediate", true, timerFunction(false, true)},
	{"clearTimeout", true, clearFunction},
	{"clearInterval", true, clearFunction},
	{"clearImmediate", true, clearFunction},
	{"queueMicrotask", true, (*loop).queueMicrotask},
}

// deletesName is the entry of Source.Words for code that may delete a variable.
const deletesName = "delete("

// placed parts bindings into those that are properties of the global object and those that
// may stand behind it, as its prototype has them: these cost a VM nothing until they are read.
// Only code that reaches the global object itself, or deletes a variable, can tell the two apart.
// What goja has by the same name would hide them.
func placed(bindings []binding, words map[string]bool) (own []binding, behind map[string]binding) {
	if isDynamic(words) || words["this"] || words[deletesName] {
		return bindings, nil
	}
	behind = map[string]binding{}
	global := goja.New().GlobalObject()
	for _, b := range bindings {
		if global.Get(b.name) != nil {
			own = append(own, b)
			continue
		}
		behind[b.name] = b
	}
	return own, behind
}

// behind is a loop as the prototype of its global object.
type behind loop

// Get implements goja.DynamicObject.
func (b *behind) Get(name string) goja.Value {
	if value, ok := b.made.get(name); ok {
		return value
	}
	binding, ok := b.bundle.behind[name]
	if !ok {
		return nil
	}
	value := binding.build((*loop)(b))
	b.made.put(name, value)
	return value
}

// Has implements goja.DynamicObject. It is asked before a write, which strict code may do to
// the global object's own properties only: so there is one from here on.
func (b *behind) Has(name string) bool {
	value := b.Get(name)
	if value == nil {
		return false
	}
	must(b.vm.GlobalObject().DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return true
}

// Set implements goja.DynamicObject. Writes go to the global object.
func (b *behind) Set(string, goja.Value) bool { return false }

// Delete implements goja.DynamicObject.
func (b *behind) Delete(string) bool { return true }

// Keys implements goja.DynamicObject: there is nothing to enumerate.
func (b *behind) Keys() []string { return nil }

// dynamicWords are names through which code can reach globals whose names it does
// not spell: where one of them stands, everything is installed.
var dynamicWords = []string{"eval", "Function", "constructor", "global", "globalThis", "Reflect", "getOwnPropertyNames", "getOwnPropertyDescriptors"}

func isDynamic(words map[string]bool) bool {
	for _, word := range dynamicWords {
		if words[word] {
			return true
		}
	}
	return false
}

// guards are what keeps rules with certain words from ending the process; see
// gojalib. Eval as a guarded function sees globals only, so a rule that calls eval by
// its name gets goja's.
type guards struct {
	lists, functions, eval bool
	buffers                []string
}

func guardsFor(words map[string]bool) guards {
	dynamic := isDynamic(words)
	g := guards{
		lists: dynamic || words["[]"] && !words["join"], functions: dynamic, eval: dynamic && !words["eval("],
	}
	for _, name := range gojalib.BufferTypes() {
		if dynamic || words[name] || name == "Uint8Array" && words["Buffer"] { // a Buffer is one
			g.buffers = append(g.buffers, name)
		}
	}
	return g
}

// protect installs the guards.
func (l *loop) protect(g guards) {
	if g.lists {
		gojalib.GuardLists(l.vm, &l.env)
	}
	if g.functions {
		gojalib.GuardConstructors(l.vm, g.eval)
	}
	if len(g.buffers) > 0 {
		gojalib.GuardBuffers(l.vm, g.buffers)
	}
}

// allBindings lists the globals of the sandbox. Where a core module has a global, what its
// require answers is that global, so no other may take its place.
func allBindings() []binding {
	all := coreBindings()
	known := map[string]bool{}
	for _, b := range all {
		known[b.name] = true
	}
	all = slices.Clone(all)
	for _, b := range ownBindings {
		if !known[b.name] {
			all = append(all, b)
		}
	}
	for _, global := range gojalib.Globals() {
		if !known[global.Name] {
			all = append(all, binding{name: global.Name, build: func(l *loop) goja.Value { return global.Build(l.vm, &l.env) }})
		}
	}
	return all
}

// bindingsFor lists the globals that code with these words may reach.
func bindingsFor(words map[string]bool) []binding {
	dynamic := isDynamic(words)
	var reached []binding
	for _, b := range allBindings() {
		if dynamic || words[b.name] {
			reached = append(reached, b)
		}
	}
	return reached
}

// hasRegexps is the entry of Source.Words for code that has a regular expression.
const hasRegexps = "/"

// madeBy are the words of which one stands in code that has an object which inherits from a
// built-in, for those that cost much to come into being: test and from are common words.
var madeBy = map[string][]string{
	"RegExp.prototype":     {hasRegexps, "RegExp"},
	"Uint8Array.__proto__": append(gojalib.BufferTypes(), "Buffer"),
}

// methodsFor lists the mended properties that code with these words may reach.
func methodsFor(words map[string]bool) []gojalib.Method {
	dynamic := isDynamic(words)
	var reached []gojalib.Method
	for _, m := range gojalib.Methods() {
		// What is no prototype's is reached through the name of its owner.
		owner, _, inherited := strings.Cut(m.Owner, ".")
		makers := []string{owner}
		if inherited {
			makers = madeBy[m.Owner]
		}
		if dynamic || words[m.Name] && (makers == nil || slices.ContainsFunc(makers, func(maker string) bool { return words[maker] })) {
			reached = append(reached, m)
		}
	}
	return reached
}

// surplusFor lists what goja has and Node lacks, as far as code with these words may
// reach it: a rule that looks whether it is there must not find it.
func surplusFor(words map[string]bool) [][2]string {
	dynamic := isDynamic(words)
	var reached [][2]string
	for _, property := range gojalib.Surplus() {
		if dynamic || words[property[1]] {
			reached = append(reached, property)
		}
	}
	return reached
}

// start makes the VM and what its rules may reach.
func (l *loop) start() {
	vm := goja.New()
	l.mu.Lock()
	l.vm = vm
	l.mu.Unlock()
	vm.SetMaxCallStackSize(l.run.Limits.CallDepth)
	vm.SetPromiseRejectionTracker(l.trackRejection)
	now := l.clock.now
	vm.SetTimeSource(now)
	l.env.Now, l.env.Zone = now, l.run.Zone
	l.convert = converter{vm: vm, gate: &l.gate, proto: vm.GlobalObject().Prototype(), order: &l.order, eager: l.bundle.eager}
	target := vm.GlobalObject()
	bindings := l.bundle.bindings
	if len(l.bundle.behind) > 0 && l.run.Globals == nil { // else the global object is enumerated
		must(target.SetPrototype(vm.NewDynamicObject((*behind)(l))))
		bindings = l.bundle.own
	}
	for _, b := range bindings {
		if b.eager {
			must(target.DefineDataProperty(b.name, b.build(l), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
			continue
		}
		l.lazy(target, b.name, func() goja.Value { return b.build(l) })
	}
	l.protect(l.bundle.guards)
	l.mend(l.bundle.methods)
	for _, property := range l.bundle.surplus {
		if holder := l.holder(property[0]); holder != nil {
			must(holder.Delete(property[1]))
		}
	}
	if l.run.Globals != nil {
		l.loadGlobals()
	}
}

// lazy defines a property of a built-in that is built when it is first read. Writing it
// replaces it. While it is built, a built-in of that name is what goja made it. One function
// is getter and setter: a function is what costs here.
func (l *loop) lazy(target *goja.Object, name string, build func() goja.Value) {
	builtIn := target.Get(name)
	define := func(value goja.Value) {
		must(target.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	access := l.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if len(call.Arguments) > 0 {
			if this, ok := call.This.(*goja.Object); ok && this != target {
				// It inherits the property, and gets one of its own unless it is frozen.
				_ = this.DefineDataProperty(name, call.Arguments[0], goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
				return goja.Undefined()
			}
			define(call.Arguments[0])
			return goja.Undefined()
		}
		if builtIn != nil {
			define(builtIn)
		}
		value := build()
		define(value)
		return value
	})
	if l.bundle.marks {
		must(access.ToObject(l.vm).DefineDataProperty(originalValue, goja.Undefined(), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	}
	must(target.DefineAccessorProperty(name, access, access, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// originalValue on a getter says that it stands for a plain property. Packages that look at
// descriptors know it, and read the property then.
const originalValue = "originalValue"

// mend defines properties of built-ins as Node has them. A holder that goja lacks is
// passed over.
func (l *loop) mend(methods []gojalib.Method) {
	var holder *goja.Object
	for i, m := range methods {
		if i == 0 || m.Owner != methods[i-1].Owner {
			holder = l.holder(m.Owner)
		}
		if holder != nil {
			l.lazy(holder, m.Name, func() goja.Value { return m.Build(l.vm, &l.env) })
		}
	}
}

// holder finds a built-in by its path from the global object; nil when goja lacks it. A
// prototype of values that are made easily needs no constructor, which costs microseconds.
func (l *loop) holder(path string) *goja.Object {
	holder := l.vm.GlobalObject()
	switch path {
	case "Object.prototype":
		return l.convert.proto
	case "Array.prototype":
		return l.vm.NewArray().Prototype()
	case "String.prototype":
		return l.vm.ToValue("").ToObject(l.vm).Prototype()
	case "Number.prototype":
		return l.vm.ToValue(0).ToObject(l.vm).Prototype()
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

func timerFunction(repeat, immediate bool) func(*loop) goja.Value {
	return func(l *loop) goja.Value {
		return l.vm.ToValue(func(call goja.FunctionCall) goja.Value { return l.setTimer(call, repeat, immediate) })
	}
}

func clearFunction(l *loop) goja.Value { return l.vm.ToValue(l.clearTimer) }

// queueMicrotask runs a function after the current one, before any timer.
func (l *loop) queueMicrotask() goja.Value {
	return l.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		callback, ok := goja.AssertFunction(call.Argument(0))
		if !ok {
			panic(l.typeError("ERR_INVALID_ARG_TYPE", "The \"callback\" argument must be of type function. Received "+received(call.Argument(0))))
		}
		promise, resolve, _ := l.vm.NewPromise()
		must(resolve(goja.Undefined()))
		then, _ := goja.AssertFunction(l.vm.ToValue(promise).(*goja.Object).Get("then"))
		owner := l.owner
		_, err := then(l.vm.ToValue(promise), l.vm.ToValue(func(goja.FunctionCall) goja.Value {
			if _, err := callback(goja.Undefined()); err != nil {
				l.threw(owner, err)
			}
			return goja.Undefined()
		}))
		if err != nil {
			panic(err)
		}
		return goja.Undefined()
	})
}

func (l *loop) console() goja.Value {
	return gojalib.NewConsole(l.vm, &l.env, func(level, text string) {
		l.run.Log(runtime.ConsoleLine{Rule: l.owner.rule.Name, Level: level, Text: text})
	})
}

// configuration is the tenant's configuration: rules must treat it as read only, so a
// write has no effect, and in strict code it throws.
func (l *loop) configuration() goja.Value {
	if !l.bundle.eager {
		return l.vm.NewDynamicObject(readOnly{l.vm, l.run.Configuration})
	}
	values := make(map[string]any, len(l.run.Configuration))
	for key, value := range l.run.Configuration {
		values[key] = value
	}
	made, err := l.convert.plain(values)
	if err != nil {
		panic(l.vm.NewGoError(err))
	}
	freeze, _ := goja.AssertFunction(l.vm.GlobalObject().Get("Object").(*goja.Object).Get("freeze"))
	if frozen, err := freeze(goja.Undefined(), made); err == nil {
		return frozen
	}
	return made
}

// readOnly is an object of texts that cannot be changed.
type readOnly struct {
	vm     *goja.Runtime
	values map[string]string
}

// Get implements goja.DynamicObject.
func (o readOnly) Get(key string) goja.Value {
	value, ok := o.values[key]
	if !ok {
		return nil
	}
	return o.vm.ToValue(value)
}

// Set implements goja.DynamicObject.
func (o readOnly) Set(string, goja.Value) bool { return false }

// Has implements goja.DynamicObject.
func (o readOnly) Has(key string) bool {
	_, ok := o.values[key]
	return ok
}

// Delete implements goja.DynamicObject.
func (o readOnly) Delete(key string) bool { return !o.Has(key) }

// Keys implements goja.DynamicObject.
func (o readOnly) Keys() []string {
	return jsondoc.Arrange(slices.SortedFunc(maps.Keys(o.values), jsondoc.CompareUTF16))
}

// global is the global object, watched for reads of what this run has not set: on
// the platform such a value could come from an earlier login, here it never does. Packages look
// for many things there, and mean nothing by it.
func (l *loop) global() goja.Value {
	target := l.vm.GlobalObject()
	if l.run.Globals != nil {
		return target
	}
	l.unset = map[string]bool{}
	return l.vm.ToValue(l.vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, receiver goja.Value) goja.Value {
			value := target.Get(property)
			if value == nil {
				if !l.unset[property] && property != "then" && property != "toJSON" && !l.inModule() {
					l.unset[property] = true
					l.run.Warn(l.owner.rule.Name, runtime.WarnGlobalUnset,
						"global."+property+" was read before this run set it: globals live for one run, unless they are shared by an option")
				}
				return goja.Undefined()
			}
			return value
		},
	}))
}

// loadGlobals gives the run the values that earlier runs left on `global`.
func (l *loop) loadGlobals() {
	kept := l.run.Globals.Load()
	target := l.vm.GlobalObject()
	l.convert.lasting = true
	defer func() { l.convert.lasting = false }()
	for _, key := range l.convert.order.Keys(kept) {
		if value, err := l.convert.toJS(kept[key]); err == nil {
			must(target.DefineDataProperty(key, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
		}
	}
	l.kept = kept
}

// saveGlobals keeps the JSON values that a rule left on `global` for later runs.
// Functions and other live objects stay behind, and what cannot be read. It is called
// before the run answers, so that the next run finds the values, and when the loop ends
// after more than that.
func (l *loop) saveGlobals() {
	if l.run.Globals == nil || l.vm == nil || l.stopped.Load() != nil || !l.worked {
		return
	}
	l.worked = false
	// Reading runs the rules' getters, which a limit may interrupt: then nothing is kept.
	_ = guarded(func() error {
		l.keepGlobals()
		return nil
	})
}

func (l *loop) keepGlobals() {
	target := l.vm.GlobalObject()
	changed := map[string]any{}
	var removed []string
	present := map[string]bool{}
	for _, key := range target.Keys() {
		present[key] = true
		var value goja.Value
		if thrown := l.vm.Try(func() { value = target.Get(key) }); thrown != nil || value == nil || goja.IsUndefined(value) {
			continue
		}
		if _, callable := goja.AssertFunction(value); callable {
			continue
		}
		tree, err := l.convert.fromJS(value, l.kept[key], key, &losses{})
		if err == nil && !identical(tree, l.kept[key]) {
			changed[key] = tree
		}
	}
	for key := range l.kept {
		if !present[key] {
			removed = append(removed, key)
		}
	}
	l.run.Globals.Save(changed, removed)
	for key, tree := range changed {
		l.kept[key] = tree
	}
	for _, key := range removed {
		delete(l.kept, key)
	}
}
