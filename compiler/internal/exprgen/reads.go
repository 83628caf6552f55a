package exprgen

import "github.com/ferrule-rules/ferrule/compiler/ir"

// readInside reports whether the body of an Each within e reads an item variable.
func readInside(e ir.Expr, item string) bool { return reads(e, item, false) }

// reads reports whether e reads an item variable; those outside the bodies of Eachs count
// only when inside is set. A body around which the name is bound anew reads another.
func reads(e ir.Expr, item string, inside bool) bool {
	switch e := e.(type) {
	case *ir.ItemVar:
		return inside && e.Name == item
	case *ir.OptGet:
		return reads(e.X, item, inside) || e.Name != item && reads(e.Then, item, inside)
	case *ir.Each:
		return reads(e.List, item, inside) || e.Item != item && e.Index != item && reads(e.Body, item, true)
	}
	found := false
	ir.EachOperand(e, func(x ir.Expr) { found = found || reads(x, item, inside) })
	return found
}
