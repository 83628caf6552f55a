package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// mutators are methods that change their receiver.
var mutators = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "sort": true, "fill": true,
	"add": true, "set": true, "delete": true, "clear": true, "append": true,
	"setDate": true, "setMonth": true, "setFullYear": true, "setHours": true, "setMinutes": true, "setSeconds": true, "setMilliseconds": true,
	"setTime": true, "setUTCDate": true, "setUTCMonth": true, "setUTCFullYear": true, "setUTCHours": true, "setUTCMinutes": true, "setUTCSeconds": true,
	"setUTCMilliseconds": true,
}

// listMutators are the mutators of arrays.
var listMutators = map[string]bool{
	"push": true, "pop": true, "shift": true, "unshift": true, "splice": true, "reverse": true, "sort": true, "fill": true,
}

// mutate lowers a method that changes its receiver. What an expression has just made is
// reversed and sorted as a new array.
func (l *lowerer) mutate(e *ast.Call, m *ast.Member, object ir.Expr, receiver ast.Expr, wanted bool) value {
	if receiver == nil {
		return l.exit(diag.NotLowered, e, "")
	}
	if m.Name == "sort" && len(e.Args) > 0 {
		return l.exit(diag.FunctionAsValue, e, "sort with a function")
	}
	if (m.Name == "reverse" || m.Name == "sort") && ir.TypeOf(object) == ir.NewListType {
		return call(e, map[string]string{"reverse": "reversed", "sort": "sorted"}[m.Name], object)
	}
	place, ok := l.changed(receiver, object)
	if !ok {
		return l.exit(diag.CallNotPure, e, "")
	}
	mark := len(*l.out)
	items := l.items(e.Args)
	if !l.reachable {
		return undefined(e)
	}
	if len(*l.out) != mark {
		later := append([]ir.Step(nil), (*l.out)[mark:]...)
		*l.out = (*l.out)[:mark]
		place = ir.Place{At: place.At, Base: l.keepLocal(receiver, read(place))}
		*l.out = append(*l.out, later...)
	}
	return l.change(e, m.Name, place, items, wanted)
}

// changed is the place of an object that a method changes.
func (l *lowerer) changed(at placed, object ir.Expr) (ir.Place, bool) {
	place := ir.Place{At: at.Span()}
	switch o := object.(type) {
	case *ir.Local:
		place.Base = o
	case *ir.Path:
		place.Base = &ir.Root{At: o.At, Name: o.Root}
		for _, key := range o.Keys {
			place.Keys = append(place.Keys, constant(at, key))
		}
	case *ir.Get:
		p, ok := placeOf(o)
		if !ok {
			place.Base = l.keepLocal(at, object)
			break
		}
		p.At = at.Span()
		place = p
	case *ir.Const, *ir.Root, *ir.ItemVar:
		return ir.Place{}, false
	default:
		place.Base = l.keepLocal(at, object)
	}
	return place, true
}

// change emits a Mutate.
func (l *lowerer) change(at placed, method string, place ir.Place, items []ir.Item, wanted bool) value {
	if listMutators[method] {
		l.mutated = append(l.mutated, l.mutationOf(place, len(place.Keys)))
	}
	step := &ir.Mutate{At: at.Span(), Method: method, Target: place, Args: items}
	if wanted {
		step.Result = l.local("result")
		l.fresh[step.Result] = method == "splice"
		l.single[step.Result] = true
	}
	l.emit(step)
	if wanted {
		return &ir.Local{At: at.Span(), Name: step.Result}
	}
	return undefined(at)
}

// placeOf is the place that a chain of reads from a root or a variable names, when its keys
// are constants.
func placeOf(g *ir.Get) (ir.Place, bool) {
	if !isStable(g.Key) {
		return ir.Place{}, false
	}
	switch o := g.Object.(type) {
	case *ir.Local, *ir.Root:
		return ir.Place{Base: o, Keys: []ir.Expr{g.Key}}, true
	case *ir.Path:
		p := ir.Place{Base: &ir.Root{At: o.At, Name: o.Root}}
		for _, key := range o.Keys {
			p.Keys = append(p.Keys, &ir.Const{At: o.At, Value: key})
		}
		p.Keys = append(p.Keys, g.Key)
		return p, true
	case *ir.Get:
		p, ok := placeOf(o)
		p.Keys = append(p.Keys, g.Key)
		return p, ok
	}
	return ir.Place{}, false
}

// objectAssign lowers Object.assign: to a new object when the target is a literal, else to
// writes one by one.
func (l *lowerer) objectAssign(e *ast.Call) value {
	for _, a := range e.Args {
		if _, isSpread := a.(*ast.Spread); isSpread {
			return l.exit(diag.NotLowered, e, "")
		}
	}
	values := l.exprs(e.Args...)
	if !l.reachable {
		return undefined(e)
	}
	if target, ok := values[0].(*ir.Object); ok {
		made := &ir.Object{At: e.At, Fields: append([]ir.Field(nil), target.Fields...)}
		for _, v := range values[1:] {
			if source, isLiteral := v.(*ir.Object); isLiteral {
				made.Fields = append(made.Fields, source.Fields...)
				continue
			}
			made.Fields = append(made.Fields, ir.Field{Value: v})
		}
		return made
	}
	var base ir.Expr = values[0]
	switch base.(type) {
	case *ir.Root, *ir.Local:
	case *ir.Const:
		return l.exit(diag.Throws, e, "")
	default:
		base = l.keepLocal(e.Args[0], base)
	}
	for i, v := range values[1:] {
		at := e.Args[i+1]
		if source, isLiteral := v.(*ir.Object); isLiteral && hasOnlyConstantKeys(source) {
			for _, field := range source.Fields {
				l.writePlace(at, ir.Place{At: e.At, Base: base, Keys: []ir.Expr{field.Key}}, field.Value, false)
			}
			continue
		}
		source := l.keep(at, "source", v)
		key, label := l.local("key"), l.label("loop")
		of := &ir.Local{At: at.Span(), Name: key}
		steps, _ := l.inside(func() {
			l.emit(&ir.Set{At: e.At, Target: ir.Place{At: e.At, Base: base, Keys: []ir.Expr{of}}, Value: &ir.Get{At: at.Span(), Object: source, Key: of}})
		})
		l.emit(&ir.ForKeys{At: at.Span(), Label: label, Key: key, Object: source, Body: steps})
	}
	return base
}

// hasOnlyConstantKeys reports whether an object can be written field by field: its keys
// are known, and no field's value depends on what was written in front of it.
func hasOnlyConstantKeys(o *ir.Object) bool {
	for _, f := range o.Fields {
		if _, isConst := f.Key.(*ir.Const); !isConst || !isStable(f.Value) {
			return false
		}
	}
	return true
}
