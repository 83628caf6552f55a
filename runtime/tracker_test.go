package runtime

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whatever enter has admitted has left when close answers.
func TestTrackerCloses(t *testing.T) {
	for range 50 {
		var tracker tracker
		tracker.init()
		var inside atomic.Int64
		var group sync.WaitGroup
		started := make(chan struct{}, 4)
		for range 4 {
			lane := tracker.lane()
			group.Go(func() {
				for first := true; ; first = false {
					if err := tracker.enter(lane, 1); err != nil {
						assert.Equal(t, ErrClosed, err)
						return
					}
					inside.Add(1)
					if first {
						started <- struct{}{}
					}
					inside.Add(-1)
					tracker.leave(lane)
				}
			})
		}
		<-started
		require.NoError(t, tracker.close(context.Background()))
		assert.Zero(t, inside.Load())
		group.Wait()
		assert.Equal(t, ErrClosed, tracker.enter(tracker.lane(), 1))
	}
}

func TestTrackerWaits(t *testing.T) {
	var tracker tracker
	tracker.init()
	lane := tracker.lane()
	require.NoError(t, tracker.enter(lane, 1))
	done := tracker.abandon()
	assert.Equal(t, ErrBusy, tracker.enter(tracker.lane(), 1))
	done()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	assert.ErrorIs(t, tracker.close(ctx), context.DeadlineExceeded)
	work := make(chan struct{})
	tracker.run(taskFunc(func() { <-work }))
	closed := make(chan error, 1)
	go func() { closed <- tracker.close(context.Background()) }()
	tracker.leave(lane)
	select {
	case <-closed:
		assert.Fail(t, "closed while work goes on")
	case <-time.After(10 * time.Millisecond):
	}
	close(work)
	assert.NoError(t, <-closed)
}
