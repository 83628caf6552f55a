package lint

import (
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
)

// implicit are the variables that runtimes up to Node 12 had without a require, with the module.
var implicit = map[string]string{
	"_": "lodash@2.4.1", "async": "async@0.9.0", "Auth0": "auth0", "azure_storage": "azure-storage", "bcrypt": "bcrypt",
	"couchbase": "couchbase", "cql": "node-cassandra-cql", "crypto": "crypto", "ip": "range_check", "jwt": "jsonwebtoken",
	"Knex": "knex", "mongo": "mongodb", "ObjectID": "mongodb", "mysql": "mysql", "mysql_pool": "mysql", "pbkdf2": "easy-pbkdf2",
	"pg": "pg", "postgres": "pg", "Pubnub": "pubnub", "q": "q", "querystring": "querystring", "request": "request",
	"sqlserver": "tedious", "uuid": "uuid", "xml2js": "xml2js", "xmldom": "xmldom", "xpath": "xpath", "xtend": "xtend",
}

// implicitModules is L22.
func implicitModules(r *rule) {
	seen := map[string]bool{}
	guarded := map[string]bool{}
	for _, n := range r.nodes {
		if u, ok := n.(*ast.Unary); ok && u.Op == "typeof" {
			if id, ok := u.X.(*ast.Ident); ok {
				guarded[id.Name] = true
			}
		}
	}
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Assign:
			if id, ok := n.Target.(*ast.Ident); ok {
				guarded[id.Name] = true // made by the rule, without a declaration
			}
		case *ast.Ident:
			module, ok := implicit[n.Name]
			if !ok || r.names.of[n] != nil || seen[n.Name] || guarded[n.Name] {
				continue
			}
			if _, labelled := r.parents[n].(*ast.Labelled); labelled {
				continue
			}
			seen[n.Name] = true
			note(r.say("L22", n.Span(), "%s is used without require: only runtimes up to Node 12 had this variable", n.Name), "begin the rule with const %s = require('%s');", n.Name, module)
		}
	}
}

// obsolete is L23.
func obsolete(r *rule) {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Prop:
			key, _ := n.Key.(*ast.String)
			if key == nil {
				continue
			}
			switch key.Value {
			case "ignoreCookie":
				note(r.say("L23", n.Span(), "ignoreCookie is obsolete"), "write allowRememberBrowser with the opposite value")
			case "provider":
				if text, ok := n.Value.(*ast.String); ok && (text.Value == "guardian" || text.Value == "google-authenticator") {
					note(r.say("L23", n.Span(), "the provider %s is obsolete", text.Value), "write provider: 'any', which offers the factors of the tenant")
				}
			}
		case *ast.Member:
			switch p := r.path(n); {
			case p == "context.jwtConfiguration":
				note(r.say("L23", n.Span(), "context.jwtConfiguration is of the old token format and has no effect today"), "set the lifetime in the settings of the API or application, claims in context.idToken")
			case p == "console.exception":
				note(r.say("L23", n.Span(), "console.exception does not exist, so the call throws a TypeError"), "write console.error")
				r.mend("L23", n.Span(), n.NameAt.Start.Offset, n.NameAt.End.Offset, "error")
			case n.Name == "ignoreCookie" && under(p, "context.multifactor"):
				note(r.say("L23", n.Span(), "ignoreCookie is obsolete"), "write allowRememberBrowser with the opposite value")
			}
		case *ast.New:
			if r.isGlobal(n.Callee, "Buffer") {
				note(r.say("L23", n.Span(), "new Buffer is deprecated, and unsafe with a number"), "write Buffer.from(…), or Buffer.alloc(…) for a size")
				if _, isText := r.prefix(first(n.Args), 0); isText || len(n.Args) == 2 {
					r.mend("L23", n.Span(), n.Span().Start.Offset, n.Callee.Span().End.Offset, "Buffer.from")
				}
			}
		case *ast.Call:
			if !r.isGlobal(n.Callee, "require") {
				continue
			}
			switch module := r.module(n); module {
			case "request", "request-promise", "request-promise-native":
				note(r.say("L23", n.Span(), "the package %s is no longer maintained", module), "use axios or fetch")
			case "edge", "edge-js", "oracledb":
				note(r.say("L23", n.Span(), "the package %s is native code, which rules no longer have", module), "call a service of your own instead")
			}
		}
	}
}

// cappedTimeouts is L24.
func cappedTimeouts(r *rule) {
	const limit = 20_000
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok {
			continue
		}
		if r.isGlobal(call.Callee, "setTimeout") && len(call.Args) > 1 {
			if ms, ok := r.value(call.Args[1]).(*ast.Number); ok && ms.Value >= limit/2 {
				note(r.say("L24", call.Span(), "the timer waits %g seconds of the 20 that all rules have together", ms.Value/1000), "do without waiting, or wait for a second at most")
			}
			continue
		}
		if !r.network(call) || len(call.Args) == 0 {
			continue
		}
		name := r.callee(call)
		if r.module(call.Callee) == "http" || r.module(call.Callee) == "https" || strings.Contains(name, "defaults") || strings.HasSuffix(name, ".create") || strings.HasSuffix(name, ".all") || strings.HasSuffix(name, ".jar") {
			continue
		}
		r.timeoutOf(call, limit)
	}
}

// timeoutOf judges the options of a call of an HTTP client; of options that are not seen it
// says nothing.
func (r *rule) timeoutOf(call *ast.Call, limit float64) {
	known := false
	for _, arg := range call.Args {
		switch e := r.value(arg).(type) {
		case *ast.Object:
			for _, p := range e.Properties {
				if _, spread := p.(*ast.Spread); spread {
					return
				}
			}
			if _, ok := property(e, "signal"); ok {
				return
			}
			if p, ok := property(e, "timeout"); ok {
				if ms, ok := r.value(p.Value).(*ast.Number); ok && ms.Value >= limit {
					note(r.say("L24", p.Span(), "the timeout of %g seconds is not shorter than the 20 that all rules have together", ms.Value/1000), "wait for a few seconds at most: timeout: 3000")
				}
				return
			}
			known = true
		case *ast.String, *ast.Template, *ast.Binary:
			known = true
		case *ast.Function, *ast.Arrow:
		case *ast.Member, *ast.Logical:
			if under(r.path(arg), "configuration") {
				known = true
			}
		default:
			if i := len(call.Args); i > 0 && arg != call.Args[0] && r.names.of[identOf(arg)] != nil {
				return // options or a callback in a variable
			}
			if _, isIdent := e.(*ast.Ident); isIdent {
				return
			}
		}
	}
	if !known {
		return
	}
	advice := "add timeout: 3000 to its options, and decide what happens then"
	if r.isGlobal(call.Callee, "fetch") || r.module(call.Callee) == "node-fetch" {
		advice = "add signal: AbortSignal.timeout(3000) to its options, and decide what happens then"
	}
	note(r.say("L24", call.Callee.Span(), "%s has no timeout: a slow service takes the 20 seconds that all rules have together, and the login fails", r.text(call.Callee)), "%s", advice)
}

// first is the first of some expressions; nil without any.
func first(list []ast.Expr) ast.Node {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

func identOf(e ast.Expr) *ast.Ident {
	id, _ := e.(*ast.Ident)
	return id
}
