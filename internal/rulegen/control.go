package rulegen

import (
	"fmt"
)

// loop goes over a list, the keys of an object, or a small range.
func (g *generator) loop() {
	g.loops++
	mark := len(g.scope)
	source := g.variableOr(list)
	if g.chance(40) {
		source = g.value(list, 1)
	}
	keyword := "const"
	if g.era == old || g.chance(10) {
		keyword = "var"
	}
	switch g.below(6) {
	case 0: // with a counter
		i := g.name(g.pick("i", "j"))
		counter := "let"
		if keyword == "var" {
			counter = "var"
		}
		if source != g.local(list, false) {
			l := g.name("list")
			g.line("%s %s = %s;", keyword, l, bare(source))
			source = l
		}
		g.line("%s", fill(i, "for (%s @ = 0; @ < %s.length && @ < 50; %s) {", counter, source, g.pick(i+"++", i+" += 1", "++"+i)))
		g.scope = append(g.scope, variable{i, number, true}, variable{source + "[" + i + "]", text, true})
		g.turn(source + "[" + i + "]")
		g.line("}")
	case 1, 2: // for-of, or forEach in old rules
		if g.era != old {
			item := g.name(g.pick("role", "group", "item", "entry"))
			g.line("for (%s %s of %s) {", keyword, item, bare(source))
			g.scope = append(g.scope, variable{item, text, true})
			g.turn(item)
			g.line("}")
			break
		}
		fallthrough
	case 3, 4:
		item := g.name(g.pick("role", "group", "item", "entry"))
		index := ""
		if g.chance(25) {
			index = ", " + g.name("index")
		}
		open := fmt.Sprintf("(%s%s) => {", item, index)
		if g.era == old || g.chance(30) {
			open = fmt.Sprintf("function (%s%s) {", item, index)
		}
		g.line("%s.forEach(%s", source, open)
		g.scope = append(g.scope, variable{item, text, true})
		if index != "" {
			g.scope = append(g.scope, variable{index[2:], number, true})
		}
		g.nested++
		loops := g.loops
		g.loops = 0
		g.turn(item)
		g.loops = loops
		g.nested--
		g.line("});")
	case 5:
		key := g.name(g.pick("key", "k", "name"))
		object := bare(g.value(object, 1))
		g.line("for (%s %s in %s) {", keyword, key, object)
		g.scope = append(g.scope, variable{key, text, true})
		g.turn(key)
		g.line("}")
	}
	g.loops--
	g.scope = g.scope[:mark]
}

// turn is the body of a loop over item.
func (g *generator) turn(item string) {
	if g.chance(30) {
		test := g.pick(fmt.Sprintf("%s === %s", item, g.literal()), fmt.Sprintf("!%s", item), bare(g.truth(1)))
		switch {
		case g.loops > 0 && g.chance(60):
			g.line("  if (%s) %s;", test, g.pick("continue", "break"))
		case g.nested > 0:
			g.line("  if (%s) return;", test)
		default:
			g.line("  if (%s) %s", test, g.leave(g.pick(g.success(), g.denial())))
		}
	}
	if found := g.local(truth, true); found != "" && g.chance(40) {
		g.line("  if (%s === %s) %s = true;", item, g.literal(), found)
	}
	if l := g.local(list, false); l != "" && g.chance(25) {
		g.line("  if (%s.length < 20) %[1]s.push(%s);", l, item)
	}
	if g.chance(25) {
		g.line("  %s = %s;", g.pick(g.rooted("context.idToken")+"["+g.quoted("https://example.com/")+" + "+item+"]", g.rooted("user.app_metadata")+"["+item+"]"), bare(g.value(anything, 0)))
	}
	g.inside(g.below(2))
}

// cases is a switch.
func (g *generator) cases() {
	g.line("switch (%s) {", bare(g.value(text, 1)))
	g.indent++
	for range 1 + g.below(3) {
		g.line("case %s:", g.literal())
		if g.chance(20) {
			continue
		}
		g.indent++
		g.line("%s = %s;", g.target(text), bare(g.value(text, 1)))
		if g.nested == 0 && g.chance(10) {
			g.line("%s", g.leave(g.denial()))
		} else if g.chance(85) {
			g.line("break;")
		}
		g.indent--
	}
	if g.chance(70) {
		g.line("default:")
		g.line("  %s = %s;", g.target(text), bare(g.value(text, 1)))
		if g.chance(30) {
			g.line("  break;")
		}
	}
	g.indent--
	g.line("}")
}

// helper declares a function of one text, and calls it.
func (g *generator) helper() {
	f := g.name(g.pick("normalize", "hasRole", "domainOf", "label", "check", "getValue"))
	p := g.name(g.pick("value", "s", "text", "v", "email"))
	if g.chance(10) {
		p = g.user // shadows
	}
	mark := len(g.scope)
	g.scope = append(g.scope, variable{p, text, false})
	g.nested++
	loops := g.loops
	g.loops = 0
	result := bare(g.value(anything, 1))
	if g.chance(30) {
		result = fmt.Sprintf("%s && %s.length > %d", p, p, g.below(4))
	}
	switch form := g.below(5); {
	case form < 2 && len(g.lines) > 1:
		g.line("function %s(%s) {", f, p)
		if g.chance(50) {
			g.line("  if (%s) return %s;", g.pick("!"+p, "typeof "+p+" !== 'string'", p+" === "+g.literal()), g.pick("''", "null", "false", p))
		}
		if g.chance(30) {
			g.inside(1)
		}
		g.line("  return %s;", result)
		g.line("}")
	case form == 2 && g.era != old:
		g.line("const %s = (%s%s) => %s;", f, p, g.pick("", " = 'none'", ", extra"), arrowResult(result))
	default:
		g.line("%s %s = function (%s) {", g.keyword(false), f, p)
		if g.chance(40) {
			g.inside(1)
		}
		g.line("  return %s;", result)
		g.line("};")
	}
	g.loops = loops
	g.nested--
	g.scope = append(g.scope[:mark], variable{f, callable, true})
	arg := bare(g.value(text, 1))
	switch g.below(5) {
	case 0:
		g.line("if (%s(%s)) %s = %s;", f, arg, g.target(text), g.literal())
	case 1:
		g.line("%s = %s.map(%s);", g.target(list), g.value(list, 0), f)
	case 2:
		g.line("%s = %s.call(null, %s);", g.target(anything), f, arg)
	case 3:
		g.line("%s = %s.apply(null, [%s]);", g.target(anything), f, arg)
	default:
		g.line("%s = %s(%s);", g.target(anything), f, arg)
	}
}

// immediate is a function that is called where it stands.
func (g *generator) immediate() {
	g.nested++
	loops := g.loops
	g.loops = 0
	mark := len(g.scope)
	name := ""
	if g.chance(50) {
		name = g.name("computed")
	}
	open, end := "(function () {", g.pick("})();", "}());")
	if g.era != old && g.chance(50) {
		open, end = "(() => {", "})();" // an arrow cannot be called inside its parentheses
	}
	if name != "" {
		open = g.keyword(false) + " " + name + " = " + open
	}
	g.line("%s", open)
	g.inside(1 + g.below(2))
	if name != "" {
		g.line("  return %s;", bare(g.value(anything, 1)))
	}
	g.line("%s", end)
	g.loops = loops
	g.nested--
	g.scope = g.scope[:mark]
	if name != "" {
		g.scope = append(g.scope, variable{name, anything, true})
	}
}

// attempt is a try with its catch.
func (g *generator) attempt() {
	g.line("try {")
	if g.chance(40) {
		name := g.name("parsed")
		g.line("  %s %s = JSON.parse(%s);", g.pick("var", "const"), name, bare(g.value(text, 1)))
		g.line("  %s = %s;", g.target(anything), g.pick(name, name+".a", "typeof "+name))
	}
	g.inside(1 + g.below(2))
	e := g.pick("e", "err", "error")
	g.line("} catch (%s) {", e)
	switch {
	case g.nested == 0 && g.chance(30):
		g.line("  %s", g.leave(g.callback+"("+g.pick(e, "new Error("+e+".name)")+")"))
	default:
		g.line("  %s", g.pick("console.log('failed', "+e+".name);", g.target(text)+" = "+e+".name;", g.target(truth)+" = "+e+" instanceof TypeError;", ""))
	}
	if g.chance(15) {
		g.line("} finally {")
		g.line("  %s = %s;", g.target(text), g.literal())
	}
	g.line("}")
}
