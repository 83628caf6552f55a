package words

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// alwaysThere are the objects that every login has; their absence is not worth a word.
var alwaysThere = map[string]bool{"context.idToken": true, "context.accessToken": true, "context.request": true, "user": true, "context": true}

// shapes collects the values at which a rule leaves while it runs.
type shapes struct {
	w       *writer
	tested  map[string]bool // what the rule asks about: its absence is foreseen
	parents []string        // read or written through
	strings []string
	arrays  []string
	either  []string // strings or arrays
}

// values says at which values JavaScript takes over although the rule is compiled: a
// line for each kind, and each value once.
func values(w *writer) []string {
	s := &shapes{w: w, tested: map[string]bool{}}
	ir.Walk(w.rule.Steps, s.tests, s.asks)
	ir.Walk(w.rule.Steps, s.needs, s.uses)
	s.either = slices.DeleteFunc(s.either, func(x string) bool { return slices.Contains(s.strings, x) || slices.Contains(s.arrays, x) })
	var list []string
	for _, kind := range []struct {
		subjects []string
		text     string
	}{
		{s.parents, "missing or null"}, {s.strings, "not a string"}, {s.arrays, "not an array"}, {s.either, "neither a string nor an array"},
	} {
		if len(kind.subjects) > 0 {
			slices.Sort(kind.subjects)
			list = append(list, alternatives(kind.subjects)+" is "+kind.text)
		}
	}
	if neverCalls(w.rule.Steps) {
		list = append(list, "the rule ends without having called the callback")
	}
	return list
}

// alternatives is a, b or c.
func alternatives(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1]
}

// testing are the functions that ask about their arguments instead of using them.
var testing = map[string]bool{"truthy": true, "isNullish": true, "same": true, "equal": true, "typeof": true, "isArray": true}

// tests notes what a step asks about.
func (s *shapes) tests(step ir.Step) bool {
	switch step := step.(type) {
	case *ir.If:
		s.test(step.Cond)
	case *ir.Count:
		s.test(step.While)
	case *ir.Default:
		s.tested[s.placeText(step.Target, len(step.Target.Keys))] = true
	case *ir.Set:
		s.tested[s.placeText(step.Target, len(step.Target.Keys))] = true
	}
	return true
}

// asks notes what an expression asks about.
func (s *shapes) asks(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Not:
		s.test(e.X)
	case *ir.And:
		s.test(e.X)
	case *ir.Or:
		s.test(e.X)
	case *ir.Coalesce:
		s.test(e.X)
	case *ir.Cond:
		s.test(e.If)
	case *ir.OptGet:
		s.test(e.X)
	case *ir.Each:
		if e.Kind != ir.Map {
			s.test(e.Body)
		}
	case *ir.Call:
		if testing[e.Func] {
			for _, arg := range e.Args {
				s.test(arg)
			}
		}
	}
	return true
}

func (s *shapes) test(e ir.Expr) { s.tested[s.w.value(e)] = true }

// textMethods and arrayMethods are the library's functions that want a first argument of
// that type; eitherMethods take both.
var (
	textMethods = set(`toLowerCase toUpperCase trim trimStart trimEnd split startsWith endsWith substring substr charAt charCodeAt
		codePointAt repeat padStart padEnd replace replaceAll normalize match search localeCompare`)
	arrayMethods  = set("join flat reversed sorted")
	eitherMethods = set("includes indexOf lastIndexOf slice concat at")
)

func set(words string) map[string]bool {
	made := map[string]bool{}
	for _, word := range strings.Fields(words) {
		made[word] = true
	}
	return made
}

// needs notes what a step wants of values.
func (s *shapes) needs(step ir.Step) bool {
	switch step := step.(type) {
	case *ir.Set:
		s.through(step.Target)
	case *ir.Default:
		s.through(step.Target)
	case *ir.Delete:
		s.through(step.Target)
	case *ir.Mutate:
		s.through(step.Target)
		if step.Method == "push" || step.Method == "unshift" {
			note(&s.arrays, s.tested, s.placeText(step.Target, len(step.Target.Keys)), step.Target.Base)
		}
	case *ir.AddRole:
		s.through(step.Target)
		note(&s.arrays, s.tested, s.placeText(step.Target, len(step.Target.Keys)), step.Target.Base)
	case *ir.For:
		s.subject(&s.arrays, step.List)
	}
	return true
}

// uses notes what an expression wants of its operands.
func (s *shapes) uses(e ir.Expr) bool {
	switch e := e.(type) {
	case *ir.Path:
		for i := 1; i < len(e.Keys); i++ {
			note(&s.parents, s.tested, s.w.value(&ir.Path{Root: e.Root, Keys: e.Keys[:i]}), e)
		}
	case *ir.Get:
		s.subject(&s.parents, e.Object)
	case *ir.Each:
		s.subject(&s.arrays, e.List)
	case *ir.Call:
		if len(e.Args) == 0 {
			break
		}
		switch {
		case textMethods[e.Func]:
			s.subject(&s.strings, e.Args[0])
		case arrayMethods[e.Func]:
			s.subject(&s.arrays, e.Args[0])
		case eitherMethods[e.Func]:
			s.subject(&s.either, e.Args[0])
		}
	}
	return true
}

// through notes the objects that a write goes through.
func (s *shapes) through(p ir.Place) {
	for i := 1; i < len(p.Keys); i++ {
		note(&s.parents, s.tested, s.placeText(p, i), p.Base)
	}
}

// placeText is a place's first keys as an expression has them.
func (s *shapes) placeText(p ir.Place, keys int) string {
	text := s.w.value(p.Base)
	for _, key := range p.Keys[:keys] {
		text += s.w.property(key)
	}
	return text
}

// subject notes a value that comes from the login: a path, or a property of one.
func (s *shapes) subject(to *[]string, e ir.Expr) {
	note(to, s.tested, s.w.value(e), e)
}

// note adds a value that the rule reads from user or context, unless the rule asks about it.
func note(to *[]string, tested map[string]bool, text string, from ir.Expr) {
	for {
		get, ok := from.(*ir.Get)
		if !ok {
			break
		}
		from = get.Object
	}
	switch from.(type) {
	case *ir.Path, *ir.Root:
	default:
		return
	}
	if !tested[text] && !alwaysThere[text] && !slices.Contains(*to, text) {
		*to = append(*to, text)
	}
}
