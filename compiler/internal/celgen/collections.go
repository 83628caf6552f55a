package celgen

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

// object writes {"a": 1.0}; object("a", 1.0, k, 2.0) where a key is computed or comes twice; with
// spreads merged({"a": 1.0}, rest, run).
func (g *gen) object(e *ir.Object) piece {
	var groups []piece
	spread := false
	rest := e.Fields
	for len(rest) > 0 {
		n := 0
		for n < len(rest) && rest[n].Key != nil {
			n++
		}
		if n > 0 {
			groups = append(groups, g.fields(e, rest[:n]))
			rest = rest[n:]
			continue
		}
		spread = true
		groups = append(groups, g.value(rest[0].Value))
		rest = rest[1:]
	}
	switch {
	case len(groups) == 0:
		return leaf(e.At, "{}")
	case !spread:
		return groups[0]
	}
	return call(e.At, "merged", append(groups, word("run"))...)
}

// fields writes an object of fields without spreads.
func (g *gen) fields(e *ir.Object, fields []ir.Field) piece {
	var literal, pairs []piece
	plain := true
	seen := map[string]bool{"__proto__": true} // in JavaScript no property: object exits
	for _, field := range fields {
		key, value := g.value(field.Key), g.value(field.Value)
		if name, ok := constantKey(field.Key); ok {
			key = leaf(field.Key.Span(), names.Quote(name))
			plain = plain && !seen[name]
			seen[name] = true
		} else {
			plain = false
		}
		literal = append(literal, join(field.Key.Span(), levelPrimary, key, word(": "), within(value, levelChoice)))
		pairs = append(pairs, key, value)
	}
	if plain {
		return join(e.At, levelPrimary, listed("{", literal, "}")...)
	}
	return call(e.At, "object", pairs...)
}

// constantKey is the name of a property that is known.
func constantKey(e ir.Expr) (string, bool) {
	if s, ok := ir.ConstString(e); ok {
		return s, true
	}
	if n, ok := ir.ConstNumber(e); ok {
		return jsvalue.NumberToString(n), true
	}
	return "", false
}

// eachNames are JavaScript's array methods by their names in the texts.
var eachNames = map[ir.EachKind]string{
	ir.Some: "some", ir.Every: "every", ir.Find: "find", ir.FindIndex: "findIndex", ir.Filter: "filter", ir.Map: "map",
}

// each writes user.groups.some(g, g == "admin"); the index has the second place.
func (g *gen) each(e *ir.Each) piece {
	name, ok := eachNames[e.Kind]
	if !ok {
		return g.fail("an Each of kind %d", e.Kind)
	}
	list := within(g.value(e.List), levelPrimary)
	depth := len(g.items)
	variables := []string{e.Item}
	if e.Index != "" {
		variables = append(variables, e.Index)
	}
	var args []piece
	var bound []string
	for _, variable := range variables {
		wanted := variable
		if wanted == "" {
			wanted = "item"
		}
		spelled := g.bind(wanted)
		bound = append(bound, spelled)
		args = append(args, word(spelled))
		g.items = append(g.items, binding{variable, word(spelled)})
	}
	if e.Kind == ir.Map {
		args = append(args, g.value(e.Body))
	} else {
		args = append(args, g.test(e.Body))
	}
	g.items = g.items[:depth]
	for _, spelled := range bound {
		delete(g.live, spelled)
	}
	return join(e.At, levelPrimary, append([]piece{list}, listed("."+name+"(", args, ")")...)...)
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
