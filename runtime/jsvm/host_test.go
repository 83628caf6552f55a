package jsvm

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// probe is a core module whose exports are the methods of its host.
var probe = host.Module{Name: "probe", Build: func(h host.Host) *goja.Object {
	exports := h.VM().NewObject()
	task := func(v goja.Value) func() error {
		call, _ := goja.AssertFunction(v)
		return func() error { _, err := call(goja.Undefined()); return err }
	}
	for name, member := range map[string]func(goja.FunctionCall) goja.Value{
		"tick": func(call goja.FunctionCall) goja.Value { h.NextTick(task(call.Argument(0))); return nil },
		"after": func(call goja.FunctionCall) goja.Value {
			h.After(time.Duration(call.Argument(1).ToInteger())*time.Millisecond, false, call.Argument(2).ToBoolean(), task(call.Argument(0)))
			return nil
		},
		"work": func(call goja.FunctionCall) goja.Value {
			complete, then := h.Operation(), task(call.Argument(0))
			go complete(then)
			return nil
		},
		"need":   func(call goja.FunctionCall) goja.Value { return h.Require(call.Argument(0).String()) },
		"global": func(call goja.FunctionCall) goja.Value { return h.Global(call.Argument(0).String()) },
		"warn":   func(call goja.FunctionCall) goja.Value { h.Warn(call.Argument(0).String()); return nil },
		"log":    func(call goja.FunctionCall) goja.Value { h.Log("info", call.Argument(0).String()); return nil },
		"alive":  func(goja.FunctionCall) goja.Value { return h.VM().ToValue(h.Context().Err() == nil) },
	} {
		if err := exports.Set(name, member); err != nil {
			panic(err)
		}
	}
	return exports
}}

// hosted runs a rule that can require probe.
func hosted(t *testing.T, body string) runtime.Outcome {
	t.Helper()
	return hostedWith(t, body, Options{})
}

func hostedWith(t *testing.T, body string, o Options) runtime.Outcome {
	t.Helper()
	words := map[string]bool{"require": true, "console": true, "Promise": true, "queueMicrotask": true, "setTimeout": true, "setImmediate": true, "setInterval": true}
	b, failures := CompileWith([]Source{{
		Name: "rule", File: "rule.js", Words: words,
		Code: "function (user, context, callback) { const probe = require('node:probe');" + body + "}",
		Pos:  func(line, column int) source.Pos { return source.Pos{Line: line, Column: column} },
	}}, o)
	require.Empty(t, failures)
	b.core = maps.Clone(b.core)
	b.core[probe.Name] = probe
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{Timeout: time.Second}})
	out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{}})
	require.NoError(t, err)
	require.NoError(t, chain.Close(context.Background()))
	return out
}

// TestHostOrder: Node answers the same order for this text with process.nextTick as probe.tick.
func TestHostOrder(t *testing.T) {
	out := hosted(t, `
		const say = (what) => console.log(what);
		setTimeout(() => { say('timeout'); callback(null, user, context); }, 100);
		setImmediate(() => { say('immediate'); probe.tick(() => say('tick of immediate')); Promise.resolve().then(() => say('promise of immediate')); });
		Promise.resolve().then(() => { say('promise'); probe.tick(() => say('tick of promise')); }).then(() => say('second promise'));
		queueMicrotask(() => say('microtask'));
		probe.tick(() => { say('tick'); Promise.resolve().then(() => say('promise of tick')); probe.tick(() => say('tick of tick')); });
		say('rule');`)
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	var said []string
	for _, line := range out.Console {
		said = append(said, line.Text)
	}
	assert.Equal(t, []string{
		"rule", "tick", "tick of tick", "promise", "microtask", "promise of tick", "second promise", "tick of promise",
		"immediate", "tick of immediate", "promise of immediate", "timeout",
	}, said)
}

func TestHost(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"one module", `callback(require('probe') === probe && probe.need('node:probe') === probe ? null : new Error('two'), user, context);`, ""},
		{"context", `callback(probe.alive() ? null : new Error('over'), user, context);`, ""},
		{"operation", `probe.work(() => callback(null, user, context));`, ""},
		{"timer", `probe.after(() => callback(null, user, context), 2, true);`, ""},
		{"timer that nobody waits for", `probe.after(() => callback(null, user, context), 3600000, false);`,
			"the rule never called back: nothing is left to run that could"},
		{"error of an operation", `probe.work(() => { throw new Error('of work'); });`, "of work"},
		{"error of a tick", `probe.tick(() => { throw new Error('of tick'); }); probe.tick(() => callback(null, user, context));`, "of tick"},
		{"error of the rule before its ticks", `probe.tick(() => { throw new Error('of tick'); }); throw new Error('of rule');`, "of rule"},
		{"endless ticks", `const again = () => probe.tick(again); again();`, "took longer than"},
		{"no such module", `try { probe.need('nothing'); } catch (e) { callback(new Error(e.code)); }`, "MODULE_NOT_FOUND"},
		{"global", `const made = probe.global('URL'); callback(new made('https://a.example/b').host === 'a.example' && made === probe.global('URL') ? null : new Error('two'), user, context);`, ""},
		{"no such global", `callback(probe.global('nothing') === undefined ? null : new Error('some'), user, context);`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := hosted(t, tt.body)
			if tt.want == "" {
				require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
				return
			}
			require.NotNil(t, out.Err)
			assert.Contains(t, out.Err.Message, tt.want)
		})
	}
}

func TestHostTellsTheOutcome(t *testing.T) {
	out := hosted(t, `probe.warn('careful'); probe.log('a line'); callback(null, user, context);`)
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, []runtime.Warning{{Rule: "rule", Code: runtime.WarnModule, Text: "careful"}}, out.Warnings)
	assert.Equal(t, []runtime.ConsoleLine{{Rule: "rule", Level: "info", Text: "a line"}}, out.Console)
}

// TestUnref: nobody waits for what a rule has unreferenced but the rule itself, until it calls back.
func TestUnref(t *testing.T) {
	out := hosted(t, `setTimeout(() => callback(null, user, context), 5).unref();`)
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	out = hosted(t, `
		setInterval(function () { clearInterval(this); }, 1);
		const again = setInterval(() => {}, 60000), t = again.unref();
		console.log(String([t === again, t.hasRef(), t.ref().hasRef(), t.unref().hasRef()]));
		setTimeout(() => console.log('waited for'), 1); setTimeout(() => console.log('not waited for'), 60000).unref();
		callback(null, user, context);`)
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	require.Empty(t, out.Warnings)
	require.Len(t, out.Console, 1)
	assert.Equal(t, "true,false,true,false", out.Console[0].Text)
}
