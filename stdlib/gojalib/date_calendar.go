package gojalib

import "math"

const (
	msPerSecond = 1000
	msPerMinute = 60 * msPerSecond
	msPerHour   = 60 * msPerMinute
	msPerDay    = 24 * msPerHour

	// maxTimeMs is the largest distance of a Date from the epoch, in
	// milliseconds (ECMA-262, Time Values and Time Range).
	maxTimeMs = 8.64e15
)

// fields are the parts of an instant in some zone, as Date's getters count
// them: month from 0, weekday from Sunday.
type fields struct {
	year, month, day       int
	weekday                int
	hour, minute, second   int
	millisecond            int
	dayNumber, timeInDayMs int64 // days since the epoch, milliseconds since midnight
}

// splitTime takes local milliseconds since the epoch apart, in the proleptic
// Gregorian calendar.
func splitTime(ms int64) fields {
	day := floorDiv(ms, msPerDay)
	inDay := ms - day*msPerDay
	year, month, date := civilFromDays(day)
	return fields{
		year: year, month: month - 1, day: date,
		weekday:     int(((day+4)%7 + 7) % 7),
		hour:        int(inDay / msPerHour),
		minute:      int(inDay / msPerMinute % 60),
		second:      int(inDay / msPerSecond % 60),
		millisecond: int(inDay % msPerSecond),
		dayNumber:   day,
		timeInDayMs: inDay,
	}
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// civilFromDays turns days since the epoch into year, month (from 1) and day.
// It counts in eras of 400 years that begin on the first of March.
func civilFromDays(days int64) (year, month, day int) {
	days += 719468 // days from 0000-03-01 to 1970-01-01
	era := floorDiv(days, 146097)
	inEra := days - era*146097
	yearOfEra := (inEra - inEra/1460 + inEra/36524 - inEra/146096) / 365
	inYear := inEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*inYear + 2) / 153 // March is 0
	day = int(inYear-(153*shifted+2)/5) + 1
	month = int(shifted) + 3
	if month > 12 {
		month -= 12
	}
	year = int(yearOfEra + era*400)
	if month <= 2 {
		year++
	}
	return year, month, day
}

// daysFromCivil is the inverse of [civilFromDays].
func daysFromCivil(year, month, day int64) int64 {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	inYear := (153*(month-3)+2)/5 + day - 1
	return era*146097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + inYear - 719468
}

// makeTime is ECMA-262 MakeTime.
func makeTime(hour, minute, second, ms float64) float64 {
	if !finite(hour) || !finite(minute) || !finite(second) || !finite(ms) {
		return math.NaN()
	}
	return math.Trunc(hour)*msPerHour + math.Trunc(minute)*msPerMinute + math.Trunc(second)*msPerSecond + math.Trunc(ms)
}

// makeDay is ECMA-262 MakeDay. Like V8 it answers NaN for a year beyond a
// million or a month beyond ten millions.
func makeDay(year, month, date float64) float64 {
	if !finite(year) || !finite(month) || !finite(date) {
		return math.NaN()
	}
	if math.Abs(year) > 1e6 || math.Abs(month) > 1e7 {
		return math.NaN()
	}
	y, m := int64(year), int64(month)
	y += floorDiv(m, 12)
	m = m - floorDiv(m, 12)*12
	return float64(daysFromCivil(y, m+1, 1)) + math.Trunc(date) - 1
}

// makeDate is ECMA-262 MakeDate.
func makeDate(day, time float64) float64 {
	if !finite(day) || !finite(time) {
		return math.NaN()
	}
	return day*msPerDay + time
}

// timeClip is ECMA-262 TimeClip.
func timeClip(t float64) float64 {
	if math.IsNaN(t) || math.Abs(t) > maxTimeMs {
		return math.NaN()
	}
	return math.Trunc(t) + 0 // no negative zero
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
