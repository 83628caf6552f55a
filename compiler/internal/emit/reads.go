package emit

import (
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
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
