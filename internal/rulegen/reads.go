package rulegen

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// Reads is what a rule's text says about the logins that matter to it.
type Reads struct {
	Paths         [][]string // from user or context on, an element of a list as "0"; parents before what is below
	Configuration []string   // keys of configuration
	Texts         []string   // its text constants
	Numbers       []float64
}

// ReadsOf scans rules for the properties that they read, through variables,
// parameters and iterations, and for their constants. It guesses: what it misses is
// only changed less often.
func ReadsOf(rules ...string) Reads {
	s := &scan{places: map[string][]string{}, functions: map[string][]*ast.Binding{}, seen: map[string]bool{}}
	for _, src := range rules {
		script, list := parse.Rule(source.NewFile("rule.ts", src), parse.Options{})
		if list.HasErrors() {
			continue
		}
		clear(s.places)
		switch f := script.Func.(type) {
		case *ast.Function:
			s.roots(f.Params)
		case *ast.Arrow:
			s.roots(f.Params)
		}
		for range 2 { // what a variable holds may be known only below
			ast.Inspect(script.Tree, func(n ast.Node) bool { s.visit(n); return true })
		}
	}
	slices.SortStableFunc(s.reads.Paths, func(a, b []string) int { return len(a) - len(b) })
	return s.reads
}

// scan is the work on a few rules.
type scan struct {
	reads     Reads
	places    map[string][]string // what a variable stands for
	functions map[string][]*ast.Binding
	seen      map[string]bool
}

func (s *scan) roots(params *ast.Params) {
	for i, root := range []string{"user", "context"} {
		if i < len(params.List) {
			if name, ok := params.List[i].Target.(*ast.Ident); ok {
				s.places[name.Name] = []string{root}
			}
		}
	}
}

func (s *scan) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.String:
		if key := "'" + n.Value; len(n.Value) < 80 && !s.seen[key] && !ast.LoneSurrogate(n.Value) {
			s.seen[key] = true
			s.reads.Texts = append(s.reads.Texts, n.Value)
		}
	case *ast.Template:
		for _, part := range n.Parts {
			if key := "'" + part.Cooked; part.Cooked != "" && !s.seen[key] && !ast.LoneSurrogate(part.Cooked) {
				s.seen[key] = true
				s.reads.Texts = append(s.reads.Texts, part.Cooked)
			}
		}
	case *ast.Number:
		if key := "#" + n.Raw; !s.seen[key] {
			s.seen[key] = true
			s.reads.Numbers = append(s.reads.Numbers, n.Value)
		}
	case *ast.Member:
		if root, ok := n.Object.(*ast.Ident); ok && root.Name == "configuration" {
			s.configuration(n.Name)
		}
		s.add(s.place(n))
	case *ast.Index:
		if root, ok := n.Object.(*ast.Ident); ok && root.Name == "configuration" {
			if key, ok := n.Key.(*ast.String); ok {
				s.configuration(key.Value)
			}
		}
		s.add(s.place(n))
	case *ast.Var:
		for _, b := range n.List {
			if b.Init != nil {
				s.bind(b.Target, s.place(b.Init))
			}
		}
	case *ast.Assign:
		s.bind(n.Target, s.place(n.Value))
	case *ast.ForOf:
		if n.Decl != nil {
			s.bind(n.Decl.List[0].Target, element(s.place(n.Iterable)))
		}
	case *ast.FunctionDecl:
		s.functions[n.Func.Name.Name] = n.Func.Params.List
	case *ast.Call:
		s.call(n)
	}
}

func (s *scan) configuration(key string) {
	if !s.seen["c"+key] {
		s.seen["c"+key] = true
		s.reads.Configuration = append(s.reads.Configuration, key)
	}
}

func (s *scan) add(path []string) {
	for n := 2; n <= len(path); n++ {
		if key := "." + strings.Join(path[:n], "\x00"); !s.seen[key] {
			s.seen[key] = true
			s.reads.Paths = append(s.reads.Paths, path[:n:n])
		}
	}
}

// bind notes what the names of a pattern stand for.
func (s *scan) bind(target ast.Pattern, place []string) {
	if place == nil {
		return
	}
	s.add(place)
	switch t := target.(type) {
	case *ast.Ident:
		if len(s.places[t.Name]) != 1 { // user and context stay what they are
			s.places[t.Name] = place
		}
	case *ast.ObjectPattern:
		for _, p := range t.Properties {
			if key, ok := p.Key.(*ast.String); ok {
				s.bind(p.Target, join(place, key.Value))
			}
		}
	case *ast.ArrayPattern:
		for i, e := range t.Elements {
			if e != nil {
				s.bind(e.Target, join(place, strconv.Itoa(i)))
			}
		}
	}
}

// names that are methods of values, not properties of the login
var methods = map[string]bool{}

func init() {
	for name := range strings.FieldsSeq(`length push pop shift unshift splice sort reverse fill slice concat map filter some every find findIndex forEach reduce includes indexOf
		lastIndexOf join flat split toLowerCase toUpperCase trim trimStart trimEnd toString toFixed replace replaceAll substring substr charAt charCodeAt startsWith endsWith match
		test padStart padEnd repeat at normalize call apply bind hasOwnProperty getTime getDay then catch has get keys values entries`) {
		methods[name] = true
	}
}

// place is where in the login an expression's value stands; nil when it is not there.
func (s *scan) place(e ast.Node) []string {
	switch e := e.(type) {
	case *ast.Ident:
		return s.places[e.Name]
	case *ast.Member:
		if place := s.place(e.Object); place != nil && !methods[e.Name] {
			return join(place, e.Name)
		}
	case *ast.Index:
		place := s.place(e.Object)
		switch key := e.Key.(type) {
		case *ast.String:
			if place != nil {
				return join(place, key.Value)
			}
		default:
			return element(place)
		}
	case *ast.Chain:
		return s.place(e.X)
	case *ast.Logical:
		if place := s.place(e.Right); place != nil {
			return place
		}
		return s.place(e.Left)
	case *ast.Conditional:
		if place := s.place(e.Then); place != nil {
			return place
		}
		return s.place(e.Else)
	case *ast.Call:
		if m, ok := e.Callee.(*ast.Member); ok {
			switch m.Name {
			case "filter", "slice", "concat", "sort", "reverse":
				return s.place(m.Object)
			case "find", "pop", "shift", "at":
				return element(s.place(m.Object))
			}
		}
	}
	return nil
}

// call passes places into functions: the callbacks of iterations and the rule's own helpers.
func (s *scan) call(n *ast.Call) {
	switch callee := n.Callee.(type) {
	case *ast.Member:
		place := element(s.place(callee.Object))
		if place == nil || len(n.Args) == 0 {
			return
		}
		at := 0
		if callee.Name == "reduce" {
			at = 1
		}
		for _, params := range []*ast.Params{paramsOf(n.Args[0])} {
			if params != nil && at < len(params.List) {
				s.bind(params.List[at].Target, place)
			}
		}
	case *ast.Ident:
		for i, p := range s.functions[callee.Name] {
			if i < len(n.Args) {
				s.bind(p.Target, s.place(n.Args[i]))
			}
		}
	}
}

func paramsOf(e ast.Expr) *ast.Params {
	switch f := e.(type) {
	case *ast.Function:
		return f.Params
	case *ast.Arrow:
		return f.Params
	}
	return nil
}

func element(place []string) []string {
	if place == nil {
		return nil
	}
	return join(place, "0")
}

func join(place []string, key string) []string {
	return append(slices.Clone(place), key)
}
