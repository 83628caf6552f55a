package main

import (
	"context"
	"fmt"
	goruntime "runtime"
	"runtime/debug"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// gcPercent makes garbage collections as rare as they are in a service whose heap holds
// more than a login.
const gcPercent = 1000

// How runs are counted.
const (
	batchRuns  = 64                    // runs that are prepared at once
	slowRun    = 20 * time.Microsecond // one that takes as long is prepared and timed by itself
	ruleLogins = 64                    // logins on which rules are measured, at most
	maxStates  = 20_000                // of all rules together
)

// cell is one measurement: a rule, or the pipeline, on an engine.
type cell struct {
	engine  *benchEngine
	rule    int             // its index; pipeline for the pipeline
	starts  []ferrule.Input // what a run begins with, for each login; a rule's are what rules before it left
	problem string          // why there is nothing to measure

	next  int             // of starts
	slow  bool            // see slowRun
	times []time.Duration // of single runs of the pipeline
	means []float64       // of each round, in ns
	runs  int

	allocs, bytes float64
}

const pipeline = -1

// prepared is a run that only needs to be started.
type prepared struct {
	input ferrule.Input
	trial *runtime.Trial // of a rule
}

// measure makes the cells and lets them take turns.
func (b *benchmark) measure(ctx context.Context) ([]*cell, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	cells, err := b.cells(ctx)
	if err != nil {
		return nil, err
	}
	var whole, single int
	for _, c := range cells {
		switch {
		case c.problem != "":
		case c.rule == pipeline:
			whole++
		default:
			single++
		}
	}
	bar := newProgress(b.command, "measurement", (whole+single)*b.flags.rounds)
	defer func() { bar.end(err == nil) }()
	for range b.flags.rounds {
		for _, c := range cells {
			if c.problem != "" {
				continue
			}
			slice := b.flags.duration / time.Duration(2*b.flags.rounds)
			if c.rule == pipeline {
				slice /= time.Duration(whole)
			} else {
				slice /= time.Duration(single)
			}
			if err = c.round(ctx, slice); err != nil {
				return nil, err
			}
			bar.add(1)
		}
	}
	for _, c := range cells {
		if c.problem == "" {
			if err = c.count(ctx); err != nil {
				return nil, err
			}
		}
	}
	return cells, nil
}

// cells are the pipeline and the rules on all engines, each tried once on every login.
func (b *benchmark) cells(ctx context.Context) ([]*cell, error) {
	var cells []*cell
	for _, engine := range b.engines {
		c := &cell{engine: engine, rule: pipeline, problem: engine.problem}
		cells = append(cells, c)
		if engine.pipeline == nil {
			continue
		}
		if err := c.tryPipeline(ctx, b.logins); err != nil {
			return nil, err
		}
	}
	var err error
	if b.reached, err = b.left(ctx); err != nil {
		return nil, err
	}
	for rule := range b.subject.rules {
		for _, engine := range b.engines {
			c := &cell{engine: engine, rule: rule}
			cells = append(cells, c)
			needs := b.subject.rules[rule].needs
			switch {
			case engine.compiledOnly() && needs != "":
				c.problem = "needs JavaScript: " + needs
			case engine.rules == nil:
				c.problem = engine.problem
			default:
				if err := c.tryRule(ctx, b.reached[rule]); err != nil {
					return nil, err
				}
			}
		}
	}
	return cells, nil
}

// tryPipeline runs each login once, and leaves out those that leave a compiled rule with
// nothing behind it.
func (c *cell) tryPipeline(ctx context.Context, logins []ferrule.Input) error {
	for _, login := range logins {
		own := copyLogin(login)
		began := time.Now()
		out, err := c.engine.pipeline.Run(ctx, own)
		c.slow = c.slow || time.Since(began) > slowRun
		if ctx.Err() != nil {
			return errInterrupted
		}
		if err != nil {
			return err
		}
		if c.engine.compiledOnly() && out.Err != nil && out.Err.Kind == ferrule.KindLimit && out.Err.Code == "exit" {
			c.problem = "leaves compiled rules: " + out.Err.Message
			continue
		}
		c.starts = append(c.starts, login)
	}
	if len(c.starts) > 0 {
		c.problem = ""
	}
	return nil
}

// left is what each rule gets, for the logins that reach it.
func (b *benchmark) left(ctx context.Context) ([][]ferrule.Input, error) {
	states := make([][]ferrule.Input, len(b.subject.rules))
	i := slices.IndexFunc(b.engines, func(e *benchEngine) bool { return e.rules != nil })
	if i < 0 {
		return states, nil
	}
	for _, login := range b.logins[:b.ruleLogins()] {
		login = copyLogin(login)
		trial, err := b.engines[i].rules.Try(ctx, login)
		if err != nil {
			return nil, err
		}
		state := runtime.State{User: login.User, Context: login.Context}
		for rule := range states {
			var ok bool
			if login.User, login.Context, ok = objects(state); !ok {
				break // an earlier rule has dropped one of them
			}
			states[rule] = append(states[rule], copyLogin(login))
			result, _ := trial.Rule(rule, state)
			if state = result.State; result.Err != nil {
				break
			}
		}
		trial.End()
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
	}
	return states, nil
}

// ruleLogins is how many logins rules are measured on.
func (b *benchmark) ruleLogins() int {
	return min(len(b.logins), ruleLogins, max(1, maxStates/len(b.subject.rules)))
}

func objects(s runtime.State) (user, login map[string]any, ok bool) {
	user, _ = s.User.(map[string]any)
	login, _ = s.Context.(map[string]any)
	return user, login, user != nil && login != nil
}

// tryRule runs a rule once on each of its states, and leaves out those for which an engine
// without JavaScript has no answer.
func (c *cell) tryRule(ctx context.Context, states []ferrule.Input) error {
	if len(states) == 0 {
		c.problem = "not reached"
		return nil
	}
	for _, state := range states {
		runs, err := c.prepare(ctx, state)
		if err != nil {
			return err
		}
		began := time.Now()
		_, report := runs.trial.Rule(c.rule, runtime.State{User: runs.input.User, Context: runs.input.Context})
		took := time.Since(began)
		runs.trial.End()
		if ctx.Err() != nil {
			return errInterrupted
		}
		if c.engine.compiledOnly() && (report.Exit != nil || report.Engine != c.engine.name) {
			c.problem = "needs JavaScript for these logins"
			if report.Exit != nil {
				c.problem += fmt.Sprintf(": %s at %d:%d", report.Exit.Code, report.Exit.Line, report.Exit.Column)
			}
			continue
		}
		c.slow = c.slow || took > slowRun
		c.starts = append(c.starts, state)
	}
	if len(c.starts) > 0 {
		c.problem = ""
	}
	return nil
}

// copyLogin is a login whose objects nobody else has. The order of keys is left to Go's
// maps, as in a program that decodes logins by itself.
func copyLogin(in ferrule.Input) ferrule.Input {
	var none *jsondoc.Order
	in.User, _ = none.Copy(in.User, nil).(map[string]any)
	in.Context, _ = none.Copy(in.Context, nil).(map[string]any)
	in.Order = nil
	return in
}

// prepare makes a run on a copy.
func (c *cell) prepare(ctx context.Context, start ferrule.Input) (prepared, error) {
	run := prepared{input: copyLogin(start)}
	if c.rule == pipeline {
		return run, nil
	}
	var err error
	run.trial, err = c.engine.rules.Try(ctx, run.input)
	return run, err
}

// batch prepares n runs of the logins in turn.
func (c *cell) batch(ctx context.Context, n int) (runs []prepared, end func(), err error) {
	for range n {
		run, err := c.prepare(ctx, c.starts[c.next%len(c.starts)])
		if err != nil {
			return nil, nil, err
		}
		c.next++
		runs = append(runs, run)
	}
	return runs, func() {
		for _, run := range runs {
			if run.trial != nil {
				run.trial.End()
			}
		}
	}, nil
}

// run starts what is prepared.
func (c *cell) run(ctx context.Context, p *prepared) error {
	if c.rule == pipeline {
		_, err := c.engine.pipeline.Run(ctx, p.input)
		return err
	}
	p.trial.Rule(c.rule, runtime.State{User: p.input.User, Context: p.input.Context})
	return nil
}

// round measures for a while, one batch at the least.
func (c *cell) round(ctx context.Context, slice time.Duration) error {
	var spent time.Duration
	runs, n := 0, batchRuns
	if c.slow {
		n = 1
	}
	for until := time.Now().Add(slice); runs == 0 || time.Now().Before(until); {
		batch, end, err := c.batch(ctx, n)
		if err != nil {
			return err
		}
		began := time.Now()
		for i := range batch {
			start := began
			if c.rule == pipeline {
				start = time.Now()
			}
			if err = c.run(ctx, &batch[i]); err != nil {
				break
			}
			if c.rule == pipeline {
				took := time.Since(start)
				c.times = append(c.times, took)
				spent += took
			}
		}
		if c.rule != pipeline {
			spent += time.Since(began)
		}
		end()
		if ctx.Err() != nil {
			return errInterrupted
		}
		if err != nil {
			return err
		}
		runs += len(batch)
	}
	c.runs += runs
	c.means = append(c.means, float64(spent)/float64(runs))
	return nil
}

// count counts the allocations of a batch, of each login alike.
func (c *cell) count(ctx context.Context) error {
	n := min(len(c.starts), batchRuns)
	if !c.slow {
		n *= batchRuns / n
	}
	batch, end, err := c.batch(ctx, n)
	if err != nil {
		return err
	}
	defer end()
	var before, after goruntime.MemStats
	goruntime.ReadMemStats(&before)
	for i := range batch {
		if err := c.run(ctx, &batch[i]); err != nil {
			return err
		}
	}
	goruntime.ReadMemStats(&after)
	c.allocs = float64(after.Mallocs-before.Mallocs) / float64(n)
	c.bytes = float64(after.TotalAlloc-before.TotalAlloc) / float64(n)
	return nil
}

// mean is the median of the rounds' means, in ns.
func (c *cell) mean() float64 {
	sorted := slices.Sorted(slices.Values(c.means))
	return sorted[len(sorted)/2]
}

// figures are what a budget can name.
var figures = []string{"mean", "p50", "p90", "p99", "max"}

// figure is one of a pipeline's figures, in ns.
func (c *cell) figure(name string) float64 {
	if name == "mean" {
		sum := time.Duration(0)
		for _, t := range c.times {
			sum += t
		}
		return float64(sum) / float64(len(c.times))
	}
	share := map[string]float64{"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1}[name]
	slices.Sort(c.times)
	return float64(c.times[min(int(share*float64(len(c.times))), len(c.times)-1)])
}

// clockCost is what reading the clock twice takes, in ns: the median of many.
func clockCost() float64 {
	var costs []time.Duration
	for range 1001 {
		began := time.Now()
		costs = append(costs, time.Since(began))
	}
	slices.Sort(costs)
	return float64(costs[len(costs)/2])
}
