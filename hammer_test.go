package ferrule_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	goruntime "runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime/enginetest"
)

// goroutinesBack waits until no more goroutines run than before.
func goroutinesBack(t testing.TB, before int) {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for goruntime.NumGoroutine() > before {
		if time.Now().After(deadline) {
			buffer := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", goruntime.NumGoroutine(), before, buffer[:goruntime.Stack(buffer, true)])
		}
		goruntime.Gosched()
		time.Sleep(time.Millisecond)
	}
}

// One pipeline, many goroutines, every login of the folder: each gets the answer that
// it gets alone, and nothing is left when the pipeline is closed.
func TestHammer(t *testing.T) {
	const goroutines, rounds = 16, 6
	before := goruntime.NumGoroutine()
	// Every login writes to the store, so each case has its own users: the answers of the
	// store are no part of what is compared here.
	p, err := ferrule.Load(os.DirFS(filepath.Join(pipelines, "acme")), pipelineOptions(t, "acme"))
	require.NoError(t, err)
	want, cases := wanted(t, "acme"), readCases(t, "acme")
	var group sync.WaitGroup
	for g := range goroutines {
		group.Go(func() {
			for round := range rounds {
				for i := range cases {
					c := cases[(i+g+round)%len(cases)]
					in, user, login := c.input()
					out, err := p.Run(context.Background(), in)
					if !assert.NoError(t, err) {
						return
					}
					if got := enginetest.Want(user, login, out); !enginetest.Same(want[c.ID], got, out) {
						assert.Equal(t, want[c.ID], got, c.ID)
						return
					}
				}
			}
		})
	}
	group.Wait()
	closeSoon(t, p)
	goroutinesBack(t, before)
}

// Close while logins run: each either gets its answer or ErrClosed.
func TestCloseWhileRunning(t *testing.T) {
	before := goruntime.NumGoroutine()
	p, err := ferrule.Compile("rule.js", `function (user, context, callback) {
  setTimeout(function () { console.log('late'); }, 30);
  setTimeout(function () { callback(null, user, context); }, 1);
}`, nil)
	require.NoError(t, err)
	var answered, refused atomic.Int64
	var group sync.WaitGroup
	enough := make(chan struct{}, 1024)
	for range 16 {
		group.Go(func() {
			for {
				out, err := p.Run(context.Background(), ferrule.Input{})
				if err != nil {
					assert.ErrorIs(t, err, ferrule.ErrClosed)
					refused.Add(1)
					return
				}
				assert.Equal(t, ferrule.Allowed, out.Decision)
				answered.Add(1)
				select {
				case enough <- struct{}{}:
				default:
				}
			}
		})
	}
	for range 64 {
		<-enough
	}
	closeSoon(t, p)
	group.Wait()
	assert.EqualValues(t, 16, refused.Load())
	assert.GreaterOrEqual(t, answered.Load(), int64(64))
	require.NoError(t, p.Close(context.Background()), "closing twice is no error")
	goroutinesBack(t, before)
}

// Close gives up when its context ends, and a later one waits on.
func TestCloseWithDeadline(t *testing.T) {
	before := goruntime.NumGoroutine()
	store := newSlowStore()
	p, err := ferrule.Compile("rule.js", `function (user, context, callback) {
  auth0.users.updateAppMetadata('u', {});
  callback(null, user, context);
}`, &ferrule.Options{Store: store})
	require.NoError(t, err)
	run(t, p, ferrule.Input{})
	<-store.started
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, p.Close(ctx), context.Canceled)
	store.answer <- struct{}{}
	require.NoError(t, p.Close(context.Background()))
	goroutinesBack(t, before)
}

// Runs that end at a limit leave nothing behind either.
func TestNothingIsLeftAfterLimits(t *testing.T) {
	before := goruntime.NumGoroutine()
	for name, body := range map[string]string{
		"loop": "for (;;);", "never": "", "timers": "setInterval(function () {}, 1);", "promises": "(function f() { Promise.resolve().then(f); })();",
		"work after the answer": "callback(null, user, context); setInterval(function () {}, 1);",
		"recursion":             "(function f() { return f() + 1; })();",
		"rejections":            "setInterval(function () { Promise.reject(new Error('x')); }, 1); callback(null, user, context);",
	} {
		p, err := ferrule.Compile("rule.js", "function (user, context, callback) { "+body+" }", &ferrule.Options{Limits: ferrule.Limits{Timeout: 60 * time.Millisecond}})
		require.NoError(t, err)
		for range 3 {
			_, err := p.Run(context.Background(), ferrule.Input{})
			require.NoError(t, err, name)
		}
		closeSoon(t, p)
	}
	goroutinesBack(t, before)
}

// Runs share a configuration map, of the pipeline and of their own, and what one run
// does to it the next does not see.
func TestSharedConfiguration(t *testing.T) {
	shared := map[string]string{"A": "a", "B": "b"}
	p := compile(t, `function (user, context, callback) {
  try { configuration.A = 'changed ' + user.n; } catch (e) {}
  try { delete configuration.B; } catch (e) {}
  try { configuration.C = 'new'; } catch (e) {}
  user.saw = configuration.A + configuration.B + configuration.C + Object.keys(configuration).join();
  callback(null, user, context);
}`, &ferrule.Options{Configuration: shared})
	var group sync.WaitGroup
	for g := range 16 {
		group.Go(func() {
			for i := range 20 {
				in := ferrule.Input{User: map[string]any{"n": float64(g)}}
				if i%2 == 0 {
					in.Configuration = shared
				}
				out, err := p.Run(context.Background(), in)
				if assert.NoError(t, err) {
					assert.Equal(t, "abundefinedA,B", out.User["saw"])
				}
			}
		})
	}
	group.Wait()
	assert.Equal(t, map[string]string{"A": "a", "B": "b"}, shared)
}

// Runs at the same time do not see each other's globals, prototypes or clocks.
func TestRunsAreIsolated(t *testing.T) {
	p := load(t, map[string]string{
		"1.js": `function (user, context, callback) {
  user.before = [typeof global.mine, [].mine, ({}).mine].join();
  global.mine = user.n; Array.prototype.mine = user.n; Object.prototype.mine = user.n;
  setTimeout(function () { delete Object.prototype.mine; callback(null, user, context); }, 1);
}`,
		"2.js": `function (user, context, callback) { user.after = [global.mine, [].mine].join(); callback(null, user, context); }`,
	}, nil)
	var group sync.WaitGroup
	for g := range 16 {
		group.Go(func() {
			for range 20 {
				out, err := p.Run(context.Background(), ferrule.Input{User: map[string]any{"n": float64(g)}})
				if assert.NoError(t, err) {
					assert.Equal(t, "undefined,,", out.User["before"])
					assert.Equal(t, fmt.Sprintf("%d,%d", g, g), out.User["after"])
				}
			}
		})
	}
	group.Wait()
}
