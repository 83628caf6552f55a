package jsvm

import (
	"context"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// grace is how long a run waits for its VM to stop after it was interrupted,
// before it abandons it. It keeps an answer within 100 ms of its limit.
const grace = 40 * time.Millisecond

// session is a bundle's part in one pipeline run. Its methods belong to the
// goroutine of the chain; the VM belongs to the loop's.
type session struct {
	bundle *Bundle
	run    *runtime.Run
	ctx    context.Context
	loop   *loop
	ended  *stopCause // why no further rule can run; nil while one can
}

// Rules runs rules on the session's VM.
func (s *session) Rules(from, to int, p *runtime.Passage) {
	result, reports := s.rules(from, to, p.State, p.Reports)
	p.State, p.Err, p.Reports = result.State, result.Err, reports
}

func (s *session) rules(from, to int, in runtime.State, reports []runtime.RuleReport) (runtime.Result, []runtime.RuleReport) {
	if s.ended != nil {
		return runtime.Result{Err: s.ended.failure(s.bundle.rules[from].Name)}, reports
	}
	var first *ruleRun
	begun := s.loop != nil
	if begun {
		first = new(ruleRun)
	} else {
		s.loop = newLoop(s.bundle, s.run, to)
		first = &s.loop.firstRule
	}
	first.rule, first.index, first.in, first.handover = &s.bundle.rules[from], from, in, s.run.TakeHandover()
	s.bundle.watchdog.watch(s.loop, first)
	if begun {
		s.loop.post(task{rule: first, until: to})
	} else {
		s.loop.inbox = append(s.loop.inbox, task{rule: first})
		s.run.Start(s.loop)
	}
	cause := s.wait()
	if cause == nil {
		s.ended = s.loop.stopped.Load()
		result := s.loop.current.Load().own
		if result.Err == nil {
			s.run.KeepChangedLogin(in.Context, result.State.Context)
		}
		return result, s.loop.report(from, reports)
	}
	s.ended = cause
	s.loop.interrupt(cause)
	s.loop.awaitEnd()
	result := s.stopped(first, to, cause)
	if result.Err == nil {
		s.run.KeepChangedLogin(in.Context, result.State.Context)
	}
	return result, s.loop.report(from, reports)
}

// stopped is the result of rules that a limit or the caller stopped. A rule that had
// called back already has succeeded all the same.
func (s *session) stopped(first *ruleRun, to int, cause *stopCause) runtime.Result {
	r := s.loop.current.Load()
	if r == nil {
		r = first
	}
	decided := r.decided.Load()
	switch {
	case decided == nil:
		return runtime.Result{Err: cause.failure(r.rule.Name)}
	case decided.Err == nil && r.index+1 < to:
		return runtime.Result{Err: cause.failure(s.bundle.rules[r.index+1].Name)}
	}
	if !r.stopped.Load() && cause.kind != "" {
		s.run.Warn(r.rule.Name, runtime.WarnStoppedLate, "work after the callback was stopped: "+cause.text)
	}
	return *decided
}

// wait waits for the end of the rules, while the watchdog watches their limits. It answers
// nil when they have ended by themselves.
func (s *session) wait() *stopCause {
	defer s.bundle.watchdog.leave(s.loop)
	gone := s.ctx.Done()
	if gone == nil {
		return <-s.loop.answered
	}
	select {
	case cause := <-s.loop.answered:
		return cause
	case <-gone:
		return &stopCause{text: "the caller gave up", cause: s.ctx.Err()}
	}
}

// Undo has nothing to do: rules here change copies.
func (s *session) Undo() {}

// End lets the loop go on by itself until nothing is left or the run's time is over.
func (s *session) End() {
	if s.loop == nil {
		s.run.End()
		return
	}
	s.loop.end()
}

// stopCause is why a VM was stopped from outside.
type stopCause struct {
	kind  runtime.Kind // timeout or limit; "" when the caller gave up or the pipeline's run ended
	text  string
	cause error
}

func (c *stopCause) failure(rule string) *runtime.RuleError {
	name := "TimeoutError"
	if c.kind == runtime.KindLimit {
		name = "LimitError"
	}
	kind := c.kind
	if kind == "" {
		kind = runtime.KindTimeout
	}
	return (&runtime.RuleError{Kind: kind, Rule: rule, Name: name, Message: c.text}).Caused(c.cause)
}
