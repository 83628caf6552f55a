package ir

import "fmt"

// MapStep answers s with the answers of expr in the place of the expressions that stand in
// it, and those of body in the place of its lists of steps: s itself when nothing changed.
// Either function may be nil. Bases of places stay as they are.
func MapStep(s Step, expr func(Expr) Expr, body func([]Step) []Step) Step {
	if expr == nil {
		expr = func(e Expr) Expr { return e }
	}
	if body == nil {
		body = func(steps []Step) []Step { return steps }
	}
	switch s := s.(type) {
	case *Leave, *Next, *Done, *Return, *Exit:
		return s
	case *Let:
		if value := expr(s.Value); value != s.Value {
			return &Let{At: s.At, Name: s.Name, Value: value}
		}
		return s
	case *Set:
		at, value := mapPlace(s.Target, expr), expr(s.Value)
		if same(at.Keys, s.Target.Keys) && value == s.Value {
			return s
		}
		return &Set{At: s.At, Target: at, Value: value}
	case *Default:
		at, value := mapPlace(s.Target, expr), expr(s.Value)
		if same(at.Keys, s.Target.Keys) && value == s.Value {
			return s
		}
		return &Default{At: s.At, Target: at, Value: value}
	case *Delete:
		at := mapPlace(s.Target, expr)
		if same(at.Keys, s.Target.Keys) {
			return s
		}
		return &Delete{At: s.At, Target: at}
	case *Mutate:
		at, args := mapPlace(s.Target, expr), mapItems(s.Args, expr)
		if same(at.Keys, s.Target.Keys) && same(args, s.Args) {
			return s
		}
		return &Mutate{At: s.At, Method: s.Method, Target: at, Args: args, Result: s.Result}
	case *AddRole:
		at, value := mapPlace(s.Target, expr), expr(s.Value)
		if same(at.Keys, s.Target.Keys) && value == s.Value {
			return s
		}
		return &AddRole{At: s.At, Target: at, Value: value}
	case *If:
		cond, then, otherwise := expr(s.Cond), body(s.Then), body(s.Else)
		if cond == s.Cond && same(then, s.Then) && same(otherwise, s.Else) {
			return s
		}
		return &If{At: s.At, Cond: cond, Then: then, Else: otherwise}
	case *Log:
		if args := mapItems(s.Args, expr); !same(args, s.Args) {
			return &Log{At: s.At, Level: s.Level, Args: args}
		}
		return s
	case *Eval:
		if x := expr(s.X); x != s.X {
			return &Eval{At: s.At, X: x}
		}
		return s
	case *Deny:
		if message := mapOptional(s.Message, expr); message != s.Message {
			return &Deny{At: s.At, Message: message}
		}
		return s
	case *Fail:
		message, fields := mapOptional(s.Message, expr), mapFields(s.Fields, expr)
		if message == s.Message && same(fields, s.Fields) {
			return s
		}
		return &Fail{At: s.At, Name: s.Name, Message: message, Fields: fields}
	case *Persist:
		id, values, then := expr(s.UserID), expr(s.Values), body(s.Then)
		if id == s.UserID && values == s.Values && same(then, s.Then) {
			return s
		}
		made := *s
		made.UserID, made.Values, made.Then = id, values, then
		return &made
	case *For, *ForKeys, *Count, *Block:
		return mapLoop(s, expr, body)
	default:
		panic(fmt.Sprintf("internal error: no parts are known of %T", s))
	}
}

func mapLoop(s Step, expr func(Expr) Expr, body func([]Step) []Step) Step {
	switch s := s.(type) {
	case *For:
		list, steps := expr(s.List), body(s.Body)
		if list == s.List && same(steps, s.Body) {
			return s
		}
		made := *s
		made.List, made.Body = list, steps
		return &made
	case *ForKeys:
		object, steps := expr(s.Object), body(s.Body)
		if object == s.Object && same(steps, s.Body) {
			return s
		}
		made := *s
		made.Object, made.Body = object, steps
		return &made
	case *Count:
		from, while, steps := expr(s.From), expr(s.While), body(s.Body)
		if from == s.From && while == s.While && same(steps, s.Body) {
			return s
		}
		made := *s
		made.From, made.While, made.Body = from, while, steps
		return &made
	case *Block:
		if steps := body(s.Body); !same(steps, s.Body) {
			return &Block{At: s.At, Label: s.Label, Body: steps}
		}
		return s
	default:
		panic(fmt.Sprintf("internal error: %T is no loop", s))
	}
}

func mapOptional(x Expr, f func(Expr) Expr) Expr {
	if x == nil {
		return nil
	}
	return f(x)
}

// WithTarget answers s with another place to write to; s writes to one.
func WithTarget(s Step, at Place) Step {
	switch s := s.(type) {
	case *Set:
		return &Set{At: s.At, Target: at, Value: s.Value}
	case *Default:
		return &Default{At: s.At, Target: at, Value: s.Value}
	case *Delete:
		return &Delete{At: s.At, Target: at}
	case *Mutate:
		return &Mutate{At: s.At, Method: s.Method, Target: at, Args: s.Args, Result: s.Result}
	case *AddRole:
		return &AddRole{At: s.At, Target: at, Value: s.Value}
	default:
		panic(fmt.Sprintf("internal error: %T writes to no place", s))
	}
}
