package auth0_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/storetest"
)

func busy(headers map[string]string) error {
	return &auth0.APIError{Status: 429, Message: "busy", Header: headers}
}

func TestRetry(t *testing.T) {
	const ms = time.Millisecond
	reset := func(c *clock, after int64) map[string]string {
		return map[string]string{"x-ratelimit-reset": strconv.FormatInt(c.now.Unix()+after, 10)}
	}
	other := errors.New("disk full")
	cases := []struct {
		name    string
		answers func(c *clock) []error // the last one is repeated
		policy  auth0.Backoff
		timeout time.Duration // of the context; 0: none
		slept   []time.Duration
		calls   int
		fails   bool
	}{
		{name: "success at once", answers: func(*clock) []error { return []error{nil} }, calls: 1},
		{name: "success at the second try", answers: func(*clock) []error { return []error{busy(nil), nil} }, calls: 2, slept: []time.Duration{250 * ms}},
		{name: "never more than three", answers: func(*clock) []error { return []error{busy(nil)} }, calls: 3, slept: []time.Duration{250 * ms, 500 * ms}, fails: true},
		{name: "doubling stops at the cap", answers: func(*clock) []error { return []error{busy(nil)} }, policy: auth0.Backoff{Tries: 6}, calls: 6,
			slept: []time.Duration{250 * ms, 500 * ms, 1000 * ms, 2000 * ms, 2000 * ms}, fails: true},
		{name: "jitter shortens by up to a half", answers: func(*clock) []error { return []error{busy(nil)} }, policy: auth0.Backoff{Jitter: func() float64 { return 0 }}, calls: 3,
			slept: []time.Duration{125 * ms, 250 * ms}, fails: true},
		{name: "another error is final", answers: func(*clock) []error { return []error{other} }, calls: 1, fails: true},
		{name: "another status is final", answers: func(*clock) []error { return []error{auth0.NotFound()} }, calls: 1, fails: true},
		{name: "another error after 429", answers: func(*clock) []error { return []error{busy(nil), other} }, calls: 2, slept: []time.Duration{250 * ms}, fails: true},
		{name: "a wrapped 429 counts", answers: func(*clock) []error { return []error{fmt.Errorf("store: %w", busy(nil)), nil} }, calls: 2, slept: []time.Duration{250 * ms}},
		{name: "waits until the reset", answers: func(c *clock) []error { return []error{busy(reset(c, 3)), nil} }, calls: 2, slept: []time.Duration{3000 * ms}},
		{name: "a reset that has passed", answers: func(c *clock) []error { return []error{busy(reset(c, -5)), nil} }, calls: 2, slept: []time.Duration{250 * ms}},
		{name: "a reset that is no number", answers: func(*clock) []error { return []error{busy(map[string]string{"X-RateLimit-Reset": "soon"}), nil} }, calls: 2, slept: []time.Duration{250 * ms}},
		{name: "a reset outside the budget", answers: func(c *clock) []error { return []error{busy(reset(c, 30)), nil} }, calls: 1, fails: true},
		{name: "a reset outside the deadline", answers: func(c *clock) []error { return []error{busy(reset(c, 3)), nil} }, timeout: 2 * time.Second, calls: 1, fails: true},
		{name: "a wait outside the deadline", answers: func(*clock) []error { return []error{busy(nil)} }, timeout: 600 * ms, calls: 2, slept: []time.Duration{250 * ms}, fails: true},
		{name: "a wait outside the budget", answers: func(*clock) []error { return []error{busy(nil)} }, policy: auth0.Backoff{Budget: 250 * ms}, calls: 1, fails: true},
		{name: "one try", answers: func(*clock) []error { return []error{busy(nil)} }, policy: auth0.Backoff{Tries: 1}, calls: 1, fails: true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			// The context's deadline goes by the real clock, so the case's clock starts there.
			time0 := &clock{now: time.Now()}
			answers := c.answers(time0)
			ctx := t.Context()
			if c.timeout > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithDeadline(ctx, time0.now.Add(c.timeout))
				defer cancel()
			}
			if c.policy.Jitter == nil {
				c.policy.Jitter = func() float64 { return 1 }
			}
			c.policy.Now, c.policy.Sleep = time0.Now, time0.Sleep
			calls := 0
			var last error
			err := auth0.Retry(ctx, c.policy, func(context.Context) error {
				last = answers[min(calls, len(answers)-1)]
				calls++
				return last
			})
			assert.Equal(t, last, err, "the last answer is the answer")
			assert.Equal(t, c.fails, err != nil)
			assert.Equal(t, c.calls, calls)
			require.Len(t, time0.slept, len(c.slept))
			for i, want := range c.slept {
				// A reset is a whole second, the clock is not.
				assert.InDelta(t, want, time0.slept[i], float64(time.Second), "wait %d", i)
				if want < time.Second {
					assert.Equal(t, want, time0.slept[i], "wait %d", i)
				}
			}
		})
	}
}

func TestRetryEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	begin := time.Now()
	time.AfterFunc(20*time.Millisecond, cancel)
	err := auth0.Retry(ctx, auth0.Backoff{Base: time.Minute, Cap: time.Minute, Budget: time.Hour}, func(context.Context) error { return busy(nil) })
	require.ErrorIs(t, err, context.Canceled)
	t.Logf("gave up after %v", time.Since(begin))
}

func TestRetrying(t *testing.T) {
	c := newClock()
	limited := auth0.RateLimited(openMemory(t, storetest.Start{CreateMissing: true}), auth0.RateLimit{Burst: 1, PerMinute: 60, Now: c.Now})
	s := auth0.Retrying(limited, auth0.Backoff{Now: c.Now, Sleep: c.Sleep})
	for i := range 3 {
		user, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"n": i})
		require.NoError(t, err)
		assert.Equal(t, map[string]any{"n": float64(i)}, user["app_metadata"])
	}
	assert.Equal(t, []time.Duration{time.Second, time.Second}, c.slept)
	_, err := s.UpdateUserMetadata(t.Context(), "auth0|ann", map[string]any{"a.b": 1})
	require.Error(t, err)
}
