package runtime

import "context"

// Trial is one login whose rules run one at a time, each on a state that the caller
// chooses: for tools that look at single rules. There are no tokens, no redirect and no outcome,
// and nothing is taken back. One goroutine uses it.
type Trial struct {
	chain   *Chain
	pass    *pass
	passage Passage // here so that a rule's run allocates what the rule does, and nothing else
}

// Try begins a trial. in.User and in.Context do not matter.
//
// # Errors
//
// [ErrClosed], [ErrBusy], and that of the engine when it cannot begin.
func (c *Chain) Try(ctx context.Context, in Input) (*Trial, error) {
	p, err := c.enter()
	if err != nil {
		return nil, err
	}
	c.prepare(ctx, &p.run, &in)
	if err := p.begin(ctx, c.engine); err != nil {
		c.putAway(p)
		return nil, err
	}
	return &Trial{chain: c, pass: p}, nil
}

// Rule runs the rule at an index. The state's objects are changed in place, or the result has
// others.
func (t *Trial) Rule(index int, in State) (Result, RuleReport) {
	p := &t.passage
	*p = Passage{State: in}
	t.pass.session.Rules(index, index+1, p)
	result := Result{State: p.State, Err: p.Err}
	if len(p.Reports) == 0 {
		return result, RuleReport{} // its time was over before it began
	}
	return result, p.Reports[0]
}

// End ends the trial.
func (t *Trial) End() {
	t.pass.end()
	t.chain.putAway(t.pass)
}
