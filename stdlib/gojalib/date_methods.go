package gojalib

import (
	"math"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// dateMethod is one function of Date or Date.prototype. A nil call means that
// goja's function is right.
type dateMethod struct {
	name   string
	length int
	call   func(d *dates, call goja.FunctionCall) goja.Value
}

var dateStatics = []dateMethod{
	{"now", 0, func(d *dates, _ goja.FunctionCall) goja.Value { return d.vm.ToValue(d.now()) }},
	{"parse", 1, func(d *dates, call goja.FunctionCall) goja.Value {
		return d.vm.ToValue(jsvalue.ParseDate(stringOf(d.vm, call.Argument(0)), d.zone))
	}},
	{"UTC", 7, func(d *dates, call goja.FunctionCall) goja.Value {
		return d.vm.ToValue(jsvalue.TimeClip(dateFromParts(call.Arguments)))
	}},
}

// dateMethods lists Date.prototype in Node's order. toGMTString is the same
// function as toUTCString.
var dateMethods = []dateMethod{
	{"toString", 0, textMethod("toString", func(d *dates, ms float64) string { return d.text(ms, true, true) })},
	{"toDateString", 0, textMethod("toDateString", func(d *dates, ms float64) string { return d.text(ms, true, false) })},
	{"toTimeString", 0, textMethod("toTimeString", func(d *dates, ms float64) string { return d.text(ms, false, true) })},
	{"toISOString", 0, isoString},
	{"toUTCString", 0, textMethod("toUTCString", utcText)},
	{"toGMTString", 0, nil},
	{"getDate", 0, getter(false, func(f jsvalue.Fields) int { return f.Day })},
	{"setDate", 1, setter("setDate")},
	{"getDay", 0, getter(false, func(f jsvalue.Fields) int { return f.Weekday })},
	{"getFullYear", 0, getter(false, func(f jsvalue.Fields) int { return f.Year })},
	{"setFullYear", 3, setter("setFullYear")},
	{"getHours", 0, getter(false, func(f jsvalue.Fields) int { return f.Hour })},
	{"setHours", 4, setter("setHours")},
	{"getMilliseconds", 0, getter(false, func(f jsvalue.Fields) int { return f.Millisecond })},
	{"setMilliseconds", 1, setter("setMilliseconds")},
	{"getMinutes", 0, getter(false, func(f jsvalue.Fields) int { return f.Minute })},
	{"setMinutes", 3, setter("setMinutes")},
	{"getMonth", 0, getter(false, func(f jsvalue.Fields) int { return f.Month })},
	{"setMonth", 2, setter("setMonth")},
	{"getSeconds", 0, getter(false, func(f jsvalue.Fields) int { return f.Second })},
	{"setSeconds", 2, setter("setSeconds")},
	{"getTime", 0, func(d *dates, call goja.FunctionCall) goja.Value { return d.vm.ToValue(d.receiver(call)) }},
	{"setTime", 1, func(d *dates, call goja.FunctionCall) goja.Value {
		d.receiverOf(call, "setTime")
		return d.setValue(call.This, call.Argument(0).ToNumber().ToFloat())
	}},
	{"getTimezoneOffset", 0, timezoneOffset},
	{"getUTCDate", 0, getter(true, func(f jsvalue.Fields) int { return f.Day })},
	{"setUTCDate", 1, setter("setUTCDate")},
	{"getUTCDay", 0, getter(true, func(f jsvalue.Fields) int { return f.Weekday })},
	{"getUTCFullYear", 0, getter(true, func(f jsvalue.Fields) int { return f.Year })},
	{"setUTCFullYear", 3, setter("setUTCFullYear")},
	{"getUTCHours", 0, getter(true, func(f jsvalue.Fields) int { return f.Hour })},
	{"setUTCHours", 4, setter("setUTCHours")},
	{"getUTCMilliseconds", 0, getter(true, func(f jsvalue.Fields) int { return f.Millisecond })},
	{"setUTCMilliseconds", 1, setter("setUTCMilliseconds")},
	{"getUTCMinutes", 0, getter(true, func(f jsvalue.Fields) int { return f.Minute })},
	{"setUTCMinutes", 3, setter("setUTCMinutes")},
	{"getUTCMonth", 0, getter(true, func(f jsvalue.Fields) int { return f.Month })},
	{"setUTCMonth", 2, setter("setUTCMonth")},
	{"getUTCSeconds", 0, getter(true, func(f jsvalue.Fields) int { return f.Second })},
	{"setUTCSeconds", 2, setter("setUTCSeconds")},
	{"valueOf", 0, func(d *dates, call goja.FunctionCall) goja.Value { return d.vm.ToValue(d.receiver(call)) }},
	{"getYear", 0, getYear},
	{"setYear", 1, setYear},
	{"toJSON", 1, nil},
	{"toLocaleString", 0, localeDateMethod("toLocaleString", defaultsAll)},
	{"toLocaleDateString", 0, localeDateMethod("toLocaleDateString", defaultsDate)},
	{"toLocaleTimeString", 0, localeDateMethod("toLocaleTimeString", defaultsTime)},
}

var dateMethodIndex = func() map[string]int {
	index := make(map[string]int, len(dateMethods))
	for i, m := range dateMethods {
		index[m.name] = i
	}
	return index
}()

// receiver returns the date on which a getter is called.
func (d *dates) receiver(call goja.FunctionCall) float64 {
	ms, ok := dateValue(call.This)
	if !ok {
		panic(d.vm.NewTypeError("this is not a Date object."))
	}
	return ms
}

// receiverOf is [dates.receiver] for the methods whose error names them.
func (d *dates) receiverOf(call goja.FunctionCall, method string) float64 {
	ms, ok := dateValue(call.This)
	if !ok {
		panic(d.vm.NewTypeError("Method Date.prototype.%s called on incompatible receiver %s", method, receiverText(call.This)))
	}
	return ms
}

// receiverText shows a value as V8 does in its errors.
func receiverText(v goja.Value) string {
	object, ok := v.(*goja.Object)
	switch {
	case !ok:
		return v.String()
	case object.ClassName() == "Array":
		return "[object Array]"
	default:
		return "#<" + object.ClassName() + ">"
	}
}

func stringOf(vm *goja.Runtime, v goja.Value) string {
	if _, ok := v.(*goja.Symbol); ok {
		panic(vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	return v.String()
}

func (d *dates) fields(ms float64, utc bool) jsvalue.Fields {
	if utc {
		return jsvalue.SplitTime(int64(ms))
	}
	return d.zone.Local(int64(ms))
}

func getter(utc bool, field func(jsvalue.Fields) int) func(*dates, goja.FunctionCall) goja.Value {
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiver(call)
		if math.IsNaN(ms) {
			return goja.NaN()
		}
		return d.vm.ToValue(field(d.fields(ms, utc)))
	}
}

// setter makes the method that sets parts of a date.
//
// Like V8 the method of an invalid date reads only its first argument, but for
// those that set a year.
func setter(name string) func(*dates, goja.FunctionCall) goja.Value {
	set := jsvalue.DateSetters[name]
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiverOf(call, name)
		given := []float64{call.Argument(0).ToNumber().ToFloat()}
		if math.IsNaN(ms) && set.First != jsvalue.DateYear {
			return goja.NaN()
		}
		for i := 1; i <= int(set.Last-set.First) && i < len(call.Arguments); i++ {
			given = append(given, call.Arguments[i].ToNumber().ToFloat())
		}
		return d.setValue(call.This, set.Set(ms, d.zone, given))
	}
}

func getYear(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "getYear")
	if math.IsNaN(ms) {
		return goja.NaN()
	}
	return d.vm.ToValue(d.zone.Local(int64(ms)).Year - 1900)
}

func setYear(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "setYear")
	year := call.Argument(0).ToNumber().ToFloat()
	return d.setValue(call.This, jsvalue.SetYear(ms, d.zone, year))
}

// timezoneOffset answers minutes west of UTC, without a rest of seconds.
func timezoneOffset(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiver(call)
	if math.IsNaN(ms) {
		return goja.NaN()
	}
	return d.vm.ToValue(-d.zone.OffsetMs(int64(ms)) / jsvalue.MsPerMinute)
}
