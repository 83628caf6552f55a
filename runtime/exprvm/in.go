package exprvm

import (
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// in makes x in ["a", "b"] a lookup in a set.
func (r *rewriter) in(n *ast.BinaryNode) term {
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok {
		return r.fail(n.Location(), "in needs a list of constants")
	}
	var s constants
	for _, node := range list.Nodes {
		member := r.term(node)
		if member.kind != constant || !s.add(member.value) {
			return r.fail(n.Location(), "in needs a list of constants")
		}
	}
	x := r.term(n.Left)
	has := s.has()
	if x.text != nil {
		return textTest(n.Location(), &x, func(text string) bool { _, ok := s.texts[text]; return ok })
	}
	if r.native && r.kernels.Has(runtime.KernelMember) {
		if t := member(n.Location(), &x, &s, has, r.place(n.Location())); t.kind != 0 {
			return t
		}
	}
	t := r.call(n.Location(), has, []term{x})
	t.boolean = true
	return t
}

// constants is a set of strings, numbers, booleans and null.
type constants struct {
	texts         map[string]struct{}
	numbers       map[float64]struct{}
	null, yes, no bool
}

// add reports whether the value can be a member.
func (s *constants) add(value any) bool {
	switch value := value.(type) {
	case nil:
		s.null = true
	case string:
		if s.texts == nil {
			s.texts = map[string]struct{}{}
		}
		s.texts[value] = struct{}{}
	case float64:
		if value != value {
			return false
		}
		if s.numbers == nil {
			s.numbers = map[float64]struct{}{}
		}
		s.numbers[value] = struct{}{}
	case bool:
		if value {
			s.yes = true
		} else {
			s.no = true
		}
	default:
		return false
	}
	return true
}

// readable reports whether a text of a login whose bytes are no UTF-8 is surely no member:
// such bytes become U+FFFD.
func (s *constants) readable() bool {
	for text := range s.texts {
		if !readable(text) {
			return false
		}
	}
	return true
}

// readable reports whether a constant text can be equal only to a text with the same bytes.
func readable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, utf8.RuneError)
}

// has is the test of membership.
func (s *constants) has() func(any) bool {
	set := *s
	return func(x any) bool {
		switch x := x.(type) {
		case string:
			_, ok := set.texts[x]
			return ok
		case bool:
			return x && set.yes || !x && set.no
		case nil:
			return set.null
		}
		if n, ok := jsvalue.GoNumber(x); ok {
			_, ok := set.numbers[n]
			return ok
		}
		if err := jsvalue.Check(x); err != nil {
			panic(err)
		}
		return false
	}
}
