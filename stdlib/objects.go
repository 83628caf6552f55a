package stdlib

import "github.com/ferrule-rules/ferrule/stdlib/jsvalue"

// objectFunctions are Object's own functions.
var objectFunctions = []Function{
	{Name: "keys", Min: 1, Max: 1, Result: NewList, Run: true, Impl: Keys, Doc: `keys({b: 1, a: 2}) // ["b", "a"]`},
	{Name: "values", Min: 1, Max: 1, Result: NewList, Run: true, Impl: Values, Doc: `values({b: 1, a: 2}) // [1, 2]`},
	{Name: "entries", Min: 1, Max: 1, Result: NewList, Run: true, Impl: Entries, Doc: `entries({b: 1}) // [["b", 1]]`},
	{Name: "fromEntries", Min: 1, Max: 1, Result: NewObject, Impl: FromEntries, Doc: `fromEntries([["a", 1]]) // {a: 1}`},
}

// Keys is Object.keys(o): own keys, array indexes first, then in the order they were written in.
//
//	keys(o) -> list
//	keys({b: 1, 2: 0}) // ["2", "b"]
//	keys("ab")         // ["0", "1"]
//	keys(null)         // error: a rule would throw TypeError here
//
// Source: ECMA-262 Object.keys. Engines: expr, cel.
func Keys(o, run any) ([]any, error) {
	if _, ok := o.(*jsvalue.RegexpMatch); ok {
		return nil, jsvalue.ExitType // index and input are keys, too
	}
	if items, ok := jsvalue.AsList(o); ok {
		return jsvalue.IndexKeys(len(items)), nil
	}
	if s, ok := o.(string); ok {
		n, err := jsvalue.Length(s)
		if err != nil {
			return nil, err
		}
		return jsvalue.IndexKeys(n), nil
	}
	names, err := ownKeys(o, run)
	if err != nil {
		return nil, err
	}
	keys := make([]any, len(names))
	for i, name := range names {
		keys[i] = name
	}
	return keys, nil
}

// ownKeys are the keys of an object; numbers, booleans, sets and maps have none.
func ownKeys(o, run any) ([]string, error) {
	if _, ok := jsvalue.AsObject(o); ok {
		r, _ := run.(*jsvalue.Run)
		return jsvalue.OwnKeys(o, r)
	}
	switch o.(type) {
	case *jsvalue.Set, *jsvalue.Map, bool:
		return nil, nil
	}
	if _, ok := jsvalue.GoNumber(o); ok {
		return nil, nil
	}
	return nil, jsvalue.NotOf(o)
}

// Values is Object.values(o), in the order of [Keys].
//
//	values(o) -> list
//	values(["a", "b"]) // ["a", "b"]
//
// Source: ECMA-262 Object.values. Engines: expr, cel.
func Values(o, run any) ([]any, error) {
	if _, ok := o.(*jsvalue.RegexpMatch); ok {
		return nil, jsvalue.ExitType // index and input are keys, too
	}
	if items, ok := jsvalue.AsList(o); ok {
		return append([]any{}, items...), nil
	}
	if s, ok := o.(string); ok {
		if err := wellFormed(s); err != nil {
			return nil, err
		}
		return units(s, 1<<32-1)
	}
	keys, err := ownKeys(o, run)
	if err != nil {
		return nil, err
	}
	properties, _ := jsvalue.AsObject(o)
	values := make([]any, len(keys))
	for i, key := range keys {
		values[i] = properties[key]
	}
	return values, nil
}

// Entries is Object.entries(o): pairs of key and value, in the order of [Keys].
//
//	entries(o) -> list
//	entries({a: 1}) // [["a", 1]]
//
// Source: ECMA-262 Object.entries. Engines: expr, cel.
func Entries(o, run any) ([]any, error) {
	keys, err := Keys(o, run)
	if err != nil {
		return nil, err
	}
	values, err := Values(o, run)
	if err != nil {
		return nil, err
	}
	pairs := make([]any, len(keys))
	for i, key := range keys {
		pairs[i] = &jsvalue.List{Items: []any{key, values[i]}}
	}
	return pairs, nil
}

// FromEntries is Object.fromEntries(pairs). The pairs are arrays, or those of a map.
//
//	fromEntries(pairs) -> object
//	fromEntries([["a", 1], ["a", 2]]) // {a: 2}
//
// Source: ECMA-262 Object.fromEntries. Engines: expr, cel.
func FromEntries(l any) (any, error) {
	pairs, err := Items(l)
	if err != nil {
		return nil, err
	}
	made := &jsvalue.Object{Values: make(map[string]any, len(pairs))}
	for _, pair := range pairs {
		key, value, err := pairOf(pair)
		if err != nil {
			return nil, err
		}
		name, err := jsvalue.ToString(key)
		if err != nil {
			return nil, err
		}
		if err := jsvalue.Check(value); err != nil {
			return nil, err
		}
		if _, twice := made.Values[name]; !twice {
			made.Keys = append(made.Keys, name)
		}
		made.Values[name] = value
	}
	return made, nil
}
