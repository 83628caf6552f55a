package lint

import (
	"regexp"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// sets lists the assignments to a path or below it.
func (r *rule) sets(path string) []*ast.Assign {
	var found []*ast.Assign
	for _, n := range r.nodes {
		if a, ok := n.(*ast.Assign); ok {
			if t, ok := a.Target.(ast.Expr); ok && under(r.path(t), path) {
				found = append(found, a)
			}
		}
	}
	return found
}

// promptTests lists the tests of prompt=none.
func (r *rule) promptTests() []*ast.Binary {
	var found []*ast.Binary
	for _, n := range r.nodes {
		if b, ok := n.(*ast.Binary); ok && strings.Contains("=== == !== !=", b.Op) {
			if r.path(b.Left) == "context.request.query.prompt" && isText(b.Right, "none") || r.path(b.Right) == "context.request.query.prompt" && isText(b.Left, "none") {
				found = append(found, b)
			}
		}
	}
	return found
}

var factorWords = regexp.MustCompile(`(?i)mfa|multi.?factor|two.?factor|2fa|\botp\b|verify.?code`)

// promptBypass is L01 and L02.
func promptBypass(r *rule) {
	tests := r.promptTests()
	if len(tests) == 0 {
		return
	}
	if len(r.sets("context.multifactor")) > 0 {
		note(r.say("L01", tests[0].Span(), "multi-factor authentication is skipped for prompt=none, which the caller chooses: anybody with a session gets round it"),
			"take the test away; allowRememberBrowser asks less often, and context.authentication.methods says whether this session had a second factor")
	}
	for _, a := range r.sets("context.redirect") {
		if factorWords.MatchString(r.file.Slice(a.Value.Span())) || r.reads(a.Value, func(p string) bool { return factorWords.MatchString(p) }) {
			note(r.say("L02", a.Span(), "the second factor is a page that prompt=none gets round, and the caller chooses prompt"),
				"ask for the second factor with context.multifactor, or deny silent logins that have not had it")
			return
		}
	}
}

var requestPaths = below("context.request.ip", "context.request.userAgent", "context.request.geoip")

// rememberedDevice is L03.
func rememberedDevice(r *rule) {
	if len(r.sets("context.multifactor")) == 0 {
		return
	}
	metadata := below("user.app_metadata", "user.user_metadata")
	const advice = "rules run before the second factor: use allowRememberBrowser, or context.authentication.methods"
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Binary:
			if !strings.Contains("=== == !== !=", n.Op) {
				continue
			}
			if r.reads(n.Left, metadata) && r.reads(n.Right, requestPaths) || r.reads(n.Right, metadata) && r.reads(n.Left, requestPaths) {
				note(r.say("L03", n.Span(), "the second factor depends on what the metadata remembers of the device or place: it is stored although the factor may have failed"), advice)
			}
		case *ast.Call:
			if p := r.callee(n); p != "auth0.users.updateAppMetadata" && p != "auth0.users.updateUserMetadata" {
				continue
			}
			for _, a := range append(r.sets("user.app_metadata"), r.sets("user.user_metadata")...) {
				if r.reads(a.Value, requestPaths) {
					note(r.say("L03", a.Span(), "the rule that asks for the second factor stores the device or place before the factor was given: the next login is trusted although it may have failed"), advice)
				}
			}
		}
	}
}

// redirects is L26 and L28.
func redirects(r *rule) {
	sets := r.sets("context.redirect")
	if len(sets) == 0 {
		return
	}
	for _, a := range sets {
		host := r.hostFrom(a.Value)
		if host != nil && r.reads(host, below("context.request.query", "context.request.body")) {
			note(r.say("L28", a.Value.Span(), "the address of the redirect comes out of the request: whoever writes the link chooses where the user goes"),
				"take the address from configuration, and pass on what the page needs as a parameter")
		}
	}
	if r.mentionsName("canRedirect", "doRedirect", "isRedirectCallback") || r.mentionsText("oidc-", "oauth2-implicit") {
		return // a helper decides, or a list of the protocols that may redirect
	}
	first := sets[0]
	if !r.mentionsText("redirect-callback") {
		note(r.say("L26", first.Span(), "the redirect is set when the user comes back, too: all rules run again then, with context.protocol 'redirect-callback'"),
			"leave it out then: if (context.protocol !== 'redirect-callback') { … }; and verify what the page sent back")
		return
	}
	var missing []string
	for _, p := range []string{"oauth2-password", "oauth2-refresh-token", "oauth2-resource-owner"} {
		if !r.mentionsText(p) {
			missing = append(missing, p)
		}
	}
	silent := len(r.promptTests()) == 0 && !r.reads(r.tree, below("context.request.query.prompt"))
	if len(missing) == 0 && !silent {
		return
	}
	what := strings.Join(missing, ", ")
	switch {
	case what == "":
		what = "prompt=none"
	case silent:
		what = "prompt=none and for the protocols " + what
	default:
		what = "the protocols " + what
	}
	d := r.say("L26", first.Span(), "the redirect is set for %s, too, where there is no browser to send: those logins fail", what)
	d.Severity = diag.Warning
	note(d, "leave it out for logins without a page; deny those that may not pass without it")
}

// hostFrom is the expression that decides about the host of a URL: the first part that is no
// constant, when the constant before it does not hold the whole host; nil else.
func (r *rule) hostFrom(e ast.Expr) ast.Expr {
	if o, ok := e.(*ast.Object); ok {
		p, ok := property(o, "url")
		if !ok {
			return nil
		}
		e = p.Value
	}
	text := ""
	for range maxAliases {
		e = r.value(e)
		known, whole := r.prefix(e, 0)
		if whole || strings.Count(text+known, "/") >= 3 {
			return nil
		}
		switch x := e.(type) {
		case *ast.Binary:
			parts := addends(x)
			at := 0
			for ; at < len(parts)-1; at++ {
				t, whole := r.str(parts[at])
				if !whole {
					break
				}
				text += t
			}
			e = parts[at]
		case *ast.Template:
			text += x.Parts[0].Cooked
			e = x.Exprs[0]
		default:
			return e
		}
	}
	return nil
}

// returnedData is L27.
func returnedData(r *rule) {
	if !r.mentionsText("redirect-callback") && !r.mentionsName("session_token") {
		return
	}
	fromRequest := below("context.request.query", "context.request.body")
	verified := false
	for _, n := range r.nodes {
		call, ok := n.(*ast.Call)
		if !ok || len(call.Args) == 0 {
			continue
		}
		_, name := method(call)
		switch name {
		case "verify", "jwtVerify", "validateSessionToken", "verifyToken":
			verified = true
			if p := r.callee(call); name == "verify" && (r.reads(call.Args[0], fromRequest) || r.module(call.Callee) == "jsonwebtoken" || p == "jwt.verify") {
				r.verifyOptions(call)
			}
		case "decode":
			if r.reads(call.Args[0], fromRequest) {
				note(r.say("L27", call.Span(), "jwt.decode reads the token without checking its signature: the user can write any"),
					"verify it: jwt.verify(token, configuration.SECRET, { algorithms: ['HS256'], issuer: …, audience: … })")
				verified = true
			}
		}
	}
	if verified {
		return
	}
	for _, n := range r.nodes {
		if c, ok := n.(*ast.Call); ok && r.namesCheck(c) {
			return // a helper may check it
		}
	}
	for _, n := range r.nodes {
		m, ok := n.(*ast.Member)
		if !ok || r.written(m) {
			continue
		}
		p := r.path(m)
		if !strings.HasPrefix(p, "context.request.query.") && !strings.HasPrefix(p, "context.request.body.") {
			continue
		}
		switch p[strings.LastIndexByte(p, '.')+1:] {
		case "prompt", "scope", "audience", "client_id", "redirect_uri", "response_type", "state", "nonce", "protocol", "connection", "acr_values", "ui_locales", "login_hint":
			continue
		}
		note(r.say("L27", m.Span(), "%s comes back through the user's browser unsigned: the user can write what the page would have said", r.text(m)),
			"let the page send a signed token, and check it: jwt.verify(token, configuration.SECRET, { algorithms: ['HS256'], issuer: …, audience: … })")
		return
	}
}

// namesCheck reports whether a call is of a function of the rule whose name says that it checks,
// or of one on global.
func (r *rule) namesCheck(c *ast.Call) bool {
	id, ok := c.Callee.(*ast.Ident)
	if !ok {
		return under(r.callee(c), "global")
	}
	v := r.names.of[id]
	return v != nil && v.role == "" && regexp.MustCompile(`(?i)verif|valid|check|decrypt|hmac|token`).MatchString(id.Name)
}

func (r *rule) verifyOptions(call *ast.Call) {
	const advice = "jwt.verify(token, configuration.SECRET, { algorithms: ['HS256'], issuer: …, audience: … }), and compare sub with user.user_id"
	if len(call.Args) < 3 || r.isFunction(call.Args[2]) {
		note(r.say("L27", call.Span(), "the token that came back is checked for its signature alone: no list of algorithms, no issuer, no audience"), advice)
		return
	}
	o, ok := r.value(call.Args[2]).(*ast.Object)
	if !ok {
		return
	}
	if _, ok := property(o, "algorithms"); !ok {
		d := r.say("L27", call.Span(), "the token that came back may be signed by any algorithm")
		d.Severity = diag.Warning
		note(d, advice)
	}
}

func (r *rule) isFunction(e ast.Expr) bool { return functionOf(r.value(e)) != nil }
