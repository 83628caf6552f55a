package runtime

import (
	"context"
	"runtime/debug"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// pass is what a run needs beside its input: the Run as engines see it and the engine's
// session. It serves one run after another until something may hold it beyond its run.
type pass struct {
	run     Run
	lane    *lane
	session Session  // of the engine's that can be used again, or of this run; nil before it begins
	again   Reusable // session, when it can be used again
	swift   Swift    // session, when it is one that needs no more
	active  bool     // the session has begun and not ended
	written bool     // Undo of the session has something to undo
	spoilt  bool     // it must not be used again
	through Passage  // what the rules are given and leave
	added   jsondoc.Additions
}

// enter admits a run. What it answers must be given to leave.
func (c *Chain) enter() (*pass, error) {
	p, _ := c.passes.Get().(*pass)
	if p == nil {
		p = c.newPass()
	}
	if err := c.tracker.enter(p.lane, c.options.Limits.Abandoned); err != nil {
		c.passes.Put(p)
		return nil, err
	}
	return p, nil
}

func (c *Chain) newPass() *pass {
	return &pass{lane: c.tracker.lane(), run: Run{
		Limits: c.options.Limits, Timings: c.options.Timings, Tenant: c.options.Tenant, Domain: c.options.Domain, Environment: c.options.Environment,
		Store: c.options.Store, Globals: c.globals, Clock: c.options.Clock,
		network: &c.network, background: &c.tracker, onLate: c.options.OnLate, masks: c.masks,
	}}
}

// leave ends a run, and makes an error of what broke inside; it must be deferred.
func (c *Chain) leave(p *pass, out *Outcome, err *error) {
	if broken := recover(); broken != nil {
		*out, *err = Outcome{}, p.broke(broken)
	}
	c.putAway(p)
}

// broke makes an error of what broke inside a run.
func (p *pass) broke(value any) error {
	internal := &InternalError{Value: value, Stack: debug.Stack()}
	p.spoilt = true
	p.abort()
	return internal
}

// putAway ends a run. Nothing of the pass may be used any more.
func (c *Chain) putAway(p *pass) {
	lane := p.lane
	p.through = Passage{}
	p.added.Reset()
	if !p.spoilt && !p.run.shared.Load() && (p.session == nil || p.again != nil) {
		if p.again != nil {
			p.again.Rest()
		}
		p.run.reset()
		c.passes.Put(p)
	}
	c.tracker.leave(lane)
}

// abort ends the session of a run that broke, as far as it can.
func (p *pass) abort() {
	defer func() { _ = recover() }() // one fault is reported already
	defer p.end()
	p.undo()
}

// begin makes the run's session.
func (p *pass) begin(ctx context.Context, engine Engine) error {
	if p.again != nil {
		p.again.Again(ctx)
	} else {
		session, err := engine.Begin(ctx, &p.run)
		if err != nil {
			return err
		}
		p.session = session
		p.again, _ = session.(Reusable)
	}
	p.active, p.written = true, true
	return nil
}

// undo takes back what the session did to the caller's objects, once at most.
func (p *pass) undo() {
	if p.written {
		p.written = false
		p.session.Undo()
	}
}

func (p *pass) end() {
	if p.active {
		p.active = false
		p.session.End()
	}
}
