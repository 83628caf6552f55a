package lower

import (
	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// computesAll reports whether a value computes all arguments whatever happens: JavaScript
// does, before the call, and they may throw.
func computesAll(made value, args []value) bool {
	for _, a := range args {
		data, isData := a.(ir.Expr)
		if !isData || ir.Total(data) {
			continue
		}
		body, isExpr := made.(ir.Expr)
		if !isExpr || !always(body, data) {
			return false
		}
	}
	return true
}

// always reports whether e computes part, which is one of its operands, whatever else
// it computes.
func always(e, part ir.Expr) bool {
	if e == part {
		return true
	}
	any := func(list ...ir.Expr) bool {
		for _, x := range list {
			if x != nil && always(x, part) {
				return true
			}
		}
		return false
	}
	switch e := e.(type) {
	case *ir.Get:
		return any(e.Object, e.Key)
	case *ir.Call:
		return any(e.Args...)
	case *ir.Not:
		return any(e.X)
	case *ir.And:
		return any(e.X)
	case *ir.Or:
		return any(e.X)
	case *ir.Coalesce:
		return any(e.X)
	case *ir.Cond:
		return any(e.If) || any(e.Then) && any(e.Else)
	case *ir.OptGet:
		return any(e.X)
	case *ir.In:
		return any(e.X)
	case *ir.List:
		for _, item := range e.Items {
			if any(item.X) {
				return true
			}
		}
	case *ir.Object:
		for _, f := range e.Fields {
			if any(f.Key, f.Value) {
				return true
			}
		}
	case *ir.Each:
		return any(e.List)
	case *ir.Const, *ir.Root, *ir.Local, *ir.Path, *ir.Regexp, *ir.ItemVar:
	}
	return false
}

// maxSubstituted is the largest argument that may stand wherever a parameter is read.
const maxSubstituted = 12

// substitutes reports whether arguments may stand for the parameters in a body that is
// one expression: if it does nothing, they have the same value at each place.
func substitutes(params *ast.Params, args []value) bool {
	if params.Rest != nil {
		return false
	}
	for i, p := range params.List {
		if _, isName := p.Target.(*ast.Ident); !isName || p.Init != nil {
			return false
		}
		if i < len(args) {
			if data, isData := args[i].(ir.Expr); isData && (ir.ExprSize(data) > maxSubstituted || makesNew(data)) {
				return false
			}
		}
	}
	return true
}

// makesNew reports whether an expression makes an object: at two places it would make two.
func makesNew(e ir.Expr) bool {
	switch ir.TypeOf(e) {
	case ir.NewListType, ir.NewObjectType:
		return true
	}
	switch e := e.(type) {
	case *ir.And:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Or:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Coalesce:
		return makesNew(e.X) || makesNew(e.Y)
	case *ir.Cond:
		return makesNew(e.Then) || makesNew(e.Else)
	case *ir.OptGet:
		return makesNew(e.Then)
	case *ir.Call:
		return e.Func == "newSet" || e.Func == "newMap" || e.Func == "newURL" || e.Func == "newDate" || e.Func == "dateOf" || e.Func == "parse"
	}
	return false
}
