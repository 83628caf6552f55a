package ir

import (
	"math"
	"strconv"
	"unicode/utf16"
)

// literalDepth is 0 for a constant, 1 for a list or object of constants, and so on; -1 for
// what is no literal of constants.
func literalDepth(e Expr) int {
	depth := 0
	part := func(x Expr) bool {
		d := literalDepth(x)
		depth = max(depth, d)
		return d >= 0
	}
	switch e := e.(type) {
	case *Const:
		return 0
	case *List:
		for _, item := range e.Items {
			if item.Spread || !part(item.X) {
				return -1
			}
		}
	case *Object:
		for _, f := range e.Fields {
			if _, ok := f.Key.(*Const); !ok || !part(f.Value) {
				return -1
			}
		}
	default:
		return -1
	}
	return depth + 1
}

// Part is what stands at a key of a literal; nil when the literal itself does not tell.
func Part(literal Expr, key any) Expr {
	number := func(n int) Expr { return &Const{At: literal.Span(), Value: float64(n)} }
	switch e := literal.(type) {
	case *Const:
		if s, ok := e.Value.(string); ok && key == "length" {
			return number(len(utf16.Encode([]rune(s))))
		}
	case *List:
		for _, item := range e.Items {
			if item.Spread {
				return nil
			}
		}
		if key == "length" {
			return number(len(e.Items))
		}
		n, ok := key.(float64)
		if ok && n >= 0 && n < float64(len(e.Items)) && n == math.Trunc(n) {
			return e.Items[int(n)].X
		}
	case *Object:
		return property(e, key)
	}
	return nil
}

// property is the value of an own property; nil where that is not plain.
func property(e *Object, key any) Expr {
	name, ok := propertyName(key)
	if !ok || name == "__proto__" {
		return nil
	}
	var found Expr
	for _, field := range e.Fields {
		c, ok := field.Key.(*Const)
		if !ok {
			return nil
		}
		switch of, ok := propertyName(c.Value); {
		case !ok || of == "__proto__":
			return nil
		case of == name:
			found = field.Value
		}
	}
	return found
}

// propertyName is the property that a constant key stands for.
func propertyName(key any) (string, bool) {
	switch key := key.(type) {
	case string:
		return key, true
	case float64:
		if key == math.Trunc(key) && key >= 0 && key < 1<<53 {
			return strconv.FormatFloat(key, 'f', -1, 64), true
		}
	}
	return "", false
}
