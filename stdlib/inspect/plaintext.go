package inspect

import (
	"math"
)

// ToText is String(o): the elements joined by commas, or [object Object].
func (o *plainObject) ToText() string { return string(o.appendText(nil, 0)) }

func (o *plainObject) appendText(b []byte, depth int) []byte {
	if !o.array {
		return append(b, "[object Object]"...)
	}
	for i, item := range o.items {
		if i > 0 {
			b = append(b, ',')
		}
		if depth > maxNesting || len(b) > 16*DefaultMaxOutputBytes {
			return b
		}
		v := FromJSON(item, o.order)
		switch inner, ok := v.Object.(*plainObject); {
		case ok:
			b = inner.appendText(b, depth+1)
		case v.Kind != KindNull && v.Kind != KindUndefined:
			b = append(b, plainText(v)...)
		}
	}
	return b
}

// JSON is JSON.stringify(o).
func (o *plainObject) JSON() string {
	b, ok := o.appendJSON(nil, map[any]bool{})
	if !ok {
		return "[Circular]"
	}
	return string(b)
}

// maxJSON is the depth that encoding/json reads at most.
const maxJSON = 10_000

// appendJSON reports false when around, the objects outside, holds o: an object
// in itself. Nesting that no JSON text has counts as such.
func (o *plainObject) appendJSON(b []byte, around map[any]bool) ([]byte, bool) {
	if !o.array || len(o.items) > 0 {
		id := o.ID()
		if around[id] || len(around) > maxJSON {
			return b, false
		}
		around[id] = true
		defer delete(around, id)
	}
	one := func(v Value) bool {
		inner, isObject := v.Object.(*plainObject)
		switch {
		case isObject:
			var ok bool
			b, ok = inner.appendJSON(b, around)
			return ok
		case v.Kind == KindUndefined, v.Kind == KindNumber && (math.IsNaN(v.Number) || math.IsInf(v.Number, 0)):
			b = append(b, "null"...)
		default:
			b = append(b, jsonText(v)...)
		}
		return true
	}
	if o.array {
		b = append(b, '[')
		for i, item := range o.items {
			if i > 0 {
				b = append(b, ',')
			}
			if !one(FromJSON(item, o.order)) {
				return b, false
			}
		}
		return append(b, ']'), true
	}
	b = append(b, '{')
	first := true
	for _, key := range o.Keys(0, -1) {
		prop, _ := o.Own(key)
		if prop.Value.Kind == KindUndefined {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(b, jsonQuote(key.Name)...)
		b = append(b, ':')
		if !one(prop.Value) {
			return b, false
		}
	}
	return append(b, '}'), true
}

// builtinObject stands for Object, Array and their prototypes, of which the
// printer asks little.
type builtinObject struct {
	name      string
	prototype bool
}

var (
	objectFunction  = &builtinObject{name: "Object"}
	arrayFunction   = &builtinObject{name: "Array"}
	objectPrototype = &builtinObject{name: "Object", prototype: true}
	arrayPrototype  = &builtinObject{name: "Array", prototype: true}
)

func builtinFunction(array bool) Object {
	if array {
		return arrayFunction
	}
	return objectFunction
}

func plainPrototype(array bool) Object {
	if array {
		return arrayPrototype
	}
	return objectPrototype
}

func (o *builtinObject) ID() any         { return o }
func (o *builtinObject) Slots(int) Slots { return Slots{} }

func (o *builtinObject) Class() Class {
	if o.prototype {
		return ClassOrdinary
	}
	return ClassFunction
}

func (o *builtinObject) Prototype() Object {
	if o == arrayPrototype {
		return objectPrototype
	}
	return nil
}

func (o *builtinObject) Keys(KeyFilter, int) []Key { return nil }

func (o *builtinObject) Own(key Key) (Property, bool) {
	switch {
	case o.prototype && key.Symbol == nil && key.Name == "constructor":
		return Property{Value: ObjectValue(builtinFunction(o.name == "Array"))}, true
	case o.prototype && key.Symbol == nil && key.Name == "toString":
		return Property{Value: ObjectValue(&builtinObject{name: "toString"})}, true
	case !o.prototype && key.Symbol == nil && key.Name == "name":
		return Property{Value: String(o.name)}, true
	}
	return Property{}, false
}

func (o *builtinObject) Has(key Key) bool { return o.Get(key).Kind != KindUndefined }

func (o *builtinObject) Get(key Key) Value {
	if prop, ok := o.Own(key); ok {
		return prop.Value
	}
	if parent := o.Prototype(); parent != nil {
		return parent.Get(key)
	}
	return Value{}
}

func (o *builtinObject) IsInstance(Object) bool { return false }

func (o *builtinObject) Builtin() string {
	if o == objectPrototype {
		return o.name
	}
	return ""
}

func (o *builtinObject) Custom(Object, int, *Options) (Value, bool) { return Value{}, false }
func (o *builtinObject) ToText() string                             { return "function " + o.name }
func (o *builtinObject) ToNumber() float64                          { return math.NaN() }
func (o *builtinObject) JSON() string                               { return "undefined" }
