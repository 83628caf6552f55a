package jsvm

import (
	goruntime "runtime"
	"slices"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// pool lends a bundle's machines to one run after the other: modules are evaluated once for a
// machine, not for each login. A machine in which a run has left more than the state of
// modules is thrown away: see pristine.
type pool struct {
	mu        sync.Mutex
	idle      []*machine
	waiting   []chan *machine // runs that wait, the first for longest; nil tells one to make a machine
	returning int             // machines that are looked at and come back in a moment
	alive     int             // machines that were made for lending, here or in a run
	trims     bool            // surplus ones will be forgotten
	changed   string          // in the machine that came back last
}

// maxIdle is how many machines of a bundle are kept that nobody has used for idleTime.
var maxIdle = max(4, 2*goruntime.GOMAXPROCS(0))

const idleTime = 10 * time.Second

// inTurn is how many machines are made although one comes back in a moment: logins one after
// the other need not wait for the look at the machine of the last.
var inTurn = min(2, goruntime.GOMAXPROCS(0))

// take answers a machine that nobody uses, or nil; then lend says whether the one that is made
// instead shall be lent. A bundle with packages has no more machines than its limit, because
// each evaluates them, and take waits for one; ok is false when the loop was stopped before.
func (p *pool) take(l *loop) (m *machine, lend, ok bool) {
	p.mu.Lock()
	most, packages := maxIdle, l.bundle.packages.Modules != nil
	if packages {
		most = l.run.Limits.VMs
	}
	if last := len(p.idle) - 1; last >= 0 {
		m, p.idle[last], p.idle = p.idle[last], nil, p.idle[:last]
		p.mu.Unlock()
		return m, true, true
	}
	full := p.alive >= most
	if (p.returning <= len(p.waiting) || p.alive < inTurn) && !(full && packages) {
		if !full {
			p.alive++
		}
		p.mu.Unlock()
		return nil, !full, true
	}
	mine := make(chan *machine, 1)
	p.waiting = append(p.waiting, mine)
	p.mu.Unlock()
	select {
	case m := <-mine:
		return m, true, true
	case <-l.whenHalted():
		p.leave(mine)
		return nil, false, false
	}
}

// leave takes back that a run waits.
func (p *pool) leave(mine chan *machine) {
	p.mu.Lock()
	if at := slices.Index(p.waiting, mine); at >= 0 {
		p.waiting = slices.Delete(p.waiting, at, at+1)
		p.mu.Unlock()
		return
	}
	p.mu.Unlock()
	if m := <-mine; m != nil {
		p.put(m, false, "")
	} else {
		p.put(nil, false, "it was never made")
	}
}

// announce says that a machine comes back in a moment: who needs one waits for it rather than
// to make another.
func (p *pool) announce() {
	p.mu.Lock()
	p.returning++
	p.mu.Unlock()
}

// put takes a machine back, or forgets it when something of it has changed.
func (p *pool) put(m *machine, announced bool, changed string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if announced {
		p.returning--
	}
	p.changed = changed
	if changed != "" {
		m = nil
	}
	switch {
	case len(p.waiting) > 0:
		p.waiting[0] <- m
		p.waiting = slices.Delete(p.waiting, 0, 1)
	case m != nil:
		p.idle = append(p.idle, m)
		if len(p.idle) > maxIdle && !p.trims {
			p.trims = true
			time.AfterFunc(idleTime, p.trim)
		}
	default:
		p.alive--
	}
}

// trim forgets the machines that a burst of logins has left.
func (p *pool) trim() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.trims = false
	if surplus := len(p.idle) - maxIdle; surplus > 0 {
		p.idle = slices.Clone(p.idle[surplus:])
		p.alive -= surplus
	}
}

// start brings the loop its machine. It reports whether rules can run.
func (l *loop) start() bool {
	var m *machine
	if l.bundle.lends {
		var ok bool
		if m, l.lent, ok = l.bundle.pool.take(l); !ok {
			return false
		}
	}
	err := guarded(func() error {
		if m == nil {
			newMachine(l, l.lent)
		} else {
			m.serve(l)
			m.rebind()
		}
		if l.run.Globals != nil {
			l.loadGlobals()
		}
		return nil
	})
	if err == nil {
		return true
	}
	// Code of ours runs here, which a limit may stop; else it is a fault of ours.
	cause := &stopCause{kind: runtime.KindException, text: err.Error(), cause: err}
	if l.stopped.CompareAndSwap(nil, cause) {
		l.answered <- cause
	}
	return false
}

// leave says that the loop's machine comes back in a moment, when nothing is left to run.
func (l *loop) leave() {
	if l.lent && !l.announced {
		l.announced = true
		l.bundle.pool.announce()
	}
}

// giveBack ends the loop's use of its machine.
func (l *loop) giveBack() {
	l.mu.Lock()
	l.returned = true
	l.mu.Unlock()
	if !l.lent {
		return
	}
	changed := "the run was stopped"
	if l.stopped.Load() == nil && len(l.ticks) == 0 {
		l.vm.ClearInterrupt()
		_ = guarded(func() error {
			host.EndRun(l.vm)
			changed = l.pristine.restore()
			return nil
		})
	}
	l.bundle.pool.put(l.machine, l.announced, changed)
}

// rebind installs anew the globals that belonged to the run before. goja has none of their names.
func (m *machine) rebind() {
	for _, b := range m.bundle.bindings {
		if slices.Contains(m.stale, b.name) {
			m.lazy(m.vm.GlobalObject(), b.name, nil, func() goja.Value { return b.build(m) })
		}
	}
	m.stale = nil
}
