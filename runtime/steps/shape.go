package steps

import (
	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// Shape adds what the rule can read of user and context to what others need. It answers false
// when that may be anything.
func (r *Runner) Shape(user, context *jsondoc.Shape) bool {
	if !r.projects {
		return false
	}
	needs, err := program.ReadNeeds(r.needs)
	if err != nil {
		return false
	}
	for _, need := range needs {
		shape := user
		if need.Root == "context" {
			shape = context
		}
		if need.Glance {
			shape.Glance(r.mutates, need.Keys...)
		} else {
			shape.Need(need.Keys...)
		}
	}
	return true
}
