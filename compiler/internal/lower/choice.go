package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// choiceTruth is a choice as a condition.
func (l *lowerer) choiceTruth(at placed, c *choiceValue) ir.Expr {
	side := func(v value) ir.Expr {
		switch v := v.(type) {
		case ir.Expr:
			return v
		case *choiceValue:
			return l.choiceTruth(at, v)
		}
		return constant(at, true)
	}
	return &ir.Cond{At: at.Span(), If: c.cond, Then: side(c.then), Else: side(c.otherwise)}
}

// choice makes a choice of values that are not both data, with the steps that each of them
// takes; nil where one of them cannot be followed.
func (l *lowerer) choice(at ast.Expr, cond ir.Expr, then, otherwise value, thenSteps, elseSteps []ir.Step) value {
	for _, v := range []value{then, otherwise} {
		switch v := v.(type) {
		case *errorValue, *functionValue, *choiceValue, *callbackValue, *partialValue, *namespace:
		case ir.Expr:
			if !isStable(v) {
				return nil
			}
		default:
			return nil
		}
	}
	made := &choiceValue{cond: l.keep(at, "choice", cond), then: then, otherwise: otherwise}
	if len(thenSteps) > 0 || len(elseSteps) > 0 {
		l.emit(&ir.If{At: at.Span(), Cond: made.cond, Then: thenSteps, Else: elseSteps})
	}
	return made
}

// conditional lowers ?:. Branches that do something become an If.
func (l *lowerer) conditional(e *ast.Conditional) value {
	cond := l.condition(e.Test)
	if known, value := truth(cond); known {
		if value {
			return l.value(e.Then)
		}
		return l.value(e.Else)
	}
	var then, otherwise value
	thenSteps, _ := l.inside(func() { then = l.value(e.Then) })
	elseSteps, _ := l.inside(func() { otherwise = l.value(e.Else) })
	a, isData := then.(ir.Expr)
	b, also := otherwise.(ir.Expr)
	if len(thenSteps) == 0 && len(elseSteps) == 0 && isData && also {
		return &ir.Cond{At: e.At, If: cond, Then: a, Else: b}
	}
	if made := l.choice(e, cond, then, otherwise, thenSteps, elseSteps); made != nil {
		return made
	}
	result := l.local("value")
	l.fresh[result] = false
	branch := func(at ast.Expr, v value, steps []ir.Step) func() {
		return func() {
			for _, s := range steps {
				l.emit(s)
				if _, isExit := s.(*ir.Exit); isExit {
					l.reachable = false
				}
			}
			l.let(at, result, l.data(at, v))
		}
	}
	l.choose(e, cond, branch(e.Then, then, thenSteps), branch(e.Else, otherwise, elseSteps))
	return &ir.Local{At: e.At, Name: result}
}
