package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// persistCall lowers auth0.users.updateAppMetadata(id, values[, function (err) {…}]) and
// updateUserMetadata to a Persist.
func (l *lowerer) persistCall(e *ast.Call, m *ast.Member) (value, bool) {
	target := map[string]string{"updateAppMetadata": "app", "updateUserMetadata": "user"}[m.Name]
	if target == "" || len(e.Args) < 2 || len(e.Args) > 3 {
		return nil, false
	}
	if ns, ok := l.peek(m.Object); !ok || ns.path != "auth0.users" {
		return nil, false
	}
	args, ok := l.arguments(e.Args)
	if !ok {
		return undefined(e), true
	}
	id, values := l.data(e.Args[0], args[0]), l.data(e.Args[1], args[1])
	if !l.reachable {
		return undefined(e), true
	}
	step := &ir.Persist{At: e.At, Target: target, UserID: id, Values: values, Style: "none"}
	l.emit(step)
	promise := &promiseValue{steps: []*ir.Persist{step}}
	if len(e.Args) == 2 {
		return promise, true
	}
	if !isFunction(args[2]) {
		if c, isConst := args[2].(*ir.Const); isConst {
			_ = c
			return promise, true
		}
		return l.exit(diag.CallbackEscapes, e, ""), true
	}
	step.Style = "callback"
	l.then(e, step, args[2], []value{constant(e, nil)})
	return undefined(e), true
}

// peek is the namespace that an expression names, without lowering anything else.
func (l *lowerer) peek(e ast.Expr) (*namespace, bool) {
	switch e := e.(type) {
	case *ast.Ident:
		if b := l.scope.lookup(e.Name); b != nil {
			ns, ok := b.static.(*namespace)
			return ns, ok && b.ready
		}
		if e.Name == "auth0" {
			return &namespace{path: "auth0"}, true
		}
	case *ast.Member:
		if ns, ok := l.peek(e.Object); ok && !e.Optional {
			return &namespace{path: ns.path + "." + e.Name}, true
		}
	}
	return nil, false
}

func isFunction(v value) bool {
	switch v.(type) {
	case *functionValue, *callbackValue:
		return true
	}
	return false
}

// then lowers what runs when a write is done, once the rest of the rule is lowered: it runs
// behind that. More than the first argument of a function's answer exits where it is read.
func (l *lowerer) then(at placed, step *ir.Persist, f value, args []value) {
	if l.awaits {
		l.exit(diag.Waits, at, "")
		return
	}
	l.queued = true
	branch, loops := l.branch, l.loops
	if loops > 0 {
		// Later turns would change the variables that it reads.
		l.exit(diag.Waits, at, "")
		return
	}
	l.deferred = append(l.deferred, func() {
		outer, reachable, current := l.out, l.reachable, l.branch
		outerFunction := l.function
		steps := step.Then
		l.out, l.reachable, l.branch = &steps, true, branch
		if n := len(steps); n > 0 {
			if _, ended := steps[n-1].(*ir.Return); ended {
				l.reachable = false
			}
		}
		l.continuation(at, f, args)
		step.Then = steps
		l.out, l.reachable, l.branch = outer, reachable, current
		l.function = outerFunction
	})
}

// continuation lowers a function that runs as a turn of its own.
func (l *lowerer) continuation(at placed, f value, args []value) {
	if _, isCallback := f.(*callbackValue); isCallback {
		l.callback(at, args)
		return
	}
	fn := f.(*functionValue)
	params, body, result, _, ok := parts(fn.node)
	if !ok || usesThis(fn.node) {
		l.exit(diag.UsesThis, at, "")
		return
	}
	if async := isAsync(fn.node); async {
		l.exit(diag.Waits, at, "")
		return
	}
	outer := l.scope
	l.scope = newScope(fn.scope)
	defer func() { l.scope = outer }()
	l.function = &function{node: fn.node, later: true}
	l.hoist(params, body)
	l.bindParams(params, args)
	if body == nil {
		l.effect(result)
		return
	}
	steps, _ := l.inside(func() { l.statements(body.List) })
	for _, s := range steps {
		l.emit(s)
	}
}

func isAsync(fn ast.Expr) bool {
	_, _, _, async, _ := parts(fn)
	return async
}

// answered stands for the updated user that a write answers: whoever reads it exits.
type answered struct{}

// promiseMethod lowers .then, .catch and .finally of a metadata write. A write that
// fails exits, so what catch does needs no lowering.
func (l *lowerer) promiseMethod(e *ast.Call, m *ast.Member, p *promiseValue) value {
	last := p.steps[len(p.steps)-1]
	switch m.Name {
	case "catch":
		l.follows(last)
		return p
	case "then":
		if len(e.Args) == 0 {
			return p
		}
		f := l.value(e.Args[0])
		if !isFunction(f) {
			return l.exit(diag.Waits, e, "")
		}
		l.follows(last)
		var first value = &answered{}
		if fn, ok := f.(*functionValue); ok {
			if params, _, _, _, _ := parts(fn.node); params != nil && len(params.List) == 0 && params.Rest == nil {
				first = undefined(e)
			}
		}
		if _, isCallback := f.(*callbackValue); isCallback {
			return l.exit(diag.CallbackArgs, e, "")
		}
		l.then(e, last, f, []value{first})
		return p
	}
	return l.exit(diag.Waits, e, "")
}

// follows says that somebody waits for a write by then or catch.
func (l *lowerer) follows(step *ir.Persist) {
	if step.Style == "none" {
		step.Style = "then"
	}
}

// promiseCall lowers Promise.all over metadata writes.
func (l *lowerer) promiseCall(e *ast.Call, name string) value {
	if name == "all" && len(e.Args) == 1 {
		if list, ok := e.Args[0].(*ast.Array); ok && len(list.Elements) > 0 {
			all := &promiseValue{}
			for _, x := range list.Elements {
				if x == nil {
					return l.exit(diag.Waits, e, "")
				}
				p, isPromise := l.value(x).(*promiseValue)
				if !isPromise {
					return l.exit(diag.Waits, e, "")
				}
				all.steps = append(all.steps, p.steps...)
			}
			return all
		}
	}
	return l.exit(diag.Waits, e, "")
}

// await lowers await of a metadata write in the rule's own async function.
func (l *lowerer) await(e *ast.Await) value {
	p, ok := l.value(e.X).(*promiseValue)
	if !l.reachable {
		return undefined(e)
	}
	if !ok || !l.function.rule || l.queued {
		return l.exit(diag.Waits, e, "")
	}
	l.awaits = true
	for _, step := range p.steps {
		if len(step.Then) > 0 {
			return l.exit(diag.Waits, e, "")
		}
		step.Await, step.Style = true, "await"
	}
	return &answered{}
}
