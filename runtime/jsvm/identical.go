package jsvm

import (
	"math"
	"reflect"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// identical reports whether two Go values are the same one: the same map or slice,
// or equal primitives of one type; 0 and -0 are two.
func identical(a, b any) bool {
	switch x := a.(type) {
	case nil:
		return b == nil
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && reflect.ValueOf(x).Pointer() == reflect.ValueOf(y).Pointer()
	case []any:
		y, ok := b.([]any)
		return ok && len(x) == len(y) && (x == nil) == (y == nil) && (len(x) == 0 || &x[0] == &y[0])
	case float64:
		y, ok := b.(float64)
		return ok && x == y && math.Signbit(x) == math.Signbit(y)
	case string, bool, int, int64:
		return a == b
	}
	if b == nil || reflect.TypeOf(a) != reflect.TypeOf(b) {
		return false
	}
	return reflect.DeepEqual(a, b)
}

// orSameTree is before when it is a Go value of another kind that reads as the
// same JSON as made ([]string, a struct, …), else made.
func orSameTree(before, made any) any {
	switch before.(type) {
	case nil, map[string]any, []any, string, bool, float64, int, int64:
		return made
	}
	tree, _, err := jsondoc.FromGo(before)
	if err == nil && reflect.DeepEqual(tree, made) {
		return before
	}
	return made
}
