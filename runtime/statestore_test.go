package runtime

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeClock is a clock that tests move.
type fakeClock struct{ now time.Time }

func newFakeClock() *fakeClock {
	return &fakeClock{time.Date(2026, 3, 2, 10, 30, 0, 0, time.UTC)}
}

func (c *fakeClock) read() time.Time         { return c.now }
func (c *fakeClock) advance(d time.Duration) { c.now = c.now.Add(d) }

func TestMemoryStateStore(t *testing.T) {
	ctx := context.Background()
	take := func(s *MemoryStateStore, id string) error {
		_, err := s.Take(ctx, id)
		return err
	}
	t.Run("taken once", func(t *testing.T) {
		s := NewMemoryStateStore(MemoryOptions{})
		pending := []byte("login")
		require.NoError(t, s.Put(ctx, "a", pending, time.Hour))
		pending[0] = 'X'
		got, err := s.Take(ctx, "a")
		require.NoError(t, err)
		assert.Equal(t, "login", string(got), "the store keeps a copy")
		assert.ErrorIs(t, take(s, "a"), ErrStateTaken)
		assert.ErrorIs(t, take(s, "b"), ErrStateUnknown)
	})
	t.Run("one hour and no longer", func(t *testing.T) {
		clock := newFakeClock()
		s := NewMemoryStateStore(MemoryOptions{Clock: clock.read})
		for _, id := range []string{"a", "b", "c"} {
			require.NoError(t, s.Put(ctx, id, []byte("x"), time.Hour))
		}
		clock.advance(time.Hour - time.Nanosecond)
		assert.NoError(t, take(s, "a"))
		clock.advance(time.Nanosecond)
		assert.ErrorIs(t, take(s, "b"), ErrStateExpired)
		assert.ErrorIs(t, take(s, "a"), ErrStateTaken)
		assert.Zero(t, s.Len())
		clock.advance(time.Hour)
		assert.ErrorIs(t, take(s, "b"), ErrStateUnknown, "after another hour nothing is remembered")
		assert.ErrorIs(t, take(s, "a"), ErrStateUnknown)
		assert.Empty(t, s.byID)
	})
	t.Run("expired data does not stay", func(t *testing.T) {
		clock := newFakeClock()
		s := NewMemoryStateStore(MemoryOptions{Clock: clock.read})
		require.NoError(t, s.Put(ctx, "a", []byte("personal"), time.Minute))
		require.NoError(t, s.Put(ctx, "b", []byte("x"), time.Hour))
		clock.advance(time.Minute)
		require.NoError(t, s.Put(ctx, "c", []byte("y"), time.Hour))
		assert.Nil(t, s.byID["a"].pending)
		assert.Equal(t, 2, s.bytes)
	})
	t.Run("a full store drops the login that would expire first", func(t *testing.T) {
		clock := newFakeClock()
		s := NewMemoryStateStore(MemoryOptions{Logins: 2, Clock: clock.read})
		require.NoError(t, s.Put(ctx, "late", []byte("x"), 2*time.Hour))
		require.NoError(t, s.Put(ctx, "soon", []byte("x"), time.Hour))
		require.NoError(t, s.Put(ctx, "new", []byte("x"), 3*time.Hour))
		assert.Equal(t, 2, s.Len())
		assert.ErrorIs(t, take(s, "soon"), ErrStateUnknown)
		assert.NoError(t, take(s, "late"))
		assert.NoError(t, take(s, "new"))
	})
	t.Run("bytes are bounded", func(t *testing.T) {
		s := NewMemoryStateStore(MemoryOptions{Bytes: 10})
		require.NoError(t, s.Put(ctx, "a", make([]byte, 6), time.Hour))
		require.NoError(t, s.Put(ctx, "b", make([]byte, 4), time.Hour))
		assert.Equal(t, 2, s.Len())
		require.NoError(t, s.Put(ctx, "c", make([]byte, 10), time.Hour))
		assert.Equal(t, 1, s.Len())
		assert.Error(t, s.Put(ctx, "d", make([]byte, 11), time.Hour))
		assert.NoError(t, take(s, "c"), "what does not fit drops nobody else")
		assert.Zero(t, s.bytes)
	})
	t.Run("what is remembered is bounded, too", func(t *testing.T) {
		s := NewMemoryStateStore(MemoryOptions{Logins: 3})
		for i := range 20 {
			id := fmt.Sprint(i)
			require.NoError(t, s.Put(ctx, id, []byte("x"), time.Hour))
			require.NoError(t, take(s, id))
		}
		assert.Len(t, s.byID, 3)
		assert.Len(t, s.gone, 3)
		assert.ErrorIs(t, take(s, "19"), ErrStateTaken)
	})
	t.Run("wrong calls", func(t *testing.T) {
		s := NewMemoryStateStore(MemoryOptions{})
		require.NoError(t, s.Put(ctx, "a", nil, time.Hour))
		assert.Error(t, s.Put(ctx, "a", nil, time.Hour))
		assert.Error(t, s.Put(ctx, "b", nil, 0))
		assert.NoError(t, take(s, "a"))
		assert.Error(t, s.Put(ctx, "a", nil, time.Hour), "a used id is not used again")
	})
	t.Run("many at once, one wins", func(t *testing.T) {
		s := NewMemoryStateStore(MemoryOptions{})
		require.NoError(t, s.Put(ctx, "a", []byte("x"), time.Hour))
		var won atomic.Int32
		var group sync.WaitGroup
		for range 16 {
			group.Go(func() {
				if take(s, "a") == nil {
					won.Add(1)
				}
			})
		}
		group.Wait()
		assert.EqualValues(t, 1, won.Load())
	})
}
