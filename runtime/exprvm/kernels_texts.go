package exprvm

import (
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

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

// textTest makes a test of a string a function of the frame, which saves the machine
// from putting the string into an interface: typeof(x) == "string", toLowerCase(x) == "a".
func textTest(at file.Location, x *term, test func(text string) bool) term {
	text := x.text
	return testTerm(at, func(f *steps.Frame) bool { return test(text(f)) })
}

// maybeOf is a term that may be a text, or a constant one; nil for others.
func maybeOf(t *term) maybeText {
	if value, ok := t.value.(string); ok && t.kind == constant {
		return func(*steps.Frame) (string, bool, bool) { return value, true, false }
	}
	return t.maybe
}
