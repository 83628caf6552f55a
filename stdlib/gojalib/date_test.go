package gojalib_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// The wanted values are Node 20's.
func TestDate(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	tests := []struct{ zone, in, want string }{
		{"UTC", `new Date().toISOString() + Date.now()`, "2024-03-10T12:34:56.789Z1710074096789"},
		{"UTC", `Date()`, "Sun Mar 10 2024 12:34:56 GMT+0000 (Coordinated Universal Time)"},
		{"America/New_York", `Date()`, "Sun Mar 10 2024 08:34:56 GMT-0400 (Eastern Daylight Time)"},
		{"America/New_York", `new Date(2024, 2, 10, 2, 30).toISOString()`, "2024-03-10T07:30:00.000Z"}, // in the gap
		{"America/New_York", `new Date(2024, 10, 3, 1, 30).toISOString()`, "2024-11-03T05:30:00.000Z"}, // the first of two
		{"Europe/Berlin", `new Date('2024-07-01T12:00:00').toISOString()`, "2024-07-01T10:00:00.000Z"}, // local
		{"Europe/Berlin", `new Date('2024-07-01').getHours()`, "2"},                                    // UTC
		{"Europe/Berlin", `new Date('Jan 2, 2024').toISOString()`, "2024-01-01T23:00:00.000Z"},         // local
		{"Europe/Berlin", `new Date('Tue Jan 02 2024 03:04:05 GMT+0100').getTime()`, "1704161045000"},  //
		{"Asia/Kolkata", `new Date(0).getTimezoneOffset()`, "-330"},                                    //
		{"Asia/Kolkata", `new Date(0).toLocaleString()`, "1/1/1970, 5:30:00 AM"},                       //
		{"Pacific/Apia", `new Date(2011, 11, 30).toString()`, "Sat Dec 31 2011 00:00:00 GMT+1400 (Samoa Daylight Time)"},
		{"Australia/Lord_Howe", `new Date(2024, 3, 7, 1, 45).toISOString()`, "2024-04-06T14:45:00.000Z"},
		{"UTC", `[new Date(99, 0).getFullYear(), new Date(100, 0).getFullYear(), new Date(-1, 0).getFullYear()].join()`, "1999,100,-1"},
		{"UTC", `[+new Date(8.64e15), +new Date(8.64e15 + 1), +new Date(1.9), +new Date(-1.9), Object.is(+new Date(-0.5), 0)].join()`, "8640000000000000,NaN,1,-1,true"},
		{"UTC", `[String(new Date(NaN)), new Date(NaN).getDay(), new Date('x').toJSON(), JSON.stringify({d: new Date(0)})].join()`, `Invalid Date,NaN,,{"d":"1970-01-01T00:00:00.000Z"}`},
		{"UTC", `new Date(NaN).toISOString()`, "RangeError: Invalid time value"},
		{"UTC", `Date.prototype.getHours.call({})`, "TypeError: this is not a Date object."},
		{"UTC", `new Date(Symbol())`, "TypeError: Cannot convert a Symbol value to a number"},
		{"UTC", `+new Date({valueOf() { return '2024-01-02' }})`, "1704153600000"},
		{"UTC", `+new Date(new Date(5))`, "5"},
	}
	for _, test := range tests {
		t.Run(test.in, func(t *testing.T) {
			got := evaluate(t, newZoneVM(t, test.zone), []string{"return " + test.in})
			assert.Equal(t, test.want, got[0])
		})
	}
}

// dateShape are facts about Date that hold in Node.
var dateShape = []string{
	`Date.length === 7 && Date.name === 'Date' && typeof Date === 'function'`,
	`typeof Date() === 'string' && typeof Date.call(new Date(0)) === 'string' && typeof Date(2020, 1) === 'string'`,
	`Date.prototype.constructor === Date && new Date().constructor === Date`,
	`new Date() instanceof Date && Object.getPrototypeOf(new Date()) === Date.prototype`,
	`Object.prototype.toString.call(new Date()) === '[object Date]' && Object.prototype.toString.call(Date.prototype) === '[object Object]'`,
	`['writable', 'enumerable', 'configurable'].map(k => Object.getOwnPropertyDescriptor(Date, 'prototype')[k]).join() === 'false,false,false'`,
	`['writable', 'enumerable', 'configurable'].map(k => Object.getOwnPropertyDescriptor(Date.prototype, 'getHours')[k]).join() === 'true,false,true'`,
	`Object.getOwnPropertyNames(Date.prototype).join() === 'constructor,toString,toDateString,toTimeString,toISOString,toUTCString,toGMTString,getDate,setDate,getDay,getFullYear,setFullYear,getHours,setHours,getMilliseconds,setMilliseconds,getMinutes,setMinutes,getMonth,setMonth,getSeconds,setSeconds,getTime,setTime,getTimezoneOffset,getUTCDate,setUTCDate,getUTCDay,getUTCFullYear,setUTCFullYear,getUTCHours,setUTCHours,getUTCMilliseconds,setUTCMilliseconds,getUTCMinutes,setUTCMinutes,getUTCMonth,setUTCMonth,getUTCSeconds,setUTCSeconds,valueOf,getYear,setYear,toJSON,toLocaleString,toLocaleDateString,toLocaleTimeString'`,
	`Object.getOwnPropertyNames(Date).sort().join() === 'UTC,length,name,now,parse,prototype'`,
	`Date.prototype.hasOwnProperty('getHours') && 'getHours' in new Date() && !new Date().hasOwnProperty('getHours')`,
	`Date.prototype.setHours.length === 4 && Date.prototype.setHours.name === 'setHours' && Date.UTC.length === 7`,
	`!('prototype' in Date.prototype.getHours)`,
	`Date.prototype.toGMTString === Date.prototype.toUTCString && Date.prototype.getHours === Date.prototype.getHours`,
	`Object.keys(new Date()).length === 0 && (() => { for (const k in new Date()) return false; return true })()`,
	`(() => { class D extends Date { constructor(...a) { super(...a) } twice() { return this.getTime() * 2 } } const d = new D(21); return d.twice() === 42 && d instanceof D && d instanceof Date && D.UTC(2020, 1) === Date.UTC(2020, 1) && d.constructor === D })()`,
	`(() => { const o = Reflect.construct(Date, [7], Array); return o instanceof Array && !(o instanceof Date) && Date.prototype.getTime.call(o) === 7 })()`,
	`(() => { function F() {} F.prototype = 1; return Reflect.construct(Date, [7], F) instanceof Date })()`,
	`(() => { Date.prototype.format = function () { return 'f' + this.getTime() }; return new Date(3).format() === 'f3' })()`,
	`(() => { Object.defineProperty(Date.prototype, 'ms', { get() { return this.getTime() } }); return new Date(4).ms === 4 })()`,
	`(() => { const real = Date.prototype.getDay; Date.prototype.getDay = () => 9; const got = new Date(0).getDay(); return got === 9 && real.call(new Date(0)) === 4 })()`,
	`(() => { const now = Date.now; Date.now = () => 1; const got = Date.now(); Date.now = now; return got === 1 && Date.now() > 1 })()`,
	`(() => { try { new Date({valueOf() { throw 7 }}) } catch (e) { return e === 7 } })()`,
	`(() => { try { [{toLocaleString() { throw 8 }}].toLocaleString() } catch (e) { return e === 8 } })()`,
	`delete Date.prototype.getYear && new Date().getYear === undefined`,
	`new Date(0).__proto__ === Date.prototype && new Date().nothing === undefined`,
	`new Date(5) - new Date(3) === 2 && new Date(5) > new Date(3) && new Date(0) + '' === new Date(0).toString()`,
	`new Date(0)[Symbol.toPrimitive]('number') === 0 && Date.prototype[Symbol.toPrimitive].name === '[Symbol.toPrimitive]'`,
	`Object.isExtensible(Date) && Object.isFrozen(Object.freeze(Date.prototype)) && new Date(0).getUTCHours() === 0`,
}

func TestDateShape(t *testing.T) {
	for _, fact := range dateShape {
		got := evaluate(t, newZoneVM(t, "UTC"), []string{"return " + fact})
		assert.Equal(t, "true", got[0], fact)
	}
}

func TestDateShapeInNode(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	var all []string
	for _, fact := range dateShape {
		all = append(all, "return "+fact)
	}
	for i, got := range nodeDates(t, "UTC", all) {
		assert.Equal(t, "true", got, dateShape[i])
	}
}

// TestProcessZone runs the table of TestDate in processes whose own zone is
// another one.
func TestProcessZone(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine compares at length")
	}
	if os.Getenv("GOJALIB_PROCESS_ZONE") != "" {
		t.Skip("runs in the process that the test started")
	}
	for _, zone := range []string{"America/New_York", "Pacific/Apia"} {
		cmd := exec.Command(os.Args[0], "-test.run=^(TestDate|TestDateShape|TestIntl)$")
		cmd.Env = append(os.Environ(), "TZ="+zone, "GOJALIB_PROCESS_ZONE=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "TZ=%s: %s", zone, out)
	}
}

// TestDateReadsTheRunsClock looks at everything that knows the present.
func TestDateReadsTheRunsClock(t *testing.T) {
	now := time.Date(1999, time.December, 31, 23, 59, 59, 0, time.UTC)
	vm := goja.New()
	env := &gojalib.Env{Now: func() time.Time { return now }, Zone: time.UTC}
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" || g.Name == "Intl" {
			require.NoError(t, vm.Set(g.Name, g.Build(vm, env)))
		}
	}
	for _, code := range []string{
		`new Date().getTime()`, `Date.now()`, `Date.parse(Date())`, `Date.parse(new Intl.DateTimeFormat('en-US', {dateStyle: 'short', timeStyle: 'medium', hour12: false}).format() + ' UTC')`,
		`Reflect.construct(Date, []).getTime()`, `(class extends Date {}, new (class extends Date {})).getTime()`,
	} {
		v, err := vm.RunString(code)
		require.NoError(t, err, code)
		assert.Equal(t, now.UnixMilli(), v.ToInteger(), code)
	}
	now = now.Add(time.Hour)
	v, err := vm.RunString(`Date.now()`)
	require.NoError(t, err)
	assert.Equal(t, now.UnixMilli(), v.ToInteger())
}

// TestDateInFixedZone covers zones without a name in the database.
func TestDateInFixedZone(t *testing.T) {
	vm := goja.New()
	env := &gojalib.Env{Now: func() time.Time { return testNow }, Zone: time.FixedZone("here", 5400)}
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" || g.Name == "Intl" {
			require.NoError(t, vm.Set(g.Name, g.Build(vm, env)))
		}
	}
	got := evaluate(t, vm, []string{`return new Date(0)`, `return new Intl.DateTimeFormat().resolvedOptions().timeZone`, `return new Date(0).toLocaleString('en-US', {timeZoneName: 'long'})`})
	assert.Equal(t, []string{"Thu Jan 01 1970 01:30:00 GMT+0130 (GMT+01:30)", "+01:30", "1/1/1970, 1:30:00 AM GMT+01:30"}, got)
}

func FuzzDateParse(f *testing.F) {
	for _, seed := range []string{"2024-01-02", "Jan 2, 2024 10:00 PM", "Tue, 02 Jan 2024 03:04:05 GMT", "(x) 1:2:3.4+5", "-000000", "24:00", ""} {
		f.Add(seed, "Europe/Berlin", "long")
	}
	f.Fuzz(func(t *testing.T, text, zone, style string) {
		vm := newZoneVM(t, "Europe/Berlin")
		require.NoError(t, vm.Set("input", []any{text, zone, style}))
		_, err := vm.RunString(`
			var d = new Date(input[0]), t = Date.parse(input[0]);
			if (!Object.is(+d, t)) throw new Error('constructor and parse disagree');
			String(d); d.toLocaleString();
			for (const o of [{timeZone: input[1]}, {month: input[2]}, {dateStyle: input[2]}, {timeZoneName: input[2]}, {weekday: input[2], hour: input[2]}]) {
				try { d.toLocaleString('en-US', o) } catch (e) { if (!(e instanceof RangeError)) throw e }
				try { d.toLocaleString(input[1], o) } catch (e) { if (!(e instanceof RangeError)) throw e }
			}
			try { (t).toLocaleString('en-US', {style: 'currency', currency: input[2]}) } catch (e) { if (!(e instanceof RangeError)) throw e }
			try { input[0].localeCompare(input[1]) } catch (e) { if (!(e instanceof RangeError)) throw e }
		`)
		require.NoError(t, err)
	})
}

// BenchmarkDateInstall is what a new VM pays when a rule may use a date.
func BenchmarkDateInstall(b *testing.B) {
	env := &gojalib.Env{Now: func() time.Time { return testNow }, Zone: time.UTC}
	var date gojalib.Global
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" {
			date = g
		}
	}
	program := goja.MustCompile("use.js", "new Date().getDay()", true)
	b.Run("what=vm", func(b *testing.B) {
		for b.Loop() {
			goja.New()
		}
	})
	b.Run("what=vm+date", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			vm := goja.New()
			_ = vm.Set("Date", date.Build(vm, env))
		}
	})
	b.Run("what=vm+date+use", func(b *testing.B) {
		for b.Loop() {
			vm := goja.New()
			_ = vm.Set("Date", date.Build(vm, env))
			if v, err := vm.RunProgram(program); err != nil || v.ToInteger() != 0 {
				b.Fatal(v, err)
			}
		}
	})
	vm := newZoneVM(b, "UTC")
	b.Run("what=use", func(b *testing.B) {
		for b.Loop() {
			if v, err := vm.RunProgram(program); err != nil || v.ToInteger() != 0 {
				b.Fatal(v, err)
			}
		}
	})
	if !strings.Contains(date.Name, "Date") {
		b.Fatal("no Date")
	}
}
