package jsvm

import (
	goruntime "runtime"
	"slices"
	"sync"

	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// pool lends a bundle's machines to one run after the other: modules are evaluated once for a
// machine, not for each login. A machine in which a run has left more than the state of
// modules is thrown away: see pristine.
type pool struct {
	mu        sync.Mutex
	back      sync.Cond // told when a machine has come back, or will not
	idle      []*machine
	returning int    // machines that are looked at and come back in a moment
	alive     int    // machines that were made for lending, here or in a run
	changed   string // in the machine that came back last
}

// maxLent is how many machines of a bundle outlive their runs: more are made while more runs are
// under way at once, which need no JavaScript most of their time.
var maxLent = max(4, 2*goruntime.GOMAXPROCS(0))

// take answers a machine that nobody uses, or nil; then lend says whether the one that is made
// instead shall be lent.
func (p *pool) take() (m *machine, lend bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.back.L == nil {
		p.back.L = &p.mu
	}
	for len(p.idle) == 0 && p.returning > 0 {
		p.back.Wait()
	}
	if last := len(p.idle) - 1; last >= 0 {
		m, p.idle[last], p.idle = p.idle[last], nil, p.idle[:last]
		return m, true
	}
	if p.alive >= maxLent {
		return nil, false
	}
	p.alive++
	return nil, true
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
	if changed == "" {
		p.idle = append(p.idle, m)
	} else {
		p.alive--
	}
	if p.back.L != nil {
		p.back.Broadcast()
	}
}

// start brings the loop its machine.
func (l *loop) start() {
	var m *machine
	lend := false
	if l.bundle.lends {
		m, lend = l.bundle.pool.take()
	}
	if m == nil {
		newMachine(l, lend)
	} else {
		m.serve(l)
		m.rebind()
	}
	if l.run.Globals != nil {
		l.loadGlobals()
	}
}

// leave says that the loop's machine comes back in a moment, when nothing is left to run.
func (l *loop) leave() {
	if l.pristine != nil && !l.announced {
		l.announced = true
		l.bundle.pool.announce()
	}
}

// giveBack ends the loop's use of its machine.
func (l *loop) giveBack() {
	l.mu.Lock()
	l.returned = true
	l.mu.Unlock()
	if l.machine == nil || l.pristine == nil {
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

// rebind installs anew the globals that belonged to the run before.
func (m *machine) rebind() {
	target := m.vm.GlobalObject()
	for _, b := range m.bundle.bindings {
		if slices.Contains(m.stale, b.name) {
			must(target.Delete(b.name))
			m.bind(b)
		}
	}
	if m.stale != nil {
		global := m.pristine.objects[0]
		global.was = global.form()
		m.stale = nil
	}
}
