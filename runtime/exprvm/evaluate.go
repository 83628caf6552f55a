package exprvm

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/vm"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// evaluator implements steps.Evaluator.
type evaluator struct {
	rule  *program.Rule
	exprs []compiled
}

// machine is the scratch of a frame.
type machine struct{ vm vm.VM }

// Eval answers an expression's value.
func (e *evaluator) Eval(f *steps.Frame, expr int) (value any, err error) {
	c := &e.exprs[expr]
	if c.value != nil {
		defer e.leave(expr, &err)
		return c.value(f), nil
	}
	value, err = machineOf(f).Run(c.program, f)
	if err != nil {
		return nil, e.failure(expr, err)
	}
	return value, nil
}

// Test answers the value of a condition.
func (e *evaluator) Test(f *steps.Frame, expr int) (yes bool, err error) {
	c := &e.exprs[expr]
	if c.test != nil {
		defer e.leave(expr, &err)
		return c.test(f), nil
	}
	value, err := machineOf(f).Run(c.program, f)
	if err != nil {
		return false, e.failure(expr, err)
	}
	yes, ok := value.(bool)
	if !ok {
		return false, fmt.Errorf("internal error: the condition %s answers a %T", e.rule.Exprs[expr].Expr, value)
	}
	return yes, nil
}

func machineOf(f *steps.Frame) *vm.VM {
	m, ok := f.Scratch.(*machine)
	if !ok {
		// The size of values is the library's business.
		m = &machine{vm.VM{MemoryBudget: math.MaxUint}}
		f.Scratch = m
	}
	return &m.vm
}

// leave makes what a function outside expr's machine panicked with an error.
func (e *evaluator) leave(expr int, err *error) {
	r := recover()
	switch r := r.(type) {
	case nil:
	case error:
		*err = e.failure(expr, r)
	default:
		*err = fmt.Errorf("internal error: %v", r)
	}
}

// failure finds the exit in an error, and its place. What is no exit is an internal error.
func (e *evaluator) failure(expr int, err error) error {
	var placed *steps.ExitError
	if errors.As(err, &placed) {
		return placed
	}
	x := &e.rule.Exprs[expr]
	var exit *jsvalue.Exit
	if errors.As(err, &exit) {
		at := x.At
		var in *file.Error
		if errors.As(err, &in) {
			at = placeOf(x.ExprMarks, in.From, at)
		} else if c := &e.exprs[expr]; c.at.Line != 0 {
			at = c.at
		}
		return &steps.ExitError{Code: exit.Code, At: at}
	}
	return fmt.Errorf("internal error: %s: %w", x.Expr, err)
}

// placeOf is the place in the user's file of an offset in a text.
func placeOf(marks []program.Mark, offset int, otherwise program.Pos) program.Pos {
	i := sort.Search(len(marks), func(i int) bool { return marks[i].Offset > offset })
	if i == 0 {
		return otherwise
	}
	return marks[i-1].At
}
