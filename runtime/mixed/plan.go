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
	for i, runner := range runners {
		p.reports[i] = runtime.RuleReport{Name: e.rules[i].Name, Engine: e.Name()}
		if runner == nil {
			continue
		}
		effects := runner.Effects()
		p.drops[i] = effects.Drops("user") || effects.Drops("context")
		for _, property := range runtime.LoginProperties {
			p.moves = p.moves || effects.MayChange("context", property)
		}
	}
	return p
}
