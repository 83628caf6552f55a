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
		if _, isConst := args[2].(*ir.Const); isConst {
			return promise, true
		}
		return l.exit(diag.CallbackEscapes, e, ""), true
	}
	step.Style = "callback"
	l.then(e, step, args[2], []value{constant(e, nil), &answered{}})
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
	case *functionValue, *callbackValue, *partialValue:
		return true
	}
	return false
}

// then lowers what runs when a write is done, once the rest of the rule is lowered: it runs
// behind that. More than the first argument of a function's answer exits where it is read.
func (l *lowerer) then(at placed, step *ir.Persist, f value, args []value) {
	if l.awaits || l.loops > 0 {
		// In a loop, later turns would change the variables that it reads.
		l.exit(diag.Waits, at, "")
		return
	}
	l.queued = true
	if list, waits := l.handlers[step]; waits {
		l.handlers[step] = append(list, handler{at, f, args})
		return
	}
	l.handlers[step] = []handler{{at, f, args}}
	branch := l.branch
	l.deferred = append(l.deferred, func() {
		outer, reachable, current, function := l.out, l.reachable, l.branch, l.function
		l.reachable, l.branch = true, branch
		at := step
		list := l.handlers[step]
		for i, h := range list {
			l.out = &at.Then
			var answer value
			if i == len(list)-1 {
				l.continuation(h)
			} else if answer = l.chained(h); !l.reachable {
				break
			}
			if promise, ok := answer.(*promiseValue); ok { // what follows waits for that
				at = promise.steps[len(promise.steps)-1]
				l.follows(at)
				answer = &answered{}
			}
			if i+1 < len(list) && len(list[i+1].args) > 0 {
				list[i+1].args = []value{answer}
			}
		}
		l.out, l.reachable, l.branch, l.function = outer, reachable, current, function
	})
}

// handler is a function that was given to then.
type handler struct {
	at   placed
	f    value
	args []value
}

// continuation lowers a function that runs as a turn of its own, the last of a chain.
func (l *lowerer) continuation(h handler) {
	switch f := h.f.(type) {
	case *callbackValue:
		l.callback(h.at, h.args)
		return
	case *partialValue:
		l.invoke(h.at, f.of, append(append([]value(nil), f.args...), h.args...), false)
		return
	}
	fn, body, result, ok := l.enter(h)
	if !ok {
		return
	}
	defer l.restore(l.scope)
	l.scope = fn
	if body == nil {
		l.effect(result)
		return
	}
	steps, _ := l.inside(func() { l.statements(body.List) })
	for _, s := range steps {
		l.emit(s)
	}
}

// chained lowers a function in the middle of a chain and answers what it returns. It may
// return at its end only.
func (l *lowerer) chained(h handler) value {
	fn, body, result, ok := l.enter(h)
	if !ok {
		return undefined(h.at)
	}
	defer l.restore(l.scope)
	l.scope = fn
	if body == nil {
		return l.value(result)
	}
	list := body.List
	var last ast.Expr
	if n := len(list); n > 0 {
		if r, isReturn := list[n-1].(*ast.Return); isReturn {
			list, last = list[:n-1], r.X
		}
	}
	if returns(list) {
		return l.exit(diag.Waits, h.at, "")
	}
	l.statements(list)
	if last == nil || !l.reachable {
		return undefined(h.at)
	}
	return l.value(last)
}

func (l *lowerer) restore(s *scope) { l.scope = s }

// enter makes the scope of a continuation.
func (l *lowerer) enter(h handler) (inner *scope, body *ast.Block, result ast.Expr, ok bool) {
	fn, isFunction := h.f.(*functionValue)
	if !isFunction {
		l.exit(diag.Waits, h.at, "")
		return nil, nil, nil, false
	}
	params, body, result, async, ok := parts(fn.node)
	switch {
	case !ok || usesThis(fn.node):
		l.exit(diag.UsesThis, h.at, "")
		return nil, nil, nil, false
	case async:
		l.exit(diag.Waits, h.at, "")
		return nil, nil, nil, false
	}
	outer := l.scope
	l.scope = newScope(fn.scope)
	l.function = &function{node: fn.node, later: true, branch: l.branch}
	l.hoist(params, body)
	l.bindParams(params, h.args)
	inner, l.scope = l.scope, outer
	return inner, body, result, l.reachable
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
