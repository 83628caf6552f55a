package jsvm_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestGlobals: wherever a global stands, on the global object or behind it, rules read,
// replace and delete it as in Node.
func TestGlobals(t *testing.T) {
	for body, want := range map[string]any{
		`user.r = [typeof console, typeof setTimeout, typeof configuration, typeof nobody].join();`:                           "object,function,object,undefined",
		`console = { log: function () { return 'mine'; } }; user.r = console.log();`:                                          "mine",
		`(function () { 'use strict'; console = 1; })(); user.r = console;`:                                                   1.0,
		`try { (function () { 'use strict'; consol = 1; })(); } catch (e) { user.r = e.message; }`:                            "consol is not defined",
		`var log = console.log; user.r = console.log === log && console === console;`:                                         true,
		`delete console; user.r = typeof console;`:                                                                            "undefined",
		`user.r = delete user.x && typeof console;`:                                                                           "object",
		`user.r = (function () { return this.hasOwnProperty('console') && 'console' in this; })() && delete this.console;`:    true,
		`user.r = Object.keys((function () { return this; })()).length + typeof console;`:                                     "0object",
		`user.r = 0; for (var k in { console: 1 }) user.r++;`:                                                                 1.0,
		`user.r = new ValidationError('weak', 'no') instanceof ValidationError;`:                                              true,
		`var list = ['a', ['b']]; list.join = function () { return 'own'; }; user.r = list.join() + [1, 2].join();`:           "own1,2",
		`Array.prototype.join = function () { return 'all'; }; user.r = [1, 2].join() + Object.keys(Array.prototype).length;`: "all0",
		`class Names extends Array { join() { return 'class'; } } user.r = Names.of(1).join() + [1, 2].join();`:               "class1,2",
	} {
		t.Run(body, func(t *testing.T) {
			out := run(t, compile(t, body+`; callback(null, user, context);`, nil), map[string]any{"x": true})
			require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			assert.Equal(t, want, out.User["r"])
		})
	}
}

// TestMicrotaskOrder: what a microtask's turn queues comes behind what waits already.
func TestMicrotaskOrder(t *testing.T) {
	for name, head := range map[string]string{"": "", "with modules": "require('util');"} {
		p := compile(t, head+`var seen = [], say = (what) => () => { seen.push(what); };
			Promise.resolve().then(say('a')).then(say('d'));
			queueMicrotask(say('b'));
			Promise.resolve().then(say('c'));
			setTimeout(() => { user.seen = seen.join(''); callback(null, user, context); }, 1);`, nil)
		user := map[string]any{}
		out := run(t, p, user)
		assert.Equal(t, ferrule.Allowed, out.Decision, name)
		assert.Equal(t, "abcd", user["seen"], name)
	}
}
