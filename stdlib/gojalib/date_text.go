package gojalib

import (
	"math"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// textMethod makes a method that prints a date, "Invalid Date" for an invalid
// one.
func textMethod(name string, text func(d *dates, ms float64) string) func(*dates, goja.FunctionCall) goja.Value {
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiverOf(call, name)
		if math.IsNaN(ms) {
			return d.vm.ToValue(jsvalue.InvalidDate)
		}
		return d.vm.ToValue(text(d, ms))
	}
}

// text prints an instant in the run's zone as toString does, or one half of it.
func (d *dates) text(ms float64, date, clock bool) string {
	return jsvalue.DateText(ms, d.zone, date, clock)
}

func utcText(_ *dates, ms float64) string { return jsvalue.UTCText(ms) }

func isoString(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "toISOString")
	if math.IsNaN(ms) {
		panic(newRangeError(d.vm, "Invalid time value"))
	}
	return d.vm.ToValue(jsvalue.ISOText(ms))
}

// newRangeError makes the RangeError that a built-in throws.
func newRangeError(vm *goja.Runtime, text string) goja.Value {
	object, err := vm.New(vm.Get("RangeError"), vm.ToValue(text))
	if err != nil {
		return vm.NewTypeError("%s", text) // a rule replaced RangeError
	}
	return object
}
