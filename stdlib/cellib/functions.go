package cellib

import (
	"fmt"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Func is a function of the library over the values of a lowered program. Optional arguments
// that a call leaves out must be given as undefined: [Fill].
type Func func(args []any) (any, error)

// Bind answers a function of the registry as a Func. It panics for an Impl of a type that the
// registry does not describe.
func Bind(f stdlib.Function) Func {
	for _, bind := range []func(any) Func{of[bool], of[float64], of[string], of[[]any], of[any]} {
		if made := bind(f.Impl); made != nil {
			return made
		}
	}
	panic(fmt.Sprintf("internal error: function %s is a %T", f.Name, f.Impl))
}

// of binds functions whose answer is a T; nil for another.
func of[T any](impl any) Func {
	switch f := impl.(type) {
	case func() (T, error):
		return func([]any) (any, error) { return answer(f()) }
	case func(a any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0])) }
	case func(a, b any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1])) }
	case func(a, b, c any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2])) }
	case func(a, b, c, d any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2], a[3])) }
	case func(a, b, c, d, e any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2], a[3], a[4])) }
	case func(a, b, c, d, e, f any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2], a[3], a[4], a[5])) }
	case func(a, b, c, d, e, f, g any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2], a[3], a[4], a[5], a[6])) }
	case func(a, b, c, d, e, f, g, h any) (T, error):
		return func(a []any) (any, error) { return answer(f(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])) }
	case func(args ...any) (T, error):
		return func(a []any) (any, error) { return answer(f(a...)) }
	}
	return nil
}

func answer[T any](value T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return value, nil
}

// Fill answers a function's arguments from those that a call gives: what it leaves out is
// undefined, and run stays the last.
func Fill(f stdlib.Function, given []any) []any {
	if f.Max < 0 {
		return given
	}
	want := f.Max
	rest := given
	var run []any
	if f.Run {
		want++
		rest, run = given[:len(given)-1], given[len(given)-1:]
	}
	if len(given) == want {
		return given
	}
	filled := make([]any, 0, want)
	filled = append(filled, rest...)
	for len(filled) < f.Max {
		filled = append(filled, jsvalue.Undefined)
	}
	return append(filled, run...)
}

// operation is a function of the library as CEL calls it.
func operation(f stdlib.Function) func(args ...ref.Val) ref.Val {
	call := Bind(f)
	return func(args ...ref.Val) ref.Val {
		given := make([]any, len(args))
		for i, arg := range args {
			native, err := Native(arg)
			if err != nil {
				return types.WrapErr(err)
			}
			given[i] = native
		}
		value, err := call(Fill(f, given))
		if err != nil {
			return types.WrapErr(err)
		}
		return Value(value)
	}
}

// none is the accumulator of find before anything was found; it is no value of a program.
var none ref.Val = opaque{&struct{ byte }{}}

// None is the value of [NoneFunc].
func None() ref.Val { return none }

// Seq implements [SeqFunc].
func Seq(x ref.Val) ref.Val {
	switch x := x.(type) {
	case array, *list, *types.Err:
		return x
	case traits.Lister:
		native, err := Native(x)
		if err != nil {
			return types.WrapErr(err)
		}
		return Value(native)
	}
	return types.WrapErr(jsvalue.ExitType)
}

// Found implements [FoundFunc].
func Found(accu ref.Val) ref.Val {
	if accu == none {
		return Undefined
	}
	return accu
}

// New implements [NewFunc].
func New() ref.Val { return &collector{} }

// Push implements [PushFunc].
func Push(accu ref.Val, x any) ref.Val {
	c := accu.(*collector)
	c.items = append(c.items, x)
	return c
}

// Fills implements [FillsFunc].
func Fills(accu ref.Val) ref.Val {
	_, ok := accu.(*collector)
	return types.Bool(ok)
}

// Array implements [ArrayFunc].
func Array(accu ref.Val) ref.Val {
	c, ok := accu.(*collector)
	if !ok {
		return accu
	}
	if c.items == nil {
		return array{}
	}
	return array(c.items)
}
