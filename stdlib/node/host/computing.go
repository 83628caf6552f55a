package host

import (
	"context"
	goruntime "runtime"
	"sync"
	"time"
)

// Computing is the native work of one run beside its VM: a few jobs at a time, as Node's pool of
// threads has it, the others in the order in which they came. It is safe for concurrent use; the zero
// Computing has no work.
type Computing struct {
	mu      sync.Mutex
	waiting []func()
	active  int
	since   time.Time     // when active was zero last
	took    time.Duration // before
}

// own bounds the jobs of one run that are at work at a time.
var own = max(2, goruntime.GOMAXPROCS(0))

// slots bounds the jobs of all runs, so that many short ones do not hold up each other. A job that takes
// longer than patience gives its slot to others: else a few runs could keep all slots to themselves.
var slots = make(chan struct{}, goruntime.GOMAXPROCS(0)+1)

const patience = 250 * time.Millisecond

// Start runs a job, on a goroutine of its own, or says by gone that it will not: the context was done before.
// Both may be called at any time, and one of them is.
func (c *Computing) Start(ctx context.Context, job, gone func()) {
	next := func() {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			gone()
			return
		}
		leave := sync.OnceFunc(func() { <-slots })
		defer leave()
		defer time.AfterFunc(patience, leave).Stop()
		job()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.active == own {
		c.waiting = append(c.waiting, next)
		return
	}
	if c.active == 0 {
		c.since = time.Now()
	}
	c.active++
	go func() {
		for next != nil {
			next()
			next = c.next()
		}
	}()
}

// next is the job that has waited for longest, or nil.
func (c *Computing) next() func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) > 0 {
		first := c.waiting[0]
		c.waiting[0] = nil
		c.waiting = c.waiting[1:]
		return first
	}
	c.active--
	if c.active == 0 {
		c.took += time.Since(c.since)
	}
	return nil
}

// Took is for how long there was work.
func (c *Computing) Took() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.active == 0 {
		return c.took
	}
	return c.took + time.Since(c.since)
}

// Compute runs work beside the VM as an operation of its run: what it answers runs as a turn of the rule that
// started it. Work that has not begun when the context is done never does.
func Compute(h Host, work func(ctx context.Context) (then func() error)) {
	ctx, complete := h.Context(), h.Operation()
	h.Computing().Start(ctx, func() { complete(work(ctx)) }, func() { complete(func() error { return nil }) })
}

// ComputeNow runs work while the VM waits. When the context cuts it off, the script ends.
func ComputeNow[T any](h Host, work func(ctx context.Context) (T, error)) (T, error) {
	ctx := h.Context()
	answer, err := work(ctx)
	if err != nil && ctx.Err() != nil {
		h.Overdue()
	}
	return answer, err
}
