package stdlib

import (
	"math"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// mathFunctions are Math's. Where the last bit of an answer depends on the engine's
// library, only arguments with an exact answer are covered.
var mathFunctions = []Function{
	mathFunction("floor", "floor(-1.5) // -2", math.Floor),
	mathFunction("ceil", "ceil(-0.5) // -0", math.Ceil),
	mathFunction("round", "round(-1.5) // -1", round),
	mathFunction("trunc", "trunc(-1.5) // -1", math.Trunc),
	mathFunction("abs", "abs(-1) // 1", math.Abs),
	{Name: "sign", Min: 1, Max: 1, Result: Number, Impl: Sign, Doc: "sign(-3) // -1; what is no number exits"},
	mathFunction("sqrt", "sqrt(2) // 1.4142135623730951", math.Sqrt),
	exactFunction("cbrt", "cbrt(27) // 3; other than cubes of integers exits", cbrt),
	exactFunction("log", "log(1) // 0; other than 0, 1, negative and infinite exits", log),
	exactFunction("log2", "log2(8) // 3; other than powers of two exits", log2),
	exactFunction("log10", "log10(1000) // 3; other than powers of ten exits", log10),
	exactFunction("exp", "exp(0) // 1; other than 0 and infinite exits", exp),
	{Name: "min", Min: 0, Max: -1, Result: Number, Impl: Min, Doc: "min(2, 1) // 1"},
	{Name: "max", Min: 0, Max: -1, Result: Number, Impl: Max, Doc: "max() // -Infinity"},
	{Name: "hypot", Min: 0, Max: -1, Result: Number, Impl: Hypot, Doc: "hypot(0, -3) // 3; two numbers other than 0 exit"},
}

// mathFunction makes an entry of a function that Go computes exactly as JavaScript.
func mathFunction(name, doc string, f func(float64) float64) Function {
	return Function{Name: name, Min: 1, Max: 1, Result: Number, Doc: doc, Impl: func(x any) (float64, error) {
		n, err := jsvalue.ToNumber(x)
		return f(n), err
	}}
}

// exactFunction makes an entry of a function that has an exact answer for some arguments.
func exactFunction(name, doc string, f func(float64) (float64, bool)) Function {
	return Function{Name: name, Min: 1, Max: 1, Result: Number, Doc: doc, Impl: func(x any) (float64, error) {
		n, err := jsvalue.ToNumber(x)
		if err != nil {
			return 0, err
		}
		y, exact := f(n)
		if !exact {
			return 0, jsvalue.ExitType
		}
		return y, nil
	}}
}

// round rounds halves up.
//
// Source: ECMA-262 Math.round.
func round(x float64) float64 {
	below := math.Floor(x)
	if x-below >= 0.5 {
		below++
	}
	return math.Copysign(below, x)
}

// Sign is 1, -1 or the zero or NaN that x is. It is covered for numbers only: goja answers
// everything else as it is.
//
//	sign(x) -> number
//	sign(-0) // -0
//
// Source: ECMA-262 Math.sign. Engines: expr, cel.
func Sign(x any) (float64, error) {
	n, err := number(x)
	switch {
	case n > 0:
		return 1, err
	case n < 0:
		return -1, err
	}
	return n, err
}

func cbrt(x float64) (float64, bool) {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x, true
	}
	root := math.Round(math.Cbrt(x))
	return root, math.Abs(x) < 1<<53 && root*root*root == x
}

func log(x float64) (float64, bool) {
	switch {
	case x == 1:
		return 0, true
	case x == 0:
		return math.Inf(-1), true
	case x < 0 || math.IsNaN(x):
		return math.NaN(), true
	}
	return x, math.IsInf(x, 1)
}

func log2(x float64) (float64, bool) {
	if y, ok := log(x); ok {
		return y, true
	}
	fraction, exponent := math.Frexp(x)
	return float64(exponent - 1), fraction == 0.5
}

func log10(x float64) (float64, bool) {
	if y, ok := log(x); ok {
		return y, true
	}
	power := 10.0
	for n := 1.0; n <= 22; n++ {
		if x == power {
			return n, true
		}
		power *= 10
	}
	return 0, false
}

func exp(x float64) (float64, bool) {
	switch {
	case x == 0:
		return 1, true
	case math.IsInf(x, -1):
		return 0, true
	}
	return x, math.IsNaN(x) || math.IsInf(x, 1)
}

// Min is the least of its arguments as numbers, Infinity of none.
//
//	min(values...) -> number
//	min(0, -0)    // -0
//	min(1, "x")   // NaN
//
// Source: ECMA-262 Math.min. Engines: expr, cel.
func Min(values ...any) (float64, error) { return extreme(values, math.Inf(1), math.Min) }

// Max is the greatest of its arguments as numbers, -Infinity of none.
//
//	max(values...) -> number
//	max(1, "2") // 2
//
// Source: ECMA-262 Math.max. Engines: expr, cel.
func Max(values ...any) (float64, error) { return extreme(values, math.Inf(-1), math.Max) }

func extreme(values []any, most float64, f func(x, y float64) float64) (float64, error) {
	invalid := false
	for _, value := range values {
		n, err := jsvalue.ToNumber(value)
		if err != nil {
			return 0, err
		}
		invalid = invalid || n != n
		most = f(most, n)
	}
	if invalid {
		return math.NaN(), nil // Go's Max(Inf, NaN) is Inf
	}
	return most, nil
}

// Hypot is the root of the sum of squares. It is covered where that needs no rounding.
//
//	hypot(values...) -> number
//	hypot(0, -3) // 3
//	hypot(3, 4)  // error: engines may differ in the last bit
//
// Source: ECMA-262 Math.hypot. Engines: expr, cel.
func Hypot(values ...any) (float64, error) {
	sum, several, infinite, invalid := 0.0, 0, false, false
	for _, value := range values {
		n, err := jsvalue.ToNumber(value)
		if err != nil {
			return 0, err
		}
		infinite = infinite || math.IsInf(n, 0)
		invalid = invalid || n != n
		if n != 0 {
			several++
			sum = math.Abs(n)
		}
	}
	switch {
	case infinite:
		return math.Inf(1), nil
	case invalid:
		return math.NaN(), nil
	case several > 1:
		return 0, jsvalue.ExitType
	}
	return sum, nil
}

// Pow is a ** b and Math.pow(a, b). It is covered where the answer is an integer up to
// 2^53, or one that the rules fix.
//
//	pow(a, b) -> number
//	pow(2, 10)       // 1024
//	pow(1, Infinity) // NaN
//	pow(2, 0.5)      // error: engines may differ in the last bit
//
// Source: ECMA-262 Number::exponentiate. Engines: expr, cel.
func Pow(a, b any) (float64, error) {
	x, y, err := numbers(a, b)
	if err != nil {
		return 0, err
	}
	switch {
	case y != y:
		return math.NaN(), nil
	case y == 0:
		return 1, nil
	case x != x:
		return math.NaN(), nil
	case math.IsInf(y, 0) && math.Abs(x) == 1:
		return math.NaN(), nil
	case x == 0 || math.IsInf(x, 0) || math.IsInf(y, 0) || y == 1:
		return math.Pow(x, y), nil
	case x != math.Trunc(x) || y != math.Trunc(y) || y < 0:
		return 0, jsvalue.ExitType
	case x == 1:
		return 1, nil
	case x == -1:
		return 1 - 2*math.Mod(y, 2), nil
	case y > 53:
		return 0, jsvalue.ExitType
	}
	power := 1.0
	for range int(y) {
		if power *= x; math.Abs(power) > 1<<53 {
			return 0, jsvalue.ExitType
		}
	}
	return power, nil
}
