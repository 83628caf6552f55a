package gojalib_test

import (
	"bytes"
	"regexp"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
)

// clock is a run's clock that tests move.
type clock struct{ now time.Time }

func (c *clock) env() *gojalib.Env {
	return &gojalib.Env{Now: func() time.Time { return c.now }, Zone: time.UTC}
}

// consoleLines runs a script as a function body and returns what its console printed, as "level|text".
func consoleLines(t testing.TB, source string) []string {
	lines := []string{}
	vm := goja.New()
	c := &clock{time.Unix(0, 0)}
	for _, g := range gojalib.Globals() {
		if g.Name == "Date" {
			_ = vm.Set("Date", g.Build(vm, c.env()))
		}
	}
	_ = vm.Set("console", gojalib.NewConsole(vm, c.env(), func(level, text string) { lines = append(lines, level+"|"+text) }))
	_ = vm.Set("sleep", func(ms float64) { c.now = c.now.Add(time.Duration(ms * 1e6)) })
	_, err := vm.RunString("(function () {" + source + "\n})()")
	if exception, ok := err.(*goja.Exception); ok {
		o := exception.Value().(*goja.Object)
		return append(lines, "throws "+o.Get("name").String()+": "+o.Get("message").String())
	}
	require.NoError(t, err)
	return lines
}

func TestConsole(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"levels", `console.log('a'); console.info('b'); console.warn('c'); console.error('d'); console.debug('e'); console.dirxml('f')`,
			[]string{"log|a", "info|b", "warn|c", "error|d", "debug|e", "log|f"}},
		{"format", `console.log('%s is %d', 'x', 1, {a: [1]}); console.log()`, []string{"log|x is 1 { a: [ 1 ] }", "log|"}},
		{"dates", `console.log(new Date(0), [new Date(NaN)]); console.log('%s', new Date(5))`,
			[]string{"log|1970-01-01T00:00:00.000Z [ Invalid Date ]", "log|1970-01-01T00:00:00.005Z"}},
		{"detached method", `const { log } = console; log('x'); [1, 2].forEach(console.log)`, []string{"log|x", "log|1 0 [ 1, 2 ]", "log|2 1 [ 1, 2 ]"}},
		{"exception is missing", `console.log(typeof console.exception, 'exception' in console); try { console.exception('x') } catch (e) { console.log(e.name) }`,
			[]string{"log|undefined false", "log|TypeError"}},
		{"group", "console.group('g'); console.log('a\\nb'); console.group(); console.warn('c'); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log('d')",
			[]string{"log|g", "log|  a\n  b", "warn|    c", "log|d"}},
		{"count", `console.count(); console.count(); console.count('x'); console.countReset(); console.count(); console.count(1); console.countReset(1); console.count(1)`,
			[]string{"log|default: 1", "log|default: 2", "log|x: 1", "log|default: 1", "log|1: 1", "log|1: 2"}},
		{"assert", `console.assert(true, 'no'); console.assert(false); console.assert(0, 'x', 1); console.assert(null, '%s!', 'y'); console.assert(false, {a: 1})`,
			[]string{"warn|Assertion failed", "warn|Assertion failed: x 1", "warn|Assertion failed: y!", "warn|Assertion failed: [object Object]"}},
		{"time", `console.time(); console.timeLog(); sleep(1.5); console.timeLog('default', {a: 1}); sleep(2000); console.timeEnd(); console.timeEnd();
			console.time('m'); sleep(62000); console.timeLog('m'); sleep(3600000); console.timeEnd('m')`,
			[]string{"log|default: 0ms", "log|default: 1.5ms { a: 1 }", "log|default: 2.002s", "log|m: 1:02.000 (m:ss.mmm)", "log|m: 1:01:02.000 (h:mm:ss.mmm)"}},
		{"dir", `console.dir({a: {b: {c: {d: 1}}}}, {depth: 0}); console.dir('%s', 1); console.dir({[Symbol.for('nodejs.util.inspect.custom')]() { return 'x'; }, y: 1})`,
			[]string{"log|{ a: [Object] }", "log|'%s'", "log|{\n  y: 1,\n  [Symbol(nodejs.util.inspect.custom)]: [Function: [nodejs.util.inspect.custom]]\n}"}},
		{"table", `console.table([{a: 1, b: 'x'}, {a: 2}])`,
			[]string{"log|┌─────────┬───┬─────┐\n│ (index) │ a │ b   │\n├─────────┼───┼─────┤\n│ 0       │ 1 │ 'x' │\n│ 1       │ 2 │     │\n└─────────┴───┴─────┘"}},
		{"replaced method", `const lines = []; console.log = (...a) => lines.push(a.join()); console.count('x'); console.info(lines.length, lines[0]); delete console.log; console.info(typeof console.log)`,
			[]string{"info|1 x: 1", "info|undefined"}},
		{"members", `console.mine = 1; console.log(console.mine, 'log' in console, Object.keys(console).slice(0, 3), console.log.name, console.log === console.log)`,
			[]string{"log|1 true [ 'log', 'warn', 'dir' ] log true"}},
		{"symbol label", `console.count(Symbol('x'))`, []string{"throws TypeError: Cannot convert a Symbol value to a string"}},
		{"exception from an argument", `console.log('%s', { toString() { throw new RangeError('mine'); } })`, []string{"throws RangeError: mine"}},
		{"table columns", `console.table([], 'a')`, []string{`throws TypeError: The "properties" argument must be an instance of Array. Received type string ('a')`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, consoleLines(t, test.source))
		})
	}
}

func TestConsoleTrace(t *testing.T) {
	lines := consoleLines(t, "function f() { console.trace('at %s', 'f'); }\nf()")
	require.Len(t, lines, 1)
	assert.Regexp(t, regexp.MustCompile(`^error\|Trace: at f\n    at f \(.*:1:\d+\)\n    at `), lines[0])
}

var consoleScripts = []string{
	`console.log('a', {b: 1}); console.error('e'); console.info('i'); console.debug('d'); console.warn('w')`,
	`console.group('g', {a: 1}); console.log('x\ny', [1]); console.groupCollapsed('h'); console.error('deep'); console.groupEnd(); console.log('z'); console.groupEnd(); console.groupEnd(); console.log('out')`,
	`console.count(); console.count(undefined); console.count('default'); console.count(null); console.count(1); console.countReset(1); console.count(1); console.countReset('none')`,
	`console.assert(); console.assert(false, 'a%s', 'b', 'c'); console.assert('', null); console.assert(false, undefined); console.assert(false, ['x', 'y'], 2)`,
	`console.dir({a: {b: {c: {}}}}, {depth: null}); console.dir([1, 2, 3], {maxArrayLength: 1}); console.dir(); console.dir('text'); console.dir(1, 2)`,
	`console.timeEnd('none'); console.timeLog('none')`,
	`console.log(typeof console.exception)`,
	`console.table(); console.table(null); console.table(1); console.table('text'); console.table(() => 1)`,
	`console.table([]); console.table({}); console.table([1, 'a', null, undefined, [1, 2]])`,
	`console.table([[1, 2], [3, 4, 5]]); console.table({x: {a: 1}, y: {b: [1, 2, 3, 4, 5]}, z: 'p'})`,
	`console.table([{a: 1, b: {c: 1, d: 2}}, {a: {x: 1, y: 2, z: 3}}]); console.table([{b: 1, 2: 'two', 1: 'one'}])`,
	`console.table([{a: 1, b: 2}, {a: 3}], ['b']); console.table([{a: 1}], []); console.table([1, {a: 2}], ['a', 'zz'])`,
	`console.table(new Map([['k', {v: 1}], [{o: 1}, 2]])); console.table(new Set([1, 'x', [1]])); console.table(new Map())`,
	`console.table([{name: 'é日本😀', v: 1n}, {name: 'x', v: -0}]); console.table(['a\nb'])`,
	`console.table([, 1, , 2]); console.table({a: () => 1, b: new Date(0)})`,
	`console.group(); console.table([{a: 1}]); console.groupEnd()`,
	`console.log = () => console.error('replaced'); console.count('x'); console.group('y'); console.table([1]); console.assert(false, 'z')`,
	`console.warn = console.log; console.assert(false, 'to out')`,
	`console.time(Symbol())`,
	`console.count({ toString() { return 'own'; } })`,
	`console.log('%s', 'a', console.log('inner'))`,
}

func TestConsoleEqualsNode(t *testing.T) {
	var want [][]string
	nodejs.Ask(t, nodejs.Command(t, "testdata/inspect/console.js"), consoleScripts, &want)
	streams := map[string]string{"log": "out", "info": "out", "debug": "out", "warn": "err", "error": "err"}
	for i, source := range consoleScripts {
		got := consoleLines(t, source)
		for j, line := range got {
			if level, text, found := bytes.Cut([]byte(line), []byte("|")); found && streams[string(level)] != "" {
				got[j] = streams[string(level)] + "|" + string(text)
			}
		}
		assert.Equal(t, want[i], got, source)
	}
}

func BenchmarkNewConsole(b *testing.B) {
	vm := goja.New()
	c := &clock{time.Unix(0, 0)}
	env, sink := c.env(), func(string, string) {}
	program := goja.MustCompile("", "console.log('granted', 'x')", false)
	b.Run("use=none", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			gojalib.NewConsole(vm, env, sink)
		}
	})
	b.Run("use=log", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_ = vm.GlobalObject().Set("console", gojalib.NewConsole(vm, env, sink))
			if _, err := vm.RunProgram(program); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("use=first-object", func(b *testing.B) {
		// What the inspector fetches of a new VM, the VM included.
		b.ReportAllocs()
		for b.Loop() {
			vm := goja.New()
			gojalib.NewInspector(vm).Format(vm.NewObject())
		}
	})
	object := goja.MustCompile("", "console.log(user)", false)
	b.Run("use=object", func(b *testing.B) {
		_, err := vm.RunString(`var user = { user_id: 'auth0|1', email: 'ann@example.com', email_verified: true, app_metadata: { roles: ['admin'] }, identities: [{ provider: 'auth0' }] }`)
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := vm.RunProgram(object); err != nil {
				b.Fatal(err)
			}
		}
	})
}
