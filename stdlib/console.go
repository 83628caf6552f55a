package stdlib

import (
	"strings"

	"reflect"

	"github.com/ferrule-rules/ferrule/stdlib/inspect"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Format is util.format(args...): the text of a console line, without a line end.
//
//	Format([]any{"%s has", "ann", []any{"admin"}}, run) // ann has [ 'admin' ]
//
// # Errors
//
// [jsvalue.ExitOrder] where an object's keys are not known in order, ExitType for a value
// that only goja prints: a regular expression, a URL.
func Format(args []any, run *jsvalue.Run) (text string, err error) {
	defer func() {
		// The objects below are asked from inside of package inspect.
		if exit, ok := recover().(*jsvalue.Exit); ok {
			text, err = "", exit
		}
	}()
	values := make([]inspect.Value, len(args))
	for i, arg := range args {
		if i > 0 && convertsOddly(args[0], arg) {
			return "", jsvalue.ExitType
		}
		values[i] = printedValue(arg, run)
	}
	return inspect.Format(values...), nil
}

// convertsOddly reports whether a directive such as %d may ask an object for its text or
// number, which it has properties of its own for.
func convertsOddly(format, arg any) bool {
	text, isText := format.(string)
	if !isText || !strings.Contains(text, "%") {
		return false
	}
	values, isObject := jsvalue.AsObject(arg)
	if !isObject {
		return false
	}
	for _, name := range []string{"toString", "valueOf", "toJSON"} {
		if _, has := values[name]; has {
			return true
		}
	}
	return false
}

// printedValue is a value as package inspect sees it. It panics with an exit.
func printedValue(x any, run *jsvalue.Run) inspect.Value {
	switch x := x.(type) {
	case nil:
		return inspect.Null()
	case bool:
		return inspect.Bool(x)
	case float64:
		return inspect.Number(x)
	case string:
		return inspect.String(x)
	case map[string]any, *jsvalue.Object:
		values, ok := jsvalue.AsObject(x)
		if !ok {
			panic(jsvalue.ExitForeign)
		}
		return inspect.ObjectValue(&printedObject{value: x, run: run, values: values, kind: printedKinds["Object"]})
	case []any, *jsvalue.List:
		items, ok := jsvalue.AsList(x)
		if !ok {
			panic(jsvalue.ExitForeign)
		}
		return inspect.ObjectValue(&printedObject{value: x, run: run, items: items, kind: printedKinds["Array"]})
	case *jsvalue.Date:
		return inspect.ObjectValue(&printedObject{value: x, run: run, kind: printedKinds["Date"]})
	case *jsvalue.Set:
		return inspect.ObjectValue(&printedObject{value: x, run: run, kind: printedKinds["Set"]})
	case *jsvalue.Map:
		return inspect.ObjectValue(&printedObject{value: x, run: run, kind: printedKinds["Map"]})
	}
	if jsvalue.IsUndefined(x) {
		return inspect.Value{}
	}
	if n, ok := jsvalue.GoNumber(x); ok {
		return inspect.Number(n)
	}
	panic(jsvalue.NotOf(x))
}

// printedObject is an object of a run as package inspect sees it.
type printedObject struct {
	value  any
	run    *jsvalue.Run
	values map[string]any // of an object
	items  []any          // of an array
	kind   *printedKind
}

// itemsID identifies an array of the input.
type itemsID struct {
	data uintptr
	size int
}

// ID is the value itself where that is a pointer.
func (o *printedObject) ID() any {
	switch x := o.value.(type) {
	case map[string]any:
		return reflect.ValueOf(x).Pointer()
	case []any:
		return itemsID{reflect.ValueOf(x).Pointer(), len(x)}
	}
	return o.value
}

// Class tells arrays, dates, sets and maps.
func (o *printedObject) Class() inspect.Class { return o.kind.class }

// Slots are what is inside of an array, a date, a set or a map.
func (o *printedObject) Slots(limit int) inspect.Slots {
	switch x := o.value.(type) {
	case *jsvalue.Date:
		return inspect.Slots{Millis: x.Time}
	case *jsvalue.Set:
		slots := inspect.Slots{Length: len(x.Items)}
		for _, item := range x.Items[:min(limit, len(x.Items))] {
			slots.Items = append(slots.Items, printedValue(item, o.run))
		}
		return slots
	case *jsvalue.Map:
		slots := inspect.Slots{Length: len(x.Keys)}
		for i := 0; i < len(x.Keys) && 2*i < limit; i++ {
			slots.Items = append(slots.Items, printedValue(x.Keys[i], o.run), printedValue(x.Values[i], o.run))
		}
		return slots
	}
	return inspect.Slots{Length: len(o.items)}
}

// Prototype is that of the kind.
func (o *printedObject) Prototype() inspect.Object { return o.kind.prototype }

// Keys are those of JavaScript's order.
func (o *printedObject) Keys(filter inspect.KeyFilter, limit int) []inspect.Key {
	var names []string
	switch {
	case o.values != nil:
		var err error
		if names, err = jsvalue.OwnKeys(o.value, o.run); err != nil {
			panic(err)
		}
	case o.kind.class == inspect.ClassArray:
		for _, key := range jsvalue.IndexKeys(len(o.items)) {
			names = append(names, key.(string))
		}
	}
	keys := make([]inspect.Key, 0, len(names)+1)
	for _, name := range names {
		if limit >= 0 && len(keys) >= limit {
			return keys
		}
		if _, index := jsvalue.ArrayIndex(name); index && filter&inspect.KeysNoIndex != 0 {
			continue
		}
		keys = append(keys, inspect.NameKey(name))
	}
	if o.kind.class == inspect.ClassArray && filter&inspect.KeysHidden != 0 {
		keys = append(keys, inspect.NameKey("length"))
	}
	return keys
}

// Own is a property of the object itself.
func (o *printedObject) Own(key inspect.Key) (inspect.Property, bool) {
	if key.Symbol != nil {
		return inspect.Property{}, false
	}
	if v, ok := o.values[key.Name]; ok {
		return inspect.Property{Value: printedValue(v, o.run), Enumerable: true}, true
	}
	if o.kind.class != inspect.ClassArray {
		return inspect.Property{}, false
	}
	if key.Name == "length" {
		return inspect.Property{Value: inspect.Number(float64(len(o.items)))}, true
	}
	i, ok := jsvalue.ArrayIndex(key.Name)
	if !ok || int64(i) >= int64(len(o.items)) {
		return inspect.Property{}, false
	}
	return inspect.Property{Value: printedValue(o.items[i], o.run), Enumerable: true}, true
}

// Has is asked for Symbol.iterator only.
func (o *printedObject) Has(key inspect.Key) bool {
	if key.Symbol != nil {
		return key.Symbol == inspect.SymbolIterator && o.kind.iterable
	}
	return o.Get(key).Kind != inspect.KindUndefined
}

// Get reads a property of the object or its prototypes.
func (o *printedObject) Get(key inspect.Key) inspect.Value {
	if property, ok := o.Own(key); ok {
		return property.Value
	}
	return o.kind.prototype.Get(key)
}

// IsInstance holds for the kind's own constructor, and Object.
func (o *printedObject) IsInstance(constructor inspect.Object) bool {
	return constructor == o.kind.constructor || constructor == printedKinds["Object"].constructor
}

// Builtin is "": none of these is a prototype.
func (o *printedObject) Builtin() string { return "" }

// Custom is false: no object of a run has methods.
func (o *printedObject) Custom(inspect.Object, int, *inspect.Options) (inspect.Value, bool) {
	return inspect.Value{}, false
}

// ToText is ToString.
func (o *printedObject) ToText() string {
	text, err := jsvalue.ToString(o.value)
	if err != nil {
		panic(err)
	}
	return text
}

// ToNumber is Number(x).
func (o *printedObject) ToNumber() float64 {
	n, err := jsvalue.ToNumber(o.value)
	if err != nil {
		panic(err)
	}
	return n
}

// JSON is JSON.stringify(x).
func (o *printedObject) JSON() string {
	text, err := Stringify(o.value, jsvalue.Undefined, o.run)
	if err != nil {
		panic(err)
	}
	return text.(string)
}
