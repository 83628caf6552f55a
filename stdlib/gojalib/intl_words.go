package gojalib

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// pluralRules is a resolved Intl.PluralRules of English.
type pluralRules struct {
	digits  *numberFormat
	ordinal bool
}

// category is the form of a word behind a number: "1 day", "1.5 days", "22nd".
func (p *pluralRules) category(d decimal) string {
	d.negative = false
	text := strings.TrimLeft(p.digits.text(d), "0")
	if !p.ordinal {
		if text == "1" {
			return "one"
		}
		return "other"
	}
	if whole, fraction, ok := strings.Cut(text, "."); ok && strings.Trim(fraction, "0") == "" {
		text = whole // the 3.0rd, but 1.0 days
	}
	if text == "" || strings.Trim(text, "0123456789") != "" {
		return "other"
	}
	last := text[len(text)-1]
	if len(text) > 1 && text[len(text)-2] == '1' {
		return "other"
	}
	switch last {
	case '1':
		return "one"
	case '2':
		return "two"
	case '3':
		return "few"
	}
	return "other"
}

func buildPluralRules(vm *goja.Runtime) *goja.Object {
	const name = "PluralRules"
	constructor, prototype, state := intlClass(vm, name, func(locales, options goja.Value) any {
		notNull(vm, "Intl."+name, options)
		r := newOptionReader(vm, "Intl."+name, options)
		requestedLocale(vm, locales) // what it answers to is en for both
		p := &pluralRules{digits: &numberFormat{locale: "en", style: "decimal", sign: "auto"}}
		r.text("localeMatcher", "", "lookup", "best fit")
		p.ordinal = r.text("type", "cardinal", "cardinal", "ordinal") == "ordinal"
		p.digits.readDigits(r, "standard")
		return p
	})
	number := func(v goja.Value, fault string) decimal {
		f := v.ToNumber().ToFloat()
		if fault != "" && math.IsNaN(f) {
			panic(newRangeError(vm, fault+"NaN"))
		}
		return decimalOf(vm, vm.ToValue(f))
	}
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		p := state(call.This, "Intl.PluralRules.prototype.resolvedOptions").(*pluralRules)
		o := vm.NewObject()
		SetProperty(o, "locale", p.digits.locale)
		categories := []string{"one", "other"}
		SetProperty(o, "type", "cardinal")
		if p.ordinal {
			SetProperty(o, "type", "ordinal")
			categories = []string{"few", "one", "two", "other"}
		}
		SetProperty(o, "minimumIntegerDigits", p.digits.minInteger)
		if p.digits.maxSignificant > 0 {
			SetProperty(o, "minimumSignificantDigits", p.digits.minSignificant)
			SetProperty(o, "maximumSignificantDigits", p.digits.maxSignificant)
		} else {
			SetProperty(o, "minimumFractionDigits", p.digits.minFraction)
			SetProperty(o, "maximumFractionDigits", p.digits.maxFraction)
		}
		SetProperty(o, "pluralCategories", stringArray(vm, categories))
		return o
	}))
	define(prototype, "select", intlFunc(vm, "select", 1, func(call goja.FunctionCall) goja.Value {
		p := state(call.This, "Intl.PluralRules.prototype.select").(*pluralRules)
		return vm.ToValue(p.category(number(call.Argument(0), "")))
	}))
	define(prototype, "selectRange", intlFunc(vm, "selectRange", 2, func(call goja.FunctionCall) goja.Value {
		state(call.This, "Intl.PluralRules.prototype.selectRange")
		for i, name := range []string{"startRange", "endRange"} {
			v := call.Argument(i)
			if goja.IsUndefined(v) {
				panic(vm.NewTypeError("Invalid %s : undefined", name))
			}
			number(v, "Invalid "+name+" : ")
		}
		return vm.ToValue("other")
	}))
	return constructor
}

// listFormat is a resolved Intl.ListFormat of English.
type listFormat struct{ locale, kind, style string }

// between is what stands between two items, and before the last of two and of more.
func (f *listFormat) between() (middle, ofTwo, last string) {
	switch {
	case f.kind == "disjunction":
		return ", ", " or ", ", or "
	case f.kind == "unit" && f.style == "narrow":
		return " ", " ", " "
	case f.kind == "unit" || f.style == "narrow":
		return ", ", ", ", ", "
	case f.style == "short":
		return ", ", " & ", ", & "
	}
	return ", ", " and ", ", and "
}

func (f *listFormat) parts(items []string) []formatPart {
	middle, ofTwo, last := f.between()
	var parts []formatPart
	for i, item := range items {
		switch {
		case i == 0:
		case i < len(items)-1:
			parts = append(parts, formatPart{"literal", middle})
		case i == 1:
			parts = append(parts, formatPart{"literal", ofTwo})
		default:
			parts = append(parts, formatPart{"literal", last})
		}
		parts = append(parts, formatPart{"element", item})
	}
	return parts
}

func buildListFormat(vm *goja.Runtime) *goja.Object {
	constructor, prototype, state := intlClass(vm, "ListFormat", func(locales, options goja.Value) any {
		f := &listFormat{locale: requestedLocale(vm, locales)}
		requireOptionsObject(vm, options)
		r := newOptionReader(vm, "Intl.ListFormat", options)
		r.text("localeMatcher", "", "lookup", "best fit")
		f.kind = r.text("type", "conjunction", "conjunction", "disjunction", "unit")
		f.style = r.text("style", "long", "long", "short", "narrow")
		return f
	})
	parts := func(call goja.FunctionCall, method string) []formatPart {
		f := state(call.This, "Intl.ListFormat.prototype."+method).(*listFormat)
		var items []string
		if list := call.Argument(0); !goja.IsUndefined(list) {
			vm.ForOf(list, func(v goja.Value) bool {
				if !goja.IsString(v) {
					panic(vm.NewTypeError("Iterable yielded %s which is not a string", receiverText(v)))
				}
				items = append(items, v.String())
				return true
			})
		}
		return f.parts(items)
	}
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		f := state(call.This, "Intl.ListFormat.prototype.resolvedOptions").(*listFormat)
		o := vm.NewObject()
		SetProperty(o, "locale", f.locale)
		SetProperty(o, "type", f.kind)
		SetProperty(o, "style", f.style)
		return o
	}))
	define(prototype, "format", intlFunc(vm, "format", 1, func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(joinParts(parts(call, "format")))
	}))
	define(prototype, "formatToParts", intlFunc(vm, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		return partsArray(vm, parts(call, "formatToParts"))
	}))
	return constructor
}

// notNull throws for options that are null.
func notNull(vm *goja.Runtime, service string, options goja.Value) {
	if goja.IsNull(options) {
		panic(vm.NewTypeError("%s called on null or undefined", service))
	}
}

// requireOptionsObject is ECMA-402 GetOptionsObject.
func requireOptionsObject(vm *goja.Runtime, options goja.Value) {
	if _, isObject := options.(*goja.Object); !isObject && !goja.IsUndefined(options) {
		panic(vm.NewTypeError("invalid_argument"))
	}
}

func joinParts(parts []formatPart) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.text)
	}
	return b.String()
}

// relativeUnits are the units of relative times with their short and narrow forms.
var (
	relativeUnits = []string{"second", "minute", "hour", "day", "week", "month", "quarter", "year"}
	shortUnits    = map[string][2]string{
		"second": {"sec.", "sec."}, "minute": {"min.", "min."}, "hour": {"hr.", "hr."}, "day": {"day", "days"},
		"week": {"wk.", "wk."}, "month": {"mo.", "mo."}, "quarter": {"qtr.", "qtrs."}, "year": {"yr.", "yr."},
	}
	narrowUnits = map[string]string{"second": "s", "minute": "m", "hour": "h", "day": "d", "week": "w", "month": "mo", "quarter": "q", "year": "y"}
)

// relativeTime is a resolved Intl.RelativeTimeFormat of English.
type relativeTime struct {
	locale, style string
	auto          bool
	digits        *numberFormat
	plural        *pluralRules
}

// word is what takes the place of a number: "yesterday"; "" where there is none.
func (f *relativeTime) word(value float64, unit string) string {
	hundredths := math.Round(value * 100) // as ICU rounds
	if !f.auto || math.Abs(hundredths) > 100 || math.Mod(hundredths, 100) != 0 {
		return ""
	}
	which := int(hundredths)/100 + 1
	switch unit {
	case "second":
		return []string{"", "now", ""}[which]
	case "minute", "hour":
		return []string{"", "this " + unit, ""}[which]
	case "day":
		return []string{"yesterday", "today", "tomorrow"}[which]
	}
	if f.style != "long" {
		unit = shortUnits[unit][0]
	}
	return []string{"last ", "this ", "next "}[which] + unit
}

func (f *relativeTime) parts(vm *goja.Runtime, value float64, unit string) (parts []formatPart, numbers int) {
	if word := f.word(value, unit); word != "" {
		return []formatPart{{"literal", word}}, 0
	}
	d := decimalOf(vm, vm.ToValue(math.Abs(value)))
	name := " " + unit
	one := f.plural.category(d) == "one"
	switch {
	case f.style == "narrow":
		name = narrowUnits[unit]
	case f.style == "short" && one:
		name = " " + shortUnits[unit][0]
	case f.style == "short":
		name = " " + shortUnits[unit][1]
	case !one:
		name += "s"
	}
	number := f.digits.parts(d)
	if math.Signbit(value) {
		return append(number, formatPart{"literal", name + " ago"}), len(number)
	}
	parts = append([]formatPart{{"literal", "in "}}, number...)
	return append(parts, formatPart{"literal", name}), len(number)
}

func buildRelativeTimeFormat(vm *goja.Runtime) *goja.Object {
	constructor, prototype, state := intlClass(vm, "RelativeTimeFormat", func(locales, options goja.Value) any {
		f := &relativeTime{locale: requestedLocale(vm, locales)}
		notNull(vm, "Intl.RelativeTimeFormat", options)
		r := newOptionReader(vm, "Intl.RelativeTimeFormat", options)
		r.text("localeMatcher", "", "lookup", "best fit")
		r.only("numberingSystem", "latn")
		f.style = r.text("style", "long", "long", "short", "narrow")
		f.auto = r.text("numeric", "always", "always", "auto") == "auto"
		f.digits = newNumberFormat(vm, vm.ToValue("en-US"), goja.Undefined())
		f.plural = &pluralRules{digits: &numberFormat{locale: f.locale, style: "decimal", sign: "auto", minInteger: 1, maxFraction: 3}}
		return f
	})
	parts := func(call goja.FunctionCall, method string) (list []formatPart, numbers int, unit string) {
		f := state(call.This, "Intl.RelativeTimeFormat.prototype."+method).(*relativeTime)
		value := call.Argument(0).ToNumber().ToFloat()
		given := stringOf(vm, call.Argument(1))
		if math.IsNaN(value) || math.IsInf(value, 0) {
			panic(newRangeError(vm, "Value need to be finite number for Intl.RelativeTimeFormat.prototype."+method+"()"))
		}
		unit = strings.TrimSuffix(given, "s")
		if !slices.Contains(relativeUnits, unit) {
			panic(newRangeError(vm, fmt.Sprintf("Invalid unit argument for Intl.RelativeTimeFormat.prototype.%s() '%s'", method, given)))
		}
		list, numbers = f.parts(vm, value, unit)
		return list, numbers, unit
	}
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		f := state(call.This, "Intl.RelativeTimeFormat.prototype.resolvedOptions").(*relativeTime)
		o := vm.NewObject()
		SetProperty(o, "locale", f.locale)
		SetProperty(o, "style", f.style)
		SetProperty(o, "numeric", map[bool]string{true: "auto", false: "always"}[f.auto])
		SetProperty(o, "numberingSystem", "latn")
		return o
	}))
	define(prototype, "format", intlFunc(vm, "format", 2, func(call goja.FunctionCall) goja.Value {
		list, _, _ := parts(call, "format")
		return vm.ToValue(joinParts(list))
	}))
	define(prototype, "formatToParts", intlFunc(vm, "formatToParts", 2, func(call goja.FunctionCall) goja.Value {
		list, numbers, unit := parts(call, "formatToParts")
		array := partsArray(vm, list)
		for i, part := range list {
			if numbers > 0 && part.kind != "literal" {
				SetProperty(array.ToObject(vm).Get(fmt.Sprint(i)).(*goja.Object), "unit", unit)
			}
		}
		return array
	}))
	return constructor
}
