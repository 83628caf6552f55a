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
	ir.WalkExpr(x, func(x ir.Expr) bool {
		switch x := x.(type) {
		case *ir.Root:
			r.path(x.Name, nil)
		case *ir.Path:
			r.path(x.Root, x.Keys)
		case *ir.Local:
			if !r.seen[x.Name] {
				r.seen[x.Name] = true
				r.to.Locals = append(r.to.Locals, r.local(x.Name))
			}
		}
		return true
	})
}

func (r *reads) path(root string, keys []string) {
	i := r.emitter.path(root, keys)
	name := r.made.Paths[i].Name
	if !r.seen["."+name] { // beside the variable of that name
		r.seen["."+name] = true
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
