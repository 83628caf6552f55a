package rulegen

import (
	"fmt"
)

// list writes an expression that usually holds an array of texts.
func (g *generator) list(depth int) string {
	if depth <= 0 {
		return g.weigh(
			way{3, func() string { return "(" + g.path(list) + " || [])" }},
			way{3, func() string { return g.variableOr(list) }},
			way{2, func() string { return "[" + g.constants(g.below(4)) + "]" }},
		)
	}
	l := func() string { return g.value(list, depth-1) }
	x := g.pick("x", "r", "g", "item")
	return g.weigh(
		way{8, func() string { return "[" + g.constants(g.below(4)) + "]" }},
		way{8, func() string { return g.variableOr(list) }},
		way{8, func() string { return "(" + g.path(list) + " || [])" }},
		way{4, func() string {
			return fmt.Sprintf("%s.split(%s)", g.variableOr(text), g.pick(g.quoted(","), g.quoted(" "), g.quoted("@"), "/[ ,]+/", g.quoted(""), "', ', 2"))
		}},
		way{4, func() string { return fmt.Sprintf("%s.map(%s)", l(), g.function(x, g.mapped(x))) }},
		way{5, func() string { return fmt.Sprintf("%s.filter(%s)", l(), g.function(x, g.chosen(x))) }},
		way{2, func() string { return fmt.Sprintf("%s.filter(Boolean)", l()) }},
		way{3, func() string { return fmt.Sprintf("%s.concat(%s)", l(), l()) }},
		way{2, func() string { return fmt.Sprintf("%s.slice(%s)", l(), g.pick("", "0, 2", "1", "-1")) }},
		way{3, func() string { return fmt.Sprintf("Object.keys(%s)", g.object(depth-1)) }},
		way{1, func() string { return fmt.Sprintf("Object.values(%s)", g.object(depth-1)) }},
		way{1, func() string { return fmt.Sprintf("Object.entries(%s)", g.object(depth-1)) }},
		way{3, func() string {
			if g.era == old {
				return fmt.Sprintf("%s.filter(function (v, i, all) { return all.indexOf(v) === i; })", l())
			}
			return g.pick("Array.from(new Set("+l()+"))", "[...new Set("+l()+")]", "["+g.literal()+", ..."+l()+"]", "[..."+l()+", ..."+l()+"]")
		}},
		way{1, func() string { return fmt.Sprintf("%s.slice().sort()", l()) }},
		way{1, func() string { return fmt.Sprintf("%s.slice().reverse()", l()) }},
		way{1, func() string { return fmt.Sprintf("[].concat(%s)", g.value(anything, depth-1)) }},
		way{1, func() string { return fmt.Sprintf("[%s, [%s]].flat()", l(), g.literal()) }},
		way{1, func() string {
			return fmt.Sprintf("(Array.isArray(%s) ? %s : [%s])", g.rooted("user.groups"), g.rooted("user.groups"), g.rooted("user.groups"))
		}},
		way{2, func() string {
			r := records[g.below(len(records))]
			return fmt.Sprintf("%s.map(%s)", g.rooted(r.path), g.function("m", "m."+g.pick(r.fields...)))
		}},
		way{1, func() string {
			return fmt.Sprintf("%s.reduce(%s, [])", l(), g.function("all, "+x, "all.concat("+x+")"))
		}},
	)
}

// mapped is what becomes of an element.
func (g *generator) mapped(x string) string {
	return g.pick(x+".toLowerCase()", x+" + '!'", "'role:' + "+x, x+".length", "({ admin: 'a', editor: 'e' })["+x+"]", x+".split(':')[0]", "[x, "+x+"][1]", x+" && "+x+".trim()",
		"String("+x+")", "{ name: "+x+" }", x)
}

// chosen is a condition on an element.
func (g *generator) chosen(x string) string {
	return g.pick(x+" !== 'admin'", x+".indexOf('a') === 0", x+".startsWith('CN=')", x, x+".length > 3", "["+g.constants(2)+"].includes("+x+")", "["+g.constants(2)+"].indexOf("+x+") < 0",
		"typeof "+x+" === 'string'", "/^a/.test("+x+")", x+" === "+g.variableOr(text), "!"+x)
}

// object writes an expression that usually holds an object.
func (g *generator) object(depth int) string {
	if depth <= 0 {
		return g.weigh(
			way{4, func() string { return "(" + g.path(object) + " || {})" }},
			way{3, func() string { return g.variableOr(object) }},
			way{1, func() string { return "{}" }},
		)
	}
	o := func() string { return g.value(object, depth-1) }
	return g.weigh(
		way{5, func() string { return "(" + g.path(object) + " || {})" }},
		way{5, func() string { return g.variableOr(object) }},
		way{6, func() string { return "{ " + g.properties(depth) + " }" }},
		way{2, func() string { return "{}" }},
		way{3, func() string { return fmt.Sprintf("Object.assign({}, %s, { %s })", o(), g.properties(depth)) }},
		way{3, func() string {
			if g.era != modern {
				return fmt.Sprintf("Object.assign({ %s }, %s)", g.properties(depth), o())
			}
			return fmt.Sprintf("{ ...%s, %s }", o(), g.properties(depth))
		}},
		way{2, func() string { return fmt.Sprintf("JSON.parse(JSON.stringify(%s))", o()) }},
		way{1, func() string {
			return fmt.Sprintf("Object.fromEntries(Object.entries(%s)%s)", o(), g.pick("", ".filter(([k]) => k !== 'roles')", ".map(([k, v]) => [k.toUpperCase(), v])"))
		}},
		way{1, func() string {
			return fmt.Sprintf("%s.reduce(function (o, x) { o[x] = true; return o; }, {})", g.list(depth-1))
		}},
		way{1, func() string { return g.rooted(records[g.below(len(records))].path) + "[0]" }},
		way{1, func() string { return fmt.Sprintf("(%s ? %s : %s)", bare(g.truth(depth-1)), o(), o()) }},
	)
}

// properties are those of an object literal.
func (g *generator) properties(depth int) string {
	out := ""
	for i := range 1 + g.below(3) {
		if i > 0 {
			out += ", "
		}
		switch {
		case g.era != old && g.chance(8):
			out += fmt.Sprintf("[%s]: %s", bare(g.value(text, 0)), g.value(anything, depth-1))
		case g.chance(8):
			out += fmt.Sprintf("%s: %s", g.quoted("https://example.com/"+g.pick(claimNames...)), g.value(anything, 0))
		default:
			name := g.pick(claimNames...)
			if g.dense && g.chance(10) {
				name = g.pick("constructor", "toString", "10", "2", "a b", "ü")
			}
			if name[0] >= '0' && name[0] <= '9' {
				out += name + ": " + g.value(anything, depth-1)
			} else {
				out += g.key(name) + ": " + g.value(anything, depth-1)
			}
		}
	}
	return out
}
