package rulegen

import (
	"fmt"
	"strings"
)

// statement writes one statement, with what stands inside it.
func (g *generator) statement() {
	deep := g.indent > 3 || len(g.lines) > 90
	do := func(f func()) func() string { return func() string { f(); return "" } }
	nest := func(weight int) int {
		if deep {
			return 0
		}
		return weight
	}
	odd := func(weight int) int {
		if g.dense {
			return weight
		}
		return 0
	}
	g.weigh(
		way{16, do(g.claim)},
		way{12, do(g.assign)},
		way{16, do(g.declareLocal)},
		way{nest(8), do(g.choose)},
		way{9, do(g.guard)},
		way{6, do(g.deny)},
		way{6, do(g.byDefault)},
		way{6, do(g.log)},
		way{4, do(g.table)},
		way{4, do(g.push)},
		way{nest(7), do(g.loop)},
		way{nest(3), do(g.cases)},
		way{nest(4), do(g.helper)},
		way{nest(2), do(g.immediate)},
		way{3, do(g.takeApart)},
		way{nest(2), do(g.attempt)},
		way{4, do(g.saml)},
		way{2, do(g.multifactor)},
		way{1, do(g.redirect)},
		way{2, do(g.remove)},
		way{4, do(g.reassign)},
		way{2, do(g.alias)},
		way{1, do(g.collection)},
		way{1, do(g.inPlace)},
		way{1, do(g.metadata)},
		way{odd(6), do(g.strange)},
	)
}

// namespace declares the constant that claims begin with.
func (g *generator) namespace() {
	value := g.quoted(g.pick(namespaces...))
	if g.chance(25) {
		value = g.pick("configuration.NAMESPACE", "configuration.NAMESPACE || "+value)
	}
	keyword := g.keyword(false)
	name := g.declare(g.pick("namespace", "ns", "NAMESPACE", "prefix"), text, keyword == "const")
	g.line("%s %s = %s;", keyword, name, value)
	g.claims = name
}

// claim writes a claim of a token, mostly with a computed key.
func (g *generator) claim() {
	token := g.rooted(g.pick("context.idToken", "context.idToken", "context.idToken", "context.accessToken"))
	name := g.pick(claimNames...)
	key := ""
	switch {
	case g.claims != "" && g.era == old:
		key = fmt.Sprintf("[%s + %s]", g.claims, g.quoted(name))
	case g.claims != "":
		key = g.pick("[`${"+g.claims+"}"+name+"`]", "["+g.claims+" + "+g.quoted(name)+"]")
	case g.chance(50):
		key = "[" + g.quoted(g.pick(namespaces...)+name) + "]"
	case g.dense && g.chance(30):
		key = "[" + bare(g.value(text, 1)) + "]"
	default:
		key = "." + name
	}
	g.line("%s%s = %s;", token, key, bare(g.value(pickOf(g.random, []kind{text, text, list, list, truth, object, anything}), 1)))
}

// assign writes a property of user or context.
func (g *generator) assign() {
	k := pickOf(g.random, []kind{text, text, text, number, truth, list, object, anything})
	target := g.target(k)
	switch {
	case k == number && g.chance(50):
		g.line("%s", fill(target, g.pick("@ = (@ || 0) + 1;", "@ += 1;", "@++;", "--@;")))
	case k == text && g.chance(10):
		g.line("%s += %s;", target, g.value(text, 1))
	case g.dense && g.chance(8):
		g.line("%s = %s = %s;", target, g.target(anything), bare(g.value(k, 1)))
	default:
		g.line("%s = %s;", target, bare(g.value(k, 2)))
	}
}

var localNames = map[kind][]string{
	text:     strings.Fields("email domain name id client plan country label key"),
	number:   strings.Fields("count total n age score days"),
	truth:    strings.Fields("allowed isAdmin ok verified found skip"),
	list:     strings.Fields("roles groups allowed whitelist scopes clients list"),
	object:   strings.Fields("metadata md claims opts data profile"),
	anything: strings.Fields("value v tmp result"),
}

// declareLocal declares one variable, or two.
func (g *generator) declareLocal() {
	k := pickOf(g.random, []kind{text, text, text, number, truth, truth, list, list, list, object, object, anything})
	value := bare(g.value(k, 2))
	keyword := g.keyword(false)
	name := g.name(g.pick(localNames[k]...))
	if g.era == old && g.chance(10) {
		second := g.name("i")
		g.line("var %s = %s, %s = 0;", name, value, second)
		g.scope = append(g.scope, variable{second, number, false})
	} else {
		g.line("%s %s = %s;", keyword, name, value)
	}
	g.scope = append(g.scope, variable{name, k, keyword == "const"})
}

// choose is an if, perhaps with else.
func (g *generator) choose() {
	if g.chance(25) { // without braces
		g.line("if (%s) %s = %s;", bare(g.truth(2)), g.target(text), bare(g.value(text, 1)))
		return
	}
	g.line("if (%s) {", bare(g.truth(2)))
	g.inside(1 + g.below(2))
	for g.chance(15) {
		g.line("} else if (%s) {", bare(g.truth(1)))
		g.inside(1)
	}
	if g.chance(35) {
		g.line("} else {")
		g.inside(1)
	}
	g.line("}")
}

// success is the call that lets the login go on.
func (g *generator) success() string {
	return fmt.Sprintf("%s(null, %s, %s)", g.callback, g.user, g.context)
}

// leave ends the rule early, the way that is possible at this place.
func (g *generator) leave(call string) string {
	if g.nested > 0 {
		return call + ";"
	}
	if g.chance(10) {
		return "{ " + call + "; return; }"
	}
	return "return " + call + ";"
}

// guard lets most logins pass by the rule.
func (g *generator) guard() {
	if g.nested > 0 && !g.dense {
		g.assign()
		return
	}
	test := bare(g.truth(1))
	if g.chance(20) {
		test = g.pick("!"+g.user, g.rooted("context.protocol")+" === 'samlp'", g.rooted("context.clientID")+" !== "+g.quoted(g.pick(clientIDs...)), "!configuration.ENABLED")
	}
	if g.chance(60) {
		g.line("if (%s) %s", test, g.leave(g.success()))
		return
	}
	g.line("if (%s) {", test)
	g.line("  %s", g.leave(g.success()))
	g.line("}")
}

// deny refuses the login under a condition.
func (g *generator) deny() {
	if g.nested > 0 && !g.dense {
		g.log()
		return
	}
	test := bare(g.truth(2))
	if g.chance(40) { // bound to pass most logins
		test = g.pick("!"+g.rooted("user.email_verified")+" && "+test, bare(test)+" && "+g.compared())
		test = strings.ReplaceAll(test, "??", "||")
	}
	call := g.denial()
	if g.chance(60) {
		g.line("if (%s) %s", test, g.leave(call))
		return
	}
	g.line("if (%s) {", test)
	if g.chance(20) {
		g.line("  console.log(%s, %s);", g.quoted("denied"), g.rooted("user.email"))
	}
	g.line("  %s", g.leave(call))
	g.line("}")
}

// denial is a call of the callback with an error.
func (g *generator) denial() string {
	return fmt.Sprintf("%s(%s)", g.callback, g.failure())
}

// failure is what a rule hands over to end the login.
func (g *generator) failure() string {
	message := g.quoted(g.pick(messages...))
	if g.chance(20) {
		message = bare(g.value(text, 1))
	}
	return g.weigh(
		way{14, func() string { return "new UnauthorizedError(" + message + ")" }},
		way{4, func() string { return "new Error(" + message + ")" }},
		way{2, func() string { return message }},
		way{1, func() string {
			return fmt.Sprintf("new UnauthorizedError(%s), %s, %s", message, g.user, g.context)
		}},
		way{1, func() string { return "UnauthorizedError(" + message + ")" }},
		way{1, func() string { return g.pick("42", "true", "new TypeError('bad')", "new UnauthorizedError()") }},
		way{1, func() string {
			return g.pick("{ message: 'plain', code: 'unauthorized' }", "{ name: 'UnauthorizedError', message: "+message+" }", "{ code: 'x', description: 'd', status_code: 403 }")
		}},
		way{1, func() string { return "Object.assign(new Error(" + message + "), { code: 'unauthorized' })" }},
	)
}

// byDefault gives a property a value when it has none.
func (g *generator) byDefault() {
	target := g.rooted(g.pick("user.app_metadata", "user.app_metadata", "user.user_metadata", "context.idToken", "context.samlConfiguration", "context.accessToken", "context.request.query"))
	value := "{}"
	if g.chance(30) {
		target, value = g.target(list), "[]"
	}
	switch g.below(6) {
	case 0:
		g.line("if (!%s) %[1]s = %s;", target, value)
	case 1:
		g.line("if (!%s) {", target)
		g.line("  %s = %s;", target, value)
		g.line("}")
	case 2:
		if g.era == modern {
			g.line(g.pick("%s ||= %s;", "%s ??= %s;", "%s = %[1]s ?? %s;"), target, value)
			return
		}
		fallthrough
	default:
		g.line("%s = %[1]s || %s;", target, value)
	}
}

// log writes a console line.
func (g *generator) log() {
	level := g.word("log log log log info warn error debug")
	args := []string{g.quoted(g.pick(logTexts...))}
	switch g.below(7) {
	case 0:
		args = []string{bare(g.value(text, 1))}
	case 1:
		args = []string{g.quoted("%s has %d of %j"), g.value(text, 0), g.value(number, 0), g.value(anything, 0)}
	case 2:
		args = []string{"JSON.stringify(" + g.pick(g.user, g.variableOr(object)) + g.pick("", "", ", null, 2") + ")"}
	case 3:
		args = []string{g.quoted(g.pick(logTexts...)) + " + " + g.variableOr(anything)}
	case 4:
		args = append(args, g.variableOr(anything), bare(g.value(anything, 1)))
	default:
		args = append(args, g.variableOr(anything))
	}
	g.line("console.%s(%s);", level, strings.Join(args, ", "))
}

// table declares a constant table and reads it by client or by another text.
func (g *generator) table() {
	keyword := g.keyword(false)
	name := g.name(g.pick("table", "byClient", "config", "settings"))
	g.line("%s %s = {", keyword, name)
	for range 2 + g.below(3) {
		value := g.literal()
		switch g.below(4) {
		case 0:
			value = "[" + g.constants(2) + "]"
		case 1:
			value = "{ role: " + g.literal() + " }"
		}
		g.line("  %s: %s,", g.key(g.pick(append(clientIDs, roleNames...)...)), value)
	}
	g.lines[len(g.lines)-1] = strings.TrimSuffix(g.lines[len(g.lines)-1], ",")
	g.line("};")
	g.scope = append(g.scope, variable{name, object, keyword == "const"})
	key := g.pick(g.rooted("context.clientID"), g.rooted("context.clientID"), g.variableOr(text))
	entry := g.name("entry")
	g.line("%s %s = %s[%s];", keyword, entry, name, key)
	g.scope = append(g.scope, variable{entry, anything, keyword == "const"})
	switch {
	case g.nested == 0 && g.chance(40):
		g.line("if (!%s) %s", entry, g.leave(g.pick(g.success(), g.denial())))
	case g.chance(40):
		g.line("%s", fill(entry, "if (@) %s = @%s;", g.target(text), g.pick("", ".role", "[0]", ".length")))
	default:
		g.line("%s = %s%s;", g.target(anything), entry, g.pick("", ".role", " || 'none'"))
	}
}

// push appends to a list of the login or to a local one.
func (g *generator) push() {
	target := g.rooted(g.pick(paths[list]...))
	if name := g.local(list, false); name != "" && g.chance(60) {
		target = name
	}
	item := bare(g.value(text, 1))
	switch g.below(5) {
	case 0:
		g.line("%s", fill(target, "if (!@.includes(%s)) @.push(%s);", item, item))
	case 1:
		g.line("if (%s.indexOf(%s) === -1) {", target, item)
		g.line("  %s.push(%s);", target, item)
		g.line("}")
	case 2:
		g.line("%s.push(%s, %s);", target, item, g.literal())
	default:
		g.line("%s.push(%s);", target, item)
	}
}

// remove deletes a property.
func (g *generator) remove() {
	g.line("delete %s;", g.pick(g.target(anything), g.target(text), g.rooted("context.idToken['https://example.com/roles']"), g.rooted("user.app_metadata.plan"), g.rooted("user.identities[0].provider")))
}

// reassign changes a variable.
func (g *generator) reassign() {
	k := pickOf(g.random, []kind{text, number, number, list, truth})
	name := g.local(k, true)
	if name == "" {
		keyword := "let"
		if g.era == old {
			keyword = "var"
		}
		name = g.name(g.pick(localNames[k]...))
		g.line("%s %s = %s;", keyword, name, bare(g.value(k, 1)))
		g.scope = append(g.scope, variable{name, k, false})
	}
	switch {
	case k == number:
		if g.chance(40) {
			g.line("%s", fill(name, g.pick("@++;", "++@;", "@--;")))
			return
		}
		g.line("%s", fill(name, g.pick("@ += %s;", "@ -= %s;", "@ *= %s;", "@ = @ + %s;"), g.value(k, 1)))
	case k == text && g.chance(60):
		g.line("%s += %s;", name, g.value(text, 1))
	case g.chance(40):
		g.line("if (%s) %s = %s;", bare(g.truth(1)), name, bare(g.value(k, 1)))
	default:
		g.line("%s = %s;", name, bare(g.value(k, 1)))
	}
}
