package exprvm

import (
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// The kernels: what canonical parts of texts are in Go. Each takes terms that are Go functions
// already, and answers a term without a function where it does not apply; the part is
// then one of expr's program. All give what the library's function gives.

// truthy is truthy(user.a.b).
func truthy(at file.Location, x *term, place program.Pos) term {
	path, read := x.path, x.read
	if path == nil {
		return term{}
	}
	return testTerm(at, func(f *steps.Frame) bool {
		if yes, ok := path.Truthy(f); ok {
			return yes
		}
		value := read(f)
		f.At = place
		return must(jsvalue.ToBoolean(value))
	})
}

// samePath is user.a.b == "c".
func samePath(at file.Location, x, y *term, same func(any, any) bool, place program.Pos) term {
	want, ok := y.value.(string)
	if x.path == nil || !ok || y.kind != constant || !readable(want) {
		return term{}
	}
	path, read, value := x.path, x.read, y.value
	return testTerm(at, func(f *steps.Frame) bool {
		text, is, no := path.Text(f)
		switch {
		case is:
			return text == want
		case no:
			return false
		}
		x := read(f)
		f.At = place
		return same(x, value)
	})
}

// memberPath is user.a.b in ["c", "d"] for texts.
func memberPath(at file.Location, x *term, set *constants, has func(any) bool, place program.Pos) term {
	if x.path == nil || !set.readable() {
		return term{}
	}
	path, read, texts := x.path, x.read, set.texts
	if len(texts) == 0 {
		return term{}
	}
	return testTerm(at, func(f *steps.Frame) bool {
		if text, is, _ := path.Text(f); is {
			_, ok := texts[text]
			return ok
		}
		x := read(f)
		f.At = place
		return has(x)
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
		return readTerm(at, func(f *steps.Frame) any { v := x(f); f.At = place; return fn(v) })
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

// callMany keeps no slice of arguments: a function of the library does not either, but for
// those that construct, which are literals.
func callMany(at file.Location, fn func(...any) any, args []term, place program.Pos) term {
	readers := readersOf(args)
	return readTerm(at, func(f *steps.Frame) any {
		values := make([]any, len(readers))
		for i, read := range readers {
			values[i] = read(f)
		}
		f.At = place
		return fn(values...)
	})
}

func readersOf(terms []term) []steps.Value {
	readers := make([]steps.Value, len(terms))
	for i := range terms {
		readers[i] = terms[i].reader()
	}
	return readers
}

// textTest makes a test of a string a function of the frame, which saves the machine
// from putting the string into an interface: typeof(x) == "string", toLowerCase(x) == "a".
func textTest(at file.Location, x *term, test func(text string) bool) term {
	text := x.text
	return testTerm(at, func(f *steps.Frame) bool { return test(text(f)) })
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
	return readTerm(at, func(f *steps.Frame) any {
		if a(f) {
			return b(f)
		}
		return c(f)
	})
}

// listLiteral is [a, b].
func listLiteral(n ast.Node, items []term) term {
	for i := range items {
		if !items[i].native() {
			return term{}
		}
	}
	readers := readersOf(items)
	return readTerm(n.Location(), func(f *steps.Frame) any {
		values := make([]any, len(readers))
		for i, read := range readers {
			values[i] = read(f)
		}
		return &jsvalue.List{Items: values}
	})
}

// objectLiteral is {"a": b} with names that are all known, different, and no prototype's.
func objectLiteral(n ast.Node, pairs []term) term {
	made := &steps.Literal{Keys: make([]string, 0, len(pairs)/2), Values: make([]steps.Value, 0, len(pairs)/2)}
	seen := map[string]bool{}
	plain := true
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].value.(string)
		if pairs[i].kind != constant || !ok || seen[key] || key == "__proto__" || !pairs[i+1].native() {
			return term{}
		}
		seen[key] = true
		plain = plain && !jsvalue.OnObject(key)
		made.Keys = append(made.Keys, key)
		made.Values = append(made.Values, pairs[i+1].reader())
	}
	made.Keys = slices.Clip(made.Keys) // shared by all objects: who adds a key copies it
	t := readTerm(n.Location(), func(f *steps.Frame) any {
		values := make(map[string]any, len(made.Keys))
		for i, key := range made.Keys {
			values[key] = made.Values[i](f)
		}
		return &jsvalue.Object{Keys: made.Keys, Values: values}
	})
	if plain {
		t.literal = made
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

// must answers the value of a library function, or panics with its error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
