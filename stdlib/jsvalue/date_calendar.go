package jsvalue

import "math"

// Milliseconds of the units of time.
const (
	MsPerSecond = 1000
	MsPerMinute = 60 * MsPerSecond
	MsPerHour   = 60 * MsPerMinute
	MsPerDay    = 24 * MsPerHour

	// maxTimeMs is the largest distance of a Date from the epoch, in
	// milliseconds (ECMA-262, Time Values and Time Range).
	maxTimeMs = 8.64e15
)

// Fields are the parts of an instant in some zone, as Date's getters count
// them: month from 0, weekday from Sunday.
type Fields struct {
	Year, Month, Day       int
	Weekday                int
	Hour, Minute, Second   int
	Millisecond            int
	DayNumber, TimeInDayMs int64 // days since the epoch, milliseconds since midnight
}

// SplitTime takes local milliseconds since the epoch apart, in the proleptic
// Gregorian calendar.
func SplitTime(ms int64) Fields {
	day := floorDiv(ms, MsPerDay)
	inDay := ms - day*MsPerDay
	year, month, date := civilFromDays(day)
	return Fields{
		Year: year, Month: month - 1, Day: date,
		Weekday:     int(((day+4)%7 + 7) % 7),
		Hour:        int(inDay / MsPerHour),
		Minute:      int(inDay / MsPerMinute % 60),
		Second:      int(inDay / MsPerSecond % 60),
		Millisecond: int(inDay % MsPerSecond),
		DayNumber:   day,
		TimeInDayMs: inDay,
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

// MakeTime is ECMA-262 MakeTime.
func MakeTime(hour, minute, second, ms float64) float64 {
	if !isFiniteTime(hour) || !isFiniteTime(minute) || !isFiniteTime(second) || !isFiniteTime(ms) {
		return math.NaN()
	}
	return math.Trunc(hour)*MsPerHour + math.Trunc(minute)*MsPerMinute + math.Trunc(second)*MsPerSecond + math.Trunc(ms)
}

// MakeDay is ECMA-262 MakeDay. Like V8 it answers NaN for a year beyond a
// million or a month beyond ten millions.
func MakeDay(year, month, date float64) float64 {
	if !isFiniteTime(year) || !isFiniteTime(month) || !isFiniteTime(date) {
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

// MakeDate is ECMA-262 MakeDate.
func MakeDate(day, time float64) float64 {
	if !isFiniteTime(day) || !isFiniteTime(time) {
		return math.NaN()
	}
	return day*MsPerDay + time
}

// TimeClip is ECMA-262 TimeClip.
func TimeClip(t float64) float64 {
	if math.IsNaN(t) || math.Abs(t) > maxTimeMs {
		return math.NaN()
	}
	return math.Trunc(t) + 0 // no negative zero
}

func isFiniteTime(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// DateParts is the time that year, month (from 0), day, hour, minute, second and millisecond
// name, as Date's constructor and Date.UTC read them: what is left out is the first, and
// years 0 to 99 are those of the 20th century.
func DateParts(given []float64) float64 {
	parts := [7]float64{math.NaN(), 0, 1}
	copy(parts[:], given)
	return MakeDate(MakeDay(FullYear(parts[0]), parts[1], parts[2]), MakeTime(parts[3], parts[4], parts[5], parts[6]))
}

// FullYear is ECMA-262 MakeFullYear: 70 is 1970.
func FullYear(year float64) float64 {
	if y := math.Trunc(year); y >= 0 && y <= 99 {
		return 1900 + y
	}
	return year
}
