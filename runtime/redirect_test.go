package runtime

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Contract 2.6, point 2: where the state goes in the URL.
func TestWithState(t *testing.T) {
	tests := []struct{ target, want string }{
		{"https://x", "https://x?state=S"},
		{"https://x/ask", "https://x/ask?state=S"},
		{"https://x/ask?", "https://x/ask?state=S"},
		{"https://x/ask?a=1", "https://x/ask?a=1&state=S"},
		{"https://x/ask?a=1&", "https://x/ask?a=1&state=S"},
		{"https://x/ask#top", "https://x/ask?state=S#top"},
		{"https://x/ask?a=1#top?state=no", "https://x/ask?a=1&state=S#top?state=no"},
		{"https://x/ask?state=old", "https://x/ask?state=S"},
		{"https://x/ask?state", "https://x/ask?state=S"},
		{"https://x/ask?state=old&a=1&state=older", "https://x/ask?state=S&a=1"},
		{"https://x/ask?a=1&st%61te=old#f", "https://x/ask?a=1&state=S#f"},
		{"https://x/ask?State=1&mystate=2&state2=3", "https://x/ask?State=1&mystate=2&state2=3&state=S"},
		{"https://x/ask?a=%20+%zz&b=c=d", "https://x/ask?a=%20+%zz&b=c=d&state=S"},
		{"https://x/ask?name=Jürg Ä", "https://x/ask?name=J%C3%BCrg%20%C3%84&state=S"},
		{"HTTPS://X/Ask?session_token=a.b.c", "HTTPS://X/Ask?session_token=a.b.c&state=S"},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, withState(tt.target, "S"), tt.target)
	}
	assert.Equal(t, "https://x?state=a%20b%26c", withState("https://x", "a b&c"))
}

func reasonOf(t *testing.T, err error) StateReason {
	t.Helper()
	var state *StateError
	require.ErrorAs(t, err, &state)
	assert.Equal(t, "invalid_request", state.OAuth())
	assert.Contains(t, state.Error(), "resume a login")
	return state.Reason
}

func suspended(t *testing.T, s *states) RedirectTarget {
	t.Helper()
	before := State{User: map[string]any{"user_id": "auth0|1", "email": "jane@example.com"}, Context: loginContext(ProtocolBasic, nil)}
	target, err := s.suspend(context.Background(), newPendingLogin(before, before), "https://consent.example.com/ask?x=1")
	require.NoError(t, err)
	return target
}

// Contract 2.6, point 3, and what a state may look like.
func TestStates(t *testing.T) {
	ctx := context.Background()
	options := func(change ...func(*Options)) Options {
		o := Options{Tenant: "acme", StateKey: []byte("key"), StateTTL: time.Hour, Clock: newFakeClock().read}
		for _, f := range change {
			f(&o)
		}
		return o
	}
	t.Run("there and back", func(t *testing.T) {
		s := newStates(options())
		target := suspended(t, s)
		u, err := url.Parse(target.URL)
		require.NoError(t, err)
		assert.Equal(t, target.State, u.Query().Get("state"))
		assert.Equal(t, "https://consent.example.com/ask?x=1&state="+target.State, target.URL, "a state needs no encoding")
		login, err := s.take(ctx, target.State)
		require.NoError(t, err)
		assert.Equal(t, "jane@example.com", login.user["email"])
		_, err = s.take(ctx, target.State)
		assert.Equal(t, StateReplayed, reasonOf(t, err))
	})
	t.Run("no personal data in the URL, and no two alike", func(t *testing.T) {
		s := newStates(options())
		a, b := suspended(t, s), suspended(t, s)
		assert.NotEqual(t, a.State, b.State)
		assert.NotContains(t, a.URL, "jane")
		assert.Less(t, len(a.State), 90)
	})
	t.Run("malformed", func(t *testing.T) {
		s := newStates(options())
		state := suspended(t, s).State
		id, mac, _ := strings.Cut(state, ".")
		for _, bad := range []string{"", ".", "x", id, id + ".", "." + mac, id + ".x", "x." + mac, id + "." + mac + ".", id + "." + mac[1:], id[1:] + "." + mac,
			" " + state, state + "\n", id[1:] + "\n." + mac, id + "." + mac[1:] + "\n", id + "." + mac + "=", strings.Repeat("A", 1<<16)} {
			_, err := s.take(ctx, bad)
			assert.Equal(t, StateMalformed, reasonOf(t, err), "%q", bad)
		}
		_, err := s.take(ctx, state)
		assert.NoError(t, err, "bad tries use nothing up")
	})
	t.Run("forged", func(t *testing.T) {
		s := newStates(options())
		state := suspended(t, s).State
		id, mac, _ := strings.Cut(state, ".")
		flip := func(text string) string {
			if text[0] == 'A' {
				return "B" + text[1:]
			}
			return "A" + text[1:]
		}
		for _, bad := range []string{flip(id) + "." + mac, id + "." + flip(mac)} {
			_, err := s.take(ctx, bad)
			assert.Equal(t, StateForged, reasonOf(t, err))
		}
		for _, other := range []*states{newStates(options(func(o *Options) { o.StateKey = []byte("other") })), newStates(options(func(o *Options) { o.Tenant = "other" }))} {
			other.store = s.store
			_, err := other.take(ctx, state)
			assert.Equal(t, StateForged, reasonOf(t, err))
		}
		_, err := s.take(ctx, state)
		assert.NoError(t, err)
	})
	t.Run("unknown", func(t *testing.T) {
		state := suspended(t, newStates(options())).State
		_, err := newStates(options()).take(ctx, state)
		assert.Equal(t, StateUnknown, reasonOf(t, err))
	})
	t.Run("expired", func(t *testing.T) {
		clock := newFakeClock()
		s := newStates(options(func(o *Options) { o.Clock = clock.read }))
		state := suspended(t, s).State
		clock.advance(time.Hour)
		_, err := s.take(ctx, state)
		assert.Equal(t, StateExpired, reasonOf(t, err))
	})
	t.Run("expired in a store that keeps everything", func(t *testing.T) {
		clock := newFakeClock()
		s := newStates(options(func(o *Options) { o.Clock, o.States = clock.read, keeper{} }))
		state := suspended(t, s).State
		clock.advance(time.Hour - 1)
		_, err := s.take(ctx, state)
		require.NoError(t, err)
		clock.advance(1)
		_, err = s.take(ctx, state)
		assert.Equal(t, StateExpired, reasonOf(t, err))
	})
	t.Run("a key of the process's own", func(t *testing.T) {
		a, b := newStates(Options{Tenant: "t"}), newStates(Options{Tenant: "t"})
		assert.Len(t, a.key, 32)
		assert.Equal(t, a.key, b.key)
		assert.Equal(t, time.Hour, a.ttl)
		_, err := a.take(ctx, suspended(t, a).State)
		assert.NoError(t, err)
	})
	t.Run("a store that does not work", func(t *testing.T) {
		broken := errors.New("connection refused")
		s := newStates(options(func(o *Options) { o.States = failing{broken} }))
		_, err := s.suspend(ctx, newPendingLogin(State{}, State{}), "https://x")
		assert.ErrorIs(t, err, broken)
		good := newStates(options())
		state := suspended(t, good).State
		_, err = s.take(ctx, state)
		assert.ErrorIs(t, err, broken)
		var state1 *StateError
		assert.False(t, errors.As(err, &state1), "the user's state is not to blame")
	})
	t.Run("a store that answers with another tenant's login", func(t *testing.T) {
		kept := keeper{}
		s := newStates(options(func(o *Options) { o.States = kept }))
		state := suspended(t, s).State
		id, _, _ := strings.Cut(state, ".")
		suspended(t, newStates(options(func(o *Options) { o.Tenant, o.States = "other", kept })))
		for other := range kept {
			if other != id {
				kept[id] = kept[other]
			}
		}
		_, err := s.take(ctx, state)
		assert.Equal(t, StateUnknown, reasonOf(t, err))
	})
	t.Run("a store that answers rubbish", func(t *testing.T) {
		s := newStates(options(func(o *Options) { o.States = rubbish{} }))
		_, err := s.take(ctx, suspended(t, newStates(options())).State)
		assert.ErrorContains(t, err, "read the pending login")
	})
}

type keeper map[string][]byte

func (k keeper) Put(_ context.Context, id string, pending []byte, _ time.Duration) error {
	k[id] = pending
	return nil
}
func (k keeper) Take(_ context.Context, id string) ([]byte, error) { return k[id], nil }

type failing struct{ err error }

func (f failing) Put(context.Context, string, []byte, time.Duration) error { return f.err }
func (f failing) Take(context.Context, string) ([]byte, error)             { return nil, f.err }

type rubbish struct{}

func (rubbish) Put(context.Context, string, []byte, time.Duration) error { return nil }
func (rubbish) Take(context.Context, string) ([]byte, error)             { return []byte(`{"version":2}`), nil }
