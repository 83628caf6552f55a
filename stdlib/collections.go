package stdlib

import "github.com/ferrule-rules/ferrule/stdlib/jsvalue"

// collectionFunctions make and read sets and maps.
var collectionFunctions = []Function{
	{Name: "newSet", Min: 0, Max: 1, Impl: NewSet, Doc: `newSet(["a", "b"]) // new Set(["a", "b"])`},
	{Name: "newMap", Min: 0, Max: 1, Impl: NewMap, Doc: `newMap([["a", 1]]) // new Map([["a", 1]])`},
	{Name: "hasEntry", Min: 1, Max: 2, Result: Bool, Impl: HasEntry, Doc: `hasEntry(newSet(["a"]), "a") // true: .has`},
	{Name: "getEntry", Min: 1, Max: 2, Impl: GetEntry, Doc: `getEntry(newMap([["a", 1]]), "a") // 1: .get`},
}

// NewSet is a set of what an iterable holds; of null and undefined an empty one.
//
//	newSet(x) -> set
//	newSet("aba") // a set of "a" and "b"
//
// Source: ECMA-262 Set. Engines: expr, cel.
func NewSet(x any) (any, error) {
	set := &jsvalue.Set{At: map[any]int{}}
	if jsvalue.IsNullish(x) {
		return set, nil
	}
	items, err := Items(x)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		key, err := jsvalue.MapKey(item)
		if err != nil {
			return nil, err
		}
		if _, twice := set.At[key]; twice {
			continue
		}
		set.At[key] = len(set.Items)
		set.Items = append(set.Items, positive(item))
	}
	return set, nil
}

// positive makes -0 a 0, as keys are.
func positive(x any) any {
	if n, ok := x.(float64); ok && n == 0 {
		return 0.0
	}
	return x
}

// NewMap is a map of pairs, which are arrays; of null and undefined an empty one.
//
//	newMap(pairs) -> map
//	newMap([["a", 1], ["a", 2]]) // a map of "a" to 2
//
// Source: ECMA-262 Map. Engines: expr, cel.
func NewMap(x any) (any, error) {
	made := &jsvalue.Map{At: map[any]int{}}
	if jsvalue.IsNullish(x) {
		return made, nil
	}
	pairs, err := Items(x)
	if err != nil {
		return nil, err
	}
	for _, pair := range pairs {
		key, value, err := pairOf(pair)
		if err != nil {
			return nil, err
		}
		at, err := jsvalue.MapKey(key)
		if err != nil {
			return nil, err
		}
		if i, twice := made.At[at]; twice {
			made.Values[i] = value
			continue
		}
		made.At[at] = len(made.Keys)
		made.Keys = append(made.Keys, positive(key))
		made.Values = append(made.Values, value)
	}
	return made, nil
}

// pairOf is an array's first two items.
func pairOf(pair any) (key, value any, err error) {
	items, err := list(pair)
	key, value = jsvalue.Undefined, jsvalue.Undefined
	if len(items) > 0 {
		key = items[0]
	}
	if len(items) > 1 {
		value = items[1]
	}
	return key, value, err
}

// HasEntry is .has of a set, a map or a URL's parameters.
//
//	hasEntry(x, key) -> bool
//	hasEntry(newSet([NaN]), NaN) // true
//
// Source: ECMA-262 Set.prototype.has, Map.prototype.has. Engines: expr, cel.
func HasEntry(x, key any) (bool, error) {
	var at map[any]int
	switch x := x.(type) {
	case *jsvalue.Set:
		at = x.At
	case *jsvalue.Map:
		at = x.At
	case jsvalue.Entries:
		return x.HasEntry(key)
	default:
		return false, jsvalue.NotOf(x)
	}
	if s, ok := key.(string); ok {
		_, found := at[s]
		return found, nil
	}
	k, err := jsvalue.MapKey(key)
	if err != nil {
		return false, err
	}
	_, found := at[k]
	return found, nil
}

// GetEntry is .get of a map or a URL's parameters; undefined for an absent key of a map.
//
//	getEntry(x, key) -> any
//	getEntry(newMap([]), "a") // undefined
//
// Source: ECMA-262 Map.prototype.get. Engines: expr, cel.
func GetEntry(x, key any) (any, error) {
	switch x := x.(type) {
	case *jsvalue.Map:
		k, err := jsvalue.MapKey(key)
		if err != nil {
			return nil, err
		}
		if i, ok := x.At[k]; ok {
			return x.Values[i], nil
		}
		return jsvalue.Undefined, nil
	case jsvalue.Entries:
		return x.Entry(key)
	}
	return nil, jsvalue.NotOf(x)
}
