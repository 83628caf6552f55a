package hosttest_test

import (
	"context"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// tick is a module that offers the host's own NextTick and Operation.
var tick = host.Module{Name: "tick", Build: func(h host.Host) *goja.Object {
	exports := h.VM().NewObject()
	task := func(v goja.Value) func() error {
		function, _ := goja.AssertFunction(v)
		return func() error { _, err := function(goja.Undefined()); return err }
	}
	_ = exports.Set("next", func(v goja.Value) { h.NextTick(task(v)) })
	_ = exports.Set("elsewhere", func(v goja.Value) {
		complete, then := h.Operation(), task(v)
		go complete(then)
	})
	return exports
}}

func TestOrder(t *testing.T) {
	h := hosttest.New([]host.Module{tick}, nil)
	require.NoError(t, h.Run(context.Background(), `
		const tick = require('node:tick');
		setTimeout(() => { console.log('timer'); tick.elsewhere(() => console.log('elsewhere')); }, 1);
		Promise.resolve().then(() => { console.log('promise'); tick.next(() => console.log('tick of a promise')); })
			.then(() => console.log('promise 2'));
		tick.next(() => { console.log('tick'); tick.next(() => console.log('tick 2')); });
		console.log('first');`))
	assert.Equal(t, []string{"first", "tick", "tick 2", "promise", "promise 2", "tick of a promise", "timer", "elsewhere"}, h.Output)
}

func TestRequire(t *testing.T) {
	h := hosttest.New([]host.Module{tick}, nil)
	require.NoError(t, h.Run(context.Background(), `
		console.log(require('tick') === require('node:tick'));
		try { require('absent') } catch (e) { console.log(e.code) }`))
	assert.Equal(t, []string{"true", "MODULE_NOT_FOUND"}, h.Output)
}

func TestErrors(t *testing.T) {
	h := hosttest.New([]host.Module{tick}, nil)
	err := h.Run(context.Background(), `
		require('tick').elsewhere(() => { throw new Error('one') });
		setTimeout(() => { throw new Error('two') }, 0);`)
	assert.ErrorContains(t, err, "one")
	assert.ErrorContains(t, err, "two")

	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	assert.ErrorIs(t, h.Run(ctx, `setTimeout(() => {}, 60000)`), context.DeadlineExceeded)
}
