package exprvm

import (
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// The kernels: what canonical parts of texts are in Go. Each takes terms that are Go functions
// already, and answers a term without a function where it does not apply; the part is
// then one of expr's program. All give what the library's function gives.

// truthy is truthy(user.a.b), or of anything else.
func truthy(at file.Location, x *term, place program.Pos) term {
	read := x.read
	if read == nil {
		return term{}
	}
	whole := func(f *steps.Frame) bool {
		value := read(f)
		switch v := value.(type) {
		case bool:
			return v
		case string:
			return v != ""
		}
		f.At = place
		return must(jsvalue.ToBoolean(value))
	}
	path := x.path
	if path == nil {
		return testTerm(at, whole)
	}
	return testTerm(at, func(f *steps.Frame) bool {
		if yes, ok := path.Truthy(f); ok {
			return yes
		}
		return whole(f)
	})
}

// compareNumber is user.a.b > 1 and its like, with a constant number.
func compareNumber(at file.Location, name string, x, y *term, compare func(any, any) bool, place program.Pos) term {
	limit, ok := y.value.(float64)
	if x.read == nil || !ok || y.kind != constant {
		return term{}
	}
	read, value := x.read, y.value
	var test func(x float64) bool
	switch name {
	case "less":
		test = func(x float64) bool { return x < limit }
	case "lessEq":
		test = func(x float64) bool { return x <= limit }
	case "greater":
		test = func(x float64) bool { return x > limit }
	case "greaterEq":
		test = func(x float64) bool { return x >= limit }
	case "same":
		test = func(x float64) bool { return x == limit }
	default:
		return term{}
	}
	return testTerm(at, func(f *steps.Frame) bool {
		x := read(f)
		if number, ok := x.(float64); ok {
			return test(number)
		}
		f.At = place
		return compare(x, value)
	})
}

// member is user.a.b in ["c", "d"].
func member(at file.Location, x *term, set *constants, has func(any) bool, place program.Pos) term {
	if x.read == nil || len(set.texts) == 0 || !set.readable() {
		return term{}
	}
	read, texts := x.read, set.texts
	whole := func(f *steps.Frame) bool {
		x := read(f)
		f.At = place
		return has(x)
	}
	if x.maybe == nil {
		return testTerm(at, whole)
	}
	maybe := x.maybe
	return testTerm(at, func(f *steps.Frame) bool {
		if text, is, _ := maybe(f); is {
			_, ok := texts[text]
			return ok
		}
		return whole(f)
	})
}

// logic is a && b and a || b.
func logic(at file.Location, operator string, x, y *term) term {
	if !x.native() || !y.native() {
		return term{}
	}
	a, b := x.tester(), y.tester()
	if operator == "&&" {
		return testTerm(at, func(f *steps.Frame) bool { return a(f) && b(f) })
	}
	return testTerm(at, func(f *steps.Frame) bool { return a(f) || b(f) })
}

// negated is !a.
func negated(at file.Location, x *term) term {
	if !x.native() {
		return term{}
	}
	test := x.tester()
	return testTerm(at, func(f *steps.Frame) bool { return !test(f) })
}

// choice is a ? b : c.
func choice(at file.Location, test, then, otherwise *term) term {
	if !test.native() || !then.native() || !otherwise.native() {
		return term{}
	}
	a := test.tester()
	if then.boolean && otherwise.boolean {
		b, c := then.tester(), otherwise.tester()
		return testTerm(at, func(f *steps.Frame) bool {
			if a(f) {
				return b(f)
			}
			return c(f)
		})
	}
	b, c := then.reader(), otherwise.reader()
	t := readTerm(at, func(f *steps.Frame) any {
		if a(f) {
			return b(f)
		}
		return c(f)
	})
	if maybe, other := maybeOf(then), maybeOf(otherwise); maybe != nil && other != nil {
		t.maybe = func(f *steps.Frame) (string, bool, bool) {
			if a(f) {
				return maybe(f)
			}
			return other(f)
		}
	}
	return t
}

// letIn is let x = a; b.
func letIn(at file.Location, slot int, value, body *term) term {
	if !value.native() || !body.native() {
		return term{}
	}
	a := value.reader()
	if body.boolean {
		b := body.tester()
		return testTerm(at, func(f *steps.Frame) bool {
			f.Slots[slot] = a(f)
			return b(f)
		})
	}
	b := body.reader()
	return readTerm(at, func(f *steps.Frame) any {
		f.Slots[slot] = a(f)
		return b(f)
	})
}
