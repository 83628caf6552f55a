package lint

import (
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// eval walks an expression in the order in which it is computed.
func (f *flow) eval(e ast.Expr, in []state) []state {
	if e == nil || len(in) == 0 {
		return in
	}
	if f.steps++; f.steps > maxSteps {
		return nil
	}
	switch e := e.(type) {
	case *ast.Ident:
		if f.isCallback(e) {
			return each(in, func(s *state) { s.many = true })
		}
		return in
	case *ast.Function, *ast.Arrow:
		return f.functionValue(e, in)
	case *ast.Member:
		in = f.eval(e.Object, in)
		if !e.Optional {
			f.guarded(e.Object, e, in)
		}
		return in
	case *ast.Index:
		in = f.eval(e.Object, in)
		if !e.Optional {
			f.guarded(e.Object, e, in)
		}
		return f.eval(e.Key, in)
	case *ast.Call:
		return f.call(e, in)
	case *ast.New:
		return f.construct(e, in)
	case *ast.Assign:
		return f.assign(e, in)
	case *ast.Update:
		if x, ok := e.X.(ast.Expr); ok {
			in = f.eval(x, in)
		}
		return f.assigned(e.X, nil, in)
	case *ast.Unary:
		if e.Op == "typeof" && f.isCallback(e.X) {
			return in
		}
		if in = f.eval(e.X, in); e.Op == "delete" {
			if p, ok := e.X.(ast.Pattern); ok {
				in = f.assigned(p, nil, in)
			}
		}
		return in
	case *ast.Logical:
		switch e.Op {
		case "&&":
			holds, fails := f.cond(e.Left, in)
			return f.join(fails, f.eval(e.Right, holds))
		case "||":
			holds, fails := f.cond(e.Left, in)
			return f.join(holds, f.eval(e.Right, fails))
		}
		in = f.eval(e.Left, in)
		return f.join(in, f.eval(e.Right, in))
	case *ast.Conditional:
		holds, fails := f.cond(e.Test, in)
		return f.join(f.eval(e.Then, holds), f.eval(e.Else, fails))
	case *ast.Await:
		return f.await(e, in)
	case *ast.Object:
		for _, p := range e.Properties {
			switch p := p.(type) {
			case *ast.Prop:
				in = f.eval(p.Value, in)
			case *ast.Method:
				in = f.functionValue(p.Func, in)
			case *ast.Spread:
				in = f.eval(p.X, in)
			}
		}
		return in
	}
	for _, child := range ast.Children(e) {
		if x, ok := child.(ast.Expr); ok {
			in = f.eval(x, in)
		}
	}
	return in
}

// functionValue is a function that is kept somewhere: whoever calls it is not seen.
func (f *flow) functionValue(fn ast.Expr, in []state) []state {
	if !f.mayCall(fn) {
		f.inline(fn, fresh(in), false)
		return in
	}
	if b, ok := f.parents[fn].(*ast.Binding); ok {
		if id, ok := b.Target.(*ast.Ident); ok && f.names.of[id].fixed() {
			return in // its calls are seen
		}
	}
	f.inline(fn, fresh(in), false)
	return each(in, func(s *state) { s.many = true })
}

// fresh are ways as a function begins that is called later: what they know stays.
func fresh(in []state) []state {
	var out []state
	for _, s := range in {
		if s = (state{facts: s.facts}); !contains(out, s, true) && len(out) < 8 {
			out = append(out, s)
		}
	}
	return out
}

func (f *flow) assign(e *ast.Assign, in []state) []state {
	switch t := e.Target.(type) {
	case *ast.Member:
		in = f.eval(t.Object, in)
		f.guarded(t.Object, t, in)
	case *ast.Index:
		in = f.eval(t.Object, in)
		f.guarded(t.Object, t, in)
		in = f.eval(t.Key, in)
	}
	switch e.Op {
	case "=":
		in = f.eval(e.Value, in)
		return f.assigned(e.Target, e.Value, in)
	case "||", "??":
		out := f.eval(e.Value, in)
		if p, ok := e.Target.(ast.Expr); ok {
			path := f.path(p)
			return each(f.join(in, out), func(s *state) { f.learnThere(s, path) })
		}
		return f.join(in, out)
	}
	in = f.eval(e.Value, in)
	return f.assigned(e.Target, nil, in)
}

// await waits for a promise: the ways on which it is rejected throw here.
func (f *flow) await(e *ast.Await, in []state) []state {
	if f.isChain(e.X) {
		ends, rejects := f.chain(e.X, in)
		f.frame.throws = f.join(f.frame.throws, each(rejects, func(s *state) { s.thrown = e }))
		return ends
	}
	in = f.eval(e.X, in)
	if !f.neverRejects(e.X) {
		f.frame.throws = f.join(f.frame.throws, each(in, func(s *state) { s.thrown = e }))
	}
	return in
}

// neverRejects reports whether a promise cannot be rejected: one whose function gets no
// reject, like that of a helper that sleeps.
func (f *flow) neverRejects(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Call:
		if p := f.callee(e); p == "Promise.resolve" || p == "Promise.allSettled" {
			return true
		}
		if object, name := method(e); object != nil && len(e.Args) > 0 && (name == "catch" || name == "then" && len(e.Args) > 1) {
			return true
		}
		if fn := f.local(e.Callee); fn != nil {
			_, block, result := body(fn)
			if block != nil && len(block.List) == 1 {
				if ret, ok := block.List[0].(*ast.Return); ok {
					result = ret.X
				}
			}
			promise, ok := result.(*ast.New)
			return ok && f.neverRejects(promise)
		}
	case *ast.New:
		if f.isGlobal(e.Callee, "Promise") && len(e.Args) == 1 {
			if params, _, _ := body(functionOf(e.Args[0])); params != nil {
				return len(params.List) < 2
			}
		}
	}
	return false
}

// maybe are paths that can be undefined, with what they are instead.
var maybe = map[string]string{
	"user.app_metadata":                "a user without application metadata has none",
	"user.user_metadata":               "a user without metadata of their own has none",
	"context.authentication":           "a refresh-token exchange has none",
	"context.authorization":            "tenants without role-based access control have none",
	"context.riskAssessment":           "tenants without adaptive multi-factor authentication have none",
	"context.organization":             "logins that do not go through an organization have none",
	"context.request.geoip":            "addresses that are not known have none",
	"context.sso":                      "it is there only if available",
	"context.request.query.scope":      "logins need not ask for a scope",
	"context.request.query.prompt":     "most logins have none",
	"context.request.query.audience":   "logins need not name an audience",
	"context.clientMetadata":           "old applications have none",
	"user.email":                       "logins by SMS and of some social providers have none",
	"context.request.query.acr_values": "most logins have none",
}

// guarded is L16: a property of what may be undefined is read, and no test, default or
// assignment on the way says that it is there.
func (f *flow) guarded(object ast.Expr, at ast.Node, in []state) {
	p := f.path(object)
	why, ok := maybe[p]
	if !ok || f.unsafe[p] || f.defaulted(object) || f.caught(at) {
		return
	}
	for _, s := range in {
		if s.there(p) || p == "user.email" && s.there("user.email_verified") {
			continue
		}
		f.unsafe[p] = true
		name := f.text(object)
		d := f.say("L16", object.Span(), "%s may be undefined here, and then this throws a TypeError and the login fails: %s", name, why)
		switch {
		case p == "user.app_metadata" || p == "user.user_metadata":
			note(d, "give it a default first: %s = %s || {}; or read %s?.…", name, name, name)
		default:
			note(d, "test it first (if (%s) …), or read it as %s?.…", name, name)
		}
		return
	}
}

// defaulted reports whether an expression has a default: (x || {}), or a variable that was
// made with one.
func (f *flow) defaulted(e ast.Expr) bool {
	for range maxAliases {
		switch x := e.(type) {
		case *ast.Logical:
			return x.Op != "&&"
		case *ast.Chain:
			e = x.X
			continue
		case *ast.Ident:
			v := f.names.of[x]
			if v == nil || !v.fixed() || v.value == nil {
				return false
			}
			if len(v.keys) > 0 {
				return f.defaultInPattern(x)
			}
			e = v.value
			continue
		}
		return false
	}
	return true
}

// defaultInPattern reports whether a variable comes out of a pattern with a default of its own.
func (f *flow) defaultInPattern(id *ast.Ident) bool {
	v := f.names.of[id]
	prop, ok := f.parents[v.ident].(*ast.PatternProp)
	return ok && prop.Init != nil
}

// caught reports whether what a node throws is caught in its function.
func (f *flow) caught(n ast.Node) bool {
	caught := false
	f.up(n, func(child, parent ast.Node) bool {
		switch p := parent.(type) {
		case *ast.Function, *ast.Arrow:
			return false
		case *ast.Try:
			if p.Catch != nil && ast.Node(p.Body) == child {
				caught = true
			}
		}
		return !caught
	})
	return caught
}

// construct walks new: the function of a promise runs at once.
func (f *flow) construct(e *ast.New, in []state) []state {
	if f.isGlobal(e.Callee, "Promise") && len(e.Args) == 1 {
		if fn := f.local(e.Args[0]); fn != nil {
			if !f.mayCall(fn) {
				f.inline(fn, fresh(in), false)
				return in
			}
			ends, throws := f.inline(fn, in, false)
			return f.join(ends, throws)
		}
	}
	in = f.eval(e.Callee, in)
	for _, arg := range e.Args {
		in = f.eval(arg, in)
	}
	return in
}

// discarded walks an expression whose value nobody takes.
func (f *flow) discarded(e ast.Expr, in []state) []state {
	out := f.eval(e, in)
	call, ok := e.(*ast.Call)
	if !ok || !f.isUpdate(call) {
		return out
	}
	return each(out, func(s *state) {
		if s.open == nil {
			s.open = &unawaited{call, "the write of metadata"}
		}
	})
}

// isUpdate reports whether a call writes metadata and is given nothing to call when it is done.
func (f *flow) isUpdate(call *ast.Call) bool {
	p := f.callee(call)
	return (strings.HasSuffix(p, "auth0.users.updateAppMetadata") || strings.HasSuffix(p, "auth0.users.updateUserMetadata")) &&
		!slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return f.local(e) != nil || f.mentions(e) }) && len(call.Args) < 3
}
