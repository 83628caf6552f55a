package rulegen

import (
	"fmt"
)

// truth writes a condition.
func (g *generator) truth(depth int) string {
	if depth <= 0 {
		return g.weigh(
			way{5, func() string { return g.variableOr(truth) }},
			way{3, func() string { return "!" + g.variableOr(truth) }},
			way{5, func() string { return g.compared() }},
			way{3, func() string { return "!" + g.variableOr(anything) }},
		)
	}
	c := func() string { return g.value(truth, depth-1) }
	return g.weigh(
		way{6, func() string { return g.variableOr(truth) }},
		way{5, func() string { return "!" + g.variableOr(anything) }},
		way{14, g.compared},
		way{12, func() string { return g.member(depth) }},
		way{7, func() string { return fmt.Sprintf("(%s && %s)", c(), c()) }},
		way{7, func() string { return fmt.Sprintf("(%s || %s)", c(), c()) }},
		way{3, func() string { return "!" + wrapped(c()) }},
		way{2, func() string { return "!!" + g.variableOr(anything) }},
		way{4, g.typed},
		way{4, func() string {
			return fmt.Sprintf("(%s %s %s)", g.number(depth-1), g.pick("<", ">", "<=", ">=", ">", "<"), g.number(0))
		}},
		way{3, func() string {
			return fmt.Sprintf("%s.%s(%s)", g.variableOr(text), g.pick("startsWith", "endsWith", "includes"), g.literal())
		}},
		way{3, func() string { return g.expression() + ".test(" + g.variableOr(text) + ")" }},
		way{2, func() string {
			return fmt.Sprintf("%s.match(%s)%s", g.variableOr(text), g.expression(), g.pick("", " !== null", ""))
		}},
		way{1, func() string { return fmt.Sprintf("Boolean(%s)", bare(g.value(anything, depth-1))) }},
		way{1, func() string {
			return g.pick("isNaN", "isFinite", "Number.isInteger") + "(" + bare(g.value(number, depth-1)) + ")"
		}},
		way{2, func() string { return fmt.Sprintf("(%s.length > %d)", g.list(depth-1), g.below(3)) }},
		way{2, func() string { return fmt.Sprintf("Object.keys(%s).length === 0", g.object(depth-1)) }},
		way{1, func() string { return fmt.Sprintf("(%s ? %s : %s)", bare(c()), c(), c()) }},
		way{1, func() string { return fmt.Sprintf("(%s < %s)", g.value(text, depth-1), g.literal()) }},
	)
}

// wrapped puts what is no simple operand between parentheses.
func wrapped(s string) string {
	if s != bare(s) {
		return s
	}
	return "(" + s + ")"
}

// compared is an equality of a value with a constant.
func (g *generator) compared() string {
	left, right := g.variableOr(text), g.literal()
	switch g.below(12) {
	case 0:
		left, right = g.variableOr(number), fmt.Sprint(g.below(6))
	case 1:
		left, right = g.variableOr(truth), g.pick("true", "false")
	case 2:
		left, right = g.variableOr(anything), g.pick("undefined", "null", "''")
	case 3:
		left, right = g.splitted(left), g.quoted(g.pick(domains...))
	case 4:
		left = left + ".toLowerCase()"
	case 5:
		left, right = g.variableOr(anything), g.variableOr(anything)
	case 6:
		if g.dense {
			left, right = g.value(anything, 1), g.value(anything, 1)
		}
	}
	if g.chance(4) {
		left, right = right, left
	}
	return fmt.Sprintf("(%s %s %s)", left, g.pick("===", "===", "===", "!==", "!==", "==", "!="), right)
}

// member asks whether a value is among others, in the many ways that people know.
func (g *generator) member(depth int) string {
	among := "[" + g.constants(1+g.below(4)) + "]"
	needle := g.variableOr(text)
	switch g.below(6) {
	case 0:
		if name := g.local(list, false); name != "" {
			among = name
		}
	case 1, 2:
		among, needle = g.path(list), g.literal()
		if g.chance(45) {
			among = "(" + among + " || [])"
		}
	}
	minus := g.pick("!== -1", "!== -1", "=== -1", ">= 0", "< 0", "> -1", "=== -1", "!= -1", "== -1")
	return g.weigh(
		way{6, func() string { return fmt.Sprintf("%s.includes(%s)", among, bare(needle)) }},
		way{6, func() string { return fmt.Sprintf("(%s.indexOf(%s) %s)", among, bare(needle), minus) }},
		way{1, func() string { return fmt.Sprintf("~%s.indexOf(%s)", among, bare(needle)) }},
		way{6, func() string { return fmt.Sprintf("%s.some(%s)", among, g.equals(needle)) }},
		way{1, func() string { return fmt.Sprintf("!%s.every(%s)", among, g.function("x", "x !== "+needle)) }},
		way{1, func() string { return fmt.Sprintf("%s.filter(%s).length", among, g.equals(needle)) }},
		way{1, func() string { return fmt.Sprintf("!!%s.find(%s)", among, g.equals(needle)) }},
		way{1, func() string { return fmt.Sprintf("(%s.findIndex(%s) %s)", among, g.equals(needle), minus) }},
		way{1, func() string { return fmt.Sprintf("new Set(%s).has(%s)", among, bare(needle)) }},
		way{1, func() string { return fmt.Sprintf("({ %s })[%s]", g.flags(), bare(needle)) }},
		way{1, func() string { return fmt.Sprintf("(%s in { %s })", needle, g.flags()) }},
		way{2, func() string { return g.someRecord() }},
		way{1, func() string {
			return fmt.Sprintf("%s.some(%s)", g.list(depth-1), g.function("x", among+".includes(x)"))
		}},
	)
}

// equals is a function that compares its argument with a value.
func (g *generator) equals(needle string) string {
	x := g.pick("x", "item", "role", "e", "c")
	result := fmt.Sprintf("%s %s %s", x, g.pick("===", "===", "=="), needle)
	if g.chance(20) {
		result = fmt.Sprintf("%s === %s", needle, x)
	}
	if g.chance(15) {
		return fmt.Sprintf("function (%s) { if (%s) { return true; } return false; }", x, result)
	}
	return g.function(x, result)
}

// flags are properties that are true.
func (g *generator) flags() string {
	return fmt.Sprintf("%s: true, %s: %s", g.key(g.pick(clientIDs...)), g.key(g.pick(roleNames...)), g.pick("true", "1", "false"))
}

// someRecord asks about the elements of a list of objects.
func (g *generator) someRecord() string {
	r := records[g.below(len(records))]
	field := g.pick(r.fields...)
	source := g.rooted(r.path)
	if g.chance(50) {
		source = "(" + source + " || [])"
	}
	x := g.pick("m", "id", "method", "o")
	return fmt.Sprintf("%s.%s(%s)", source, g.pick("some", "some", "find", "every"), g.function(x, fmt.Sprintf("%s.%s === %s", x, field, g.literal())))
}

// typed asks what a value is, or whether a property is there.
func (g *generator) typed() string {
	v := g.variableOr(anything)
	o := g.variableOr(object)
	k := g.quoted(g.pick(claimNames...))
	return g.pick(
		fmt.Sprintf("(typeof %s === %s)", v, g.quoted(g.pick("string", "undefined", "object", "number", "boolean", "function"))),
		fmt.Sprintf("(typeof %s !== %s)", v, g.quoted("undefined")),
		fmt.Sprintf("Array.isArray(%s)", v),
		fmt.Sprintf("(%s in %s)", k, o),
		fmt.Sprintf("%s.hasOwnProperty(%s)", o, k),
		fmt.Sprintf("Object.prototype.hasOwnProperty.call(%s, %s)", o, k),
		fmt.Sprintf("(%s instanceof %s)", v, g.pick("Array", "Object", "Date")),
		fmt.Sprintf("(%s !== null && typeof %s === %s)", v, v, g.quoted("object")),
	)
}

// expression is a regular expression literal.
func (g *generator) expression() string {
	return g.pick(`/@example\.com$/`, `/^admin/i`, `/\d+/`, `/^[^@]+@[^@]+$/`, `/(web|mobile)/`, `/^(ann|bob)@/i`, `/\.org$/`, `/[A-Z]/`, `/^$/`, `/^https?:\/\//`, `/a{2,}/`, `/\s/`, `/\bpro\b/`, `/.+/`)
}
