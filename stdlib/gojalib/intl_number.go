package gojalib

import (
	_ "embed"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

//go:embed intl_currencies.txt
var currencyTable string

type currency struct {
	digits         int
	symbol, narrow string
	one, other     string
}

// currencies reads the table once. Its layout is described in
// testdata/currencies.js.
var currencies = sync.OnceValue(func() map[string]currency {
	all := map[string]currency{}
	for line := range strings.Lines(currencyTable) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		digits, _ := strconv.Atoi(c[1])
		all[c[0]] = currency{digits, c[2], c[3], c[4], c[5]}
	}
	return all
})

// numberFormat is a resolved Intl.NumberFormat.
type numberFormat struct {
	locale           string
	style            string // decimal, percent, currency
	currency         string // upper case
	currencyDisplay  string
	accounting       bool
	grouping         string // auto, always, min2, ""
	sign             string // auto, always, never, exceptZero, negative
	compact          string // "", short, long
	minInteger       int
	minFraction      int
	maxFraction      int
	minSignificant   int // 0 when fraction digits count
	maxSignificant   int
	compactRounding  bool   // neither kind of digits was asked for
	trailingZeroMode string // auto, stripIfInteger
}

// newNumberFormat is ECMA-402 InitializeNumberFormat for en-US.
func newNumberFormat(vm *goja.Runtime, locales, options goja.Value) *numberFormat {
	f := &numberFormat{locale: requestedLocale(vm, locales)}
	r := newOptionReader(vm, "Intl.NumberFormat", options)
	r.text("localeMatcher", "", "lookup", "best fit")
	r.only("numberingSystem", "latn")

	f.style = r.text("style", "decimal", "decimal", "percent", "currency", "unit")
	if f.style == "unit" {
		r.unsupported("style", "unit", "decimal, percent and currency are")
	}
	f.readCurrency(r)

	notation := r.text("notation", "standard", "standard", "scientific", "engineering", "compact")
	if notation == "scientific" || notation == "engineering" {
		r.unsupported("notation", notation, "standard and compact are")
	}
	f.readDigits(r, notation)
	display := r.text("compactDisplay", "short", "short", "long")
	f.grouping = "auto"
	if notation == "compact" {
		f.compact, f.grouping = display, "min2"
	}
	f.readGrouping(r)
	f.sign = r.text("signDisplay", "auto", "auto", "never", "always", "exceptZero", "negative")
	return f
}

func (f *numberFormat) readCurrency(r optionReader) {
	code := r.text("currency", "")
	if v := r.value("currency"); v != nil && !isCurrencyCode(code) {
		panic(newRangeError(r.vm, "Invalid currency code : "+code))
	}
	if f.style == "currency" && code == "" {
		panic(r.vm.NewTypeError("Currency code is required with currency style."))
	}
	f.currencyDisplay = r.text("currencyDisplay", "symbol", "code", "symbol", "narrowSymbol", "name")
	f.accounting = r.text("currencySign", "standard", "standard", "accounting") == "accounting"
	if unit := r.text("unit", ""); unit != "" {
		r.unsupported("unit", unit, "no unit is")
	}
	r.text("unitDisplay", "", "short", "narrow", "long")
	if f.style != "currency" {
		return
	}
	f.currency = strings.ToUpper(code)
	if _, ok := currencies()[f.currency]; !ok && f.currencyDisplay != "code" {
		r.unsupported("currency", f.currency, "currencies in use are")
	}
}

func isCurrencyCode(code string) bool {
	if len(code) != 3 {
		return false
	}
	for i := range 3 {
		if c := code[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// readDigits is ECMA-402 SetNumberFormatDigitOptions.
func (f *numberFormat) readDigits(r optionReader, notation string) {
	lowest, highest := 0, 3
	switch f.style {
	case "percent":
		highest = 0
	case "currency":
		lowest, highest = 2, 2
		if c, ok := currencies()[f.currency]; ok {
			lowest, highest = c.digits, c.digits
		}
	}
	f.minInteger = r.number("minimumIntegerDigits", 1, 21, 1)
	minFraction, maxFraction := r.value("minimumFractionDigits"), r.value("maximumFractionDigits")
	minSignificant, maxSignificant := r.value("minimumSignificantDigits"), r.value("maximumSignificantDigits")
	r.only("roundingIncrement", "1")
	r.only("roundingMode", "halfExpand")
	r.only("roundingPriority", "auto")
	f.trailingZeroMode = r.text("trailingZeroDisplay", "auto", "auto", "stripIfInteger")

	switch {
	case minSignificant != nil || maxSignificant != nil:
		f.minSignificant, f.maxSignificant = 1, 21
		if minSignificant != nil {
			f.minSignificant = r.inRange(minSignificant, "minimumSignificantDigits", 1, 21)
		}
		if maxSignificant != nil {
			f.maxSignificant = r.inRange(maxSignificant, "maximumSignificantDigits", f.minSignificant, 21)
		}
	case minFraction != nil || maxFraction != nil:
		f.minFraction, f.maxFraction = -1, -1
		if minFraction != nil {
			f.minFraction = r.inRange(minFraction, "minimumFractionDigits", 0, 20)
		}
		if maxFraction != nil {
			f.maxFraction = r.inRange(maxFraction, "maximumFractionDigits", 0, 20)
		}
		switch {
		case f.minFraction < 0:
			f.minFraction = min(lowest, f.maxFraction)
		case f.maxFraction < 0:
			f.maxFraction = max(highest, f.minFraction)
		case f.minFraction > f.maxFraction:
			panic(newRangeError(r.vm, "maximumFractionDigits value is out of range."))
		}
	case notation == "compact":
		f.compactRounding = true
	default:
		f.minFraction, f.maxFraction = lowest, highest
	}
}

func (f *numberFormat) readGrouping(r optionReader) {
	v := r.value("useGrouping")
	if v == nil {
		return
	}
	switch text := stringOf(r.vm, v); {
	case goja.IsString(v) && (text == "true" || text == "false"): // means the default
	case goja.IsString(v) && text != "":
		f.grouping = r.text("useGrouping", "", "min2", "auto", "always")
	case v.ToBoolean():
		f.grouping = "always"
	default:
		f.grouping = ""
	}
}

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

// round applies the format's digits and returns the least number of fraction
// digits to show.
func (f *numberFormat) round(d decimal) (decimal, int) {
	switch {
	case f.compactRounding:
		// Two significant digits, but never fewer than the whole part has.
		return d.rounded(max(2, d.exponent)), 0
	case f.maxSignificant > 0:
		d = d.rounded(f.maxSignificant)
		whole := d.exponent
		if d.digits == "" {
			whole = 1
		}
		return d, f.minSignificant - whole
	default:
		return d.rounded(d.exponent + f.maxFraction), f.minFraction
	}
}

var compactNames = [...]struct{ short, long string }{{}, {"K", "thousand"}, {"M", "million"}, {"B", "billion"}, {"T", "trillion"}}

// parts formats a number.
func (f *numberFormat) parts(d decimal) []formatPart {
	var number []formatPart
	var suffix []formatPart
	plural := "other"
	zero := false
	if d.special != "" {
		kind := "nan"
		if d.special == "∞" {
			kind = "infinity"
		}
		number = []formatPart{{kind, d.special}}
	} else {
		if f.style == "percent" && d.digits != "" {
			d.exponent += 2
		}
		power := 0
		if f.compact != "" {
			power = f.compactPower(d)
			d.exponent -= 3 * power
			if d.digits == "" {
				d.exponent = 0
			}
		}
		rounded, minFraction := f.round(d)
		zero = rounded.digits == ""
		whole, fraction := rounded.plain(f.minInteger, minFraction)
		if f.trailingZeroMode == "stripIfInteger" && strings.Trim(fraction, "0") == "" {
			fraction = ""
		}
		if whole == "1" && fraction == "" && power == 0 {
			plural = "one"
		}
		number = f.digits(whole, fraction)
		if power > 0 {
			if f.compact == "long" && f.style != "currency" {
				suffix = []formatPart{{"literal", " "}, {"compact", compactNames[power].long}}
			} else {
				suffix = []formatPart{{"compact", compactNames[power].short}}
			}
		}
	}
	return f.decorate(append(number, suffix...), f.signFor(d, zero), plural)
}

// compactPower picks thousands, millions, … for a number; rounding may lift
// 999,950 to 1M.
func (f *numberFormat) compactPower(d decimal) int {
	power := func(d decimal) int { return min(max((d.exponent-1)/3, 0), len(compactNames)-1) }
	p := power(d)
	shifted := d
	shifted.exponent -= 3 * p
	if rounded, _ := f.round(shifted); rounded.exponent > 3 && p < len(compactNames)-1 {
		p++
	}
	return p
}

func (f *numberFormat) digits(whole, fraction string) []formatPart {
	least := map[string]int{"auto": 4, "always": 4, "min2": 5, "": math.MaxInt}[f.grouping]
	var parts []formatPart
	if len(whole) < least {
		parts = append(parts, formatPart{"integer", whole})
	} else {
		for first := len(whole) % 3; whole != ""; first = 3 {
			if first == 0 {
				continue
			}
			if len(parts) > 0 {
				parts = append(parts, formatPart{"group", ","})
			}
			parts = append(parts, formatPart{"integer", whole[:first]})
			whole = whole[first:]
		}
	}
	if fraction != "" {
		parts = append(parts, formatPart{"decimal", "."}, formatPart{"fraction", fraction})
	}
	return parts
}

// signFor answers "-", "+" or "".
func (f *numberFormat) signFor(d decimal, zero bool) string {
	negative := d.negative && d.special != "NaN"
	nothing := zero || d.special == "NaN"
	switch f.sign {
	case "never":
		return ""
	case "negative":
		if negative && !nothing {
			return "-"
		}
		return ""
	case "exceptZero":
		if nothing {
			return ""
		}
	case "auto":
		if !negative {
			return ""
		}
	}
	if negative {
		return "-"
	}
	return "+"
}

// decorate adds sign, percent sign and currency.
func (f *numberFormat) decorate(number []formatPart, sign, plural string) []formatPart {
	var parts []formatPart
	signPart := formatPart{"minusSign", "-"}
	if sign == "+" {
		signPart = formatPart{"plusSign", "+"}
	}
	parentheses := sign == "-" && f.accounting && f.style == "currency" && f.currencyDisplay != "name"
	switch {
	case parentheses:
		parts = append(parts, formatPart{"literal", "("})
	case sign != "":
		parts = append(parts, signPart)
	}
	switch {
	case f.style == "percent" && f.compact != "":
		parts = append(append(parts, number...), formatPart{"unit", "%"}) // Node's name for it here
	case f.style == "percent":
		parts = append(append(parts, number...), formatPart{"percentSign", "%"})
	case f.style == "currency" && f.currencyDisplay == "name":
		c := currencies()[f.currency]
		name := c.other
		if plural == "one" {
			name = c.one
		}
		parts = append(append(parts, number...), formatPart{"literal", " "}, formatPart{"currency", name})
	case f.style == "currency":
		symbol := f.symbol()
		parts = append(parts, formatPart{"currency", symbol})
		if last := symbol[len(symbol)-1] | 0x20; last >= 'a' && last <= 'z' && number[0].kind == "integer" {
			parts = append(parts, formatPart{"literal", "\u00a0"})
		}
		parts = append(parts, number...)
	default:
		parts = append(parts, number...)
	}
	if parentheses {
		parts = append(parts, formatPart{"literal", ")"})
	}
	return parts
}

func (f *numberFormat) symbol() string {
	c := currencies()[f.currency]
	switch f.currencyDisplay {
	case "symbol":
		return c.symbol
	case "narrowSymbol":
		return c.narrow
	}
	return f.currency
}

func (f *numberFormat) text(d decimal) string {
	var b strings.Builder
	for _, part := range f.parts(d) {
		b.WriteString(part.text)
	}
	return b.String()
}

func buildNumberFormat(vm *goja.Runtime) *goja.Object {
	constructor, prototype, state := intlClass(vm, "NumberFormat", func(locales, options goja.Value) any {
		return newNumberFormat(vm, locales, options)
	})
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		return state(call.This, "Intl.NumberFormat.prototype.resolvedOptions").(*numberFormat).resolved(vm)
	}))
	define(prototype, "formatToParts", intlFunc(vm, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		f := state(call.This, "Intl.NumberFormat.prototype.formatToParts").(*numberFormat)
		return partsArray(vm, f.parts(decimalOf(vm, call.Argument(0))))
	}))
	defineBound(vm, prototype, "format", 1, func(this goja.Value) func(goja.FunctionCall) goja.Value {
		f := state(this, "get Intl.NumberFormat.prototype.format").(*numberFormat)
		return func(call goja.FunctionCall) goja.Value { return vm.ToValue(f.text(decimalOf(vm, call.Argument(0)))) }
	})
	return constructor
}

func (f *numberFormat) resolved(vm *goja.Runtime) goja.Value {
	o := vm.NewObject()
	set := func(name string, v any) { SetProperty(o, name, v) }
	set("locale", f.locale)
	set("numberingSystem", "latn")
	set("style", f.style)
	if f.style == "currency" {
		set("currency", f.currency)
		set("currencyDisplay", f.currencyDisplay)
		set("currencySign", map[bool]string{true: "accounting", false: "standard"}[f.accounting && f.sign != "never"])
	}
	set("minimumIntegerDigits", f.minInteger)
	switch {
	case f.compactRounding:
		set("minimumSignificantDigits", 1)
		set("maximumSignificantDigits", 2)
	case f.maxSignificant > 0:
		set("minimumSignificantDigits", f.minSignificant)
		set("maximumSignificantDigits", f.maxSignificant)
	}
	if f.maxSignificant == 0 {
		set("minimumFractionDigits", f.minFraction)
		set("maximumFractionDigits", f.maxFraction)
	}
	if f.grouping == "" {
		set("useGrouping", false)
	} else {
		set("useGrouping", f.grouping)
	}
	if f.compact == "" {
		set("notation", "standard")
	} else {
		set("notation", "compact")
		set("compactDisplay", f.compact)
	}
	set("signDisplay", f.sign)
	set("roundingMode", "halfExpand")
	set("roundingIncrement", 1)
	set("trailingZeroDisplay", f.trailingZeroMode)
	priority := "auto"
	if f.compactRounding && f.trailingZeroMode == "auto" {
		priority = "morePrecision"
	}
	set("roundingPriority", priority)
	return o
}

func numberToLocaleString(vm *goja.Runtime, _ *Env) goja.Value {
	return intlFunc(vm, "toLocaleString", 0, func(call goja.FunctionCall) goja.Value {
		v := call.This
		if object, ok := v.(*goja.Object); ok && object.ClassName() == "Number" {
			v = object.ToNumber()
		}
		if !goja.IsNumber(v) {
			panic(vm.NewTypeError("Number.prototype.toLocaleString requires that 'this' be a Number"))
		}
		f := newNumberFormat(vm, call.Argument(0), call.Argument(1))
		return vm.ToValue(f.text(decimalOf(vm, v)))
	})
}

func bigIntToLocaleString(vm *goja.Runtime, _ *Env) goja.Value {
	return intlFunc(vm, "toLocaleString", 0, func(call goja.FunctionCall) goja.Value {
		b, ok := call.This.Export().(*big.Int)
		if !ok {
			panic(vm.NewTypeError("BigInt.prototype.toLocaleString requires that 'this' be a BigInt"))
		}
		f := newNumberFormat(vm, call.Argument(0), call.Argument(1))
		return vm.ToValue(f.text(decimalFromText(fmt.Sprint(b))))
	})
}
