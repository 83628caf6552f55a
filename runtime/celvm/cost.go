package celvm

import (
	"fmt"
	"math"
	"math/bits"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/cost"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
)

// AssumedSize is how many items the arrays of an input, and how many characters its texts,
// are taken to have at most by [EstimateCost].
const AssumedSize = 1000

// EstimateCost answers CEL's static estimate of what a rule's expressions cost at least and
// at most, in CEL's units: about one for each operation and call, and a tenth for each character
// that a function of texts looks at. Each expression counts once, also those in loops and in branches
// that are not taken, so that min is that of a run through all of the rule.
func EstimateCost(rule *program.Rule) (min, max uint64, err error) {
	base, err := environment()
	if err != nil {
		return 0, 0, err
	}
	var variables []cel.EnvOption
	for _, local := range rule.Locals {
		variables = append(variables, cel.Variable(local, cel.DynType))
	}
	env, err := base.Extend(variables...)
	if err != nil {
		return 0, 0, fmt.Errorf("cost of rule %s: %w", rule.Name, err)
	}
	for i := range rule.Exprs {
		text := rule.Exprs[i].CEL
		checked, issues := env.Compile(text)
		if issues.Err() != nil {
			return 0, 0, fmt.Errorf("cost of rule %s: CEL text %s: %w", rule.Name, text, issues.Err())
		}
		estimate, err := env.EstimateCost(checked, sizes{})
		if err != nil {
			return 0, 0, fmt.Errorf("cost of rule %s: CEL text %s: %w", rule.Name, text, err)
		}
		min, max = sum(min, estimate.Min), sum(max, estimate.Max)
	}
	return min, max, nil
}

// environment checks texts. It is made when a cost is first asked for.
var environment = sync.OnceValues(func() (*cel.Env, error) {
	return cel.NewEnv(cellib.Lib(), cel.Variable("user", cel.DynType), cel.Variable("context", cel.DynType),
		cel.ParserRecursionLimit(maxDepth), cel.ParserExpressionSizeLimit(-1))
})

// sum is x + y, at most the largest number.
func sum(x, y uint64) uint64 {
	total, carry := bits.Add64(x, y, 0)
	if carry != 0 {
		return math.MaxUint64
	}
	return total
}

// sizes tells CEL what it cannot know.
type sizes struct{}

// EstimateSize implements cost.Estimator.
func (sizes) EstimateSize(cost.AstNode) *cost.SizeEstimate {
	return &cost.SizeEstimate{Min: 0, Max: AssumedSize}
}

// constant are the functions whose cost does not grow with their arguments.
var constant = func() map[string]bool {
	made := map[string]bool{}
	for _, name := range strings.Fields(`truthy typeof get has hasOwn isNullish isArray dateNow getTime
		sub mul div mod neg floor ceil round trunc abs sign isNaN isFinite isInteger`) {
		made[name] = true
	}
	return made
}()

// EstimateCallCost implements cost.Estimator.
func (s sizes) EstimateCallCost(function, _ string, _ *cost.AstNode, args []cost.AstNode) *cost.CallEstimate {
	estimate := cost.Estimate{Min: 1, Max: 1}
	var result *cost.SizeEstimate
	switch {
	case strings.HasPrefix(function, "@"):
		if function == cellib.SeqFunc {
			if result = args[0].ComputedSize(); result == nil {
				result = s.EstimateSize(args[0])
			}
		}
	case strings.HasPrefix(function, "_") || strings.HasSuffix(function, "_"):
		return nil // an operator, as CEL has it
	case !constant[function]:
		for _, arg := range args {
			size := arg.ComputedSize()
			if size == nil {
				size = s.EstimateSize(arg)
			}
			estimate.Min = sum(estimate.Min, size.Min/10)
			estimate.Max = sum(estimate.Max, size.Max/10)
		}
		result = &cost.SizeEstimate{Min: 0, Max: AssumedSize}
	}
	return cost.NewCallEstimate(estimate, result)
}
