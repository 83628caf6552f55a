package ir

import (
	"math"
	"slices"
)

// Equal reports whether two rules are the same but for their spans.
func Equal(a, b *Rule) bool {
	return a.Name == b.Name && slices.Equal(a.Locals, b.Locals) && a.MutatesLists == b.MutatesLists && PrintSteps(a.Steps) == PrintSteps(b.Steps)
}

// EqualExpr reports whether two expressions are the same but for their spans: whether they
// have the same value wherever the same names mean the same.
func EqualExpr(a, b Expr) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	switch a := a.(type) {
	case *Const:
		b, ok := b.(*Const)
		return ok && EqualConst(a.Value, b.Value)
	case *Root:
		b, ok := b.(*Root)
		return ok && a.Name == b.Name
	case *Local:
		b, ok := b.(*Local)
		return ok && a.Name == b.Name
	case *ItemVar:
		b, ok := b.(*ItemVar)
		return ok && a.Name == b.Name
	case *Path:
		b, ok := b.(*Path)
		return ok && a.Root == b.Root && slices.Equal(a.Keys, b.Keys)
	case *Regexp:
		b, ok := b.(*Regexp)
		return ok && a.Source == b.Source && a.Flags == b.Flags
	case *Get:
		b, ok := b.(*Get)
		return ok && EqualExpr(a.Object, b.Object) && EqualExpr(a.Key, b.Key)
	case *Call:
		b, ok := b.(*Call)
		return ok && a.Func == b.Func && slices.EqualFunc(a.Args, b.Args, EqualExpr)
	case *Not:
		b, ok := b.(*Not)
		return ok && EqualExpr(a.X, b.X)
	case *And:
		b, ok := b.(*And)
		return ok && EqualExpr(a.X, b.X) && EqualExpr(a.Y, b.Y)
	case *Or:
		b, ok := b.(*Or)
		return ok && EqualExpr(a.X, b.X) && EqualExpr(a.Y, b.Y)
	case *Coalesce:
		b, ok := b.(*Coalesce)
		return ok && EqualExpr(a.X, b.X) && EqualExpr(a.Y, b.Y)
	case *Cond:
		b, ok := b.(*Cond)
		return ok && EqualExpr(a.If, b.If) && EqualExpr(a.Then, b.Then) && EqualExpr(a.Else, b.Else)
	case *OptGet:
		b, ok := b.(*OptGet)
		return ok && a.Name == b.Name && EqualExpr(a.X, b.X) && EqualExpr(a.Then, b.Then)
	case *In:
		b, ok := b.(*In)
		return ok && EqualExpr(a.X, b.X) && slices.EqualFunc(a.Set, b.Set, EqualConst)
	case *List:
		b, ok := b.(*List)
		return ok && slices.EqualFunc(a.Items, b.Items, func(x, y Item) bool { return x.Spread == y.Spread && EqualExpr(x.X, y.X) })
	case *Object:
		b, ok := b.(*Object)
		return ok && slices.EqualFunc(a.Fields, b.Fields, func(x, y Field) bool { return EqualExpr(x.Key, y.Key) && EqualExpr(x.Value, y.Value) })
	case *Each:
		b, ok := b.(*Each)
		return ok && a.Kind == b.Kind && a.Item == b.Item && a.Index == b.Index && EqualExpr(a.List, b.List) && EqualExpr(a.Body, b.Body)
	default:
		panic("internal error: an unknown expression is compared")
	}
}

// EqualConst reports whether two constants are one value: NaN is NaN, 0 is not -0.
func EqualConst(a, b any) bool {
	x, ok := a.(float64)
	if !ok {
		return a == b
	}
	y, ok := b.(float64)
	return ok && (x == y && math.Signbit(x) == math.Signbit(y) || math.IsNaN(x) && math.IsNaN(y))
}
