package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// fact is what a way knows of an expression: that it is true or false as a condition. The
// key of a path is the path, that of a comparison its text. "there:" in front says of a path
// only that it is not null or undefined.
type fact struct {
	key string
	is  bool
}

const maxFacts = 32

func sameFacts(a, b []fact) bool { return slices.Equal(a, b) }

// common are the facts that both lists have.
func common(a, b []fact) []fact {
	var out []fact
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

func (s state) knows(key string) (is, known bool) {
	for _, x := range s.facts {
		if x.key == key {
			return x.is, true
		}
	}
	return false, false
}

// there reports whether a path is known to be neither null nor undefined.
func (s state) there(path string) bool {
	is, known := s.knows(path)
	if known && is {
		return true
	}
	is, known = s.knows("there:" + path)
	return known && is
}

// learn adds a fact; the facts of a state are sorted and never changed in place.
func (s *state) learn(key string, is bool) {
	if key == "" {
		return
	}
	at, found := slices.BinarySearchFunc(s.facts, key, func(x fact, key string) int { return strings.Compare(x.key, key) })
	if found {
		if s.facts[at].is != is {
			s.facts = slices.Clone(s.facts)
			s.facts[at].is = is
		}
		return
	}
	if len(s.facts) < maxFacts {
		s.facts = slices.Insert(slices.Clone(s.facts), at, fact{key, is})
	}
}

// learnTruth adds what follows of a condition's answer.
func (f *flow) learnTruth(s *state, e ast.Expr, key string, is bool) {
	s.learn(key, is)
	switch e := e.(type) {
	case *ast.Ident, *ast.Member, *ast.Index, *ast.Chain:
		if is {
			f.learnThere(s, key)
		}
	case *ast.Binary:
		equal := e.Op == "==" || e.Op == "==="
		if !equal && e.Op != "!=" && e.Op != "!==" {
			return
		}
		for _, side := range [][2]ast.Expr{{e.Left, e.Right}, {e.Right, e.Left}} {
			p := f.path(side[0])
			nothing := f.nothing(side[1])
			text, isText := side[1].(*ast.String)
			if typeOf, ok := side[0].(*ast.Unary); ok && typeOf.Op == "typeof" && isText {
				p = f.path(typeOf.X)
				if nothing = text.Value == "undefined"; !nothing && !(is == equal) {
					continue
				}
			}
			switch same := is == equal; {
			case p == "":
			case nothing && !same:
				f.learnThere(s, p)
			case nothing && same:
				s.learn(p, false)
			case same && !empty(side[1]) && constant(side[1]):
				f.learnThere(s, p)
			}
		}
	case *ast.Call:
		if object, _ := method(e); object != nil && is {
			f.learnThere(s, f.path(object))
		}
	}
}

// learnThere says that a path, and so everything on it, is there.
func (f *flow) learnThere(s *state, path string) {
	for path != "" {
		if _, known := s.knows(path); !known {
			s.learn("there:"+path, true)
		}
		at := strings.LastIndexByte(path, '.')
		if at < 0 {
			return
		}
		path = path[:at]
	}
}

// nothing reports whether an expression is null or undefined.
func (f *flow) nothing(e ast.Expr) bool {
	if _, ok := e.(*ast.Null); ok {
		return true
	}
	if void, ok := e.(*ast.Unary); ok && void.Op == "void" {
		return true
	}
	return f.isGlobal(e, "undefined")
}

func constant(e ast.Expr) bool {
	switch e.(type) {
	case *ast.String, *ast.Number, *ast.Bool:
		return true
	}
	return false
}

// asking are methods whose answer depends on nothing but the object and the arguments.
var asking = []string{"includes", "indexOf", "startsWith", "endsWith", "test", "match", "some", "every", "hasOwnProperty", "has", "find", "isArray", "contains"}

// askingName are names of functions that ask.
var askingName = regexp.MustCompile(`^(?:is|has|can|should|includes|contains|needs|in)[A-Z_]?`)

// factKey is the key of a condition and whether the key means its opposite; "" where two
// looks may give two answers.
func (f *flow) factKey(e ast.Expr) (key string, opposite bool) {
	switch e := e.(type) {
	case *ast.Ident, *ast.Member, *ast.Index, *ast.Chain:
		if p := f.path(e); p != "" && !strings.Contains(p, "*") {
			return p, false
		}
	case *ast.Binary:
		if !f.pure(e) {
			return "", false
		}
		op := e.Op
		switch op {
		case "!=", "!==":
			op, opposite = "="+op[1:], true
		case "<=":
			op, opposite = ">", true
		case ">=":
			op, opposite = "<", true
		}
		return f.keyText(e.Left) + " " + op + " " + f.keyText(e.Right), opposite
	case *ast.Call:
		if f.pure(e) {
			return f.keyText(e), false
		}
	}
	return "", false
}

func (f *flow) keyText(e ast.Expr) string {
	return strings.Join(strings.Fields(f.file.Slice(e.Span())), " ")
}

// pure reports whether an expression answers the same when it is computed again.
func (f *flow) pure(e ast.Expr) bool {
	pure := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Call:
			_, name := method(n)
			if id := identOf(n.Callee); id != nil {
				name = id.Name
			}
			if !slices.Contains(asking, name) && !askingName.MatchString(name) {
				pure = false
			}
		case *ast.Assign, *ast.Update, *ast.Await, *ast.Yield, *ast.New, *ast.TaggedTemplate:
			pure = false
		}
		return pure
	})
	return pure
}

// forget takes away what is known about a variable.
func (f *flow) forget(in []state, id *ast.Ident) []state {
	path := f.path(id)
	return f.drop(in, func(key string) bool {
		if strings.ContainsAny(key, " (") {
			return hasWord(key, id.Name)
		}
		return under(strings.TrimPrefix(key, "there:"), path)
	})
}

// forgetProperty takes away what is known about a property of any object.
func (f *flow) forgetProperty(in []state, name string) []state {
	return f.drop(in, func(key string) bool { return hasWord(key, name) })
}

func (f *flow) drop(in []state, about func(key string) bool) []state {
	return each(in, func(s *state) {
		if slices.ContainsFunc(s.facts, func(x fact) bool { return about(x.key) }) {
			s.facts = slices.DeleteFunc(slices.Clone(s.facts), func(x fact) bool { return about(x.key) })
		}
	})
}

// hasWord reports whether a text holds a name that is not part of a longer one.
func hasWord(text, name string) bool {
	if name == "" {
		return false
	}
	for from := 0; ; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(name)
		if (at == 0 || !wordByte(text[at-1])) && (end == len(text) || !wordByte(text[end])) {
			return true
		}
		from = at + 1
	}
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// assigned is what is known behind an assignment.
func (f *flow) assigned(target ast.Pattern, value ast.Expr, in []state) []state {
	e, ok := target.(ast.Expr)
	if !ok {
		targets(target, nil, true, func(id *ast.Ident, _ []string, _ bool) { in = f.forget(in, id) })
		return in
	}
	p := f.path(e)
	switch t := target.(type) {
	case *ast.Ident:
		in = f.forget(in, t)
	case *ast.Member:
		in = f.forgetProperty(in, t.Name)
	case *ast.Index:
		if key, ok := f.str(t.Key); ok {
			in = f.forgetProperty(in, key)
		}
	}
	if p == "" || strings.Contains(p, "*") || value == nil {
		return in
	}
	return each(in, func(s *state) {
		switch v := value.(type) {
		case *ast.Bool:
			s.learn(p, v.Value)
		case *ast.Null:
			s.learn(p, false)
		case *ast.Object, *ast.Array, *ast.Function, *ast.Arrow, *ast.New, *ast.Class, *ast.RegExp:
			s.learn(p, true)
		case *ast.String:
			s.learn(p, v.Value != "")
		case *ast.Number, *ast.Template:
			f.learnThere(s, p)
		case *ast.Logical:
			if v.Op != "&&" && !f.nothing(v.Right) {
				f.learnThere(s, p)
			}
		case *ast.Conditional:
			if !f.nothing(v.Then) && !f.nothing(v.Else) && constantOrObject(v.Else) {
				f.learnThere(s, p)
			}
		case *ast.Call:
			if name := f.callee(v); name == "Object.assign" || name == "JSON.parse" || strings.HasSuffix(name, ".split") || strings.HasSuffix(name, ".map") {
				s.learn(p, true)
			}
		case *ast.Ident, *ast.Member:
			if q := f.path(value); q != "" {
				if is, known := s.knows(q); known {
					s.learn(p, is)
				}
			}
		}
	})
}

func constantOrObject(e ast.Expr) bool {
	switch e.(type) {
	case *ast.Object, *ast.Array:
		return true
	}
	return constant(e)
}
