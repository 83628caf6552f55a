package gojalib

import (
	_ "embed"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

//go:embed intl_patterns.txt
var patternTable string

// datePatterns holds ICU's patterns by the fields asked for.
type datePatterns struct {
	date  map[string][2]string // pattern and glue
	time  map[string]string
	style map[string]string // dateStyle, or timeStyle and hour cycle
}

// patterns reads the table once. Its layout is described in testdata/patterns.js.
var patterns = sync.OnceValue(func() datePatterns {
	p := datePatterns{date: map[string][2]string{}, time: map[string]string{}, style: map[string]string{}}
	for line := range strings.Lines(patternTable) {
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		switch columns[0] {
		case "date":
			p.date[columns[1]] = [2]string{columns[2], columns[3]}
		case "time":
			p.time[columns[1]] = columns[2]
		case "style":
			p.style[columns[1]] = columns[2]
		}
	}
	return p
})

// joinPattern puts a date's and a time's pattern together, as ICU does; either
// may be empty. It reports false where ICU has no sane pattern.
func joinPattern(date, clock string) (string, bool) {
	p := patterns()
	switch {
	case clock == "":
		return p.date[date][0], true
	case date == "":
		return p.time[clock], true
	case strings.Trim(date, "G") == "":
		return date + ", " + p.time[clock], true
	}
	glue := p.date[date][1]
	switch {
	case glue == "":
		return "", false
	case strings.Trim(date, "E") == "" && plainClock(clock):
		glue = " "
	}
	return p.date[date][0] + glue + p.time[clock], true
}

// plainClock reports whether a time has an hour, perhaps minutes, perhaps
// seconds after them, and nothing else; a bare hour only of the 12-hour clock.
func plainClock(clock string) bool {
	rest := strings.TrimLeft(clock, "hKHk")
	bare := strings.TrimLeft(rest, "m")
	return rest != clock && strings.Trim(bare, "s") == "" &&
		(rest != bare || (bare == "" && strings.ContainsAny(clock, "hK")))
}

// dateTimeFormat is a resolved Intl.DateTimeFormat.
type dateTimeFormat struct {
	locale    string
	zoneID    string
	loc       *time.Location
	items     []patternItem
	zoneStyle string
	dateStyle string
	timeStyle string
}

// patternItem is a field of a pattern, or literal text when letter is 0.
type patternItem struct {
	letter byte
	width  int
	text   string
}

type formatPart struct{ kind, text string }

// dateDefaults says which fields a format has when the options name none.
type dateDefaults struct {
	needsDate, needsTime bool // the options that count as naming a field
	date, time           bool // what is added then
	method               bool // of Date.prototype: the other half's style is an error
}

var (
	defaultsAll  = dateDefaults{true, true, true, true, true}
	defaultsDate = dateDefaults{true, false, true, false, true}
	defaultsTime = dateDefaults{false, true, false, true, true}
	defaultsNew  = dateDefaults{true, true, true, false, false}
)

var (
	textStyles   = []string{"narrow", "short", "long"}
	digitStyles  = []string{"2-digit", "numeric"}
	monthStyles  = []string{"2-digit", "numeric", "narrow", "short", "long"}
	zoneStyles   = []string{"short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"}
	wholeStyles  = []string{"full", "long", "medium", "short"}
	fieldLetters = map[string]string{"era": "G", "year": "y", "month": "M", "weekday": "E", "day": "d", "minute": "m", "second": "s"}
	styleWidths  = map[string]int{"numeric": 1, "2-digit": 2, "short": 3, "long": 4, "narrow": 5}
)

// newDateTimeFormat is ECMA-402 InitializeDateTimeFormat for en-US.
func newDateTimeFormat(vm *goja.Runtime, zone *time.Location, locales, options goja.Value, defaults dateDefaults) *dateTimeFormat {
	f := &dateTimeFormat{locale: requestedLocale(vm, locales)}
	r := newOptionReader(vm, "Intl.DateTimeFormat", options)

	r.text("localeMatcher", "", "lookup", "best fit")
	r.only("calendar", "gregory")
	r.only("numberingSystem", "latn")
	hour12 := r.value("hour12")
	cycle := r.text("hourCycle", "h12", "h11", "h12", "h23", "h24")
	if hour12 != nil {
		cycle = "h12"
		if !hour12.ToBoolean() {
			cycle = "h24" // Node 20's choice for en-US: midnight is 24:00
		}
	}
	f.zone(r, zone)

	get := func(name string, allowed []string) string { return r.text(name, "", allowed...) }
	fields := map[string]string{}
	fields["weekday"] = get("weekday", textStyles)
	fields["era"] = get("era", textStyles)
	fields["year"] = get("year", digitStyles)
	fields["month"] = get("month", monthStyles)
	fields["day"] = get("day", digitStyles)
	if period := get("dayPeriod", textStyles); period != "" {
		r.unsupported("dayPeriod", period, "AM and PM are")
	}
	fields["hour"] = get("hour", digitStyles)
	fields["minute"] = get("minute", digitStyles)
	fields["second"] = get("second", digitStyles)
	fraction := r.number("fractionalSecondDigits", 1, 3, 0)
	f.zoneStyle = get("timeZoneName", zoneStyles)
	if strings.HasSuffix(f.zoneStyle, "Generic") {
		r.unsupported("timeZoneName", f.zoneStyle, "short, long, shortOffset and longOffset are")
	}
	r.text("formatMatcher", "", "basic", "best fit")
	f.dateStyle = get("dateStyle", wholeStyles)
	f.timeStyle = get("timeStyle", wholeStyles)

	if f.dateStyle != "" || f.timeStyle != "" {
		f.styled(r, fields, fraction, cycle, defaults)
		return f
	}
	named := defaults.needsDate && fields["weekday"]+fields["year"]+fields["month"]+fields["day"] != "" ||
		defaults.needsTime && (fields["hour"]+fields["minute"]+fields["second"] != "" || fraction != 0)
	if !named {
		for _, name := range []string{"year", "month", "day"} {
			if defaults.date {
				fields[name] = "numeric"
			}
		}
		for _, name := range []string{"hour", "minute", "second"} {
			if defaults.time {
				fields[name] = "numeric"
			}
		}
	}
	date, clock := dateKeys(fields, fraction, cycle, f.zoneStyle != "")
	pattern, ok := joinPattern(date, clock)
	if !ok {
		panic(newRangeError(vm, "Intl.DateTimeFormat does not support this combination of date and time fields: add year or day"))
	}
	f.items = parsePattern(pattern)
	return f
}

// zone reads the option timeZone; the run's zone is the default.
func (f *dateTimeFormat) zone(r optionReader, zone *time.Location) {
	v := r.value("timeZone")
	if v == nil {
		f.loc, f.zoneID = zone, "UTC"
		if zone != time.UTC {
			f.zoneID = jsvalue.ZoneID(zone)
		}
		return
	}
	name, ok := stringOf(r.vm, v), false
	if f.zoneID, f.loc, ok = jsvalue.FindZone(name); !ok {
		panic(newRangeError(r.vm, "Invalid time zone specified: "+name))
	}
}

// styled resolves dateStyle and timeStyle, beside which no field may stand.
func (f *dateTimeFormat) styled(r optionReader, fields map[string]string, fraction int, cycle string, defaults dateDefaults) {
	switch {
	case defaults.method && !defaults.needsDate && f.dateStyle != "":
		panic(r.vm.NewTypeError("Invalid option : dateStyle"))
	case defaults.method && !defaults.needsTime && f.timeStyle != "":
		panic(r.vm.NewTypeError("Invalid option : timeStyle"))
	}
	style := "timeStyle"
	if f.dateStyle != "" {
		style = "dateStyle"
	}
	conflict := func(name string) {
		panic(r.vm.NewTypeError("Can't set option %s when %s is used", name, style))
	}
	for _, name := range []string{"weekday", "era", "year", "month", "day", "hour", "minute", "second"} {
		if fields[name] != "" {
			conflict(name)
		}
	}
	if fraction != 0 {
		conflict("fractionalSecondDigits")
	}
	if f.zoneStyle != "" {
		conflict("timeZoneName")
	}
	switch f.timeStyle {
	case "full":
		f.zoneStyle = "long"
	case "long":
		f.zoneStyle = "short"
	}
	p := patterns()
	clock := p.style[f.timeStyle+" "+cycle]
	switch {
	case f.timeStyle == "":
		f.items = parsePattern(p.style[f.dateStyle])
	case f.dateStyle == "":
		f.items = parsePattern(clock)
	case f.dateStyle == "full" || f.dateStyle == "long":
		f.items = parsePattern(p.style[f.dateStyle] + "' at '" + clock)
	default:
		f.items = parsePattern(p.style[f.dateStyle] + ", " + clock)
	}
}

// dateKeys writes the fields asked for as keys of the pattern table.
func dateKeys(fields map[string]string, fraction int, cycle string, zone bool) (date, clock string) {
	for _, name := range []string{"era", "year", "month", "weekday", "day"} {
		date += strings.Repeat(fieldLetters[name], styleWidths[fields[name]])
	}
	hour := map[string]string{"h11": "K", "h12": "h", "h23": "H", "h24": "k"}[cycle]
	clock = strings.Repeat(hour, styleWidths[fields["hour"]])
	for _, name := range []string{"minute", "second"} {
		clock += strings.Repeat(fieldLetters[name], styleWidths[fields[name]])
	}
	clock += strings.Repeat("S", fraction)
	if zone {
		clock += "z"
	}
	return date, clock
}

// parsePattern cuts a CLDR date pattern into fields and literal text.
func parsePattern(pattern string) []patternItem {
	var items []patternItem
	literal := func(text string) {
		if n := len(items); n > 0 && items[n-1].letter == 0 {
			items[n-1].text += text
			return
		}
		items = append(items, patternItem{text: text})
	}
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			end := i + 1
			for end < len(pattern) && pattern[end] != '\'' {
				end++
			}
			literal(pattern[i+1 : end])
			i = end + 1
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			end := i
			for end < len(pattern) && pattern[end] == c {
				end++
			}
			items = append(items, patternItem{letter: c, width: end - i})
			i = end
		default:
			literal(pattern[i : i+1])
			i++
		}
	}
	return items
}

// parts formats an instant.
func (f *dateTimeFormat) parts(ms float64) []formatPart {
	instant := int64(ms)
	t := jsvalue.NewZone(f.loc).Local(instant)
	parts := make([]formatPart, 0, len(f.items))
	for _, item := range f.items {
		parts = append(parts, f.part(item, t, instant))
	}
	return parts
}

func (f *dateTimeFormat) part(item patternItem, t jsvalue.Fields, instant int64) formatPart {
	number := func(kind string, n int) formatPart {
		return formatPart{kind, fmt.Sprintf("%0*d", item.width, n)}
	}
	switch item.letter {
	case 'G':
		names := [2]string{"BC", "AD"}
		switch item.width {
		case 4:
			names = [2]string{"Before Christ", "Anno Domini"}
		case 5:
			names = [2]string{"B", "A"}
		}
		if t.Year > 0 {
			return formatPart{"era", names[1]}
		}
		return formatPart{"era", names[0]}
	case 'y':
		year := t.Year
		if year <= 0 {
			year = 1 - year
		}
		if item.width == 2 {
			year %= 100
		}
		return number("year", year)
	case 'M':
		if item.width > 2 {
			return formatPart{"month", nameOfWidth(jsvalue.MonthNames[t.Month], item.width)}
		}
		return number("month", t.Month+1)
	case 'E':
		return formatPart{"weekday", nameOfWidth(jsvalue.WeekdayNames[t.Weekday], item.width)}
	case 'd':
		return number("day", t.Day)
	case 'h':
		return number("hour", (t.Hour+11)%12+1)
	case 'K':
		return number("hour", t.Hour%12)
	case 'H':
		return number("hour", t.Hour)
	case 'k':
		return number("hour", (t.Hour+23)%24+1)
	case 'm':
		return number("minute", t.Minute)
	case 's':
		return number("second", t.Second)
	case 'S':
		return formatPart{"fractionalSecond", fmt.Sprintf("%03d", t.Millisecond)[:item.width]}
	case 'a':
		if t.Hour < 12 {
			return formatPart{"dayPeriod", "AM"}
		}
		return formatPart{"dayPeriod", "PM"}
	case 'z':
		return formatPart{"timeZoneName", jsvalue.ZoneName(f.zoneID, f.loc, instant, f.zoneStyle)}
	}
	return formatPart{"literal", item.text}
}

// nameOfWidth shortens a month or weekday: 3 letters, 1 for width 5. English
// has no other abbreviations in these patterns.
func nameOfWidth(name string, width int) string {
	switch width {
	case 3:
		return name[:3]
	case 5:
		return name[:1]
	}
	return name
}

// text formats an instant as one text. ICU puts a narrow no-break space before
// AM and PM; Node 20 shows it in formatToParts and writes a plain one here.
func (f *dateTimeFormat) text(ms float64) string {
	var b strings.Builder
	for _, part := range f.parts(ms) {
		b.WriteString(strings.ReplaceAll(part.text, "\u202f", " "))
	}
	return b.String()
}

// localeDateMethod makes toLocaleString and its two halves.
func localeDateMethod(name string, defaults dateDefaults) func(*dates, goja.FunctionCall) goja.Value {
	return func(d *dates, call goja.FunctionCall) goja.Value {
		ms := d.receiverOf(call, name)
		f := newDateTimeFormat(d.vm, d.env.Zone, call.Argument(0), call.Argument(1), defaults)
		if math.IsNaN(ms) {
			return d.vm.ToValue(jsvalue.InvalidDate)
		}
		return d.vm.ToValue(f.text(ms))
	}
}
