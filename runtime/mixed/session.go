package mixed

import (
	"context"
	"fmt"
	"time"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// session is the engine's part in one run.
type session struct {
	engine  *Engine
	ctx     context.Context
	run     *runtime.Run
	runners []*steps.Runner
	js      runtime.Session // nil until a rule needs it

	looked int // compiled rules since the time was looked at
	begun  bool
	first  steps.Work  // on the caller's objects
	work   *steps.Work // where compiled rules go on; nil when JavaScript may still read state
	state  runtime.State
	own    steps.Work // on copies
}

// Rules runs the rules, each where it can run.
func (s *session) Rules(from, to int, in runtime.State, reports []runtime.RuleReport) (runtime.Result, []runtime.RuleReport) {
	result, reports := s.rules(from, to, in, reports)
	if result.Err != nil || to == len(s.runners) {
		s.run.RulesEnded()
	}
	return result, reports
}

func (s *session) rules(from, to int, in runtime.State, reports []runtime.RuleReport) (runtime.Result, []runtime.RuleReport) {
	if !s.begun {
		s.begun = true
		s.first.Begin(in)
		s.work = &s.first
	}
	s.state = in
	now := s.time()
	for i := from; i < to; {
		if s.runners[i] == nil {
			if s.engine.options.JavaScript == nil {
				exit := &runtime.Exit{Code: "not-lowered", Line: 1, Column: 1}
				return s.closed(i, exit), append(reports, runtime.RuleReport{Engine: s.engine.Name(), Exit: exit})
			}
			var failed *runtime.RuleError
			if i, reports, failed = s.javascript(i, to, reports); failed != nil {
				return runtime.Result{Err: failed}, reports
			}
			now = s.time()
			s.looked = rulesPerLook - 1
			continue
		}
		began := now
		name := s.engine.rules[i].Name
		if s.tooLate() {
			return runtime.Result{Err: runtime.TookTooLong(name, s.run.Limits)}, reports
		}
		if err := s.ctx.Err(); err != nil {
			return runtime.Result{Err: runtime.TookTooLong(name, s.run.Limits).Caused(err)}, reports
		}
		end := s.compiled(s.runners[i], began)
		now = s.time()
		report := runtime.RuleReport{Engine: s.engine.Name(), Exit: end.Exit, Duration: now.Sub(began)}
		switch {
		case end.Err != nil:
			return runtime.Result{Err: end.Err}, append(reports, report)
		case end.Exit == nil:
			s.leaveDropped(in)
			reports = append(reports, report)
			i++
			continue
		case s.engine.options.JavaScript == nil:
			return s.closed(i, end.Exit), append(reports, report)
		}
		if began.IsZero() {
			began = time.Now()
		}
		s.run.HandOver(runtime.Handover{Began: began, Updates: end.Updates})
		exited := len(reports)
		var failed *runtime.RuleError
		i, reports, failed = s.javascript(i, to, reports)
		if len(reports) == exited { // its time was over before it began
			reports = append(reports, runtime.RuleReport{Engine: s.engine.options.JavaScript.Name(), Duration: time.Since(began)})
		}
		reports[exited].Exit = end.Exit
		if failed != nil {
			return runtime.Result{Err: failed}, reports
		}
		now = s.time()
		s.looked = rulesPerLook - 1
	}
	return runtime.Result{State: s.current()}, reports
}

// rulesPerLook is after how many compiled rules the time is looked at. They are quick; those
// that loop long look themselves.
const rulesPerLook = 16

// tooLate reports whether the time of the run is over, as far as anybody has looked.
func (s *session) tooLate() bool {
	if s.looked++; s.looked < rulesPerLook {
		return false
	}
	s.looked = 0
	return !time.Now().Before(s.run.Until())
}

// time is the time when it is measured, else zero.
func (s *session) time() (now time.Time) {
	if s.run.Timings {
		now = time.Now()
	}
	return now
}

// leaveDropped goes on with copies once a rule has dropped an object of the caller's: that
// one stays as it was before the run.
func (s *session) leaveDropped(in runtime.State) {
	if s.work != &s.first {
		return
	}
	now := s.work.State()
	if (now.User == nil) == (in.User == nil) && (now.Context == nil) == (in.Context == nil) {
		return
	}
	s.own.BeginCopy(now)
	s.first.Undo()
	s.work = &s.own
}

// current is what the rules so far have left.
func (s *session) current() runtime.State {
	if s.work != nil {
		return s.work.State()
	}
	return s.state
}

// compiled runs a compiled rule.
func (s *session) compiled(r *steps.Runner, began time.Time) steps.End {
	switch {
	case s.work != nil:
		return r.Run(s.ctx, s.run, s.work, began)
	case r.Writes():
		s.own.BeginCopy(s.state)
		s.work = &s.own
		return r.Run(s.ctx, s.run, s.work, began)
	}
	s.own.Begin(s.state)
	end := r.Run(s.ctx, s.run, &s.own, began)
	s.state = s.own.State()
	return end
}

// javascript runs a rule in JavaScript, and those behind it that run nowhere else.
func (s *session) javascript(from, to int, reports []runtime.RuleReport) (next int, after []runtime.RuleReport, failed *runtime.RuleError) {
	next = from + 1
	for next < to && s.runners[next] == nil {
		next++
	}
	if s.js == nil {
		js, err := s.engine.options.JavaScript.Begin(s.ctx, s.run)
		if err != nil {
			return next, reports, (&runtime.RuleError{Kind: runtime.KindInput, Name: "Error", Message: err.Error()}).Caused(err)
		}
		s.js = js
	}
	result, reports := s.js.Rules(from, next, s.current(), reports)
	s.state, s.work = result.State, nil
	return next, reports, result.Err
}

// closed is the failure of a rule that would need JavaScript.
func (s *session) closed(i int, exit *runtime.Exit) runtime.Result {
	rule := s.engine.rules[i]
	return runtime.Result{Err: &runtime.RuleError{
		Kind: runtime.KindLimit, Rule: rule.Name, Name: "LimitError", Code: "exit", File: rule.File,
		Pos:     source.Pos{Line: exit.Line, Column: exit.Column},
		Message: fmt.Sprintf("the compiled rule exits at %s:%d:%d (%s), and JavaScript may not take over", rule.File, exit.Line, exit.Column, exit.Code),
	}}
}

// Undo makes the caller's objects what they were.
func (s *session) Undo() {
	if s.begun {
		s.first.Undo()
	}
}

// End ends the JavaScript session, if there is one.
func (s *session) End() {
	if s.js == nil {
		s.run.End()
		return
	}
	s.js.End()
}
