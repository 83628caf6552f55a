package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// maxInlining is how deep functions may be inlined into each other.
const maxInlining = 40

// inline lowers a call of a function of the rule: its parameters become variables, its
// body steps. wanted says that somebody reads what it returns.
func (l *lowerer) inline(at placed, f *functionValue, args []value, wanted bool) value {
	params, body, result, async, ok := parts(f.node)
	switch {
	case !ok:
		return l.exit(diag.ClassUsed, at, "")
	case async:
		return l.exit(diag.Waits, at, "")
	case len(l.inlining) >= maxInlining:
		return l.exit(diag.Recursion, at, "")
	}
	for _, active := range l.inlining {
		if active == ast.Node(f.node) {
			return l.exit(diag.Recursion, at, "")
		}
	}
	l.inlining = append(l.inlining, f.node)
	outerScope, outerFunction := l.scope, l.function
	l.scope = newScope(f.scope)
	defer func() {
		l.scope, l.function = outerScope, outerFunction
		l.inlining = l.inlining[:len(l.inlining)-1]
	}()
	if own, isFunction := f.node.(*ast.Function); isFunction && own.Name != nil {
		l.scope.declare(own.Name.Name, &binding{kind: bindFunction, static: f, ready: true})
		l.scope = newScope(l.scope)
	}
	l.function = &function{node: f.node, tries: len(l.tries), branch: l.branch}
	if body != nil {
		result = onlyReturn(body)
	}
	if result != nil && substitutes(params, args) {
		scope := l.scope
		l.scope = newScope(scope)
		for i, p := range params.List {
			b := &binding{kind: bindParam, ready: true, once: !l.assigned[p.Target.(*ast.Ident).Name], static: undefined(p)}
			if i < len(args) {
				b.static = args[i]
			}
			l.scope.declare(p.Target.(*ast.Ident).Name, b)
		}
		var made value
		if l.attempt(func() { made = l.value(result) }) && computesAll(made, args) {
			return made
		}
		l.scope = scope
	}
	l.hoist(params, body)
	l.bindParams(params, args)
	if !l.reachable {
		return undefined(at)
	}
	if result != nil {
		return l.value(result)
	}
	l.resetVars(at)
	return l.inlineBody(at, body, wanted)
}

// onlyReturn is the expression of a body that is one return statement.
func onlyReturn(body *ast.Block) ast.Expr {
	list := body.List
	for len(list) > 0 {
		if _, isDirective := list[0].(*ast.Directive); !isDirective {
			break
		}
		list = list[1:]
	}
	if len(list) != 1 {
		return nil
	}
	if r, ok := list[0].(*ast.Return); ok {
		return r.X
	}
	return nil
}

// inlineBody lowers a body of statements. A return at its end needs no block to leave.
func (l *lowerer) inlineBody(at placed, body *ast.Block, wanted bool) value {
	label := l.label("call")
	used := false
	l.function.leave = func(at placed) {
		used = true
		l.emit(&ir.Leave{At: at.Span(), Label: label})
	}
	list := body.List
	var last ast.Expr
	if n := len(list); n > 0 {
		if r, ok := list[n-1].(*ast.Return); ok && !returns(list[:n-1]) {
			list, last = list[:n-1], r.X
			l.statements(list)
			if !l.reachable || last == nil {
				return undefined(at)
			}
			return l.value(last)
		}
	}
	if wanted && returns(list) {
		l.function.result = l.local("result")
		l.fresh[l.function.result] = false
		if l.loops > 0 || !endsHere(list) {
			l.let(at, l.function.result, undefined(at))
		}
	}
	steps, ends := l.inside(func() { l.statements(list) })
	if used {
		l.emit(&ir.Block{At: at.Span(), Label: label, Body: steps})
	} else {
		for _, s := range steps {
			l.emit(s)
		}
		l.reachable = ends
	}
	if l.function.result != "" {
		return &ir.Local{At: at.Span(), Name: l.function.result}
	}
	return undefined(at)
}

// returns reports whether statements hold a return, functions inside apart.
func returns(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.Return:
				found = true
			case *ast.Function, *ast.Arrow, *ast.FunctionDecl, *ast.Class:
				return false
			}
			return !found
		})
	}
	return found
}

// resetVars gives the var names of an inlined body their undefined again, where a loop may
// bring them here with the value of an earlier turn.
func (l *lowerer) resetVars(at placed) {
	if l.loops == 0 {
		return
	}
	for name, b := range l.scope.names {
		if b.kind == bindVar && b.static == nil && !b.once {
			if b.local == "" {
				b.local = l.local(name)
			}
		}
	}
	for _, name := range sortedNames(l.scope.names) {
		if b := l.scope.names[name]; b.kind == bindVar && b.static == nil && !b.once {
			l.let(at, b.local, undefined(at))
		}
	}
}

// bindParams gives parameters their arguments.
func (l *lowerer) bindParams(params *ast.Params, args []value) {
	for i, p := range params.List {
		if !l.reachable {
			return
		}
		var v value = undefined(p)
		if i < len(args) {
			v = args[i]
		}
		data, isData := v.(ir.Expr)
		if p.Init != nil && isData {
			data = l.orDefault(p, data, p.Init)
			v = data
		}
		id, isName := p.Target.(*ast.Ident)
		if !isName {
			bound(p.Target, func(name string) {
				l.scope.declare(name, &binding{kind: bindParam, ready: true, once: !l.assigned[name]})
			})
			if l.destructureStatic(p.Target, v, func(at placed, name string, v value) { l.initialise(at, name, v) }) {
				continue
			}
			if !isData {
				data = l.data(p, v)
			}
			l.destructure(p.Target, data, func(at placed, name string, v value) { l.initialise(at, name, v) })
			continue
		}
		b := &binding{kind: bindParam, ready: true, once: !l.assigned[id.Name]}
		l.scope.declare(id.Name, b)
		switch {
		case !isData:
			if !b.once {
				l.exit(diag.FunctionAsValue, p, "")
				return
			}
			b.static = v
		case isRoot(data):
			b.static = data // an assignment to it exits, or changes nothing
		case b.once && isStable(data), b.once && l.single[localName(data)]:
			b.static = data
		default:
			b.local = l.local(id.Name)
			l.let(p, b.local, data)
		}
	}
	if params.Rest == nil {
		l.drop(args[min(len(params.List), len(args)):])
		return
	}
	rest := &ir.List{At: params.Rest.Span()}
	for _, v := range args[min(len(params.List), len(args)):] {
		data, ok := v.(ir.Expr)
		if !ok {
			l.exit(diag.FunctionAsValue, params.Rest, "")
			return
		}
		rest.Items = append(rest.Items, ir.Item{X: data})
	}
	bound(params.Rest, func(name string) {
		l.scope.declare(name, &binding{kind: bindParam, ready: true, once: !l.assigned[name]})
	})
	l.destructure(params.Rest, rest, func(at placed, name string, v value) { l.initialise(at, name, v) })
}

func isRoot(v ir.Expr) bool {
	_, ok := v.(*ir.Root)
	return ok
}
