package mixed

import (
	"context"
	"maps"
	"sync"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Rule is one rule of a pipeline.
type Rule struct {
	Name   string
	File   string        // the user's file
	Runner *steps.Runner // nil: the rule runs in JavaScript
}

// Options are what an engine is made of beside its rules.
type Options struct {
	// Name is the engine's, and that of the rules it ran itself: expr or cel.
	Name string
	// JavaScript runs the same rules by the same numbers; nil: nothing else may run them.
	JavaScript runtime.Engine
	// Configuration is what the rules were compiled with. A run with another one gets
	// its runners from Specialize, which answers one for each rule (nil: none); without it, or
	// when it answers false, all rules run in JavaScript. It may be called from many
	// goroutines, once for each configuration that is still remembered.
	Configuration map[string]string
	Specialize    func(configuration map[string]string) ([]*steps.Runner, bool)
	// Without are the fast paths that are turned off.
	Without runtime.FastPaths
}

// Engine runs compiled rules and hands over to JavaScript. It is immutable but for what it
// remembers of configurations, and safe for concurrent use.
type Engine struct {
	options Options
	rules   []Rule
	own     *plan // with the configuration of the options
	none    func() *plan
	others  specialized
}

// New makes the engine of a pipeline's rules, in the order in which they run. Who owns their
// runners may trim them afterwards.
func New(rules []Rule, options Options) *Engine {
	e := &Engine{options: options, rules: rules}
	e.none = sync.OnceValue(func() *plan { return e.plan(make([]*steps.Runner, len(rules))) }) // all rules run in JavaScript
	runners := make([]*steps.Runner, len(rules))
	for i, rule := range rules {
		runners[i] = rule.Runner
	}
	e.own = e.plan(runners)
	return e
}

// Name is that of the options.
func (e *Engine) Name() string { return e.options.Name }

// Begin makes the session of one run.
func (e *Engine) Begin(ctx context.Context, run *runtime.Run) (runtime.Session, error) {
	s := &session{engine: e, run: run}
	s.Again(ctx)
	return s, nil
}

// planFor is the plan for a configuration.
func (e *Engine) planFor(configuration map[string]string) *plan {
	own := e.options.Configuration
	if jsvalue.Identity(own) == jsvalue.Identity(configuration) || maps.Equal(own, configuration) {
		return e.own
	}
	if e.options.Specialize == nil {
		return e.none()
	}
	return e.others.get(configuration, func(configuration map[string]string) *plan {
		runners, ok := e.options.Specialize(configuration)
		if !ok || len(runners) != len(e.rules) {
			return e.none()
		}
		return e.plan(runners)
	})
}
