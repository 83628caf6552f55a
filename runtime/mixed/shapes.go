package mixed

import (
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// Shapes says what the rules can read of a login. JavaScript may read anything, and so may a rule
// that does not say.
func (e *Engine) Shapes(configuration map[string]string) *runtime.Shapes {
	p := e.planFor(configuration)
	p.once.Do(func() { p.shapes = p.shapesOf() })
	return p.shapes
}

func (p *plan) shapesOf() *runtime.Shapes {
	made := &runtime.Shapes{User: &jsondoc.Shape{}, Context: &jsondoc.Shape{}}
	for _, runner := range p.runners {
		if runner == nil || !runner.Shape(made.User, made.Context) {
			return nil
		}
	}
	for _, property := range runtime.FinalNames {
		made.Context.Glance(false, property)
	}
	if made.User.Whole() || made.Context.Whole() {
		return nil
	}
	return made
}
