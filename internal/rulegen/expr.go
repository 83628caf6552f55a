package rulegen

import (
	"fmt"
	"strings"
)

// value writes an expression that usually holds a kind. It stands in parentheses where
// an operand needs them.
func (g *generator) value(k kind, depth int) string {
	if g.dense && g.chance(7) {
		return wrapped(g.of(kind(g.below(int(object)+1)), depth))
	}
	return g.of(k, depth)
}

// of is value without surprises.
func (g *generator) of(k kind, depth int) string {
	switch k {
	case text:
		return g.text(depth)
	case number:
		return g.number(depth)
	case truth:
		return g.truth(depth)
	case list:
		return g.list(depth)
	case object:
		return g.object(depth)
	}
	if g.dense && g.chance(25) {
		return g.odd(depth)
	}
	return g.value(kind(g.below(int(object)+1)), depth)
}

// variableOr is a variable of a kind, or a path when there is none.
func (g *generator) variableOr(k kind) string {
	if name := g.local(k, false); name != "" && g.chance(70) {
		return name
	}
	return g.path(k)
}

func (g *generator) text(depth int) string {
	if depth <= 0 {
		return g.weigh(way{6, func() string { return g.path(text) }}, way{3, func() string { return g.variableOr(text) }}, way{2, g.literal})
	}
	t := func() string { return g.value(text, depth-1) }
	base := func() string { return g.variableOr(text) }
	return g.weigh(
		way{16, base},
		way{5, g.literal},
		way{6, func() string {
			return fmt.Sprintf("(%s + %s)", g.quoted(g.pick("id-", "", "user ", "x|")), g.value(anything, depth-1))
		}},
		way{3, func() string { return fmt.Sprintf("(%s + %s + %s)", t(), g.quoted(g.pick(" ", "/", ",", ":")), t()) }},
		way{5, func() string { return g.template(t, base) }},
		way{5, func() string {
			return base() + "." + g.pick("toLowerCase()", "toLowerCase()", "toUpperCase()", "trim()", "toString()", "toLowerCase().trim()")
		}},
		way{6, func() string { return g.splitted(base()) }},
		way{6, func() string { return fmt.Sprintf("(%s || %s)", t(), g.literal()) }},
		way{2, func() string { return fmt.Sprintf("(%s && %s)", g.value(anything, 0), t()) }},
		way{2, func() string { return g.coalesced(t(), g.literal()) }},
		way{4, func() string { return fmt.Sprintf("(%s ? %s : %s)", bare(g.truth(depth-1)), t(), t()) }},
		way{4, func() string {
			return fmt.Sprintf("%s.join(%s)", g.list(depth-1), g.pick("", g.quoted(","), g.quoted(" "), g.quoted("; ")))
		}},
		way{2, func() string { return fmt.Sprintf("String(%s)", bare(g.value(anything, depth-1))) }},
		way{2, func() string { return "typeof " + g.value(anything, 0) }},
		way{3, func() string { return base() + "." + g.replacement() }},
		way{3, func() string {
			return base() + "." + g.pick("substring(0, 3)", "slice(1)", "slice(-3)", "slice(0, -1)", "substr(1, 2)", "substr(-2)", "charAt(0)", "substring(2, 0)",
				"padStart(8, '.')", "padEnd(4)", "repeat(2)", "at(-1)", "concat('-', 1)", "normalize()", "trimEnd()", "split('').reverse().join('')")
		}},
		way{1, func() string { return fmt.Sprintf("%s[%d]", base(), g.below(3)) }},
		way{2, func() string { return g.pick("encodeURIComponent", "encodeURI") + "(" + bare(t()) + ")" }},
		way{2, func() string { return fmt.Sprintf("JSON.stringify(%s)", g.value(anything, depth-1)) }},
		way{2, func() string {
			l := g.variableOr(list)
			return g.pick(l+"[0]", l+"[1]", "("+l+" || [])[0]", l+"["+l+".length - 1]", l+".slice(-1)[0]")
		}},
		way{2, func() string { return fmt.Sprintf("Object.keys(%s)[0]", g.object(depth-1)) }},
		way{3, func() string { return g.looked(depth) }},
		way{2, func() string {
			return wrapped(g.number(depth-1)) + "." + g.pick("toString()", "toFixed(2)", "toFixed()", "toString(10)")
		}},
		way{3, func() string { return g.called(text, t) }},
		way{1, func() string {
			return fmt.Sprintf("new URL(%s).%s", g.pick(g.variableOr(text), g.quoted("https://example.com/a?b=c#d"), g.rooted("user.picture")), g.pick("hostname", "host", "pathname", "search", "protocol", "origin", "href"))
		}},
		way{1, func() string {
			return fmt.Sprintf("new URLSearchParams(%s).%s", g.pick(g.quoted("a=1&b=2&a=3"), g.variableOr(text)), g.pick("get('a')", "toString()", "get('scope')"))
		}},
		way{2, func() string {
			return g.date() + "." + g.pick("toISOString()", "toISOString().slice(0, 10)", "toJSON()")
		}},
		way{1, func() string { return "[" + g.constants(3) + "].find(" + g.function("x", "x === "+base()) + ")" }},
	)
}

// splitted takes a text apart and one part of it, mostly an e-mail's domain.
func (g *generator) splitted(s string) string {
	sep := g.pick("'@'", "'@'", "'@'", "'|'", "' '", "','", "'.'", "''")
	part := g.pick("[1]", "[1]", "[0]", ".pop()", "[2]", ".slice(-1)[0]", ".shift()", ".length.toString()", "[1].toLowerCase()", ".reverse()[0]")
	return fmt.Sprintf("%s.split(%s)%s", s, g.quoted(strings.Trim(sep, "'")), part)
}

func (g *generator) replacement() string {
	return g.pick("replace('a', 'b')", "replace(/[aeiou]/g, '*')", "replace(/\\s+/g, ' ')", "replace(/@.*$/, '')", "replace('@', ' at ')", "replace(/(\\w+)@(\\w+)/, '$2-$1')",
		"replace(/^www\\./i, '')", "replaceAll('e', 'E')", "replace(/[^a-z0-9]/gi, '_')", "replace(/./, function (c) { return c.toUpperCase(); })", "replace('a', '$&$&')")
}

// template is a template literal, or a sum in old rules.
func (g *generator) template(parts ...func() string) string {
	first, last := g.pick("", "id: ", "ü ", "https://example.com/"), g.pick("", "!", "/x")
	if g.era == old {
		return fmt.Sprintf("(%s + %s)", g.quoted(first), strings.Join([]string{parts[0](), g.quoted(last)}, " + "))
	}
	var b strings.Builder
	b.WriteString("`" + first)
	for i, part := range parts {
		if i > 0 {
			b.WriteString(g.pick("-", " ", "|"))
		}
		b.WriteString("${" + bare(part()) + "}")
	}
	return b.String() + last + "`"
}

func (g *generator) coalesced(a, b string) string {
	if g.era == modern {
		return fmt.Sprintf("(%s ?? %s)", a, b)
	}
	return fmt.Sprintf("(%s !== undefined ? %s : %s)", a, a, b)
}

// looked is a value of a constant table.
func (g *generator) looked(depth int) string {
	var rows []string
	for range 2 + g.below(3) {
		rows = append(rows, g.key(g.pick(clientIDs...))+": "+g.literal())
	}
	key := g.value(text, depth-1)
	return fmt.Sprintf("({ %s })[%s]", strings.Join(rows, ", "), bare(key))
}

// key is a property's name as people write it in a literal.
func (g *generator) key(name string) string {
	if !plainKey(name) || g.chance(15) {
		return g.quoted(name)
	}
	return name
}

func plainKey(name string) bool {
	for i, c := range name {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return name != "" && name != "__proto__"
}

// called calls a helper of the rule when there is one.
func (g *generator) called(k kind, argument func() string) string {
	if f := g.local(callable, false); f != "" {
		return f + "(" + bare(argument()) + ")"
	}
	return g.variableOr(k)
}

// date is a date object.
func (g *generator) date() string {
	return g.weigh(
		way{5, func() string { return "new Date()" }},
		way{4, func() string { return "new Date(" + g.rooted("user.created_at") + ")" }},
		way{1, func() string { return "new Date(" + g.variableOr(anything) + ")" }},
		way{1, func() string { return "new Date(Date.now() - 24 * 60 * 60 * 1000)" }},
		way{1, func() string { return "new Date(2026, 1, 29)" }},
		way{1, func() string { return "new Date('2026-03-02T10:00:00Z')" }},
	)
}

func (g *generator) number(depth int) string {
	if depth <= 0 {
		return g.weigh(way{4, func() string { return g.variableOr(number) }}, way{2, func() string { return fmt.Sprint(g.below(12)) }})
	}
	n := func() string { return g.value(number, depth-1) }
	return g.weigh(
		way{10, func() string { return g.variableOr(number) }},
		way{5, func() string { return g.pick("0", "1", "2", "5", "10", "3600", "1.5", "-1", "86400000", "100") }},
		way{5, func() string { return g.variableOr(list) + ".length" }},
		way{3, func() string { return g.variableOr(text) + ".length" }},
		way{5, func() string { return fmt.Sprintf("(%s %s %s)", n(), g.pick("+", "+", "-", "-", "*", "/", "%"), n()) }},
		way{3, func() string {
			return fmt.Sprintf("Math.%s(%s)", g.pick("floor", "floor", "round", "ceil", "abs", "trunc", "sign"), bare(n()))
		}},
		way{2, func() string { return fmt.Sprintf("Math.%s(%s, %s)", g.pick("max", "min"), n(), n()) }},
		way{3, func() string {
			return fmt.Sprintf("%s(%s)", g.pick("parseInt", "parseFloat", "Number", "Number"), bare(g.value(text, depth-1)))
		}},
		way{2, func() string { return fmt.Sprintf("parseInt(%s, 10)", bare(g.value(text, depth-1))) }},
		way{2, func() string { return "+" + g.variableOr(text) }},
		way{3, func() string {
			return fmt.Sprintf("%s.%s(%s)", g.variableOr(pickOf(g.random, []kind{list, text})), g.pick("indexOf", "lastIndexOf"), g.literal())
		}},
		way{3, func() string {
			return g.date() + "." + g.pick("getTime()", "getDay()", "getHours()", "getFullYear()", "getMonth()", "getDate()", "getUTCDay()", "getUTCHours()", "valueOf()", "getTimezoneOffset()")
		}},
		way{2, func() string { return fmt.Sprintf("(Date.now() - %s.getTime())", g.date()) }},
		way{2, func() string { return fmt.Sprintf("Object.keys(%s).length", g.object(depth-1)) }},
		way{2, func() string { return fmt.Sprintf("(%s ? %s : %s)", bare(g.truth(depth-1)), n(), n()) }},
		way{2, func() string { return fmt.Sprintf("(%s || %s)", n(), g.pick("0", "1", "10")) }},
		way{2, func() string {
			return fmt.Sprintf("%s.reduce(%s, 0)", g.list(depth-1), g.function("n, x", "n + x.length"))
		}},
		way{1, func() string { return fmt.Sprintf("%s.charCodeAt(%d)", g.variableOr(text), g.below(2)) }},
		way{1, func() string {
			return fmt.Sprintf("(%s %s %d)", n(), g.pick("|", "&", "^", ">>", "<<", ">>>"), g.below(5))
		}},
		way{1, func() string { return "-" + g.variableOr(number) }},
		way{1, func() string {
			return fmt.Sprintf("%s.findIndex(%s)", g.list(depth-1), g.function("x", "x === "+g.literal()))
		}},
	)
}

// odd writes what the other kinds do not.
func (g *generator) odd(depth int) string {
	e := func() string { return g.value(anything, depth-1) }
	if depth <= 0 {
		return g.pick(oddLiterals...)
	}
	return g.weigh(
		way{6, func() string { return g.pick(oddLiterals...) }},
		way{3, func() string { return fmt.Sprintf("(%s + %s)", e(), e()) }},
		way{2, func() string {
			return fmt.Sprintf("(%s %s %s)", e(), g.pick("-", "*", "/", "%", "|", "&", "<<", ">>>"), e())
		}},
		way{3, func() string { return fmt.Sprintf("(%s %s %s)", e(), g.pick("||", "&&"), e()) }},
		way{1, func() string { return "void 0" }},
		way{1, func() string { return "~" + e() }},
		way{2, func() string { return fmt.Sprintf("(%s)[%s]", e(), bare(e())) }},
		way{2, func() string { return fmt.Sprintf("(%s || {})[%s]", e(), bare(e())) }},
		way{1, func() string { return fmt.Sprintf("(%s, %s)", e(), e()) }},
		way{2, func() string { return fmt.Sprintf("Number(%s)", bare(e())) }},
		way{1, func() string { return fmt.Sprintf("parseFloat(%s)", bare(e())) }},
		way{2, func() string { return fmt.Sprintf("JSON.parse(JSON.stringify(%s))", e()) }},
		way{1, func() string { return fmt.Sprintf("[%s, %s]", e(), e()) }},
		way{1, func() string { return fmt.Sprintf("({ [%s]: %s })", bare(e()), e()) }},
		way{1, func() string { return fmt.Sprintf("[].concat(%s, %s)", e(), e()) }},
		way{1, func() string { return g.user }},
		way{1, func() string { return g.context }},
		way{1, func() string { return g.rooted(g.pick(targets[anything]...)) }},
	)
}
