package simplify

import (
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// fold computes what does not depend on the login.
//
//	not("")                              ->  true
//	"a" == "b"                           ->  false
//	true and x, null ?? x                ->  x
//	add("https://example.com/", "role")  ->  "https://example.com/role"
//	{"a": 1, "b": 2}["a"]                ->  1, for a variable that is that object, too
//	user["email"]                        ->  user.email
//	a and (b and c)                      ->  a and b and c
func fold(r *ir.Rule) *ir.Rule {
	f := &folder{bindings: ir.Bindings(r)}
	return ir.Rewriter{Expr: f.expr, Step: f.step}.Rule(r)
}

type folder struct {
	bindings map[string]*ir.Binding
}

// step folds what is only tested.
func (f *folder) step(s ir.Step) []ir.Step {
	switch s := s.(type) {
	case *ir.If:
		if cond := tested(s.Cond); cond != s.Cond {
			return []ir.Step{&ir.If{At: s.At, Cond: cond, Then: s.Then, Else: s.Else}}
		}
	case *ir.Count:
		if while := tested(s.While); while != s.While {
			made := *s
			made.While = while
			return []ir.Step{&made}
		}
	}
	return []ir.Step{s}
}

// tested is an expression that is truthy where e is.
func tested(e ir.Expr) ir.Expr {
	switch e := e.(type) {
	case *ir.Const:
		if _, ok := e.Value.(bool); !ok {
			return &ir.Const{At: e.At, Value: e.Truthy()}
		}
	case *ir.Not:
		if inner, ok := e.X.(*ir.Not); ok {
			return tested(inner.X)
		}
	case *ir.And:
		x, y := tested(e.X), tested(e.Y)
		if c, ok := y.(*ir.Const); ok && c.Truthy() {
			return x
		}
		if x != e.X || y != e.Y {
			return &ir.And{At: e.At, X: x, Y: y}
		}
	case *ir.Or:
		x, y := tested(e.X), tested(e.Y)
		if c, ok := y.(*ir.Const); ok && !c.Truthy() {
			return x
		}
		if x != e.X || y != e.Y {
			return &ir.Or{At: e.At, X: x, Y: y}
		}
	case *ir.Call:
		if e.Func == "truthy" && len(e.Args) == 1 {
			return tested(e.Args[0])
		}
	}
	return e
}

func (f *folder) expr(e ir.Expr) ir.Expr {
	at := e.Span()
	answer := func(v any) ir.Expr { return &ir.Const{At: at, Value: v} }
	switch e := e.(type) {
	case *ir.Get:
		return f.get(e)
	case *ir.Call:
		return foldCall(e)
	case *ir.Not:
		x := tested(e.X)
		if truthy, known := truth(x); known {
			return answer(!truthy)
		}
		if inner, ok := x.(*ir.Not); ok && ir.TypeOf(inner.X) == ir.BoolType {
			return inner.X
		}
		if x != e.X {
			return &ir.Not{At: at, X: x}
		}
	case *ir.And:
		if truthy, known := truth(e.X); known && truthy {
			return e.Y
		} else if known {
			return e.X
		}
		if _, ok := e.Y.(*ir.And); ok {
			return and(at, e.X, e.Y)
		}
	case *ir.Or:
		if truthy, known := truth(e.X); known && !truthy {
			return e.Y
		} else if known {
			return e.X
		}
		if _, ok := e.Y.(*ir.Or); ok {
			return or(at, e.X, e.Y)
		}
	case *ir.Coalesce:
		return coalesce(e)
	case *ir.Cond:
		return choice(e)
	case *ir.OptGet:
		if c, ok := e.X.(*ir.Const); ok && jsvalue.IsNullish(c.Value) {
			return answer(jsvalue.Undefined)
		}
	case *ir.In:
		if c, ok := e.X.(*ir.Const); ok {
			return answer(holds(e.Set, c.Value))
		}
		if len(e.Set) == 0 && ir.Total(e.X) {
			return answer(false)
		}
	case *ir.Each:
		return each(e)
	}
	return e
}

// and is x and y as a chain to the left: a and (b and c) is (a and b) and c.
func and(at source.Span, x, y ir.Expr) ir.Expr {
	if inner, ok := y.(*ir.And); ok {
		return &ir.And{At: at, X: and(at, x, inner.X), Y: inner.Y}
	}
	return &ir.And{At: at, X: x, Y: y}
}

// or is x or y as a chain to the left.
func or(at source.Span, x, y ir.Expr) ir.Expr {
	if inner, ok := y.(*ir.Or); ok {
		return &ir.Or{At: at, X: or(at, x, inner.X), Y: inner.Y}
	}
	return &ir.Or{At: at, X: x, Y: y}
}

// truth is ToBoolean of e where that is known and e can be left out.
func truth(e ir.Expr) (truthy, known bool) {
	if c, ok := e.(*ir.Const); ok {
		return c.Truthy(), true
	}
	switch ir.TypeOf(e) {
	case ir.NewListType, ir.NewObjectType:
		return true, ir.Total(e)
	case ir.NullType, ir.UndefinedType:
		return false, ir.Total(e)
	default:
		return false, false
	}
}

func coalesce(e *ir.Coalesce) ir.Expr {
	switch ir.TypeOf(e.X) {
	case ir.NullType, ir.UndefinedType:
		if ir.Total(e.X) {
			return e.Y
		}
	case ir.AnyType:
	default:
		return e.X
	}
	return e
}

func choice(e *ir.Cond) ir.Expr {
	test := tested(e.If)
	if truthy, known := truth(test); known {
		if truthy {
			return e.Then
		}
		return e.Else
	}
	if not, ok := test.(*ir.Not); ok {
		return &ir.Cond{At: e.At, If: not.X, Then: e.Else, Else: e.Then}
	}
	yes, yesOK := e.Then.(*ir.Const)
	no, noOK := e.Else.(*ir.Const)
	switch {
	case yesOK && noOK && yes.Value == true && no.Value == false:
		if ir.TypeOf(test) == ir.BoolType {
			return test
		}
		return &ir.Call{At: e.At, Func: "truthy", Args: []ir.Expr{test}}
	case yesOK && noOK && yes.Value == false && no.Value == true:
		return &ir.Not{At: e.At, X: test}
	case ir.Total(test) && ir.EqualExpr(e.Then, e.Else):
		return e.Then
	case test != e.If:
		return &ir.Cond{At: e.At, If: test, Then: e.Then, Else: e.Else}
	}
	return e
}

// holds reports whether a set of constants has v.
func holds(set []any, v any) bool {
	for _, one := range set {
		if one == v { // NaN is in no set; 0 is -0
			return true
		}
	}
	return false
}

// each is the answer for an array without items.
func each(e *ir.Each) ir.Expr {
	list, ok := e.List.(*ir.List)
	if !ok || len(list.Items) > 0 {
		if e.Kind == ir.Map {
			return e
		}
		if body := tested(e.Body); body != e.Body {
			made := *e
			made.Body = body
			return &made
		}
		return e
	}
	answer := func(v any) ir.Expr { return &ir.Const{At: e.At, Value: v} }
	switch e.Kind {
	case ir.Some:
		return answer(false)
	case ir.Every:
		return answer(true)
	case ir.Find:
		return answer(jsvalue.Undefined)
	case ir.FindIndex:
		return answer(-1.0)
	default: // Filter, Map
		return &ir.List{At: e.At}
	}
}

// get reads a part of a literal, and makes a path longer. A path is not made longer by
// length, which arrays and strings have.
func (f *folder) get(e *ir.Get) ir.Expr {
	key, isConst := e.Key.(*ir.Const)
	if !isConst {
		return e
	}
	name, isName := key.Value.(string)
	switch object := e.Object.(type) {
	case *ir.Root:
		if isName {
			return &ir.Path{At: e.At, Root: object.Name, Keys: []string{name}}
		}
	case *ir.Path:
		if isName && name != "length" {
			return &ir.Path{At: e.At, Root: object.Root, Keys: append(append([]string(nil), object.Keys...), name)}
		}
	default:
		if literal, ok := f.literal(object); ok {
			if c, ok := ir.Part(literal, key.Value).(*ir.Const); ok {
				return &ir.Const{At: e.At, Value: c.Value}
			}
		}
	}
	return e
}

// literal is the literal that e is: itself, that of a variable, or a part of one.
func (f *folder) literal(e ir.Expr) (ir.Expr, bool) {
	switch e := e.(type) {
	case *ir.Const, *ir.List, *ir.Object:
		return e, ir.Total(e)
	case *ir.Local:
		return f.bindings[e.Name].Literal()
	case *ir.Get:
		key, isConst := e.Key.(*ir.Const)
		if !isConst {
			return nil, false
		}
		literal, ok := f.literal(e.Object)
		if !ok {
			return nil, false
		}
		found := ir.Part(literal, key.Value)
		return found, found != nil
	}
	return nil, false
}
