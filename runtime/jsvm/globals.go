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
	build func(m *machine) goja.Value
}

// ownBindings are the globals that need the loop; the others come from gojalib.
var ownBindings = []binding{
	{"console", false, (*machine).console},
	{"configuration", false, (*machine).configuration},
	{"auth0", false, (*machine).auth0},
	{"global", false, (*machine).global},
	{"require", false, (*machine).require},
	{"setTimeout", true, timerFunction("setTimeout", 5, false, false)},
	{"setInterval", true, timerFunction("setInterval", 5, true, false)},
	{"setImmediate", true, timerFunction("setImmediate", 4, false, true)},
	{"clearTimeout", true, clearFunction("clearTimeout")},
	{"clearInterval", true, clearFunction("clearInterval")},
	{"clearImmediate", true, clearFunction("clearImmediate")},
}

// globalsOfRun are the globals that belong to a run, or keep something of it.
var globalsOfRun = map[string]bool{"console": true, "configuration": true, "auth0": true, "global": true}

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

// behind is a machine as the prototype of its global object.
type behind machine

// Get implements goja.DynamicObject.
func (b *behind) Get(name string) goja.Value {
	if value, ok := b.made.get(name); ok {
		return value
	}
	binding, ok := b.bundle.behind[name]
	if !ok {
		return nil
	}
	value := binding.build((*machine)(b))
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
	core := reachesCore(words) // whose scripts make what a rule has of these two
	for _, name := range gojalib.BufferTypes() {
		if dynamic || words[name] || core && (name == "Uint8Array" || name == "ArrayBuffer") || name == "Uint8Array" && words["Buffer"] {
			g.buffers = append(g.buffers, name)
		}
	}
	return g
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
			known[b.name] = true
			all = append(all, b)
		}
	}
	for _, global := range gojalib.Globals() {
		if !known[global.Name] {
			all = append(all, binding{name: global.Name, build: func(m *machine) goja.Value { return global.Build(m.vm, &m.env) }})
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

// reachesCore reports whether code with these words may run the scripts of core modules.
func reachesCore(words map[string]bool) bool {
	return words[requireWord] || slices.ContainsFunc(coreBindings(), func(b binding) bool { return words[b.name] })
}

// methodsFor lists the mended properties that code with these words may reach.
func methodsFor(words map[string]bool) []gojalib.Method {
	dynamic := isDynamic(words)
	core := reachesCore(words)
	var reached []gojalib.Method
	for _, m := range gojalib.Methods() {
		// What is no prototype's is reached through the name of its owner.
		owner, _, inherited := strings.Cut(m.Owner, ".")
		makers := []string{owner}
		if inherited {
			makers = madeBy[m.Owner]
		}
		streams := core && m.Name == "asyncIterator"                      // by which their scripts know each other
		bodies := words["json"] && m.Owner == "JSON" && m.Name == "parse" // by which json() of a Response reads
		if dynamic || streams || bodies || words[m.Name] && (makers == nil || slices.ContainsFunc(makers, func(maker string) bool { return words[maker] })) {
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

func timerFunction(name string, length int, repeat, immediate bool) func(*machine) goja.Value {
	return func(m *machine) goja.Value {
		return gojalib.Function(m.vm, name, length, func(call goja.FunctionCall) goja.Value { return m.loop.setTimer(call, repeat, immediate) })
	}
}

func clearFunction(name string) func(*machine) goja.Value {
	return func(m *machine) goja.Value {
		return gojalib.Function(m.vm, name, 1, func(call goja.FunctionCall) goja.Value { return m.loop.clearTimer(call) })
	}
}

func (m *machine) console() goja.Value {
	return gojalib.NewConsole(m.vm, &m.env, func(level, text string) {
		l := m.loop
		l.run.Log(runtime.ConsoleLine{Rule: l.owner.rule.Name, Level: level, Text: l.shown(text)})
	})
}

// configuration is the tenant's configuration: rules must treat it as read only, so a
// write has no effect, and in strict code it throws.
func (m *machine) configuration() goja.Value {
	l := m.loop
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
func (m *machine) global() goja.Value {
	l := m.loop
	target := l.vm.GlobalObject()
	if l.run.Globals != nil {
		return target
	}
	return l.vm.ToValue(l.vm.NewProxy(target, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, receiver goja.Value) goja.Value {
			value, l := target.Get(property), m.loop
			if value == nil {
				if l.unset == nil {
					l.unset = map[string]bool{}
				}
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
	if l.run.Globals == nil || l.machine == nil || l.stopped.Load() != nil || !l.worked {
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
