package runtime

import (
	"context"
	"runtime/debug"
	"time"
)

// Swift is a Reusable session that can take a usual login through all rules with next to nothing
// around them.
type Swift interface {
	Reusable
	// Swift runs all rules as Rules does. It answers false where a session is needed after all:
	// then everything is as it was before. Nothing but the chain may hold the Run afterwards.
	Swift(ctx context.Context, p *Passage) bool
}

// SwiftEngine is an engine that may have Swift sessions.
type SwiftEngine interface {
	Engine
	// IsSwift reports whether it has, for runs with the pipeline's own configuration.
	IsSwift() bool
}

// runSwiftly runs a login whose rules are compiled, and neither wait nor leave anything behind: so
// nobody has to know that it runs. done is false when it has to be run as others are; nothing has
// happened then, but time may have begun: until is when it ends. The answer is in out, or where that is
// nil in v.
func (c *Chain) runSwiftly(ctx context.Context, in *Input, out *Outcome, v *Verdict) (done bool, until time.Time, err error) {
	if c.tracker.closed.Load() || int(c.tracker.abandoned.Load()) >= c.options.Limits.Abandoned || ctx.Err() != nil || in.User == nil || in.Context == nil {
		return false, until, nil
	}
	p, _ := c.swifts.Get().(*pass)
	if p == nil {
		p = c.newPass()
		session, err := c.engine.Begin(ctx, &p.run)
		swift, ok := session.(Swift)
		if err != nil || !ok {
			return false, until, nil
		}
		p.session, p.swift = session, swift
		p.run.Configuration = c.options.Configuration
	}
	defer p.broken(out, v, &done, &err)
	run, through := &p.run, &p.through
	run.caller, run.Fixed, run.Zone = ctx, in.Now, in.Zone
	if run.Zone == nil {
		run.Zone = c.options.Zone
	}
	through.State.User, through.State.Context, through.State.Order, through.Added = in.User, in.Context, in.Order, &p.added
	if p.written = p.swift.Swift(ctx, through); p.written {
		if done = true; out != nil {
			err = c.endSwiftly(ctx, p, in, out)
		} else {
			err = c.decideSwiftly(ctx, p, in, v)
		}
	}
	p.swift.Rest()
	run.caller = nil
	if run.touched() {
		until = run.until
		run.reset()
		run.Configuration = c.options.Configuration
	}
	through.State.User, through.State.Context, through.State.Order, through.Err, through.Reports = nil, nil, nil, nil, nil
	p.added.Reset()
	if !run.shared.Load() {
		c.swifts.Put(p)
	}
	return done, until, err
}

// endSwiftly makes the outcome of rules that have run.
func (c *Chain) endSwiftly(ctx context.Context, p *pass, in *Input, out *Outcome) error {
	failure := p.through.Err
	err := ctx.Err()
	if err == nil && failure == nil {
		failure, err = c.finish(ctx, p, in, out)
	}
	if err == nil && failure != nil {
		err = c.fail(p, in, failure, out)
	}
	if err != nil || failure != nil {
		p.undo()
	}
	if err != nil && out.Decision != Failed {
		*out = Outcome{}
		return err
	}
	out.Rules = p.through.Reports
	if p.run.touched() {
		p.run.seal(out)
		out.login = p.run.login
	}
	return err
}

// decideSwiftly makes the verdict of rules that have run. They have changed the caller's objects
// in place already.
func (c *Chain) decideSwiftly(ctx context.Context, p *pass, in *Input, v *Verdict) error {
	final, _ := p.through.State.Context.(map[string]any)
	failure := p.through.Err
	var multifactor any
	simple := ctx.Err() == nil && (failure == nil || failure.cause == nil)
	if simple && failure == nil {
		multifactor = final["multifactor"]
		simple = final["redirect"] == nil && p.tokensFit(final)
	}
	switch {
	case !simple:
		return c.decideWholly(ctx, p, in, v)
	case failure != nil:
		p.undo()
		v.Decision, v.Err = c.blamed(p, failure, in)
	default:
		v.Decision = Allowed
		if multifactor != nil {
			var c conclusion // whose warnings nobody gets to see
			v.Multifactor = c.readMultifactor(p.run.interaction(in.Context), multifactor)
		}
	}
	return nil
}

// decideWholly is decideSwiftly by way of an outcome.
func (c *Chain) decideWholly(ctx context.Context, p *pass, in *Input, v *Verdict) error {
	var out Outcome
	err := c.endSwiftly(ctx, p, in, &out)
	*v = Verdict{out.Decision, out.Err, out.RedirectTo, out.Multifactor}
	return err
}

// broken makes an error of what broke inside; it must be deferred. The pass is not used again.
func (p *pass) broken(out *Outcome, v *Verdict, done *bool, err *error) {
	if value := recover(); value != nil {
		p.written, p.active = true, true
		*done, *err = true, &InternalError{Value: value, Stack: debug.Stack()}
		if out != nil {
			*out = Outcome{}
		} else {
			*v = Verdict{}
		}
		p.abort()
	}
}

// touched reports whether anything was recorded, or the clock was asked.
func (r *Run) touched() bool {
	return r.console != nil || r.warnings != nil || r.login != nil || !r.until.IsZero() || r.metadata != nil || r.calls != nil || r.sealed
}
