package jsvalue

import (
	"math"
	"slices"
)

// Class is Date.
func (d *Date) Class() string { return "Date" }

// Property is undefined, unless Date.prototype answers to the key.
func (d *Date) Property(key string) (any, error) {
	if slices.Contains(dateMembers, key) || OnObject(key) {
		return nil, ExitPrototype
	}
	return Undefined, nil
}

// Text is toString: local time in the zone of the run that made the date.
func (d *Date) Text() (string, error) {
	switch {
	case math.IsNaN(d.Time):
		return InvalidDate, nil
	case d.Zone == nil:
		return "", ExitType
	}
	return DateText(d.Time, NewZone(d.Zone), true, true), nil
}

// Number is valueOf.
func (d *Date) Number() (float64, error) { return d.Time, nil }

// JSON is toJSON: the ISO text, nil for an invalid date.
func (d *Date) JSON() (any, error) {
	if math.IsNaN(d.Time) {
		return nil, nil
	}
	return ISOText(d.Time), nil
}

// dateMembers are the methods of Date.prototype.
var dateMembers = []string{
	"toDateString", "toTimeString", "toISOString", "toUTCString", "toGMTString", "getDate", "setDate", "getDay",
	"getFullYear", "setFullYear", "getHours", "setHours", "getMilliseconds", "setMilliseconds", "getMinutes", "setMinutes",
	"getMonth", "setMonth", "getSeconds", "setSeconds", "getTime", "setTime", "getTimezoneOffset", "getUTCDate",
	"setUTCDate", "getUTCDay", "getUTCFullYear", "setUTCFullYear", "getUTCHours", "setUTCHours", "getUTCMilliseconds",
	"setUTCMilliseconds", "getUTCMinutes", "setUTCMinutes", "getUTCMonth", "setUTCMonth", "getUTCSeconds",
	"setUTCSeconds", "getYear", "setYear", "toJSON", "toLocaleDateString", "toLocaleTimeString",
}
