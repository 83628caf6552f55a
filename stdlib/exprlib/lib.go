package exprlib

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// Bind makes the function that a text calls with that many arguments, the run counted in.
// It is one of
//
//	func() T  func(any) T  func(any, any) T
//
// with T the result of the library's function (bool, float64, string, []any or any; two
// arguments and float64 give any), or func(...any) any for three arguments and more.
// Optional arguments that are left out are undefined. It keeps none of the arguments' slice,
// but for functions that say so.
func Bind(f stdlib.Function, args int) (any, error) {
	least, most := f.Min, f.Max
	if f.Run {
		least++
		if most >= 0 {
			most++
		}
	}
	if args < least || most >= 0 && args > most {
		return nil, fmt.Errorf("internal error: %s called with %d arguments", f.Name, args)
	}
	for _, bind := range [...]func(any, int, bool) any{bound[bool], bound[string], bound[any], bound[float64], bound[[]any]} {
		if fn := bind(f.Impl, args, f.Run); fn != nil {
			return fn, nil
		}
	}
	return nil, fmt.Errorf("internal error: %s is bound to a %T", f.Name, f.Impl)
}

// bound is Bind for functions that answer a T; nil for others.
func bound[T any](impl any, args int, run bool) any {
	if args == 1 {
		if f, ok := impl.(func(any) (T, error)); ok {
			return func(a any) T { return must(f(a)) }
		}
	}
	if args == 2 {
		if f, ok := impl.(func(any, any) (T, error)); ok {
			return pair(func(a, b any) T { return must(f(a, b)) })
		}
	}
	params, f := spread[T](impl)
	if f == nil {
		return nil
	}
	if params < 0 {
		params = args
	}
	// filled puts undefined in the place of what is left out: before the run.
	missing := params - args
	switch {
	case args == 0:
		return func() T { return must(f(undefined(missing)...)) }
	case args == 1 && run:
		return func(a any) T { return must(f(append(undefined(missing), a)...)) }
	case args == 1:
		return func(a any) T { return must(f(append([]any{a}, undefined(missing)...)...)) }
	case args == 2 && run:
		return pair(func(a, b any) T { return must(f(append(append([]any{a}, undefined(missing)...), b)...)) })
	case args == 2:
		if three, ok := impl.(func(any, any, any) (T, error)); ok {
			return pair(func(a, b any) T { return must(three(a, b, jsvalue.Undefined)) })
		}
		return pair(func(a, b any) T { return must(f(append([]any{a, b}, undefined(missing)...)...)) })
	case missing == 0:
		return func(args ...any) any { return must(f(args...)) }
	case run:
		return func(args ...any) any {
			last := len(args) - 1
			return must(f(append(append(append([]any{}, args[:last]...), undefined(missing)...), args[last])...))
		}
	}
	return func(args ...any) any { return must(f(append(append([]any{}, args...), undefined(missing)...)...)) }
}

// pair makes a number any: expr's machine has no type for two arguments and a number.
func pair[T any](f func(a, b any) T) any {
	if number, ok := any(f).(func(a, b any) float64); ok {
		return func(a, b any) any { return jsvalue.Boxed(number(a, b)) }
	}
	return f
}

// spread makes any of the library's functions one of all its arguments. params is -1 when
// it takes any number.
func spread[T any](impl any) (params int, f func(...any) (T, error)) {
	switch impl := impl.(type) {
	case func() (T, error):
		return 0, func(...any) (T, error) { return impl() }
	case func(any) (T, error):
		return 1, func(a ...any) (T, error) { return impl(a[0]) }
	case func(any, any) (T, error):
		return 2, func(a ...any) (T, error) { return impl(a[0], a[1]) }
	case func(any, any, any) (T, error):
		return 3, func(a ...any) (T, error) { return impl(a[0], a[1], a[2]) }
	case func(any, any, any, any) (T, error):
		return 4, func(a ...any) (T, error) { return impl(a[0], a[1], a[2], a[3]) }
	case func(...any) (T, error):
		return -1, impl
	}
	return 0, nil
}

func undefined(n int) []any {
	made := make([]any, n, n+3)
	for i := range made {
		made[i] = jsvalue.Undefined
	}
	return made
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
