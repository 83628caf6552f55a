package gojalib

import (
	"math"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// intlGlobals is Intl for en-US: DateTimeFormat, NumberFormat, Collator, PluralRules,
// RelativeTimeFormat and ListFormat. What Node has
// beyond that is absent, so that a rule fails clearly instead of getting an
// answer that is almost right.
var intlGlobals = []Global{{Name: "Intl", Build: buildIntl}}

func buildIntl(vm *goja.Runtime, env *Env) goja.Value {
	intl := vm.NewObject()
	setTag(vm, intl, "Intl")
	define(intl, "getCanonicalLocales", intlFunc(vm, "getCanonicalLocales", 1, func(call goja.FunctionCall) goja.Value {
		return stringArray(vm, supportedTags(vm, call.Argument(0)))
	}))
	define(intl, "DateTimeFormat", buildDateTimeFormat(vm, env))
	define(intl, "NumberFormat", buildNumberFormat(vm))
	define(intl, "Collator", buildCollator(vm))
	define(intl, "PluralRules", buildPluralRules(vm))
	define(intl, "RelativeTimeFormat", buildRelativeTimeFormat(vm))
	define(intl, "ListFormat", buildListFormat(vm))
	return intl
}

// intlClass makes a constructor of Intl, callable with and without new. Its
// objects carry what init returns under a hidden symbol; the function that
// reads it back throws for other receivers.
func intlClass(vm *goja.Runtime, name string, init func(locales, options goja.Value) any) (constructor, prototype *goja.Object, state func(this goja.Value, method string) any) {
	hidden := goja.NewSymbol("Intl." + name)
	constructor = vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		object := call.This
		if call.NewTarget == nil {
			object = vm.CreateObject(prototype)
		}
		s := init(call.Argument(0), call.Argument(1))
		PassOn(object.DefineDataPropertySymbol(hidden, vm.ToValue(&intlState{s}), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
		return object
	}).(*goja.Object)
	defineHidden(constructor, "name", vm.ToValue(name))
	defineHidden(constructor, "length", vm.ToValue(0))
	prototype = constructor.Get("prototype").(*goja.Object)
	PassOn(constructor.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	setTag(vm, prototype, "Intl."+name)
	define(constructor, "supportedLocalesOf", intlFunc(vm, "supportedLocalesOf", 1, func(call goja.FunctionCall) goja.Value {
		return stringArray(vm, supportedTags(vm, call.Argument(0)))
	}))
	state = func(this goja.Value, method string) any {
		if object, ok := this.(*goja.Object); ok {
			if v, ok := object.GetSymbol(hidden).(*goja.Object); ok {
				if s, ok := v.Export().(*intlState); ok {
					return s.value
				}
			}
		}
		panic(vm.NewTypeError("Method %s called on incompatible receiver %s", method, receiverText(this)))
	}
	return constructor, prototype, state
}

// intlState wraps the Go side of an Intl object; rules see no fields of it.
type intlState struct{ value any }

// defineBound defines an accessor which returns a function bound to the object:
// always the same one.
func defineBound(vm *goja.Runtime, prototype *goja.Object, name string, length int, bind func(this goja.Value) func(goja.FunctionCall) goja.Value) {
	cache := goja.NewSymbol(name)
	get := intlFunc(vm, "get "+name, 0, func(call goja.FunctionCall) goja.Value {
		f := bind(call.This)
		this := call.This.(*goja.Object)
		if bound := this.GetSymbol(cache); bound != nil {
			return bound
		}
		bound := intlFunc(vm, "", length, f)
		_ = this.DefineDataPropertySymbol(cache, bound, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE) // a frozen object gets a new function each time
		return bound
	})
	PassOn(prototype.DefineAccessorProperty(name, get, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

func buildDateTimeFormat(vm *goja.Runtime, env *Env) *goja.Object {
	constructor, prototype, state := intlClass(vm, "DateTimeFormat", func(locales, options goja.Value) any {
		return newDateTimeFormat(vm, env.Zone, locales, options, defaultsNew)
	})
	instant := func(v goja.Value) float64 {
		ms := float64(env.Now().UnixMilli())
		if !goja.IsUndefined(v) {
			ms = jsvalue.TimeClip(v.ToNumber().ToFloat())
		}
		if math.IsNaN(ms) {
			panic(newRangeError(vm, "Invalid time value"))
		}
		return ms
	}
	define(prototype, "resolvedOptions", intlFunc(vm, "resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
		return state(call.This, "Intl.DateTimeFormat.prototype.resolvedOptions").(*dateTimeFormat).resolved(vm)
	}))
	define(prototype, "formatToParts", intlFunc(vm, "formatToParts", 1, func(call goja.FunctionCall) goja.Value {
		f := state(call.This, "Intl.DateTimeFormat.prototype.formatToParts").(*dateTimeFormat)
		return partsArray(vm, f.parts(instant(call.Argument(0))))
	}))
	defineBound(vm, prototype, "format", 1, func(this goja.Value) func(goja.FunctionCall) goja.Value {
		f := state(this, "get Intl.DateTimeFormat.prototype.format").(*dateTimeFormat)
		return func(call goja.FunctionCall) goja.Value { return vm.ToValue(f.text(instant(call.Argument(0)))) }
	})
	return constructor
}

// resolved lists what the format shows, read back from its pattern as Node
// does.
func (f *dateTimeFormat) resolved(vm *goja.Runtime) goja.Value {
	o := vm.NewObject()
	set := func(name string, v any) { SetProperty(o, name, v) }
	set("locale", f.locale)
	set("calendar", "gregory")
	set("numberingSystem", "latn")
	set("timeZone", f.zoneID)
	found := map[string]any{}
	text := map[int]string{1: "numeric", 2: "2-digit", 3: "short", 4: "long", 5: "narrow"}
	names := map[byte]string{
		'E': "weekday", 'G': "era", 'y': "year", 'M': "month", 'd': "day",
		'h': "hour", 'K': "hour", 'H': "hour", 'k': "hour", 'm': "minute", 's': "second",
	}
	for _, item := range f.items {
		switch item.letter {
		case 'h', 'K', 'H', 'k':
			set("hourCycle", map[byte]string{'h': "h12", 'K': "h11", 'H': "h23", 'k': "h24"}[item.letter])
			set("hour12", item.letter == 'h' || item.letter == 'K')
		case 'S':
			found["fractionalSecondDigits"] = item.width
		case 'z':
			found["timeZoneName"] = f.zoneStyle
		}
		if name, ok := names[item.letter]; ok {
			found[name] = text[item.width]
		}
	}
	if f.dateStyle == "" && f.timeStyle == "" {
		for _, name := range []string{
			"weekday", "era", "year", "month", "day", "hour", "minute", "second", "fractionalSecondDigits", "timeZoneName",
		} {
			if v, ok := found[name]; ok {
				set(name, v)
			}
		}
	}
	if f.dateStyle != "" {
		set("dateStyle", f.dateStyle)
	}
	if f.timeStyle != "" {
		set("timeStyle", f.timeStyle)
	}
	return o
}

func setTag(vm *goja.Runtime, object *goja.Object, tag string) {
	PassOn(object.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue(tag), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

func partsArray(vm *goja.Runtime, parts []formatPart) goja.Value {
	items := make([]any, len(parts))
	for i, part := range parts {
		o := vm.NewObject()
		SetProperty(o, "type", part.kind)
		SetProperty(o, "value", part.text)
		items[i] = o
	}
	return vm.NewArray(items...)
}

func stringArray(vm *goja.Runtime, list []string) goja.Value {
	items := make([]any, len(list))
	for i, s := range list {
		items[i] = s
	}
	return vm.NewArray(items...)
}

// supportedTags keeps the tags that are supported here, in canonical case.
func supportedTags(vm *goja.Runtime, v goja.Value) []string {
	var kept []string
	for _, tag := range localeTags(vm, v) {
		for _, known := range []string{"en-US", "en"} {
			if strings.EqualFold(tag, known) && !slices.Contains(kept, known) {
				kept = append(kept, known)
			}
		}
	}
	return kept
}
