package gojalib

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// decimal is a decimal number: 0.digits × 10^exponent, no leading or trailing
// zeros in digits, empty for zero.
type decimal struct {
	negative bool
	digits   string
	exponent int
	special  string // "NaN" or "∞", "" for numbers
}

// decimalOf reads a number, a BigInt or, as Node does, the exact decimal of a
// text. Floats count with their shortest digits, as ICU counts them.
func decimalOf(vm *goja.Runtime, v goja.Value) decimal {
	if object, ok := v.(*goja.Object); ok {
		v = toPrimitiveNumber(vm, object)
	}
	if b, ok := v.Export().(*big.Int); ok {
		return decimalFromText(b.String())
	}
	if goja.IsString(v) {
		if text := strings.TrimFunc(v.String(), jsvalue.WhiteSpace); plainDecimal(text) {
			return decimalFromText(text)
		}
	}
	n := v.ToNumber().ToFloat()
	switch {
	case math.IsNaN(n):
		return decimal{special: "NaN"}
	case math.IsInf(n, 0):
		return decimal{special: "∞", negative: n < 0}
	}
	return decimalFromText(strconv.FormatFloat(n, 'e', -1, 64))
}

// toPrimitiveNumber is ECMA-262 ToPrimitive with hint number.
func toPrimitiveNumber(vm *goja.Runtime, object *goja.Object) goja.Value {
	if object.ClassName() == "Date" {
		return object.ToNumber()
	}
	return toPrimitive(vm, object)
}

// plainDecimal reports whether a text is an optional sign, digits with an
// optional point, and an optional exponent of at most 4 digits.
func plainDecimal(text string) bool {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(text), "e")
	if hasExponent && (len(exponent) > 5 || !allDigits(strings.TrimLeft(exponent, "+-"))) {
		return false
	}
	if mantissa != "" && strings.ContainsRune("+-", rune(mantissa[0])) {
		mantissa = mantissa[1:]
	}
	return len(text) < 1000 && allDigits(strings.Replace(mantissa, ".", "", 1))
}

func allDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

func decimalFromText(text string) decimal {
	d := decimal{negative: strings.HasPrefix(text, "-")}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(strings.TrimLeft(text, "+-")), "e")
	d.exponent, _ = strconv.Atoi(exponent)
	whole, fraction, _ := strings.Cut(mantissa, ".")
	d.exponent += len(whole)
	d.digits = whole + fraction
	return d.normalised()
}

func (d decimal) normalised() decimal {
	trimmed := strings.TrimLeft(d.digits, "0")
	d.exponent -= len(d.digits) - len(trimmed)
	d.digits = strings.TrimRight(trimmed, "0")
	if d.digits == "" {
		d.exponent = 0
	}
	return d
}

// rounded keeps the given number of leading digits, at most, and rounds halves
// away from zero.
func (d decimal) rounded(keep int) decimal {
	if keep >= len(d.digits) {
		return d
	}
	if keep < 0 {
		d.digits, d.exponent = "", 0
		return d
	}
	up := d.digits[keep] >= '5'
	digits := []byte(d.digits[:keep])
	if up {
		i := keep - 1
		for ; i >= 0 && digits[i] == '9'; i-- {
			digits[i] = '0'
		}
		if i >= 0 {
			digits[i]++
		} else {
			digits = append([]byte{'1'}, digits...)
			d.exponent++
		}
	}
	d.digits = string(digits)
	return d.normalised()
}

// plain writes the number without exponent, padded to the given digits.
func (d decimal) plain(minInteger, minFraction int) (whole, fraction string) {
	switch {
	case d.exponent <= 0:
		fraction = d.digits
		if fraction != "" {
			fraction = strings.Repeat("0", -d.exponent) + fraction
		}
	case d.exponent >= len(d.digits):
		whole = d.digits + strings.Repeat("0", d.exponent-len(d.digits))
	default:
		whole, fraction = d.digits[:d.exponent], d.digits[d.exponent:]
	}
	if n := minInteger - len(whole); n > 0 {
		whole = strings.Repeat("0", n) + whole
	}
	if n := minFraction - len(fraction); n > 0 {
		fraction += strings.Repeat("0", n)
	}
	return whole, fraction
}
