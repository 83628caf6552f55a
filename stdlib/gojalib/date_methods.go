package gojalib

import (
	"math"

	"github.com/dop251/goja"
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
		return d.vm.ToValue(parseDate(stringOf(d.vm, call.Argument(0)), d.zone))
	}},
	{"UTC", 7, func(d *dates, call goja.FunctionCall) goja.Value {
		return d.vm.ToValue(timeClip(dateFromParts(call.Arguments)))
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
	{"getDate", 0, getter(false, func(f fields) int { return f.day })},
	{"setDate", 1, setter("setDate", partDay, partDay, false)},
	{"getDay", 0, getter(false, func(f fields) int { return f.weekday })},
	{"getFullYear", 0, getter(false, func(f fields) int { return f.year })},
	{"setFullYear", 3, setter("setFullYear", partYear, partDay, false)},
	{"getHours", 0, getter(false, func(f fields) int { return f.hour })},
	{"setHours", 4, setter("setHours", partHour, partMs, false)},
	{"getMilliseconds", 0, getter(false, func(f fields) int { return f.millisecond })},
	{"setMilliseconds", 1, setter("setMilliseconds", partMs, partMs, false)},
	{"getMinutes", 0, getter(false, func(f fields) int { return f.minute })},
	{"setMinutes", 3, setter("setMinutes", partMinute, partMs, false)},
	{"getMonth", 0, getter(false, func(f fields) int { return f.month })},
	{"setMonth", 2, setter("setMonth", partMonth, partDay, false)},
	{"getSeconds", 0, getter(false, func(f fields) int { return f.second })},
	{"setSeconds", 2, setter("setSeconds", partSecond, partMs, false)},
	{"getTime", 0, func(d *dates, call goja.FunctionCall) goja.Value { return d.vm.ToValue(d.receiver(call)) }},
	{"setTime", 1, func(d *dates, call goja.FunctionCall) goja.Value {
		d.receiverOf(call, "setTime")
		return d.setValue(call.This, call.Argument(0).ToNumber().ToFloat())
	}},
	{"getTimezoneOffset", 0, timezoneOffset},
	{"getUTCDate", 0, getter(true, func(f fields) int { return f.day })},
	{"setUTCDate", 1, setter("setUTCDate", partDay, partDay, true)},
	{"getUTCDay", 0, getter(true, func(f fields) int { return f.weekday })},
	{"getUTCFullYear", 0, getter(true, func(f fields) int { return f.year })},
	{"setUTCFullYear", 3, setter("setUTCFullYear", partYear, partDay, true)},
	{"getUTCHours", 0, getter(true, func(f fields) int { return f.hour })},
	{"setUTCHours", 4, setter("setUTCHours", partHour, partMs, true)},
	{"getUTCMilliseconds", 0, getter(true, func(f fields) int { return f.millisecond })},
	{"setUTCMilliseconds", 1, setter("setUTCMilliseconds", partMs, partMs, true)},
	{"getUTCMinutes", 0, getter(true, func(f fields) int { return f.minute })},
	{"setUTCMinutes", 3, setter("setUTCMinutes", partMinute, partMs, true)},
	{"getUTCMonth", 0, getter(true, func(f fields) int { return f.month })},
	{"setUTCMonth", 2, setter("setUTCMonth", partMonth, partDay, true)},
	{"getUTCSeconds", 0, getter(true, func(f fields) int { return f.second })},
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

func (d *dates) fields(ms float64, utc bool) fields {
	if utc {
		return splitTime(int64(ms))
	}
	return d.zone.local(int64(ms))
}

func getter(utc bool, field func(fields) int) func(*dates, goja.FunctionCall) goja.Value {
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
		var f fields
		switch {
		case !math.IsNaN(ms):
			f = d.fields(ms, utc)
		case first == partYear:
			f = splitTime(0)
		default:
			return goja.NaN()
		}
		parts := [7]float64{
			float64(f.year), float64(f.month), float64(f.day),
			float64(f.hour), float64(f.minute), float64(f.second), float64(f.millisecond),
		}
		parts[first] = given
		for i := first + 1; i <= last && i-first < len(call.Arguments); i++ {
			parts[i] = call.Arguments[i-first].ToNumber().ToFloat()
		}
		t := makeDate(makeDay(parts[0], parts[1], parts[2]), makeTime(parts[3], parts[4], parts[5], parts[6]))
		if !utc {
			t = d.zone.toUTC(t)
		}
		return d.setValue(call.This, t)
	}
}

func getYear(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "getYear")
	if math.IsNaN(ms) {
		return goja.NaN()
	}
	return d.vm.ToValue(d.zone.local(int64(ms)).year - 1900)
}

func setYear(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "setYear")
	year := call.Argument(0).ToNumber().ToFloat()
	f := splitTime(0)
	if !math.IsNaN(ms) {
		f = d.zone.local(int64(ms))
	}
	day := makeDay(fullYear(year), float64(f.month), float64(f.day))
	return d.setValue(call.This, d.zone.toUTC(makeDate(day, float64(f.timeInDayMs))))
}

// timezoneOffset answers minutes west of UTC, without a rest of seconds.
func timezoneOffset(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiver(call)
	if math.IsNaN(ms) {
		return goja.NaN()
	}
	return d.vm.ToValue(-d.zone.offsetMs(int64(ms)) / msPerMinute)
}
