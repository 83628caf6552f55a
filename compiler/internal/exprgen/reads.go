package exprgen

import (
	"fmt"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// readInside reports whether the body of an Each within e reads an item variable.
func readInside(e ir.Expr, item string) bool { return reads(e, item, false) }

// reads reports whether e reads an item variable; those outside the bodies of Eachs count
// only when inside is set.
func reads(e ir.Expr, item string, inside bool) bool {
	switch e := e.(type) {
	case *ir.ItemVar:
		return inside && e.Name == item
	case *ir.Const, *ir.Root, *ir.Local, *ir.Path, *ir.Regexp:
		return false
	case *ir.Get:
		return reads(e.Object, item, inside) || reads(e.Key, item, inside)
	case *ir.Call:
		for _, arg := range e.Args {
			if reads(arg, item, inside) {
				return true
			}
		}
		return false
	case *ir.Not:
		return reads(e.X, item, inside)
	case *ir.And:
		return reads(e.X, item, inside) || reads(e.Y, item, inside)
	case *ir.Or:
		return reads(e.X, item, inside) || reads(e.Y, item, inside)
	case *ir.Coalesce:
		return reads(e.X, item, inside) || reads(e.Y, item, inside)
	case *ir.Cond:
		return reads(e.If, item, inside) || reads(e.Then, item, inside) || reads(e.Else, item, inside)
	case *ir.OptGet:
		return reads(e.X, item, inside) || e.Name != item && reads(e.Then, item, inside)
	case *ir.In:
		return reads(e.X, item, inside)
	case *ir.List:
		for _, x := range e.Items {
			if reads(x.X, item, inside) {
				return true
			}
		}
		return false
	case *ir.Object:
		for _, field := range e.Fields {
			if field.Key != nil && reads(field.Key, item, inside) || reads(field.Value, item, inside) {
				return true
			}
		}
		return false
	case *ir.Each:
		return reads(e.List, item, inside) || e.Item != item && e.Index != item && reads(e.Body, item, true)
	default:
		panic(fmt.Sprintf("internal error: no reads of %T", e))
	}
}
