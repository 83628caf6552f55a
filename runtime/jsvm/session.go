package jsvm

import (
	"context"
	"fmt"
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
	timer  *time.Timer
	ended  *stopCause // why no further rule can run; nil while one can
}

// Rule runs one rule on the session's VM.
func (s *session) Rule(index int, in runtime.State) runtime.Result {
	if s.ended != nil {
		return runtime.Result{Err: s.ended.failure(s.bundle.rules[index].Name)}
	}
	r := &ruleRun{rule: &s.bundle.rules[index], last: index == len(s.bundle.rules)-1, in: in}
	if s.loop == nil {
		s.loop = newLoop(s.bundle, s.run)
		s.loop.inbox = append(s.loop.inbox, func() { s.loop.begin(r) })
		s.run.Go(s.loop.main)
	} else {
		s.loop.post(func() { s.loop.begin(r) })
	}
	cause := s.wait(r)
	if cause == nil {
		if stopped := s.loop.stopped.Load(); stopped != nil {
			s.ended = stopped
		}
		return *r.decided.Load()
	}
	s.ended = cause
	s.loop.interrupt(cause)
	s.loop.awaitEnd()
	if decided := r.decided.Load(); decided != nil {
		if !r.stopped.Load() && cause.kind != "" {
			s.run.Warn(r.rule.Name, runtime.WarnStoppedLate, "work after the callback was stopped: "+cause.text)
		}
		return *decided
	}
	return runtime.Result{Err: cause.failure(r.rule.Name)}
}

// wait waits for the rule's end and watches its limits meanwhile. It answers nil
// when the rule has ended by itself.
func (s *session) wait(r *ruleRun) *stopCause {
	limit, text := s.run.Deadline, fmt.Sprintf("the rules took longer than %v together", s.run.Limits.Timeout)
	if own := s.run.Limits.RuleTimeout; own > 0 {
		if at := time.Now().Add(own); at.Before(limit) {
			limit, text = at, fmt.Sprintf("the rule took longer than %v", own)
		}
	}
	heap := heapWatch{limit: s.run.Limits.HeapBytes}
	first := min(heapInterval, time.Until(limit))
	if s.timer == nil {
		s.timer = time.NewTimer(first)
	} else {
		s.timer.Reset(first)
	}
	timer := s.timer
	defer timer.Stop()
	for {
		select {
		case <-s.loop.answered:
			return nil
		case <-s.ctx.Done():
			return &stopCause{text: "the caller gave up", cause: s.ctx.Err()}
		case <-timer.C:
			rest := time.Until(limit)
			if rest <= 0 {
				return &stopCause{kind: runtime.KindTimeout, text: text}
			}
			if cause := heap.check(s.loop); cause != nil {
				return cause
			}
			timer.Reset(min(heapInterval, rest))
		}
	}
}

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
