package auth0_test

import (
	"context"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/auth0"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/storetest"
)

// clock is a time that passes only when somebody sleeps.
type clock struct {
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Unix(1_800_000_000, 0)} }

func (c *clock) Now() time.Time { return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.slept = append(c.slept, d)
	c.now = c.now.Add(d)
	return ctx.Err()
}

func TestRateLimited(t *testing.T) {
	c := newClock()
	store := openMemory(t, storetest.Start{CreateMissing: true})
	s := auth0.RateLimited(store, auth0.RateLimit{Burst: 2, PerMinute: 30, Now: c.Now})
	app := func() error {
		_, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", map[string]any{"a": 1})
		return err
	}
	user := func() error {
		_, err := s.UpdateUserMetadata(t.Context(), "auth0|ann", map[string]any{"a": 1})
		return err
	}
	require.NoError(t, app())
	require.NoError(t, user(), "the burst counts both methods")

	var answer *auth0.APIError
	require.ErrorAs(t, app(), &answer)
	assert.Equal(t, 429, answer.StatusCode())
	assert.Equal(t, map[string]string{
		"X-RateLimit-Limit": "2", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": strconv.FormatInt(c.now.Unix()+2, 10),
	}, answer.Headers())
	assert.Equal(t, `{"message":"Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers."}`, answer.Body())

	c.now = c.now.Add(1500 * time.Millisecond)
	require.ErrorAs(t, user(), &answer)
	assert.Equal(t, "1800000002", answer.Headers()["X-RateLimit-Reset"], "half a second more, in whole seconds")
	_, found, err := s.User(t.Context(), "auth0|ann")
	require.NoError(t, err)
	assert.True(t, found, "reading does not count")

	c.now = time.Unix(1_800_000_002, 0)
	require.NoError(t, app(), "the reset time is when a request is allowed again")
	require.Error(t, app())
	c.now = c.now.Add(-time.Hour)
	require.Error(t, app(), "a clock that steps back gives nothing")
	c.now = c.now.Add(time.Hour)
	require.NoError(t, app())
	require.NoError(t, app())
	require.Error(t, app(), "never more than the burst")
}

func TestRateLimitDefaults(t *testing.T) {
	c := newClock()
	s := auth0.RateLimited(openMemory(t, storetest.Start{CreateMissing: true}), auth0.RateLimit{Now: c.Now})
	passed := 0
	for range 100 {
		if _, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", nil); err == nil {
			passed++
		}
	}
	assert.Equal(t, auth0.DefaultBurst, passed)
	c.now = c.now.Add(3 * time.Second)
	for range 100 {
		if _, err := s.UpdateAppMetadata(t.Context(), "auth0|ann", nil); err == nil {
			passed++
		}
	}
	assert.Equal(t, auth0.DefaultBurst+auth0.DefaultPerMinute/20, passed)
}

// A store without profiles stays one when it is wrapped.
func TestWrappersWithoutProfiles(t *testing.T) {
	bare := struct{ auth0.Store }{openMemory(t, storetest.Start{Users: []map[string]any{{"user_id": "auth0|ann"}}})}
	for _, s := range []auth0.Profiles{auth0.RateLimited(bare, auth0.RateLimit{}), auth0.Retrying(bare, auth0.Backoff{})} {
		_, found, err := s.User(t.Context(), "auth0|ann")
		require.NoError(t, err)
		assert.False(t, found)
	}
}
