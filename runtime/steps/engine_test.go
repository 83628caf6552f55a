package steps_test

import (
	"context"
	"time"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// engineOf is an engine of one rule.
type engineOf func(context.Context, *runtime.Run, runtime.State) steps.End

func (engineOf) Name() string { return "test" }

func (e engineOf) Begin(ctx context.Context, run *runtime.Run) (runtime.Session, error) {
	return &sessionOf{e, ctx, run}, nil
}

type sessionOf struct {
	engine engineOf
	ctx    context.Context
	run    *runtime.Run
}

func (s *sessionOf) Rules(_, _ int, p *runtime.Passage) {
	began := time.Now()
	end := s.engine(s.ctx, s.run, p.State)
	p.Err, p.Reports = end.Err, append(p.Reports, runtime.RuleReport{Exit: end.Exit, Duration: time.Since(began)})
}

func (s *sessionOf) Undo() {}
func (s *sessionOf) End()  { s.run.End() }
