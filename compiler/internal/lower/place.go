package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// writePlace emits a Set. The value is kept in a variable when it is wanted.
func (l *lowerer) writePlace(at placed, place ir.Place, v ir.Expr, wanted bool) ir.Expr {
	if wanted {
		v = l.keep(at, "value", v)
	}
	if n := len(place.Keys); n > 0 {
		if c, ok := place.Keys[n-1].(*ir.Const); ok {
			switch key := c.Value.(type) {
			case float64:
				l.mutated = append(l.mutated, l.mutationOf(place, n-1))
			case string:
				if _, isIndex := jsvalue.ArrayIndex(key); isIndex {
					l.mutated = append(l.mutated, l.mutationOf(place, n-1))
				}
			}
		}
	}
	l.emit(&ir.Set{At: at.Span(), Target: place, Value: v})
	return v
}

func (l *lowerer) mutationOf(place ir.Place, keys int) mutation {
	if local, ok := place.Base.(*ir.Local); ok && keys == 0 {
		return mutation{local: local.Name}
	}
	return mutation{}
}

// read is the value that stands at a place.
func read(p ir.Place) ir.Expr {
	v := p.Base
	for _, key := range p.Keys {
		v = get(spanned{p}, v, key)
	}
	return v
}

// spanned lends a place's span to what is made of it.
type spanned struct{ ir.Place }

// Span implements placed.
func (s spanned) Span() source.Span { return s.At }

// place lowers what is written to: a property of a root, of a variable, or of a value
// that is put into a variable.
func (l *lowerer) place(p ast.Pattern) (ir.Place, bool) {
	switch p := p.(type) {
	case *ast.Member:
		if p.Optional {
			break
		}
		place, ok := l.container(p.Object)
		if !ok {
			return ir.Place{}, false
		}
		place.At = p.At
		place.Keys = append(place.Keys, constant(p, p.Name))
		return place, true
	case *ast.Index:
		if p.Optional {
			break
		}
		place, ok := l.container(p.Object)
		if !ok {
			return ir.Place{}, false
		}
		middle := len(*l.out)
		key := l.expr(p.Key)
		l.settlePlace(middle, p, &place)
		place.At = p.At
		place.Keys = append(place.Keys, key)
		return place, l.reachable
	}
	l.exit(diag.NestedWrite, p, "")
	return ir.Place{}, false
}

// container lowers the object that is written to, as a place without a last key.
func (l *lowerer) container(e ast.Expr) (ir.Place, bool) {
	switch e := e.(type) {
	case *ast.Member:
		if !e.Optional {
			if _, isData := l.staticBase(e); !isData {
				break
			}
			return l.place(e)
		}
	case *ast.Index:
		if !e.Optional {
			if _, isData := l.staticBase(e); !isData {
				break
			}
			return l.place(e)
		}
	}
	v := l.value(e)
	data, ok := v.(ir.Expr)
	if !ok {
		if ns, isNamespace := v.(*namespace); isNamespace {
			code := diag.BuiltinChanged
			if ns.path == "global" || ns.path == "globalThis" || ns.path == "configuration" {
				code = diag.GlobalState
			}
			l.exit(code, e, ns.path)
			return ir.Place{}, false
		}
		l.exit(diag.NestedWrite, e, "")
		return ir.Place{}, false
	}
	if !l.reachable {
		return ir.Place{}, false
	}
	switch data.(type) {
	case *ir.Root, *ir.Local:
		return ir.Place{At: e.Span(), Base: data}, true
	case *ir.Const:
		l.exit(diag.NestedWrite, e, "")
		return ir.Place{}, false
	}
	return ir.Place{At: e.Span(), Base: l.keepLocal(e, data)}, true
}

// keepLocal puts a value into a variable.
func (l *lowerer) keepLocal(at placed, v ir.Expr) ir.Expr {
	if local, ok := v.(*ir.Local); ok {
		return local
	}
	name := l.local("target")
	l.let(at, name, v)
	return &ir.Local{At: at.Span(), Name: name}
}

// staticBase reports whether the base of a chain of members is data: a root, a variable or
// something that is computed.
func (l *lowerer) staticBase(e ast.Expr) (string, bool) {
	for {
		switch x := e.(type) {
		case *ast.Member:
			e = x.Object
		case *ast.Index:
			e = x.Object
		case *ast.Ident:
			b := l.scope.lookup(x.Name)
			if b == nil {
				return x.Name, false
			}
			if b.static != nil {
				_, isData := b.static.(ir.Expr)
				return x.Name, isData
			}
			return x.Name, true
		case *ast.Call, *ast.New, *ast.Chain, *ast.Logical, *ast.Conditional:
			return "", false // computed once, into a variable
		default:
			return "", true
		}
	}
}

// settlePlace fixes the object and the keys of a place when steps were emitted behind it:
// JavaScript has looked them up before.
func (l *lowerer) settlePlace(mark int, at placed, place *ir.Place) {
	if len(*l.out) == mark {
		return
	}
	later := append([]ir.Step(nil), (*l.out)[mark:]...)
	reachable := l.reachable
	*l.out, l.reachable = (*l.out)[:mark], true
	if n := len(place.Keys); n > 0 {
		object := *place
		object.Keys = place.Keys[:n-1]
		last := l.keep(at, "key", place.Keys[n-1])
		base := place.Base
		if _, isRoot := base.(*ir.Root); !isRoot || n > 1 {
			name := l.local("target")
			l.let(at, name, read(object))
			base = &ir.Local{At: at.Span(), Name: name}
		}
		place.Base, place.Keys = base, []ir.Expr{last}
	} else if local, ok := place.Base.(*ir.Local); ok {
		name := l.local("target")
		l.let(at, name, local)
		place.Base = &ir.Local{At: at.Span(), Name: name}
	}
	*l.out = append(*l.out, later...)
	l.reachable = reachable
}
