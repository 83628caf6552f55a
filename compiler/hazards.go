package compiler

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/source"
)

// hazard is the place where a rule may change JavaScript's own objects: what every later
// rule of the pipeline reads of them is then unknown. ok is false when there is none.
//
// What counts is any way to reach them other than to call them or to read their members:
// writes through a global name or a prototype, the functions that define properties, this
// outside a class, code made from text.
func hazard(fn ast.Node) (at source.Span, ok bool) {
	h := &hazards{declared: declaredNames(fn), writesThis: writesThis(fn)}
	h.visit(fn, false)
	return h.at, h.found
}

type hazards struct {
	declared map[string]bool // names that the rule declares anywhere
	// writesThis says that a function writes to this: what it is called on may be changed.
	writesThis bool
	strict     bool // in strict mode, where this is never the global object
	at         source.Span
	found      bool
}

func (h *hazards) report(n ast.Node) {
	if !h.found {
		h.found, h.at = true, n.Span()
	}
}

// dangerous are names of what changes objects in ways that no assignment shows.
var dangerous = map[string]bool{
	"defineProperty": true, "defineProperties": true, "setPrototypeOf": true, "getPrototypeOf": true, "__proto__": true,
	"__defineGetter__": true, "__defineSetter__": true, "constructor": true,
}

// dynamic are globals that run or reach anything.
var dynamic = map[string]bool{"eval": true, "Function": true, "Reflect": true, "Proxy": true, "Symbol": true}

// own are JavaScript's own objects and functions, and those of the contract.
var own = map[string]bool{
	"Object": true, "Array": true, "String": true, "Number": true, "Boolean": true, "Date": true, "RegExp": true, "Set": true, "Map": true,
	"Promise": true, "Error": true, "TypeError": true, "RangeError": true, "SyntaxError": true, "ReferenceError": true, "EvalError": true,
	"URIError": true, "UnauthorizedError": true, "ValidationError": true, "WrongUsernameOrPasswordError": true, "URL": true,
	"URLSearchParams": true, "JSON": true, "Math": true, "console": true, "auth0": true, "configuration": true, "Intl": true,
	"parseInt": true, "parseFloat": true, "isNaN": true, "isFinite": true, "encodeURIComponent": true, "decodeURIComponent": true,
	"encodeURI": true, "decodeURI": true, "undefined": true, "NaN": true, "Infinity": true, "require": true,
}

// plain are names of own that may have another name: values that nobody can change, and
// classes of which nothing is read but by new, prototypes apart.
var plain = map[string]bool{
	"undefined": true, "NaN": true, "Infinity": true, "configuration": true, "Error": true, "TypeError": true, "RangeError": true,
	"UnauthorizedError": true, "ValidationError": true,
}

// visit looks at a node and below. called says that the node is called, or that a member of
// it is read: JavaScript's own objects may stand there.
func (h *hazards) visit(n ast.Node, called bool) {
	if n == nil || h.found {
		return
	}
	switch n := n.(type) {
	case *ast.Ident:
		if h.declared[n.Name] {
			return
		}
		if dynamic[n.Name] || !called && own[n.Name] && !plain[n.Name] {
			h.report(n)
		}
	case *ast.New:
		h.visit(n.Callee, true)
		for _, a := range n.Args {
			h.visit(a, false)
		}
		return
	case *ast.Binary: // whose value is never one of its operands
		h.visit(n.Left, true)
		h.visit(n.Right, true)
		return
	case *ast.Logical:
		h.visit(n.Left, n.Op == "&&") // they are truthy
		h.visit(n.Right, false)
		return
	case *ast.If:
		h.visit(n.Test, true)
		h.visit(n.Then, false)
		if n.Else != nil {
			h.visit(n.Else, false)
		}
		return
	case *ast.Conditional:
		h.visit(n.Test, true)
		h.visit(n.Then, false)
		h.visit(n.Else, false)
		return
	case *ast.This:
		if !called && !h.strict {
			h.report(n) // it may be the global object, under another name from now on
		}
		return
	case *ast.Class:
		strict := h.strict
		h.strict = true
		for _, child := range ast.Children(n) {
			h.visit(child, false)
		}
		h.strict = strict
		return
	case *ast.Function:
		strict := h.strict
		h.strict = strict || n.Strict
		for _, child := range ast.Children(n) {
			h.visit(child, false)
		}
		h.strict = strict
		return
	case *ast.Member:
		if dangerous[n.Name] {
			h.report(n)
			return
		}
		if n.Name == "prototype" && !called {
			h.report(n)
			return
		}
		h.visit(n.Object, true)
		return
	case *ast.Index:
		if s, isText := n.Key.(*ast.String); isText && (dangerous[s.Value] || s.Value == "prototype") {
			h.report(n)
			return
		}
		if _, isThis := n.Object.(*ast.This); !isThis && h.isGlobal(n.Object) {
			h.report(n) // which of its members is not known
			return
		}
		h.visit(n.Object, true)
		h.visit(n.Key, false)
		return
	case *ast.Call:
		h.visit(n.Callee, true)
		h.arguments(n)
		return
	case *ast.Assign:
		h.target(n.Target)
		h.visit(n.Value, false)
		return
	case *ast.Update:
		h.target(n.X)
		return
	case *ast.Unary:
		if n.Op == "typeof" || n.Op == "!" {
			h.visit(n.X, true)
			return
		}
		if n.Op == "delete" {
			if p, isPattern := n.X.(ast.Pattern); isPattern {
				h.target(p)
				return
			}
		}
	case *ast.Binding:
		h.pattern(n.Target)
		if n.Init != nil {
			_, takesApart := n.Target.(*ast.ObjectPattern) // into members
			h.visit(n.Init, takesApart)
		}
		return
	case *ast.ForIn:
		if n.Target != nil {
			h.target(n.Target)
		}
	case *ast.ForOf:
		if n.Target != nil {
			h.target(n.Target)
		}
	case *ast.PatternProp:
		if s, isText := n.Key.(*ast.String); isText && (dangerous[s.Value] || s.Value == "prototype") || n.Computed {
			h.report(n)
			return
		}
	case *ast.Prop:
		h.visit(n.Value, false)
		if n.Computed {
			h.visit(n.Key, false)
		}
		return
	}
	for _, child := range ast.Children(n) {
		h.visit(child, false)
	}
}

// arguments looks at what a call is given. Methods that only call a function may be
// given one of JavaScript's own.
func (h *hazards) arguments(c *ast.Call) {
	harmless := false
	if m, ok := c.Callee.(*ast.Member); ok {
		switch m.Name {
		case "call", "apply", "bind":
			// this stays this; who is called is looked at where it stands.
			for i, a := range c.Args {
				_, isThis := a.(*ast.This)
				if i > 0 || !isThis {
					h.visit(a, i == 0 && !h.writesThis)
				}
			}
			return
		case "map", "filter", "some", "every", "find", "findIndex", "forEach", "then", "log":
			harmless = true
		case "assign":
			if id, isName := m.Object.(*ast.Ident); isName && id.Name == "Object" && len(c.Args) > 0 && h.reachesOwn(c.Args[0]) {
				h.report(c)
				return
			}
		}
	}
	for _, a := range c.Args {
		h.visit(a, harmless)
	}
}

// target looks at what is written to.
func (h *hazards) target(p ast.Node) {
	switch p := p.(type) {
	case *ast.Ident:
		if !h.declared[p.Name] && own[p.Name] {
			h.report(p)
		}
	case *ast.Member:
		if h.reachesOwn(p.Object) || h.isGlobal(p.Object) && own[p.Name] {
			h.report(p)
			return
		}
		h.visit(p, true)
	case *ast.Index:
		if h.reachesOwn(p.Object) || h.isGlobal(p.Object) {
			h.report(p)
			return
		}
		h.visit(p, true)
	default:
		for _, child := range ast.Children(p) {
			switch child := child.(type) {
			case *ast.PatternProp:
				h.visit(child, false)
				h.target(child.Target)
			case *ast.Binding:
				h.target(child.Target)
			case ast.Pattern:
				h.target(child)
			default:
				h.visit(child, false)
			}
		}
	}
}

// pattern looks at a declared pattern: what it takes out of objects.
func (h *hazards) pattern(p ast.Node) {
	if _, isName := p.(*ast.Ident); isName {
		return
	}
	for _, child := range ast.Children(p) {
		h.visit(child, false)
	}
}

// writesThis reports whether this is written to anywhere below n.
func writesThis(n ast.Node) bool {
	found := false
	onThis := func(p ast.Node) {
		switch p := p.(type) {
		case *ast.Member:
			_, isThis := p.Object.(*ast.This)
			found = found || isThis
		case *ast.Index:
			_, isThis := p.Object.(*ast.This)
			found = found || isThis
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Assign:
			onThis(n.Target)
		case *ast.Update:
			onThis(n.X)
		case *ast.Unary:
			if n.Op == "delete" {
				onThis(n.X)
			}
		case *ast.ObjectPattern, *ast.ArrayPattern:
			for _, child := range ast.Children(n) {
				onThis(child)
			}
		case *ast.PatternProp:
			onThis(n.Target)
		case *ast.Binding:
			onThis(n.Target)
		}
		return !found
	})
	return found
}

// isGlobal reports whether n is global or globalThis, or may be: this outside strict mode.
func (h *hazards) isGlobal(n ast.Node) bool {
	if _, isThis := n.(*ast.This); isThis {
		return !h.strict
	}
	id, ok := n.(*ast.Ident)
	return ok && !h.declared[id.Name] && (id.Name == "global" || id.Name == "globalThis")
}

func (h *hazards) isOwn(id *ast.Ident) bool { return own[id.Name] && !h.declared[id.Name] }

// reachesOwn reports whether an object is one of JavaScript's own or reached through one.
func (h *hazards) reachesOwn(n ast.Node) bool {
	for {
		switch x := n.(type) {
		case *ast.Ident:
			return h.isOwn(x)
		case *ast.Member:
			if x.Name == "prototype" || h.isGlobal(x.Object) && own[x.Name] {
				return true
			}
			n = x.Object
		case *ast.Index:
			if h.isGlobal(x.Object) {
				return true
			}
			n = x.Object
		default:
			return false
		}
	}
}

// declaredNames lists every name that is declared anywhere below n.
func declaredNames(n ast.Node) map[string]bool {
	names := map[string]bool{}
	var pattern func(p ast.Node)
	pattern = func(p ast.Node) {
		ast.Inspect(p, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				names[id.Name] = true
			}
			_, isProp := n.(*ast.PatternProp)
			if isProp {
				pattern(n.(*ast.PatternProp).Target)
				return false
			}
			_, isMember := n.(*ast.Member)
			return !isMember
		})
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Var:
			for _, b := range n.List {
				pattern(b.Target)
			}
		case *ast.Params:
			for _, b := range n.List {
				pattern(b.Target)
			}
			if n.Rest != nil {
				pattern(n.Rest)
			}
		case *ast.Function:
			if n.Name != nil {
				names[n.Name.Name] = true
			}
		case *ast.Class:
			if n.Name != nil {
				names[n.Name.Name] = true
			}
		case *ast.Try:
			if n.Param != nil {
				pattern(n.Param)
			}
		}
		return true
	})
	return names
}
