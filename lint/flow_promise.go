package lint

import (
	"github.com/ferrule-rules/ferrule/ast"
)

// isChain reports whether an expression is a promise whose handlers, or the async function
// that made it, may call the callback.
func (f *flow) isChain(e ast.Expr) bool {
	c, ok := e.(*ast.Call)
	if !ok || !f.mentions(c) {
		return false
	}
	if object, name := method(c); object != nil && len(c.Args) > 0 && (name == "then" || name == "catch" || name == "finally") {
		return true
	}
	fn := f.local(c.Callee)
	return fn != nil && isAsync(fn) && f.mayCall(fn)
}

// chain walks a promise with its handlers in the order of time: how it ends, and how it ends
// when nothing catches.
func (f *flow) chain(e ast.Expr, in []state) (ends, rejects []state) {
	c, ok := e.(*ast.Call)
	if !ok {
		ends = f.eval(e, in)
		return ends, rejected(ends, e)
	}
	object, name := method(c)
	switch {
	case object == nil || len(c.Args) == 0:
	case name == "then":
		ends, rejects = f.chain(object, in)
		next, thrown := f.handler(c, 0, ends)
		if len(c.Args) < 2 {
			return next, f.join(rejects, thrown)
		}
		caught, thrown2 := f.handler(c, 1, rejects)
		return f.join(next, caught), f.join(thrown, thrown2)
	case name == "catch":
		ends, rejects = f.chain(object, in)
		caught, thrown := f.handler(c, 0, rejects)
		return f.join(ends, caught), thrown
	case name == "finally":
		ends, rejects = f.chain(object, in)
		next, thrown := f.handler(c, 0, ends)
		again, thrown2 := f.handler(c, 0, rejects)
		return next, f.join(again, thrown, thrown2)
	}
	if fn := f.local(c.Callee); fn != nil && isAsync(fn) {
		return f.inline(fn, f.handed(c, in, fn), true)
	}
	ends = f.eval(e, in)
	if p := f.callee(c); p == "Promise.resolve" || p == "Promise.allSettled" {
		return ends, nil
	}
	return ends, rejected(ends, e)
}

// rejected are the ways on which a promise fails: nothing has called back before.
func rejected(in []state, at ast.Node) []state {
	var out []state
	for _, s := range in {
		if s.called == nil {
			s.thrown = at
			out = append(out, s)
		}
	}
	return out
}

// handler walks a handler of then, catch or finally.
func (f *flow) handler(c *ast.Call, i int, in []state) (ends, throws []state) {
	arg := c.Args[i]
	if f.isCallback(arg) {
		return f.record(c, in), nil
	}
	if fn := f.local(arg); fn != nil {
		_, name := method(c)
		f.next = name == "then" && i == 0
		ends, throws = f.inline(fn, each(in, func(s *state) { s.thrown, s.branch = nil, nil }), true)
		return ends, throws
	}
	return f.eval(arg, in), nil
}
