package words

import (
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// count counts how often each variable is written and read.
func (w *writer) count() {
	w.lets, w.reads = map[string]int{}, map[string]int{}
	ir.Walk(w.rule.Steps, func(s ir.Step) bool {
		switch s := s.(type) {
		case *ir.Let:
			w.lets[s.Name]++
		case *ir.For:
			w.lets[s.Item]++
			w.lets[s.Index]++
		case *ir.ForKeys:
			w.lets[s.Key]++
		case *ir.Count:
			w.lets[s.Name]++
		case *ir.Mutate:
			w.lets[s.Result]++
		}
		return true
	}, func(e ir.Expr) bool {
		if local, ok := e.(*ir.Local); ok {
			w.reads[local.Name]++
		}
		return true
	})
}

// name names the variables: a helper that does nothing but become a variable of the user's
// gets that one's name, and a number behind a name goes where nothing else has the name.
func (w *writer) name() {
	w.names = map[string]string{}
	ir.Walk(w.rule.Steps, func(s ir.Step) bool {
		if let, ok := s.(*ir.Let); ok && w.lets[let.Name] == 1 && w.isOfUser(let.Name) {
			if from, ok := let.Value.(*ir.Local); ok && w.reads[from.Name] == 1 && !w.isOfUser(from.Name) {
				w.names[from.Name] = let.Name
			}
		}
		return true
	}, nil)
	used := map[string]bool{}
	for _, local := range w.rule.Locals {
		used[local] = true
	}
	for _, local := range w.rule.Locals {
		if plain := withoutNumber(local); plain != local && !used[plain] && w.names[local] == "" {
			used[plain] = true
			w.names[local] = plain
		}
	}
}

// local is a variable's name in words.
func (w *writer) local(name string) string {
	if other, ok := w.names[name]; ok {
		return other
	}
	return name
}

// isAlias reports whether a step only gives a helper's value to the variable whose name
// the helper has in words.
func (w *writer) isAlias(s ir.Step) bool {
	let, ok := s.(*ir.Let)
	if !ok {
		return false
	}
	from, ok := let.Value.(*ir.Local)
	return ok && w.names[from.Name] == let.Name
}

// withoutNumber is a name without the number that a second variable of the name has.
func withoutNumber(name string) string {
	if i := strings.LastIndexByte(name, '_'); i > 0 && i < len(name)-1 && strings.Trim(name[i+1:], "0123456789") == "" {
		return name[:i]
	}
	return name
}

// isHelper reports whether the i-th step gives a value to a variable of the compiler's own
// that only the next step reads: it is then written where it is read. Other helpers
// between the two do not matter.
func (w *writer) isHelper(list []ir.Step, i int) bool {
	let, ok := list[i].(*ir.Let)
	if !ok || w.lets[let.Name] != 1 || w.reads[let.Name] != 1 || w.isOfUser(let.Name) {
		return false
	}
	for _, next := range list[i+1:] {
		if reads(next, let.Name) {
			_, isCount := next.(*ir.Count) // which reads it anew before each turn
			return !isCount
		}
		if also, ok := next.(*ir.Let); !ok || w.lets[also.Name] != 1 || w.reads[also.Name] != 1 || w.isOfUser(also.Name) {
			return false
		}
	}
	return false
}

// reads reports whether a step itself, not one inside it, reads a variable.
func reads(s ir.Step, name string) bool {
	found := false
	ir.EachExpr(s, func(e ir.Expr) {
		ir.WalkExpr(e, func(x ir.Expr) bool {
			if local, ok := x.(*ir.Local); ok && local.Name == name {
				found = true
			}
			return !found
		})
	})
	return found
}

// isOfUser reports whether a variable's name stands in the rule's text. A second variable
// of a name has a number behind it: roles_2.
func (w *writer) isOfUser(name string) bool {
	if w.options.File == nil {
		return true
	}
	return isWord(w.options.File.Text, name) || isWord(w.options.File.Text, withoutNumber(name))
}

// isWord reports whether a name stands in a text with nothing of a name around it, other
// than as a property.
func isWord(text, name string) bool {
	part := func(c byte) bool {
		return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
	}
	for from := 0; ; {
		i := strings.Index(text[from:], name)
		if i < 0 || name == "" {
			return false
		}
		start, end := from+i, from+i+len(name)
		before := text[:start]
		property := strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...")
		if !property && (start == 0 || !part(text[start-1])) && (end == len(text) || !part(text[end])) {
			return true
		}
		from = start + 1
	}
}
