package recognize

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// loop rewrites a loop that looks for the first item that passes a test:
//
//	for l: x in list { if x == v { let found = true; leave l } }     |
//	for l: x in list { if x == v { deny; return } }                  |
//	count l: i from 0 while i < list.length by 1 {                   |->  if some(list, x: x == v) { let found = true }
//	  if list[i] == v { let found = true; leave l }                  |
//	}                                                                |
//
// What stands behind the test runs once at most, and does not look at the item: so it may
// stand behind the search. Only tests count that do not read what is given a value there.
// For what is no array, some exits. A flag that is set without leaving the loop needs a
// test that does not throw, as JavaScript goes on testing there.
func (f *finder) loop(s ir.Step) (ir.Step, bool) {
	var found *ir.If
	var list ir.Expr
	var label, item string
	switch s := s.(type) {
	case *ir.For:
		found, list, label, item = onlyIf(s.Body), s.List, s.Label, s.Item
		if found == nil || item == "" || s.Index != "" || !f.onlyIn(item, found.Cond) {
			return nil, false
		}
	case *ir.Count:
		found, label, item = onlyIf(s.Body), s.Label, s.Name
		if found == nil || s.By != 1 || !isZero(s.From) {
			return nil, false
		}
		list = lengthOf(s.While, item)
		if list == nil || !f.onlyIn(item, s.While, found.Cond) || readsOutside(found.Cond, list, item) {
			return nil, false
		}
	default:
		return nil, false
	}
	then, ok := foundOnce(found, label)
	if !ok {
		return nil, false
	}
	name := f.itemName(item)
	test := ir.Rewriter{Expr: func(e ir.Expr) ir.Expr {
		switch e := e.(type) {
		case *ir.Local:
			if _, counted := s.(*ir.For); counted && e.Name == item {
				return &ir.ItemVar{At: e.At, Name: name}
			}
		case *ir.Get:
			if i, ok := e.Key.(*ir.Local); ok && i.Name == item && ir.EqualExpr(e.Object, list) {
				return &ir.ItemVar{At: e.At, Name: name}
			}
		}
		return e
	}}.Of(found.Cond)
	some := &ir.Each{At: s.Span(), Kind: ir.Some, List: list, Item: name, Body: test}
	return &ir.If{At: s.Span(), Cond: some, Then: then}, true
}

// onlyIf is the If without Else that is all of steps; nil when it is not.
func onlyIf(steps []ir.Step) *ir.If {
	if len(steps) != 1 {
		return nil
	}
	cond, ok := steps[0].(*ir.If)
	if !ok || len(cond.Else) > 0 {
		return nil
	}
	return cond
}

func isZero(e ir.Expr) bool {
	n, ok := ir.ConstNumber(e)
	return ok && n == 0
}

// onlyIn reports whether a variable is given its value by its loop only, and read nowhere
// but in those expressions.
func (f *finder) onlyIn(name string, all ...ir.Expr) bool {
	b := f.bindings[name]
	if b == nil || len(b.Lets) > 0 || b.Writes != 1 || b.Bases > 0 {
		return false
	}
	n := 0
	for _, e := range all {
		n += count(e, name)
	}
	return n == b.Reads
}

// count is how often e reads a variable.
func count(e ir.Expr, name string) int {
	n := 0
	ir.WalkExpr(e, func(x ir.Expr) bool {
		if local, ok := x.(*ir.Local); ok && local.Name == name {
			n++
		}
		return true
	})
	return n
}

// lengthOf is the list in i < list.length; nil when e is something else, or the list is no
// variable and no path.
func lengthOf(e ir.Expr, i string) ir.Expr {
	less, ok := e.(*ir.Call)
	if !ok || less.Func != "less" || len(less.Args) != 2 {
		return nil
	}
	local, isLocal := less.Args[0].(*ir.Local)
	get, isGet := less.Args[1].(*ir.Get)
	if !isLocal || local.Name != i || !isGet {
		return nil
	}
	if key, ok := ir.ConstString(get.Key); !ok || key != "length" {
		return nil
	}
	switch list := get.Object.(type) {
	case *ir.Local:
		if list.Name != i {
			return list
		}
	case *ir.Path:
		return list
	}
	return nil
}

// readsOutside reports whether e reads the index i for anything but an item of the list.
func readsOutside(e, list ir.Expr, i string) bool {
	items := 0
	ir.WalkExpr(e, func(x ir.Expr) bool {
		if get, ok := x.(*ir.Get); ok && ir.EqualExpr(get.Object, list) {
			if key, ok := get.Key.(*ir.Local); ok && key.Name == i {
				items++
			}
		}
		return true
	})
	return items != count(e, i)
}

// foundOnce are the steps of a found item without the jump out of the loop, when they run once.
func foundOnce(found *ir.If, label string) ([]ir.Step, bool) {
	then := found.Then
	if len(then) == 0 {
		return nil, false
	}
	leave, leaves := then[len(then)-1].(*ir.Leave)
	switch {
	case leaves && leave.Label == label:
		then = then[:len(then)-1]
	case ir.Ends(then):
	case len(then) == 1 && ir.Total(found.Cond):
		flag, ok := then[0].(*ir.Let)
		if !ok || constant(flag.Value) == nil || count(found.Cond, flag.Name) > 0 {
			return nil, false
		}
	default:
		return nil, false
	}
	plain := true
	ir.Walk(then, func(s ir.Step) bool {
		switch s := s.(type) {
		case *ir.Leave:
			plain = plain && s.Label != label
		case *ir.Next:
			plain = plain && s.Label != label
		}
		return plain
	}, nil)
	return then, plain && len(then) > 0
}

// itemName is a name for an item variable that nothing else has.
func (f *finder) itemName(of string) string {
	name := of
	for n := 2; f.taken[name]; n++ {
		name = of + "_" + strconv.Itoa(n)
	}
	f.taken[name] = true
	return name
}
