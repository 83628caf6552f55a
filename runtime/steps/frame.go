package steps

import (
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Evaluator computes the expressions of one rule. It is immutable and safe for concurrent
// use; what it needs for one run it keeps in Frame.Scratch.
//
// An error is a *jsvalue.Exit, or a *ExitError that says where, or an internal error.
type Evaluator interface {
	// Eval answers an expression's value. It may be a new []any, which nothing else
	// refers to, where the expression's Fresh says so.
	Eval(f *Frame, expr int) (any, error)
	// Test answers the value of an expression with Test set.
	Test(f *Frame, expr int) (bool, error)
}

// Direct is an Evaluator that hands out its expressions as Go functions: what runs a rule then
// calls them without a way round. They answer no *jsvalue.Exit; where Eval and Test
// answer an error they panic with it, or with a *jsvalue.Exit whose place is Frame.At, or with
// a *Fault.
type Direct interface {
	Evaluator
	ValueOf(expr int) Value
	TestOf(expr int) Test // of an expression with Test set
	// TextOf answers the function of an expression whose value is always a text.
	TextOf(expr int) (text Text, ok bool)
	// Constant answers the value of an expression that is one: a string, number, boolean,
	// null or undefined.
	Constant(expr int) (value any, ok bool)
	// Literal answers what an expression consists of that is an array, or an object with fixed
	// names.
	Literal(expr int) (object *Literal, ok bool)
}

// Literal is an array, or an object with fixed names: all different, none that a prototype
// answers to. It is immutable.
type Literal struct {
	Keys   []string // of an object, as they were written
	Values []Value
	List   bool // it is an array
}

// Value computes an expression, Test a condition, Text one whose value is a text. See [Direct]
// for how they leave.
type (
	Value func(*Frame) any
	Test  func(*Frame) bool
	Text  func(*Frame) string
)

// ExitError is an exit at a place of the user's file.
type ExitError struct {
	Code string
	At   program.Pos
}

func (e *ExitError) Error() string { return "exit: " + e.Code }

// Fault is an evaluator's error that is no exit: a fault of ours.
type Fault struct{ Err error }

func (e *Fault) Error() string { return e.Err.Error() }

func (e *Fault) Unwrap() error { return e.Err }

// MaxSlots is how many variables of a text a frame has room for.
const MaxSlots = 8

// Frame is a rule's run: its variables and what expressions can read. It is used by one
// goroutine at a time, and used again for other rules and later runs.
type Frame struct {
	Paths   []program.Path // of the rule; none where the evaluator is a Direct
	User    any            // map[string]any, or nil when an earlier rule dropped it
	Context any
	Locals  []any // by index of Rule.Locals
	Run     jsvalue.Run
	Scratch any // the evaluator's own; stays with the frame
	// Share makes an input array that was met at a property of parent one that is shared by
	// reference, and puts it there. Nil when the rule changes no arrays.
	Share func(parent any, key string, list []any) *jsvalue.List
	// Slots are for the variables of texts, as a Direct likes.
	Slots [MaxSlots]any
	// Args are the arguments of calls under way, one behind the other.
	Args []any
	// Date is the date of a call under way, which nothing keeps.
	Date jsvalue.Date
	// At is the place of what is computed, as far as functions of a Direct say it.
	At program.Pos

	tick func() // reads the run's clock; nil outside of a run
}
