package rulegen

import "fmt"

// takeApart is a destructuring declaration; old rules read one property after the other.
func (g *generator) takeApart() {
	source := g.pick("("+g.rooted("user.app_metadata")+" || {})", g.user, g.variableOr(object), g.rooted("context.request.query"))
	a, b := g.name(g.pick("plan", "email", "lang")), g.name(g.pick("roles", "groups", "name"))
	keyword := g.keyword(false)
	defer func() {
		g.scope = append(g.scope, variable{a, text, keyword == "const"}, variable{b, anything, keyword == "const"})
	}()
	if g.era == old {
		g.line("var %s = %s.plan;", a, source)
		g.line("var %s = %s.roles;", b, source)
		return
	}
	switch g.below(5) {
	case 0:
		g.line("%s { plan: %s, roles: %s } = %s;", keyword, a, b, bare(source))
	case 1:
		g.line("%s { plan: %s = 'free', ...%s } = %s;", keyword, a, b, bare(source))
	case 2:
		g.line("%s [%s, %s] = %s.split('@');", keyword, a, b, g.variableOr(text))
	case 3:
		g.line("%s [%s = 'none', ...%s] = %s;", keyword, a, b, bare(g.value(list, 1)))
	default:
		g.line("%s { app_metadata: { plan: %s = 'free' } = {}, user_metadata: %s = {} } = %s;", keyword, a, b, g.user)
	}
}

// saml writes SAML configuration.
func (g *generator) saml() {
	saml := g.rooted("context.samlConfiguration")
	switch g.below(5) {
	case 0:
		g.line("%s = %[1]s || {};", saml)
		g.line("%s.mappings = {", saml)
		for range 1 + g.below(3) {
			g.line("  %s: %s,", g.quoted(g.pick("http://schemas.example/claims/email", "urn:oid:0.9.2342", "https://aws.example/SAML/Attributes/Role")), g.quoted(g.pick("email", "awsRole", "app_metadata.plan")))
		}
		g.line("};")
	case 1:
		g.line("%s = %[1]s || {};", saml)
		g.line("%s.mappings = %[1]s.mappings || {};", saml)
		g.line("%s.mappings[%s] = %s;", saml, g.quoted("urn:"+g.pick(claimNames...)), g.literal())
	case 2:
		g.line("%s.nameIdentifierFormat = %s;", saml, g.quoted("urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"))
	case 3:
		g.line("%s.lifetimeInSeconds = %s;", saml, g.value(number, 1))
	default:
		g.line("%s.audience = %s;", saml, bare(g.value(text, 1)))
	}
}

// multifactor asks for a further factor.
func (g *generator) multifactor() {
	target := g.rooted("context.multifactor")
	g.line("if (%s) %s = { provider: %s%s };", bare(g.truth(1)), target, g.quoted(g.pick("any", "guardian", "google-authenticator")), g.pick("", "", ", allowRememberBrowser: false"))
}

// redirect sends the browser away; the dropped user is an ending's business.
func (g *generator) redirect() {
	query := "encodeURIComponent(" + bare(g.value(text, 1)) + ")"
	url := g.quoted("https://example.com/consent?x=") + " + " + query
	g.line("if (%s) {", bare(g.truth(1)))
	g.line("  %s = { url: %s };", g.rooted("context.redirect"), url)
	if g.nested == 0 && g.chance(40) {
		g.line("  %s", g.leave(g.pick(g.success(), fmt.Sprintf("%s(null, null, %s)", g.callback, g.context))))
	}
	g.line("}")
}

// alias gives a list or an object of the login a second name and writes through one of them.
func (g *generator) alias() {
	if g.chance(50) {
		path := g.rooted(g.pick(paths[list]...))
		name := g.name("r")
		g.line("%s %s = %s;", g.keyword(false), name, path)
		g.scope = append(g.scope, variable{name, list, true})
		if g.chance(40) {
			g.line("%s = %s;", g.target(list), name)
		}
		g.line("%s.%s;", g.pick(name, path), g.pick("push('x')", "unshift('first')", "pop()", "sort()", "splice(0, 1)", "reverse()", "shift()"))
		return
	}
	path := g.rooted(g.pick(paths[object]...))
	name := g.name("o")
	g.line("%s %s = %s;", g.keyword(false), name, path+g.pick("", " || {}"))
	g.scope = append(g.scope, variable{name, object, true})
	if g.chance(30) {
		g.line("%s = %s;", g.target(object), name)
	}
	g.line("%s.%s = %s;", g.pick(name, path), g.pick(claimNames...), bare(g.value(anything, 1)))
}

// collection uses a set or a map.
func (g *generator) collection() {
	name := g.name(g.pick("seen", "set", "lookup"))
	keyword := g.keyword(false)
	switch g.below(3) {
	case 0:
		g.line("%s %s = new Set(%s);", keyword, name, bare(g.value(list, 1)))
		g.line("%s.add(%s);", name, bare(g.value(text, 1)))
		g.line("%s = %s;", g.target(anything), g.pick(name+".has("+g.literal()+")", "Array.from("+name+")", name+".size"))
	case 1:
		g.line("%s %s = new Map([[%s, %s], [%s, %s]]);", keyword, name, g.literal(), g.literal(), g.literal(), g.value(anything, 0))
		g.line("%s = %s;", g.target(anything), g.pick(name+".get("+bare(g.value(text, 0))+")", name+".has("+g.literal()+")", name+".get("+g.literal()+") || 'none'"))
	default:
		g.line("%s %s = {};", keyword, name)
		g.line("%s", fill(name, "%s.forEach(function (x) { @[x] = (@[x] || 0) + 1; });", g.value(list, 1)))
		g.line("%s = %s;", g.target(anything), g.pick(name, "Object.keys("+name+")", "JSON.stringify("+name+")"))
		g.scope = append(g.scope, variable{name, object, true})
	}
}

// inPlace changes a list or an object where it stands.
func (g *generator) inPlace() {
	l, o := g.rooted(g.pick(paths[list]...)), g.rooted(g.pick(paths[object]...))
	if name := g.local(list, false); name != "" && g.chance(50) {
		l = name
	}
	if name := g.local(object, false); name != "" && g.chance(50) {
		o = name
	}
	g.line("%s;", g.pick(
		l+".sort()", l+".reverse()", l+".splice(1, 1)", l+".splice(0, 0, 'first')", l+".unshift("+g.literal()+")", l+"[0] = "+g.literal(), l+"["+l+".length] = 'last'", l+".pop()", l+".shift()",
		l+".sort(function (a, b) { return a < b ? -1 : a > b ? 1 : 0; })", l+".fill('x')", "Object.assign("+o+", { extra: "+g.literal()+" })", o+"["+bare(g.value(text, 0))+"] = 1",
		o+".count = ("+o+".count || 0) + 1", "Object.keys("+o+").forEach(function (k) { delete "+o+"[k]; })"))
}

// metadata is a write that nobody waits for.
func (g *generator) metadata() {
	g.line("auth0.users.%s(%s, %s);", g.pick("updateAppMetadata", "updateUserMetadata"), g.rooted("user.user_id"), g.pick(g.rooted("user.app_metadata"), "{ plan: "+g.value(text, 0)+" }", "{ last: new Date().toISOString() }"))
}
