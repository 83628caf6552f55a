package lint

import (
	"iter"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// path is what an expression reads, as a text with dots: "user.app_metadata.roles". The
// rule's parameters are user, context and callback whatever it calls them; a global is its
// name, a variable of the rule has "~" in front, unless it always holds a path: then that
// counts. A default (x || {}) is left out, an optional chain is a plain one, a key that is
// not known is "*". "" is for what is no path.
func (r *rule) path(e ast.Expr) string { return r.pathDepth(e, 0) }

const maxAliases = 20 // of aliases of aliases

func (r *rule) pathDepth(e ast.Node, depth int) string {
	if depth > maxAliases {
		return ""
	}
	switch e := e.(type) {
	case *ast.Ident:
		v := r.names.of[e]
		switch {
		case v == nil:
			return e.Name
		case v.role != "":
			return v.role
		case v.fixed() && v.value != nil:
			if p := r.pathDepth(v.value, depth+1); p != "" {
				for _, key := range v.keys {
					p += "." + key
				}
				return p
			}
		}
		return "~" + e.Name
	case *ast.Member:
		if p := r.pathDepth(e.Object, depth+1); p != "" {
			return p + "." + e.Name
		}
	case *ast.Index:
		p := r.pathDepth(e.Object, depth+1)
		if p == "" {
			return ""
		}
		if key, ok := r.str(e.Key); ok {
			return p + "." + key
		}
		return p + ".*"
	case *ast.Chain:
		return r.pathDepth(e.X, depth+1)
	case *ast.Logical:
		if e.Op != "&&" && empty(e.Right) {
			return r.pathDepth(e.Left, depth+1)
		}
	case *ast.This:
		return "this"
	}
	return ""
}

// empty reports whether an expression is a default without content.
func empty(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Object:
		return len(e.Properties) == 0
	case *ast.Array:
		return len(e.Elements) == 0
	case *ast.String:
		return e.Value == ""
	case *ast.Null, *ast.Bool:
		return true
	case *ast.Number:
		return e.Value == 0
	}
	return false
}

// under reports whether a path is p or below it.
func under(path, p string) bool {
	return path == p || strings.HasPrefix(path, p) && path[len(p)] == '.'
}

// str is the text that an expression always has.
func (r *rule) str(e ast.Expr) (string, bool) {
	text, whole := r.prefix(e, 0)
	return text, whole
}

// maxPrefixes bounds the expressions that prefix looks at: constants may hold each other many
// times over.
const maxPrefixes = 2000

// prefix is the text with which an expression always begins, and whether that is all of it.
func (r *rule) prefix(e ast.Node, depth int) (text string, whole bool) {
	if depth == 0 {
		r.prefixed = 0
	}
	if r.prefixed++; depth > maxAliases || r.prefixed > maxPrefixes {
		return "", false
	}
	switch e := e.(type) {
	case *ast.String:
		return e.Value, true
	case *ast.Template:
		for i, part := range e.Parts {
			text += part.Cooked
			if i < len(e.Exprs) {
				value, whole := r.prefix(e.Exprs[i], depth+1)
				if text += value; !whole {
					return text, false
				}
			}
		}
		return text, true
	case *ast.Binary:
		if e.Op != "+" {
			return "", false
		}
		left, whole := r.prefix(e.Left, depth+1)
		if !whole {
			return left, false
		}
		right, whole := r.prefix(e.Right, depth+1)
		return left + right, whole
	case *ast.Ident:
		if v := r.names.of[e]; v.fixed() && v.value != nil && len(v.keys) == 0 {
			return r.prefix(v.value, depth+1)
		}
	}
	return "", false
}

// assignments are those whose target is no pattern, with that target.
func (r *rule) assignments() iter.Seq2[*ast.Assign, ast.Expr] {
	return func(yield func(*ast.Assign, ast.Expr) bool) {
		for _, n := range r.nodes {
			a, ok := n.(*ast.Assign)
			if !ok {
				continue
			}
			if target, ok := a.Target.(ast.Expr); ok && !yield(a, target) {
				return
			}
		}
	}
}

// callee is the path of what a call calls.
func (r *rule) callee(c *ast.Call) string { return r.path(c.Callee) }

// method is the object and the name of a method that a call calls: x and m of x.m(…).
func method(c *ast.Call) (object ast.Expr, name string) {
	callee := c.Callee
	if chain, ok := callee.(*ast.Chain); ok {
		callee = chain.X
	}
	if m, ok := callee.(*ast.Member); ok {
		return m.Object, m.Name
	}
	return nil, ""
}

// isGlobal reports whether an expression is a global of this name.
func (r *rule) isGlobal(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name && r.names.of[id] == nil
}

// property is the value of an object literal's property.
func property(o *ast.Object, name string) (*ast.Prop, bool) {
	for _, p := range o.Properties {
		if p, ok := p.(*ast.Prop); ok && !p.Computed {
			if key, ok := p.Key.(*ast.String); ok && key.Value == name {
				return p, true
			}
		}
	}
	return nil, false
}

// value follows a variable that never changes to what it holds.
func (r *rule) value(e ast.Expr) ast.Expr {
	for range maxAliases {
		id, ok := e.(*ast.Ident)
		if !ok {
			return e
		}
		v := r.names.of[id]
		if !v.fixed() || v.value == nil || len(v.keys) > 0 {
			return e
		}
		e = v.value
	}
	return e
}

// module is the name of the package or core module that an expression requires, version
// cut: lodash for require('lodash@4.17.19'); "" for another expression.
func (r *rule) module(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		if v := r.names.of[e]; v.fixed() && v.value != nil {
			return r.module(v.value)
		}
	case *ast.Call:
		if !r.isGlobal(e.Callee, "require") || len(e.Args) == 0 {
			return ""
		}
		name, ok := r.str(e.Args[0])
		if !ok {
			return ""
		}
		name = strings.TrimPrefix(name, "node:")
		if at := strings.LastIndex(name, "@"); at > 0 {
			name = name[:at]
		}
		return name
	case *ast.Member:
		return r.module(e.Object)
	}
	return ""
}
