package irtest

import (
	"strconv"

	"github.com/ferrule-rules/ferrule/compiler/ir"
)

// found is a test of membership in one of the forms that people write.
func (g *Generator) found(list, x ir.Expr) ir.Expr {
	number := func(n float64) ir.Expr { return &ir.Const{At: at, Value: n} }
	call := func(name string, args ...ir.Expr) ir.Expr { return &ir.Call{At: at, Func: name, Args: args} }
	search := call("indexOf", list, x)
	switch g.Rand.IntN(10) {
	case 0:
		return call("includes", list, x)
	case 1:
		return &ir.Not{At: at, X: call("same", search, number(-1))}
	case 2:
		return call("greaterEq", search, number(float64(g.Rand.IntN(2))))
	case 3:
		return call("greater", search, number(-1))
	case 4:
		return call("less", number(-1), search)
	case 5:
		return &ir.Not{At: at, X: call("bitNot", search)}
	case 6:
		item := g.item()
		body := call("same", &ir.ItemVar{At: at, Name: item}, x)
		return &ir.Each{At: at, Kind: pick(g, []ir.EachKind{ir.Some, ir.Find, ir.Every}), List: list, Item: item, Body: body}
	case 7:
		item := g.item()
		body := call("same", x, &ir.ItemVar{At: at, Name: item})
		each := &ir.Each{At: at, Kind: ir.Filter, List: list, Item: item, Body: body}
		return call("greater", &ir.Get{At: at, Object: each, Key: &ir.Const{At: at, Value: "length"}}, number(0))
	case 8:
		item := g.item()
		body := &ir.Not{At: at, X: call("same", x, &ir.ItemVar{At: at, Name: item})}
		return &ir.Each{At: at, Kind: ir.Every, List: list, Item: item, Body: body}
	default:
		return call("hasEntry", call("newSet", list), x)
	}
}

// membership is a test of membership in constants.
func (g *Generator) membership(depth int) ir.Expr {
	x := g.expr(min(depth, 1))
	values := []any{"a", "b", 1.0, nil, true, 0.0, ""}
	if g.chance(30) {
		var e ir.Expr = &ir.Call{At: at, Func: "same", Args: []ir.Expr{x, &ir.Const{At: at, Value: pick(g, values)}}}
		for range g.Rand.IntN(3) {
			next := &ir.Call{At: at, Func: "same", Args: []ir.Expr{&ir.Const{At: at, Value: pick(g, values)}, x}}
			if g.chance(50) {
				e = &ir.Or{At: at, X: e, Y: next}
			} else {
				e = &ir.And{At: at, X: &ir.Not{At: at, X: e}, Y: &ir.Not{At: at, X: next}}
			}
		}
		return e
	}
	list := &ir.List{At: at}
	for range g.Rand.IntN(4) {
		list.Items = append(list.Items, ir.Item{X: &ir.Const{At: at, Value: pick(g, values)}})
	}
	return g.found(list, x)
}

// idiom is a step in one of the forms that people write.
func (g *Generator) idiom(depth int) []ir.Step {
	place := g.place(1)
	read := place.Base
	for _, key := range place.Keys {
		read = &ir.Get{At: at, Object: read, Key: key}
	}
	v := g.expr(1)
	name := g.local()
	local := &ir.Local{At: at, Name: name}
	deny := []ir.Step{&ir.Deny{At: at}, &ir.Return{At: at}}
	switch g.Rand.IntN(9) {
	case 8:
		return g.search(depth)
	case 0:
		return []ir.Step{&ir.Set{At: at, Target: place, Value: &ir.Or{At: at, X: read, Y: v}}}
	case 1:
		return []ir.Step{&ir.If{At: at, Cond: &ir.Not{At: at, X: read}, Then: []ir.Step{&ir.Set{At: at, Target: place, Value: v}}}}
	case 2:
		return []ir.Step{&ir.Set{At: at, Target: place, Value: &ir.Cond{At: at, If: read, Then: read, Else: v}}}
	case 3:
		push := &ir.Mutate{At: at, Method: "push", Target: place, Args: []ir.Item{{X: v}}}
		var cond ir.Expr = &ir.Not{At: at, X: g.found(read, v)}
		if g.chance(30) {
			cond = &ir.And{At: at, X: g.expr(1), Y: cond}
		}
		return []ir.Step{&ir.If{At: at, Cond: cond, Then: []ir.Step{push}}}
	case 4:
		return []ir.Step{&ir.If{At: at, Cond: g.expr(2), Then: g.Steps(depth - 1), Else: deny}}
	case 5:
		then := append(g.Steps(depth-1), &ir.Return{At: at})
		return append([]ir.Step{&ir.If{At: at, Cond: g.expr(2), Then: then}}, deny...)
	case 6: // a variable that is read right behind
		return []ir.Step{
			&ir.Let{At: at, Name: name, Value: g.expr(2)},
			&ir.If{At: at, Cond: &ir.And{At: at, X: g.expr(1), Y: local}, Then: g.Steps(depth - 1)},
		}
	default: // an inlined function
		label := g.label()
		answer := func() ir.Step { return &ir.Let{At: at, Name: name, Value: g.expr(1)} }
		body := []ir.Step{&ir.If{At: at, Cond: g.expr(2), Then: []ir.Step{answer(), &ir.Leave{At: at, Label: label}}}, answer()}
		return []ir.Step{&ir.Block{At: at, Label: label, Body: body}, &ir.Log{At: at, Level: "log", Args: []ir.Item{{X: local}}}}
	}
}

// search is a loop that looks for an item; its variable is read in other places rarely.
func (g *Generator) search(depth int) []ir.Step {
	name, flag := "s"+strconv.Itoa(g.labels), g.local()
	g.searches = append(g.searches, name)
	if g.chance(10) {
		name = g.local()
	}
	label := g.label()
	index := &ir.Local{At: at, Name: name}
	list := &ir.Path{At: at, Root: g.root().Name, Keys: []string{g.key()}}
	var item ir.Expr = index
	counted := g.chance(50)
	if counted {
		item = &ir.Get{At: at, Object: list, Key: index}
	}
	if g.chance(30) {
		item = &ir.Get{At: at, Object: item, Key: &ir.Const{At: at, Value: g.key()}}
	}
	var cond ir.Expr = &ir.Call{At: at, Func: "same", Args: []ir.Expr{item, g.expr(1)}}
	if g.chance(30) {
		cond = &ir.Or{At: at, X: g.expr(1), Y: cond}
	}
	found := []ir.Step{&ir.Let{At: at, Name: flag, Value: &ir.Const{At: at, Value: g.constant(true)}}}
	switch g.Rand.IntN(4) {
	case 0:
		found = append(g.Steps(min(depth-1, 1)), &ir.Return{At: at})
	case 1:
	default:
		found = append(found, &ir.Leave{At: at, Label: label})
	}
	body := []ir.Step{&ir.If{At: at, Cond: cond, Then: found}}
	log := &ir.Log{At: at, Level: "log", Args: []ir.Item{{X: &ir.Local{At: at, Name: flag}}}}
	if !counted {
		return []ir.Step{&ir.For{At: at, Label: label, Item: name, List: list, Fixed: g.chance(50), Body: body}, log}
	}
	length := &ir.Get{At: at, Object: list, Key: &ir.Const{At: at, Value: "length"}}
	while := &ir.Call{At: at, Func: "less", Args: []ir.Expr{index, length}}
	return []ir.Step{&ir.Count{At: at, Label: label, Name: name, From: &ir.Const{At: at, Value: 0.0}, While: while, By: 1, Body: body}, log}
}
