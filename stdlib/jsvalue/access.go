package jsvalue

import (
	"math"
	"slices"
	"strconv"
)

// AsList answers the items of an array.
func AsList(x any) ([]any, bool) {
	switch x := x.(type) {
	case []any:
		return x, x != nil
	case *List:
		return x.Items, true
	case *RegexpMatch:
		return x.items, true
	}
	return nil, false
}

// AsObject answers the properties of an object that is no array and nothing special.
func AsObject(x any) (map[string]any, bool) {
	switch x := x.(type) {
	case map[string]any:
		return x, x != nil
	case *Object:
		return x.Values, true
	}
	return nil, false
}

// Get reads a property.
//
//	Get(map[string]any{"a": 1.0}, "a") // 1
//	Get([]any{"x"}, 0.0)               // "x"
//	Get("abc", "length")               // 3
//
// # Errors
//
// [ExitNullish] for null and undefined, [ExitPrototype] for a name that a prototype answers to.
//
// Source: ECMA-262 GetV.
func Get(o, key any) (any, error) {
	if k, ok := key.(string); ok {
		switch o := o.(type) {
		case map[string]any:
			if o != nil {
				return property(o, k)
			}
		case *Object:
			return property(o.Values, k)
		}
		return getNamed(o, k)
	}
	if i, ok := GoNumber(key); ok {
		if list, ok := AsList(o); ok && i >= 0 && i < float64(len(list)) && i == math.Trunc(i) {
			return list[int(i)], nil
		}
		if s, ok := o.(string); ok && i >= 0 && i == math.Trunc(i) {
			return unitAt(s, i)
		}
		return getNamed(o, NumberToString(i))
	}
	if err := readable(o); err != nil {
		return nil, err
	}
	k, err := ToString(key)
	if err != nil {
		return nil, err
	}
	return Get(o, k)
}

func property(values map[string]any, key string) (any, error) {
	v, ok := values[key]
	if key == "__proto__" || !ok && OnObject(key) {
		return nil, ExitPrototype
	}
	if !ok {
		return Undefined, nil
	}
	return v, nil
}

// readable exits for what has no properties.
func readable(o any) error {
	switch TypeIn(o) {
	case NoValue:
		return Unknown(o)
	case NullType, UndefinedType:
		return ExitNullish
	}
	return nil
}

func getNamed(o any, key string) (any, error) {
	switch o := o.(type) {
	case map[string]any:
		if o != nil {
			return property(o, key)
		}
	case *Object:
		return property(o.Values, key)
	case []any:
		if o != nil {
			return listProperty(o, key)
		}
	case *List:
		return listProperty(o.Items, key)
	case string:
		return stringProperty(o, key)
	case bool:
		return absent(OnObject(key))
	case *Set:
		if key == "size" {
			return float64(len(o.Items)), nil
		}
		return absent(OnCollection(key))
	case *Map:
		if key == "size" {
			return float64(len(o.Keys)), nil
		}
		return absent(OnCollection(key))
	case Opaque:
		return o.Property(key)
	}
	if _, ok := GoNumber(o); ok {
		return absent(OnNumber(key))
	}
	if err := readable(o); err != nil {
		return nil, err
	}
	return nil, ExitType
}

func absent(onPrototype bool) (any, error) {
	if onPrototype {
		return nil, ExitPrototype
	}
	return Undefined, nil
}

func listProperty(items []any, key string) (any, error) {
	if key == "length" {
		return Count(len(items)), nil
	}
	if i, ok := ArrayIndex(key); ok {
		if int(i) < len(items) {
			return items[i], nil
		}
		return Undefined, nil
	}
	return absent(OnArray(key))
}

func stringProperty(s, key string) (any, error) {
	if key == "length" {
		n, err := Length(s)
		if err != nil {
			return nil, err
		}
		return Count(n), nil
	}
	if i, ok := ArrayIndex(key); ok {
		return unitAt(s, float64(i))
	}
	return absent(OnString(key))
}

// unitAt is s[i]: undefined behind the end.
func unitAt(s string, i float64) (any, error) {
	n, err := Length(s)
	if err != nil {
		return nil, err
	}
	if i >= float64(n) {
		return Undefined, nil
	}
	unit, err := Substring(s, int(i), int(i)+1)
	if err != nil {
		return nil, err
	}
	return unit, nil
}

// HasOwn reports whether o has a property of its own.
//
// Source: ECMA-262 HasOwnProperty.
func HasOwn(o, key any) (bool, error) {
	if err := readable(o); err != nil {
		return false, err
	}
	k, err := ToString(key)
	if err != nil {
		return false, err
	}
	if values, ok := AsObject(o); ok {
		_, own := values[k]
		return own, nil
	}
	var length int
	switch x := o.(type) {
	case []any:
		length = len(x)
	case *List:
		length = len(x.Items)
	case string:
		if length, err = Length(x); err != nil {
			return false, err
		}
	case Opaque:
		return false, ExitType
	default: // numbers, booleans, sets and maps
		return false, nil
	}
	i, ok := ArrayIndex(k)
	return k == "length" || ok && int(i) < length, nil
}

// HasProperty is key in o.
//
// # Errors
//
// [ExitType] where o is no object and JavaScript throws, [ExitPrototype] for names of prototypes.
//
// Source: ECMA-262 HasProperty.
func HasProperty(o, key any) (bool, error) {
	if TypeIn(o) != ObjectType {
		return false, NotOf(o)
	}
	own, err := HasOwn(o, key)
	if own || err != nil {
		return own, err
	}
	k, err := ToString(key)
	if err != nil {
		return false, err
	}
	inherited := false
	switch o.(type) {
	case []any, *List:
		inherited = OnArray(k)
	case *Set, *Map:
		inherited = k == "size" || OnCollection(k)
	default:
		inherited = OnObject(k)
	}
	if inherited {
		return false, ExitPrototype
	}
	return false, nil
}

// OwnKeys lists an object's own keys in JavaScript's order. The slice is not to be changed.
//
// # Errors
//
// [ExitOrder] when the order is not known.
//
// Source: ECMA-262 OrdinaryOwnPropertyKeys.
func OwnKeys(o any, run *Run) ([]string, error) {
	switch o := o.(type) {
	case *Object:
		return indexesFirst(o.Keys), nil
	case map[string]any:
		if o == nil {
			return nil, ExitForeign
		}
		if len(o) <= 1 {
			for key := range o {
				return []string{key}, nil
			}
			return nil, nil
		}
		if run == nil || run.Keys == nil {
			return nil, ExitOrder
		}
		keys, known := run.Keys(o)
		if !known {
			return nil, ExitOrder
		}
		return keys, nil
	}
	return nil, NotOf(o)
}

// indexesFirst puts array indexes before the other keys, in ascending order.
func indexesFirst(keys []string) []string {
	if !slices.ContainsFunc(keys, isIndex) {
		return keys
	}
	ordered := slices.Clone(keys)
	slices.SortStableFunc(ordered, func(a, b string) int {
		i, first := ArrayIndex(a)
		j, second := ArrayIndex(b)
		switch {
		case first && second:
			return int(i) - int(j)
		case first:
			return -1
		case second:
			return 1
		}
		return 0
	})
	return ordered
}

func isIndex(key string) bool { _, ok := ArrayIndex(key); return ok }

// IndexKeys are the keys of an array or a string of that length.
func IndexKeys(length int) []any {
	keys := make([]any, length)
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	return keys
}
