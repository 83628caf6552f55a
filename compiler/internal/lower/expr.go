package lower

import (
	"math"
	"slices"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// call makes a call of a library function.
func call(at placed, name string, args ...ir.Expr) *ir.Call {
	return &ir.Call{At: at.Span(), Func: name, Args: args}
}

// expr lowers an expression to data.
func (l *lowerer) expr(e ast.Expr) ir.Expr { return l.data(e, l.value(e)) }

// data is a value as data; a static value that cannot be data exits.
func (l *lowerer) data(at placed, v value) ir.Expr {
	switch v := v.(type) {
	case ir.Expr:
		return v
	case *functionValue, *callbackValue, *objectValue, *choiceValue, *partialValue, *boundMethod, *methodValue:
		return l.exit(diag.FunctionAsValue, at, "")
	case *namespace:
		if v.path == "configuration" {
			return l.wholeConfiguration(at)
		}
		return l.exit(diag.FunctionAsValue, at, v.path)
	case *moduleValue:
		return l.exit(diag.NeedsModule, at, v.name)
	case *promiseValue:
		return l.exit(diag.Waits, at, "")
	}
	return l.exit(diag.NotLowered, at, "")
}

// value lowers an expression.
func (l *lowerer) value(e ast.Expr) value {
	switch e.(type) {
	case *ast.Null, *ast.Bool, *ast.Number, *ast.String:
		l.countConstant()
	default:
		l.count()
	}
	switch e := e.(type) {
	case *ast.Null:
		return constant(e, nil)
	case *ast.Bool:
		return constant(e, e.Value)
	case *ast.Number:
		return constant(e, e.Value)
	case *ast.String:
		return l.text(e, e.Value)
	case *ast.Template:
		return l.template(e)
	case *ast.Ident:
		return l.ident(e)
	case *ast.Member:
		return l.member(e)
	case *ast.Index:
		return l.index(e)
	case *ast.Chain:
		return l.chain(e)
	case *ast.Unary:
		return l.unary(e)
	case *ast.Binary:
		return l.binary(e)
	case *ast.Logical:
		return l.logical(e)
	case *ast.Conditional:
		return l.conditional(e)
	case *ast.Assign:
		return l.assign(e, true)
	case *ast.Update:
		return l.update(e, true)
	case *ast.Sequence:
		for _, x := range e.List[:len(e.List)-1] {
			l.effect(x)
		}
		return l.value(e.List[len(e.List)-1])
	case *ast.Array:
		return l.array(e)
	case *ast.Object:
		return l.object(e)
	case *ast.Function, *ast.Arrow:
		return &functionValue{node: e, scope: l.scope}
	case *ast.Call:
		return l.call(e, true)
	case *ast.New:
		return l.construct(e)
	case *ast.RegExp:
		return &regexpValue{at: e, source: e.Pattern, flags: e.Flags}
	case *ast.Await:
		return l.await(e)
	case *ast.This, *ast.NewTarget, *ast.Super:
		return l.exit(diag.UsesThis, e, "")
	case *ast.Class:
		return l.exit(diag.ClassUsed, e, "")
	}
	return l.exit(diag.NotLowered, e, "")
}

// text is a string constant; half of a surrogate pair exits.
func (l *lowerer) text(at placed, text string) ir.Expr {
	if jsvalue.HasLoneSurrogate(text) {
		return l.exit(diag.LoneSurrogate, at, "")
	}
	return constant(at, text)
}

// effect lowers an expression whose value nobody reads.
func (l *lowerer) effect(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Logical:
		if e.Op == "??" {
			break
		}
		left := l.condition(e.Left)
		then, otherwise := func() { l.effect(e.Right) }, func() {}
		if e.Op == "||" {
			then, otherwise = otherwise, then
		}
		l.choose(e, left, then, otherwise)
		return
	case *ast.Conditional:
		cond := l.condition(e.Test)
		l.choose(e, cond, func() { l.effect(e.Then) }, func() { l.effect(e.Else) })
		return
	case *ast.Assign:
		l.assign(e, false)
		return
	case *ast.Update:
		l.update(e, false)
		return
	case *ast.Call:
		l.discard(e, l.call(e, false))
		return
	case *ast.Sequence:
		for _, x := range e.List {
			l.effect(x)
		}
		return
	case *ast.Unary:
		if e.Op == "void" || e.Op == "!" {
			l.effect(e.X)
			return
		}
	case *ast.Ident:
		l.value(e)
		return
	}
	l.discard(e, l.value(e))
}

// discard drops a value: data is computed all the same, as it may exit.
func (l *lowerer) discard(at placed, v value) {
	data, ok := v.(ir.Expr)
	if !ok || !l.reachable {
		return
	}
	switch data.(type) {
	case *ir.Const, *ir.Local, *ir.Root, *ir.ItemVar:
		return
	}
	l.emit(&ir.Eval{At: at.Span(), X: data})
}

// condition lowers an expression that is judged by its truthiness.
func (l *lowerer) condition(e ast.Expr) ir.Expr {
	switch v := l.value(e).(type) {
	case ir.Expr:
		return v
	case *functionValue, *callbackValue, *errorValue, *objectValue, *regexpValue, *promiseValue, *namespace, *partialValue:
		return constant(e, true)
	case *choiceValue:
		return l.choiceTruth(e, v)
	default:
		return l.data(e, v)
	}
}

// truth is the truthiness of an expression that is known beforehand.
func truth(e ir.Expr) (known, value bool) {
	switch e := e.(type) {
	case *ir.Const:
		switch v := e.Value.(type) {
		case nil:
			return true, false
		case bool:
			return true, v
		case float64:
			return true, v != 0 && !math.IsNaN(v)
		case string:
			return true, v != ""
		}
		return true, !jsvalue.IsUndefined(e.Value)
	case *ir.Not:
		known, value = truth(e.X)
		return known, !value
	case *ir.List, *ir.Object:
		return false, false // they may hold what exits
	}
	return false, false
}

// exprs lowers expressions in order. Values before one that does something are kept.
func (l *lowerer) exprs(list ...ast.Expr) []ir.Expr {
	made := make([]ir.Expr, len(list))
	for i, e := range list {
		mark := len(*l.out)
		made[i] = l.expr(e)
		l.keepBefore(mark, list[:i], made[:i])
	}
	return made
}

// keepBefore keeps values in variables that are set in front of the steps from mark on,
// when there are any.
func (l *lowerer) keepBefore(mark int, at []ast.Expr, values []ir.Expr) {
	if len(*l.out) == mark || len(values) == 0 {
		return
	}
	later := append([]ir.Step(nil), (*l.out)[mark:]...)
	reachable := l.reachable
	*l.out = (*l.out)[:mark]
	l.reachable = true
	for i, v := range values {
		values[i] = l.keep(at[i], "kept", v)
	}
	*l.out = append(*l.out, later...)
	l.reachable = reachable
}

// ident lowers a name.
func (l *lowerer) ident(e *ast.Ident) value {
	b := l.scope.lookup(e.Name)
	if b == nil {
		return l.global(e)
	}
	if !b.ready {
		return l.exit(diag.Throws, e, e.Name)
	}
	if b.static != nil {
		return b.static
	}
	if len(b.errors) > 0 {
		return l.oneOf(e, b)
	}
	b.reads++
	if b.local == "" {
		if b.kind == bindVar && b.once {
			return undefined(e) // nothing has written it yet
		}
		b.local = l.local(e.Name)
		l.fresh[b.local] = false
	}
	return &ir.Local{At: e.At, Name: b.local}
}

// member lowers a property read by a fixed name.
func (l *lowerer) member(e *ast.Member) value {
	if e.Optional {
		return l.exit(diag.NotLowered, e, "")
	}
	return l.property(e, l.value(e.Object), e.Name)
}

// property reads a property of a value by a fixed name.
func (l *lowerer) property(at placed, object value, name string) value {
	switch o := object.(type) {
	case ir.Expr:
		return get(at, o, constant(at, name))
	case *namespace:
		return l.namespaceMember(at, o, name)
	case *moduleValue:
		return &moduleValue{name: o.name}
	case *objectValue:
		if v, ok := o.properties[name]; ok {
			return v
		}
	case *errorValue:
		return l.errorProperty(at, o, name)
	case *functionValue, *callbackValue, *methodValue:
		switch name {
		case "call", "apply", "bind":
			return &boundMethod{of: object, name: name}
		}
	}
	return l.exit(diag.NotLowered, at, "")
}

// boundMethod is f.call or f.apply, to be called.
type boundMethod struct {
	of   value
	name string
}

// get reads a property. Fixed names of roots and paths make longer paths; length and
// indexes are no part of a path, as they are read of arrays and strings.
func get(at placed, object, key ir.Expr) ir.Expr {
	if c, ok := key.(*ir.Const); ok {
		if name, isName := c.Value.(string); isName && name != "length" {
			if _, isIndex := jsvalue.ArrayIndex(name); !isIndex {
				switch o := object.(type) {
				case *ir.Root:
					return &ir.Path{At: at.Span(), Root: o.Name, Keys: []string{name}}
				case *ir.Path:
					return &ir.Path{At: at.Span(), Root: o.Root, Keys: append(append([]string(nil), o.Keys...), name)}
				}
			}
		}
	}
	return &ir.Get{At: at.Span(), Object: object, Key: key}
}

// index lowers a property read by a computed key.
func (l *lowerer) index(e *ast.Index) value {
	if e.Optional {
		return l.exit(diag.NotLowered, e, "")
	}
	object := l.value(e.Object)
	data, isData := object.(ir.Expr)
	if !isData {
		key := l.expr(e.Key)
		if c, ok := key.(*ir.Const); ok {
			if name, isName := c.Value.(string); isName {
				return l.property(e, object, name)
			}
		}
		if table, ok := object.(*objectValue); ok {
			return l.tableEntry(e, table, key)
		}
		if ns, ok := object.(*namespace); ok && ns.path == "configuration" {
			return get(e, l.wholeConfiguration(e), key)
		}
		return l.data(e, object)
	}
	mark := len(*l.out)
	key := l.expr(e.Key)
	values := []ir.Expr{data}
	l.keepBefore(mark, []ast.Expr{e.Object}, values)
	return get(e, values[0], key)
}

// tableEntry reads a computed property of an object that holds functions: by the number of
// the property.
func (l *lowerer) tableEntry(e *ast.Index, table *objectValue, key ir.Expr) value {
	names := make([]string, 0, len(table.properties))
	for property := range table.properties {
		names = append(names, property)
	}
	slices.Sort(names)
	numbers := &ir.Object{At: e.At}
	for i, property := range names {
		if data, isData := table.properties[property].(ir.Expr); isData && !isStable(data) {
			return l.exit(diag.FunctionAsValue, e, "")
		}
		numbers.Fields = append(numbers.Fields, ir.Field{Key: constant(e, property), Value: constant(e, float64(i+1))})
	}
	number := l.keep(e.Key, "entry", &ir.Get{At: e.At, Object: numbers, Key: key})
	var made value = undefined(e)
	for i, property := range names {
		made = &choiceValue{cond: call(e, "same", number, constant(e, float64(i+1))), then: table.properties[property], otherwise: made}
	}
	return made
}
