package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// iterations are the array methods that call a function for each item; 0 for those that
// only a loop computes.
var iterations = map[string]iteration{
	"some": {"some", ir.Some}, "every": {"every", ir.Every}, "find": {"find", ir.Find}, "findIndex": {"findIndex", ir.FindIndex},
	"filter": {"filter", ir.Filter}, "map": {"map", ir.Map}, "forEach": {"forEach", 0}, "reduce": {"reduce", 0},
}

type iteration struct {
	name string
	kind ir.EachKind
}

// iterate lowers an array method with a function: to an Each when the function's body only
// computes, else to a loop.
func (l *lowerer) iterate(e *ast.Call, it iteration, list ir.Expr, wanted bool) value {
	mark := len(*l.out)
	for _, a := range e.Args {
		if _, isSpread := a.(*ast.Spread); isSpread {
			return l.exit(diag.NotLowered, e, "")
		}
	}
	if it.name == "reduce" {
		return l.reduce(e, list)
	}
	if len(e.Args) > 1 {
		return l.exit(diag.UsesThis, e, "")
	}
	f := l.value(e.Args[0])
	kept := []ir.Expr{list}
	l.keepBefore(mark, []ast.Expr{e.Callee}, kept)
	list = kept[0]
	switch f := f.(type) {
	case *functionValue:
		if own, isFunction := f.node.(*ast.Function); isFunction && usesThis(own) {
			return l.exit(diag.UsesThis, e, "")
		}
	case *namespace, *callbackValue, *boundMethod:
	default:
		return l.exit(diag.CallNotPure, e, "")
	}
	if it.kind != 0 {
		if each, ok := l.each(e, it.kind, list, f); ok {
			return each
		}
	}
	return l.loop(e, it, list, f, wanted)
}

// each makes an Each when the function only computes.
func (l *lowerer) each(e *ast.Call, kind ir.EachKind, list ir.Expr, f value) (ir.Expr, bool) {
	at := e.Args[0]
	itemHint, indexHint := paramNames(f)
	item, index := l.unique(itemHint), l.unique(indexHint)
	array, isShort := list, isStable(list) || ir.ExprSize(list) == 1
	if !isShort && arity(f) > 2 {
		return nil, false
	}
	var body ir.Expr
	pure := l.attempt(func() {
		args := []value{&ir.ItemVar{At: at.Span(), Name: item}, &ir.ItemVar{At: at.Span(), Name: index}, array}
		if arity(f) <= 2 {
			args = args[:2]
		}
		v := l.invoke(at, f, args, true)
		data, isData := v.(ir.Expr)
		switch {
		case isData:
			body = data
		case kind == ir.Map:
			body = l.data(at, v)
		default:
			body = constant(at, true)
		}
	})
	if !pure {
		return nil, false
	}
	made := &ir.Each{At: e.At, Kind: kind, List: list, Item: item, Body: body}
	if reads(body, index) {
		made.Index = index
	}
	return made, true
}

// arity is the number of parameters that a function may read.
func arity(f value) int {
	if fn, ok := f.(*functionValue); ok {
		params, _, _, _, _ := parts(fn.node)
		if params != nil && params.Rest == nil {
			return len(params.List)
		}
		return 3
	}
	return 2
}

// paramNames are the names that a function gives to its first two parameters.
func paramNames(f value) (item, index string) {
	item, index = "item", "index"
	fn, ok := f.(*functionValue)
	if !ok {
		return item, index
	}
	params, _, _, _, _ := parts(fn.node)
	if params == nil {
		return item, index
	}
	for i, p := range params.List {
		id, isName := p.Target.(*ast.Ident)
		if !isName {
			continue
		}
		switch i {
		case 0:
			item = id.Name
		case 1:
			index = id.Name
		}
	}
	return item, index
}

// loop lowers an array method to a loop over the items that were there at its start.
func (l *lowerer) loop(e *ast.Call, it iteration, list ir.Expr, f value, wanted bool) value {
	at := e.Args[0]
	itemHint, indexHint := paramNames(f)
	item, index, label := l.local(itemHint), l.local(indexHint), l.label("loop")
	l.fresh[item], l.fresh[index] = false, false
	args := []value{&ir.Local{At: at.Span(), Name: item}, &ir.Local{At: at.Span(), Name: index}}
	l.single[item], l.single[index] = true, true
	if arity(f) > 2 {
		list = l.keep(e.Callee, "list", list)
		args = append(args, list)
	}
	result := ""
	var start ir.Expr
	switch it.kind {
	case ir.Some:
		start = constant(e, false)
	case ir.Every:
		start = constant(e, true)
	case ir.Find:
		start = undefined(e)
	case ir.FindIndex:
		start = constant(e, -1.0)
	case ir.Filter, ir.Map:
		start = &ir.List{At: e.At}
	}
	if start != nil {
		result = l.local(it.name)
		l.let(e, result, start)
		l.fresh[result] = it.kind == ir.Filter || it.kind == ir.Map
	}
	l.loops++
	steps, _ := l.inside(func() {
		v := l.invoke(at, f, args, it.kind != 0)
		if !l.reachable {
			return
		}
		leave := func(v ir.Expr) func() {
			return func() {
				l.let(at, result, v)
				l.emit(&ir.Leave{At: at.Span(), Label: label})
				l.reachable = false
			}
		}
		nothing := func() {}
		itemOf, indexOf := args[0].(ir.Expr), args[1].(ir.Expr)
		add := func(x ir.Expr) {
			l.emit(&ir.Mutate{At: at.Span(), Method: "push", Target: ir.Place{At: at.Span(), Base: &ir.Local{At: at.Span(), Name: result}}, Args: []ir.Item{{X: x}}})
		}
		switch it.kind {
		case 0:
			l.discard(at, v)
		case ir.Some:
			l.choose(at, l.truthOf(at, v), leave(constant(at, true)), nothing)
		case ir.Every:
			l.choose(at, l.truthOf(at, v), nothing, leave(constant(at, false)))
		case ir.Find:
			l.choose(at, l.truthOf(at, v), leave(itemOf), nothing)
		case ir.FindIndex:
			l.choose(at, l.truthOf(at, v), leave(indexOf), nothing)
		case ir.Filter:
			l.choose(at, l.truthOf(at, v), func() { add(itemOf) }, nothing)
		case ir.Map:
			add(l.data(at, v))
		}
	})
	l.loops--
	l.emit(&ir.For{At: e.At, Label: label, Item: item, Index: index, List: list, Fixed: true, Body: steps})
	if result == "" {
		return undefined(e)
	}
	return &ir.Local{At: e.At, Name: result}
}

// truthOf is a function's answer as a condition.
func (l *lowerer) truthOf(at placed, v value) ir.Expr {
	if data, ok := v.(ir.Expr); ok {
		return data
	}
	return constant(at, true)
}

// reduce lowers list.reduce(f, start) to a loop. Without a start the first item is the
// start, and an empty array throws.
func (l *lowerer) reduce(e *ast.Call, list ir.Expr) value {
	if len(e.Args) > 2 {
		return l.exit(diag.NotLowered, e, "")
	}
	mark := len(*l.out)
	f, ok := l.value(e.Args[0]).(*functionValue)
	if !ok || usesThis(f.node) {
		return l.exit(diag.CallNotPure, e, "")
	}
	kept := []ir.Expr{list}
	l.keepBefore(mark, []ast.Expr{e.Callee}, kept)
	list = kept[0]
	at := e.Args[0]
	var data ir.Expr
	if len(e.Args) == 2 {
		if data = l.expr(e.Args[1]); !l.reachable {
			return undefined(e)
		}
		kept[0] = list
		l.keepBefore(mark, []ast.Expr{e.Callee}, kept)
		list = kept[0]
	} else {
		if arity(f) > 2 {
			return l.exit(diag.NotLowered, e, "reduce with an index and without a start value")
		}
		list = l.keep(e.Callee, "list", list)
		l.choose(e, call(e, "same", &ir.Get{At: e.At, Object: list, Key: constant(e, "length")}, constant(e, 0.0)), func() {
			l.exit(diag.Throws, e, "")
		}, func() {})
		data = &ir.Get{At: e.At, Object: list, Key: constant(e, 0.0)}
		list = call(e, "slice", list, constant(e, 1.0), undefined(e))
	}
	result, item, index, label := l.local("reduced"), l.local("item"), l.local("index"), l.label("loop")
	l.let(e, result, data)
	l.fresh[item], l.fresh[index] = false, false
	l.single[item], l.single[index] = true, true
	args := []value{
		&ir.Local{At: at.Span(), Name: result}, &ir.Local{At: at.Span(), Name: item}, &ir.Local{At: at.Span(), Name: index},
	}
	if arity(f) > 3 {
		list = l.keep(e.Callee, "list", list)
		args = append(args, list)
	}
	l.loops++
	steps, _ := l.inside(func() {
		v := l.invoke(at, f, args, true)
		if l.reachable {
			l.let(at, result, l.data(at, v))
		}
	})
	l.loops--
	l.emit(&ir.For{At: e.At, Label: label, Item: item, Index: index, List: list, Fixed: true, Body: steps})
	return &ir.Local{At: e.At, Name: result}
}

// reads reports whether an expression reads an item variable.
func reads(e ir.Expr, name string) bool {
	found := false
	ir.WalkExpr(e, func(e ir.Expr) bool {
		if v, ok := e.(*ir.ItemVar); ok && v.Name == name {
			found = true
		}
		return !found
	})
	return found
}
