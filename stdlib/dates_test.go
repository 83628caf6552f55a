package stdlib_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// nodeAnswers evaluates function bodies in Node, in a time zone.
func nodeAnswers(t *testing.T, zone string, bodies []string) []string {
	t.Helper()
	var answers []string
	nodejs.Ask(t, nodejs.InZone(nodejs.Command(t, "gojalib/testdata/dates_node.js"), zone), bodies, &answers)
	require.Len(t, answers, len(bodies))
	return answers
}

// javascript writes a value as an expression.
func javascript(x any) string {
	switch x := x.(type) {
	case float64:
		if x == 0 && math.Signbit(x) {
			return "-0"
		}
		return jsvalue.NumberToString(x)
	case *jsvalue.Date:
		return "new Date(" + jsvalue.NumberToString(x.Time) + ")"
	}
	if jsvalue.IsUndefined(x) {
		return "undefined"
	}
	text, _ := json.Marshal(x)
	return string(text)
}

func javascriptList(list []any) string {
	texts := make([]string, len(list))
	for i, x := range list {
		texts[i] = javascript(x)
	}
	return strings.Join(texts, ", ")
}

// call runs a library function; its answer as text, "exit: code" for an exit.
func call(t *testing.T, name string, run *jsvalue.Run, args ...any) string {
	t.Helper()
	answer, err := callValue(t, name, run, args...)
	if err != nil {
		return err.Error()
	}
	text, err := jsvalue.ToString(answer)
	require.NoError(t, err)
	return text
}

func callValue(t *testing.T, name string, run *jsvalue.Run, args ...any) (any, error) {
	t.Helper()
	f, ok := stdlib.Lookup(name)
	require.True(t, ok, name)
	if f.Run {
		args = append(args[:len(args):len(args)], run)
	}
	switch impl := f.Impl.(type) {
	case func(any) (any, error):
		return impl(args[0])
	case func(any) (float64, error):
		return impl(args[0])
	case func(any) (string, error):
		return impl(args[0])
	case func(any) (bool, error):
		return impl(args[0])
	case func(any) ([]any, error):
		return impl(args[0])
	case func(any, any) (any, error):
		return impl(args[0], args[1])
	case func(any, any) (float64, error):
		return impl(args[0], args[1])
	case func(any, any) (string, error):
		return impl(args[0], args[1])
	case func(any, any) (bool, error):
		return impl(args[0], args[1])
	case func(any, any) ([]any, error):
		return impl(args[0], args[1])
	case func(...any) (any, error):
		return impl(args...)
	case func(...any) (float64, error):
		return impl(args...)
	}
	require.Failf(t, "no such shape", "%s %T", name, f.Impl)
	return nil, nil
}

var dateZones = []string{"UTC", "America/New_York", "Europe/Dublin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"}

var dateGetters = []string{
	"getFullYear", "getMonth", "getDate", "getDay", "getHours", "getMinutes", "getSeconds", "getMilliseconds", "getTimezoneOffset", "getYear",
	"getUTCFullYear", "getUTCMonth", "getUTCDate", "getUTCDay", "getUTCHours", "getUTCMinutes", "getUTCSeconds", "getUTCMilliseconds",
	"getTime", "valueOf", "toISOString", "toJSON", "toDateString", "toTimeString", "toUTCString",
}

// randomTime picks milliseconds: mostly of our times, some where clocks change, some anywhere.
func randomTime(r *rand.Rand) float64 {
	switch r.IntN(10) {
	case 0:
		return float64(r.Int64N(2*8.64e15) - 8.64e15)
	case 1:
		return math.NaN()
	case 2, 3:
		month := []time.Month{time.March, time.April, time.September, time.October, time.November}[r.IntN(5)]
		return float64(time.Date(1975+r.IntN(70), month, 1+r.IntN(31), 0, 0, 0, 0, time.UTC).UnixMilli() + r.Int64N(864e5))
	}
	return float64(r.Int64N(3e12))
}

// randomPart picks an argument of a constructor or a set method.
func randomPart(r *rand.Rand) any {
	switch r.IntN(12) {
	case 0:
		return []any{
			jsvalue.Undefined, nil, "7", "x", math.Copysign(0, -1), math.Inf(1), 1e20, true, -1.0, 0.9, -0.9, math.NaN(), []any{}, []any{3.0}, map[string]any{},
		}[r.IntN(15)]
	case 1:
		return float64(r.IntN(100000) - 50000)
	}
	return float64(r.IntN(70))
}

// TestDatesAgainstNode runs every function of dates.
func TestDatesAgainstNode(t *testing.T) {
	for i, zone := range dateZones {
		t.Run(strings.ReplaceAll(zone, "/", "-"), func(t *testing.T) {
			loc, err := time.LoadLocation(zone)
			require.NoError(t, err)
			run := &jsvalue.Run{Now: 1710074096789, Zone: loc}
			r := rand.New(rand.NewPCG(3, uint64(i)))
			var bodies, got []string
			add := func(answer, body string, args ...any) {
				bodies, got = append(bodies, "return "+fmt.Sprintf(body, args...)), append(got, answer)
			}
			for range 1500 {
				date := &jsvalue.Date{Time: randomTime(r), Zone: loc}
				name := dateGetters[r.IntN(len(dateGetters))]
				add(call(t, name, run, date), "%s.%s()", javascript(date), name)
			}
			for range 200 {
				date := &jsvalue.Date{Time: randomTime(r), Zone: loc}
				sum, err := jsvalue.Add(date, "x")
				require.NoError(t, err)
				number, err := jsvalue.ToNumber(date)
				require.NoError(t, err)
				add(fmt.Sprint(sum, jsvalue.NumberToString(number)), "%[1]s + 'x' + +%[1]s", javascript(date))
			}
			for range 1000 {
				args := make([]any, 2+r.IntN(7))
				for i := range args {
					args[i] = randomPart(r)
				}
				date, err := callValue(t, "dateFrom", run, args...)
				require.NoError(t, err)
				local := jsvalue.NumberToString(date.(*jsvalue.Date).Time)
				list := javascriptList(args)
				add(local+call(t, "dateUTC", run, args...), "[+new Date(%s)] + Date.UTC(%s)", list, list)
			}
			for range 400 {
				var x any = randomPart(r)
				if r.IntN(2) == 0 {
					x = []any{randomTime(r), &jsvalue.Date{Time: randomTime(r), Zone: loc}}[r.IntN(2)]
				}
				date, err := callValue(t, "dateOf", run, x)
				require.NoError(t, err)
				add(jsvalue.NumberToString(date.(*jsvalue.Date).Time), "+new Date(%s)", javascript(x))
			}
			for _, text := range []string{
				"2024-01-02", "2024-01-02T03:04:05", "2024-01-02T03:04:05.678+01:00", "Jan 2, 2024 10:00 PM", "", "x", "2024-03-10T02:30", "0", "2024-13-01", "Tue, 02 Jan 2024 03:04:05 GMT",
			} {
				date, err := callValue(t, "dateOf", run, text)
				require.NoError(t, err)
				add(jsvalue.NumberToString(date.(*jsvalue.Date).Time)+call(t, "dateParse", run, text), "[+new Date(%[1]s)] + Date.parse(%[1]s)", javascript(text))
			}
			var setters []string
			for name := range jsvalue.DateSetters {
				setters = append(setters, name)
			}
			setters = append(setters, "setTime", "setYear")
			for range 1000 {
				date := &jsvalue.Date{Time: randomTime(r), Zone: loc}
				args := make([]any, r.IntN(5))
				for i := range args {
					args[i] = randomPart(r)
				}
				name := setters[r.IntN(len(setters))]
				ms, err := stdlib.DateSet(date, name, args, run)
				require.NoError(t, err)
				add(jsvalue.NumberToString(ms), "%s.%s(%s)", javascript(date), name, javascriptList(args))
			}
			shown := 0
			for i, want := range nodeAnswers(t, zone, bodies) {
				if want == "RangeError: Invalid time value" {
					want = jsvalue.ExitThrow.Error()
				}
				if got[i] != want && shown < 20 {
					shown++
					assert.Equal(t, want, got[i], "%s: %s", zone, bodies[i])
				}
			}
		})
	}
}

func TestDates(t *testing.T) {
	run := &jsvalue.Run{Now: 1710074096789.5, Zone: time.UTC}
	assert.Equal(t, "1710074096789", call(t, "dateNow", run))
	now, err := callValue(t, "newDate", run)
	require.NoError(t, err)
	assert.Equal(t, &jsvalue.Date{Time: 1710074096789, Zone: time.UTC}, now)

	// A run without a zone is in UTC.
	assert.Equal(t, "12", call(t, "getHours", &jsvalue.Run{}, now))

	// What is no date exits, and an exit goes on.
	for _, name := range dateGetters {
		for x, want := range map[any]*jsvalue.Exit{"2024-01-02": jsvalue.ExitType, nil: jsvalue.ExitNullish, jsvalue.ExitOrder: jsvalue.ExitOrder} {
			_, err := callValue(t, name, run, x)
			assert.Equal(t, want, err, "%s(%v)", name, x)
		}
	}
	_, err = callValue(t, "dateOf", run, jsvalue.ExitNullish)
	assert.Equal(t, jsvalue.ExitNullish, err)
	_, err = stdlib.DateSet(now.(*jsvalue.Date), "setDay", nil, run)
	assert.Equal(t, jsvalue.ExitType, err)

	// Two dates of one instant are two objects; texts and numbers are read of dates.
	same, err := jsvalue.StrictEquals(now, &jsvalue.Date{Time: now.(*jsvalue.Date).Time})
	require.NoError(t, err)
	assert.False(t, same)
	_, err = jsvalue.ToString(&jsvalue.Date{})
	assert.Equal(t, jsvalue.ExitType, err, "the zone is not known")
	for key, want := range map[string]error{"getTime": jsvalue.ExitPrototype, "constructor": jsvalue.ExitPrototype, "plan": nil} {
		v, err := jsvalue.Get(now, key)
		assert.Equal(t, want == nil, err == nil, key)
		if want == nil {
			assert.Equal(t, jsvalue.Undefined, v)
		}
	}
	json, err := now.(*jsvalue.Date).JSON()
	require.NoError(t, err)
	assert.Equal(t, "2024-03-10T12:34:56.789Z", json)
}
