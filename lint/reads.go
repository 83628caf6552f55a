package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// reads reports whether a node reads a path that p accepts, itself or through variables that
// never change.
func (r *rule) reads(n ast.Node, p func(path string) bool) bool {
	return r.readsOnce(n, p, map[*variable]bool{})
}

func (r *rule) readsOnce(n ast.Node, p func(string) bool, seen map[*variable]bool) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if found {
			return false
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		switch e := e.(type) {
		case *ast.Member, *ast.Index, *ast.Chain:
			found = p(r.path(e))
		case *ast.Ident:
			if found = p(r.path(e)); found {
				return false
			}
			if v := r.names.of[e]; v.fixed() && v.value != nil && v.fn == nil && !seen[v] {
				seen[v] = true
				found = r.readsOnce(v.value, p, seen)
			}
		}
		return !found
	})
	return found
}

// below answers a predicate for paths at or below one of some.
func below(paths ...string) func(string) bool {
	return func(path string) bool {
		return slices.ContainsFunc(paths, func(p string) bool { return under(path, p) })
	}
}

// mentionsName reports whether the rule reads or writes a property of this name.
func (r *rule) mentionsName(names ...string) bool {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Member:
			if slices.Contains(names, n.Name) {
				return true
			}
		case *ast.String:
			if slices.Contains(names, n.Value) {
				return true
			}
		case *ast.PatternProp:
			if key, ok := n.Key.(*ast.String); ok && slices.Contains(names, key.Value) {
				return true
			}
		}
	}
	return false
}

// mentionsText reports whether a text of the rule holds one of some words.
func (r *rule) mentionsText(words ...string) bool {
	for _, n := range r.nodes {
		text := ""
		switch n := n.(type) {
		case *ast.String:
			text = n.Value
		case *ast.Template:
			for _, part := range n.Parts {
				text += part.Cooked + " "
			}
		}
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) }) {
			return true
		}
	}
	return false
}

// denial reports whether a call of the callback refuses the login for a reason of the rule's
// own: it makes the error itself.
func (r *rule) denial(call *ast.Call) bool {
	if len(call.Args) == 0 {
		return false
	}
	switch e := r.value(call.Args[0]).(type) {
	case *ast.New, *ast.String, *ast.Template:
		return true
	case *ast.Call:
		return r.isGlobal(e.Callee, "UnauthorizedError")
	}
	return false
}

// denies reports whether a node holds a denial; a helper's is not looked for.
func (r *rule) denies(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Call:
			found = found || r.path(n.Callee) == "callback" && r.denial(n)
		case *ast.Throw:
			found = true
		}
		return !found
	})
	return found
}

// inTest is the if statement or conditional in whose test an expression stands.
func (r *rule) inTest(n ast.Node) ast.Node {
	var in ast.Node
	r.up(n, func(child, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.If:
			if ast.Node(p.Test) == child {
				in = p
			}
			return false
		case *ast.Conditional:
			if ast.Node(p.Test) == child {
				in = p
				return false
			}
		case ast.Stmt, *ast.Function:
			return false
		}
		return true
	})
	return in
}

// elements are the texts of the list that a variable runs through: d of
// ['a.com', 'b.com'].some(d => …).
func (r *rule) elements(e ast.Expr) []string {
	id, ok := e.(*ast.Ident)
	if !ok {
		return nil
	}
	v := r.names.of[id]
	if v == nil || v.params == nil || v.index != 0 {
		return nil
	}
	fn := r.parents[v.params]
	call, ok := r.parents[fn].(*ast.Call)
	if !ok {
		return nil
	}
	object, _ := method(call)
	if object == nil {
		return nil
	}
	array, ok := r.value(object).(*ast.Array)
	if !ok {
		return nil
	}
	var texts []string
	for _, e := range array.Elements {
		text, ok := e.(*ast.String)
		if !ok {
			return nil
		}
		texts = append(texts, text.Value)
	}
	return texts
}

// network reports whether a call goes to an HTTP client: request, axios, fetch and others.
func (r *rule) network(call *ast.Call) bool {
	callee := call.Callee
	if r.isGlobal(callee, "fetch") || under(r.callee(call), "request") {
		return true
	}
	switch r.module(callee) {
	case "request", "request-promise", "request-promise-native", "axios", "node-fetch", "got", "superagent", "needle", "http", "https", "bent", "undici", "unirest", "restler":
		return true
	}
	return false
}
