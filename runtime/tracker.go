package runtime

import (
	"context"
	goruntime "runtime"
	"sync"
	"sync/atomic"
)

// tracker counts what a pipeline still has running: runs, and what they left behind.
//
// Runs are counted in lanes, so that those of different cores write to no common place.
type tracker struct {
	lanes     []lane
	next      atomic.Uint32 // the lane that is given out next
	closed    atomic.Bool
	abandoned atomic.Int32

	_ [64]byte // what runs read stands apart from what JavaScript writes

	group   sync.WaitGroup // work of runs on other goroutines
	workers workers
	mu      sync.Mutex
	left    sync.Cond // of mu: a run has ended in a closed pipeline
}

// lane counts runs. It fills a cache line by itself.
type lane struct {
	running atomic.Int64
	_       [56]byte
}

// maxLanes bounds what a pipeline takes that hardly ever runs.
const maxLanes = 16

func (t *tracker) init() {
	t.lanes = make([]lane, min(goruntime.GOMAXPROCS(0), maxLanes))
	t.left.L = &t.mu
}

// lane is one of the lanes, another one at each call.
func (t *tracker) lane() *lane { return &t.lanes[t.next.Add(1)%uint32(len(t.lanes))] }

func (t *tracker) run(task Task) {
	t.group.Add(1)
	t.workers.run(task, &t.group)
}

func (t *tracker) abandon() func() {
	t.abandoned.Add(1)
	return sync.OnceFunc(func() { t.abandoned.Add(-1) })
}

// enter admits a run, or says why not.
//
// The run is counted before the pipeline is found open, and close looks at the counts after it
// has closed: either sees the other.
func (t *tracker) enter(l *lane, limit int) error {
	l.running.Add(1)
	switch {
	case t.closed.Load():
		t.leave(l)
		return ErrClosed
	case int(t.abandoned.Load()) >= limit:
		t.leave(l)
		return ErrBusy
	}
	return nil
}

func (t *tracker) leave(l *lane) {
	if l.running.Add(-1) == 0 && t.closed.Load() {
		t.mu.Lock()
		t.left.Broadcast()
		t.mu.Unlock()
	}
}

// close refuses further runs and waits until nothing runs any more.
func (t *tracker) close(ctx context.Context) error {
	t.closed.Store(true)
	ended := make(chan struct{})
	go func() {
		t.awaitRuns()
		t.group.Wait() // nothing but a run, or what one left, begins more of it
		close(ended)
	}()
	select {
	case <-ended:
		t.workers.close()
		return nil
	case <-ctx.Done():
		t.workers.close()
		return ctx.Err()
	}
}

// settle waits for the work of runs that have answered.
func (t *tracker) settle(ctx context.Context) error {
	ended := make(chan struct{})
	go func() {
		t.group.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// awaitRuns waits for the runs that were admitted. A lane that was empty once stays so.
func (t *tracker) awaitRuns() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.lanes {
		for t.lanes[i].running.Load() != 0 {
			t.left.Wait()
		}
	}
}
