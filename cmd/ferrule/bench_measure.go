package main

import (
	"context"
	"runtime/debug"
	"slices"
	"time"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
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
