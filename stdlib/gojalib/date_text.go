package gojalib

import (
	"fmt"
	"math"

	"github.com/dop251/goja"
)

const invalidDate = "Invalid Date"

var (
	weekdayNames = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	monthNames   = [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	}
)

// textMethod makes a method that prints a date, "Invalid Date" for an invalid
// one.
func textMethod(name string, text func(d *dates, ms float64) string) func(*dates, goja.FunctionCall) goja.Value {
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiverOf(call, name)
		if math.IsNaN(ms) {
			return d.vm.ToValue(invalidDate)
		}
		return d.vm.ToValue(text(d, ms))
	}
}

// text prints an instant in the run's zone as toString does, or one half of it:
//
//	Tue Jan 02 2024 03:04:05 GMT+0100 (Central European Standard Time)
func (d *dates) text(ms float64, date, clock bool) string {
	instant := int64(ms)
	f := d.zone.local(instant)
	text := ""
	if date {
		text = fmt.Sprintf("%s %s %02d %s", weekdayNames[f.weekday][:3], monthNames[f.month][:3], f.day, yearText(f.year))
	}
	if date && clock {
		text += " "
	}
	if clock {
		minutes := d.zone.offsetMs(instant) / msPerMinute
		sign := '+'
		if d.zone.offsetMs(instant) < 0 {
			sign, minutes = '-', -minutes
		}
		text += fmt.Sprintf("%02d:%02d:%02d GMT%c%02d%02d (%s)",
			f.hour, f.minute, f.second, sign, minutes/60, minutes%60, zoneToday(d.zone.loc, instant))
	}
	return text
}

func yearText(year int) string {
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

func utcText(_ *dates, ms float64) string {
	f := splitTime(int64(ms))
	return fmt.Sprintf("%s, %02d %s %s %02d:%02d:%02d GMT",
		weekdayNames[f.weekday][:3], f.day, monthNames[f.month][:3], yearText(f.year), f.hour, f.minute, f.second)
}

func isoString(d *dates, call goja.FunctionCall) goja.Value {
	ms := d.receiverOf(call, "toISOString")
	if math.IsNaN(ms) {
		panic(newRangeError(d.vm, "Invalid time value"))
	}
	f := splitTime(int64(ms))
	year := fmt.Sprintf("%04d", f.year)
	if f.year < 0 || f.year > 9999 {
		year = fmt.Sprintf("%+07d", f.year)
	}
	return d.vm.ToValue(fmt.Sprintf("%s-%02d-%02dT%02d:%02d:%02d.%03dZ",
		year, f.month+1, f.day, f.hour, f.minute, f.second, f.millisecond))
}

// newRangeError makes the RangeError that a built-in throws.
func newRangeError(vm *goja.Runtime, text string) goja.Value {
	object, err := vm.New(vm.Get("RangeError"), vm.ToValue(text))
	if err != nil {
		return vm.NewTypeError("%s", text) // a rule replaced RangeError
	}
	return object
}
