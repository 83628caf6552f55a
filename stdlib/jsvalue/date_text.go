package jsvalue

import (
	"fmt"
	"time"
)

// InvalidDate is the text of a date without a time.
const InvalidDate = "Invalid Date"

// English names of weekdays, from Sunday, and of months.
var (
	WeekdayNames = [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	MonthNames   = [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	}
)

// DateText is what toString, toDateString (date alone) and toTimeString (clock alone) of a
// valid date answer in a zone.
//
//	Tue Jan 02 2024 03:04:05 GMT+0100 (Central European Standard Time)
func DateText(ms float64, zone Zone, date, clock bool) string {
	instant := int64(ms)
	f := zone.Local(instant)
	text := ""
	if date {
		text = fmt.Sprintf("%s %s %02d %s", WeekdayNames[f.Weekday][:3], MonthNames[f.Month][:3], f.Day, yearText(f.Year))
	}
	if date && clock {
		text += " "
	}
	if clock {
		minutes := zone.OffsetMs(instant) / MsPerMinute
		sign := '+'
		if zone.OffsetMs(instant) < 0 {
			sign, minutes = '-', -minutes
		}
		text += fmt.Sprintf("%02d:%02d:%02d GMT%c%02d%02d (%s)",
			f.Hour, f.Minute, f.Second, sign, minutes/60, minutes%60, zoneToday(zone.loc, instant))
	}
	return text
}

func yearText(year int) string {
	if year < 0 {
		return fmt.Sprintf("-%04d", -year)
	}
	return fmt.Sprintf("%04d", year)
}

// UTCText is what toUTCString of a valid date answers.
//
//	Tue, 02 Jan 2024 03:04:05 GMT
func UTCText(ms float64) string {
	f := SplitTime(int64(ms))
	return fmt.Sprintf("%s, %02d %s %s %02d:%02d:%02d GMT",
		WeekdayNames[f.Weekday][:3], f.Day, MonthNames[f.Month][:3], yearText(f.Year), f.Hour, f.Minute, f.Second)
}

// ISOText is what toISOString of a valid date answers.
//
//	2024-01-02T03:04:05.000Z
func ISOText(ms float64) string {
	f := SplitTime(int64(ms))
	if f.Year >= 0 && f.Year <= 9999 {
		var buf [24]byte
		return string(time.UnixMilli(int64(ms)).UTC().AppendFormat(buf[:0], "2006-01-02T15:04:05.000Z"))
	}
	return fmt.Sprintf("%+07d-%02d-%02dT%02d:%02d:%02d.%03dZ", f.Year, f.Month+1, f.Day, f.Hour, f.Minute, f.Second, f.Millisecond)
}
