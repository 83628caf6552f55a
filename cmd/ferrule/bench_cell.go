package main

import (
	"context"
	"fmt"
	goruntime "runtime"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
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
	// batches are what a run took in each batch of a rule, in ns, by login.
	batches [][]float64
	runs    int

	allocs, bytes float64
}

const pipeline = -1

// prepared is a run that only needs to be started.
type prepared struct {
	input ferrule.Input
	trial *runtime.Trial // of a rule
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
	c.batches = make([][]float64, len(c.starts))
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

// batch prepares runs of the logins in turn, or with same of the next one only.
func (c *cell) batch(ctx context.Context, n int, same bool) (runs []prepared, end func(), err error) {
	for i := range n {
		run, err := c.prepare(ctx, c.starts[c.next%len(c.starts)])
		if err != nil {
			return nil, nil, err
		}
		if !same || i == n-1 {
			c.next++
		}
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
	n := batchRuns
	if c.slow {
		n = 1
	}
	for first, until := true, time.Now().Add(slice); first || time.Now().Before(until); first = false {
		login := c.next % len(c.starts)
		batch, end, err := c.batch(ctx, n, c.rule != pipeline)
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
				c.times = append(c.times, time.Since(start))
			}
		}
		if took := time.Since(began); c.rule != pipeline {
			c.batches[login] = append(c.batches[login], float64(took)/float64(n))
		}
		end()
		if ctx.Err() != nil {
			return errInterrupted
		}
		if err != nil {
			return err
		}
		c.runs += n
	}
	return nil
}

// countings is how often allocations are counted. The least counts: what another run has left
// behind allocates, too.
const countings = 3

// count counts the allocations of a batch, of each login alike.
func (c *cell) count(ctx context.Context) error {
	n := min(len(c.starts), batchRuns)
	if !c.slow {
		n *= batchRuns / n
	}
	for i := range countings {
		allocs, bytes, err := c.allocated(ctx, n)
		if err != nil {
			return err
		}
		if i == 0 || allocs < c.allocs {
			c.allocs = allocs
		}
		if i == 0 || bytes < c.bytes {
			c.bytes = bytes
		}
	}
	return nil
}

// allocated is what n runs allocate, each on average.
func (c *cell) allocated(ctx context.Context, n int) (allocs, bytes float64, err error) {
	batch, end, err := c.batch(ctx, n, false)
	if err != nil {
		return 0, 0, err
	}
	defer end()
	var before, after goruntime.MemStats
	goruntime.ReadMemStats(&before)
	for i := range batch {
		if err := c.run(ctx, &batch[i]); err != nil {
			return 0, 0, err
		}
	}
	goruntime.ReadMemStats(&after)
	return float64(after.Mallocs-before.Mallocs) / float64(n), float64(after.TotalAlloc-before.TotalAlloc) / float64(n), nil
}

// mean is what a run of a rule takes, in ns: the mean over the logins of the median of their
// batches.
func (c *cell) mean() float64 {
	sum, logins := 0.0, 0
	for _, batches := range c.batches {
		if len(batches) == 0 {
			continue // there was no time for it
		}
		slices.Sort(batches)
		sum += batches[len(batches)/2]
		logins++
	}
	return sum / float64(max(logins, 1))
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
