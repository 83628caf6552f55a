package exprvm

import (
	"github.com/expr-lang/expr/file"

	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/steps"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// loopOver is the kernel of any(list, body) and its like: the item is in a slot of the frame, its
// number in the next. place is the list's.
func loopOver(at file.Location, name string, slot int, list, body *term, place program.Pos) term {
	if !list.native() || !body.native() {
		return term{}
	}
	read := list.reader()
	items := func(f *steps.Frame) []any {
		value := read(f)
		if items, ok := value.([]any); ok && items != nil {
			return items
		}
		f.At = place
		return must(stdlib.Elements(value))
	}
	if name == "map" {
		return readTerm(at, mapped(items, body.reader(), slot))
	}
	test := body.tester()
	first := func(f *steps.Frame, want bool) (item any, at int) {
		for i, item := range items(f) {
			f.Slots[slot], f.Slots[slot+1] = item, jsvalue.Count(i)
			if test(f) == want {
				return item, i
			}
		}
		return jsvalue.Undefined, -1
	}
	switch name {
	case "any":
		return testTerm(at, func(f *steps.Frame) bool { _, at := first(f, true); return at >= 0 })
	case "all":
		return testTerm(at, func(f *steps.Frame) bool { _, at := first(f, false); return at < 0 })
	case "find":
		return readTerm(at, func(f *steps.Frame) any { item, _ := first(f, true); return item })
	case "findIndex":
		return readTerm(at, func(f *steps.Frame) any {
			if _, at := first(f, true); at >= 0 {
				return jsvalue.Count(at)
			}
			return minusOne
		})
	case "filter":
		return readTerm(at, filtered(items, test, slot))
	}
	return term{}
}

func mapped(items func(*steps.Frame) []any, body steps.Value, slot int) steps.Value {
	return func(f *steps.Frame) any {
		list := items(f)
		made := make([]any, len(list))
		for i, item := range list {
			f.Slots[slot], f.Slots[slot+1] = item, jsvalue.Count(i)
			made[i] = body(f)
		}
		return made
	}
}

func filtered(items func(*steps.Frame) []any, test steps.Test, slot int) steps.Value {
	return func(f *steps.Frame) any {
		list := items(f)
		made := make([]any, 0, len(list))
		for i, item := range list {
			f.Slots[slot], f.Slots[slot+1] = item, jsvalue.Count(i)
			if test(f) {
				made = append(made, item)
			}
		}
		return made
	}
}
