package ruletest

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// reads is what a rule looks at: the paths of user, context and configuration that it names, and its
// constants.
type reads struct {
	paths   [][]string // the first part is user, context or configuration
	texts   []string
	numbers []float64
	clock   bool     // it names Date
	members []string // names that are read of anything else: of items of lists, say

	samples []string // what the sample login has at the paths

	computed [][]string // objects of which a property with a computed name is read

	roots map[string][]string // variables that stand for a path
}

// readsOf walks a rule.
func readsOf(fn, tree ast.Expr) *reads {
	r := &reads{roots: map[string][]string{"configuration": {"configuration"}}}
	for i, name := range params(fn) {
		if i < 2 && name != "" {
			r.roots[name] = []string{[]string{"user", "context"}[i]}
		}
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Binding:
			r.alias(n)
		case *ast.Member:
			r.path(n)
		case *ast.Index:
			r.path(n)
			if base := r.resolve(n.Object); base != nil && r.resolve(n) == nil {
				r.computed = append(r.computed, base)
			}
		case *ast.Call:
			// The name of a method is no property.
			if m, ok := bare(n.Callee).(*ast.Member); ok {
				r.path(m.Object)
			}
		case *ast.Ident:
			r.clock = r.clock || n.Name == "Date"
		case *ast.String:
			r.text(n.Value)
		case *ast.Number:
			if !slices.Contains(r.numbers, n.Value) && len(r.numbers) < 20 {
				r.numbers = append(r.numbers, n.Value)
			}
		}
		return true
	})
	for _, base := range r.computed {
		for _, text := range r.texts {
			if identifier.MatchString(text) && len(r.paths) < 40 {
				r.add(append(slices.Clone(base), text))
			}
		}
	}
	return r
}

// params are the names of a function's parameters; "" for patterns.
func params(fn ast.Expr) []string {
	var list []*ast.Binding
	switch fn := fn.(type) {
	case *ast.Function:
		list = fn.Params.List
	case *ast.Arrow:
		list = fn.Params.List
	}
	var names []string
	for _, b := range list {
		name := ""
		if id, ok := b.Target.(*ast.Ident); ok {
			name = id.Name
		}
		names = append(names, name)
	}
	return names
}

// bare is an expression without what leaves its value as it is.
func bare(x ast.Expr) ast.Expr {
	for {
		switch n := x.(type) {
		case *ast.Chain:
			x = n.X
		case *ast.Logical:
			x = n.Left
		default:
			return x
		}
	}
}

// alias notes a variable, or those of a pattern, that stand for a path.
func (r *reads) alias(b *ast.Binding) {
	if b.Init == nil {
		return
	}
	path := r.resolve(b.Init)
	if path == nil {
		return
	}
	switch target := b.Target.(type) {
	case *ast.Ident:
		r.roots[target.Name] = path
	case *ast.ObjectPattern:
		for _, p := range target.Properties {
			key, isText := p.Key.(*ast.String)
			if !isText {
				continue
			}
			inner := append(slices.Clone(path), key.Value)
			r.add(inner)
			if id, ok := p.Target.(*ast.Ident); ok {
				r.roots[id.Name] = inner
			}
		}
	}
}

// resolve is the path that an expression reads; nil when it is none.
func (r *reads) resolve(x ast.Expr) []string {
	switch n := bare(x).(type) {
	case *ast.Ident:
		return r.roots[n.Name]
	case *ast.Member:
		if base := r.resolve(n.Object); base != nil {
			return append(slices.Clone(base), n.Name)
		}
	case *ast.Index:
		key, isText := n.Key.(*ast.String)
		if base := r.resolve(n.Object); base != nil && isText {
			return append(slices.Clone(base), key.Value)
		}
	}
	return nil
}

// notData are names of methods and properties that JavaScript's own values have.
var notData = strings.Fields(`length split indexOf lastIndexOf includes some every filter map find findIndex forEach join concat slice push
	toLowerCase toUpperCase trim replace startsWith endsWith match test substr substring reduce keys then catch hasOwnProperty`)

func (r *reads) path(x ast.Expr) {
	path := r.resolve(x)
	if path == nil {
		if m, ok := bare(x).(*ast.Member); ok && !slices.Contains(r.members, m.Name) && !slices.Contains(notData, m.Name) && len(r.members) < 12 {
			r.members = append(r.members, m.Name)
		}
		return
	}
	for len(path) > 1 && slices.Contains(notData, path[len(path)-1]) {
		path = path[:len(path)-1]
	}
	r.add(path)
}

func (r *reads) add(path []string) {
	if len(path) < 2 || len(path) > 6 || slices.ContainsFunc(r.paths, func(p []string) bool { return slices.Equal(p, path) }) {
		return
	}
	r.paths = append(r.paths, path)
}

func (r *reads) text(text string) {
	if text != "" && len(text) < 200 && !slices.Contains(r.texts, text) && len(r.texts) < 60 {
		r.texts = append(r.texts, text)
	}
}

// values are what may stand at a path, so that a condition of the rule goes one way or the other: those
// that rules mostly ask for, then the others.
func (r *reads) values(path []string, rare bool) []any {
	var all []any
	add := func(values ...any) { all = append(all, values...) }
	if path[0] == clockRoot {
		if !rare { // a Saturday, nights, the last hour of a year, long after
			add("2026-03-07T10:30:00Z", "2026-03-02T03:30:00Z", "2026-03-02T23:30:00Z", "2026-12-31T23:30:00Z", "2031-06-15T12:00:00Z")
		}
		return all
	}
	if path[0] == "configuration" {
		if rare {
			return nil
		}
		add("true", "false", "1", "")
		for _, text := range r.samples {
			add(text)
		}
		for _, text := range r.texts {
			add(text)
		}
		return all
	}
	if !rare {
		add(true, false, nil, "", 0.0, 1.0, []any{})
		for _, text := range r.texts {
			add(text, []any{text})
			if front, _, found := strings.Cut(text, "/"); found && front != "" && !strings.Contains(text, "://") {
				add(front) // the address of a network, the first part of a name
			}
			if strings.Contains(text, ".") {
				add("jane@"+strings.TrimPrefix(text, "@"), "https://"+text+"/")
			}
		}
		for _, n := range r.numbers {
			add(n, n+1, n-1)
		}
		return all
	}
	add(1000.0, map[string]any{})
	for _, text := range r.texts {
		add("jane@"+strings.TrimPrefix(text, "@"), map[string]any{text: true}, text+"x", "x"+text)
	}
	add("2020-01-01T00:00:00.000Z", "2026-03-02T10:29:00.000Z")
	for _, name := range r.members {
		for _, text := range r.texts {
			add([]any{map[string]any{name: text}})
			if identifier.MatchString(text) {
				add([]any{map[string]any{name: map[string]any{text: "a text"}}})
			}
		}
		add([]any{map[string]any{name: true}})
	}
	return all
}
