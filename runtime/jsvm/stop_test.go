package jsvm_test

import (
	"context"
	"errors"
	"fmt"
	goruntime "runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// inJS are options with which nothing but the JavaScript engine runs rules.
func inJS(opts *ferrule.Options) *ferrule.Options {
	var own ferrule.Options
	if opts != nil {
		own = *opts
	}
	own.Engine = ferrule.EngineJS
	return &own
}

// compile makes a pipeline of one rule.
func compile(t testing.TB, body string, opts *ferrule.Options) *ferrule.Pipeline {
	t.Helper()
	p, err := ferrule.Compile("rule.js", "function (user, context, callback) {\n"+body+"\n}", inJS(opts))
	require.NoError(t, err)
	return p
}

func run(t testing.TB, p *ferrule.Pipeline, user map[string]any) ferrule.Outcome {
	t.Helper()
	out, err := p.Run(context.Background(), ferrule.Input{User: user})
	require.NoError(t, err)
	return out
}

// runaways are rules that never end by themselves, and the kind of limit that ends
// them ("": timeout or limit). Those that native code runs away with are abandoned.
var runaways = []struct {
	name, body string
	kind       ferrule.Kind
	abandoned  bool
}{
	{"endless loop", `while (true) {}`, ferrule.KindTimeout, false},
	{"endless loop in try", `for (;;) { try { while (true) {} } catch (e) {} finally { while (true) {} } }`, ferrule.KindTimeout, false},
	{"endless recursion", `(function f() { return f() + 1; })()`, ferrule.KindLimit, false},
	{"recursion that catches", `(function f() { try { f(); } catch (e) { f(); } })()`, ferrule.KindLimit, false},
	{"promise chain", `(function f() { Promise.resolve().then(f); })()`, ferrule.KindTimeout, false},
	{"async loop", `(async function () { for (;;) await null; })()`, ferrule.KindTimeout, false},
	{"timer chain", `(function f() { setTimeout(f, 0); })()`, ferrule.KindTimeout, false},
	{"immediate chain", `(function f() { setImmediate(f); })()`, ferrule.KindTimeout, false},
	{"interval", `setInterval(function () {}, 1)`, ferrule.KindTimeout, false},
	{"timer flood", `for (;;) setTimeout(function () {}, 1e6)`, ferrule.KindLimit, false},
	{"interval flood", `(function f() { setInterval(f, 0); setInterval(f, 0); })()`, ferrule.KindLimit, false},
	{"generator", `function* g() { for (;;) yield 1; } for (var x of g()) ;`, ferrule.KindTimeout, false},
	{"getter", `var o = { get x() { return this.x; } }; o.x`, "", true}, // goja takes seconds to unwind it
	{"toJSON in the answer", `user.a = { toJSON: function () { while (true) {} } }; callback(null, user, context)`, ferrule.KindTimeout, false},
	{"sort", `[3, 2, 1].sort(function () { while (true) {} })`, ferrule.KindTimeout, false},
	{"replace", `'aaa'.replace(/a/g, function () { while (true) {} })`, ferrule.KindTimeout, false},
	{"proxy", `var p = new Proxy({}, { get: function () { while (true) {} } }); p.x`, ferrule.KindTimeout, false},
	{"back reference", `/(a*)*\1b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')`, ferrule.KindTimeout, true},
	{"lookahead", `/^(?=(a+)+$)/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')`, ferrule.KindTimeout, true},
	{"never called", `user.x = 1`, ferrule.KindTimeout, false},
}

const shortLimit = 150 * time.Millisecond

// TestRunaways: every runaway rule ends with its kind. How soon after its limit is
// printed and not judged: a test never fails on a clock.
func TestRunaways(t *testing.T) {
	for _, r := range runaways {
		t.Run(r.name, func(t *testing.T) {
			limits := ferrule.Limits{Timeout: shortLimit}
			if r.kind == ferrule.KindLimit {
				limits.Timeout = 0 // the other limit comes first, however slow the machine is
			}
			p := compile(t, r.body, &ferrule.Options{Limits: limits})
			user := map[string]any{"email": "ann@example.com"}
			start := time.Now()
			out := run(t, p, user)
			t.Logf("answered %v after the start, limit %v", time.Since(start).Round(time.Millisecond), limits.WithDefaults().Timeout)
			assert.Equal(t, ferrule.Failed, out.Decision)
			require.NotNil(t, out.Err)
			if r.kind == "" {
				assert.Contains(t, []ferrule.Kind{ferrule.KindTimeout, ferrule.KindLimit}, out.Err.Kind)
			} else {
				assert.Equal(t, r.kind, out.Err.Kind, out.Err.Error())
			}
			assert.Equal(t, map[string]any{"email": "ann@example.com"}, user, "the input is untouched")
			if r.abandoned {
				return // its VM burns on until the engine's own limit
			}
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			assert.NoError(t, p.Close(ctx), "nothing is left running")
		})
	}
}

// TestRegexpTimeoutIsNoAnswer: a deny-list whose expression runs away must not let
// the user in.
func TestRegexpTimeoutIsNoAnswer(t *testing.T) {
	p := compile(t, `
		if (/^(\w+\s?)*\1$/.test(user.name)) return callback(new UnauthorizedError('denied'));
		callback(null, user, context);`, &ferrule.Options{Limits: ferrule.Limits{Timeout: shortLimit}})
	out := run(t, p, map[string]any{"name": strings.Repeat("a", 40) + "!"})
	assert.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, ferrule.KindTimeout, out.Err.Kind)
}

func TestAbandonedRunsAreCappedAndOthersServed(t *testing.T) {
	p := compile(t, `
		if (user.bad) /(a*)*\1b/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
		callback(null, user, context);`, &ferrule.Options{Limits: ferrule.Limits{Timeout: 50 * time.Millisecond, Abandoned: 2}})
	for i := range 2 {
		assert.Equal(t, ferrule.Allowed, run(t, p, map[string]any{}).Decision, "before abandoned run %d", i)
		assert.Equal(t, ferrule.Failed, run(t, p, map[string]any{"bad": true}).Decision)
	}
	_, err := p.Run(context.Background(), ferrule.Input{})
	assert.ErrorIs(t, err, ferrule.ErrBusy)

	other := compile(t, `callback(null, user, context)`, nil)
	assert.Equal(t, ferrule.Allowed, run(t, other, nil).Decision, "another pipeline is not touched")
}

func TestHeapGrowthIsStopped(t *testing.T) {
	for name, body := range map[string]string{
		"string":      `var s = 'x'; while (true) s += s + 'y';`,
		"array":       `var a = []; while (true) a.push({ n: a.length, t: 'text ' + a.length });`,
		"promise":     `(async function () { var a = []; for (;;) { a.push(new Array(20000).fill(1)); await null; } })()`,
		"native work": `const a = [], next = function () { require('crypto').randomBytes(1 << 23, function (e, b) { a.push(b); next(); }); }; next();`,
		"short turns": `const a = []; setInterval(function () { a.push(Buffer.alloc(1 << 20, 1)); }, 1);`,
	} {
		t.Run(name, func(t *testing.T) {
			p := compile(t, body, &ferrule.Options{Limits: ferrule.Limits{Timeout: 2 * time.Minute, HeapBytes: 64 << 20}})
			goruntime.GC() // what the case before left is no growth of this one
			out := run(t, p, nil)
			require.Equal(t, ferrule.Failed, out.Decision)
			assert.Equal(t, ferrule.KindLimit, out.Err.Kind, out.Err.Error())
		})
	}
}

// Bodies and streams of what is shared are larger than their parts: no call takes more memory than there is.
func TestSharedPartsAreBounded(t *testing.T) {
	for name, body := range map[string]string{
		"Blob":        `const b = new Blob(['x'.repeat(1e8)]); new Blob(Array(1000).fill(b));`,
		"File":        `const b = new Blob(['x'.repeat(1e8)]); new File(Array(1000).fill(b), 'a');`,
		"FormData":    `const b = new Blob(['x'.repeat(1e8)]), f = new FormData(); for (let i = 0; i < 1000; i++) f.append('a', b); new Response(f);`,
		"a stream":    `let n = 0; const k = new TextEncoder().encode('x'.repeat(1e8)); new Response(new ReadableStream({ pull(c) { if (n++ > 1000) c.close(); else c.enqueue(k); } })).arrayBuffer().catch(callback); return;`,
		"fetch":       `let n = 0; const k = new TextEncoder().encode('x'.repeat(1e8)); fetch('http://127.0.0.1', { method: 'POST', duplex: 'half', body: { [Symbol.asyncIterator]() { return { next: async () => ({ value: k, done: n++ > 1000 }) }; } } }).catch(callback); return;`,
		"auto chunks": `new ReadableStream({ type: 'bytes', autoAllocateChunkSize: 2 ** 40, pull() { } }).getReader().read().catch(callback); return;`,
		"a request":   `const k = require('crypto').randomBytes(1e8), r = require('http').request('http://127.0.0.1', { method: 'POST' }); for (let i = 0; i < 40; i++) r.write(k); r.end(); return;`,
	} {
		t.Run(name, func(t *testing.T) {
			p := compile(t, body+` callback(null, user, context);`, &ferrule.Options{Limits: ferrule.Limits{Timeout: time.Minute}})
			out := run(t, p, nil)
			require.Equal(t, ferrule.Failed, out.Decision)
			assert.Regexp(t, "Array buffer allocation failed|Invalid typed array length|out of range", out.Err.Message)
		})
	}
}

// A run that has much to compute beside its VM leaves room for the work of others.
func TestNativeWorkLeavesRoom(t *testing.T) {
	for name, flood := range map[string]string{
		"bcrypt": `for (let i = 0; i < 100; i++) require('bcrypt').hash('a', 31, function () {});`,
		"pbkdf2": `for (let i = 0; i < 100; i++) require('crypto').pbkdf2('a', 'b', 2 ** 31 - 1, 32, 'sha1', function () {});`,
	} {
		t.Run(name, func(t *testing.T) {
			hostile := compile(t, flood, &ferrule.Options{Limits: ferrule.Limits{Timeout: 5 * time.Minute}})
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				_, err := hostile.Run(ctx, ferrule.Input{})
				assert.ErrorIs(t, err, context.Canceled)
			}()
			time.Sleep(20 * time.Millisecond) // it has begun, or begins later
			innocent := compile(t, `
				require('bcrypt').hash('a', 4, function (e) {
					require('crypto').pbkdf2('a', 'b', 10, 32, 'sha1', function (f) { callback(e || f, user, context); });
				});`, &ferrule.Options{Limits: ferrule.Limits{Timeout: time.Minute}})
			for range 3 {
				out := run(t, innocent, nil)
				assert.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			}
			select {
			case <-ended:
				t.Error("the flood is over")
			default:
			}
			cancel()
			<-ended
		})
	}
}

// Native work that the limit cuts off is no error that a rule could catch.
func TestCutOffNativeWorkEndsTheRule(t *testing.T) {
	for name, call := range map[string]string{
		"bcrypt": `require('bcrypt').hashSync('a', 31)`, "pbkdf2": `require('crypto').pbkdf2Sync('a', 'b', 2 ** 31 - 1, 32, 'sha1')`,
		"brotli": `const b = require('crypto').randomBytes(1 << 22); for (;;) require('zlib').brotliCompressSync(b)`,
	} {
		t.Run(name, func(t *testing.T) {
			for _, body := range []string{call + `; callback(null, user, context);`, `try { ` + call + ` } catch (e) { } callback(null, user, context);`} {
				p := compile(t, body, &ferrule.Options{Limits: ferrule.Limits{Timeout: 300 * time.Millisecond}})
				out := run(t, p, nil)
				require.Equal(t, ferrule.Failed, out.Decision)
				assert.Equal(t, ferrule.KindTimeout, out.Err.Kind, out.Err.Error())
			}
		})
	}
}

func TestCallerGivesUp(t *testing.T) {
	p := compile(t, `while (user.loop) ; setTimeout(function () { callback(null, user, context); }, 60000)`, nil)
	cause := errors.New("the user closed the window")
	for _, loop := range []bool{true, false} {
		ctx, cancel := context.WithCancelCause(context.Background())
		time.AfterFunc(30*time.Millisecond, func() { cancel(cause) })
		user := map[string]any{"loop": loop}
		out, err := p.Run(ctx, ferrule.Input{User: user})
		assert.ErrorIs(t, err, context.Canceled)
		assert.Zero(t, out.Decision)
		assert.Equal(t, map[string]any{"loop": loop}, user)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(t, p.Close(ctx), "nothing of a cancelled run is left")
	_, err := p.Run(context.Background(), ferrule.Input{})
	assert.ErrorIs(t, err, ferrule.ErrClosed)
}

func TestRuleTimeout(t *testing.T) {
	const waits = `setTimeout(function () { callback(null, user, context); }, user.wait)`
	p := compile(t, waits, &ferrule.Options{Limits: ferrule.Limits{Timeout: time.Minute, RuleTimeout: time.Minute}})
	assert.Equal(t, ferrule.Allowed, run(t, p, map[string]any{"wait": 1}).Decision)
	p = compile(t, waits, &ferrule.Options{Limits: ferrule.Limits{RuleTimeout: 100 * time.Millisecond}})
	out := run(t, p, map[string]any{"wait": 60000})
	require.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, "the rule took longer than 100ms", out.Err.Message)
	assert.Equal(t, "access_denied", out.Err.OAuth)
	assert.Equal(t, "Request to Webtask exceeded allowed execution time", out.Err.OAuthDescription())
}

// TestWorkAfterTheCallback: it cannot change the outcome, it goes on after the run
// has answered, Close waits for it, and the hook is told.
func TestWorkAfterTheCallback(t *testing.T) {
	var mu sync.Mutex
	var late []string
	p := compile(t, `
		setTimeout(function () {
			console.log('late', user.name);
			user.late = true;
			auth0.users.updateAppMetadata('u', { late: true }).then(function () { console.log('stored'); });
			callback(new UnauthorizedError('too late'));
		}, 50);
		callback(null, user, context);`, &ferrule.Options{OnLate: func(l ferrule.Late) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case l.Console != nil:
			late = append(late, l.Console.Text)
		case l.Warning != nil:
			late = append(late, string(l.Warning.Code))
		case l.Metadata != nil:
			late = append(late, fmt.Sprint(l.Metadata.Values))
		}
	}})
	user := map[string]any{"name": "Ann"}
	out := run(t, p, user)
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Empty(t, out.Console)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	require.NoError(t, p.Close(ctx))
	assert.Equal(t, map[string]any{"name": "Ann"}, user)
	assert.Equal(t, []string{"late Ann", "map[late:true]", "callback-twice", "stored"}, late)
}

// TestLateWorkIsBounded: what never ends after the callback ends with the run's time.
func TestLateWorkIsBounded(t *testing.T) {
	for name, body := range map[string]string{
		"timers": `setInterval(function () {}, 1); callback(null, user, context);`,
		"loop":   `setTimeout(function () { while (true) {} }, 1); callback(null, user, context);`,
		"turn":   `callback(null, user, context); while (true) {}`,
	} {
		t.Run(name, func(t *testing.T) {
			p := compile(t, body, &ferrule.Options{Limits: ferrule.Limits{Timeout: shortLimit}})
			assert.Equal(t, ferrule.Allowed, run(t, p, nil).Decision)
			ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
			defer cancel()
			assert.NoError(t, p.Close(ctx))
		})
	}
}

func TestConsoleIsCut(t *testing.T) {
	p := compile(t, `for (var i = 0; i < 1000; i++) console.log('0123456789'); callback(null, user, context);`,
		&ferrule.Options{Limits: ferrule.Limits{ConsoleBytes: 140}})
	out := run(t, p, nil)
	assert.Len(t, out.Console, 10)
	require.Len(t, out.Warnings, 1)
	assert.EqualValues(t, "console-cut", out.Warnings[0].Code)
}

// TestShortLimitsOfManyRuns: runs that come one after another do not put off the end of one
// that never ends.
func TestShortLimitsOfManyRuns(t *testing.T) {
	p := compile(t, `while (user.loop) ; callback(null, user, context)`, &ferrule.Options{Limits: ferrule.Limits{Timeout: 5 * time.Millisecond}})
	ended := make(chan ferrule.Outcome)
	go func() {
		out, _ := p.Run(context.Background(), ferrule.Input{User: map[string]any{"loop": true}})
		ended <- out
	}()
	for {
		select {
		case out := <-ended:
			require.NotNil(t, out.Err)
			assert.Equal(t, ferrule.KindTimeout, out.Err.Kind)
			return
		default:
			_, _ = p.Run(context.Background(), ferrule.Input{}) // in time or not
		}
	}
}
