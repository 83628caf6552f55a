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
	{"setDate", 1, setter("setDate", partDay, partDay, false)},
	{"getDay", 0, getter(false, func(f jsvalue.Fields) int { return f.Weekday })},
	{"getFullYear", 0, getter(false, func(f jsvalue.Fields) int { return f.Year })},
	{"setFullYear", 3, setter("setFullYear", partYear, partDay, false)},
	{"getHours", 0, getter(false, func(f jsvalue.Fields) int { return f.Hour })},
	{"setHours", 4, setter("setHours", partHour, partMs, false)},
	{"getMilliseconds", 0, getter(false, func(f jsvalue.Fields) int { return f.Millisecond })},
	{"setMilliseconds", 1, setter("setMilliseconds", partMs, partMs, false)},
	{"getMinutes", 0, getter(false, func(f jsvalue.Fields) int { return f.Minute })},
	{"setMinutes", 3, setter("setMinutes", partMinute, partMs, false)},
	{"getMonth", 0, getter(false, func(f jsvalue.Fields) int { return f.Month })},
	{"setMonth", 2, setter("setMonth", partMonth, partDay, false)},
	{"getSeconds", 0, getter(false, func(f jsvalue.Fields) int { return f.Second })},
	{"setSeconds", 2, setter("setSeconds", partSecond, partMs, false)},
	{"getTime", 0, func(d *dates, call goja.FunctionCall) goja.Value { return d.vm.ToValue(d.receiver(call)) }},
	{"setTime", 1, func(d *dates, call goja.FunctionCall) goja.Value {
		d.receiverOf(call, "setTime")
		return d.setValue(call.This, call.Argument(0).ToNumber().ToFloat())
	}},
	{"getTimezoneOffset", 0, timezoneOffset},
	{"getUTCDate", 0, getter(true, func(f jsvalue.Fields) int { return f.Day })},
	{"setUTCDate", 1, setter("setUTCDate", partDay, partDay, true)},
	{"getUTCDay", 0, getter(true, func(f jsvalue.Fields) int { return f.Weekday })},
	{"getUTCFullYear", 0, getter(true, func(f jsvalue.Fields) int { return f.Year })},
	{"setUTCFullYear", 3, setter("setUTCFullYear", partYear, partDay, true)},
	{"getUTCHours", 0, getter(true, func(f jsvalue.Fields) int { return f.Hour })},
	{"setUTCHours", 4, setter("setUTCHours", partHour, partMs, true)},
	{"getUTCMilliseconds", 0, getter(true, func(f jsvalue.Fields) int { return f.Millisecond })},
	{"setUTCMilliseconds", 1, setter("setUTCMilliseconds", partMs, partMs, true)},
	{"getUTCMinutes", 0, getter(true, func(f jsvalue.Fields) int { return f.Minute })},
	{"setUTCMinutes", 3, setter("setUTCMinutes", partMinute, partMs, true)},
	{"getUTCMonth", 0, getter(true, func(f jsvalue.Fields) int { return f.Month })},
	{"setUTCMonth", 2, setter("setUTCMonth", partMonth, partDay, true)},
	{"getUTCSeconds", 0, getter(true, func(f jsvalue.Fields) int { return f.Second })},
	{"setUTCSeconds", 2, setter("setUTCSeconds", partSecond, partMs, true)},
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

const (
	partYear = iota
	partMonth
	partDay
	partHour
	partMinute
	partSecond
	partMs
)

// setter makes the method that sets the parts first to last, the later ones
// only as far as arguments are given.
//
// An invalid date stays so, and like V8 the method reads only its first
// argument then; a year makes any date valid.
func setter(name string, first, last int, utc bool) func(*dates, goja.FunctionCall) goja.Value {
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiverOf(call, name)
		given := call.Argument(0).ToNumber().ToFloat()
		var f jsvalue.Fields
		switch {
		case !math.IsNaN(ms):
			f = d.fields(ms, utc)
		case first == partYear:
			f = jsvalue.SplitTime(0)
		default:
			return goja.NaN()
		}
		parts := [7]float64{
			float64(f.Year), float64(f.Month), float64(f.Day),
			float64(f.Hour), float64(f.Minute), float64(f.Second), float64(f.Millisecond),
		}
		parts[first] = given
		for i := first + 1; i <= last && i-first < len(call.Arguments); i++ {
			parts[i] = call.Arguments[i-first].ToNumber().ToFloat()
		}
		t := jsvalue.MakeDate(jsvalue.MakeDay(parts[0], parts[1], parts[2]), jsvalue.MakeTime(parts[3], parts[4], parts[5], parts[6]))
		if !utc {
			t = d.zone.ToUTC(t)
		}
		return d.setValue(call.This, t)
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
	f := jsvalue.SplitTime(0)
	if !math.IsNaN(ms) {
		f = d.zone.Local(int64(ms))
	}
	day := jsvalue.MakeDay(jsvalue.FullYear(year), float64(f.Month), float64(f.Day))
	return d.setValue(call.This, d.zone.ToUTC(jsvalue.MakeDate(day, float64(f.TimeInDayMs))))
}

// timezoneOffset answers minutes west of UTC, without a rest of seconds.
func timezoneOffset(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiver(call)
	if math.IsNaN(ms) {
		return goja.NaN()
	}
	return d.vm.ToValue(-d.zone.OffsetMs(int64(ms)) / jsvalue.MsPerMinute)
}
