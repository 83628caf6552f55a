package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// arguments lowers the arguments of a call. A spread is taken apart when it is a list
// literal.
func (l *lowerer) arguments(args []ast.Expr) ([]value, bool) {
	made := make([]value, 0, len(args))
	for i, a := range args {
		mark := len(*l.out)
		var v value
		if spread, isSpread := a.(*ast.Spread); isSpread {
			list, ok := l.value(spread.X).(*ir.List)
			if !ok {
				l.exit(diag.NotLowered, a, "")
				return nil, false
			}
			for _, item := range list.Items {
				if item.Spread {
					l.exit(diag.NotLowered, a, "")
					return nil, false
				}
				made = append(made, item.X)
			}
			continue
		}
		v = l.value(a)
		if len(*l.out) != mark {
			l.keepValues(mark, args[:min(i, len(made))], made)
		}
		made = append(made, v)
	}
	return made, l.reachable
}

// keepValues is keepBefore for values that may be static.
func (l *lowerer) keepValues(mark int, at []ast.Expr, values []value) {
	var places []ast.Expr
	var data []ir.Expr
	var index []int
	for i, v := range values {
		if d, ok := v.(ir.Expr); ok && i < len(at) {
			places, data, index = append(places, at[i]), append(data, d), append(index, i)
		}
	}
	l.keepBefore(mark, places, data)
	for i, at := range index {
		values[at] = data[i]
	}
}

// drop computes arguments that nobody reads: they may throw.
func (l *lowerer) drop(args []value) {
	for _, a := range args {
		if data, ok := a.(ir.Expr); ok {
			l.discard(data, data)
		}
	}
}

// invoke calls a value with arguments that are lowered already.
func (l *lowerer) invoke(at placed, callee value, args []value, wanted bool) value {
	switch f := callee.(type) {
	case *functionValue:
		return l.inline(at, f, args, wanted)
	case *callbackValue:
		l.callback(at, args)
		return undefined(at)
	case *namespace:
		return l.builtin(at, f.path, args, wanted)
	case *moduleValue:
		return l.exit(diag.NeedsModule, at, f.name)
	case *boundMethod:
		return l.applied(at, f, args, wanted)
	case *partialValue:
		return l.invoke(at, f.of, append(append([]value(nil), f.args...), args...), wanted)
	case *choiceValue:
		return l.invokeChoice(at, f, args, wanted)
	}
	return l.exit(diag.CallNotPure, at, "")
}

// invokeChoice calls one of two functions.
func (l *lowerer) invokeChoice(at placed, c *choiceValue, args []value, wanted bool) value {
	for i, a := range args {
		if data, ok := a.(ir.Expr); ok {
			args[i] = l.keep(at, "argument", data)
		}
	}
	result := ""
	if wanted {
		result = l.local("result")
		l.let(at, result, undefined(at))
	}
	branch := func(f value) func() {
		return func() {
			v := l.invoke(at, f, args, wanted)
			if wanted && l.reachable {
				l.let(at, result, l.data(at, v))
			}
		}
	}
	l.choose(at, c.cond, branch(c.then), branch(c.otherwise))
	if wanted {
		return &ir.Local{At: at.Span(), Name: result}
	}
	return undefined(at)
}

// applied lowers f.call(this, …) and f.apply(this, […]).
func (l *lowerer) applied(at placed, f *boundMethod, args []value, wanted bool) value {
	if f.name == "bind" {
		if _, isMethod := f.of.(*methodValue); isMethod {
			return l.exit(diag.NotLowered, at, "")
		}
		made := &partialValue{of: f.of}
		for _, a := range args[min(1, len(args)):] {
			if data, isData := a.(ir.Expr); isData {
				a = l.keep(at, "argument", data)
			}
			made.args = append(made.args, a)
		}
		return made
	}
	if m, ok := f.of.(*methodValue); ok {
		if listMutators[m.name] && m.name != "sort" && len(args) > 0 {
			return l.borrowedChange(at, f, m.name, args, wanted)
		}
		if f.name != "call" || len(args) == 0 {
			return l.exit(diag.NotLowered, at, "")
		}
		return l.borrowed(at, m.name, args)
	}
	if f.name == "call" {
		return l.invoke(at, f.of, args[min(1, len(args)):], wanted)
	}
	if len(args) < 2 {
		return l.invoke(at, f.of, nil, wanted)
	}
	switch list := args[1].(type) {
	case *ir.List:
		var made []value
		for _, item := range list.Items {
			if item.Spread {
				return l.exit(diag.NotLowered, at, "")
			}
			made = append(made, item.X)
		}
		return l.invoke(at, f.of, made, wanted)
	case *ir.Const:
		if jsvalue.IsNullish(list.Value) {
			return l.invoke(at, f.of, nil, wanted)
		}
	}
	return l.exit(diag.NotLowered, at, "")
}

// borrowedChange lowers Array.prototype.push.apply(list, more) and its like.
func (l *lowerer) borrowedChange(at placed, f *boundMethod, method string, args []value, wanted bool) value {
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if data[i] = l.data(at, a); !l.reachable {
			return undefined(at)
		}
	}
	place, ok := l.changed(at, data[0])
	if !ok || f.name == "apply" && len(data) != 2 {
		return l.exit(diag.NotLowered, at, "")
	}
	var items []ir.Item
	for _, d := range data[1:] {
		items = append(items, ir.Item{X: d, Spread: f.name == "apply"})
	}
	return l.change(at, method, place, items, wanted)
}

// borrowed lowers Object.prototype.hasOwnProperty.call(o, k) and its like.
func (l *lowerer) borrowed(at placed, name string, args []value) value {
	data := make([]ir.Expr, len(args))
	for i, a := range args {
		if data[i] = l.data(at, a); !l.reachable {
			return undefined(at)
		}
	}
	most, isPure := pureMethods[name]
	if name == "hasOwnProperty" {
		name, most, isPure = "hasOwn", 1, true
	}
	f, exists := stdlib.Lookup(name)
	if !isPure || !exists || name == "toString" {
		return l.exit(diag.CallNotPure, at, name+".call()")
	}
	if most >= 0 {
		l.drop(args[min(len(args), most+1):])
		data = data[:min(len(data), most+1)]
	}
	return l.library(at, f, data)
}

// usesThis reports whether a function's own body reads this or arguments.
func usesThis(fn ast.Expr) bool {
	found := false
	_, body, result, _, _ := parts(fn)
	visit := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.This, *ast.NewTarget:
			found = true
		case *ast.Ident:
			found = found || n.Name == "arguments"
		case *ast.Function, *ast.FunctionDecl, *ast.Class:
			return false
		}
		return !found
	}
	if body != nil {
		for _, s := range body.List {
			ast.Inspect(s, visit)
		}
	}
	if result != nil {
		ast.Inspect(result, visit)
	}
	return found
}
