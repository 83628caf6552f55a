package recognize

import (
	"math"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// role rewrites a push that stands behind the test that the value is not there yet:
//
//	if not(includes(list, v)) { append list v }                |
//	if indexOf(list, v) < 0 { append list v }                  |->  add v to list unless there
//	if not(some(list, g: g == v)) { append list v }            |
//	if every(list, g: not(g == v)) { append list v }           |
//
// An AddRole compares with ===, as indexOf does. includes finds NaN, which === does not: v
// must be known to be none there. A test before it stays: if c and not(…) { append … } is
// if c { add … }.
func role(s ir.Step) (ir.Step, bool) {
	cond, ok := s.(*ir.If)
	if !ok || len(cond.Then) != 1 || len(cond.Else) != 0 {
		return nil, false
	}
	push, ok := cond.Then[0].(*ir.Mutate)
	if !ok || push.Method != "push" || push.Result != "" || len(push.Args) != 1 || push.Args[0].Spread {
		return nil, false
	}
	v := push.Args[0].X
	if lacks(cond.Cond, push.Target, v) {
		return &ir.AddRole{At: cond.At, Target: push.Target, Value: v}, true
	}
	if both, ok := cond.Cond.(*ir.And); ok && lacks(both.Y, push.Target, v) {
		add := &ir.AddRole{At: push.At, Target: push.Target, Value: v}
		return &ir.If{At: cond.At, Cond: both.X, Then: []ir.Step{add}}, true
	}
	return nil, false
}

// lacks reports whether e tests that the array at a place does not hold v.
func lacks(e ir.Expr, at ir.Place, v ir.Expr) bool {
	list := func(x ir.Expr) bool { return reads(x, at.Base, at.Keys) }
	switch e := e.(type) {
	case *ir.Not:
		switch x := e.X.(type) {
		case *ir.Call:
			switch {
			case x.Func == "includes":
				return fromStart(x.Args) && list(x.Args[0]) && ir.EqualExpr(x.Args[1], v) && neverNaN(v)
			case x.Func == "bitNot" && len(x.Args) == 1: // not(~indexOf(…))
				return isIndexOf(x.Args[0], list, v)
			}
			return indexTest(x, list, v, false)
		case *ir.Each:
			return x.Kind == ir.Some && list(x.List) && comparesWith(x.Body, x, v)
		}
	case *ir.Call:
		return indexTest(e, list, v, true)
	case *ir.Each:
		not, ok := e.Body.(*ir.Not)
		return ok && e.Kind == ir.Every && list(e.List) && comparesWith(not.X, e, v)
	}
	return false
}

// neverNaN reports whether e is known to be another value than NaN.
func neverNaN(e ir.Expr) bool {
	if n, ok := ir.ConstNumber(e); ok {
		return !math.IsNaN(n)
	}
	switch ir.TypeOf(e) {
	case ir.AnyType, ir.NumberType:
		return false
	default:
		return true
	}
}

func isIndexOf(e ir.Expr, list func(ir.Expr) bool, v ir.Expr) bool {
	call, ok := e.(*ir.Call)
	return ok && call.Func == "indexOf" && fromStart(call.Args) && list(call.Args[0]) && ir.EqualExpr(call.Args[1], v)
}

// indexTest reports whether e compares an indexOf with a constant so that the answer for -1
// is absent, and the other for each place.
func indexTest(e *ir.Call, list func(ir.Expr) bool, v ir.Expr, absent bool) bool {
	compare := comparisons[e.Func]
	if compare == nil || len(e.Args) != 2 {
		return false
	}
	n, ok := ir.ConstNumber(e.Args[1])
	index, answer := e.Args[0], func(i float64) bool { return compare(i, n) }
	if !ok {
		if n, ok = ir.ConstNumber(e.Args[0]); !ok {
			return false
		}
		index, answer = e.Args[1], func(i float64) bool { return compare(n, i) }
	}
	// The comparisons change their answer at n at most: no place tells more than these.
	for _, place := range []float64{0, 1, math.MaxFloat64} {
		if answer(place) == absent {
			return false
		}
	}
	return (n == -1 || n == 0) && answer(-1) == absent && isIndexOf(index, list, v)
}

// comparesWith reports whether the body of e compares the item with v by ===.
func comparesWith(body ir.Expr, e *ir.Each, v ir.Expr) bool {
	call, ok := body.(*ir.Call)
	if !ok || call.Func != "same" || len(call.Args) != 2 {
		return false
	}
	for i, arg := range call.Args {
		item, ok := arg.(*ir.ItemVar)
		if ok && item.Name == e.Item && ir.EqualExpr(call.Args[1-i], v) {
			return true // v stands outside of e, too, so it does not read its item
		}
	}
	return false
}
