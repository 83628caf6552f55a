package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// chain lowers an optional chain: each ?. becomes an OptGet around the rest.
func (l *lowerer) chain(e *ast.Chain) value {
	return l.link(e.X, func(v value) value { return v })
}

// link lowers the links of an optional chain from its start; rest makes the value of the
// whole of the value of e.
func (l *lowerer) link(e ast.Expr, rest func(value) value) value {
	switch e := e.(type) {
	case *ast.Member:
		return l.link(e.Object, func(object value) value {
			if !e.Optional {
				return rest(l.property(e, object, e.Name))
			}
			return l.optional(e, object, func(o ir.Expr) value { return rest(l.property(e, o, e.Name)) })
		})
	case *ast.Index:
		return l.link(e.Object, func(object value) value {
			read := func(o value) value {
				data, ok := o.(ir.Expr)
				if !ok {
					return l.exit(diag.NotLowered, e, "")
				}
				mark := len(*l.out)
				key := l.expr(e.Key)
				if len(*l.out) != mark {
					return l.exit(diag.NotLowered, e, "")
				}
				return rest(get(e, data, key))
			}
			if !e.Optional {
				return read(object)
			}
			return l.optional(e, object, func(o ir.Expr) value { return read(o) })
		})
	case *ast.Call:
		if m, ok := e.Callee.(*ast.Member); ok && !e.Optional {
			return l.link(m.Object, func(object value) value {
				invoke := func(o value) value {
					data, isData := o.(ir.Expr)
					if !isData {
						return l.exit(diag.NotLowered, e, "")
					}
					return rest(l.method(e, m, data, nil, true))
				}
				if !m.Optional {
					return invoke(object)
				}
				return l.optional(e, object, func(o ir.Expr) value { return invoke(o) })
			})
		}
		if e.Optional {
			return l.exit(diag.NotLowered, e, "")
		}
	}
	return rest(l.value(e))
}

// optional makes the part of a chain behind ?.: its steps, when it has any, must not run
// for null and undefined, and then the whole becomes an If.
func (l *lowerer) optional(at placed, object value, then func(o ir.Expr) value) value {
	x, ok := object.(ir.Expr)
	if !ok {
		return then(l.data(at, object))
	}
	if c, isConst := x.(*ir.Const); isConst && jsvalue.IsNullish(c.Value) {
		return undefined(at)
	}
	item := l.unique("it")
	var made ir.Expr
	if l.attempt(func() { made = l.data(at, then(&ir.ItemVar{At: at.Span(), Name: item})) }) {
		return &ir.OptGet{At: at.Span(), X: x, Name: item, Then: made}
	}
	kept := l.keep(at, "it", x)
	result := l.local("chain")
	l.let(at, result, undefined(at))
	l.choose(at, &ir.Not{At: at.Span(), X: call(at, "isNullish", kept)}, func() {
		l.let(at, result, l.data(at, then(kept)))
	}, func() {})
	return &ir.Local{At: at.Span(), Name: result}
}
