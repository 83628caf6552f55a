package jsvm

import (
	"container/heap"
	"fmt"
	"math"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// timers are the timers and immediates of one loop, run in Node's order: those
// that are due by their time, then by the order in which they were set; then the
// immediates that stood when the round began.
type timers struct {
	waiting    timerHeap
	byID       map[int64]*timer
	idle       int // how many of waiting nobody waits for
	unrefed    int // how many of those rules said so of, by unref
	immediates []*timer
}

type timer struct {
	id       int64
	owner    *ruleRun
	call     goja.Callable
	this     goja.Value               // in the call: the object that the rule has
	under    func(func() error) error // see host.Capture
	args     []goja.Value
	due      time.Time
	delay    time.Duration
	reads    time.Duration // what a fixed clock has advanced by once it fires
	repeat   bool
	cleared  bool
	idle     bool // the run does not wait for it
	unrefed  bool // because a rule said so
	position int  // in the heap; -1 outside
}

// empty reports whether no timer is left for which the run waits.
func (t *timers) empty() bool { return len(t.waiting) == t.idle && len(t.immediates) == 0 }

// next is when the next timer is due; any says whether there is one.
func (t *timers) next() (due time.Time, any bool) {
	if len(t.immediates) > 0 {
		return time.Time{}, true
	}
	if len(t.waiting) == 0 {
		return time.Time{}, false
	}
	return t.waiting[0].due, true
}

// fire runs what is due, and the immediates. It reports whether anything ran.
func (t *timers) fire(l *loop) bool {
	if len(t.waiting) == 0 && len(t.immediates) == 0 {
		return false
	}
	worked := false
	now := time.Now()
	for len(t.waiting) > 0 && !t.waiting[0].due.After(now) && l.stopped.Load() == nil {
		entry := t.pop()
		l.clock.fired(entry)
		l.run.Passed(l.clock.passed)
		t.run(l, entry)
		worked = true
		if entry.repeat && !entry.cleared {
			entry.due, entry.reads = time.Now().Add(entry.delay), l.clock.passed+entry.delay
			t.push(entry)
		} else {
			delete(t.byID, entry.id)
		}
	}
	round := t.immediates
	t.immediates = nil
	for _, entry := range round {
		if !entry.cleared && l.stopped.Load() == nil {
			delete(t.byID, entry.id)
			t.run(l, entry)
			worked = true
		}
	}
	return worked
}

func (t *timers) push(entry *timer) {
	heap.Push(&t.waiting, entry)
	t.count(entry, 1)
}

// count adds a timer that waits to those that nobody waits for, or takes it away.
func (t *timers) count(entry *timer, by int) {
	if entry.idle {
		t.idle += by
	}
	if entry.unrefed {
		t.unrefed += by
	}
}

// unref says whether the run waits for a timer; a rule that has not called back does in any case, as
// the platform's server did, which lived on.
func (t *timers) unref(entry *timer, idle bool) {
	if entry.position >= 0 {
		t.count(entry, -1)
		defer t.count(entry, 1)
	}
	entry.idle, entry.unrefed = idle, idle
}

func (t *timers) pop() *timer {
	entry := heap.Pop(&t.waiting).(*timer)
	t.count(entry, -1)
	return entry
}

func (t *timers) run(l *loop, entry *timer) {
	l.turn(entry.owner, time.Now(), func() error {
		return entry.under(func() error {
			_, err := entry.call(entry.this, entry.args...)
			return err
		})
	})
}

// set is setTimeout, setInterval (repeat) and setImmediate (immediate).
//
// Source: the timers of HTML and Node: a delay that is no number, below 1 or
// above 2^31-1 is 1 ms.
func (l *loop) setTimer(call goja.FunctionCall, repeat, immediate bool) goja.Value {
	callback, ok := goja.AssertFunction(call.Argument(0))
	if !ok {
		panic(l.typeError("ERR_INVALID_ARG_TYPE", fmt.Sprintf(
			"The \"callback\" argument must be of type function. Received %s", gojalib.Describe(l.vm, call.Argument(0)))))
	}
	entry := l.newTimer(callback)
	if entry == nil {
		return goja.Undefined()
	}
	entry.repeat = repeat
	first := 2
	if immediate {
		first = 1
	}
	if len(call.Arguments) > first {
		entry.args = append(entry.args, call.Arguments[first:]...)
	}
	if immediate {
		l.timers.immediates = append(l.timers.immediates, entry)
		return l.timerObject(entry, "Immediate")
	}
	ms := call.Argument(1).ToFloat()
	if !(ms >= 1 && ms <= math.MaxInt32) {
		ms = 1
	}
	l.wait(entry, time.Duration(math.Trunc(ms))*time.Millisecond)
	return l.timerObject(entry, "Timeout")
}

// newTimer makes a timer of the current rule; nil when too many wait, which ends the run.
func (l *loop) newTimer(call goja.Callable) *timer {
	t := &l.timers
	if len(t.byID) >= l.run.Limits.Timers {
		l.interrupt(&stopCause{kind: runtime.KindLimit, text: fmt.Sprintf("more than %d timers wait at once", l.run.Limits.Timers)})
		return nil
	}
	l.lastTimer++
	entry := &timer{id: l.lastTimer, owner: l.owner, call: call, this: goja.Undefined(), under: host.Capture(l.vm), position: -1}
	if t.byID == nil {
		t.byID = map[int64]*timer{}
	}
	t.byID[entry.id] = entry
	return entry
}

// wait makes a timer due after a time.
func (l *loop) wait(entry *timer, delay time.Duration) {
	entry.delay = delay
	entry.due, entry.reads = time.Now().Add(delay), l.clock.passed+delay
	l.timers.push(entry)
}

// timerObject is what the set functions answer: an object with Node's methods
// that turns into its id where a number is asked for.
func (l *loop) timerObject(entry *timer, class string) goja.Value {
	vm := l.vm
	object := vm.NewObject()
	entry.this = object
	referenced := func(idle bool) func(goja.FunctionCall) goja.Value {
		return func(goja.FunctionCall) goja.Value {
			l.timers.unref(entry, idle && class == "Timeout")
			return object
		}
	}
	must(object.Set("ref", referenced(false)))
	must(object.Set("unref", referenced(true)))
	must(object.Set("hasRef", func(goja.FunctionCall) goja.Value { return vm.ToValue(!entry.cleared && !entry.idle) }))
	if class == "Timeout" {
		must(object.Set("refresh", func(goja.FunctionCall) goja.Value {
			if entry.position >= 0 {
				entry.due, entry.reads = time.Now().Add(entry.delay), l.clock.passed+entry.delay
				heap.Fix(&l.timers.waiting, entry.position)
			}
			return object
		}))
		must(object.Set("close", func(goja.FunctionCall) goja.Value {
			l.clear(entry.id)
			return object
		}))
	}
	must(object.DefineDataPropertySymbol(goja.SymToPrimitive, vm.ToValue(func(goja.FunctionCall) goja.Value {
		return vm.ToValue(entry.id)
	}), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return object
}

// clearTimer is clearTimeout, clearInterval and clearImmediate: a timer, its id
// as number or text; anything else is ignored.
func (l *loop) clearTimer(call goja.FunctionCall) goja.Value {
	switch v := call.Argument(0).(type) {
	case *goja.Object:
		if method := v.GetSymbol(goja.SymToPrimitive); method != nil {
			if toID, ok := goja.AssertFunction(method); ok {
				if id, err := toID(v); err == nil {
					l.clear(id.ToInteger())
				}
			}
		}
	case nil:
	default:
		if !goja.IsUndefined(v) && !goja.IsNull(v) {
			l.clear(v.ToInteger())
		}
	}
	return goja.Undefined()
}

func (l *loop) clear(id int64) {
	entry, ok := l.timers.byID[id]
	if !ok {
		return
	}
	entry.cleared = true
	delete(l.timers.byID, id)
	if entry.position >= 0 {
		heap.Remove(&l.timers.waiting, entry.position)
		l.timers.count(entry, -1)
	}
}

// timerHeap orders by time, then by the order of setting.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	if h[i].due.Equal(h[j].due) {
		return h[i].id < h[j].id
	}
	return h[i].due.Before(h[j].due)
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].position, h[j].position = i, j
}

// Push implements heap.Interface.
func (h *timerHeap) Push(x any) {
	entry := x.(*timer)
	entry.position = len(*h)
	*h = append(*h, entry)
}

// Pop implements heap.Interface.
func (h *timerHeap) Pop() any {
	old := *h
	entry := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	entry.position = -1
	return entry
}

// turnClock is the run's clock as rules read it: one reading for each turn. A
// fixed clock stands still but for the delays of timers that fired.
type turnClock struct {
	read    func() time.Time
	fixed   time.Time // zero: the clock runs
	passed  time.Duration
	reading time.Time
	valid   bool
	reads   int
}

// spinReads is how often one turn may ask for the time before the clock is read
// anew each time: a rule that waits by asking for the time must see it pass.
const spinReads = 1000

func (c *turnClock) newTurn() { c.valid, c.reads = false, 0 }

func (c *turnClock) fired(t *timer) { c.passed = max(c.passed, t.reads) }

func (c *turnClock) now() time.Time {
	c.reads++
	if !c.valid || c.reads > spinReads {
		c.valid = true
		if c.fixed.IsZero() {
			c.reading = c.read()
		} else {
			c.reading = c.fixed.Add(c.passed)
		}
	}
	return c.reading
}
