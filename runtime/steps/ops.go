package steps

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// op is a step made ready to run: a function that holds what is known of the step before.
type op func(*frame) signal

// signal says how operations ended. What stands behind one that does not answer through does
// not run.
type signal uint8

const (
	through  signal = iota // to their end
	leaving                // behind the block or loop frame.label
	nextTurn               // with the next turn of the loop frame.label
	returned               // the rule's steps are over
	failed                 // frame.err says why
)

// do runs operations one after another.
func (f *frame) do(list []op) signal {
	for _, o := range list {
		if s := o(f); s != through {
			return s
		}
	}
	return through
}

// ended is how a step ends whose work answered err: an exit has its place from at.
func (f *frame) ended(err error, at program.Pos) signal {
	if err == nil {
		return through
	}
	f.err = exitAt(err, at)
	return failed
}

// compiler makes the operations of a rule.
type compiler struct {
	runner *Runner
	direct Direct // the evaluator, when it is one
}

func (c *compiler) list(steps []program.Step) []op {
	if len(steps) == 0 {
		return nil
	}
	ops := make([]op, len(steps))
	for i, step := range steps {
		ops[i] = c.step(step)
	}
	return ops
}

func (c *compiler) step(step program.Step) op {
	switch s := step.(type) {
	case *program.If:
		return c.choose(s)
	case *program.Let:
		return c.let(s)
	case *program.Set:
		return c.set(s)
	case *program.Default:
		return c.setDefault(s)
	case *program.Done:
		return c.done(s)
	case *program.Deny:
		return c.deny(s)
	case *program.Return:
		return func(*frame) signal { return returned }
	case *program.Exit:
		exit, at := &ExitError{s.Code, s.At}, s.At
		return func(f *frame) signal { return f.ended(exit, at) }
	case *program.Eval:
		value := c.value(s.X, s.At)
		return func(f *frame) signal {
			value(&f.Frame)
			return through
		}
	case *program.Block:
		body, label := c.list(s.Body), s.Label
		return func(f *frame) signal {
			sig := f.do(body)
			if sig == leaving && f.label == label {
				sig = through
			}
			return sig
		}
	case *program.Leave:
		return func(f *frame) signal {
			f.label = s.Label
			return leaving
		}
	case *program.Next:
		return func(f *frame) signal {
			f.label = s.Label
			return nextTurn
		}
	default:
		return c.numbered(step)
	}
}

// numbered makes the operation of a step that computes its expressions by their numbers.
func (c *compiler) numbered(step program.Step) op {
	c.runner.numbers = true
	switch s := step.(type) {
	case *program.Delete:
		return func(f *frame) signal { return f.ended(f.remove(s), s.At) }
	case *program.Mutate:
		if s.Method == "push" && s.Result == program.None && len(s.Args) == 1 && !s.Args[0].Spread {
			return c.push(s)
		}
		return func(f *frame) signal { return f.ended(f.mutate(s), s.At) }
	case *program.AddUnless:
		return func(f *frame) signal { return f.ended(f.addUnless(s), s.At) }
	case *program.Fail:
		return func(f *frame) signal { return f.ended(f.fail(s), s.At) }
	case *program.Log:
		return func(f *frame) signal { return f.ended(f.log(s), s.At) }
	case *program.Persist:
		c.runner.waits = true
		then := c.list(s.Then)
		return func(f *frame) signal { return f.ended(f.persist(s, then), s.At) }
	case *program.For:
		body := c.list(s.Body)
		return func(f *frame) signal { return f.loop(f.forItems(s, body)) }
	case *program.ForKeys:
		body := c.list(s.Body)
		return func(f *frame) signal { return f.loop(f.forKeys(s, body)) }
	case *program.Count:
		body := c.list(s.Body)
		return func(f *frame) signal { return f.loop(f.count(s, body)) }
	default:
		panic(fmt.Sprintf("internal error: a step of type %T", step))
	}
}

// loop is how a loop ends: by a signal, or an error with its place.
func (f *frame) loop(sig signal, err error) signal {
	if err != nil {
		f.err = err
		return failed
	}
	return sig
}

func (c *compiler) choose(s *program.If) op {
	test, then, otherwise := c.test(s.Cond, s.At), c.list(s.Then), c.list(s.Else)
	return func(f *frame) signal {
		if test(&f.Frame) {
			return f.do(then)
		}
		return f.do(otherwise)
	}
}

func (c *compiler) let(s *program.Let) op {
	value, local := c.stored(s.Value, s.At), s.Local
	if local == program.None {
		return func(f *frame) signal {
			value(&f.Frame)
			return through
		}
	}
	return func(f *frame) signal {
		f.Locals[local] = value(&f.Frame)
		return through
	}
}

// value is the function of an expression. It panics where the rule has to leave.
func (c *compiler) value(expr int, at program.Pos) Value {
	value := c.bare(expr, at)
	if !c.runner.exprs[expr].clock {
		return value
	}
	return func(f *Frame) any {
		f.tick()
		return value(f)
	}
}

func (c *compiler) bare(expr int, at program.Pos) Value {
	if value := c.runner.exprs[expr].value; value != nil {
		return value
	}
	eval, place := c.runner.eval, c.placeOf(expr, at)
	return func(f *Frame) any {
		value, err := eval.Eval(f, expr)
		if exit, ok := value.(*jsvalue.Exit); ok && err == nil {
			err = exit
		}
		if err != nil {
			leave(err, place)
		}
		return value
	}
}

// leave panics with an evaluator's error.
func leave(err error, at program.Pos) {
	switch err := exitAt(err, at).(type) {
	case *ExitError:
		panic(err)
	default:
		panic(&Fault{err})
	}
}

// test is the function of a condition.
func (c *compiler) test(expr int, at program.Pos) Test {
	if !c.runner.exprs[expr].isTest {
		value, place := c.value(expr, at), c.placeOf(expr, at)
		return func(f *Frame) bool {
			yes, err := jsvalue.ToBoolean(value(f))
			if err != nil {
				leave(err, place)
			}
			return yes
		}
	}
	test := c.bareTest(expr, at)
	if !c.runner.exprs[expr].clock {
		return test
	}
	return func(f *Frame) bool {
		f.tick()
		return test(f)
	}
}

func (c *compiler) bareTest(expr int, at program.Pos) Test {
	if test := c.runner.exprs[expr].test; test != nil {
		return test
	}
	eval, place := c.runner.eval, c.placeOf(expr, at)
	return func(f *Frame) bool {
		yes, err := eval.Test(f, expr)
		if err != nil {
			leave(err, place)
		}
		return yes
	}
}

func (c *compiler) placeOf(expr int, at program.Pos) program.Pos {
	if own := c.runner.exprs[expr].at; own != (program.Pos{}) {
		return own
	}
	return at
}

// constant is the value of an expression that is one.
func (c *compiler) constant(expr int) (any, bool) {
	if c.direct == nil {
		return nil, false
	}
	return c.direct.Constant(expr)
}

// stored is the function of an expression whose value is bound to a variable or stored.
func (c *compiler) stored(expr int, at program.Pos) Value {
	value, place := c.value(expr, at), c.placeOf(expr, at)
	if _, ok := c.constant(expr); ok {
		return value
	}
	fresh, mutates, copies := c.runner.exprs[expr].fresh, c.runner.mutates, c.runner.exprs[expr].copies
	return func(f *Frame) any {
		value := value(f)
		switch v := value.(type) {
		case bool, nil, float64:
			return value
		case string:
			if readable(v) {
				return value
			}
		}
		value, err := keepable(value, fresh, mutates, copies)
		if err != nil {
			leave(err, place)
		}
		return value
	}
}
