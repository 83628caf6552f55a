package rulegen

import (
	"strings"
)

// What rules read, by what it usually holds; frequent ones stand more than once.
var paths = map[kind][]string{
	text: strings.Fields(`context.clientID context.clientID context.clientID user.email user.email user.email user.user_id context.clientName
		context.protocol user.name user.nickname user.given_name user.family_name user.picture user.created_at context.connection
		context.connectionStrategy user.app_metadata.plan user.app_metadata.role user.user_metadata.color user.user_metadata.lang
		context.request.ip context.request.query.scope context.request.query.acr_values context.request.body.scope
		context.request.geoip.country_code context.request.geoip.country_name context.clientMetadata.MFA context.clientMetadata.roles
		user.identities[0].connection user.identities[0].provider configuration.NAMESPACE configuration.LIST configuration.ADMIN
		configuration.NONE user.company context.tenant context.sessionID user.phone context.stats.last`),
	number: strings.Fields(`context.stats.loginsCount context.stats.loginsCount user.logins_count user.app_metadata.score user.app_metadata.level
		user.age context.request.geoip.latitude configuration.LIMIT`),
	truth: strings.Fields(`user.email_verified user.email_verified user.email_verified user.blocked user.app_metadata.signedUp user.app_metadata.flag
		user.identities[0].isSocial user.multifactor context.clientMetadata.strict user.user_metadata.consent configuration.ENABLED`),
	list: strings.Fields(`user.groups user.groups user.roles user.roles user.permissions user.app_metadata.roles user.app_metadata.groups
		user.app_metadata.authorization.groups context.authorization.roles context.authorization.roles context.accessToken.scope user.tags`),
	object: strings.Fields(`user.app_metadata user.app_metadata user.user_metadata context.idToken context.accessToken context.samlConfiguration
		context.clientMetadata context.request context.request.query context.request.geoip context.stats context.authorization
		context.authentication user.app_metadata.authorization`),
}

// records are lists of objects, with the properties of their elements.
var records = []struct {
	path   string
	fields []string
}{
	{"user.identities", []string{"provider", "connection", "isSocial", "user_id"}},
	{"context.authentication.methods", []string{"name", "timestamp"}},
	{"user.app_metadata.orgs", []string{"id", "role", "name"}},
}

// What rules write.
var targets = map[kind][]string{
	text: strings.Fields(`user.label user.level user.nickname user.name user.app_metadata.plan user.user_metadata.seen context.idToken.plan context.scratch
		user.company context.idToken.email user.app_metadata.a_claim user.awsRole user.myemail context.accessToken.tenant`),
	number:   strings.Fields(`user.count user.app_metadata.score context.idToken.level context.stats.loginsCount user.aal`),
	truth:    strings.Fields(`user.flag user.app_metadata.signedUp context.idToken.admin user.app_metadata.flag user.isMember`),
	list:     strings.Fields(`user.roles user.groups user.app_metadata.roles context.accessToken.scope context.idToken.groups user.permissions`),
	object:   strings.Fields(`user.app_metadata user.user_metadata context.idToken context.accessToken context.samlConfiguration user.prefs context.clientMetadata`),
	anything: strings.Fields(`user.value context.scratch context.idToken.value user.app_metadata.value user.x`),
}

// rooted puts the rule's own names of the parameters into a path.
func (g *generator) rooted(path string) string {
	root, rest, _ := strings.Cut(path, ".")
	switch root {
	case "user":
		root = g.user
	case "context":
		root = g.context
	}
	if rest == "" {
		return root
	}
	return root + "." + rest
}

// path reads a property that usually holds a kind; one in three reads is guarded.
func (g *generator) path(k kind) string {
	if k == anything {
		k = kind(g.below(int(object) + 1))
	}
	if g.dense && g.chance(15) {
		k = kind(g.below(int(object) + 1))
	}
	return g.guarded(g.rooted(g.pick(paths[k]...)))
}

// guarded may guard the parents of a path, in one of the ways that people do.
func (g *generator) guarded(path string) string {
	parts := strings.Split(path, ".")
	if len(parts) < 3 && !strings.Contains(path, "[") || !g.chance(35) {
		return g.spelled(path)
	}
	parent, last := strings.Join(parts[:len(parts)-1], "."), parts[len(parts)-1]
	switch {
	case g.era == modern && g.chance(70):
		guarded := parts[0]
		for i, part := range parts[1:] {
			if i == 0 {
				guarded += "." + part
			} else {
				guarded += "?." + part
			}
		}
		return strings.ReplaceAll(guarded, "[", "?.[")
	case len(parts) == 3 && g.chance(40):
		return "(" + parent + " || {})." + last
	case len(parts) == 4 && g.chance(50):
		return "(" + strings.Join(parts[:2], ".") + " && " + parent + " && " + path + ")"
	}
	return "(" + parent + " && " + path + ")"
}

// spelled may write a property with brackets.
func (g *generator) spelled(path string) string {
	if !g.chance(5) {
		return path
	}
	at := strings.LastIndex(path, ".")
	if at < 0 || strings.HasSuffix(path, "]") {
		return path
	}
	return path[:at] + "[" + g.quoted(path[at+1:]) + "]"
}

// target is what an assignment may write.
func (g *generator) target(k kind) string { return g.spelled(g.rooted(g.pick(targets[k]...))) }

var (
	roleNames   = strings.Fields("admin editor member guest owner support")
	clientIDs   = strings.Fields("web mobile abc123 portal")
	emails      = strings.Fields("ann@example.com bob@example.org admin@example.com eve@evil.example")
	domains     = strings.Fields("example.com example.org evil.example corp.example")
	oddTexts    = []string{"", " ", "0", "a", "é", "😀", "constructor", "length", "__proto__", "toString", "null", "1", "-1", "A,b", "x y"}
	claimNames  = strings.Fields("roles email plan groups country tenant permissions picture company level")
	namespaces  = []string{"https://example.com/", "https://example.com/claims/", "urn:acme:", "http://acme.example/"}
	messages    = []string{"Access denied.", "Please verify your email.", "Members only.", "You are not allowed to use this app.", "Only on weekdays."}
	logTexts    = []string{"user", "checking", "role:", "skipped for", "granted", "value is"}
	oddLiterals = []string{"null", "undefined", "NaN", "0", "-0", "1", "-1", "1.5", "true", "false", "Infinity", "1e21", "[]", "{}", "''", "'0'", "[0]", "[[]]", "[null]", "[1, 2]"}
)

// literal is a text constant that fits what rules compare.
func (g *generator) literal() string {
	switch g.below(12) {
	case 0, 1, 2:
		return g.quoted(g.pick(roleNames...))
	case 3, 4:
		return g.quoted(g.pick(clientIDs...))
	case 5, 6:
		return g.quoted(g.pick(emails...))
	case 7:
		return g.quoted(g.pick(domains...))
	case 8:
		return g.quoted(g.pick("free", "pro", "DE", "US", "samlp", "auth0", "pwd"))
	case 9:
		if g.dense {
			return g.quoted(g.pick(oddTexts...))
		}
	}
	return g.quoted(g.word("web db free pro DE openid profile red en acme"))
}

// constants is a list of text constants without its brackets.
func (g *generator) constants(n int) string {
	pool := pickOf(g.random, [][]string{roleNames, clientIDs, emails, domains})
	items := make([]string, n)
	for i := range items {
		items[i] = g.quoted(g.pick(pool...))
		if g.dense && g.chance(8) {
			items[i] = g.pick(oddLiterals...)
		}
	}
	return strings.Join(items, ", ")
}
