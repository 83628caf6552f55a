package jsvalue

import (
	"math"
	"strings"
)

// MaxText is the largest string that a function makes, in bytes.
const MaxText = 16 << 20

// maxNesting is how deep values are read; a cycle is deeper.
const maxNesting = 500

// Hint says what a primitive is wanted for.
type Hint uint8

// The hints of ToPrimitive.
const (
	HintDefault Hint = iota
	HintNumber
	HintString
)

// ToPrimitive is the primitive value of x: x itself unless it is an object. An object with an
// own toString or valueOf exits.
//
// Source: ECMA-262 ToPrimitive.
func ToPrimitive(x any, hint Hint) (any, error) {
	switch x := x.(type) {
	case string, float64, bool, nil, undefined:
		return x, nil
	case Opaque:
		if n, ok := x.(Numeric); ok && hint == HintNumber {
			return number(n)
		}
	}
	if n, ok := GoNumber(x); ok {
		return n, nil
	}
	s, err := textOf(x, 0)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func number(n Numeric) (any, error) {
	x, err := n.Number()
	if err != nil {
		return nil, err
	}
	return x, nil
}

// ToString is the text of a value.
//
//	ToString([]any{1.0, nil, []any{"a"}}) // "1,,a"
//
// Source: ECMA-262 ToString.
func ToString(x any) (string, error) {
	if s, ok := x.(string); ok {
		return s, nil
	}
	return textOf(x, 0)
}

func textOf(x any, depth int) (string, error) {
	switch x := x.(type) {
	case string:
		return x, nil
	case nil:
		return "null", nil
	case undefined:
		return "undefined", nil
	case bool:
		if x {
			return "true", nil
		}
		return "false", nil
	case float64:
		return NumberToString(x), nil
	case []any:
		if x == nil {
			return "", ExitForeign
		}
		return join(x, ",", depth)
	case *List:
		return join(x.Items, ",", depth)
	case map[string]any:
		if x == nil {
			return "", ExitForeign
		}
		return "[object Object]", plainText(x)
	case *Object:
		return "[object Object]", plainText(x.Values)
	case *Set:
		return "[object Set]", nil
	case *Map:
		return "[object Map]", nil
	case Opaque:
		return x.Text()
	}
	if n, ok := GoNumber(x); ok {
		return NumberToString(n), nil
	}
	return "", Unknown(x)
}

// plainText exits for an object whose text is not Object.prototype.toString's.
func plainText(values map[string]any) error {
	if _, own := values["toString"]; own {
		return ExitPrototype
	}
	if _, own := values["valueOf"]; own {
		return ExitPrototype
	}
	if _, own := values["__proto__"]; own {
		return ExitPrototype
	}
	return nil
}

// Join joins the texts of items; null and undefined have none.
//
// Source: ECMA-262 Array.prototype.join.
func Join(items []any, separator string) (string, error) { return join(items, separator, 0) }

func join(items []any, separator string, depth int) (string, error) {
	if depth > maxNesting {
		return "", ExitSize
	}
	switch len(items) {
	case 0:
		return "", nil
	case 1:
		return joined(items[0], depth)
	}
	var b strings.Builder
	for i, item := range items {
		if i > 0 {
			b.WriteString(separator)
		}
		s, err := joined(item, depth)
		if err != nil {
			return "", err
		}
		if b.Len()+len(s) > MaxText {
			return "", ExitSize
		}
		b.WriteString(s)
	}
	return paired(b.String())
}

func joined(item any, depth int) (string, error) {
	if IsNullish(item) {
		return "", nil
	}
	return textOf(item, depth+1)
}

// paired exits for a string that two halves of a surrogate pair may have been brought together in.
func paired(s string) (string, error) {
	if HasLoneSurrogate(s) {
		return "", ExitSurrogate
	}
	return s, nil
}

// Concat is the string a + b.
func Concat(a, b string) (string, error) {
	switch {
	case a == "":
		return b, nil
	case b == "":
		return a, nil
	case len(a)+len(b) > MaxText:
		return "", ExitSize
	}
	if _, lone := LoneSurrogate(b); lone {
		return "", ExitSurrogate
	}
	return a + b, nil
}

// ToNumber is the number of a value.
//
//	ToNumber(" 0x1F ") // 31
//	ToNumber(nil)      // 0
//	ToNumber([]any{5}) // 5
//
// Source: ECMA-262 ToNumber.
func ToNumber(x any) (float64, error) {
	switch x := x.(type) {
	case float64:
		return x, nil
	case string:
		return numberOf(x)
	case nil:
		return 0, nil
	case undefined:
		return math.NaN(), nil
	case bool:
		if x {
			return 1, nil
		}
		return 0, nil
	case Numeric:
		return x.Number()
	}
	if n, ok := GoNumber(x); ok {
		return n, nil
	}
	s, err := textOf(x, 0)
	if err != nil {
		return 0, err
	}
	return numberOf(s)
}

// numberOf is [StringToNumber]. It exits where goja reads a text in another way: a number among
// white space that is not ASCII, 0x-1, and -00.
func numberOf(s string) (float64, error) {
	n := StringToNumber(s)
	switch {
	case n != n:
		if s = TrimStart(s); len(s) > 2 && s[0] == '0' && (s[2] == '-' || s[2] == '+') {
			return 0, ExitType
		}
	case !ASCII(s), n == 0 && math.Signbit(n) && strings.TrimSpace(s) != "-0":
		return 0, ExitType
	}
	return n, nil
}

// ToInteger is the number of a value without its fraction; NaN is 0. The infinities stay. Texts
// of numbers from 2^53 on, and the text NaN, exit: goja reads them differently.
//
// Source: ECMA-262 ToIntegerOrInfinity.
func ToInteger(x any) (float64, error) {
	n, err := ToNumber(x)
	if err != nil {
		return 0, err
	}
	if _, primitive := GoNumber(x); !primitive && (math.Abs(n) >= 1<<53 || n != n && !IsUndefined(x)) {
		if s, err := ToString(x); err != nil || n == n || strings.EqualFold(strings.TrimSpace(s), "NaN") {
			return 0, ExitType
		}
	}
	if n != n {
		return 0, nil
	}
	return math.Trunc(n) + 0, nil // + 0: not -0
}

// ToUint32 is the number of a value modulo 2^32. Numbers from 2^63 on exit: goja makes 0 of them.
//
// Source: ECMA-262 ToUint32.
func ToUint32(x any) (uint32, error) {
	n, err := ToNumber(x)
	if err != nil {
		return 0, err
	}
	if i := int64(n); float64(i) == n {
		return uint32(i), nil
	}
	if n != n || math.IsInf(n, 0) {
		return 0, nil
	}
	if math.Abs(n) >= 1<<63 {
		return 0, ExitType
	}
	n = math.Mod(math.Trunc(n), 1<<32)
	if n < 0 {
		n += 1 << 32
	}
	return uint32(n), nil
}

// ToInt32 is [ToUint32] as a signed number.
//
// Source: ECMA-262 ToInt32.
func ToInt32(x any) (int32, error) {
	n, err := ToUint32(x)
	return int32(n), err
}

// Add is a + b: of strings, of numbers, or of what objects become.
//
// Source: ECMA-262 ApplyStringOrNumericBinaryOperator.
func Add(a, b any) (any, error) {
	if x, ok := a.(float64); ok {
		if y, ok := b.(float64); ok {
			return x + y, nil
		}
	}
	p, err := ToPrimitive(a, HintDefault)
	if err != nil {
		return nil, err
	}
	q, err := ToPrimitive(b, HintDefault)
	if err != nil {
		return nil, err
	}
	s, text := p.(string)
	t, textToo := q.(string)
	if text || textToo {
		if !text {
			if s, err = ToString(p); err != nil {
				return nil, err
			}
		}
		if !textToo {
			if t, err = ToString(q); err != nil {
				return nil, err
			}
		}
		sum, err := Concat(s, t)
		if err != nil {
			return nil, err
		}
		return sum, nil
	}
	x, err := ToNumber(p)
	if err != nil {
		return nil, err
	}
	y, err := ToNumber(q)
	if err != nil {
		return nil, err
	}
	return x + y, nil
}
