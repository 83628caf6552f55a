package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// maxInlining is how deep functions may be inlined into each other.
const maxInlining = 40

// arguments lowers the arguments of a call. A spread is taken apart when it is a list
// literal.
func (l *lowerer) arguments(args []ast.Expr) ([]value, bool) {
	made := make([]value, 0, len(args))
	for i, a := range args {
		mark := len(*l.out)
		var v value
		if spread, isSpread := a.(*ast.Spread); isSpread {
			list, ok := l.value(spread.X).(*ir.List)
			if !ok {
				l.exit(diag.NotLowered, a, "")
				return nil, false
			}
			for _, item := range list.Items {
				if item.Spread {
					l.exit(diag.NotLowered, a, "")
					return nil, false
				}
				made = append(made, item.X)
			}
			continue
		}
		v = l.value(a)
		if len(*l.out) != mark {
			l.keepValues(mark, args[:min(i, len(made))], made)
		}
		made = append(made, v)
	}
	return made, l.reachable
}

// keepValues is keepBefore for values that may be static.
func (l *lowerer) keepValues(mark int, at []ast.Expr, values []value) {
	var places []ast.Expr
	var data []ir.Expr
	var index []int
	for i, v := range values {
		if d, ok := v.(ir.Expr); ok && i < len(at) {
			places, data, index = append(places, at[i]), append(data, d), append(index, i)
		}
	}
	l.keepBefore(mark, places, data)
	for i, at := range index {
		values[at] = data[i]
	}
}

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
	l.function = &function{node: f.node, tries: len(l.tries)}
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

// computesAll reports whether a value computes all arguments whatever happens: JavaScript
// does, before the call, and they may throw.
func computesAll(made value, args []value) bool {
	for _, a := range args {
		data, isData := a.(ir.Expr)
		if !isData || ir.Total(data) {
			continue
		}
		body, isExpr := made.(ir.Expr)
		if !isExpr || !always(body, data) {
			return false
		}
	}
	return true
}

// always reports whether e computes part, which is one of its operands, whatever else
// it computes.
func always(e, part ir.Expr) bool {
	if e == part {
		return true
	}
	any := func(list ...ir.Expr) bool {
		for _, x := range list {
			if x != nil && always(x, part) {
				return true
			}
		}
		return false
	}
	switch e := e.(type) {
	case *ir.Get:
		return any(e.Object, e.Key)
	case *ir.Call:
		return any(e.Args...)
	case *ir.Not:
		return any(e.X)
	case *ir.And:
		return any(e.X)
	case *ir.Or:
		return any(e.X)
	case *ir.Coalesce:
		return any(e.X)
	case *ir.Cond:
		return any(e.If) || any(e.Then) && any(e.Else)
	case *ir.OptGet:
		return any(e.X)
	case *ir.In:
		return any(e.X)
	case *ir.List:
		for _, item := range e.Items {
			if any(item.X) {
				return true
			}
		}
	case *ir.Object:
		for _, f := range e.Fields {
			if any(f.Key, f.Value) {
				return true
			}
		}
	case *ir.Each:
		return any(e.List)
	case *ir.Const, *ir.Root, *ir.Local, *ir.Path, *ir.Regexp, *ir.ItemVar:
	}
	return false
}

// maxSubstituted is the largest argument that may stand wherever a parameter is read.
const maxSubstituted = 12

// substitutes reports whether arguments may stand for the parameters in a body that is
// one expression: if it does nothing, they have the same value at each place.
func substitutes(params *ast.Params, args []value) bool {
	if params.Rest != nil {
		return false
	}
	for i, p := range params.List {
		if _, isName := p.Target.(*ast.Ident); !isName || p.Init != nil {
			return false
		}
		if i < len(args) {
			if data, isData := args[i].(ir.Expr); isData && (ir.ExprSize(data) > maxSubstituted || makesNew(data)) {
				return false
			}
		}
	}
	return true
}

// makesNew reports whether an expression makes an object: at two places it would make two.
func makesNew(e ir.Expr) bool {
	switch ir.TypeOf(e) {
	case ir.NewListType, ir.NewObjectType:
		return true
	}
	switch e := e.(type) {
	case *ir.And:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Or:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Coalesce:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Cond:
		return makesNew(e.Then) || makesNew(e.Else)
	case *ir.OptGet:
		return makesNew(e.Then)
	case *ir.Call:
		return e.Func == "newSet" || e.Func == "newMap" || e.Func == "newURL" || e.Func == "newDate" || e.Func == "dateOf" || e.Func == "parse"
	}
	return false
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

// drop computes arguments that nobody reads: they may throw.
func (l *lowerer) drop(args []value) {
	for _, a := range args {
		if data, ok := a.(ir.Expr); ok {
			l.discard(data, data)
		}
	}
}

// invoke calls a value with arguments that are lowered already.
func (l *lowerer) invoke(at placed, callee value, args []value, wanted bool) value {
	switch f := callee.(type) {
	case *functionValue:
		return l.inline(at, f, args, wanted)
	case *callbackValue:
		l.callback(at, args)
		return undefined(at)
	case *namespace:
		return l.builtin(at, f.path, args, wanted)
	case *moduleValue:
		return l.exit(diag.NeedsModule, at, f.name)
	case *boundMethod:
		return l.applied(at, f, args, wanted)
	case *choiceValue:
		return l.invokeChoice(at, f, args, wanted)
	}
	return l.exit(diag.CallNotPure, at, "")
}

// invokeChoice calls one of two functions.
func (l *lowerer) invokeChoice(at placed, c *choiceValue, args []value, wanted bool) value {
	for i, a := range args {
		if data, ok := a.(ir.Expr); ok {
			args[i] = l.keep(at, "argument", data)
		}
	}
	result := ""
	if wanted {
		result = l.local("result")
		l.let(at, result, undefined(at))
	}
	branch := func(f value) func() {
		return func() {
			v := l.invoke(at, f, args, wanted)
			if wanted && l.reachable {
				l.let(at, result, l.data(at, v))
			}
		}
	}
	l.choose(at, c.cond, branch(c.then), branch(c.otherwise))
	if wanted {
		return &ir.Local{At: at.Span(), Name: result}
	}
	return undefined(at)
}

// applied lowers f.call(this, …) and f.apply(this, […]).
func (l *lowerer) applied(at placed, f *boundMethod, args []value, wanted bool) value {
	if m, ok := f.of.(*methodValue); ok {
		if listMutators[m.name] && m.name != "sort" && len(args) > 0 {
			return l.borrowedChange(at, f, m.name, args, wanted)
		}
		if f.name != "call" || len(args) == 0 {
			return l.exit(diag.NotLowered, at, "")
		}
		return l.borrowed(at, m.name, args)
	}
	if f.name == "call" {
		return l.invoke(at, f.of, args[min(1, len(args)):], wanted)
	}
	if len(args) < 2 {
		return l.invoke(at, f.of, nil, wanted)
	}
	switch list := args[1].(type) {
	case *ir.List:
		var made []value
		for _, item := range list.Items {
			if item.Spread {
				return l.exit(diag.NotLowered, at, "")
			}
			made = append(made, item.X)
		}
		return l.invoke(at, f.of, made, wanted)
	case *ir.Const:
		if jsvalue.IsNullish(list.Value) {
			return l.invoke(at, f.of, nil, wanted)
		}
	case *staticList:
		return l.invoke(at, f.of, list.values, wanted)
	}
	return l.exit(diag.NotLowered, at, "")
}

// borrowedChange lowers Array.prototype.push.apply(list, more) and its like.
func (l *lowerer) borrowedChange(at placed, f *boundMethod, method string, args []value, wanted bool) value {
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if data[i] = l.data(at, a); !l.reachable {
			return undefined(at)
		}
	}
	place, ok := l.changed(at, data[0])
	if !ok || f.name == "apply" && len(data) != 2 {
		return l.exit(diag.NotLowered, at, "")
	}
	var items []ir.Item
	for _, d := range data[1:] {
		items = append(items, ir.Item{X: d, Spread: f.name == "apply"})
	}
	return l.change(at, method, place, items, wanted)
}

// borrowed lowers Object.prototype.hasOwnProperty.call(o, k) and its like.
func (l *lowerer) borrowed(at placed, name string, args []value) value {
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if data[i] = l.data(at, a); !l.reachable {
			return undefined(at)
		}
	}
	most, isPure := pureMethods[name]
	if name == "hasOwnProperty" {
		name, most, isPure = "hasOwn", 1, true
	}
	f, exists := stdlib.Lookup(name)
	if !isPure || !exists || name == "toString" {
		return l.exit(diag.CallNotPure, at, name+".call()")
	}
	if most >= 0 {
		l.drop(args[min(len(args), most+1):])
		data = data[:min(len(data), most+1)]
	}
	return l.library(at, f, data)
}

// staticList is an array literal that holds static values, as an argument of apply.
type staticList struct{ values []value }

// usesThis reports whether a function's own body reads this or arguments.
func usesThis(fn ast.Expr) bool {
	found := false
	_, body, result, _, _ := parts(fn)
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.This, *ast.NewTarget:
			found = true
		case *ast.Ident:
			found = found || n.Name == "arguments"
		case *ast.Function, *ast.FunctionDecl, *ast.Class:
			return false
		}
		return !found
	}
	if body != nil {
		for _, s := range body.List {
			ast.Inspect(s, visit)
		}
	}
	if result != nil {
		ast.Inspect(result, visit)
	}
	return found
}
