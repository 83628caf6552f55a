package jsvm_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestDetached: what rules leave running reads the objects that they were given, whatever
// happens to the caller's maps meanwhile. Under the race detector this also shows that they
// do not share them.
func TestDetached(t *testing.T) {
	rules := map[string]string{
		"timer":     "setTimeout(function () { console.log(user.a.b, user.list[0].k, Object.keys(user.a).join()); }, 1);",
		"interval":  "var n = 0, i = setInterval(function () { if (n++ > 2) { clearInterval(i); console.log(user.a.b, user.list[0].k, Object.keys(user.a).join()); } }, 1);",
		"immediate": "setImmediate(function () {}); setImmediate(function () { console.log(user.a.b, user.list[0].k, Object.keys(user.a).join()); });",
		"write": `auth0.users.updateAppMetadata('u', user.a).then(function () {
			auth0.users.updateUserMetadata('u', user.a); console.log(user.a.b, user.list[0].k, Object.keys(user.a).join()); });`,
		"promise": "new Promise(function (done) { setTimeout(done, 1); }).then(function () { console.log(user.a.b, user.list[0].k, Object.keys(user.a).join()); });",
		"failure": "user.a.fail = 1; setTimeout(function () { console.log(user.a.b, user.list[0].k, 'b,c'); }, 1); callback(new Error('no'));",
		"global":  "global.kept = user; setTimeout(function () { console.log(global.kept.a.b, user.list[0].k, Object.keys(user.a).join()); }, 1);",
		"read":    "var a = user.a, item = user.list[0]; setTimeout(function () { console.log(a === user.a && a.b, item === user.list[0] && item.k, Object.keys(a).join()); }, 1);",
	}
	for name, code := range rules {
		for _, shared := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				var mu sync.Mutex
				var lines []string
				p := load(t, map[string]string{
					"1.js": "function (user, context, callback) { user.changed = true; context.also = user.a; " + code + " callback(null, user, context); }",
				}, &ferrule.Options{SharedGlobals: shared, OnLate: func(late ferrule.Late) {
					if late.Console != nil {
						mu.Lock()
						lines = append(lines, late.Console.Text)
						mu.Unlock()
					}
				}})
				for range 5 {
					a, item := map[string]any{"c": 1.0, "b": "text"}, map[string]any{"k": "v"}
					user := map[string]any{"a": a, "list": []any{item}}
					out, err := p.Run(context.Background(), ferrule.Input{User: user})
					require.NoError(t, err)
					for _, line := range out.Console {
						mu.Lock()
						lines = append(lines, line.Text)
						mu.Unlock()
					}
					for range 200 {
						a["b"], item["k"], user["list"] = "other", "other", nil
						delete(a, "c")
						a["c"] = 2.0
					}
				}
				require.NoError(t, p.Close(context.Background()))
				assert.Equal(t, slices.Repeat([]string{"text v b,c"}, 5), lines)
			})
		}
	}
}

// TestAbandoned: a VM that is held up in native code reads nothing of the input once the run
// has answered without it.
func TestAbandoned(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": "function (user, context, callback) { for (;;) { JSON.stringify(user); } }",
	}, &ferrule.Options{Limits: ferrule.Limits{Timeout: 20 * time.Millisecond}})
	user := map[string]any{}
	for i := range 400_000 {
		user[fmt.Sprintf("key%d", i)] = []any{map[string]any{"k": "v"}}
	}
	out, err := p.Run(context.Background(), ferrule.Input{User: user})
	require.NoError(t, err)
	require.Equal(t, ferrule.Failed, out.Decision)
	for range 20 {
		for i := range 1000 {
			user[fmt.Sprintf("key%d", i)] = i
		}
		time.Sleep(time.Millisecond)
	}
	require.NoError(t, p.Close(context.Background()))
}
