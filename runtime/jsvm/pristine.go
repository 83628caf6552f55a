package jsvm

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// pristine is what a machine's built-ins were when it was new: its global object, the intrinsics,
// and the core modules as they were built. Rules change them as JavaScript lets them. A machine in
// which a run has done so serves no other: nothing is frozen, and nothing gets through.
//
// What runs add to the global object is taken away again. Everything else that differs ends the
// machine: names, their order, values, prototypes. Accessors and attributes cannot be read without
// running code or making objects, so the functions that define them report it: see guardDefining.
type pristine struct {
	m         *machine
	objects   []*witness
	known     map[*goja.Object]*witness
	tampered  string          // what a run did that no look at the objects tells
	evaluated map[string]bool // packages' modules
	again     []*witness      // objects that a core module changed while it was built
}

// witness is one object as it was.
type witness struct {
	object *goja.Object
	innards
	was    form
	values []wantedValue
	places []wantedPlace
	marks  []wantedSymbol
}

// wantedPlace is a value of the object where goja keeps it.
type wantedPlace struct {
	at    *goja.Value
	value goja.Value
	name  string
}

type wantedValue struct {
	name  string
	value goja.Value
}

type wantedSymbol struct {
	symbol *goja.Symbol
	value  goja.Value
}

// keepPristine notes what the machine's built-ins are.
func (m *machine) keepPristine() {
	p := &pristine{m: m, known: map[*goja.Object]*witness{}, evaluated: map[string]bool{}}
	m.pristine = p
	p.note(m.vm.GlobalObject())
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
		if !ok || p.known[object] != nil {
			continue
		}
		if proxy, ok := proxyTarget(object); ok {
			if proxy != nil {
				object.GetOwnPropertyNames() // Date.prototype is filled when it is first looked at
				todo = append(todo, proxy)
			}
			continue
		}
		todo = append(todo, p.witness(object)...)
	}
}

// noteAgain takes down anew what a core module changed.
func (p *pristine) noteAgain() {
	for _, w := range p.again {
		at := slices.Index(p.objects, w)
		if at < 0 {
			continue // done
		}
		found := p.witness(w.object)
		p.objects[at] = p.known[w.object]
		p.objects = p.objects[:len(p.objects)-1]
		for _, value := range found {
			p.note(value)
		}
	}
	p.again = nil
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

// witness takes down one object, and answers what it leads to.
func (p *pristine) witness(object *goja.Object) (next []goja.Value) {
	w := &witness{object: object}
	p.known[object] = w
	p.objects = append(p.objects, w)
	if proto := object.Prototype(); proto != nil {
		next = append(next, proto)
	}
	var names []string // of values that may be written
	if !isBinary(object) {
		for _, name := range object.GetOwnPropertyNames() {
			value, others := p.property(object, p.m.vm.ToValue(name))
			if object == p.m.vm.GlobalObject() && globalsOfRun[name] {
				continue
			}
			next = append(next, others...)
			if value != nil {
				next = append(next, value)
				names = append(names, name)
			}
		}
	}
	for _, symbol := range p.symbols(object) {
		value, others := p.property(object, symbol)
		next = append(append(next, others...), value)
		p.m.vm.Try(func() {
			// Those that cannot be written count, too: a deleted one makes room for another.
			w.marks = append(w.marks, wantedSymbol{symbol, object.GetSymbol(symbol)})
		})
	}
	var ok bool
	if w.innards, ok = innardsOf(object); !ok {
		p.tampered = "an object that cannot be looked into"
		return nil
	}
	w.was = w.form()
	for _, name := range names {
		w.want(name)
	}
	return next
}

// want takes down a value.
func (w *witness) want(name string) {
	if at, ok := w.place(name); ok {
		w.places = append(w.places, wantedPlace{at, *at, name})
		return
	}
	w.values = append(w.values, wantedValue{name, w.object.Get(name)})
}

// symbols are an object's symbols, the enumerable and the others.
func (p *pristine) symbols(object *goja.Object) []*goja.Symbol {
	made, err := p.m.ownSymbols(goja.Undefined(), object)
	must(err)
	list := made.(*goja.Object)
	symbols := make([]*goja.Symbol, list.Get("length").ToInteger())
	for i := range symbols {
		symbols[i] = list.Get(strconv.Itoa(i)).(*goja.Symbol)
	}
	return symbols
}

// property is the value of a property that may be written, or its accessors.
func (p *pristine) property(object *goja.Object, key goja.Value) (value goja.Value, accessors []goja.Value) {
	made, err := p.m.describe(goja.Undefined(), object, key)
	must(err)
	descriptor, ok := made.(*goja.Object)
	if !ok {
		return nil, nil
	}
	for _, name := range []string{"get", "set"} {
		if function, ok := descriptor.Get(name).(*goja.Object); ok {
			accessors = append(accessors, function)
		}
	}
	value = descriptor.Get("value")
	if value != nil && !descriptor.Get("writable").ToBoolean() {
		return nil, append(accessors, value) // it cannot change but by being defined anew
	}
	return value, accessors
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

// changedValue is changed for the values. The object's form must be what it was: then no code runs.
func (w *witness) changedValue() string {
	for i := range w.places {
		if want := &w.places[i]; !identicalValue(*want.at, want.value) {
			return "the value of " + want.name
		}
	}
	for _, want := range w.values {
		if !same(w.object.Get(want.name), want.value) {
			return "the value of " + want.name
		}
	}
	for _, want := range w.marks {
		if !same(w.object.GetSymbol(want.symbol), want.value) {
			return "the value of " + want.symbol.String()
		}
	}
	return ""
}

func same(a, b goja.Value) bool {
	if _, ok := b.(*goja.Object); ok {
		return a == b
	}
	return a != nil && a.SameAs(b)
}

// restore takes away what a run added to the global object, and answers what else is not
// what it was; "" when nothing is.
func (p *pristine) restore() (changed string) {
	if p.tampered != "" {
		return p.tampered
	}
	global := p.objects[0]
	p.clearGlobals(global)
	for _, w := range p.objects {
		if changed := w.differs(&w.was); changed != "" {
			return changed + " of a built-in"
		}
	}
	for _, w := range p.objects {
		if changed := w.changedValue(); changed != "" {
			return changed
		}
	}
	return ""
}

// changed says what of the object is not what it was; "" when nothing is.
func (w *witness) changed() string {
	if changed := w.differs(&w.was); changed != "" {
		return changed
	}
	return w.changedValue()
}

// clearGlobals deletes what the global object did not have.
func (p *pristine) clearGlobals(w *witness) {
	if len(*w.names) == len(w.was.names) {
		return // what differs is no addition
	}
	had := make(map[unistring.String]bool, len(w.was.names))
	for _, name := range w.was.names {
		had[name] = true
	}
	for _, name := range slices.Clone(*w.names) {
		if !had[name] {
			_ = w.object.Delete(name.String()) // what stays is found
		}
	}
}
