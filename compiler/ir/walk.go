package ir

import "fmt"

// Walk visits steps and what is in them in order: step is called for each step before its
// parts, expr for each expression before its operands. Where one answers false the parts
// are left out. Either may be nil. The base of a [Place] is visited as the expression
// that it is, before the keys.
func Walk(steps []Step, step func(Step) bool, expr func(Expr) bool) {
	for _, s := range steps {
		if step != nil && !step(s) {
			continue
		}
		if expr != nil {
			EachExpr(s, func(e Expr) { WalkExpr(e, expr) })
		}
		EachBody(s, func(body []Step) { Walk(body, step, expr) })
	}
}

// WalkExpr calls visit for e and the expressions in it, each before its operands, which
// are left out where visit answers false.
func WalkExpr(e Expr, visit func(Expr) bool) {
	if visit(e) {
		EachOperand(e, func(x Expr) { WalkExpr(x, visit) })
	}
}

// EachOperand calls visit for each direct operand of e, in order.
func EachOperand(e Expr, visit func(Expr)) {
	MapOperands(e, func(x Expr) Expr {
		visit(x)
		return x
	})
}

// EachExpr calls visit for each expression that stands in s itself, not in its bodies; the
// bases of places are among them.
func EachExpr(s Step, visit func(Expr)) {
	if at, ok := Target(s); ok {
		visit(at.Base)
	}
	MapStep(s, func(x Expr) Expr {
		visit(x)
		return x
	}, nil)
}

// Target is the place that a step writes to.
func Target(s Step) (Place, bool) {
	switch s := s.(type) {
	case *Set:
		return s.Target, true
	case *Default:
		return s.Target, true
	case *Delete:
		return s.Target, true
	case *Mutate:
		return s.Target, true
	case *AddRole:
		return s.Target, true
	}
	return Place{}, false
}

// EachBody calls visit for each list of steps in s.
func EachBody(s Step, visit func([]Step)) {
	MapStep(s, nil, func(body []Step) []Step {
		visit(body)
		return body
	})
}

// Rewriter makes new trees out of old ones, from the leaves up. What no function changes is
// shared with the old tree. A nil function changes nothing.
type Rewriter struct {
	// Expr answers what stands for an expression whose operands are rewritten already.
	// Bases of places are not handed to it.
	Expr func(Expr) Expr
	// Step answers the steps that stand for one whose parts are rewritten already.
	Step func(Step) []Step
	// Steps answers what stands for a list of steps, each of them rewritten already: a
	// rule's, or a body's.
	Steps func([]Step) []Step
}

// Rule rewrites a rule.
func (w Rewriter) Rule(r *Rule) *Rule {
	steps := w.List(r.Steps)
	if same(steps, r.Steps) {
		return r
	}
	made := *r
	made.Steps = steps
	return &made
}

// List rewrites steps.
func (w Rewriter) List(steps []Step) []Step {
	made := steps
	copied := false
	for i, s := range steps {
		next := w.step(s)
		if len(next) == 1 && next[0] == s && !copied {
			continue
		}
		if !copied {
			made, copied = append(make([]Step, 0, len(steps)), steps[:i]...), true
		}
		made = append(made, next...)
	}
	if w.Steps != nil {
		made = w.Steps(made)
	}
	return made
}

func (w Rewriter) step(s Step) []Step {
	var expr func(Expr) Expr
	if w.Expr != nil {
		expr = w.Of
	}
	s = MapStep(s, expr, w.List)
	if w.Step == nil {
		return []Step{s}
	}
	return w.Step(s)
}

// Of rewrites an expression.
func (w Rewriter) Of(e Expr) Expr {
	e = MapOperands(e, w.Of)
	if w.Expr == nil {
		return e
	}
	return w.Expr(e)
}

// same reports whether two slices are one and the same.
func same[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// MapOperands answers e with f's answers in the place of its direct operands: e itself when
// f answers each operand as it is.
func MapOperands(e Expr, f func(Expr) Expr) Expr {
	switch e := e.(type) {
	case *Const, *Root, *Local, *Path, *Regexp, *ItemVar:
		return e
	case *Get:
		object, key := f(e.Object), f(e.Key)
		if object == e.Object && key == e.Key {
			return e
		}
		return &Get{At: e.At, Object: object, Key: key}
	case *Call:
		args := mapSlice(e.Args, f)
		if same(args, e.Args) {
			return e
		}
		return &Call{At: e.At, Func: e.Func, Args: args}
	case *Not:
		x := f(e.X)
		if x == e.X {
			return e
		}
		return &Not{At: e.At, X: x}
	case *And:
		x, y := f(e.X), f(e.Y)
		if x == e.X && y == e.Y {
			return e
		}
		return &And{At: e.At, X: x, Y: y}
	case *Or:
		x, y := f(e.X), f(e.Y)
		if x == e.X && y == e.Y {
			return e
		}
		return &Or{At: e.At, X: x, Y: y}
	case *Coalesce:
		x, y := f(e.X), f(e.Y)
		if x == e.X && y == e.Y {
			return e
		}
		return &Coalesce{At: e.At, X: x, Y: y}
	case *Cond:
		test, yes, no := f(e.If), f(e.Then), f(e.Else)
		if test == e.If && yes == e.Then && no == e.Else {
			return e
		}
		return &Cond{At: e.At, If: test, Then: yes, Else: no}
	case *OptGet:
		x, then := f(e.X), f(e.Then)
		if x == e.X && then == e.Then {
			return e
		}
		return &OptGet{At: e.At, X: x, Name: e.Name, Then: then}
	case *In:
		x := f(e.X)
		if x == e.X {
			return e
		}
		return &In{At: e.At, X: x, Set: e.Set}
	case *List:
		items := mapItems(e.Items, f)
		if same(items, e.Items) {
			return e
		}
		return &List{At: e.At, Items: items}
	case *Object:
		fields := mapFields(e.Fields, f)
		if same(fields, e.Fields) {
			return e
		}
		return &Object{At: e.At, Fields: fields}
	case *Each:
		list, body := f(e.List), f(e.Body)
		if list == e.List && body == e.Body {
			return e
		}
		made := *e
		made.List, made.Body = list, body
		return &made
	default:
		panic(fmt.Sprintf("internal error: no operands are known of %T", e))
	}
}

// mapSlice is f of each; the slice itself when f changes none.
func mapSlice[T comparable](all []T, f func(T) T) []T {
	made := all
	for i, x := range all {
		if y := f(x); y != x {
			if same(made, all) {
				made = append([]T(nil), all...)
			}
			made[i] = y
		}
	}
	return made
}

func mapItems(items []Item, f func(Expr) Expr) []Item {
	return mapSlice(items, func(i Item) Item { return Item{X: f(i.X), Spread: i.Spread} })
}

func mapFields(fields []Field, f func(Expr) Expr) []Field {
	return mapSlice(fields, func(field Field) Field {
		if field.Key != nil {
			field.Key = f(field.Key)
		}
		field.Value = f(field.Value)
		return field
	})
}

func mapPlace(at Place, f func(Expr) Expr) Place {
	at.Keys = mapSlice(at.Keys, f)
	return at
}
