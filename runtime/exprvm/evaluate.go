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

// evaluator implements steps.Direct.
type evaluator struct {
	rule  *program.Rule
	exprs []compiled
}

// machine is the scratch of a frame.
type machine struct{ vm vm.VM }

// bind makes the functions of a program.
func (c *compiled) bind(x *program.Expr) {
	if c.program == nil {
		return
	}
	program, from := c.program, originOf(x)
	run := func(f *steps.Frame) any {
		f.At = none
		value, err := machineOf(f).Run(program, f)
		if err != nil {
			panic(from.failure(f, err))
		}
		return value
	}
	c.read = run
	if from.test {
		c.test = func(f *steps.Frame) bool { return run(f).(bool) }
	}
}

// origin is where a text comes from.
type origin struct {
	text  string
	test  bool
	at    program.Pos
	marks []program.Mark
}

func originOf(x *program.Expr) *origin { return &origin{x.Expr, x.Test, x.At, x.ExprMarks} }

// none is no place.
var none program.Pos

// ValueOf implements steps.Direct.
func (e *evaluator) ValueOf(expr int) steps.Value { return e.exprs[expr].read }

// TestOf implements steps.Direct.
func (e *evaluator) TestOf(expr int) steps.Test { return e.exprs[expr].test }

// TextOf implements steps.Direct.
func (e *evaluator) TextOf(expr int) (steps.Text, bool) {
	text := e.exprs[expr].text
	return text, text != nil
}

// Constant implements steps.Direct.
func (e *evaluator) Constant(expr int) (any, bool) {
	c := &e.exprs[expr]
	return c.value, c.constant
}

// Literal implements steps.Direct.
func (e *evaluator) Literal(expr int) (*steps.Literal, bool) {
	literal := e.exprs[expr].literal
	return literal, literal != nil
}

// Eval answers an expression's value.
func (e *evaluator) Eval(f *steps.Frame, expr int) (value any, err error) {
	defer e.leave(f, expr, &err)
	f.At = none
	return e.exprs[expr].read(f), nil
}

// Test answers the value of a condition.
func (e *evaluator) Test(f *steps.Frame, expr int) (yes bool, err error) {
	defer e.leave(f, expr, &err)
	f.At = none
	return e.exprs[expr].test(f), nil
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

// leave makes an error of what an expression panicked with.
func (e *evaluator) leave(f *steps.Frame, expr int, err *error) {
	switch r := recover().(type) {
	case nil:
	case error:
		*err = originOf(&e.rule.Exprs[expr]).failure(f, r)
	default:
		*err = fmt.Errorf("internal error: %v", r)
	}
}

// failure finds the exit in an error, and its place. What is no exit is an internal error.
func (o *origin) failure(f *steps.Frame, err error) error {
	var placed *steps.ExitError
	if errors.As(err, &placed) {
		return placed
	}
	var exit *jsvalue.Exit
	if errors.As(err, &exit) {
		at := o.at
		var in *file.Error
		switch {
		case f.At != none:
			at = f.At
		case errors.As(err, &in):
			at = placeOf(o.marks, in.From, at)
		}
		return &steps.ExitError{Code: exit.Code, At: at}
	}
	return &steps.Fault{Err: fmt.Errorf("internal error: %s: %w", o.text, err)}
}

// placeOf is the place in the user's file of an offset in a text.
func placeOf(marks []program.Mark, offset int, otherwise program.Pos) program.Pos {
	i := sort.Search(len(marks), func(i int) bool { return marks[i].Offset > offset })
	if i == 0 {
		return otherwise
	}
	return marks[i-1].At
}
