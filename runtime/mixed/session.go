package mixed

import (
	"context"
	"fmt"
	"time"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// session is the engine's part in one run. It serves several runs, one after another.
type session struct {
	engine *Engine
	run    *runtime.Run
	ctx    context.Context
	plan   *plan
	js     runtime.Session // nil until a rule needs it

	scripted bool // JavaScript has run

	looked int // compiled rules since the time was looked at
	begun  bool
	first  steps.Work  // on the caller's objects
	work   *steps.Work // where compiled rules go on; nil when JavaScript may still read state
	state  runtime.State
	own    steps.Work // on copies
	copied bool       // own was used
	idle   ruleSet    // rules that do nothing, as the plan's index says of the context now

	// reports are made when something is to be said that the plan does not say of each rule.
	reports  []runtime.RuleReport
	reported bool
}

// Again begins another run.
func (s *session) Again(ctx context.Context) {
	s.ctx, s.plan = ctx, s.engine.planFor(s.run.Configuration)
}

// Rest lets go of a run that has ended.
func (s *session) Rest() {
	if s.ctx == nil { // a swift run
		s.begun = false
		s.first.Forget()
		return
	}
	s.ctx, s.state = nil, runtime.State{}
	s.looked, s.begun, s.scripted = 0, false, false
	if s.reported {
		s.reports, s.reported = nil, false
	}
	s.first.Forget()
	if s.copied {
		s.copied = false
		s.own.Forget()
	}
}

// Rules runs the rules, each where it can run.
func (s *session) Rules(from, to int, p *runtime.Passage) {
	if !s.begun {
		s.begun = true
		s.first.Begin(p.State)
		s.work = &s.first
		if s.plan.moves {
			s.run.KeepLogin(p.State.Context)
		}
	}
	s.state, p.Kept = p.State, s.plan.kept
	if s.reported || len(p.Reports) > 0 {
		s.reports, s.reported = p.Reports, len(p.Reports) > 0
	}
	if s.run.Timings {
		s.reportFrom(from, from)
	}
	next := s.rules(from, to, p)
	if p.Err != nil || to == len(s.plan.runners) {
		s.run.RulesEnded()
	}
	p.Reports = s.reports
	if !s.reported {
		p.Reports = s.plan.reports[from:next:next]
	}
	if s.scripted {
		p.Kept = 0
	}
	switch {
	case p.Err != nil:
	case s.work == nil:
		p.State = s.state
	case s.work == &s.first && s.run.Projected():
		p.State, p.Journal = s.first.Unordered(), &s.first
	default:
		s.work.Leave(p)
	}
}

// rules answers behind which rule it ended. p.Err is why, when that is before to.
func (s *session) rules(from, to int, p *runtime.Passage) (next int) {
	timings := s.run.Timings
	index := s.plan.index
	look := index != nil
	for i := from; i < to; {
		if look {
			s.look(index)
			look = false
		}
		if index != nil {
			if busy := s.idle.next(i, to); busy > i {
				if s.reported {
					s.reports = append(s.reports, s.plan.reports[i:busy]...)
				}
				i = busy
				continue
			}
		}
		runner := s.plan.runners[i]
		if runner == nil {
			if s.engine.options.JavaScript == nil {
				exit := &runtime.Exit{Code: "not-lowered", Line: 1, Column: 1}
				s.report(from, i, runtime.RuleReport{Engine: s.engine.Name(), Exit: exit})
				p.Err = s.closed(i, exit)
				return i + 1
			}
			if i, p.Err = s.javascript(from, i, to); p.Err != nil {
				return i
			}
			look = index != nil
			continue
		}
		if i > from {
			if p.Err = s.late(i); p.Err != nil {
				return i
			}
		}
		var began time.Time
		if timings {
			began = time.Now()
		}
		var end *steps.End
		if s.work != nil {
			end = runner.Run(s.ctx, s.run, s.work, began)
		} else {
			end = s.compiled(runner, began)
		}
		if end.Exit != nil {
			if i, p.Err = s.exited(from, i, to, end, began); p.Err != nil {
				return i
			}
			look = index != nil
			continue
		}
		i++
		if s.reported {
			s.reports = append(s.reports, s.plan.reports[i-1])
			if timings {
				s.reports[len(s.reports)-1].Duration = time.Since(began)
			}
		}
		if end.Err != nil {
			p.Err = end.Err
			return i
		}
		if s.plan.drops[i-1] {
			s.leaveDropped(&p.State)
		}
		look = index != nil && index.again[i-1]
	}
	return to
}

// look asks the index for the rules that do nothing for the context as it is now.
func (s *session) look(x *index) {
	if cap(s.idle) < x.words {
		s.idle = make(ruleSet, x.words)
	}
	s.idle = s.idle[:x.words]
	context := s.state.Context
	if s.work != nil {
		context = s.work.Context()
	}
	x.idle(context, s.idle)
}

// rulesPerLook is after how many compiled rules the time is looked at. They are quick; those
// that loop long look themselves.
const rulesPerLook = 16

// late is the failure of a rule for which the run's time is over, or the caller's.
func (s *session) late(i int) *runtime.RuleError {
	if s.looked++; s.looked >= rulesPerLook {
		s.looked = 0
		if !time.Now().Before(s.run.Until()) {
			return runtime.TookTooLong(s.engine.rules[i].Name, s.run.Limits)
		}
	}
	if err := s.ctx.Err(); err != nil {
		return runtime.TookTooLong(s.engine.rules[i].Name, s.run.Limits).Caused(err)
	}
	return nil
}

// report says what is not in the plan of rule i.
func (s *session) report(from, i int, report runtime.RuleReport) {
	s.reportFrom(from, i)
	report.Name = s.engine.rules[i].Name
	s.reports = append(s.reports, report)
}

// reportFrom begins a list of reports of this run's own, with those before rule i.
func (s *session) reportFrom(from, i int) {
	if !s.reported {
		s.reported = true
		s.reports = append(make([]runtime.RuleReport, 0, len(s.plan.runners)-from), s.plan.reports[from:i]...)
	}
}

// exited lets JavaScript run a rule that a compiled one has left.
func (s *session) exited(from, i, to int, end *steps.End, began time.Time) (next int, failed *runtime.RuleError) {
	if s.engine.options.JavaScript == nil {
		report := runtime.RuleReport{Engine: s.engine.Name(), Exit: end.Exit}
		if s.run.Timings {
			report.Duration = time.Since(began)
		}
		s.report(from, i, report)
		return i + 1, s.closed(i, end.Exit)
	}
	if began.IsZero() {
		began = time.Now()
	}
	s.reportFrom(from, i)
	exited, exit := len(s.reports), end.Exit
	s.run.HandOver(runtime.Handover{Began: began, Updates: end.Updates})
	next, failed = s.javascript(from, i, to)
	if len(s.reports) == exited { // its time was over before it began
		s.report(from, i, runtime.RuleReport{Engine: s.engine.options.JavaScript.Name(), Duration: time.Since(began)})
	}
	s.reports[exited].Exit = exit
	return next, failed
}

// leaveDropped goes on with copies once a rule has dropped an object of the caller's: that
// one stays as it was before the run.
func (s *session) leaveDropped(in *runtime.State) {
	if s.work != &s.first {
		return
	}
	now := s.work.State()
	if (now.User == nil) == (in.User == nil) && (now.Context == nil) == (in.Context == nil) {
		return
	}
	s.beginCopy(s.run.Whole(now))
	s.first.Undo()
}

func (s *session) beginCopy(state runtime.State) {
	s.copied = true
	s.own.BeginCopy(state)
	s.work = &s.own
}

// current is what the rules so far have left.
func (s *session) current() runtime.State {
	if s.work != nil {
		return s.work.State()
	}
	return s.state
}

// compiled runs a compiled rule behind JavaScript, where nothing was copied yet.
func (s *session) compiled(r *steps.Runner, began time.Time) *steps.End {
	if r.Writes() {
		s.beginCopy(s.state)
		return r.Run(s.ctx, s.run, s.work, began)
	}
	s.copied = true
	s.own.Begin(s.state)
	end := r.Run(s.ctx, s.run, &s.own, began)
	s.state = s.own.State()
	return end
}

// javascript runs a rule in JavaScript, and those behind it that run nowhere else.
func (s *session) javascript(from, i, to int) (next int, failed *runtime.RuleError) {
	next = i + 1
	for next < to && s.plan.runners[next] == nil {
		next++
	}
	s.reportFrom(from, i)
	if s.js == nil {
		s.run.Share()
		js, err := s.engine.options.JavaScript.Begin(s.ctx, s.run)
		if err != nil {
			return next, (&runtime.RuleError{Kind: runtime.KindInput, Name: "Error", Message: err.Error()}).Caused(err)
		}
		s.js = js
	}
	p := runtime.Passage{State: s.run.Whole(s.current()), Reports: s.reports}
	s.js.Rules(i, next, &p)
	s.reports, s.state, s.work, s.scripted = p.Reports, p.State, nil, true
	s.looked = rulesPerLook // the time that JavaScript took counts
	return next, p.Err
}

// closed is the failure of a rule that would need JavaScript.
func (s *session) closed(i int, exit *runtime.Exit) *runtime.RuleError {
	rule := s.engine.rules[i]
	return &runtime.RuleError{
		Kind: runtime.KindLimit, Rule: rule.Name, Name: "LimitError", Code: "exit", File: rule.File,
		Pos:     source.Pos{Line: exit.Line, Column: exit.Column},
		Message: fmt.Sprintf("the compiled rule exits at %s:%d:%d (%s), and JavaScript may not take over", rule.File, exit.Line, exit.Column, exit.Code),
	}
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
