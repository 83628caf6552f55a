package gojalib_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

var testZones = []string{
	"UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
	"Europe/Dublin", "America/Sao_Paulo", "Europe/Moscow",
}

// testNow is the clock of the tests.
var testNow = time.Date(2024, time.March, 10, 12, 34, 56, 789e6, time.UTC)

// newZoneVM makes a VM with Date, Intl and the locale methods of a zone.
func newZoneVM(t testing.TB, zone string) *goja.Runtime {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	require.NoError(t, err)
	vm := goja.New()
	env := &gojalib.Env{Now: func() time.Time { return testNow }, Zone: loc}
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" || g.Name == "Intl" {
			require.NoError(t, vm.GlobalObject().DefineDataProperty(g.Name, g.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
		}
	}
	for _, m := range gojalib.Methods() {
		if !strings.Contains(strings.ToLower(m.Name), "locale") {
			continue
		}
		owner := vm.Get(strings.TrimSuffix(m.Owner, ".prototype")).(*goja.Object).Get("prototype").(*goja.Object)
		require.NoError(t, owner.DefineDataProperty(m.Name, m.Build(vm, env), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	return vm
}

// evaluate runs function bodies as testdata/dates_node.js does.
func evaluate(t testing.TB, vm *goja.Runtime, cases []string) []string {
	t.Helper()
	v, err := vm.RunString(`(function (code) {
		try { return String(new Function(code)()) } catch (e) { return e.name + ': ' + e.message }
	})`)
	require.NoError(t, err)
	run, _ := goja.AssertFunction(v)
	answers := make([]string, len(cases))
	for i, code := range cases {
		v, err := run(goja.Undefined(), vm.ToValue(code))
		require.NoError(t, err, code)
		answers[i] = v.String()
	}
	return answers
}

// nodeDates answers the cases in Node with TZ set.
func nodeDates(t *testing.T, zone string, cases []string) []string {
	t.Helper()
	var answers []string
	nodejs.Ask(t, nodejs.InZone(nodejs.Command(t, "testdata/dates_node.js"), zone), cases, &answers)
	require.Len(t, answers, len(cases))
	return answers
}

// compare runs the cases in both engines; it shows at most 20 differences.
func compare(t *testing.T, zone string, cases []string) {
	t.Helper()
	want := nodeDates(t, zone, cases)
	got := evaluate(t, newZoneVM(t, zone), cases)
	shown := 0
	for i := range cases {
		if got[i] != want[i] && shown < 20 {
			shown++
			assert.Equal(t, want[i], got[i], "%s: %s", zone, cases[i])
		}
	}
}

func forZones(t *testing.T, cases func(r *rand.Rand) []string) {
	for i, zone := range testZones {
		t.Run(strings.ReplaceAll(zone, "/", "-"), func(t *testing.T) {
			compare(t, zone, cases(rand.New(rand.NewPCG(20240102, uint64(i)))))
		})
	}
}

// instant picks milliseconds since the epoch: mostly of our times, some at the
// borders of daylight time, some anywhere.
func instant(r *rand.Rand) int64 {
	switch r.IntN(8) {
	case 0:
		return r.Int64N(2*8.64e15) - 8.64e15
	case 1:
		return r.Int64N(4e12) - 4e12
	case 2, 3: // the week-ends on which clocks change
		month := []time.Month{time.March, time.April, time.September, time.October, time.November}[r.IntN(5)]
		return time.Date(1975+r.IntN(70), month, 1+r.IntN(31), 0, 0, 0, 0, time.UTC).UnixMilli() + r.Int64N(864e5)
	default:
		return r.Int64N(3e12)
	}
}

func TestDateMethodsAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	forZones(t, func(r *rand.Rand) []string {
		var cases []string
		add := func(format string, args ...any) { cases = append(cases, fmt.Sprintf(format, args...)) }
		for range 1200 {
			ms := instant(r)
			add(`const d = new Date(%d); return [d.getFullYear(), d.getMonth(), d.getDate(), d.getDay(), d.getHours(), d.getMinutes(),
				d.getSeconds(), d.getMilliseconds(), d.getTimezoneOffset(), d.getYear(), d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate(), d.getUTCDay(),
				d.getUTCHours(), d.getUTCMinutes(), d.getUTCSeconds(), d.getUTCMilliseconds(), d.toISOString(), d.toUTCString(), d.toJSON(), +d].join()`, ms)
		}
		for range 600 {
			add(`const d = new Date(%d); return [d, d.toDateString(), d.toTimeString(), d.toLocaleString(), d.toLocaleDateString(), d.toLocaleTimeString()].join('|')`, instant(r))
		}
		number := func(most int) string {
			switch r.IntN(12) {
			case 0:
				return "NaN"
			case 1:
				return fmt.Sprint(r.IntN(100000) - 50000)
			case 2:
				return fmt.Sprintf("%g", (r.Float64()-0.5)*1e9)
			case 3:
				return []string{"undefined", "null", "'7'", "-0", "Infinity", "1e20", "true", "-1", "0.9", "-0.9"}[r.IntN(10)]
			}
			return fmt.Sprint(r.IntN(most))
		}
		list := func(n int) string {
			args := make([]string, n)
			for i := range args {
				args[i] = number(70)
			}
			return strings.Join(args, ", ")
		}
		for range 800 {
			args := list(2 + r.IntN(7))
			if r.IntN(2) == 0 {
				args = fmt.Sprintf("%d, %d, %d, %d, %d, %s", 1960+r.IntN(90), r.IntN(12), r.IntN(32), r.IntN(5), r.IntN(60), number(60))
			}
			add(`return [+new Date(%s), Date.UTC(%s)].join()`, args, args)
		}
		setters := []string{"Milliseconds", "Seconds", "Minutes", "Hours", "Date", "Month", "FullYear", "UTCMilliseconds", "UTCSeconds", "UTCMinutes", "UTCHours", "UTCDate", "UTCMonth", "UTCFullYear", "Year", "Time"}
		for range 1200 {
			add(`const d = new Date(%d); const r = d.set%s(%s); return [r, +d].join()`, instant(r), setters[r.IntN(len(setters))], list(r.IntN(5)))
		}
		return cases
	})
}

func TestDateParseAgainstNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	forms := []string{
		"2024-01-02", "2024-01-02T03:04:05", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05.678+01:00", "2024-01-02T03:04:05+0530", "2024-1-2",
		"2024/01/02", "2024/1/2 3:04", "Jan 2, 2024", "January 2, 2024 10:00 PM", "2 January 2024", "Tue Jan 02 2024 03:04:05 GMT+0100",
		"Tue Jan 02 2024 03:04:05 GMT+0100 (Central European Standard Time)", "Tue, 02 Jan 2024 03:04:05 GMT", "Tue, 2 Jan 2024 03:04:05 -0800",
		"1/2/2024", "1/2/24", "1/2/99", "01-02-2024", "2024-01-02 03:04:05", "2024-01-02 03:04", "2024-01-02 03:04:05 UTC", "12:30", "Jan 2", "2024",
		"2024-03", "+002024-01-02T00:00:00Z", "-000001-01-01T00:00:00Z", "-000000-01-01T00:00:00Z", "2024-01-02T24:00:00", "2024-01-02T24:00:01",
		"2024-02-30", "2024-02-30T00:00:00", "2024-13-01", "2024-01-32", "20240102", "2024-W01", "Jan 32 2024", "Feb 31 2024", "1704164645000",
		"2024-01-02T03:04", "2024-01-02T03", "2024-01-02t03:04:05z", "Tuesday, January 2, 2024 at 3:04 PM", "2024-01-02T03:04:05.1234567Z", "3 PM Jan 2 2024",
		"2024-03-10T02:30:00", "2024-11-03T01:30:00", "2024-03-31T02:30", "2011-12-30T12:00", "2024-04-07T01:45", "2024-10-06T02:15", "Jan 2 2024 12:00 AM",
		"Jan 2 2024 12:00 PM", "Jan 2 2024 13:00 PM", "Jan 2 2024 3:04:05.5", "Jan 2 2024 EST", "Jan 2 2024 3:04 PDT", "Jan 2 2024 3:04 CET", "(comment) Jan 2 2024",
		"Jan 2 (x (y) z) 2024", "", " ", "hello", "2024-01-02hello", "hello 2024-01-02", "2024-01-02T03:04:05 Z", "2024-01-02 03:04:05.678", "10:00 2024-01-02",
		"1/2/2024, 3:04:05 PM", "1/2/2024, 3:04:05\u202fPM", "Sept 5 2024", "sep 5, 2024", "5-Sep-2024", "2024-Sep-05", "Mon, 25 Dec 1995 13:30:00 GMT+0430",
		"Thu, 01 Jan 1970 00:00:00 GMT+02:00", "0", "1", "12", "13", "32", "49", "50", "99", "100", "2024 1 2", "Jan 1 2024 24:00", "Jan 1 2024 24:01",
	}
	alphabet := []string{"-", ":", "/", ".", " ", ",", "T", "Z", "+", "(", ")", "Jan", "PM", "am", "GMT", "UTC", "EST", "1", "2024", "00", "99", "31", "12", "x", "\u00a0", "é", "::"}
	forZones(t, func(r *rand.Rand) []string {
		var cases []string
		add := func(text string) {
			quoted, _ := json.Marshal(text)
			cases = append(cases, fmt.Sprintf("return [Date.parse(%s), +new Date(%s)].join()", quoted, quoted))
		}
		for _, form := range forms {
			add(form)
		}
		for range 2500 {
			text := []rune(forms[r.IntN(len(forms))])
			for range 1 + r.IntN(3) {
				at := r.IntN(len(text) + 1)
				piece := []rune(alphabet[r.IntN(len(alphabet))])
				end := min(at+r.IntN(3), len(text))
				text = append(append(append([]rune{}, text[:at]...), piece...), text[end:]...)
			}
			add(string(text))
		}
		for range 500 {
			text := ""
			for range 1 + r.IntN(8) {
				text += alphabet[r.IntN(len(alphabet))]
			}
			add(text)
		}
		return cases
	})
}
