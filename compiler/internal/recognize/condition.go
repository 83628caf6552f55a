package recognize

import "github.com/ferrule-rules/ferrule/compiler/ir"

// conditions rewrites the parts of e that are only tested:
//
//	not(not(x))                    |
//	truthy(x)                      |->  x
//	(if x then true else false)    |
//
// there, as a test takes ToBoolean of whatever stands in it. Where the value itself counts,
// not(not(x)) is truthy(x), and both are x when x is a boolean anyway.
func conditions(e ir.Expr, test func(ir.Expr) ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.Not:
		x := test(e.X)
		if inner, ok := x.(*ir.Not); ok {
			return boolean(e, inner.X)
		}
		if x != e.X {
			return &ir.Not{At: e.At, X: x}
		}
	case *ir.Cond:
		if x := test(e.If); x != e.If {
			return &ir.Cond{At: e.At, If: x, Then: e.Then, Else: e.Else}
		}
	case *ir.Each:
		if e.Kind == ir.Map {
			return e
		}
		if body := test(e.Body); body != e.Body {
			made := *e
			made.Body = body
			return &made
		}
	case *ir.Call:
		if e.Func != "truthy" || len(e.Args) != 1 {
			return e
		}
		if x := test(e.Args[0]); x != e.Args[0] || ir.TypeOf(x) == ir.BoolType {
			return boolean(e, x)
		}
	}
	return e
}

// boolean is ToBoolean of x, in the place of e.
func boolean(e, x ir.Expr) ir.Expr {
	if ir.TypeOf(x) == ir.BoolType {
		return x
	}
	return &ir.Call{At: e.Span(), Func: "truthy", Args: []ir.Expr{x}}
}

// conditionsOfStep does the same for what s tests.
func conditionsOfStep(s ir.Step, test func(ir.Expr) ir.Expr) ir.Step {
	switch s := s.(type) {
	case *ir.If:
		if x := test(s.Cond); x != s.Cond {
			return &ir.If{At: s.At, Cond: x, Then: s.Then, Else: s.Else}
		}
	case *ir.Count:
		if x := test(s.While); x != s.While {
			made := *s
			made.While = x
			return &made
		}
	}
	return s
}

// test is an expression that is true where e is truthy, for places that ask no more.
func (f *finder) test(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.Not:
		if inner, ok := e.X.(*ir.Not); ok {
			return f.test(inner.X)
		}
	case *ir.And:
		x, y := f.test(e.X), f.test(e.Y)
		if x != e.X || y != e.Y {
			return f.expr(&ir.And{At: e.At, X: x, Y: y})
		}
	case *ir.Or:
		x, y := f.test(e.X), f.test(e.Y)
		if x != e.X || y != e.Y {
			return f.expr(&ir.Or{At: e.At, X: x, Y: y})
		}
	case *ir.Cond:
		then, otherwise := f.test(e.Then), f.test(e.Else)
		yes, no := constant(then), constant(otherwise)
		switch {
		case yes != nil && no != nil && yes.Truthy() && !no.Truthy():
			return e.If
		case yes != nil && no != nil && !yes.Truthy() && no.Truthy():
			return negated(e.If)
		case then != e.Then || otherwise != e.Else:
			return &ir.Cond{At: e.At, If: e.If, Then: then, Else: otherwise}
		}
	case *ir.Call:
		if e.Func == "truthy" && len(e.Args) == 1 {
			return f.test(e.Args[0])
		}
	}
	if made, ok := f.foundTest(e); ok {
		return made
	}
	return e
}

func constant(e ir.Expr) *ir.Const {
	c, _ := e.(*ir.Const)
	return c
}

// negated is a test that holds where e is falsy.
func negated(e ir.Expr) ir.Expr {
	if not, ok := e.(*ir.Not); ok {
		return not.X
	}
	return &ir.Not{At: e.Span(), X: e}
}
