package mixed

import (
	"sync"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/steps"
)

// plan is how the rules run with one configuration, and what is known of that beforehand. It
// is immutable.
type plan struct {
	runners []*steps.Runner // nil: the rule runs in JavaScript
	// reports are what there is to say of each rule when no compiled one exits. Outcomes share
	// it: its parts are handed out without capacity.
	reports []runtime.RuleReport
	// moves says that a compiled rule may change what the pipeline itself reads of the login.
	moves bool
	// kept are the token objects that no rule can write; none where a rule runs in JavaScript.
	kept runtime.KeptTokens
	// swift says that all rules are compiled, and none waits, drops an object or can redirect.
	swift bool
	drops []bool // by rule: it may drop user or context
	index *index // nil: none

	once   sync.Once
	shapes *runtime.Shapes // see Engine.Shapes
}

func (e *Engine) plan(runners []*steps.Runner) *plan {
	p := &plan{runners: runners, drops: make([]bool, len(runners)), reports: make([]runtime.RuleReport, len(runners))}
	if !e.options.Without.Has(runtime.GuardIndex) {
		p.index = indexOf(runners)
	}
	p.kept = runtime.KeptIDToken | runtime.KeptAccessToken
	redirects := false
	for i, runner := range runners {
		p.reports[i] = runtime.RuleReport{Name: e.rules[i].Name, Engine: e.Name()}
		if runner == nil {
			p.kept = 0
			continue
		}
		effects := runner.Effects()
		p.drops[i] = effects.Drops("user") || effects.Drops("context")
		for _, property := range runtime.LoginProperties {
			p.moves = p.moves || effects.MayChange("context", property)
		}
		if effects.MayChange("context", "idToken") {
			p.kept &^= runtime.KeptIDToken
		}
		if effects.MayChange("context", "accessToken") {
			p.kept &^= runtime.KeptAccessToken
		}
		redirects = redirects || effects.MayChange("context", "redirect")
	}
	p.swift = !redirects
	for i, runner := range runners {
		p.swift = p.swift && runner != nil && !p.drops[i] && !runner.Waits()
	}
	return p
}
