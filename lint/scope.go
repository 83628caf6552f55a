package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
)

// variable is what a name stands for.
type variable struct {
	name   string
	role   string       // user, context or callback: a parameter of the rule; else ""
	ident  *ast.Ident   // where it is declared
	value  ast.Expr     // what it is made with; nil when that is not known
	keys   []string     // the properties that were taken out of value: const {a} = value
	fn     ast.Expr     // the function that a declaration or its value is; nil else
	params *ast.Params  // set for a parameter: the list it stands in
	index  int          // its place there
	writes int          // how often it is written after it is made
	uses   []*ast.Ident // where it is read or written
}

// fixed reports whether the variable always holds its value.
func (v *variable) fixed() bool { return v != nil && v.writes == 0 }

// names says which variable each name is. A name that nothing declares is a global and
// has none.
type names struct {
	of        map[*ast.Ident]*variable
	variables []*variable
}

// scope is one block or function.
type scope struct {
	outer    *scope
	function bool
	names    map[string]*variable
}

func (s *scope) find(name string) *variable {
	for ; s != nil; s = s.outer {
		if v := s.names[name]; v != nil {
			return v
		}
	}
	return nil
}

type resolver struct {
	*names
	scope *scope
	main  ast.Expr
}

// resolve finds the variables of a tree; main is the rule's function.
func resolve(tree, main ast.Expr) *names {
	r := &resolver{names: &names{of: map[*ast.Ident]*variable{}}, main: main}
	r.open(true)
	r.visit(tree)
	r.breakCycles()
	return r.names
}

// breakCycles forgets the values of variables that are made of themselves (var a = a && a.b),
// so that following values ends.
func (n *names) breakCycles() {
	done := map[*variable]int8{} // 1 on the way, 2 done
	var follow func(v *variable)
	follow = func(v *variable) {
		done[v] = 1
		if v.value != nil && v.fn == nil {
			ast.Inspect(v.value, func(node ast.Node) bool {
				id, ok := node.(*ast.Ident)
				if !ok {
					return true
				}
				if inner := n.of[id]; inner != nil && done[inner] == 0 {
					follow(inner)
				} else if inner != nil && done[inner] == 1 {
					v.value = nil
					return false
				}
				return v.value != nil
			})
		}
		done[v] = 2
	}
	for _, v := range n.variables {
		if done[v] == 0 {
			follow(v)
		}
	}
}

func (r *resolver) open(function bool) {
	r.scope = &scope{outer: r.scope, function: function, names: map[string]*variable{}}
}

func (r *resolver) close() { r.scope = r.scope.outer }

// declare makes a variable in the current scope, or in the function's for var.
func (r *resolver) declare(id *ast.Ident, hoisted bool) *variable {
	s := r.scope
	for hoisted && !s.function {
		s = s.outer
	}
	v := s.names[id.Name]
	if v == nil {
		v = &variable{name: id.Name, ident: id}
		s.names[id.Name] = v
		r.variables = append(r.variables, v)
	}
	return v
}

// targets lists the names of a pattern with the properties that lead to each; ok is
// false where an element of a list, a computed key or a rest is on the way.
func targets(p ast.Pattern, keys []string, ok bool, visit func(id *ast.Ident, keys []string, ok bool)) {
	switch p := p.(type) {
	case *ast.Ident:
		visit(p, keys, ok)
	case *ast.ArrayPattern:
		for _, e := range p.Elements {
			if e != nil {
				targets(e.Target, nil, false, visit)
			}
		}
		if p.Rest != nil {
			targets(p.Rest, nil, false, visit)
		}
	case *ast.ObjectPattern:
		for _, prop := range p.Properties {
			key, named := prop.Key.(*ast.String)
			if !named || prop.Computed {
				targets(prop.Target, nil, false, visit)
				continue
			}
			targets(prop.Target, append(append([]string{}, keys...), key.Value), ok, visit)
		}
		if p.Rest != nil {
			targets(p.Rest, nil, false, visit)
		}
	}
}

// hoist declares what a list of statements declares: let, const, class and functions.
func (r *resolver) hoist(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.FunctionDecl:
			v := r.declare(s.Func.Name, false)
			v.fn = s.Func
			r.of[s.Func.Name] = v
		case *ast.ClassDecl:
			r.of[s.Class.Name] = r.declare(s.Class.Name, false)
		case *ast.Var:
			if s.Kind != ast.VarVar {
				r.bind(s, false)
			}
		}
	}
}

// bind declares the variables of a declaration.
func (r *resolver) bind(s *ast.Var, hoisted bool) {
	for _, b := range s.List {
		targets(b.Target, nil, true, func(id *ast.Ident, keys []string, ok bool) {
			v := r.declare(id, hoisted)
			r.of[id] = v
			if v.value != nil || v.params != nil || v.fn != nil {
				v.writes++ // declared again
			}
			if b.Init != nil && ok {
				v.value, v.keys = b.Init, keys
				if len(keys) == 0 {
					v.fn = functionOf(b.Init)
				}
			} else if b.Init == nil && s.Kind == ast.VarVar {
				return
			}
		})
	}
}

// vars declares the var variables of a function's body.
func (r *resolver) vars(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Function, *ast.Arrow, *ast.Class:
			return false
		case *ast.Var:
			if n.Kind == ast.VarVar {
				r.bind(n, true)
			}
		}
		return true
	})
}

// function visits a function in a scope of its own.
func (r *resolver) function(whole ast.Expr, name *ast.Ident, params *ast.Params, body *ast.Block, result ast.Expr) {
	r.open(true)
	if name != nil {
		v := r.declare(name, false)
		v.fn = whole
		if r.of[name] == nil {
			r.of[name] = v
		}
	}
	for i, b := range params.List {
		targets(b.Target, nil, true, func(id *ast.Ident, keys []string, ok bool) {
			v := &variable{name: id.Name, ident: id, params: params, index: i}
			r.scope.names[id.Name] = v
			r.variables = append(r.variables, v)
			r.of[id] = v
			if whole == r.main && len(keys) == 0 && ok && i < 3 {
				v.role = [...]string{"user", "context", "callback"}[i]
			} else if len(keys) > 0 || !ok {
				v.params = nil
			}
		})
	}
	if params.Rest != nil {
		targets(params.Rest, nil, false, func(id *ast.Ident, _ []string, _ bool) { r.of[id] = r.declare(id, false) })
	}
	for _, b := range params.List {
		r.pattern(b.Target)
		if b.Init != nil {
			r.visit(b.Init)
		}
	}
	if body != nil {
		r.vars(body)
		r.hoist(body.List)
		for _, s := range body.List {
			r.visit(s)
		}
	} else {
		r.visit(result)
	}
	r.close()
}

// pattern visits the default values and computed keys of a pattern that declares.
func (r *resolver) pattern(p ast.Pattern) {
	switch p := p.(type) {
	case *ast.ArrayPattern:
		for _, e := range p.Elements {
			if e != nil {
				r.pattern(e.Target)
				if e.Init != nil {
					r.visit(e.Init)
				}
			}
		}
	case *ast.ObjectPattern:
		for _, prop := range p.Properties {
			if prop.Computed {
				r.visit(prop.Key)
			}
			r.pattern(prop.Target)
			if prop.Init != nil {
				r.visit(prop.Init)
			}
		}
	}
}

// write counts a write to every name of a pattern.
func (r *resolver) write(p ast.Pattern) {
	targets(p, nil, true, func(id *ast.Ident, _ []string, _ bool) {
		if v := r.scope.find(id.Name); v != nil {
			v.writes++
		}
	})
}

func (r *resolver) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.Ident:
		if v := r.scope.find(n.Name); v != nil {
			r.of[n] = v
			v.uses = append(v.uses, n)
		}
		return
	case *ast.Function:
		r.function(n, n.Name, n.Params, n.Body, nil)
		return
	case *ast.FunctionDecl:
		r.function(n.Func, nil, n.Func.Params, n.Func.Body, nil)
		return
	case *ast.Arrow:
		r.function(n, nil, n.Params, n.Body, n.Result)
		return
	case *ast.Var:
		for _, b := range n.List {
			r.pattern(b.Target)
			if b.Init != nil {
				r.visit(b.Init)
			}
		}
		return
	case *ast.Break, *ast.Continue:
		return
	case *ast.Labelled:
		r.visit(n.Body)
		return
	case *ast.Class:
		for _, m := range n.Members {
			r.visit(m)
		}
		if n.Extends != nil {
			r.visit(n.Extends)
		}
		return
	case *ast.Assign:
		r.write(n.Target)
	case *ast.Update:
		r.write(n.X)
	case *ast.ForIn:
		r.loop(n, n.Decl, n.Target)
		return
	case *ast.ForOf:
		r.loop(n, n.Decl, n.Target)
		return
	case *ast.For:
		r.loop(n, n.Decl, nil)
		return
	case *ast.Block:
		r.open(false)
		r.hoist(n.List)
		r.children(n)
		r.close()
		return
	case *ast.Switch:
		r.open(false)
		for _, c := range n.Cases {
			r.hoist(c.Body)
		}
		r.children(n)
		r.close()
		return
	case *ast.Try:
		r.visit(n.Body)
		if n.Catch != nil {
			r.open(false)
			if n.Param != nil {
				targets(n.Param, nil, false, func(id *ast.Ident, _ []string, _ bool) { r.of[id] = r.declare(id, false) })
			}
			r.visit(n.Catch)
			r.close()
		}
		if n.Finally != nil {
			r.visit(n.Finally)
		}
		return
	}
	r.children(n)
}

// loop visits a loop with the scope of its variable, which is written at each turn.
func (r *resolver) loop(n ast.Node, decl *ast.Var, target ast.Pattern) {
	r.open(false)
	if decl != nil {
		if decl.Kind != ast.VarVar {
			r.bind(decl, false)
		}
		for _, b := range decl.List {
			r.write(b.Target)
		}
	}
	if target != nil {
		r.write(target)
	}
	r.children(n)
	r.close()
}

func (r *resolver) children(n ast.Node) {
	for _, child := range ast.Children(n) {
		r.visit(child)
	}
}

// functionOf is the function that an expression is; nil when it is none.
func functionOf(e ast.Expr) ast.Expr {
	switch e.(type) {
	case *ast.Function, *ast.Arrow:
		return e
	}
	return nil
}

// body is a function's parameters and body: a block, or the expression of an arrow.
func body(fn ast.Expr) (*ast.Params, *ast.Block, ast.Expr) {
	switch fn := fn.(type) {
	case *ast.Function:
		return fn.Params, fn.Body, nil
	case *ast.Arrow:
		return fn.Params, fn.Body, fn.Result
	}
	return nil, nil, nil
}

// isAsync reports whether a function is async.
func isAsync(fn ast.Expr) bool {
	switch fn := fn.(type) {
	case *ast.Function:
		return fn.Async
	case *ast.Arrow:
		return fn.Async
	}
	return false
}
