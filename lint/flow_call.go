package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// turning are methods that call their function at once, for each element.
var turning = []string{"forEach", "map", "filter", "some", "every", "find", "findIndex", "findLast", "reduce", "reduceRight", "flatMap", "sort", "replace",
	"each", "forOwn", "forIn", "mapValues", "pickBy", "omitBy", "reject", "times", "sortBy", "groupBy", "uniqBy"}

func (f *flow) turns(call *ast.Call) bool {
	object, name := method(call)
	return object != nil && slices.Contains(turning, name) && f.path(object) != "async" && f.module(object) != "async"
}

// call walks a call: of the callback, of a helper of the rule, of a promise's method, or of
// something that is not seen.
func (f *flow) call(c *ast.Call, in []state) []state {
	object, name := method(c)
	switch {
	case f.isCallback(c.Callee):
		return f.record(c, f.args(c.Args, in))
	case object != nil && f.isCallback(object):
		in = f.args(c.Args, in)
		if name == "call" || name == "apply" {
			return f.record(c, in)
		}
		return each(in, func(s *state) { s.many = true }) // bind
	case f.isChain(c):
		ends, rejects := f.chain(c, fresh(in))
		return f.wait(&delegate{at: c, ends: ends, rejects: rejects}, in)
	}
	if fn := f.local(c.Callee); fn != nil {
		in = f.handed(c, in, fn)
		ends, throws := f.inline(fn, in, false)
		if isAsync(fn) {
			return f.join(ends, each(throws, func(s *state) { s.thrown = nil }))
		}
		f.frame.throws = f.join(f.frame.throws, throws)
		return ends
	}
	if object != nil {
		if fn := f.local(object); fn != nil && (name == "call" || name == "apply") && f.mayCall(fn) {
			in = f.args(c.Args, in)
			ends, throws := f.inline(fn, in, false)
			f.frame.throws = f.join(f.frame.throws, throws)
			return ends
		}
	}
	in = f.eval(c.Callee, in)
	if f.turns(c) {
		return f.elements(c, in)
	}
	return f.handed(c, in, nil)
}

// args walks arguments that are values.
func (f *flow) args(list []ast.Expr, in []state) []state {
	for _, arg := range list {
		in = f.eval(arg, in)
	}
	return in
}

// handed walks arguments: functions among them are called later, by code that is not seen
// unless it is the rule's own function to.
func (f *flow) handed(c *ast.Call, in []state, to ast.Expr) []state {
	for i, arg := range c.Args {
		if f.isCallback(arg) {
			if to != nil && f.takes(to, i) {
				continue // its calls are seen
			}
			in = each(in, func(s *state) { s.many = true })
			continue
		}
		fn := f.local(arg)
		if fn == nil {
			in = f.eval(arg, in)
			continue
		}
		if !f.mayCall(fn) {
			f.inline(fn, fresh(in), false)
			if to == nil && f.later(c) && f.writesLogin(fn) && !f.signals(fn) {
				in = each(in, func(s *state) {
					if s.open == nil {
						s.open = &unawaited{c, "the answer of " + f.text(c.Callee)}
					}
				})
			}
			continue
		}
		ends, throws := f.inline(fn, fresh(in), false)
		d := &delegate{at: c, ends: ends}
		if isAsync(fn) {
			d.rejects = throws
		}
		if in = f.wait(d, in); f.event(c) {
			in = each(in, func(s *state) { s.many = true })
		}
	}
	return in
}

// takes reports whether a helper's parameter gets the callback, so that its calls are seen.
func (f *flow) takes(fn ast.Expr, i int) bool {
	params, _, _ := body(fn)
	if i >= len(params.List) {
		return true
	}
	id, ok := params.List[i].Target.(*ast.Ident)
	return ok && f.aliases[f.names.of[id]]
}

// event reports whether a call names an event that may never come, or comes again.
func (f *flow) event(c *ast.Call) bool {
	if f.isGlobal(c.Callee, "setInterval") {
		return true // it has more turns
	}
	_, name := method(c)
	if !slices.Contains([]string{"on", "once", "addListener", "addEventListener"}, name) || len(c.Args) == 0 {
		return false
	}
	event, _ := f.str(c.Args[0])
	return event != "end" && event != "close" && event != "finish" && event != "response"
}

// later reports whether a call is known to call its function when it has an answer.
func (f *flow) later(c *ast.Call) bool {
	object, name := method(c)
	p := f.callee(c)
	switch {
	case under(p, "auth0"), name == "then", p == "setTimeout", p == "setImmediate", p == "process.nextTick":
		return true
	}
	callee := c.Callee
	if object != nil {
		callee = object
	}
	switch f.module(callee) {
	case "request", "http", "https", "axios", "superagent", "got", "needle", "node-fetch":
		return true
	}
	return under(p, "request")
}

// writesLogin reports whether a function changes user or context.
func (f *flow) writesLogin(fn ast.Expr) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if a, ok := n.(*ast.Assign); ok {
			if t, ok := a.Target.(ast.Expr); ok {
				p := f.path(t)
				found = found || strings.HasPrefix(p, "user.") || strings.HasPrefix(p, "context.")
			}
		}
		return !found
	})
	return found
}

// signals reports whether a function calls a parameter of one around it: resolve, next, done.
func (f *flow) signals(fn ast.Expr) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		if c, ok := n.(*ast.Call); ok {
			if id, ok := c.Callee.(*ast.Ident); ok {
				if v := f.names.of[id]; v != nil && v.role == "" {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// elements walks a call that calls its function for each element of a list: no, one or two.
func (f *flow) elements(c *ast.Call, in []state) []state {
	for _, arg := range c.Args {
		fn := f.local(arg)
		if fn == nil || !f.mayCall(fn) {
			if fn != nil {
				f.inline(fn, fresh(in), false)
			} else {
				in = f.eval(arg, in)
			}
			continue
		}
		_, name := method(c)
		once := name == "find" || name == "some" || name == "every" || name == "findIndex"
		out := each(in, func(s *state) { s.branch = &branch{c, false} })
		turn := in
		for range 2 {
			ends, throws := f.inline(fn, turn, false)
			f.frame.throws = f.join(f.frame.throws, throws)
			turn = each(ends, func(s *state) { s.end = nil })
			out = f.join(out, turn)
			if once {
				break
			}
		}
		in = out
	}
	return in
}

// record is a call of the callback.
func (f *flow) record(c *ast.Call, in []state) []state {
	return each(in, func(s *state) {
		switch {
		case s.called == c:
			note(f.say("L13", c.Span(), "the callback is called once for each turn of the loop"),
				"leave the loop first: remember what was found, and call back once behind the loop")
		case s.called != nil:
			f.twice(c, s.called)
		case s.waits != nil && !s.many:
			f.beforeAnswer(c, s.waits)
		}
		if s.open != nil && s.called == nil && f.success(c) {
			note(f.say("L14", s.open.at.Span(), "%s is not waited for: the login goes on in line %d before it is done", s.open.what, c.Span().Start.Line),
				"call back when it is done, in its callback or behind await; or say with // ferrule-ignore L14 that nothing depends on it")
		}
		if s.called == nil {
			s.called = c
		}
	})
}

// twice says that a way calls the callback again.
func (f *flow) twice(again, first *ast.Call) {
	d := f.say("L13", again.Span(), "the callback is called again on a way that has called it in line %d", first.Span().Start.Line)
	if _, returned := f.parents[first].(*ast.Return); returned {
		note(d, "that return leaves only the function around it: decide once, behind both")
		return
	}
	note(d, "leave after the first call: return %s; the first call decides about the login", f.text(first))
}

// beforeAnswer says that the callback is called while something is under way that calls it, too.
func (f *flow) beforeAnswer(c *ast.Call, d *delegate) {
	first := firstCall(d.ends, map[*delegate]bool{})
	if first == nil {
		return
	}
	note(f.say("L13", c.Span(), "the callback is called here before %s has its answer, and again in line %d when it has", f.source(d.at), first.Span().Start.Line),
		"take this call away; what the answer changes comes too late for the login otherwise")
}

// source names what a delegate waits for.
func (f *flow) source(e ast.Expr) string {
	c, ok := e.(*ast.Call)
	if !ok {
		return f.text(e)
	}
	for {
		object, name := method(c)
		inner, chained := object.(*ast.Call)
		if object == nil || !chained || name != "then" && name != "catch" && name != "finally" {
			break
		}
		c = inner
	}
	if fn := functionOf(c.Callee); fn != nil {
		return "the function"
	}
	return f.text(c.Callee)
}

// firstCall is a call of the callback that one of the ways makes.
func firstCall(ends []state, seen map[*delegate]bool) *ast.Call {
	for _, s := range ends {
		if s.called != nil {
			return s.called
		}
		if s.waits != nil && !seen[s.waits] {
			seen[s.waits] = true
			if c := firstCall(s.waits.ends, seen); c != nil {
				return c
			}
		}
	}
	return nil
}

// wait adds a delegate to ways.
func (f *flow) wait(d *delegate, in []state) []state {
	called := firstCall(d.ends, map[*delegate]bool{})
	return each(in, func(s *state) {
		switch {
		case s.called != nil && called != nil && s.called != called:
			note(f.say("L13", called.Span(), "the callback is called here on a way that has called it in line %d, before %s", s.called.Span().Start.Line, f.source(d.at)),
				"leave after the first call: return %s", f.text(s.called))
		case s.waits != nil && s.waits != d:
			s.many = true
		default:
			s.waits = d
		}
	})
}
