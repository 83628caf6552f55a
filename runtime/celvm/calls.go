package celvm

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/cellib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// newCall plans a call of the library.
func newCall(id at, f stdlib.Function, args []node) (interpreter.InterpretableV2, error) {
	given := len(args)
	if f.Run {
		given--
	}
	if given < f.Min || f.Max >= 0 && given > f.Max {
		return nil, fmt.Errorf("%s with %d arguments", f.Name, given)
	}
	args = fill(f, args)
	if f.Name == "regexp" {
		return constantCall(id, f, args)
	}
	switch impl := f.Impl.(type) {
	case func(any) (bool, error):
		return &unary[bool]{id, impl, args[0]}, nil
	case func(any) (string, error):
		return &unary[string]{id, impl, args[0]}, nil
	case func(any) (float64, error):
		return &unary[float64]{id, impl, args[0]}, nil
	case func(any) (any, error):
		return &unary[any]{id, impl, args[0]}, nil
	case func(a, b any) (bool, error):
		return &pair[bool]{id, impl, args[0], args[1]}, nil
	case func(a, b any) (any, error):
		return &pair[any]{id, impl, args[0], args[1]}, nil
	case func(a, b any) (float64, error):
		return &pair[float64]{id, impl, args[0], args[1]}, nil
	case func(a, b any) (string, error):
		return &pair[string]{id, impl, args[0], args[1]}, nil
	case func(a, b, c any) (bool, error):
		return &triple[bool]{id, impl, args[0], args[1], args[2]}, nil
	case func(a, b, c any) (any, error):
		return &triple[any]{id, impl, args[0], args[1], args[2]}, nil
	case func(a, b, c any) (float64, error):
		return &triple[float64]{id, impl, args[0], args[1], args[2]}, nil
	}
	return &many{id, cellib.Bind(f), args}, nil
}

// fill adds undefined for the optional arguments that a call leaves out.
func fill(f stdlib.Function, args []node) []node {
	if f.Max < 0 {
		return args
	}
	var run []node
	if f.Run {
		args, run = args[:len(args)-1], args[len(args)-1:]
	}
	filled := append(make([]node, 0, f.Max+1), args...)
	for len(filled) < f.Max {
		filled = append(filled, &constNode{value: cellib.Undefined, native: jsvalue.Undefined})
	}
	return append(filled, run...)
}

// constantCall computes a call now: regular expressions are made once.
func constantCall(id at, f stdlib.Function, args []node) (interpreter.InterpretableV2, error) {
	values := make([]any, len(args))
	for i, arg := range args {
		c, ok := arg.(*constNode)
		if !ok {
			return nil, fmt.Errorf("%s of something that is not constant", f.Name)
		}
		values[i] = c.native
	}
	made, err := cellib.Bind(f)(values)
	if err != nil {
		return &exitNode{id, err}, nil
	}
	return &constNode{at: id, value: cellib.Value(made), native: made}, nil
}

// exitNode always exits.
type exitNode struct {
	at
	err error
}

func (n *exitNode) load(*interpreter.ExecutionFrame) any       { return fault(n.ID(), n.err) }
func (n *exitNode) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// unary is a call with one argument.
type unary[T any] struct {
	at
	call func(any) (T, error)
	a    node
}

func (n *unary[T]) load(f *interpreter.ExecutionFrame) any {
	a := n.a.load(f)
	if err, ok := a.(*types.Err); ok {
		return err
	}
	result, err := n.call(a)
	if err != nil {
		return fault(n.ID(), err)
	}
	return result
}
func (n *unary[T]) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// pair is a call with two arguments.
type pair[T any] struct {
	at
	call func(a, b any) (T, error)
	a, b node
}

func (n *pair[T]) load(f *interpreter.ExecutionFrame) any {
	a := n.a.load(f)
	if err, ok := a.(*types.Err); ok {
		return err
	}
	b := n.b.load(f)
	if err, ok := b.(*types.Err); ok {
		return err
	}
	result, err := n.call(a, b)
	if err != nil {
		return fault(n.ID(), err)
	}
	return result
}
func (n *pair[T]) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// triple is a call with three arguments.
type triple[T any] struct {
	at
	call    func(a, b, c any) (T, error)
	a, b, c node
}

func (n *triple[T]) load(f *interpreter.ExecutionFrame) any {
	a := n.a.load(f)
	if err, ok := a.(*types.Err); ok {
		return err
	}
	b := n.b.load(f)
	if err, ok := b.(*types.Err); ok {
		return err
	}
	c := n.c.load(f)
	if err, ok := c.(*types.Err); ok {
		return err
	}
	result, err := n.call(a, b, c)
	if err != nil {
		return fault(n.ID(), err)
	}
	return result
}
func (n *triple[T]) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }

// many is a call with any number of arguments.
type many struct {
	at
	call cellib.Func
	args []node
}

func (n *many) load(f *interpreter.ExecutionFrame) any {
	values, fail := loadAll(f, n.args)
	if fail != nil {
		return fail
	}
	result, err := n.call(values)
	if err != nil {
		return fault(n.ID(), err)
	}
	return result
}
func (n *many) Exec(f *interpreter.ExecutionFrame) ref.Val { return value(n.at, n.load(f)) }
