package emit

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib"
)

// reads collects the paths and variables that an expression reads.
type reads struct {
	*emitter
	to   *program.Expr
	seen map[string]bool
}

func (r *reads) expr(x ir.Expr) {
	switch x := x.(type) {
	case *ir.Const, *ir.ItemVar, *ir.Regexp:
	case *ir.Root:
		r.path(x.Name, nil)
	case *ir.Path:
		r.path(x.Root, x.Keys)
	case *ir.Local:
		if !r.seen[x.Name] {
			r.seen[x.Name] = true
			r.to.Locals = append(r.to.Locals, r.local(x.Name))
		}
	case *ir.Get:
		r.exprs(x.Object, x.Key)
	case *ir.Call:
		r.exprs(x.Args...)
	case *ir.Not:
		r.expr(x.X)
	case *ir.And:
		r.exprs(x.X, x.Y)
	case *ir.Or:
		r.exprs(x.X, x.Y)
	case *ir.Coalesce:
		r.exprs(x.X, x.Y)
	case *ir.Cond:
		r.exprs(x.If, x.Then, x.Else)
	case *ir.OptGet:
		r.exprs(x.X, x.Then)
	case *ir.In:
		r.expr(x.X)
	case *ir.List:
		for _, item := range x.Items {
			r.expr(item.X)
		}
	case *ir.Object:
		for _, field := range x.Fields {
			if field.Key != nil {
				r.expr(field.Key)
			}
			r.expr(field.Value)
		}
	case *ir.Each:
		r.exprs(x.List, x.Body)
	default:
		panic(fmt.Sprintf("internal error: no reads of %T", x))
	}
}

func (r *reads) exprs(list ...ir.Expr) {
	for _, x := range list {
		r.expr(x)
	}
}

func (r *reads) path(root string, keys []string) {
	i := r.emitter.path(root, keys)
	name := r.made.Paths[i].Name
	if !r.seen[" "+name] { // no variable starts with a space
		r.seen[" "+name] = true
		r.to.Paths = append(r.to.Paths, i)
	}
}

// fresh reports whether an array that an expression answers is new: referred to by nothing
// else. An expression that never answers an array is.
func fresh(x ir.Expr) bool {
	switch x := x.(type) {
	case *ir.Const, *ir.Not, *ir.In, *ir.List, *ir.Object, *ir.Regexp:
		return true
	case *ir.Root, *ir.Local, *ir.Path, *ir.Get, *ir.ItemVar:
		return false
	case *ir.Call:
		f, ok := stdlib.Lookup(x.Func)
		return ok && f.Result != stdlib.Any
	case *ir.And:
		return fresh(x.Y) // a falsy X is no array
	case *ir.Or:
		return fresh(x.X) && fresh(x.Y)
	case *ir.Coalesce:
		return fresh(x.X) && fresh(x.Y)
	case *ir.Cond:
		return fresh(x.Then) && fresh(x.Else)
	case *ir.OptGet:
		return fresh(x.Then)
	case *ir.Each:
		return x.Kind != ir.Find
	}
	panic(fmt.Sprintf("internal error: freshness of %T", x))
}
