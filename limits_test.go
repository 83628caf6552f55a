package ferrule_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
)

// waits is a rule that calls back after so long.
const waits = `function (user, context, callback) { setTimeout(callback, user.wait, null, user, context); }`

// Each rule has RuleTimeout for itself, all have Timeout together.
func TestTimeLimits(t *testing.T) {
	rules := map[string]string{"1.js": waits, "2.js": waits, "3.js": waits, "4.js": waits}
	login := func() ferrule.Input { return ferrule.Input{User: map[string]any{"wait": 200.0}} }

	p := load(t, rules, &ferrule.Options{Limits: ferrule.Limits{RuleTimeout: 700 * time.Millisecond}})
	out := run(t, p, login())
	assert.Equal(t, ferrule.Allowed, out.Decision, "%v: four rules take longer together than each may", out.Err)

	p = load(t, rules, &ferrule.Options{Limits: ferrule.Limits{Timeout: 500 * time.Millisecond, RuleTimeout: 400 * time.Millisecond}})
	out = run(t, p, login())
	require.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, ferrule.KindTimeout, out.Err.Kind)
	assert.Equal(t, "3", out.Err.Rule)
	assert.Len(t, out.Rules, 3, "later rules do not run")
	assert.Equal(t, "Request to Webtask exceeded allowed execution time", out.Err.OAuthDescription())

	p = load(t, rules, &ferrule.Options{Limits: ferrule.Limits{RuleTimeout: 100 * time.Millisecond}})
	out = run(t, p, login())
	require.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, "1", out.Err.Rule)
}

// The time that a user is away at a redirect does not count: the resumed run has the
// whole limit again.
func TestRedirectTimeDoesNotCount(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  if (context.protocol !== 'redirect-callback') context.redirect = { url: 'https://x.example' };
  setTimeout(callback, 250, null, user, context);
}`, &ferrule.Options{Limits: ferrule.Limits{Timeout: 450 * time.Millisecond}})
	first := run(t, p, redirectLogin())
	require.Equal(t, ferrule.Redirect, first.Decision, "%v", first.Err)
	second := resume(t, p, first.RedirectTo.State, ferrule.Resumption{})
	assert.Equal(t, ferrule.Allowed, second.Decision, "%v", second.Err)
}

// A run whose engine cannot be stopped is abandoned and counted: a full count refuses
// further runs of this pipeline, others go on, and once it ends there is room again.
func TestAbandonedRuns(t *testing.T) {
	const burns = `function (user, context, callback) {
  if (user.burn) /^(?=a)(a+)+$/.test('a'.repeat(user.burn) + '!');
  callback(null, user, context);
}`
	limits := ferrule.Limits{Timeout: 30 * time.Millisecond, Abandoned: 1}
	p, err := ferrule.Compile("burns.js", burns, &ferrule.Options{Limits: limits})
	require.NoError(t, err)
	other := compile(t, burns, nil)
	began := time.Now()
	out := run(t, p, ferrule.Input{User: map[string]any{"burn": 20.0}})
	took := time.Since(began)
	require.Equal(t, ferrule.Failed, out.Decision)
	assert.Equal(t, ferrule.KindTimeout, out.Err.Kind)
	t.Logf("answered after %v, while the expression goes on", took)
	assert.Equal(t, ferrule.Allowed, run(t, other, ferrule.Input{}).Decision)

	_, err = p.Run(context.Background(), ferrule.Input{})
	if err != nil { // it may have ended meanwhile
		require.ErrorIs(t, err, ferrule.ErrBusy)
	}
	deadline := time.Now().Add(time.Minute)
	for err != nil && time.Now().Before(deadline) {
		time.Sleep(5 * time.Millisecond)
		_, err = p.Run(context.Background(), ferrule.Input{})
	}
	require.NoError(t, err, "once the expression has ended there is room again")
	closeSoon(t, p)
}

// The console's limit and what becomes of a limit's run elsewhere in the outcome.
func TestConsoleLimit(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  for (var i = 0; i < 100; i++) console.log('line ' + i);
  callback(null, user, context);
}`, &ferrule.Options{Limits: ferrule.Limits{ConsoleBytes: 100}})
	out := run(t, p, ferrule.Input{})
	require.Equal(t, ferrule.Allowed, out.Decision)
	assert.Less(t, len(out.Console), 15)
	require.Len(t, out.Warnings, 1)
	assert.Equal(t, runtime.WarnConsoleCut, out.Warnings[0].Code)
}

// SharedGlobals keeps JSON values from run to run; without it every run starts anew.
func TestSharedGlobals(t *testing.T) {
	const counts = `function (user, context, callback) {
  global.count = (global.count || 0) + 1;
  global.helper = function () {};
  user.count = global.count;
  Object.defineProperty(global, 'throws', { enumerable: true, configurable: true, get: function () { throw new Error('x'); } });
  user.helper = typeof global.helper;
  callback(null, user, context);
}`
	for shared, want := range map[bool]float64{true: 3, false: 1} {
		p := compile(t, counts, &ferrule.Options{SharedGlobals: shared})
		run(t, p, ferrule.Input{})
		run(t, p, ferrule.Input{})
		assert.Equal(t, want, run(t, p, ferrule.Input{}).User["count"])
	}
}
