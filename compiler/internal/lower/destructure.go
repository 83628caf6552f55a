package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// assignTo writes a value to what a loop or a pattern names.
func (l *lowerer) assignTo(at placed, target ast.Pattern, v ir.Expr) {
	switch t := target.(type) {
	case *ast.Ident:
		l.writeName(at, t, v)
	case *ast.Member, *ast.Index:
		if place, ok := l.place(t); ok {
			l.writePlace(at, place, v, false)
		}
	case *ast.ArrayPattern, *ast.ObjectPattern:
		l.destructure(target, v, func(at placed, name string, v value) {
			l.writeName(at, &ast.Ident{At: at.Span(), Name: name}, v)
		})
	default:
		l.exit(diag.NestedWrite, at, "")
	}
}

// destructure takes a value apart; bind gives each name its value.
func (l *lowerer) destructure(p ast.Pattern, from ir.Expr, bind func(at placed, name string, v value)) {
	if !l.reachable {
		return
	}
	switch p := p.(type) {
	case *ast.Ident:
		bind(p, p.Name, from)
	case *ast.ObjectPattern:
		from = l.keep(p, "source", from)
		rest := []ir.Expr{from}
		if len(p.Properties) == 0 {
			l.emit(&ir.Eval{At: p.At, X: get(p, from, constant(p, "_"))})
		}
		for _, property := range p.Properties {
			var key ir.Expr
			if property.Computed {
				key = l.keep(property, "key", l.expr(property.Key))
			} else if name, ok := propertyName(property.Key); ok && !jsvalue.HasLoneSurrogate(name) {
				key = constant(property.Key, name)
			} else {
				l.exit(diag.Destructures, property, "")
				return
			}
			rest = append(rest, key)
			l.element(property, property.Target, property.Init, get(property, from, key), bind)
		}
		if p.Rest != nil {
			l.element(p.Rest, p.Rest, nil, call(p.Rest, "without", rest...), bind)
		}
	case *ast.ArrayPattern:
		list := l.keep(p, "source", call(p, "items", from))
		for i, e := range p.Elements {
			if e != nil {
				l.element(e, e.Target, e.Init, get(e, list, constant(e, float64(i))), bind)
			}
		}
		if p.Rest != nil {
			rest := call(p.Rest, "slice", list, constant(p, float64(len(p.Elements))), undefined(p))
			l.element(p.Rest, p.Rest, nil, rest, bind)
		}
	default:
		// A member as target, in an assignment.
		l.assignTo(p, p, from)
	}
}

// destructureStatic takes an object apart that is no data: configuration, a module. It
// reports whether it did.
func (l *lowerer) destructureStatic(p ast.Pattern, from value, bind func(at placed, name string, v value)) bool {
	pattern, ok := p.(*ast.ObjectPattern)
	if _, isData := from.(ir.Expr); isData || !ok || pattern.Rest != nil {
		return false
	}
	switch from.(type) {
	case *namespace, *moduleValue, *objectValue:
	default:
		return false
	}
	for _, property := range pattern.Properties {
		if _, named := propertyName(property.Key); property.Computed || !named {
			return false
		}
	}
	for _, property := range pattern.Properties {
		name, _ := propertyName(property.Key)
		v := l.property(property, from, name)
		if !l.reachable {
			return true
		}
		data, isData := v.(ir.Expr)
		if !isData {
			if id, isName := property.Target.(*ast.Ident); isName {
				bind(property, id.Name, v)
				continue
			}
			if l.destructureStatic(property.Target, v, bind) {
				continue
			}
			data = l.data(property, v)
		}
		l.element(property, property.Target, property.Init, data, bind)
	}
	return true
}

// element binds one part of a pattern, with its default.
func (l *lowerer) element(at placed, target ast.Pattern, init ast.Expr, v ir.Expr, bind func(at placed, name string, v value)) {
	if init != nil {
		v = l.orDefault(at, v, init)
	}
	l.destructure(target, v, bind)
}

// orDefault is v, or init's value where v is undefined.
func (l *lowerer) orDefault(at placed, v ir.Expr, init ast.Expr) ir.Expr {
	if c, ok := v.(*ir.Const); ok {
		if jsvalue.IsUndefined(c.Value) {
			return l.expr(init)
		}
		return v
	}
	var other ir.Expr
	missing := call(at, "same", v, undefined(at))
	if l.attempt(func() { other = l.expr(init) }) {
		return &ir.Cond{At: at.Span(), If: missing, Then: other, Else: v}
	}
	name := l.local("value")
	l.let(at, name, v)
	l.fresh[name] = false
	kept := &ir.Local{At: at.Span(), Name: name}
	l.choose(at, call(at, "same", kept, undefined(at)), func() { l.let(at, name, l.expr(init)) }, func() {})
	return kept
}
