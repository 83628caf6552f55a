package jsvm

import (
	"reflect"
	"slices"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// pristine is what a machine's built-ins were when it was new: its global object, the intrinsics,
// and the core modules as they were built. Rules change them as JavaScript lets them. A machine in
// which a run has done so serves no other: nothing is frozen, and nothing gets through.
//
// What runs add to the global object is taken away again. Everything else that differs ends the
// machine: names, their order, values, prototypes. What defines an attribute or an accessor in the
// place of another is not looked for: the functions that do so report it, see guardDefining.
type pristine struct {
	looks
	m         *machine
	known     map[*goja.Object]int // where it is among the objects; the global object is the first
	odd       []oddValue
	tampered  string          // what a run did that no look at the objects tells
	evaluated map[string]bool // packages' modules
	again     []int           // objects that a core module changed while it was built
	settings  int             // how many of the modules' are noted
	ofModules []int           // objects that packages may change while they are evaluated
}

// oddValue is a property that goja does not keep as it keeps others.
type oddValue struct {
	object *goja.Object
	name   string
	want   goja.Value
}

const globalObject = 0

// keepPristine notes what the machine's built-ins are.
func (m *machine) keepPristine() {
	p := &pristine{m: m, known: map[*goja.Object]int{}, evaluated: map[string]bool{}}
	m.pristine = p
	p.note(m.vm.GlobalObject())
	p.ofModules = append(p.ofModules, p.known[m.errors])
	// What only syntax reaches.
	kinds, err := m.vm.RunProgram(syntaxKinds)
	must(err)
	hidden := kinds.(*goja.Object)
	for _, key := range hidden.Keys() {
		made := hidden.Get(key).(*goja.Object)
		for proto := made.Prototype(); proto != nil; proto = proto.Prototype() {
			p.note(proto)
		}
	}
}

// syntaxKinds is a list with an object of each kind whose prototype no global names.
var syntaxKinds = goja.MustCompile("node:internal/kinds", `(function () {
	'use strict';
	const text = 'a', descriptor = Object.getOwnPropertyDescriptor;
	return [
		function* () {}, (function* () {})(), async function () {}, () => {}, async () => {},
		[][Symbol.iterator](), text[Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
		text.matchAll(/a/g), descriptor(arguments, 'callee').get,
	];
})()`, false)

// note takes down an object and all that it leads to.
func (p *pristine) note(start goja.Value) {
	todo := []goja.Value{start}
	for len(todo) > 0 {
		last := len(todo) - 1
		object, ok := todo[last].(*goja.Object)
		todo = todo[:last]
		if !ok {
			continue
		}
		if _, known := p.known[object]; known {
			continue
		}
		if proxy, ok := proxyTarget(object); ok {
			if proxy != nil {
				object.GetOwnPropertyNames() // Date.prototype is filled when it is first looked at
				todo = append(todo, proxy)
			}
			continue
		}
		todo = append(todo, p.add(object)...)
	}
}

// noteAgain takes down anew what a core module changed.
func (p *pristine) noteAgain() {
	for _, at := range p.again {
		for _, value := range p.take(at, p.own(at)) {
			p.note(value)
		}
	}
	p.again = nil
}

// noteSettings takes down what core modules keep beside their exports.
func (p *pristine) noteSettings() {
	all := host.Settings(p.m.vm)
	for _, setting := range all[p.settings:] {
		for _, name := range setting.Names {
			p.odd = append(p.odd, oddValue{setting.Object, name, setting.Object.Get(name)})
		}
		if len(setting.Names) > 0 {
			continue
		}
		from := len(p.objects)
		p.note(setting.Object)
		for at := from; at < len(p.objects); at++ {
			p.ofModules = append(p.ofModules, at)
		}
	}
	p.settings = len(all)
}

// proxyTarget is the target of a proxy; ok is false for what is none.
func proxyTarget(o *goja.Object) (target *goja.Object, ok bool) {
	if o.ExportType() != proxyType {
		return nil, false
	}
	proxy, ok := o.Export().(goja.Proxy)
	if !ok {
		return nil, false
	}
	return proxy.Target(), true
}

var proxyType = reflect.TypeFor[goja.Proxy]()

// add takes down one object, and answers what it leads to.
func (p *pristine) add(object *goja.Object) (next []goja.Value) {
	defer func() {
		if recover() != nil {
			p.tampered = "an object that cannot be looked into"
		}
	}()
	// goja makes these at the first look.
	object.Prototype()
	object.Symbols()
	object.Keys()
	names := object.GetOwnPropertyNames()
	in := innardsOf(object)
	if in.elements == nil && object.ClassName() == "Array" && in.values()["length"] == nil {
		panic("an array that cannot be looked into")
	}
	at := len(p.objects)
	p.known[object] = at
	p.objects = append(p.objects, look{innards: in, object: object})
	if in.elements == nil && !isBinary(object) {
		values := in.values()
		for _, name := range names {
			if _, ok := values[unistring.NewFromString(name)]; ok {
				continue
			}
			if value := object.Get(name); value != nil {
				p.odd = append(p.odd, oddValue{object, name, value})
				next = append(next, value)
			}
		}
	}
	return append(next, p.take(at, p.own(at))...)
}

// own tells which properties of an object are the run's that is served.
func (p *pristine) own(at int) func(unistring.String) bool {
	if at == globalObject {
		return func(name unistring.String) bool { return globalsOfRun[name.String()] }
	}
	return func(unistring.String) bool { return false }
}

// isBinary reports whether an object's elements are bytes or numbers in a buffer: their content is
// no part of what it is.
func isBinary(object *goja.Object) bool {
	switch object.ExportType().Kind() {
	case reflect.Slice:
		return object.ClassName() == "Object" && object.Get("BYTES_PER_ELEMENT") != nil
	}
	return false
}

// restore takes away what a run added to the global object, and answers what else is not
// what it was; "" when nothing is.
func (p *pristine) restore() (changed string) {
	if p.tampered != "" {
		return p.tampered
	}
	p.clearGlobals()
	if changed := p.changed(); changed != "" {
		return changed
	}
	for i := range p.odd {
		if p.odd[i].changed() {
			return "the value of " + p.odd[i].name
		}
	}
	return ""
}

// changed reads the value. All else must be what it was: then an accessor is one that was there.
func (o *oddValue) changed() bool {
	now := o.object.Get(o.name)
	return now == nil || !now.SameAs(o.want)
}

// keepGlobals makes the names that the global object has got since it had some belong to it.
func (p *pristine) keepGlobals(before []unistring.String) {
	global := &p.objects[globalObject]
	was, after := global.names.list(), global.innards.names().list()
	if slices.Equal(before, after) {
		return
	}
	var names []unistring.String
	for _, name := range after {
		if slices.Contains(was, name) || !slices.Contains(before, name) {
			names = append(names, name)
		}
	}
	global.names = listOf(marked(names))
}

// clearGlobals deletes what the global object did not have.
func (p *pristine) clearGlobals() {
	global := &p.objects[globalObject]
	names := global.innards.names()
	if names.count == global.names.count {
		return // what differs is no addition
	}
	had := make(map[unistring.String]bool, global.names.count)
	for _, name := range global.names.list() {
		had[name] = true
	}
	object := p.m.vm.GlobalObject()
	for _, name := range slices.Clone(names.list()) {
		if !had[name] {
			_ = object.Delete(name.String()) // what stays is found
		}
	}
}
