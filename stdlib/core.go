package stdlib

import (
	"math"
	"strings"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// coreFunctions are the operators and conversions.
var coreFunctions = []Function{
	{Name: "truthy", Min: 1, Max: 1, Result: Bool, Impl: Truthy, Doc: `truthy("") // false`},
	{Name: "String", Min: 1, Max: 1, Result: String, Impl: Text, Doc: `String(1.5) // "1.5"`},
	{Name: "Number", Min: 1, Max: 1, Result: Number, Impl: ToNumber, Doc: `Number("0x10") // 16`},
	{Name: "typeof", Min: 1, Max: 1, Result: String, Impl: TypeOf, Doc: `typeof(null) // "object"`},
	{Name: "get", Min: 2, Max: 2, Impl: Get, Doc: `get(user, "email") // user["email"]`},
	{Name: "has", Min: 2, Max: 2, Result: Bool, Impl: Has, Doc: `has(user, "email") // "email" in user`},
	{Name: "hasOwn", Min: 2, Max: 2, Result: Bool, Impl: HasOwn, Doc: `hasOwn(user, "email") // user.hasOwnProperty("email")`},
	{Name: "isNullish", Min: 1, Max: 1, Result: Bool, Impl: IsNullish, Doc: `isNullish(undefined) // true`},
	{Name: "isArray", Min: 1, Max: 1, Result: Bool, Impl: IsArray, Doc: `isArray([]) // true`},
	{Name: "text", Min: 0, Max: -1, Result: String, Impl: Template, Doc: "text(\"a\", 1) // `a${1}`"},
	{Name: "add", Min: 2, Max: 2, Impl: Add, Doc: `add("a", 1) // "a1"`},
	{Name: "sub", Min: 2, Max: 2, Result: Number, Impl: Sub, Doc: `sub(3, "1") // 2`},
	{Name: "mul", Min: 2, Max: 2, Result: Number, Impl: Mul, Doc: `mul(3, 2) // 6`},
	{Name: "div", Min: 2, Max: 2, Result: Number, Impl: Div, Doc: `div(1, 0) // Infinity`},
	{Name: "mod", Min: 2, Max: 2, Result: Number, Impl: Mod, Doc: `mod(-5, 3) // -2`},
	{Name: "pow", Min: 2, Max: 2, Result: Number, Impl: Pow, Doc: `pow(2, 10) // 1024`},
	{Name: "neg", Min: 1, Max: 1, Result: Number, Impl: Neg, Doc: `neg("2") // -2`},
	{Name: "same", Min: 2, Max: 2, Result: Bool, Impl: Same, Doc: `same(1, "1") // false: ===`},
	{Name: "equal", Min: 2, Max: 2, Result: Bool, Impl: Equal, Doc: `equal(1, "1") // true: ==`},
	{Name: "less", Min: 2, Max: 2, Result: Bool, Impl: Less, Doc: `less("10", "9") // true`},
	{Name: "lessEq", Min: 2, Max: 2, Result: Bool, Impl: LessEq, Doc: `lessEq(1, 1) // true`},
	{Name: "greater", Min: 2, Max: 2, Result: Bool, Impl: Greater, Doc: `greater("10", 9) // true`},
	{Name: "greaterEq", Min: 2, Max: 2, Result: Bool, Impl: GreaterEq, Doc: `greaterEq(undefined, 0) // false`},
	{Name: "bitAnd", Min: 2, Max: 2, Result: Number, Impl: BitAnd, Doc: `bitAnd(6, 3) // 2`},
	{Name: "bitOr", Min: 2, Max: 2, Result: Number, Impl: BitOr, Doc: `bitOr(1.9, 0) // 1`},
	{Name: "bitXor", Min: 2, Max: 2, Result: Number, Impl: BitXor, Doc: `bitXor(6, 3) // 5`},
	{Name: "bitNot", Min: 1, Max: 1, Result: Number, Impl: BitNot, Doc: `bitNot(-1) // 0`},
	{Name: "shl", Min: 2, Max: 2, Result: Number, Impl: ShiftLeft, Doc: `shl(1, 4) // 16`},
	{Name: "shr", Min: 2, Max: 2, Result: Number, Impl: ShiftRight, Doc: `shr(-8, 1) // -4`},
	{Name: "ushr", Min: 2, Max: 2, Result: Number, Impl: ShiftRightUnsigned, Doc: `ushr(-1, 0) // 4294967295`},
}

// Truthy judges a value as a condition does.
//
//	truthy(x) -> bool
//	truthy([])  // true
//	truthy(NaN) // false
//
// Source: ECMA-262 ToBoolean. Engines: expr, cel.
func Truthy(x any) (bool, error) { return jsvalue.ToBoolean(x) }

// Text is String(x).
//
//	String(x) -> string
//	String(null)       // "null"
//	String([1, [2]])   // "1,2"
//	String(1e21)       // "1e+21"
//
// Source: ECMA-262 ToString. Engines: expr, cel.
func Text(x any) (string, error) { return jsvalue.ToString(x) }

// ToNumber is Number(x).
//
//	Number(x) -> number
//	Number("")        // 0
//	Number(undefined) // NaN
//
// Source: ECMA-262 ToNumber. Engines: expr, cel.
func ToNumber(x any) (float64, error) { return jsvalue.ToNumber(x) }

// TypeOf is typeof x.
//
//	typeof(x) -> string
//	typeof([]) // "object"
//
// Source: ECMA-262 typeof. Engines: expr, cel.
func TypeOf(x any) (string, error) { return jsvalue.TypeOf(x) }

// Get reads a property.
//
//	get(o, key) -> any
//	get({a: 1}, "b")  // undefined
//	get(["x"], 0)     // "x"
//	get(null, "a")    // error: a rule would throw TypeError here
//
// Source: ECMA-262 GetV. Engines: expr, cel.
func Get(o, key any) (any, error) { return jsvalue.Get(o, key) }

// Has is key in o.
//
//	has(o, key) -> bool
//	has({a: undefined}, "a") // true
//	has("text", "length")    // error: a rule would throw TypeError here
//
// Source: ECMA-262 HasProperty. Engines: expr, cel.
func Has(o, key any) (bool, error) { return jsvalue.HasProperty(o, key) }

// HasOwn is o.hasOwnProperty(key) and Object.hasOwn(o, key). An object with an own hasOwnProperty exits.
//
//	hasOwn(o, key) -> bool
//	hasOwn({a: 1}, "a")        // true
//	hasOwn({a: 1}, "toString") // false
//
// Source: ECMA-262 Object.prototype.hasOwnProperty. Engines: expr, cel.
func HasOwn(o, key any) (bool, error) {
	if values, ok := jsvalue.AsObject(o); ok {
		if _, own := values["hasOwnProperty"]; own {
			return false, jsvalue.ExitPrototype
		}
	}
	return jsvalue.HasOwn(o, key)
}

// IsNullish reports whether x is null or undefined.
//
//	isNullish(x) -> bool
//	isNullish(0) // false
//
// Source: ECMA-262 CoalesceExpression. Engines: expr, cel.
func IsNullish(x any) (bool, error) {
	if jsvalue.IsNullish(x) {
		return true, nil
	}
	return false, jsvalue.Check(x)
}

// IsArray is Array.isArray(x).
//
//	isArray(x) -> bool
//	isArray({length: 0}) // false
//
// Source: ECMA-262 Array.isArray. Engines: expr, cel.
func IsArray(x any) (bool, error) {
	if _, ok := jsvalue.AsList(x); ok {
		return true, nil
	}
	return false, jsvalue.Check(x)
}

// Template is a template literal: the texts of its parts, joined.
//
//	text(parts...) -> string
//	text("Hi ", null) // "Hi null"
//
// Source: ECMA-262 TemplateLiteral. Engines: expr, cel.
func Template(parts ...any) (string, error) {
	var b strings.Builder
	for _, part := range parts {
		s, err := jsvalue.ToString(part)
		if err != nil {
			return "", err
		}
		if _, lone := jsvalue.LoneSurrogate(s); lone {
			return "", jsvalue.ExitSurrogate
		}
		if b.Len()+len(s) > jsvalue.MaxText {
			return "", jsvalue.ExitSize
		}
		b.WriteString(s)
	}
	return b.String(), nil
}

// Add is a + b.
//
//	add(a, b) -> any
//	add(1, 2)    // 3
//	add(1, "2")  // "12"
//	add([], {})  // "[object Object]"
//
// Source: ECMA-262 ApplyStringOrNumericBinaryOperator. Engines: expr, cel.
func Add(a, b any) (any, error) { return jsvalue.Add(a, b) }

// numbers reads both operands.
func numbers(a, b any) (x, y float64, err error) {
	if x, err = jsvalue.ToNumber(a); err == nil {
		y, err = jsvalue.ToNumber(b)
	}
	return x, y, err
}

// Sub is a - b.
//
//	sub(a, b) -> number
//	sub("3", true) // 2
//
// Source: ECMA-262 Number::subtract. Engines: expr, cel.
func Sub(a, b any) (float64, error) {
	x, y, err := numbers(a, b)
	return x - y, err
}

// Mul is a * b. A product of -0 exits: goja makes it 0.
//
//	mul(a, b) -> number
//	mul("3", 2) // 6
//
// Source: ECMA-262 Number::multiply. Engines: expr, cel.
func Mul(a, b any) (float64, error) {
	x, y, err := numbers(a, b)
	product := x * y
	if err == nil && product == 0 && math.Signbit(product) {
		return 0, jsvalue.ExitType
	}
	return product, err
}

// Div is a / b.
//
//	div(a, b) -> number
//	div(0, 0) // NaN
//
// Source: ECMA-262 Number::divide. Engines: expr, cel.
func Div(a, b any) (float64, error) {
	x, y, err := numbers(a, b)
	return x / y, err
}

// Mod is a % b: the sign is that of a.
//
//	mod(a, b) -> number
//	mod(-1, 1) // -0
//
// Source: ECMA-262 Number::remainder. Engines: expr, cel.
func Mod(a, b any) (float64, error) {
	x, y, err := numbers(a, b)
	return math.Mod(x, y), err
}

// Neg is -x.
//
//	neg(x) -> number
//	neg("") // -0
//
// Source: ECMA-262 Number::unaryMinus. Engines: expr, cel.
func Neg(x any) (float64, error) {
	n, err := jsvalue.ToNumber(x)
	return -n, err
}

// Same is a === b.
//
//	same(a, b) -> bool
//	same(NaN, NaN) // false
//
// Source: ECMA-262 IsStrictlyEqual. Engines: expr, cel.
func Same(a, b any) (bool, error) { return jsvalue.StrictEquals(a, b) }

// Equal is a == b.
//
//	equal(a, b) -> bool
//	equal(null, undefined) // true
//	equal([1], 1)          // true
//
// Source: ECMA-262 IsLooselyEqual. Engines: expr, cel.
func Equal(a, b any) (bool, error) { return jsvalue.LooseEquals(a, b) }

// Less is a < b.
//
//	less(a, b) -> bool
//	less("a", "b") // true
//	less(NaN, 1)   // false
//
// Source: ECMA-262 IsLessThan. Engines: expr, cel.
func Less(a, b any) (bool, error) {
	order, err := jsvalue.Compare(a, b)
	return err == nil && order == jsvalue.Lesser, err
}

// LessEq is a <= b.
//
//	lessEq(a, b) -> bool
//	lessEq(null, 0) // true
//
// Source: ECMA-262 IsLessThan. Engines: expr, cel.
func LessEq(a, b any) (bool, error) {
	order, err := jsvalue.Compare(a, b)
	return err == nil && order <= jsvalue.Same, err
}

// Greater is a > b.
//
//	greater(a, b) -> bool
//	greater("b", "a") // true
//
// Source: ECMA-262 IsLessThan. Engines: expr, cel.
func Greater(a, b any) (bool, error) {
	order, err := jsvalue.Compare(a, b)
	return err == nil && order == jsvalue.Greater, err
}

// GreaterEq is a >= b.
//
//	greaterEq(a, b) -> bool
//	greaterEq("2", 2) // true
//
// Source: ECMA-262 IsLessThan. Engines: expr, cel.
func GreaterEq(a, b any) (bool, error) {
	order, err := jsvalue.Compare(a, b)
	return err == nil && (order == jsvalue.Greater || order == jsvalue.Same), err
}
