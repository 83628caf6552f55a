package runtime

import "context"

// Trial is one login whose rules run one at a time, each on a state that the caller
// chooses: for tools that look at single rules. There are no tokens, no redirect and no outcome,
// and nothing is taken back. One goroutine uses it.
type Trial struct {
	chain   *Chain
	session Session
}

// Try begins a trial. in.User and in.Context do not matter.
//
// # Errors
//
// [ErrClosed], [ErrBusy], and that of the engine when it cannot begin.
func (c *Chain) Try(ctx context.Context, in Input) (*Trial, error) {
	if err := c.tracker.enter(c.options.Limits.Abandoned); err != nil {
		return nil, err
	}
	run := c.newRun(ctx, in)
	session, err := c.engine.Begin(ctx, run)
	if err != nil {
		c.tracker.leave()
		return nil, err
	}
	return &Trial{chain: c, session: session}, nil
}

// Rule runs the rule at an index. The state's objects are changed in place, or the result has
// others.
func (t *Trial) Rule(index int, in State) (Result, RuleReport) {
	result, reports := t.session.Rules(index, index+1, in, nil)
	if len(reports) == 0 {
		return result, RuleReport{} // its time was over before it began
	}
	reports[0].Name = t.chain.rules[index].Name
	return result, reports[0]
}

// End ends the trial.
func (t *Trial) End() {
	t.session.End()
	t.chain.tracker.leave()
}
