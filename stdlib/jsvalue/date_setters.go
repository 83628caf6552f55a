package jsvalue

import "math"

// DatePart is a part of a date that a setter begins with.
type DatePart uint8

// The parts of a date, in the order of the arguments of Date's constructor.
const (
	DateYear DatePart = iota
	DateMonth
	DateDay
	DateHour
	DateMinute
	DateSecond
	DateMillisecond
)

// DateSetter says what a set method of Date sets: the parts First to Last, the later ones
// as far as arguments are given.
type DateSetter struct {
	First, Last DatePart
	UTC         bool
}

// DateSetters are the set methods but for setTime and setYear.
var DateSetters = map[string]DateSetter{
	"setDate":            {DateDay, DateDay, false},
	"setFullYear":        {DateYear, DateDay, false},
	"setHours":           {DateHour, DateMillisecond, false},
	"setMilliseconds":    {DateMillisecond, DateMillisecond, false},
	"setMinutes":         {DateMinute, DateMillisecond, false},
	"setMonth":           {DateMonth, DateDay, false},
	"setSeconds":         {DateSecond, DateMillisecond, false},
	"setUTCDate":         {DateDay, DateDay, true},
	"setUTCFullYear":     {DateYear, DateDay, true},
	"setUTCHours":        {DateHour, DateMillisecond, true},
	"setUTCMilliseconds": {DateMillisecond, DateMillisecond, true},
	"setUTCMinutes":      {DateMinute, DateMillisecond, true},
	"setUTCMonth":        {DateMonth, DateDay, true},
	"setUTCSeconds":      {DateSecond, DateMillisecond, true},
}

// Set answers the time that a date has after the method: ms is its time before, given are
// the arguments as numbers (at least one; those behind Last are ignored). An invalid date
// stays so, but a year makes any date valid.
//
// Source: ECMA-262 Date.prototype.setDate and the like.
func (s DateSetter) Set(ms float64, zone Zone, given []float64) float64 {
	var f Fields
	switch {
	case !math.IsNaN(ms) && s.UTC:
		f = SplitTime(int64(ms))
	case !math.IsNaN(ms):
		f = zone.Local(int64(ms))
	case s.First == DateYear:
		f = SplitTime(0)
	default:
		return math.NaN()
	}
	parts := [7]float64{
		float64(f.Year), float64(f.Month), float64(f.Day),
		float64(f.Hour), float64(f.Minute), float64(f.Second), float64(f.Millisecond),
	}
	copy(parts[s.First:s.Last+1], given)
	t := MakeDate(MakeDay(parts[0], parts[1], parts[2]), MakeTime(parts[3], parts[4], parts[5], parts[6]))
	if !s.UTC {
		t = zone.ToUTC(t)
	}
	return TimeClip(t)
}

// SetYear answers the time that a date has after setYear.
func SetYear(ms float64, zone Zone, year float64) float64 {
	f := SplitTime(0)
	if !math.IsNaN(ms) {
		f = zone.Local(int64(ms))
	}
	day := MakeDay(FullYear(year), float64(f.Month), float64(f.Day))
	return TimeClip(zone.ToUTC(MakeDate(day, float64(f.TimeInDayMs))))
}
