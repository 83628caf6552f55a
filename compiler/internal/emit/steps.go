package emit

import (
	"fmt"
	"slices"

	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func (e *emitter) steps(list []ir.Step) []program.Step {
	var made []program.Step
	for _, s := range list {
		made = append(made, e.step(s))
	}
	return made
}

// step makes one step. Expressions get their numbers in the order in which they stand.
func (e *emitter) step(s ir.Step) program.Step {
	at := position(s.Span())
	switch s := s.(type) {
	case *ir.Let:
		return &program.Let{At: at, Local: e.local(s.Name), Value: e.value(s.Value)}
	case *ir.Set:
		return &program.Set{At: at, Target: e.place(s.Target), Value: e.value(s.Value)}
	case *ir.Default:
		return &program.Default{At: at, Target: e.place(s.Target), Value: e.value(s.Value)}
	case *ir.Delete:
		return &program.Delete{At: at, Target: e.place(s.Target)}
	case *ir.Mutate:
		return &program.Mutate{At: at, Method: e.own(s.Method), Target: e.place(s.Target), Args: e.args(s.Args), Result: e.local(s.Result)}
	case *ir.AddRole:
		return &program.AddUnless{At: at, Target: e.place(s.Target), Value: e.value(s.Value)}
	case *ir.If:
		return &program.If{At: at, Cond: e.test(s.Cond), Then: e.steps(s.Then), Else: e.steps(s.Else)}
	case *ir.For:
		return &program.For{At: at, Label: e.own(s.Label), Item: e.local(s.Item), Index: e.local(s.Index), List: e.value(s.List), Fixed: s.Fixed, Body: e.steps(s.Body)}
	case *ir.ForKeys:
		return &program.ForKeys{At: at, Label: e.own(s.Label), Key: e.local(s.Key), Object: e.value(s.Object), Body: e.steps(s.Body)}
	case *ir.Count:
		return &program.Count{At: at, Label: e.own(s.Label), Local: e.local(s.Name), From: e.value(s.From), While: e.test(s.While), By: s.By, Body: e.steps(s.Body)}
	case *ir.Block:
		return &program.Block{At: at, Label: e.own(s.Label), Body: e.steps(s.Body)}
	case *ir.Leave:
		return &program.Leave{Label: e.own(s.Label)}
	case *ir.Next:
		return &program.Next{Label: e.own(s.Label)}
	case *ir.Eval:
		return &program.Eval{At: at, X: e.value(s.X)}
	case *ir.Log:
		return &program.Log{At: at, Level: s.Level, Args: e.args(s.Args)}
	case *ir.Done:
		return &program.Done{At: at, User: e.pass(s.User), Context: e.pass(s.Context), Falsy: s.Falsy}
	case *ir.Deny:
		return &program.Deny{At: at, Message: e.value(s.Message)}
	case *ir.Fail:
		return &program.Fail{At: at, Name: s.Name, Message: e.value(s.Message), Fields: e.fields(s.Fields)}
	case *ir.Persist:
		return &program.Persist{At: at, Target: s.Target, UserID: e.value(s.UserID), Values: e.value(s.Values), Await: s.Await, Then: e.steps(s.Then), Style: s.Style}
	case *ir.Return:
		return &program.Return{At: at}
	case *ir.Exit:
		return &program.Exit{At: at, Code: s.Code}
	default:
		panic(fmt.Sprintf("internal error: no form for %T", s))
	}
}

// place is where a step writes. Constant keys are names.
func (e *emitter) place(p ir.Place) program.Place {
	made := program.Place{Local: program.None}
	switch base := p.Base.(type) {
	case *ir.Root:
		made.Root = e.own(base.Name)
	case *ir.Local:
		made.Local = e.local(base.Name)
	default:
		e.fail(fmt.Errorf("internal error: a place in a %T", p.Base))
	}
	made.Keys = slices.Grow(made.Keys, len(p.Keys))
	for _, key := range p.Keys {
		if name, ok := fixedKey(key); ok {
			made.Keys = append(made.Keys, program.Key{Name: e.own(name), Expr: program.None})
			continue
		}
		made.Keys = append(made.Keys, program.Key{Expr: e.value(key)})
	}
	return made
}

func fixedKey(key ir.Expr) (string, bool) {
	c, ok := key.(*ir.Const)
	if !ok {
		return "", false
	}
	switch value := c.Value.(type) {
	case string:
		return value, true
	case float64:
		return jsvalue.NumberToString(value), true
	}
	return "", false
}

func (e *emitter) args(items []ir.Item) []program.Arg {
	var made []program.Arg
	for _, item := range items {
		made = append(made, program.Arg{Expr: e.value(item.X), Spread: item.Spread})
	}
	return made
}

func (e *emitter) fields(fields []ir.Field) []program.Field {
	var made []program.Field
	for _, field := range fields {
		name, ok := fixedKey(field.Key)
		if !ok {
			e.fail(fmt.Errorf("internal error: a property of an error without a fixed name"))
		}
		made = append(made, program.Field{Name: e.own(name), Value: e.value(field.Value)})
	}
	return made
}

func (e *emitter) pass(p ir.Pass) program.Pass {
	switch p {
	case ir.Own:
		return program.Own
	case ir.Missing:
		return program.Missing
	case ir.Dropped:
		return program.Dropped
	}
	panic(fmt.Sprintf("internal error: pass %d", p))
}
