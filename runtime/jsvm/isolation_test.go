package jsvm_test

import (
	"context"
	"encoding/json"
	"fmt"
	goruntime "runtime"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

func load(t testing.TB, rules map[string]string, opts *ferrule.Options) *ferrule.Pipeline {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range rules {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := ferrule.Load(files, inJS(opts))
	require.NoError(t, err)
	return p
}

// TestRunsAreIsolated: the rules of a run share one VM; the next run sees nothing of it.
func TestRunsAreIsolated(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) {
			user.seen = [typeof global.helper, typeof leaked, [].evil, ''.evil, typeof Object.prototype.polluted, JSON.evil].join();
			global.helper = function () { return 'helped'; };
			leaked = 1;
			Array.prototype.evil = 1; String.prototype.evil = 2; Object.prototype.polluted = 3; JSON.evil = 4;
			delete Object.prototype.polluted;
			callback(null, user, context);
		}`,
		"2.js": `function (user, context, callback) {
			user.shared = global.helper() + leaked + [].evil + ''.evil + JSON.evil;
			callback(null, user, context);
		}`,
	}, nil)
	for range 3 {
		out := run(t, p, map[string]any{})
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		assert.Equal(t, "undefined,undefined,,,undefined,", out.User["seen"])
		assert.Equal(t, "helped1124", out.User["shared"])
	}
}

// TestHostilePrototypes: what a rule does to built-ins changes neither how values
// come in nor how they go out.
func TestHostilePrototypes(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) {
			Object.defineProperty(Object.prototype, 'email', { set: function () { throw new Error('set'); }, get: function () { return 'evil'; }, configurable: true });
			Array.prototype.push = function () { throw new Error('push'); };
			Object.keys = JSON.stringify = JSON.parse = function () { return {}; };
			callback(null, user, context);
		}`,
		"2.js": `function (user, context, callback) { user.got = user.email; callback(null, user, context); }`,
	}, nil)
	out := run(t, p, map[string]any{"email": "ann@example.com", "list": []any{"a", map[string]any{"email": "b"}}})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, map[string]any{
		"email": "ann@example.com", "got": "ann@example.com", "list": []any{"a", map[string]any{"email": "b"}},
	}, out.User)
}

func TestProtoKeyIsData(t *testing.T) {
	p := compile(t, `
		user.own = Object.keys(user.data).join();
		user.polluted = ({}).admin === undefined;
		user.admin = user.data.admin === undefined;
		callback(null, user, context);`, nil)
	var data map[string]any
	require.NoError(t, json.Unmarshal([]byte(`{"__proto__": {"admin": true}, "constructor": 1}`), &data))
	out := run(t, p, map[string]any{"data": data})
	require.Equal(t, ferrule.Allowed, out.Decision)
	assert.Equal(t, "__proto__,constructor", out.User["own"])
	assert.Equal(t, true, out.User["polluted"])
	assert.Equal(t, true, out.User["admin"])
	assert.Equal(t, map[string]any{"__proto__": map[string]any{"admin": true}, "constructor": float64(1)}, out.User["data"])
}

func TestSharedGlobals(t *testing.T) {
	rule := `
		global.count = (global.count || 0) + 1;
		global.list = (global.list || []).concat(user.id);
		user.helper = typeof global.helper;
		global.helper = function () {};
		if (global.count === 3) delete global.list;
		user.count = global.count; user.list = global.list;
		callback(null, user, context);`
	p := compile(t, rule, &ferrule.Options{SharedGlobals: true})
	want := []string{
		`{"id":"a","helper":"undefined","count":1,"list":["a"]}`, `{"id":"b","helper":"undefined","count":2,"list":["a","b"]}`,
		`{"id":"c","helper":"undefined","count":3}`, `{"id":"d","helper":"undefined","count":4,"list":["d"]}`,
	}
	for i, id := range []string{"a", "b", "c", "d"} {
		out := run(t, p, map[string]any{"id": id})
		text, err := out.UserJSON()
		require.NoError(t, err)
		assert.JSONEq(t, want[i], string(text))
		assert.Empty(t, out.Warnings)
		waitIdle(t, p)
	}
	fresh := compile(t, rule, nil)
	for range 2 {
		out := run(t, fresh, map[string]any{"id": "x"})
		assert.EqualValues(t, 1, out.User["count"])
		require.NotEmpty(t, out.Warnings)
		assert.EqualValues(t, "global-unset", out.Warnings[0].Code)
	}
}

// waitIdle waits until no run of the test binary's loops is left.
func waitIdle(t testing.TB, _ *ferrule.Pipeline) {
	t.Helper()
	require.Eventually(t, func() bool { return loopsRunning() == 0 }, 10*time.Second, time.Millisecond)
}

func loopsRunning() int {
	buf := make([]byte, 1<<20)
	buf = buf[:goruntime.Stack(buf, true)]
	n := 0
	for i := 0; i+len(loopFrame) <= len(buf); i++ {
		if string(buf[i:i+len(loopFrame)]) == loopFrame {
			n++
		}
	}
	return n
}

const loopFrame = "jsvm.(*loop).main("

// TestHammer runs one pipeline from many goroutines; under -race it shows that a
// Pipeline is safe for that.
func TestHammer(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) {
			global.mine = user.id; user.roles = (user.roles || []).concat('r' + user.id); console.log('one', user.id);
			setTimeout(function () { callback(null, user, context); }, user.id % 3);
		}`,
		"2.js": `async function (user, context, callback) {
			await Promise.resolve();
			if (global.mine !== user.id) return callback(new Error('mixed up'));
			if (user.id % 5 === 0) return callback(new UnauthorizedError('no ' + user.id));
			await auth0.users.updateUserMetadata('u' + user.id, { id: user.id });
			context.idToken = { ['https://example.com/id']: user.id };
			callback(null, user, context);
			setTimeout(function () { console.log('late'); }, 1);
		}`,
	}, nil)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 40 {
				id := worker*1000 + i
				user := map[string]any{"id": id, "email": "x"}
				out, err := p.Run(context.Background(), ferrule.Input{User: user, Context: map[string]any{}})
				if !assert.NoError(t, err) {
					return
				}
				if id%5 == 0 {
					assert.Equal(t, fmt.Sprintf("no %d", id), out.Err.Message)
					continue
				}
				assert.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
				assert.Equal(t, []any{fmt.Sprintf("r%d", id)}, user["roles"])
				assert.Equal(t, id, user["id"], "a Go int that no rule wrote stays one")
				assert.Equal(t, fmt.Sprintf("one %d", id), out.Console[0].Text)
			}
		})
	}
	group.Wait()
	before := goruntime.NumGoroutine()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	require.NoError(t, p.Close(ctx))
	for goruntime.NumGoroutine() > before && ctx.Err() == nil {
		time.Sleep(time.Millisecond) // a timer that fires has a goroutine for a moment
	}
	assert.LessOrEqual(t, goruntime.NumGoroutine(), before)
	assert.Zero(t, loopsRunning())
}
