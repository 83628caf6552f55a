package exprvm

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
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

// maybeText is a term that may be a text: the text, whether it is one, and whether it surely is
// none and equal to none. Its bytes may be no UTF-8 (see steps.Place.Text).
type maybeText func(f *steps.Frame) (text string, is, no bool)

// sameText is user.a.b == "c".
func sameText(at file.Location, x, y *term, same func(any, any) bool, place program.Pos) term {
	want, ok := y.value.(string)
	if x.read == nil || !ok || y.kind != constant || !readable(want) {
		return term{}
	}
	read, value := x.read, y.value
	whole := func(f *steps.Frame) bool {
		x := read(f)
		if text, ok := x.(string); ok {
			return text == want
		}
		f.At = place
		return same(x, value)
	}
	if x.maybe == nil {
		return testTerm(at, whole)
	}
	maybe := x.maybe
	return testTerm(at, func(f *steps.Frame) bool {
		text, is, no := maybe(f)
		if is {
			return text == want
		}
		return !no && whole(f)
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

// ending is endsWith(user.a, "b") and startsWith.
func ending(at file.Location, name string, x, y *term, function func(any, any) bool, place program.Pos) term {
	part, ok := y.value.(string)
	if x.maybe == nil || !ok || y.kind != constant || !readable(part) || part == "" {
		return term{}
	}
	test := strings.HasSuffix
	if name == "startsWith" {
		test = strings.HasPrefix
	}
	maybe, read, value := x.maybe, x.read, y.value
	return testTerm(at, func(f *steps.Frame) bool {
		if text, is, _ := maybe(f); is {
			return test(text, part)
		}
		x := read(f)
		f.At = place
		return function(x, value)
	})
}

// lower is toLowerCase(user.a) for texts of ASCII.
func lower(at file.Location, x *term, function func(any) string, place program.Pos) term {
	if x.maybe == nil {
		return term{}
	}
	maybe, read := x.maybe, x.read
	text := func(f *steps.Frame) string {
		if text, is, _ := maybe(f); is && jsvalue.ASCII(text) {
			return strings.ToLower(text)
		}
		x := read(f)
		f.At = place
		return function(x)
	}
	t := readTerm(at, func(f *steps.Frame) any { return text(f) })
	t.text = text
	return t
}

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

// divided is split(user.a, "@"), which is taken apart no further than somebody looks.
type divided struct {
	maybe     maybeText
	separator string
}

// part is split(user.a, "@")[1], and at(split(user.a, "@"), -1).
func part(name string, x, index *term, program term) term {
	n, ok := index.value.(float64)
	if x.divided == nil || index.kind != constant || !ok || n != float64(int8(n)) || n < -1 || n < 0 && name != "at" {
		return term{}
	}
	maybe, separator, number, read := x.divided.maybe, x.divided.separator, int(n), program.read
	program.maybe = func(f *steps.Frame) (text string, is, no bool) {
		whole, is, _ := maybe(f)
		if !is || !utf8.ValidString(whole) {
			return "", false, false
		}
		if number < 0 {
			if last := strings.LastIndex(whole, separator); last >= 0 {
				whole = whole[last+len(separator):]
			}
			return whole, true, false
		}
		for range number {
			_, after, found := strings.Cut(whole, separator)
			if !found {
				return "", false, true
			}
			whole = after
		}
		whole, _, _ = strings.Cut(whole, separator)
		return whole, true, false
	}
	partOf := program.maybe
	program.read = func(f *steps.Frame) any {
		switch text, is, no := partOf(f); {
		case is:
			return text
		case no:
			return jsvalue.Undefined
		}
		return read(f)
	}
	return program
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

// concat is a + b of two texts, one of them a constant or both computed.
func concat(at file.Location, a, b *term, add func(any, any) any, place program.Pos) term {
	x, y := textOf(a), textOf(b)
	if x == nil || y == nil {
		return term{}
	}
	text := func(f *steps.Frame) string {
		left, right := x(f), y(f)
		if len(left)+len(right) < shortText && utf8.ValidString(left) && utf8.ValidString(right) {
			return left + right
		}
		f.At = place
		return add(left, right).(string)
	}
	t := readTerm(at, func(f *steps.Frame) any { return text(f) })
	t.text = text
	return t
}

// shortText is below every limit of a text's length.
const shortText = 1 << 16

// textOf is a term that is always a text as a function; nil for others.
func textOf(t *term) steps.Text {
	if value, ok := t.value.(string); ok && t.kind == constant {
		return func(*steps.Frame) string { return value }
	}
	return t.text
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

// maybeOf is a term that may be a text, or a constant one; nil for others.
func maybeOf(t *term) maybeText {
	if value, ok := t.value.(string); ok && t.kind == constant {
		return func(*steps.Frame) (string, bool, bool) { return value, true, false }
	}
	return t.maybe
}

// listLiteral is [a, b].
func listLiteral(n ast.Node, items []term) term {
	for i := range items {
		if !items[i].native() {
			return term{}
		}
	}
	readers := readersOf(items)
	t := readTerm(n.Location(), func(f *steps.Frame) any {
		made := jsvalue.NewList(len(readers))
		for i, read := range readers {
			made.Items[i] = read(f)
		}
		return made
	})
	t.literal = &steps.Literal{Values: readers, List: true}
	return t
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
