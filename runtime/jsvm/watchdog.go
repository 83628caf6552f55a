package jsvm

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// watchdog watches the limits of a bundle's runs while callers wait for them. One timer serves
// all runs: hardly any comes near a limit, and a timer of its own would cost each of them more
// than its entry here.
type watchdog struct {
	mu     sync.Mutex
	loops  []*loop
	timer  *time.Timer // nil until the first run
	armed  bool        // the timer will fire
	due    time.Time   // when
	taxing atomic.Bool // heaps are being looked at
	freed  time.Time   // when a run was stopped for its heap; of who has set taxing
}

// watch is a loop's entry.
type watch struct {
	first  *ruleRun   // of the rules that are waited for
	heap   *heapWatch // nil until the first check
	place  int        // in loops
	listed bool       // in loops
	told   bool       // of a limit
}

// watch begins to watch the limits of a loop. leave ends it.
func (w *watchdog) watch(l *loop, first *ruleRun) {
	limits := &l.run.Limits
	shortest := limits.Timeout
	if limits.RuleTimeout > 0 {
		shortest = min(shortest, limits.RuleTimeout)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	l.watch = watch{first: first, place: len(w.loops), listed: true}
	w.loops = append(w.loops, l)
	// The timer fires soon enough for whom more time is left.
	if !w.armed || shortest < heapInterval && time.Until(w.due) > shortest {
		w.arm(min(shortest, heapInterval))
	}
}

// arm makes the timer fire after d. The watchdog is locked.
func (w *watchdog) arm(d time.Duration) {
	w.armed, w.due = true, time.Now().Add(d)
	if w.timer == nil {
		w.timer = time.AfterFunc(d, w.check)
		return
	}
	w.timer.Reset(d)
}

// leave ends the watch. A limit that was told after the rules had answered is taken back.
func (w *watchdog) leave(l *loop) {
	w.mu.Lock()
	defer w.mu.Unlock()
	last := len(w.loops) - 1
	w.loops[l.watch.place] = w.loops[last]
	w.loops[l.watch.place].watch.place = l.watch.place
	w.loops[last] = nil
	w.loops = w.loops[:last]
	l.watch.listed = false
	if l.watch.told {
		select {
		case <-l.answered:
		default:
		}
	}
}

// check looks after every run, and says when to look again.
func (w *watchdog) check() {
	watched := w.checkTime()
	if len(watched) == 0 || !w.taxing.CompareAndSwap(false, true) {
		return // the last check's collection goes on
	}
	defer w.taxing.Store(false)
	if time.Since(w.freed) < 20*heapInterval {
		return // what the last one held is about to be free
	}
	// Of those that may have made the heap grow, the one that had the processor for longest is stopped.
	var worst watchedHeap
	for _, one := range watched {
		if one.heap.suspects(one.loop) && (worst.loop == nil || one.loop.held() > worst.loop.held()) {
			worst = one
		}
	}
	if worst.loop == nil {
		return
	}
	cause := worst.heap.judge()
	if cause == nil {
		return
	}
	w.freed = time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if worst.loop.watch.heap == worst.heap {
		worst.loop.tell(cause)
	}
}

type watchedHeap struct {
	loop *loop
	heap *heapWatch
}

// checkTime looks at the times of all runs, and answers those that go on.
func (w *watchdog) checkTime() []watchedHeap {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.loops) == 0 {
		w.armed = false
		return nil
	}
	next := heapInterval
	watched := make([]watchedHeap, 0, len(w.loops))
	for _, l := range w.loops {
		rest, text := l.left()
		if rest <= 0 {
			l.tell(&stopCause{kind: runtime.KindTimeout, text: text()})
			continue
		}
		next = min(next, rest)
		if l.watch.heap == nil {
			l.watch.heap = &heapWatch{limit: l.run.Limits.HeapBytes}
		}
		watched = append(watched, watchedHeap{l, l.watch.heap})
	}
	w.arm(next)
	return watched
}

// tell says why the rules must be stopped, to who waits for them. The watchdog is locked.
func (l *loop) tell(cause *stopCause) {
	if l.watch.listed && !l.watch.told {
		l.watch.told = true
		l.answered <- cause
	}
}

// left is the time that is left for the rule that runs, and what to say when it is over.
func (l *loop) left() (time.Duration, func() string) {
	rest := time.Until(l.run.Until())
	limits := &l.run.Limits
	if limits.RuleTimeout > 0 {
		own := limits.RuleTimeout
		// Before the loop has begun with these rules, none of them has used any time.
		if r := l.current.Load(); r != nil && r.index >= l.watch.first.index {
			own -= time.Since(r.began)
		}
		if own < rest {
			return own, func() string { return fmt.Sprintf("the rule took longer than %v", limits.RuleTimeout) }
		}
	}
	return rest, func() string { return runtime.TextTookTooLong(*limits) }
}
