package exprgen

import (
	"github.com/ferrule-rules/ferrule/compiler/internal/names"
	"github.com/ferrule-rules/ferrule/compiler/ir"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// list writes [a, b]; with spreads concat([a], items(b)).
func (g *gen) list(e *ir.List) piece {
	var groups, plain []piece
	spread := false
	end := func() {
		if len(plain) > 0 {
			groups = append(groups, join(e.At, levelPrimary, listed("[", plain, "]")...))
			plain = nil
		}
	}
	for _, item := range e.Items {
		if item.Spread {
			end()
			spread = true
			groups = append(groups, call(item.X.Span(), "items", g.value(item.X)))
			continue
		}
		plain = append(plain, g.value(item.X))
	}
	end()
	switch {
	case len(groups) == 0:
		return leaf(e.At, "[]")
	case !spread || len(groups) == 1:
		return groups[0]
	}
	return call(e.At, "concat", groups...)
}

// object writes {"a": 1, (k): 2}; with spreads merged({"a": 1}, rest, run).
func (g *gen) object(e *ir.Object) piece {
	var groups, plain []piece
	spread := false
	end := func() {
		if len(plain) > 0 {
			groups = append(groups, join(e.At, levelPrimary, listed("{", plain, "}")...))
			plain = nil
		}
	}
	for _, field := range e.Fields {
		if field.Key == nil {
			end()
			spread = true
			groups = append(groups, g.value(field.Value))
			continue
		}
		plain = append(plain, join(field.Key.Span(), levelPrimary,
			g.key(field.Key), word(": "), within(g.value(field.Value), levelChoice)))
	}
	end()
	switch {
	case len(groups) == 0:
		return leaf(e.At, "{}")
	case !spread:
		return groups[0]
	}
	return call(e.At, "merged", append(groups, word("run"))...)
}

// key writes the key of a field.
func (g *gen) key(e ir.Expr) piece {
	if c, ok := e.(*ir.Const); ok {
		switch value := c.Value.(type) {
		case string:
			return leaf(c.At, names.Quote(value))
		case float64:
			return leaf(c.At, names.Quote(jsvalue.NumberToString(value)))
		}
	}
	return join(e.Span(), levelPrimary, word("("), g.value(e), word(")"))
}

// eachNames are JavaScript's array methods by their names in the texts.
var eachNames = map[ir.EachKind]string{
	ir.Some: "any", ir.Every: "all", ir.Find: "find", ir.FindIndex: "findIndex", ir.Filter: "filter", ir.Map: "map",
}

// each writes any(user.groups, # == "admin"). The item is #, which belongs to the innermost
// of nested bodies; where an inner one reads it, it gets a name:
//
//	any(user.groups, {let g = #; any(g.roles, # == g.name)})
func (g *gen) each(e *ir.Each) piece {
	name, ok := eachNames[e.Kind]
	if !ok {
		return g.fail("an Each of kind %d", e.Kind)
	}
	list := g.value(e.List)
	depth := len(g.items)
	var lets, bound []string
	for _, variable := range [...]struct{ item, pointer string }{{e.Item, "#"}, {e.Index, "#index"}} {
		switch {
		case variable.item == "":
		case readInside(e.Body, variable.item):
			spelled := g.bind(variable.item)
			bound = append(bound, spelled)
			lets = append(lets, "let "+spelled+" = "+variable.pointer+"; ")
			g.items = append(g.items, binding{variable.item, word(spelled)})
		default:
			g.items = append(g.items, binding{variable.item, word(variable.pointer)})
		}
	}
	var body piece
	if e.Kind == ir.Map {
		body = g.value(e.Body)
	} else {
		body = g.test(e.Body)
	}
	g.items = g.items[:depth]
	for _, spelled := range bound {
		delete(g.live, spelled)
	}
	switch {
	case len(lets) > 0:
		parts := []piece{word("{")}
		for _, let := range lets {
			parts = append(parts, word(let))
		}
		body = join(e.Body.Span(), levelPrimary, append(parts, body, word("}"))...)
	case first(body) == '{':
		body = within(body, levelPrimary+1)
	}
	return call(e.At, name, list, body)
}

// itemVar writes an item variable as the Each or OptGet around binds it.
func (g *gen) itemVar(e *ir.ItemVar) piece {
	for i := len(g.items) - 1; i >= 0; i-- {
		if g.items[i].item == e.Name {
			text := g.items[i].text
			return join(e.At, text.level, text)
		}
	}
	return g.fail("%s is read outside its body", e.Name)
}
