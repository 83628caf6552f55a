package runtime

import (
	"reflect"
	"slices"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// writeBack makes the caller's object equal to the result of a run, in place: the
// map itself and every object that exists at the same place before and after keep
// their identity, what the run left alone keeps its Go type, a changed array is
// a new slice in its parent. after is not changed; it shares what is equal with before.
func writeBack(before, after map[string]any) {
	if sameMap(before, after) {
		return
	}
	for key, value := range after {
		old, had := before[key]
		if had && unchanged(old, value) {
			continue
		}
		before[jsvalue.ToUTF8(key)] = settled(old, had, value)
	}
	if len(before) == len(after) {
		return
	}
	for key := range before {
		if _, stays := after[key]; !stays {
			delete(before, key)
		}
	}
}

// unchanged reports whether a value is the one that stood there, without looking
// into objects and arrays.
func unchanged(old, value any) bool {
	switch v := value.(type) {
	case string, bool, float64:
		return old == value
	case nil:
		return old == nil
	case map[string]any:
		return sameMap(old, v)
	}
	return false
}

// settled is the value to store where old stood.
func settled(old any, had bool, value any) any {
	switch v := value.(type) {
	case string:
		return jsvalue.ToUTF8(v)
	case map[string]any:
		if m, ok := old.(map[string]any); had && ok && m != nil {
			writeBack(m, v)
			return m
		}
		return freshCopy(v)
	case []any:
		array, _ := old.([]any)
		if len(array) == len(v) && (len(v) == 0 && array != nil || len(v) > 0 && &array[0] == &v[0]) {
			return old
		}
		if array != nil && sameJSON(array, v) {
			return old // a copy that nobody changed
		}
		fresh := make([]any, len(v))
		for i, element := range v {
			had := i < len(array) && (len(array) == len(v) || sameMap(array[i], element))
			if had {
				fresh[i] = settled(array[i], true, element)
			} else {
				fresh[i] = settled(nil, false, element)
			}
		}
		return fresh
	}
	return value
}

// freshCopy copies an object that the run made, so that the outcome's own tree and
// the caller's never share what is new.
func freshCopy(object map[string]any) map[string]any {
	fresh := make(map[string]any, len(object))
	for key, value := range object {
		fresh[jsvalue.ToUTF8(key)] = settled(nil, false, value)
	}
	return fresh
}

// sameJSON reports whether two values of decoded JSON are equal, Go types included.
func sameJSON(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) || (x == nil) != (y == nil) {
			return false
		}
		for key, value := range x {
			if other, has := y[key]; !has || !sameJSON(value, other) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		return ok && (x == nil) == (y == nil) && slices.EqualFunc(x, y, sameJSON)
	case nil, string, bool, float64:
		return a == b
	}
	return reflect.DeepEqual(a, b)
}

func sameMap(a, b any) bool {
	x, ok := a.(map[string]any)
	y, also := b.(map[string]any)
	return ok && also && jsvalue.SameObject(x, y)
}
