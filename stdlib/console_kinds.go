package stdlib

import (
	"math"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
)

// printedKind is a class of the values that [Format] prints, with what package inspect asks
// of its constructor and prototype.
type printedKind struct {
	class                  inspect.Class
	iterable               bool
	constructor, prototype *printedBuiltin
}

// printedKinds by the names of the constructors.
var printedKinds = makePrintedKinds()

func makePrintedKinds() map[string]*printedKind {
	kinds := map[string]*printedKind{
		"Object": {class: inspect.ClassOrdinary},
		"Array":  {class: inspect.ClassArray, iterable: true},
		"Date":   {class: inspect.ClassDate},
		"Set":    {class: inspect.ClassSet, iterable: true},
		"Map":    {class: inspect.ClassMap, iterable: true},
	}
	for name, kind := range kinds {
		kind.constructor = &printedBuiltin{name: name}
		kind.prototype = &printedBuiltin{name: name, makes: kind.constructor}
	}
	for name, kind := range kinds {
		if name != "Object" {
			kind.prototype.parent = kinds["Object"].prototype
		}
	}
	return kinds
}

// printedBuiltin is a constructor, or a prototype, or a method of one.
type printedBuiltin struct {
	name   string
	makes  *printedBuiltin // of a prototype: its constructor
	parent *printedBuiltin // of a prototype
}

// ID is the object itself.
func (o *printedBuiltin) ID() any { return o }

// Class tells functions from prototypes.
func (o *printedBuiltin) Class() inspect.Class {
	if o.makes != nil {
		return inspect.ClassOrdinary
	}
	return inspect.ClassFunction
}

// Slots are never asked for.
func (o *printedBuiltin) Slots(int) inspect.Slots { return inspect.Slots{} }

// Prototype of a prototype; functions do without.
func (o *printedBuiltin) Prototype() inspect.Object {
	if o.parent == nil {
		return nil
	}
	return o.parent
}

// Keys: none is enumerable.
func (o *printedBuiltin) Keys(inspect.KeyFilter, int) []inspect.Key { return nil }

// Own knows a prototype's constructor and toString, and a function's name.
func (o *printedBuiltin) Own(key inspect.Key) (inspect.Property, bool) {
	switch {
	case key.Symbol != nil:
	case o.makes == nil && key.Name == "name":
		return inspect.Property{Value: inspect.String(o.name)}, true
	case o.makes != nil && key.Name == "constructor":
		return inspect.Property{Value: inspect.ObjectValue(o.makes)}, true
	case o.makes != nil && key.Name == "toString":
		return inspect.Property{Value: inspect.ObjectValue(&printedBuiltin{name: "toString"})}, true
	}
	return inspect.Property{}, false
}

// Has follows Get.
func (o *printedBuiltin) Has(key inspect.Key) bool { return o.Get(key).Kind != inspect.KindUndefined }

// Get reads a property of the object or its prototypes.
func (o *printedBuiltin) Get(key inspect.Key) inspect.Value {
	if property, ok := o.Own(key); ok {
		return property.Value
	}
	if o.parent != nil {
		return o.parent.Get(key)
	}
	return inspect.Value{}
}

// IsInstance of a prototype holds for Object, from which it descends.
func (o *printedBuiltin) IsInstance(constructor inspect.Object) bool {
	return o.parent != nil && constructor == inspect.Object(o.parent.makes)
}

// Builtin names Object.prototype.
func (o *printedBuiltin) Builtin() string {
	if o.makes != nil && o.parent == nil {
		return o.name
	}
	return ""
}

// Custom is false.
func (o *printedBuiltin) Custom(inspect.Object, int, *inspect.Options) (inspect.Value, bool) {
	return inspect.Value{}, false
}

// ToText, ToNumber and JSON are never asked for.
func (o *printedBuiltin) ToText() string { return "function " + o.name }

// ToNumber is NaN, as of any function.
func (o *printedBuiltin) ToNumber() float64 { return math.NaN() }

// JSON of a function is undefined.
func (o *printedBuiltin) JSON() string { return "undefined" }
