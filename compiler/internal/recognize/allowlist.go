package recognize

import (
	"math"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// allowlist rewrites a search in a constant list to ir.In, whose engines use a set:
//
//	includes(["a", "b"], x)                        |
//	indexOf(["a", "b"], x) >= 0                    |
//	not(indexOf(["a", "b"], x) == -1)              |
//	some(["a", "b"], g: g == x)                    |
//	findIndex(["a", "b"], g: g == x) > -1          |->  x in {"a", "b"}
//	filter(["a", "b"], g: g == x).length > 0       |
//	not(find(["a", "b"], g: g == x) == undefined)  |
//	hasEntry(newSet(["a", "b"]), x)                |
//	x == "a" or x == "b"                           |
//
// and the opposite tests to not(x in {"a", "b"}). Where a value is only tested, a position
// under bitNot or with 1 added, the found item and the number of found items count, too.
//
// Only lists of strings, numbers, booleans and null without NaN qualify: for them === and
// SameValueZero agree. JavaScript's == is taken where both sides are known to have one
// type. x is pure: it is no matter how often it is computed.
func (f *finder) allowlist(e ir.Expr) (ir.Expr, bool) {
	switch e := e.(type) {
	case *ir.Call:
		switch {
		case e.Func == "includes" && fromStart(e.Args):
			return f.in(e, e.Args[0], e.Args[1])
		case e.Func == "hasEntry" && len(e.Args) == 2:
			if set, ok := f.entries(e.Args[0]); ok {
				return in(e, set, e.Args[1])
			}
		case len(e.Args) == 2:
			return f.compared(e)
		}
	case *ir.Each:
		return f.each(e)
	case *ir.Or:
		return chain(e)
	case *ir.And:
		return notChain(e)
	}
	return nil, false
}

// fromStart reports whether arguments are a receiver, a value and nothing but a start at 0.
func fromStart(args []ir.Expr) bool {
	switch len(args) {
	case 2:
		return true
	case 3:
		n, isNumber := ir.ConstNumber(args[2])
		c := constant(args[2])
		return isNumber && n == 0 || c != nil && jsvalue.IsUndefined(c.Value)
	}
	return false
}

// set are the values of a constant list that qualifies, as they stand there.
func (f *finder) set(list ir.Expr) ([]any, bool) {
	if local, ok := list.(*ir.Local); ok {
		if list, ok = f.bindings[local.Name].Literal(); !ok {
			return nil, false
		}
	}
	values, ok := ir.Constants(list)
	if !ok {
		return nil, false
	}
	for _, v := range values {
		if !qualifies(v) {
			return nil, false
		}
	}
	return values, true
}

func qualifies(v any) bool {
	n, isNumber := v.(float64)
	return !jsvalue.IsUndefined(v) && !(isNumber && math.IsNaN(n))
}

// entries are the values of a Set, or the keys of a Map, that is made of constants.
func (f *finder) entries(e ir.Expr) ([]any, bool) {
	if local, ok := e.(*ir.Local); ok {
		b := f.bindings[local.Name]
		if e, ok = b.Once(); !ok || b.Bases > 0 || b.Kept {
			return nil, false
		}
	}
	call, ok := e.(*ir.Call)
	if !ok || len(call.Args) != 1 {
		return nil, false
	}
	switch call.Func {
	case "newSet":
		return f.set(call.Args[0])
	case "newMap":
		pairs, ok := call.Args[0].(*ir.List)
		if !ok {
			return nil, false
		}
		var keys []any
		for _, item := range pairs.Items {
			pair, ok := item.X.(*ir.List)
			if !ok || item.Spread || len(pair.Items) != 2 || pair.Items[0].Spread || !ir.Total(pair) {
				return nil, false
			}
			key := constant(pair.Items[0].X)
			if key == nil || !qualifies(key.Value) {
				return nil, false
			}
			keys = append(keys, key.Value)
		}
		return keys, true
	}
	return nil, false
}

func (f *finder) in(e, list, x ir.Expr) (ir.Expr, bool) {
	set, ok := f.set(list)
	if !ok {
		return nil, false
	}
	return in(e, set, x)
}

// in is the membership of x in the place of e.
func in(e ir.Expr, values []any, x ir.Expr) (ir.Expr, bool) {
	return &ir.In{At: e.Span(), X: x, Set: distinct(values)}, true
}

func distinct(values []any) []any {
	seen := make(map[any]bool, len(values))
	var set []any
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			set = append(set, v)
		}
	}
	return set
}

// search is a number that tells whether a value is in a constant list.
type search struct {
	set    []any
	x      ir.Expr
	absent float64
	found  []float64 // what the number may be when it is there
}

// search understands indexOf, lastIndexOf, findIndex and the length of a filter.
func (f *finder) search(e ir.Expr) (*search, bool) {
	switch e := e.(type) {
	case *ir.Call:
		if e.Func == "indexOf" && fromStart(e.Args) || e.Func == "lastIndexOf" && len(e.Args) == 2 {
			set, ok := f.set(e.Args[0])
			return &search{set, e.Args[1], -1, places(len(set))}, ok
		}
	case *ir.Each:
		if e.Kind == ir.FindIndex {
			set, x, ok := f.member(e)
			return &search{set, x, -1, places(len(set))}, ok
		}
	case *ir.Get:
		key, _ := ir.ConstString(e.Key)
		each, ok := e.Object.(*ir.Each)
		if !ok || key != "length" || each.Kind != ir.Filter {
			return nil, false
		}
		set, x, ok := f.member(each)
		if len(distinct(set)) != len(set) {
			return nil, false
		}
		return &search{set, x, 0, []float64{1}}, ok
	}
	return nil, false
}

// places are the indexes of a list.
func places(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = float64(i)
	}
	return all
}

// comparisons are the functions that compare two numbers.
var comparisons = map[string]func(a, b float64) bool{
	"same":      func(a, b float64) bool { return a == b },
	"equal":     func(a, b float64) bool { return a == b },
	"less":      func(a, b float64) bool { return a < b },
	"lessEq":    func(a, b float64) bool { return a <= b },
	"greater":   func(a, b float64) bool { return a > b },
	"greaterEq": func(a, b float64) bool { return a >= b },
}

// compared rewrites the comparison of a search with a constant: it is tried for each
// number that the search may answer.
func (f *finder) compared(e *ir.Call) (ir.Expr, bool) {
	compare := comparisons[e.Func]
	if compare == nil {
		return nil, false
	}
	if made, ok := f.foundCompared(e); ok {
		return made, true
	}
	searched, limit := e.Args[0], e.Args[1]
	n, ok := ir.ConstNumber(limit)
	if !ok {
		if n, ok = ir.ConstNumber(searched); !ok {
			return nil, false
		}
		searched = limit
		straight := compare
		compare = func(a, b float64) bool { return straight(b, a) }
	}
	s, ok := f.search(searched)
	if !ok {
		return nil, false
	}
	return s.rewritten(e, func(answer float64) bool { return compare(answer, n) })
}

// rewritten is membership, or the opposite, when holds tells what is there from what is not.
func (s *search) rewritten(e ir.Expr, holds func(float64) bool) (ir.Expr, bool) {
	absent := holds(s.absent)
	for _, n := range s.found {
		if holds(n) == absent {
			return nil, false
		}
	}
	made := &ir.In{At: e.Span(), X: s.x, Set: distinct(s.set)}
	if absent {
		return &ir.Not{At: e.Span(), X: made}, true
	}
	return made, true
}

// foundCompared rewrites find(…) === undefined.
func (f *finder) foundCompared(e *ir.Call) (ir.Expr, bool) {
	if e.Func != "same" {
		return nil, false
	}
	for i, arg := range e.Args {
		c := constant(e.Args[1-i])
		each, ok := arg.(*ir.Each)
		if !ok || each.Kind != ir.Find || c == nil || !jsvalue.IsUndefined(c.Value) {
			continue
		}
		if set, x, ok := f.member(each); ok {
			return &ir.Not{At: e.At, X: &ir.In{At: e.At, X: x, Set: distinct(set)}}, true
		}
	}
	return nil, false
}

// foundTest rewrites what is only tested: ~indexOf(…), indexOf(…) + 1, find(…) and
// filter(…).length.
func (f *finder) foundTest(e ir.Expr) (ir.Expr, bool) {
	switch e := e.(type) {
	case *ir.Call:
		if e.Func == "bitNot" && len(e.Args) == 1 {
			if s, ok := f.search(e.Args[0]); ok {
				return s.rewritten(e, func(answer float64) bool { return answer != -1 })
			}
		}
		if e.Func == "add" && len(e.Args) == 2 {
			n, ok := ir.ConstNumber(e.Args[1])
			if s, found := f.search(e.Args[0]); ok && found {
				return s.rewritten(e, func(answer float64) bool { return answer+n != 0 })
			}
		}
	case *ir.Get:
		if s, ok := f.search(e); ok {
			return s.rewritten(e, func(answer float64) bool { return answer != 0 })
		}
	case *ir.Each:
		if e.Kind != ir.Find {
			return nil, false
		}
		set, x, ok := f.member(e)
		if !ok {
			return nil, false
		}
		var truthy []any
		for _, v := range set {
			if (&ir.Const{Value: v}).Truthy() {
				truthy = append(truthy, v)
			}
		}
		return in(e, truthy, x)
	}
	return nil, false
}

// each rewrites some and every.
func (f *finder) each(e *ir.Each) (ir.Expr, bool) {
	switch e.Kind {
	case ir.Some:
		if set, x, ok := f.member(e); ok {
			return in(e, set, x)
		}
	case ir.Every:
		not, ok := e.Body.(*ir.Not)
		if !ok {
			return nil, false
		}
		positive := *e
		positive.Body = not.X
		if set, x, ok := f.member(&positive); ok {
			return &ir.Not{At: e.At, X: &ir.In{At: e.At, X: x, Set: distinct(set)}}, true
		}
	}
	return nil, false
}

// member understands an Each over a constant list whose body compares the item with
// something else. With an empty list the other side would not be computed at all.
func (f *finder) member(e *ir.Each) (set []any, x ir.Expr, ok bool) {
	call, ok := e.Body.(*ir.Call)
	if !ok || len(call.Args) != 2 || call.Func != "same" && call.Func != "equal" {
		return nil, nil, false
	}
	set, ok = f.set(e.List)
	if !ok || len(set) == 0 {
		return nil, nil, false
	}
	for i, arg := range call.Args {
		item, isItem := arg.(*ir.ItemVar)
		x = call.Args[1-i]
		if !isItem || item.Name != e.Item || mentions(x, e.Item) || e.Index != "" && mentions(x, e.Index) {
			continue
		}
		return set, x, call.Func == "same" || oneType(set, x)
	}
	return nil, nil, false
}

// mentions reports whether e reads that item variable.
func mentions(e ir.Expr, item string) bool {
	found := false
	ir.WalkExpr(e, func(x ir.Expr) bool {
		v, ok := x.(*ir.ItemVar)
		found = found || ok && v.Name == item
		return !found
	})
	return found
}

// oneType reports whether x has the one type of all values, so that == is ===.
func oneType(values []any, x ir.Expr) bool {
	t := ir.TypeOf(x)
	for _, v := range values {
		if ir.TypeOf(&ir.Const{Value: v}) != t {
			return false
		}
	}
	return t.Primitive()
}

// chain rewrites x == "a" or x == "b", the last two of a longer chain, too.
func chain(e *ir.Or) (ir.Expr, bool) {
	if x, set, ok := both(e.X, e.Y); ok {
		return in(e, set, x)
	}
	before, ok := e.X.(*ir.Or)
	if !ok {
		return nil, false
	}
	if x, set, ok := both(before.Y, e.Y); ok {
		return &ir.Or{At: e.At, X: before.X, Y: &ir.In{At: before.Y.Span(), X: x, Set: distinct(set)}}, true
	}
	return nil, false
}

// notChain rewrites not(x == "a") and not(x == "b").
func notChain(e *ir.And) (ir.Expr, bool) {
	if x, set, ok := bothNot(e.X, e.Y); ok {
		return &ir.Not{At: e.At, X: &ir.In{At: e.At, X: x, Set: distinct(set)}}, true
	}
	before, ok := e.X.(*ir.And)
	if !ok {
		return nil, false
	}
	if x, set, ok := bothNot(before.Y, e.Y); ok {
		at := before.Y.Span()
		return &ir.And{At: e.At, X: before.X, Y: &ir.Not{At: at, X: &ir.In{At: at, X: x, Set: distinct(set)}}}, true
	}
	return nil, false
}

func bothNot(a, b ir.Expr) (ir.Expr, []any, bool) {
	notA, ok := a.(*ir.Not)
	if !ok {
		return nil, nil, false
	}
	notB, ok := b.(*ir.Not)
	if !ok {
		return nil, nil, false
	}
	return both(notA.X, notB.X)
}

// both understands two tests of one value against constants.
func both(a, b ir.Expr) (x ir.Expr, set []any, ok bool) {
	x, one, ok := tested(a)
	if !ok {
		return nil, nil, false
	}
	y, other, ok := tested(b)
	if !ok || !ir.EqualExpr(x, y) {
		return nil, nil, false
	}
	return x, append(append([]any(nil), one...), other...), true
}

// tested understands x == constant and x in {…}.
func tested(e ir.Expr) (x ir.Expr, set []any, ok bool) {
	switch e := e.(type) {
	case *ir.In:
		return e.X, e.Set, true
	case *ir.Call:
		if len(e.Args) != 2 || e.Func != "same" && e.Func != "equal" {
			return nil, nil, false
		}
		for i, arg := range e.Args {
			c, x := constant(arg), e.Args[1-i]
			if c == nil || constant(x) != nil || !qualifies(c.Value) {
				continue
			}
			set = []any{c.Value}
			return x, set, e.Func == "same" || oneType(set, x)
		}
	}
	return nil, nil, false
}
