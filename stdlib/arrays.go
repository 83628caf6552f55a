package stdlib

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// arrayFunctions are the methods of arrays, and those that strings have too: they go by
// the receiver's type.
var arrayFunctions = []Function{
	{Name: "includes", Min: 1, Max: 3, Result: Bool, Impl: Includes, Doc: `includes(["a", "b"], "a") // true`},
	{Name: "indexOf", Min: 1, Max: 3, Result: Number, Impl: IndexOf, Doc: `indexOf("abc", "c") // 2`},
	{Name: "lastIndexOf", Min: 1, Max: -1, Result: Number, Impl: LastIndexOf, Doc: `lastIndexOf(["a", "a"], "a") // 1; a left out index is not undefined`},
	{Name: "slice", Min: 1, Max: 3, Impl: Slice, Doc: `slice("abc", -2) // "bc"; a fresh list for a list`},
	{Name: "at", Min: 1, Max: 2, Impl: At, Doc: `at(["a", "b"], -1) // "b"`},
	{Name: "concat", Min: 1, Max: -1, Impl: Concat, Doc: `concat(["a"], ["b"], "c") // ["a", "b", "c"]`},
	{Name: "join", Min: 1, Max: 2, Result: String, Impl: Join, Doc: `join(["a", null, 1], "-") // "a--1"`},
	{Name: "flat", Min: 1, Max: 2, Result: NewList, Impl: Flat, Doc: `flat([["a"], [["b"]]]) // ["a", ["b"]]`},
	{Name: "reversed", Min: 1, Max: 1, Result: NewList, Impl: Reversed, Doc: `reversed([1, 2]) // [2, 1]: a copy`},
	{Name: "sorted", Min: 1, Max: 1, Result: NewList, Impl: Sorted, Doc: `sorted([10, 9, 1]) // [1, 10, 9]: a copy, in the order of texts`},
	{Name: "items", Min: 1, Max: 1, Result: NewList, Impl: Items, Doc: `items("a😀") // ["a", "😀"]: [...x]`},
}

// Includes reports whether an array holds x, or whether a string has it as a part. Items are
// compared as by SameValueZero.
//
//	includes(r, x, from) -> bool
//	includes([NaN], NaN)      // true
//	includes("abc", "b", 2)   // false
//	includes(null, "a")       // error: a rule would throw TypeError here
//
// Source: ECMA-262 Array.prototype.includes, String.prototype.includes. Engines: expr, cel.
func Includes(r, x, from any) (bool, error) {
	if items, ok := jsvalue.AsList(r); ok {
		items, _, err := itemsBehind(items, from)
		if err != nil {
			return false, err
		}
		at, err := position(items, x, true)
		return at >= 0, err
	}
	s, part, err := bothTexts(r, x)
	if err != nil {
		return false, err
	}
	if s, err = behind(s, from); err != nil {
		return false, err
	}
	return strings.Contains(s, part), nil
}

// itemsBehind are the items from an index on, and that index.
func itemsBehind(items []any, from any) ([]any, int, error) {
	if jsvalue.IsUndefined(from) {
		return items, 0, nil
	}
	start, err := relative(from, len(items), 0)
	return items[start:], start, err
}

// position is the index of the first item that is x, by SameValueZero when nan is set,
// else by ===; -1 when none is.
func position(items []any, x any, nan bool) (int, error) {
	if s, ok := x.(string); ok {
		for i, item := range items {
			switch item := item.(type) {
			case string:
				if item == s {
					return i, nil
				}
			default:
				if err := jsvalue.Check(item); err != nil {
					return -1, err
				}
			}
		}
		return -1, nil
	}
	if err := jsvalue.Check(x); err != nil {
		return -1, err
	}
	equals := jsvalue.StrictEquals
	if nan {
		equals = jsvalue.SameValueZero
	}
	for i, item := range items {
		if same, err := equals(item, x); same || err != nil {
			return i, err
		}
	}
	return -1, nil
}

// IndexOf is the index of the first item that is === x, or of a part of a string; -1 when
// there is none.
//
//	indexOf(r, x, from) -> number
//	indexOf([NaN], NaN)   // -1
//	indexOf("😀a", "a")    // 2
//
// Source: ECMA-262 Array.prototype.indexOf, String.prototype.indexOf. Engines: expr, cel.
func IndexOf(r, x, from any) (float64, error) {
	if items, ok := jsvalue.AsList(r); ok {
		items, start, err := itemsBehind(items, from)
		if err != nil {
			return 0, err
		}
		at, err := position(items, x, false)
		if at < 0 || err != nil {
			return -1, err
		}
		return float64(start + at), nil
	}
	s, part, err := bothTexts(r, x)
	if err != nil {
		return 0, err
	}
	rest, err := behind(s, from)
	if err != nil {
		return 0, err
	}
	at := strings.Index(rest, part)
	if at < 0 {
		return -1, nil
	}
	units, err := jsvalue.Length(s[:len(s)-len(rest)+at])
	return float64(units), err
}

// LastIndexOf is the index of the last item that is === x, or of a part of a string, not
// behind an index; -1 when there is none. An index that is left out is the last one, which
// for arrays undefined is not.
//
//	lastIndexOf(r, x, from) -> number
//	lastIndexOf("abab", "ab", 1) // 0
//
// Source: ECMA-262 Array.prototype.lastIndexOf, String.prototype.lastIndexOf. Engines: expr, cel.
func LastIndexOf(args ...any) (float64, error) {
	if len(args) < 1 || len(args) > 3 {
		return 0, jsvalue.ExitType
	}
	x := jsvalue.Undefined
	if len(args) > 1 {
		x = args[1]
	}
	if items, ok := jsvalue.AsList(args[0]); ok {
		return lastItem(items, x, args[min(2, len(args)):])
	}
	s, part, err := bothTexts(args[0], x)
	if err != nil {
		return 0, err
	}
	end := len(s)
	if len(args) == 3 {
		if end, err = lastStart(s, args[2]); err != nil {
			return 0, err
		}
	}
	at := strings.LastIndex(s[:min(len(s), end+len(part))], part)
	if at < 0 {
		return -1, nil
	}
	units, err := jsvalue.Length(s[:at])
	return float64(units), err
}

// lastStart is the byte offset of the last place where a part may start.
func lastStart(s string, from any) (int, error) {
	n, err := jsvalue.ToNumber(from)
	if err != nil {
		return 0, err
	}
	length, err := jsvalue.Length(s)
	if err != nil || n != n {
		return len(s), err
	}
	return jsvalue.Offset(s, int(min(max(math.Trunc(n), 0), float64(length))))
}

func lastItem(items []any, x any, from []any) (float64, error) {
	last := float64(len(items) - 1)
	if len(from) > 0 {
		n, err := jsvalue.ToInteger(from[0])
		if err != nil {
			return 0, err
		}
		if n < 0 {
			n += float64(len(items))
		}
		last = min(n, last)
	}
	if err := jsvalue.Check(x); err != nil {
		return 0, err
	}
	for i := int(max(last, -1)); i >= 0; i-- {
		if same, err := jsvalue.StrictEquals(items[i], x); same || err != nil {
			return float64(i), err
		}
	}
	return -1, nil
}

// Slice is a part of a string, or a fresh list of some items.
//
//	slice(r, from, to) -> any
//	slice("abc", -2, -1)    // "b"
//	slice(["a", "b"], 1)    // ["b"]
//
// Source: ECMA-262 Array.prototype.slice, String.prototype.slice. Engines: expr, cel.
func Slice(r, from, to any) (any, error) {
	if items, ok := jsvalue.AsList(r); ok {
		start, end, err := bounds(len(items), from, to)
		if err != nil {
			return nil, err
		}
		return append([]any{}, items[start:end]...), nil
	}
	s, length, err := measured(r)
	if err != nil {
		return nil, err
	}
	start, end, err := bounds(length, from, to)
	if err != nil {
		return nil, err
	}
	part, err := jsvalue.Substring(s, start, end)
	if err != nil {
		return nil, err
	}
	return part, nil
}

// bounds are slice's, in order.
func bounds(length int, from, to any) (start, end int, err error) {
	if start, err = relative(from, length, 0); err != nil {
		return 0, 0, err
	}
	end, err = relative(to, length, length)
	return start, max(start, end), err
}

// At is the item or code unit at an index, from the end when it is negative; undefined outside.
//
//	at(r, i) -> any
//	at("abc", -1) // "c"
//
// Source: ECMA-262 Array.prototype.at, String.prototype.at. Engines: expr, cel.
func At(r, i any) (any, error) {
	items, list := jsvalue.AsList(r)
	s, length := "", len(items)
	if !list {
		var err error
		if s, length, err = measured(r); err != nil {
			return nil, err
		}
	}
	n, err := jsvalue.ToInteger(i)
	if err != nil {
		return nil, err
	}
	if n < 0 {
		n += float64(length)
	}
	switch {
	case n < 0 || n >= float64(length):
		return jsvalue.Undefined, nil
	case list:
		return items[int(n)], nil
	}
	unit, err := jsvalue.Substring(s, int(n), int(n)+1)
	if err != nil {
		return nil, err
	}
	return unit, nil
}

// Concat appends texts to a string, or items and the items of arrays to a fresh list.
//
//	concat(r, values...) -> any
//	concat("a", 1)           // "a1"
//	concat([1], [2, [3]], 4) // [1, 2, [3], 4]
//
// Source: ECMA-262 Array.prototype.concat, String.prototype.concat. Engines: expr, cel.
func Concat(args ...any) (any, error) {
	if len(args) == 0 {
		return nil, jsvalue.ExitType
	}
	if _, ok := jsvalue.AsList(args[0]); !ok {
		if _, err := text(args[0]); err != nil {
			return nil, err
		}
		s, err := Template(args...)
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	all := []any{}
	for _, arg := range args {
		if items, ok := jsvalue.AsList(arg); ok {
			all = append(all, items...)
			continue
		}
		if err := jsvalue.Check(arg); err != nil {
			return nil, err
		}
		all = append(all, arg)
	}
	return all, nil
}

// list is the receiver of an array method.
func list(x any) ([]any, error) {
	if items, ok := jsvalue.AsList(x); ok {
		return items, nil
	}
	return nil, jsvalue.NotOf(x)
}

// Join joins the texts of items; null and undefined have none.
//
//	join(list, separator) -> string
//	join([1, [2, 3]]) // "1,2,3"
//
// Source: ECMA-262 Array.prototype.join. Engines: expr, cel.
func Join(l, separator any) (string, error) {
	items, err := list(l)
	if err != nil {
		return "", err
	}
	between := ","
	if !jsvalue.IsUndefined(separator) {
		if jsvalue.TypeIn(separator) == jsvalue.ObjectType {
			return "", jsvalue.ExitType
		}
		if between, err = jsvalue.ToString(separator); err != nil {
			return "", err
		}
	}
	return jsvalue.Join(items, between)
}

// Flat is a fresh list with arrays among its items replaced by their items, down to a depth.
//
//	flat(list, depth) -> list
//	flat([1, [2, [3]]], 2) // [1, 2, 3]
//
// Source: ECMA-262 Array.prototype.flat. Engines: expr, cel.
func Flat(l, depth any) ([]any, error) {
	items, err := list(l)
	if err != nil {
		return nil, err
	}
	levels := 1.0
	if !jsvalue.IsUndefined(depth) {
		if levels, err = jsvalue.ToInteger(depth); err != nil {
			return nil, err
		}
	}
	return flatten([]any{}, items, levels, 0)
}

// maxFlat is how deep arrays are flattened: a cycle is deeper.
const maxFlat = 500

func flatten(all, items []any, levels float64, depth int) ([]any, error) {
	if depth > maxFlat || len(all) > jsvalue.MaxText/16 {
		return nil, jsvalue.ExitSize
	}
	for _, item := range items {
		if inner, ok := jsvalue.AsList(item); ok && levels > 0 {
			var err error
			if all, err = flatten(all, inner, levels-1, depth+1); err != nil {
				return nil, err
			}
			continue
		}
		all = append(all, item)
	}
	return all, nil
}

// Reversed is a fresh list of the items, the last one first.
//
//	reversed(list) -> list
//	reversed([1, 2]) // [2, 1]
//
// Source: ECMA-262 Array.prototype.toReversed. Engines: expr, cel.
func Reversed(l any) ([]any, error) {
	items, err := list(l)
	if err != nil {
		return nil, err
	}
	copied := append([]any{}, items...)
	slices.Reverse(copied)
	return copied, nil
}

// Sorted is a fresh list of the items in the order of their texts; undefined comes last.
//
//	sorted(list) -> list
//	sorted([10, 9, undefined, 1]) // [1, 10, 9, undefined]
//
// Source: ECMA-262 Array.prototype.toSorted, SortCompare. Engines: expr, cel.
func Sorted(l any) ([]any, error) {
	items, err := list(l)
	if err != nil {
		return nil, err
	}
	type entry struct {
		key  string
		item any
	}
	entries := make([]entry, 0, len(items))
	for _, item := range items {
		if jsvalue.IsUndefined(item) {
			continue
		}
		key, err := jsvalue.ToString(item)
		if err != nil {
			return nil, err
		}
		if err := wellFormed(key); err != nil {
			return nil, err
		}
		entries = append(entries, entry{key, item})
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		order, _ := jsvalue.CompareStrings(a.key, b.key) // no error without lone surrogates
		return order
	})
	sorted := make([]any, len(items))
	for i := range sorted {
		sorted[i] = jsvalue.Undefined
		if i < len(entries) {
			sorted[i] = entries[i].item
		}
	}
	return sorted, nil
}

// Items is a fresh list of what an iterable holds: [...x] and Array.from(x). A string gives
// its characters, a map its pairs.
//
//	items(x) -> list
//	items(newSet([1, 1, 2])) // [1, 2]
//	items({})                // error: a rule would throw TypeError here
//
// Source: ECMA-262 IterableToList. Engines: expr, cel.
func Items(x any) ([]any, error) {
	switch x := x.(type) {
	case []any:
		if x != nil {
			return append([]any{}, x...), nil
		}
	case *jsvalue.List:
		return append([]any{}, x.Items...), nil
	case *jsvalue.RegexpMatch:
		items, _ := jsvalue.AsList(x)
		return append([]any{}, items...), nil
	case string:
		return characters(x)
	case *jsvalue.Set:
		return append([]any{}, x.Items...), nil
	case *jsvalue.Map:
		pairs := make([]any, len(x.Keys))
		for i, key := range x.Keys {
			pairs[i] = &jsvalue.List{Items: []any{key, x.Values[i]}}
		}
		return pairs, nil
	case jsvalue.Entries:
		return x.Spread()
	}
	return nil, jsvalue.NotOf(x)
}

func characters(s string) ([]any, error) {
	if err := wellFormed(s); err != nil {
		return nil, err
	}
	all := make([]any, 0, len(s))
	for i, r := range s {
		size := utf8.RuneLen(r)
		all = append(all, s[i:i+size])
	}
	return all, nil
}
