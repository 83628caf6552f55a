package recognize

import "github.com/ferrule-rules/ferrule/compiler/ir"

// defaults rewrites a write that happens where the property is falsy:
//
//	set o.k = o.k or v                        |
//	set o.k = (if o.k then o.k else v)        |->  default o.k = v
//	if not(o.k) { set o.k = v }               |
//
// In each, v is computed only where o.k is falsy, as a Default does. Writing back what is
// there changes nothing. With ?? in the place of || the two differ for "", 0 and false, so
// that is left as it is.
func defaults(s ir.Step) (ir.Step, bool) {
	switch s := s.(type) {
	case *ir.Set:
		if v, ok := fallback(s.Target, s.Value); ok {
			return &ir.Default{At: s.At, Target: s.Target, Value: v}, true
		}
	case *ir.If:
		not, ok := s.Cond.(*ir.Not)
		then := s.Then
		switch {
		case ok && len(s.Then) == 1 && len(s.Else) == 0:
			if set, ok := then[0].(*ir.Set); ok && reads(not.X, set.Target.Base, set.Target.Keys) {
				return &ir.Default{At: s.At, Target: set.Target, Value: set.Value}, true
			}
			if set, ok := then[0].(*ir.Default); ok && reads(not.X, set.Target.Base, set.Target.Keys) {
				return &ir.Default{At: s.At, Target: set.Target, Value: set.Value}, true
			}
		case len(s.Then) == 0 && len(s.Else) == 1:
			if set, ok := s.Else[0].(*ir.Set); ok && reads(s.Cond, set.Target.Base, set.Target.Keys) {
				return &ir.Default{At: s.At, Target: set.Target, Value: set.Value}, true
			}
		}
	}
	return nil, false
}

// fallback is what value is where the property of the place is falsy, when value is the
// property elsewhere.
func fallback(at ir.Place, value ir.Expr) (ir.Expr, bool) {
	switch e := value.(type) {
	case *ir.Or:
		if reads(e.X, at.Base, at.Keys) {
			return e.Y, true
		}
		if first, ok := fallback(at, e.X); ok { // o.k or v or w
			return &ir.Or{At: e.At, X: first, Y: e.Y}, true
		}
	case *ir.Cond:
		if reads(e.If, at.Base, at.Keys) && reads(e.Then, at.Base, at.Keys) {
			return e.Else, true
		}
		if not, ok := e.If.(*ir.Not); ok && reads(not.X, at.Base, at.Keys) && reads(e.Else, at.Base, at.Keys) {
			return e.Then, true
		}
	}
	return nil, false
}

// reads reports whether e is the value at the keys from a base.
func reads(e, base ir.Expr, keys []ir.Expr) bool {
	if len(keys) == 0 {
		return ir.EqualExpr(e, base)
	}
	switch e := e.(type) {
	case *ir.Get:
		last := len(keys) - 1
		return ir.EqualExpr(e.Key, keys[last]) && reads(e.Object, base, keys[:last])
	case *ir.Path:
		root, ok := base.(*ir.Root)
		if !ok || root.Name != e.Root || len(keys) != len(e.Keys) {
			return false
		}
		for i, key := range keys {
			if name, ok := ir.ConstString(key); !ok || name != e.Keys[i] {
				return false
			}
		}
		return true
	}
	return false
}
