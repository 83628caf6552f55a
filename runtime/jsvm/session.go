package jsvm

import (
	"context"
	"fmt"
	"sync"
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
func (s *session) Rules(from, to int, in runtime.State, reports []runtime.RuleReport) (runtime.Result, []runtime.RuleReport) {
	if s.ended != nil {
		return runtime.Result{Err: s.ended.failure(s.bundle.rules[from].Name)}, reports
	}
	first := &ruleRun{rule: &s.bundle.rules[from], index: from, in: in, handover: s.run.TakeHandover()}
	if s.loop == nil {
		s.loop = newLoop(s.bundle, s.run, to)
		s.loop.inbox = append(s.loop.inbox, func() { s.loop.begin(first) })
		s.run.Go(s.loop.main)
	} else {
		s.loop.post(func() {
			s.loop.until = to
			s.loop.begin(first)
		})
	}
	cause := s.wait(first)
	if cause == nil {
		s.ended = s.loop.stopped.Load()
		return *s.loop.current.Load().decided.Load(), s.loop.report(from, reports)
	}
	s.ended = cause
	s.loop.interrupt(cause)
	s.loop.awaitEnd()
	return s.stopped(first, to, cause), s.loop.report(from, reports)
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

// wait waits for the end of the rules and watches their limits meanwhile. It answers
// nil when they have ended by themselves.
func (s *session) wait(first *ruleRun) *stopCause {
	heap := heapWatch{limit: s.run.Limits.HeapBytes}
	rest, _ := s.left(first)
	timer := borrowTimer(min(heapInterval, rest))
	defer returnTimer(timer)
	for {
		select {
		case <-s.loop.answered:
			return nil
		case <-s.ctx.Done():
			return &stopCause{text: "the caller gave up", cause: s.ctx.Err()}
		case <-timer.C:
			rest, text := s.left(first)
			if rest <= 0 {
				return &stopCause{kind: runtime.KindTimeout, text: text()}
			}
			if stop := heap.check(s.loop); stop != nil {
				return stop
			}
			timer.Reset(min(heapInterval, rest))
		}
	}
}

// timerPool keeps stopped timers: every run needs one, hardly any run lets it fire.
var timerPool sync.Pool

func borrowTimer(d time.Duration) *time.Timer {
	if timer, ok := timerPool.Get().(*time.Timer); ok {
		timer.Reset(d)
		return timer
	}
	return time.NewTimer(d)
}

func returnTimer(timer *time.Timer) {
	timer.Stop()
	timerPool.Put(timer)
}

// left is the time that is left for the rule that runs, and what to say when it is over.
func (s *session) left(first *ruleRun) (time.Duration, func() string) {
	rest := time.Until(s.run.Until())
	limits := s.run.Limits
	if limits.RuleTimeout > 0 {
		own := limits.RuleTimeout
		// Before the loop has begun with these rules, none of them has used any time.
		if r := s.loop.current.Load(); r != nil && r.index >= first.index {
			own -= time.Since(r.began)
		}
		if own < rest {
			return own, func() string { return fmt.Sprintf("the rule took longer than %v", limits.RuleTimeout) }
		}
	}
	return rest, func() string { return runtime.TextTookTooLong(limits) }
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
