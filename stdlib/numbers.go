package stdlib

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// numberFunctions are Number's functions and methods; toString is every type's.
var numberFunctions = []Function{
	{Name: "toString", Min: 1, Max: 2, Result: String, Impl: ToString, Doc: `toString(255, 16) // "ff"`},
	{Name: "toFixed", Min: 1, Max: 2, Result: String, Impl: ToFixed, Doc: `toFixed(2.345, 2) // "2.35"`},
	{Name: "toPrecision", Min: 1, Max: 2, Result: String, Impl: ToPrecision, Doc: `toPrecision(1234.5, 2) // "1.2e+3"`},
	{Name: "parseInt", Min: 1, Max: 2, Result: Number, Impl: ParseInt, Doc: `parseInt("12px") // 12`},
	{Name: "parseFloat", Min: 1, Max: 1, Result: Number, Impl: ParseFloat, Doc: `parseFloat("1.5em") // 1.5`},
	{Name: "isNaN", Min: 1, Max: 1, Result: Bool, Impl: IsNaN, Doc: `isNaN("x") // true`},
	{Name: "isFinite", Min: 1, Max: 1, Result: Bool, Impl: IsFinite, Doc: `isFinite("1") // true`},
	{Name: "isInteger", Min: 1, Max: 1, Result: Bool, Impl: IsInteger, Doc: `isInteger("1") // false: Number.isInteger`},
	{Name: "isSafeInteger", Min: 1, Max: 1, Result: Bool, Impl: IsSafeInteger, Doc: `isSafeInteger(9007199254740992) // false`},
	{Name: "numberIsNaN", Min: 1, Max: 1, Result: Bool, Impl: NumberIsNaN, Doc: `numberIsNaN("x") // false: Number.isNaN`},
	{Name: "numberIsFinite", Min: 1, Max: 1, Result: Bool, Impl: NumberIsFinite, Doc: `numberIsFinite("1") // false: Number.isFinite`},
}

// ToString is x.toString(radix); the radix counts for numbers only.
//
//	toString(x, radix) -> string
//	toString([1, [2]])  // "1,2"
//	toString(null)      // error: a rule would throw TypeError here
//	toString(0.1, 2)    // error: fractions are covered in base 10 only
//
// Source: ECMA-262 Number.prototype.toString and the other types'. Engines: expr, cel.
func ToString(x, radix any) (string, error) {
	n, ok := jsvalue.GoNumber(x)
	if !ok {
		if jsvalue.IsNullish(x) {
			return "", jsvalue.ExitNullish
		}
		if err := jsvalue.Check(radix); err != nil {
			return "", err
		}
		return jsvalue.ToString(x)
	}
	base := 10.0
	if !jsvalue.IsUndefined(radix) {
		var err error
		if base, err = jsvalue.ToInteger(radix); err != nil {
			return "", err
		}
	}
	switch {
	case base < 2 || base > 36:
		return "", jsvalue.ExitThrow
	case base == 10 || n != n || math.IsInf(n, 0):
		return jsvalue.NumberToString(n), nil
	case n != math.Trunc(n) || math.Abs(n) > 1<<53:
		return "", jsvalue.ExitType
	}
	return strconv.FormatInt(int64(n), int(base)), nil
}

// number is the receiver of a number's method.
func number(x any) (float64, error) {
	if n, ok := jsvalue.GoNumber(x); ok {
		return n, nil
	}
	return 0, jsvalue.NotOf(x)
}

// ToFixed writes a number with that many digits behind the point. It rounds the exact value of the
// number, halves away from zero.
//
//	toFixed(x, digits) -> string
//	toFixed(1.005, 2) // "1.00"
//	toFixed(2.5)      // "3"
//
// Source: ECMA-262 Number.prototype.toFixed. Engines: expr, cel.
func ToFixed(x, digits any) (string, error) {
	n, err := number(x)
	if err != nil {
		return "", err
	}
	places, err := jsvalue.ToInteger(digits)
	switch {
	case err != nil:
		return "", err
	case places < 0 || places > 100:
		return "", jsvalue.ExitThrow
	case n != n || math.Abs(n) >= 1e21:
		return jsvalue.NumberToString(n), nil
	}
	minus := ""
	if n < 0 {
		minus = "-"
	}
	abs := math.Abs(n)
	text := strconv.FormatFloat(abs, 'f', int(places), 64)
	if half := strconv.FormatFloat(abs, 'f', int(places)+1, 64); isExact(half, abs) && strings.HasSuffix(half, "5") {
		text = roundedUp(half[:len(half)-1])
	}
	return minus + text, nil
}

// isExact reports whether a decimal text is the very value of a number.
func isExact(text string, x float64) bool {
	value, ok := new(big.Rat).SetString(text)
	return ok && value.Cmp(new(big.Rat).SetFloat64(x)) == 0
}

// roundedUp adds one to the last digit of a decimal text; a point at its end goes.
func roundedUp(text string) string {
	text = strings.TrimSuffix(text, ".")
	digits := []byte(text)
	for i := len(digits) - 1; i >= 0; i-- {
		switch {
		case digits[i] == '.':
			continue
		case digits[i] < '9':
			digits[i]++
			return string(digits)
		}
		digits[i] = '0'
	}
	return "1" + string(digits)
}

// ToPrecision writes a number with that many significant digits. One that is rounded up to the
// next power of ten exits: goja loses its first digit.
//
//	toPrecision(x, digits) -> string
//	toPrecision(0.000001234, 2) // "0.0000012"
//	toPrecision(1.25, 2)        // "1.3"
//
// Source: ECMA-262 Number.prototype.toPrecision. Engines: expr, cel.
func ToPrecision(x, digits any) (string, error) {
	n, err := number(x)
	if err != nil {
		return "", err
	}
	if jsvalue.IsUndefined(digits) {
		return jsvalue.NumberToString(n), nil
	}
	precision, err := jsvalue.ToInteger(digits)
	switch {
	case err != nil:
		return "", err
	case n != n || math.IsInf(n, 0):
		return jsvalue.NumberToString(n), nil
	case precision < 1 || precision > 100:
		return "", jsvalue.ExitThrow
	}
	minus := ""
	if n < 0 {
		minus = "-"
	}
	text, exponent := precise(math.Abs(n), int(precision))
	if _, exact := scientific(math.Abs(n), 17); exponent != exact {
		return "", jsvalue.ExitType
	}
	return minus + text, nil
}

func precise(x float64, precision int) (text string, exponent int) {
	mantissa, exponent := scientific(x, precision)
	if half, e := scientific(x, precision+1); strings.HasSuffix(half, "5") && isExact(half+"e"+strconv.Itoa(e), x) {
		mantissa, exponent = roundedUp(half[:len(half)-1]), e
		if strings.HasPrefix(mantissa, "10") { // 9.9 became 10.0
			mantissa, exponent = "1"+strings.Replace(mantissa[2:], ".", "", 1), e+1
			mantissa = strings.TrimSuffix(mantissa[:1]+"."+mantissa[1:], ".")
		}
	}
	digits := strings.Replace(mantissa, ".", "", 1)
	switch {
	case exponent < -6 || exponent >= precision:
		sign := "+"
		if exponent < 0 {
			sign = "" // it is the number's
		}
		return mantissa + "e" + sign + strconv.Itoa(exponent), exponent
	case exponent == precision-1:
		return digits, exponent
	case exponent >= 0:
		return digits[:exponent+1] + "." + digits[exponent+1:], exponent
	}
	return "0." + strings.Repeat("0", -exponent-1) + digits, exponent
}

// scientific is a number's mantissa with that many digits, and its exponent.
func scientific(x float64, precision int) (mantissa string, exponent int) {
	mantissa, e, _ := strings.Cut(strconv.FormatFloat(x, 'e', precision-1, 64), "e")
	exponent, _ = strconv.Atoi(e)
	return mantissa, exponent
}

// ParseInt reads the integer that a text starts with.
//
//	parseInt(x, radix) -> number
//	parseInt("0x1f")  // 31
//	parseInt("11", 2) // 3
//
// Source: ECMA-262 parseInt. Engines: expr, cel.
func ParseInt(x, radix any) (float64, error) {
	s, err := jsvalue.ToString(x)
	if err != nil {
		return 0, err
	}
	base, err := jsvalue.ToInt32(radix)
	if err != nil {
		return 0, err
	}
	return jsvalue.IntegerPrefix(s, base)
}

// ParseFloat reads the decimal number that a text starts with.
//
//	parseFloat(x) -> number
//	parseFloat(".5x")  // 0.5
//	parseFloat("0x10") // 0
//
// Source: ECMA-262 parseFloat. Engines: expr, cel.
func ParseFloat(x any) (float64, error) {
	s, err := jsvalue.ToString(x)
	if err != nil {
		return 0, err
	}
	n, _ := jsvalue.DecimalPrefix(jsvalue.TrimStart(s))
	return n, nil
}

// IsNaN reports whether x as a number is NaN.
//
//	isNaN(x) -> bool
//	isNaN(undefined) // true
//
// Source: ECMA-262 isNaN. Engines: expr, cel.
func IsNaN(x any) (bool, error) {
	n, err := jsvalue.ToNumber(x)
	return n != n, err
}

// IsFinite reports whether x as a number is neither NaN nor infinite.
//
//	isFinite(x) -> bool
//	isFinite(null) // true
//
// Source: ECMA-262 isFinite. Engines: expr, cel.
func IsFinite(x any) (bool, error) {
	n, err := jsvalue.ToNumber(x)
	return finite(n), err
}

func finite(n float64) bool { return n-n == 0 }

// IsInteger is Number.isInteger(x).
//
//	isInteger(x) -> bool
//	isInteger(5.0) // true
//
// Source: ECMA-262 Number.isInteger. Engines: expr, cel.
func IsInteger(x any) (bool, error) {
	n, ok := jsvalue.GoNumber(x)
	if !ok {
		return false, jsvalue.Check(x)
	}
	return finite(n) && n == math.Trunc(n), nil
}

// IsSafeInteger is Number.isSafeInteger(x).
//
//	isSafeInteger(x) -> bool
//	isSafeInteger(9007199254740991) // true
//
// Source: ECMA-262 Number.isSafeInteger. Engines: expr, cel.
func IsSafeInteger(x any) (bool, error) {
	integer, err := IsInteger(x)
	n, _ := jsvalue.GoNumber(x)
	return integer && math.Abs(n) < 1<<53, err
}

// NumberIsNaN is Number.isNaN(x).
//
//	numberIsNaN(x) -> bool
//	numberIsNaN("x") // false
//
// Source: ECMA-262 Number.isNaN. Engines: expr, cel.
func NumberIsNaN(x any) (bool, error) {
	n, ok := jsvalue.GoNumber(x)
	if !ok {
		return false, jsvalue.Check(x)
	}
	return n != n, nil
}

// NumberIsFinite is Number.isFinite(x).
//
//	numberIsFinite(x) -> bool
//	numberIsFinite("1") // false
//
// Source: ECMA-262 Number.isFinite. Engines: expr, cel.
func NumberIsFinite(x any) (bool, error) {
	n, ok := jsvalue.GoNumber(x)
	if !ok {
		return false, jsvalue.Check(x)
	}
	return finite(n), nil
}
