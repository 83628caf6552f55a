package stdlib

import (
	"slices"
	"strconv"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// constructFunctions make arrays and objects: what the texts write for literals.
var constructFunctions = []Function{
	{Name: "list", Min: 0, Max: -1, Result: Any, Impl: ListOf, Doc: `list(a, b, …) -> list
list("x", 1) // ["x", 1]`},
	{Name: "object", Min: 0, Max: -1, Result: NewObject, Impl: ObjectOf, Doc: `object(key, value, …) -> object
object("plan", "gold") // {"plan": "gold"}`},
	{Name: "merged", Min: 0, Max: -1, Result: NewObject, Run: true, Impl: Merged, Doc: `merged(object, …) -> object
merged({"a": 1}, {"b": 2}) // {"a": 1, "b": 2}`},
	{Name: "without", Min: 1, Max: -1, Result: NewObject, Run: true, Impl: Without, Doc: `without(object, key, …) -> object
without({"a": 1, "b": 2}, "a") // {"b": 2}`},
	{Name: "elements", Min: 1, Max: 1, Result: Any, Impl: Elements, Doc: `elements([1, 2]) // [1, 2]; what is no array exits`},
}

// ListOf makes an array of its arguments, as an array literal does. It keeps the slice.
//
//	list(a, b, …) -> list
//	list("x", 1) // ["x", 1]
//
// Source: ECMA-262 ArrayLiteral. Engines: expr, cel.
func ListOf(items ...any) (any, error) {
	for _, item := range items {
		if exit, ok := item.(*jsvalue.Exit); ok {
			return nil, exit
		}
	}
	if items == nil {
		items = []any{}
	}
	return &jsvalue.List{Items: items}, nil
}

// ObjectOf makes an object of keys and values, as an object literal does. A key that comes
// again keeps its place and gets the later value. Keys are strings, numbers, booleans, null or
// undefined; a property __proto__ is not covered, because a literal's sets the prototype.
//
//	object(key, value, …) -> object
//	object("plan", "gold") // {"plan": "gold"}
//
// Source: ECMA-262 ObjectLiteral. Engines: expr, cel.
func ObjectOf(pairs ...any) (any, error) {
	made := &jsvalue.Object{Keys: make([]string, 0, len(pairs)/2), Values: make(map[string]any, len(pairs)/2)}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, err := propertyKey(pairs[i])
		if err != nil {
			return nil, err
		}
		if exit, ok := pairs[i+1].(*jsvalue.Exit); ok {
			return nil, exit
		}
		put(made, key, pairs[i+1])
	}
	return made, nil
}

// Merged makes an object of the own properties of its arguments, as {...a, ...b} does: null,
// undefined, booleans and numbers have none; an array's are its items. Of other values exits.
//
//	merged(object, …) -> object
//	merged({"a": 1}, {"b": 2}) // {"a": 1, "b": 2}
//
// Source: ECMA-262 CopyDataProperties. Engines: expr, cel.
func Merged(args ...any) (any, error) {
	run, ok := args[len(args)-1].(*jsvalue.Run)
	if !ok {
		return nil, jsvalue.ExitType
	}
	made := &jsvalue.Object{Values: map[string]any{}}
	for _, arg := range args[:len(args)-1] {
		if err := copyProperties(made, arg, run); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// Without makes an object of the own properties of its first argument but those that the
// others name, as const {a, b, ...rest} = object does.
//
//	without(object, key, …) -> object
//	without({"a": 1, "b": 2}, "a") // {"b": 2}
//
// Source: ECMA-262 RestBindingInitialization. Engines: expr, cel.
func Without(args ...any) (any, error) {
	last := len(args) - 1
	if jsvalue.IsNullish(args[0]) {
		return nil, jsvalue.ExitNullish
	}
	whole, err := Merged(args[0], args[last])
	if err != nil {
		return nil, err
	}
	made := whole.(*jsvalue.Object)
	for _, name := range args[1:last] {
		key, err := propertyKey(name)
		if err != nil {
			return nil, err
		}
		if _, there := made.Values[key]; there {
			delete(made.Values, key)
			made.Keys = slices.DeleteFunc(made.Keys, func(k string) bool { return k == key })
		}
	}
	return made, nil
}

// copyProperties adds the own properties of from to an object.
func copyProperties(to *jsvalue.Object, from any, run *jsvalue.Run) error {
	if jsvalue.IsNullish(from) {
		return nil
	}
	if values, ok := jsvalue.AsObject(from); ok {
		if _, odd := values["__proto__"]; odd {
			return jsvalue.ExitPrototype // Object.assign sets the prototype, a spread does not
		}
		keys, err := jsvalue.OwnKeys(from, run)
		for _, key := range keys {
			put(to, key, values[key])
		}
		return err
	}
	if _, ok := from.(*jsvalue.RegexpMatch); ok {
		return jsvalue.ExitType // index and input are copied, too
	}
	if items, ok := jsvalue.AsList(from); ok {
		for i, item := range items {
			put(to, strconv.Itoa(i), item)
		}
		return nil
	}
	if _, ok := from.(bool); ok {
		return nil
	}
	if _, ok := jsvalue.GoNumber(from); ok {
		return nil
	}
	return jsvalue.NotOf(from)
}

// put writes a property; a key that is new comes last.
func put(o *jsvalue.Object, key string, value any) {
	if _, there := o.Values[key]; !there {
		o.Keys = append(o.Keys, key)
	}
	o.Values[key] = value
}

// propertyKey is ECMA-262 ToPropertyKey for what is no object.
func propertyKey(key any) (string, error) {
	if jsvalue.TypeIn(key) == jsvalue.ObjectType {
		return "", jsvalue.ExitType
	}
	text, err := jsvalue.ToString(key)
	if text == "__proto__" {
		return "", jsvalue.ExitPrototype
	}
	return text, err
}

// Elements answers the items of an array, for the array methods that take a function. The
// slice is the array's own: it is read only.
//
//	elements(list) -> list
//	elements("ab") // error: a text has no method some
//
// Source: ECMA-262 LengthOfArrayLike. Engines: expr, cel.
func Elements(list any) ([]any, error) {
	if items, ok := jsvalue.AsList(list); ok {
		return items, nil
	}
	return nil, jsvalue.NotOf(list)
}
