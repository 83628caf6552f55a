package exprvm

import (
	"math"
	"time"

	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// partOfNow is getDay(newDate(run), run) and its like: a date that only its getter sees stands in the
// frame.
func partOfNow(at file.Location, getter func(any, any) any, place program.Pos) term {
	return readTerm(at, func(f *steps.Frame) any {
		f.Date.Time = math.Floor(f.Run.Now)
		if f.Date.Zone = f.Run.Zone; f.Date.Zone == nil {
			f.Date.Zone = time.UTC
		}
		f.At = place
		return getter(&f.Date, &f.Run)
	})
}

// call is a function of the library.
func call(at file.Location, function any, args []term, place program.Pos) term {
	for i := range args {
		if !args[i].native() {
			return term{}
		}
	}
	switch fn := function.(type) {
	case func() bool:
		return testTerm(at, func(f *steps.Frame) bool { f.At = place; return fn() })
	case func() any:
		return readTerm(at, func(f *steps.Frame) any { f.At = place; return fn() })
	case func() string:
		return readTerm(at, func(f *steps.Frame) any { f.At = place; return fn() })
	case func() float64:
		return readTerm(at, func(f *steps.Frame) any { f.At = place; return fn() })
	case func(...any) any:
		return callMany(at, fn, args, place)
	}
	switch len(args) {
	case 1:
		return callOne(at, function, args[0].reader(), place)
	case 2:
		return callTwo(at, function, &args[0], &args[1], place)
	}
	return term{}
}

func callOne(at file.Location, function any, x steps.Value, place program.Pos) term {
	switch fn := function.(type) {
	case func(any) bool:
		return testTerm(at, func(f *steps.Frame) bool { v := x(f); f.At = place; return fn(v) })
	case func(any) any:
		return readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return fn(v) })
	case func(any) float64:
		return readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return jsvalue.Boxed(fn(v)) })
	case func(any) []any:
		return readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return fn(v) })
	case func(any) string:
		t := readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return fn(v) })
		t.text = func(f *steps.Frame) string { v := x(f); f.At = place; return fn(v) }
		return t
	}
	return term{}
}

func callTwo(at file.Location, function any, a, b *term, place program.Pos) term {
	x, y := a.reader(), b.reader()
	if b.kind == constant {
		value := b.value
		switch fn := function.(type) {
		case func(any, any) bool:
			return testTerm(at, func(f *steps.Frame) bool { v := x(f); f.At = place; return fn(v, value) })
		case func(any, any) any:
			return readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return fn(v, value) })
		}
	}
	switch fn := function.(type) {
	case func(any, any) bool:
		return testTerm(at, func(f *steps.Frame) bool { v, w := x(f), y(f); f.At = place; return fn(v, w) })
	case func(any, any) any:
		return readTerm(at, func(f *steps.Frame) any { v, w := x(f), y(f); f.At = place; return fn(v, w) })
	case func(any, any) string:
		t := readTerm(at, func(f *steps.Frame) any { v, w := x(f), y(f); f.At = place; return fn(v, w) })
		t.text = func(f *steps.Frame) string { v, w := x(f), y(f); f.At = place; return fn(v, w) }
		return t
	case func(any, any) []any:
		return readTerm(at, func(f *steps.Frame) any { v, w := x(f), y(f); f.At = place; return fn(v, w) })
	}
	return term{}
}

// callMany puts the arguments behind those of the calls around. Functions of the library keep no
// slice of their arguments, but for those that construct, which do not come here.
func callMany(at file.Location, fn func(...any) any, args []term, place program.Pos) term {
	readers := readersOf(args)
	return readTerm(at, func(f *steps.Frame) any {
		base := len(f.Args)
		for _, read := range readers {
			value := read(f)
			f.Args = append(f.Args, value)
		}
		f.At = place
		value := fn(f.Args[base:]...)
		f.Args = f.Args[:base]
		return value
	})
}

// callThree is call for functions of the library with three parameters.
func callThree(at file.Location, f stdlib.Function, args []term, place program.Pos) term {
	if len(args) != 3 || !args[0].native() || !args[1].native() || !args[2].native() {
		return term{}
	}
	x, y, z := args[0].reader(), args[1].reader(), args[2].reader()
	switch fn := f.Impl.(type) {
	case func(any, any, any) (bool, error):
		return testTerm(at, func(f *steps.Frame) bool { a, b, c := x(f), y(f), z(f); f.At = place; return must(fn(a, b, c)) })
	case func(any, any, any) (any, error):
		return readTerm(at, func(f *steps.Frame) any { a, b, c := x(f), y(f), z(f); f.At = place; return must(fn(a, b, c)) })
	case func(any, any, any) (string, error):
		text := func(f *steps.Frame) string { a, b, c := x(f), y(f), z(f); f.At = place; return must(fn(a, b, c)) }
		t := readTerm(at, func(f *steps.Frame) any { return text(f) })
		t.text = text
		return t
	}
	return term{}
}

func readersOf(terms []term) []steps.Value {
	readers := make([]steps.Value, len(terms))
	for i := range terms {
		readers[i] = terms[i].reader()
	}
	return readers
}

// must answers the value of a library function, or panics with its error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
