package jsvm

import (
	goruntime "runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// loop is the event loop of one VM. Its goroutine runs turns: a task, then all
// microtasks that came of it, then the check for rejections that nobody handled.
// Tasks are rules to begin, timers, immediates, and whatever operations outside
// the VM post when they are done.
//
// Fields above gate belong to the loop's goroutine.
type loop struct {
	*machine  // nil until start
	bundle    *Bundle
	run       *runtime.Run
	convert   converter
	order     jsondoc.Order
	owner     *ruleRun // whose turn it is
	latest    *ruleRun // the rule that began last
	until     int      // the rules before this one follow each other without being asked for
	timers    timers
	rejected  []rejection
	clock     turnClock
	ticks     []task                // see NextTick
	unset     map[string]bool       // reads of `global` that were warned of
	guessed   map[*goja.Object]bool // errors that were caught, with words that are a guess
	kept      map[string]any        // what earlier runs left on `global`
	worked    bool                  // a turn has begun since globals were saved
	lent      bool                  // the machine is, see pool
	announced bool                  // see leave
	tasks     []task                // taken from inbox
	rest      int                   // how many of tasks have not begun

	gate      gate
	watch     watch
	stopped   atomic.Pointer[stopCause]
	current   atomic.Pointer[ruleRun] // latest, for other goroutines
	turnBegan atomic.Int64            // process time in ns; 0 between turns
	turned    atomic.Int64            // ns of all turns that are over, but those that begin a rule
	computing host.Computing
	quiet     atomic.Bool // no JavaScript will run any more
	// answered is told nil once for each call of Rules, when its last rule has ended, and by
	// the watchdog why the rules must be stopped.
	answered chan *stopCause

	mu       sync.Mutex
	returned bool // machine serves this loop no more
	inbox    []task
	pending  int  // operations outside that will post
	ended    bool // no further rule comes
	times    []ruleTime
	signaled bool          // of use before wake is there
	wake     chan struct{} // nil until the loop sleeps
	halted   chan struct{} // closed when stopped; nil until somebody waits
	over     bool          // the goroutine is done
	finished chan struct{} // closed when over; nil until somebody waits

	// Room for what nearly every run needs.
	firstRule  ruleRun
	firstTimes [1]ruleTime
	firstTasks [2][1]task
}

// task is something that the loop does next: begin a rule, or run a turn of one.
type task struct {
	rule  *ruleRun
	until int // of the loop from here on; 0: as it is
	owner *ruleRun
	turn  func() error
}

type rejection struct {
	promise *goja.Promise
	owner   *ruleRun
}

func newLoop(b *Bundle, run *runtime.Run, until int) *loop {
	l := &loop{
		bundle: b, run: run, until: until,
		clock:    turnClock{read: run.Clock, fixed: run.Fixed},
		answered: make(chan *stopCause, 2),
	}
	l.times, l.inbox, l.tasks = l.firstTimes[:0], l.firstTasks[0][:0], l.firstTasks[1][:0]
	return l
}

// ruleTime is how long a rule took.
type ruleTime struct {
	index int
	took  time.Duration
}

// report appends the reports of the rules from an index on: of those that have ended, and
// of the one that was running when the loop was stopped.
func (l *loop) report(from int, reports []runtime.RuleReport) []runtime.RuleReport {
	l.mu.Lock()
	defer l.mu.Unlock()
	last := from - 1
	for _, t := range l.times {
		if t.index >= from {
			reports = append(reports, runtime.RuleReport{Name: l.bundle.rules[t.index].Name, Engine: l.bundle.Name(), Duration: t.took})
			last = t.index
		}
	}
	if r := l.current.Load(); r != nil && r.index > last {
		reports = append(reports, runtime.RuleReport{Name: r.rule.Name, Engine: l.bundle.Name(), Duration: time.Since(r.began)})
	}
	return reports
}

// post hands a task to the loop, from any goroutine.
func (l *loop) post(t task) {
	l.mu.Lock()
	l.inbox = append(l.inbox, t)
	l.mu.Unlock()
	l.signal()
}

func (l *loop) signal() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.wake == nil {
		l.signaled = true
		return
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// operation announces work outside the VM, from the loop's goroutine. The function
// that it answers ends the work, from any goroutine and once: then runs as a
// turn of the rule that started it.
func (l *loop) operation() (complete func(then func() error)) {
	owner, under := l.owner, host.Capture(l.vm)
	l.mu.Lock()
	l.pending++
	l.mu.Unlock()
	var once sync.Once
	return func(then func() error) {
		once.Do(func() {
			l.mu.Lock()
			l.pending--
			l.inbox = append(l.inbox, task{owner: owner, turn: func() error { return under(then) }})
			l.mu.Unlock()
			l.signal()
		})
	}
}

// Run is the loop's goroutine. It ends when nothing is left to do and no further
// rule comes, or when the loop was stopped.
func (l *loop) Run() {
	defer l.close()
	if !l.start() {
		return
	}
	for l.stopped.Load() == nil {
		pending := l.take()
		for i := range l.tasks {
			l.rest = len(l.tasks) - i - 1
			if l.stopped.Load() != nil {
				return
			}
			l.perform(&l.tasks[i])
		}
		worked := l.timers.fire(l)
		if len(l.tasks) > 0 || worked {
			continue
		}
		if pending == 0 && l.timers.empty() && (l.timers.unrefed == 0 || l.latest == nil || l.latest.decided.Load() != nil) {
			l.starve()
			if l.done() {
				return
			}
		}
		l.sleep()
	}
}

func (l *loop) perform(t *task) {
	if t.rule == nil {
		l.turn(t.owner, time.Now(), t.turn)
		return
	}
	if t.until > 0 {
		l.until = t.until
	}
	l.begin(t.rule)
}

// close ends the loop.
func (l *loop) close() {
	l.saveGlobals()
	l.settleLatest()
	l.giveBack()
	l.run.End()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	if l.finished != nil {
		close(l.finished)
	}
}

// whenOver is closed when the loop is over.
func (l *loop) whenOver() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.finished == nil {
		l.finished = make(chan struct{})
		if l.over {
			close(l.finished)
		}
	}
	return l.finished
}

// busy reports whether rules have left anything that may still run.
func (l *loop) busy() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.pending > 0 || len(l.inbox) > 0 || l.rest > 0 || len(l.timers.byID) > 0
}

// take makes tasks of what is in inbox, and answers how many operations are pending.
func (l *loop) take() (pending int) {
	clear(l.tasks)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tasks, l.inbox = l.inbox, l.tasks[:0]
	return l.pending
}

// done reports whether no further rule comes, and no task has come meanwhile.
func (l *loop) done() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended && len(l.inbox) == 0
}

// sleep waits for a task, a timer, or the end of the run's time.
func (l *loop) sleep() {
	l.mu.Lock()
	if l.signaled {
		l.signaled = false
		l.mu.Unlock()
		return
	}
	if l.wake == nil {
		l.wake = make(chan struct{}, 1)
	}
	l.mu.Unlock()
	next, any := l.timers.next()
	if !any {
		<-l.wake
		return
	}
	timer := time.NewTimer(time.Until(next))
	defer timer.Stop()
	select {
	case <-l.wake:
	case <-timer.C:
	}
}

var processStart = time.Now()

// inTurnFor reports whether the VM is in the middle of a turn that began at least
// that long ago.
func (l *loop) inTurnFor(d time.Duration) bool {
	began := l.turnBegan.Load()
	return began != 0 && time.Since(processStart)-time.Duration(began) >= d
}

// held is for how long the run has had the processor, in turns and in native work beside them.
func (l *loop) held() time.Duration {
	held := time.Duration(l.turned.Load()) + l.computing.Took()
	if began := l.turnBegan.Load(); began != 0 {
		held += time.Since(processStart) - time.Duration(began)
	}
	return held
}

// turn runs one task of a rule, and the microtasks that come of it.
func (l *loop) turn(owner *ruleRun, now time.Time, task func() error) {
	if l.stopped.Load() != nil || l.tooLate(owner, now) {
		return
	}
	l.owner = owner
	l.worked = true
	l.clock.newTurn()
	l.turnBegan.Store(int64(now.Sub(processStart)) | 1)
	l.performTask(owner, task)
	for len(l.rejected) > 0 && l.stopped.Load() == nil {
		left := l.rejected
		l.rejected = nil
		for _, r := range left {
			l.judge(r.owner, guarded(func() error { l.unhandled(r); return nil }))
		}
	}
	l.turnBegan.Store(0)
	l.turned.Add(int64(time.Since(now)))
	if l.latest != nil {
		l.settle(l.latest)
	}
}

// tooLate reports whether the run's time is over. An operation that this very end cut
// off must not reach the rule, which might swallow the error and answer after all.
func (l *loop) tooLate(owner *ruleRun, now time.Time) bool {
	if now.Before(l.run.Until()) {
		return false
	}
	if owner.decided.Load() == nil {
		l.interrupt(&stopCause{kind: runtime.KindTimeout, text: runtime.TextTookTooLong(l.run.Limits)})
	}
	return true
}

// judge decides what an error means. Reading it may run getters of the rule, and these
// may be stopped in turn; the end of that reads nothing.
func (l *loop) judge(owner *ruleRun, err error) {
	if err == nil {
		return
	}
	if stopped := guarded(func() error { l.threw(owner, err); return nil }); stopped != nil {
		l.threw(owner, stopped)
	}
}

// guarded runs a task and turns what breaks in it into an error: a value of the
// input that cannot be read, the stop of a limit, or a fault of the engine's or of
// ours.
func guarded(task func() error) (err error) {
	defer func() {
		switch broken := recover().(type) {
		case nil:
		case *inputPanic:
			err = &runtime.InputError{What: "user or context", Err: broken.err}
		case gone:
			err = new(goja.InterruptedError)
		case *goja.InterruptedError:
			err = broken
		case *goja.StackOverflowError:
			err = broken
		case goruntime.Error:
			if brokeInEngine() {
				err = &engineFault{broken}
				return
			}
			err = &runtime.InternalError{Value: broken, Stack: debug.Stack()}
		default:
			err = &runtime.InternalError{Value: broken, Stack: debug.Stack()}
		}
	}()
	return task()
}

// starve decides about a rule that has not called back when nothing is left that
// could: waiting for the time limit would change nothing but the wait.
func (l *loop) starve() {
	if r := l.latest; r != nil && r.decided.Load() == nil {
		r.fail(&runtime.RuleError{
			Kind: runtime.KindTimeout, Rule: r.rule.Name, Name: "TimeoutError",
			Message: "the rule never called back: nothing is left to run that could",
			File:    r.rule.File,
		})
		l.settle(r)
	}
}

// settleLatest gives the rule that was running its answer when the loop ends.
func (l *loop) settleLatest() {
	r := l.latest
	if r == nil {
		return
	}
	if r.decided.Load() == nil {
		cause := l.stopped.Load()
		if cause == nil {
			cause = &stopCause{kind: runtime.KindTimeout, text: "the run was over"}
		}
		r.stop(cause)
	}
	l.settle(r)
}
