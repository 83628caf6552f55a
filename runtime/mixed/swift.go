package mixed

import (
	"context"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
)

// IsSwift implements runtime.SwiftEngine.
func (e *Engine) IsSwift() bool { return e.own.swift }

// Swift implements runtime.Swift: all rules in one loop, with the pipeline's own configuration. A
// rule that exits undoes everything: nothing has left the run, and sessions run it again.
func (s *session) Swift(ctx context.Context, p *runtime.Passage) bool {
	plan := s.engine.own
	s.begun = true
	s.first.Begin(p.State)
	if plan.moves {
		s.run.KeepLogin(p.State.Context)
	}
	index, last := plan.index, len(plan.runners)
	look := index != nil
	for i := 0; i < last; i++ {
		if look {
			s.work = &s.first
			s.look(index)
			look = false
		}
		if index != nil {
			if i = s.idle.next(i, last); i >= last {
				break
			}
		}
		if i > 0 {
			if ctx.Err() != nil {
				return true // which says it all
			}
			if i%rulesPerLook == 0 && !time.Now().Before(s.run.Until()) {
				p.Err, p.Reports = runtime.TookTooLong(s.engine.rules[i].Name, s.run.Limits), plan.reports[:i:i]
				return true
			}
		}
		end := plan.runners[i].Run(ctx, s.run, &s.first, time.Time{})
		if end.Exit != nil {
			s.first.Undo()
			return false
		}
		if end.Err != nil {
			p.Err, p.Reports = end.Err, plan.reports[:i+1:i+1]
			return true
		}
		look = index != nil && index.again[i]
	}
	p.Kept, p.Reports = plan.kept, plan.reports[:last:last]
	s.first.Leave(p)
	return true
}
