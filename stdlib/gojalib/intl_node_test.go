package gojalib_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// options writes an options object: each option with the given chance in
// percent.
func options(r *rand.Rand, chance int, choices map[string][]string, order ...string) string {
	var list []string
	for _, name := range order {
		if r.IntN(100) < chance {
			list = append(list, name+": "+choices[name][r.IntN(len(choices[name]))])
		}
	}
	return "{" + strings.Join(list, ", ") + "}"
}

var dateOptions = map[string][]string{
	"weekday": {"'long'", "'short'", "'narrow'"}, "era": {"'long'", "'short'", "'narrow'"},
	"year": {"'numeric'", "'2-digit'"}, "month": {"'numeric'", "'2-digit'", "'long'", "'short'", "'narrow'"},
	"day": {"'numeric'", "'2-digit'"}, "hour": {"'numeric'", "'2-digit'"}, "minute": {"'numeric'", "'2-digit'"},
	"second": {"'numeric'", "'2-digit'"}, "fractionalSecondDigits": {"1", "2", "3"},
	"hour12": {"true", "false"}, "hourCycle": {"'h11'", "'h12'", "'h23'", "'h24'"},
	"timeZoneName": {"'short'", "'long'", "'shortOffset'", "'longOffset'"},
	"dateStyle":    {"'full'", "'long'", "'medium'", "'short'"}, "timeStyle": {"'full'", "'long'", "'medium'", "'short'"},
	"timeZone": {"'UTC'", "'America/Los_Angeles'", "'europe/london'", "'Asia/Kolkata'", "'Europe/Dublin'", "'Australia/Sydney'",
		"'America/St_Johns'", "'Etc/GMT+5'", "'US/Eastern'", "'GMT'", "'Asia/Tehran'", "'Africa/Casablanca'", "'Pacific/Chatham'", "'CET'"},
}

// TestDateTimeFormatAgainstNode leaves out the fields that ICU cannot join
// sanely: a month's name with a weekday or an era, a time, but neither year nor
// day.
func TestDateTimeFormatAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	forZones(t, func(r *rand.Rand) []string {
		var cases []string
		add := func(format string, args ...any) { cases = append(cases, fmt.Sprintf(format, args...)) }
		for range 900 {
			var o string
			if r.IntN(4) == 0 {
				o = options(r, 60, dateOptions, "dateStyle", "timeStyle", "hour12", "hourCycle", "timeZone")
			} else {
				o = options(r, 35, dateOptions, "weekday", "era", "year", "month", "day", "hour", "minute", "second",
					"fractionalSecondDigits", "timeZoneName", "hour12", "hourCycle", "timeZone")
				if strings.Contains(o, "month: 'long'") && !strings.Contains(o, "year") && !strings.Contains(o, " day:") {
					continue
				}
			}
			ms := instant(r)
			// Where ICU appends fields in parentheses, Node reads its texts as fields, too.
			add(`const f = new Intl.DateTimeFormat('en-US', %s), s = f.format(%d);
				return s + JSON.stringify(f.formatToParts(%d)) + (/[(├]|\dh /.test(s) ? '' : JSON.stringify(f.resolvedOptions()))`, o, ms, ms)
			add(`return new Date(%d).%s('en-US', %s)`, ms, []string{"toLocaleString", "toLocaleDateString", "toLocaleTimeString"}[r.IntN(3)], o)
		}
		return cases
	})
}

func TestZoneNamesAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	var cases []string
	r := rand.New(rand.NewPCG(7, 7))
	for _, zone := range []string{
		"Europe/London", "Europe/Moscow", "Europe/Dublin", "Asia/Kathmandu", "America/Caracas", "America/Phoenix", "Pacific/Honolulu",
		"Asia/Tokyo", "Asia/Seoul", "Africa/Cairo", "America/Argentina/Buenos_Aires", "Australia/Adelaide", "Pacific/Auckland", "Asia/Dubai",
		"Europe/Istanbul", "America/Mexico_City", "Asia/Shanghai", "Europe/Kyiv", "America/Anchorage", "Antarctica/Troll", "EST", "PST8PDT", "Zulu",
	} {
		for range 60 {
			ms := instant(r)
			for _, style := range []string{"short", "long", "shortOffset", "longOffset"} {
				cases = append(cases, fmt.Sprintf(`return new Date(%d).toLocaleString('en-US', {timeZone: %q, timeZoneName: %q}) + new Intl.DateTimeFormat('en', {timeZone: %q}).resolvedOptions().timeZone`, ms, zone, style, zone))
			}
		}
	}
	compare(t, "UTC", cases)
}

func TestNumberFormatAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	choices := map[string][]string{
		"style": {"'decimal'", "'percent'", "'currency'"}, "currency": {"'USD'", "'eur'", "'GBP'", "'JPY'", "'CHF'", "'KWD'", "'INR'", "'CAD'", "'XAF'"},
		"currencyDisplay": {"'symbol'", "'code'", "'name'", "'narrowSymbol'"}, "currencySign": {"'accounting'", "'standard'"},
		"minimumFractionDigits": {"0", "1", "2", "3", "5", "20"}, "maximumFractionDigits": {"0", "1", "2", "3", "5", "20"},
		"minimumSignificantDigits": {"1", "2", "4", "21"}, "maximumSignificantDigits": {"1", "2", "3", "6", "21"},
		"minimumIntegerDigits": {"1", "2", "5", "21", "0"}, "useGrouping": {"true", "false", "'auto'", "'always'", "'min2'", "'true'", "null", "0"},
		"notation": {"'standard'", "'compact'"}, "compactDisplay": {"'short'", "'long'"},
		"signDisplay": {"'auto'", "'always'", "'never'", "'exceptZero'", "'negative'"}, "trailingZeroDisplay": {"'auto'", "'stripIfInteger'"},
	}
	r := rand.New(rand.NewPCG(11, 11))
	number := func() string {
		switch r.IntN(9) {
		case 0:
			return []string{"0", "-0", "NaN", "Infinity", "-Infinity", "1e21", "5e-324", "1.7976931348623157e308", "999999", "999.5", "9.995", "1.005", "'12345.678'", "null", "undefined", "true", "'x'", "12345678901234567890n", "-1n"}[r.IntN(19)]
		case 1:
			return fmt.Sprint(r.IntN(2000) - 1000)
		case 2:
			return fmt.Sprintf("%.2f", (r.Float64()-0.5)*1e4)
		case 3:
			return fmt.Sprintf("%.3f", float64(r.IntN(100))+0.005*float64(r.IntN(300)))
		case 4:
			return fmt.Sprintf("%g", r.Float64()*0.001)
		}
		return fmt.Sprintf("%g", (r.Float64()-0.4)*[]float64{1, 1e3, 1e5, 1e6, 1e7, 1e9, 1e12, 1e15, 1e18}[r.IntN(9)])
	}
	var cases []string
	for range 5000 {
		o := options(r, 22, choices, "style", "currency", "currencyDisplay", "currencySign", "minimumFractionDigits", "maximumFractionDigits",
			"minimumSignificantDigits", "maximumSignificantDigits", "minimumIntegerDigits", "useGrouping", "notation", "compactDisplay", "signDisplay", "trailingZeroDisplay")
		n := number()
		cases = append(cases, fmt.Sprintf(`const f = new Intl.NumberFormat('en-US', %s); return f.format(%s) + JSON.stringify(f.formatToParts(%s)) + JSON.stringify(f.resolvedOptions())`, o, n, n),
			fmt.Sprintf(`return [%s, 1].toLocaleString()`, n))
	}
	compare(t, "UTC", cases)
}

// TestWordsAgainstNode is about PluralRules, RelativeTimeFormat and ListFormat.
func TestWordsAgainstNode(t *testing.T) {
	var cases []string
	r := rand.New(rand.NewPCG(17, 17))
	choices := map[string][]string{
		"type": {"'cardinal'", "'ordinal'", "'conjunction'", "'disjunction'", "'unit'"}, "style": {"'long'", "'short'", "'narrow'"}, "numeric": {"'auto'", "'always'"},
		"minimumFractionDigits": {"0", "1", "2"}, "maximumFractionDigits": {"0", "2"}, "minimumSignificantDigits": {"1", "2"}, "maximumSignificantDigits": {"1", "3"}, "minimumIntegerDigits": {"1", "2"},
	}
	numbers := []string{"0", "-0", "1", "-1", "2", "-2", "3", "11", "12", "13", "21", "22", "23", "101", "111", "1.5", "0.5", "0.9999", "1.00001", "-1234567.891", "NaN", "Infinity", "'1'", "null", "undefined", "{}", "1n", "1e21"}
	units := []string{"'second'", "'minutes'", "'hour'", "'days'", "'week'", "'months'", "'quarter'", "'year'", "'decade'", "undefined", "'DAY'", "'dayss'"}
	lists := []string{"[]", "['a']", "['a', 'b']", "['a', 'b', 'c']", "['a', 'b', 'c', 'd']", "'xyz'", "new Set(['p', 'q'])", "undefined", "[1]", "[{}]", "[[]]"}
	tried := func(what string) string {
		return "const t = []; for (const f of [" + what + "]) try { t.push(f()); } catch (e) { t.push(e.name + e.message); } return JSON.stringify(t)"
	}
	for range 1500 {
		n := numbers[r.IntN(len(numbers))]
		o := options(r, 25, choices, "type", "minimumFractionDigits", "maximumFractionDigits", "minimumSignificantDigits", "maximumSignificantDigits", "minimumIntegerDigits")
		cases = append(cases, tried(fmt.Sprintf("() => new Intl.PluralRules('en', %s).select(%s), () => new Intl.PluralRules('en-US', %s).resolvedOptions(), () => new Intl.PluralRules().selectRange(%s, 5)", o, n, o, n)))
		o = options(r, 60, choices, "style", "numeric")
		unit := units[r.IntN(len(units))]
		cases = append(cases, tried(fmt.Sprintf("() => new Intl.RelativeTimeFormat('en', %s).format(%s, %s), () => new Intl.RelativeTimeFormat('en', %s).formatToParts(%s, %s), () => new Intl.RelativeTimeFormat(undefined, %s).resolvedOptions()", o, n, unit, o, n, unit, o)))
		o = options(r, 50, choices, "type", "style")
		list := lists[r.IntN(len(lists))]
		cases = append(cases, tried(fmt.Sprintf("() => new Intl.ListFormat('en', %s).format(%s), () => new Intl.ListFormat('en', %s).formatToParts(%s), () => new Intl.ListFormat(undefined, %s).resolvedOptions()", o, list, o, list, o)))
	}
	for _, name := range []string{"PluralRules", "RelativeTimeFormat", "ListFormat"} {
		cases = append(cases, tried(fmt.Sprintf("() => Object.getOwnPropertyNames(Intl.%[1]s.prototype).sort(), () => Intl.%[1]s.supportedLocalesOf('en'), () => Intl.%[1]s.length, () => String(new Intl.%[1]s()), () => new Intl.%[1]s('en', null), () => new Intl.%[1]s('en', { style: 'x' }), () => new Intl.%[1]s('en', { type: 'x' })", name)))
	}
	compare(t, "UTC", cases)
}

func TestLocaleCompareAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	r := rand.New(rand.NewPCG(13, 13))
	pick := func(ranges ...[2]rune) rune {
		of := ranges[r.IntN(len(ranges))]
		return of[0] + r.Int32N(of[1]-of[0]+1)
	}
	ascii := [][2]rune{{0x20, 0x7e}}
	all := [][2]rune{
		{0x20, 0x7e}, {0x61, 0x7a}, {0xa0, 0x2af}, {0x391, 0x3a1}, {0x3b1, 0x3c9}, {0x401, 0x401}, {0x410, 0x44f}, {0x451, 0x451}, {0x5d0, 0x5ea}, {0x1e00, 0x1eff}, {0x2013, 0x2014},
		{0x2022, 0x2022}, {0x2026, 0x2026}, {0x20ac, 0x20ac}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0xac00, 0xd7a3},
	}
	var cases []string
	for i := range 12000 {
		ranges := ascii
		if i%2 == 0 {
			ranges = all
		}
		text := func() (s string) {
			for range r.IntN(6) {
				s += string(pick(ranges...))
			}
			return s
		}
		a, b := text(), text()
		if r.IntN(2) == 0 {
			at := []rune(a)
			cut := r.IntN(len(at) + 1)
			b = string(at[:cut]) + string(pick(ranges...)) + string(at[cut:])
		}
		o := []string{"", ", undefined, {sensitivity: 'base'}", ", 'en', {sensitivity: 'accent'}", ", 'en-US', {sensitivity: 'variant', usage: 'search'}"}[r.IntN(4)]
		x, _ := json.Marshal(a)
		y, _ := json.Marshal(b)
		cases = append(cases, fmt.Sprintf(`return %s.localeCompare(%s%s)`, x, y, o))
	}
	compare(t, "UTC", cases)
}
