package stdlib

import (
	"math"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// dateFunctions are those of Date. A method's receiver is a *jsvalue.Date: everything else
// exits.
var dateFunctions = []Function{
	{Name: "dateNow", Result: Number, Run: true, Impl: DateNow, Doc: "dateNow() // Date.now()"},
	{Name: "newDate", Run: true, Impl: NewDate, Doc: "newDate() // new Date()"},
	{Name: "dateOf", Min: 1, Max: 1, Run: true, Impl: DateOf, Doc: `dateOf("2024-01-02") // new Date("2024-01-02")`},
	{Name: "dateFrom", Min: 2, Max: -1, Run: true, Impl: DateFrom, Doc: "dateFrom(2024, 0, 2) // new Date(2024, 0, 2): local time"},
	{Name: "dateUTC", Min: 0, Max: -1, Result: Number, Impl: DateUTC, Doc: "dateUTC(2024, 0, 2) // 1704153600000"},
	{Name: "dateParse", Min: 1, Max: 1, Result: Number, Run: true, Impl: DateParse, Doc: `dateParse("2024-01-02") // 1704153600000`},

	localField("getDate", func(f jsvalue.Fields) int { return f.Day }),
	localField("getDay", func(f jsvalue.Fields) int { return f.Weekday }),
	localField("getFullYear", func(f jsvalue.Fields) int { return f.Year }),
	localField("getHours", func(f jsvalue.Fields) int { return f.Hour }),
	localField("getMilliseconds", func(f jsvalue.Fields) int { return f.Millisecond }),
	localField("getMinutes", func(f jsvalue.Fields) int { return f.Minute }),
	localField("getMonth", func(f jsvalue.Fields) int { return f.Month }),
	localField("getSeconds", func(f jsvalue.Fields) int { return f.Second }),
	localField("getYear", func(f jsvalue.Fields) int { return f.Year - 1900 }),
	utcField("getUTCDate", func(f jsvalue.Fields) int { return f.Day }),
	utcField("getUTCDay", func(f jsvalue.Fields) int { return f.Weekday }),
	utcField("getUTCFullYear", func(f jsvalue.Fields) int { return f.Year }),
	utcField("getUTCHours", func(f jsvalue.Fields) int { return f.Hour }),
	utcField("getUTCMilliseconds", func(f jsvalue.Fields) int { return f.Millisecond }),
	utcField("getUTCMinutes", func(f jsvalue.Fields) int { return f.Minute }),
	utcField("getUTCMonth", func(f jsvalue.Fields) int { return f.Month }),
	utcField("getUTCSeconds", func(f jsvalue.Fields) int { return f.Second }),

	{Name: "getTimezoneOffset", Min: 1, Max: 1, Result: Number, Run: true, Impl: GetTimezoneOffset, Doc: "getTimezoneOffset(date) // minutes west of UTC"},
	{Name: "getTime", Min: 1, Max: 1, Result: Number, Impl: GetTime, Doc: "getTime(date) // milliseconds since 1970"},
	{Name: "valueOf", Min: 1, Max: 1, Result: Number, Impl: GetTime, Doc: "valueOf(date) // milliseconds since 1970"},
	{Name: "toISOString", Min: 1, Max: 1, Result: String, Impl: ToISOString, Doc: `toISOString(date) // "2024-01-02T00:00:00.000Z"; an invalid date exits`},
	{Name: "toJSON", Min: 1, Max: 1, Impl: ToJSON, Doc: "toJSON(x) // of a date or URL; null for an invalid date"},
	{Name: "toDateString", Min: 1, Max: 1, Result: String, Run: true, Impl: ToDateString, Doc: `toDateString(date) // "Tue Jan 02 2024"`},
	{Name: "toTimeString", Min: 1, Max: 1, Result: String, Run: true, Impl: ToTimeString, Doc: `toTimeString(date) // "03:04:05 GMT+0000 (Coordinated Universal Time)"`},
	{Name: "toUTCString", Min: 1, Max: 1, Result: String, Impl: ToUTCString, Doc: `toUTCString(date) // "Tue, 02 Jan 2024 03:04:05 GMT"`},
}

// runOf is the *jsvalue.Run that a function gets as its last argument.
func runOf(run any) *jsvalue.Run {
	r, ok := run.(*jsvalue.Run)
	if !ok {
		panic("internal error: a library function is called without its run")
	}
	return r
}

// localZone is the run's local time.
func localZone(run any) *time.Location {
	if zone := runOf(run).Zone; zone != nil {
		return zone
	}
	return time.UTC
}

// dateTime is a method's receiver.
func dateTime(x any) (float64, error) {
	if date, ok := x.(*jsvalue.Date); ok {
		return date.Time, nil
	}
	return 0, jsvalue.NotOf(x)
}

// DateNow is the run's clock in whole milliseconds.
//
// Source: ECMA-262 Date.now.
func DateNow(run any) (float64, error) { return math.Floor(runOf(run).Now), nil }

// NewDate is new Date() without arguments.
func NewDate(run any) (any, error) {
	return &jsvalue.Date{Time: math.Floor(runOf(run).Now), Zone: localZone(run)}, nil
}

// DateOf is new Date(x): another date, a text as [DateParse] reads it, or a number of
// milliseconds.
func DateOf(x, run any) (any, error) {
	date := &jsvalue.Date{Zone: localZone(run)}
	if other, ok := x.(*jsvalue.Date); ok {
		date.Time = other.Time
		return date, nil
	}
	primitive, err := jsvalue.ToPrimitive(x, jsvalue.HintDefault)
	if err != nil {
		return nil, err
	}
	if text, ok := primitive.(string); ok {
		date.Time = jsvalue.ParseDate(text, jsvalue.NewZone(date.Zone))
		return date, nil
	}
	number, err := jsvalue.ToNumber(primitive)
	date.Time = jsvalue.TimeClip(number)
	return date, err
}

// DateFrom is new Date(year, month, …): local time. Its last argument is the run.
func DateFrom(args ...any) (any, error) {
	last := len(args) - 1
	zone := localZone(args[last])
	parts, err := dateNumbers(args[:last])
	if err != nil {
		return nil, err
	}
	ms := jsvalue.TimeClip(jsvalue.NewZone(zone).ToUTC(jsvalue.DateParts(parts)))
	return &jsvalue.Date{Time: ms, Zone: zone}, nil
}

// DateUTC is Date.UTC(year, month, …).
func DateUTC(args ...any) (float64, error) {
	parts, err := dateNumbers(args)
	if err != nil {
		return 0, err
	}
	return jsvalue.TimeClip(jsvalue.DateParts(parts)), nil
}

// DateParse is Date.parse(s): the ISO form of ECMA-262 and what V8 reads besides; NaN for
// a text that is no date. A text without an offset is local time, but for a date alone.
func DateParse(x, run any) (float64, error) {
	text, err := jsvalue.ToString(x)
	if err != nil {
		return 0, err
	}
	return jsvalue.ParseDate(text, jsvalue.NewZone(localZone(run))), nil
}

// dateNumbers reads the parts of a date.
func dateNumbers(args []any) ([]float64, error) {
	parts := make([]float64, len(args))
	for i, arg := range args {
		var err error
		if parts[i], err = jsvalue.ToNumber(arg); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// localField makes the getter of a part in local time.
func localField(name string, part func(jsvalue.Fields) int) Function {
	return Function{
		Name: name, Min: 1, Max: 1, Result: Number, Run: true, Doc: name + "(date) // in local time; NaN for an invalid date",
		Impl: func(x, run any) (float64, error) {
			ms, err := dateTime(x)
			if err != nil || math.IsNaN(ms) {
				return ms, err
			}
			return float64(part(jsvalue.NewZone(localZone(run)).Local(int64(ms)))), nil
		},
	}
}

// utcField makes the getter of a part in UTC.
func utcField(name string, part func(jsvalue.Fields) int) Function {
	return Function{
		Name: name, Min: 1, Max: 1, Result: Number, Doc: name + "(date) // in UTC; NaN for an invalid date",
		Impl: func(x any) (float64, error) {
			ms, err := dateTime(x)
			if err != nil || math.IsNaN(ms) {
				return ms, err
			}
			return float64(part(jsvalue.SplitTime(int64(ms)))), nil
		},
	}
}

// GetTimezoneOffset is the distance to UTC in minutes, west positive.
func GetTimezoneOffset(x, run any) (float64, error) {
	ms, err := dateTime(x)
	if err != nil || math.IsNaN(ms) {
		return ms, err
	}
	return float64(-jsvalue.NewZone(localZone(run)).OffsetMs(int64(ms)) / jsvalue.MsPerMinute), nil
}

// GetTime is getTime and valueOf.
func GetTime(x any) (float64, error) { return dateTime(x) }

// ToISOString exits for an invalid date, where JavaScript throws a RangeError.
func ToISOString(x any) (string, error) {
	ms, err := dateTime(x)
	switch {
	case err != nil:
		return "", err
	case math.IsNaN(ms):
		return "", jsvalue.ExitThrow
	}
	return jsvalue.ISOText(ms), nil
}

// ToJSON is toJSON of a date or a URL.
func ToJSON(x any) (any, error) {
	if json, ok := x.(jsvalue.JSONer); ok {
		return json.JSON()
	}
	return nil, jsvalue.NotOf(x)
}

// ToDateString is the date alone, in local time.
func ToDateString(x, run any) (string, error) { return dateText(x, run, true, false) }

// ToTimeString is the time of day, in local time.
func ToTimeString(x, run any) (string, error) { return dateText(x, run, false, true) }

func dateText(x, run any, date, clock bool) (string, error) {
	ms, err := dateTime(x)
	switch {
	case err != nil:
		return "", err
	case math.IsNaN(ms):
		return jsvalue.InvalidDate, nil
	}
	return jsvalue.DateText(ms, jsvalue.NewZone(localZone(run)), date, clock), nil
}

// ToUTCString is the date and time of day in UTC.
func ToUTCString(x any) (string, error) {
	ms, err := dateTime(x)
	switch {
	case err != nil:
		return "", err
	case math.IsNaN(ms):
		return jsvalue.InvalidDate, nil
	}
	return jsvalue.UTCText(ms), nil
}

// DateSet answers the time that a date has after one of its set methods, without changing
// it: setDate, setUTCHours, setTime and the others. It is also what the method answers.
// A method of another name exits.
func DateSet(date *jsvalue.Date, method string, args []any, run *jsvalue.Run) (float64, error) {
	given, err := dateNumbers(args)
	if err != nil {
		return 0, err
	}
	if len(given) == 0 {
		given = []float64{math.NaN()}
	}
	zone := jsvalue.NewZone(localZone(run))
	switch method {
	case "setTime":
		return jsvalue.TimeClip(given[0]), nil
	case "setYear":
		return jsvalue.SetYear(date.Time, zone, given[0]), nil
	}
	set, ok := jsvalue.DateSetters[method]
	if !ok {
		return 0, jsvalue.ExitType
	}
	return set.Set(date.Time, zone, given), nil
}
