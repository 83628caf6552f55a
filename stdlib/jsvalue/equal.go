package jsvalue

import (
	"math"
	"reflect"
	"unsafe"
)

// StrictEquals is a === b. Objects are equal when they are the same one.
//
// Source: ECMA-262 IsStrictlyEqual.
func StrictEquals(a, b any) (bool, error) {
	switch a := a.(type) {
	case string:
		if b, ok := b.(string); ok {
			return a == b, nil
		}
		return false, Check(b)
	case nil:
		return b == nil, Check(b)
	case undefined:
		return IsUndefined(b), Check(b)
	case bool:
		if b, ok := b.(bool); ok {
			return a == b, nil
		}
		return false, Check(b)
	case float64:
		if b, ok := b.(float64); ok {
			return a == b, nil
		}
		if b, ok := GoNumber(b); ok {
			return a == b, nil
		}
		return false, Check(b)
	}
	if n, ok := GoNumber(a); ok {
		return StrictEquals(n, b)
	}
	if err := Check(a); err != nil {
		return false, err
	}
	if err := Check(b); err != nil || TypeIn(b) != ObjectType {
		return false, err
	}
	return sameObject(a, b)
}

// SameValueZero compares as [StrictEquals] does, but NaN equals itself.
//
// Source: ECMA-262 SameValueZero.
func SameValueZero(a, b any) (bool, error) {
	if x, ok := GoNumber(a); ok && math.IsNaN(x) {
		y, ok := GoNumber(b)
		return ok && math.IsNaN(y), Check(b)
	}
	return StrictEquals(a, b)
}

// LooseEquals is a == b.
//
// Source: ECMA-262 IsLooselyEqual.
func LooseEquals(a, b any) (bool, error) {
	switch {
	case IsNullish(b):
		return IsNullish(a), Check(a)
	case IsNullish(a):
		return false, Check(b)
	}
	s, t := TypeIn(a), TypeIn(b)
	switch {
	case s == NoValue:
		return false, Unknown(a)
	case t == NoValue:
		return false, Unknown(b)
	case s == t:
		return StrictEquals(a, b)
	case s == ObjectType:
		p, err := ToPrimitive(a, HintDefault)
		if err != nil {
			return false, err
		}
		return LooseEquals(p, b)
	case t == ObjectType:
		p, err := ToPrimitive(b, HintDefault)
		if err != nil {
			return false, err
		}
		return LooseEquals(a, p)
	}
	// Two of boolean, number and string: compared as numbers.
	x, err := ToNumber(a)
	if err != nil {
		return false, err
	}
	y, err := ToNumber(b)
	if err != nil || x != y {
		return false, err
	}
	// goja finds some numbers unequal to texts that write them in another way: 1000 == "1e3".
	for _, side := range [...]any{a, b} {
		if s, ok := side.(string); ok && s != "" && s != NumberToString(x) {
			return false, ExitType
		}
	}
	return true, nil
}

// sameObject compares two objects by identity.
func sameObject(a, b any) (bool, error) {
	x, listA := a.([]any)
	y, listB := b.([]any)
	switch {
	case listA && listB:
		return sameArray(x, y)
	case listA:
		if l, ok := b.(*List); ok {
			return aliased(x, l)
		}
		return false, nil
	case listB:
		if l, ok := a.(*List); ok {
			return aliased(y, l)
		}
		return false, nil
	}
	m, mapA := a.(map[string]any)
	n, mapB := b.(map[string]any)
	if mapA && mapB {
		return reflect.ValueOf(m).Pointer() == reflect.ValueOf(n).Pointer(), nil
	}
	if mapA || mapB {
		return false, nil
	}
	return a == b, nil // pointers all
}

// sameArray tells input arrays apart by where their items are; empty ones have no items.
func sameArray(x, y []any) (bool, error) {
	if len(x) == 0 && len(y) == 0 {
		return false, ExitAlias
	}
	if len(x) == 0 || len(y) == 0 || &x[0] != &y[0] {
		return false, nil
	}
	if len(x) != len(y) {
		return false, ExitAlias
	}
	return true, nil
}

// aliased exits when an input array and one of the run may be the same.
func aliased(x []any, l *List) (bool, error) {
	if len(x) == 0 && len(l.Items) == 0 || len(x) > 0 && len(l.Items) > 0 && &x[0] == &l.Items[0] {
		return false, ExitAlias
	}
	return false, nil
}

// Keys of sets and maps that stand for values that Go cannot compare.
type (
	nanKey struct{}
	refKey struct{ at uintptr }
)

// MapKey is a comparable Go value: equal for two values exactly when SameValueZero holds. It
// does not keep an input's object or array alive.
//
// Source: ECMA-262 SameValueZero.
func MapKey(x any) (any, error) {
	switch x := x.(type) {
	case string, bool, nil, undefined, *Object, *List, *Set, *Map:
		return x, nil
	case float64:
		return numberKey(x), nil
	case map[string]any:
		if x == nil {
			return nil, ExitForeign
		}
		return refKey{reflect.ValueOf(x).Pointer()}, nil
	case []any:
		if x == nil {
			return nil, ExitForeign
		}
		if len(x) == 0 {
			return nil, ExitAlias
		}
		return refKey{uintptr(unsafe.Pointer(&x[0]))}, nil
	}
	if n, ok := GoNumber(x); ok {
		return numberKey(n), nil
	}
	if err := Check(x); err != nil {
		return nil, err
	}
	if !reflect.TypeOf(x).Comparable() {
		return nil, ExitType
	}
	return x, nil
}

func numberKey(x float64) any {
	switch {
	case x == 0:
		return 0.0 // not -0
	case x != x:
		return nanKey{}
	}
	return x
}
