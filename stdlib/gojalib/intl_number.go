package gojalib

import (
	_ "embed"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"sync"

	"github.com/dop251/goja"
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
