package lint

import (
	"net/url"
	"slices"
	"strings"

	"github.com/ferrule-rules/ferrule/ast"
	"github.com/ferrule-rules/ferrule/ast/diag"
)

// restricted are the claims that a rule cannot set.
var restricted = strings.Fields(`acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id
cnf cty dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce
object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch
sub sub_jwk toe txn typ uuid vot vtm x5t#S256`)

// profile are the claims of OpenID Connect, which need no namespace.
var profile = strings.Fields(`name given_name family_name middle_name nickname preferred_username profile picture website email
email_verified gender birthdate zoneinfo locale phone_number phone_number_verified address updated_at`)

// claims is L17.
func claims(r *rule) {
	for _, n := range r.nodes {
		switch n := n.(type) {
		case *ast.Assign:
			r.claimTarget(n)
		case *ast.Call:
			if r.callee(n) == "Object.assign" && len(n.Args) > 1 {
				if token := tokenOf(r.path(n.Args[0])); token != "" {
					for _, arg := range n.Args[1:] {
						r.claimLiteral(token, r.value(arg))
					}
				}
			}
		}
	}
}

// tokenOf is idToken or accessToken when a path is that object.
func tokenOf(path string) string {
	if path == "context.idToken" || path == "context.accessToken" {
		return strings.TrimPrefix(path, "context.")
	}
	return ""
}

func (r *rule) claimTarget(n *ast.Assign) {
	switch t := n.Target.(type) {
	case *ast.Member:
		if token := tokenOf(r.path(t.Object)); token != "" {
			r.claim(token, t, t.Name, true)
		} else if token := tokenOf(r.path(t)); token != "" {
			r.claimLiteral(token, n.Value)
		}
	case *ast.Index:
		if token := tokenOf(r.path(t.Object)); token != "" {
			name, whole := r.prefix(t.Key, 0)
			r.claim(token, t.Key, name, whole)
		}
	}
}

func (r *rule) claimLiteral(token string, e ast.Expr) {
	o, ok := e.(*ast.Object)
	if !ok {
		return
	}
	for _, p := range o.Properties {
		if p, ok := p.(*ast.Prop); ok {
			name, whole := r.prefix(p.Key, 0)
			r.claim(token, p.Key, name, whole)
		}
	}
}

// claim judges the name of a claim; of one that is not whole, only the begin is known.
func (r *rule) claim(token string, at ast.Node, name string, whole bool) {
	if token == "accessToken" && name == "scope" {
		return
	}
	const own = "name it with a URL of your own, which need not exist: 'https://example.com/%s'"
	switch {
	case whole && slices.Contains(restricted, name):
		note(r.say("L17", at.Span(), "the claim %s is dropped from the %s: the name is the platform's own", name, tokenWord(token)), own, name)
	case strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://"):
		u, err := url.Parse(name)
		if err != nil {
			return
		}
		host := strings.ToLower(u.Hostname())
		if !whole && strings.Count(name, "/") < 3 {
			return // more of the host may follow
		}
		for _, domain := range []string{"auth0.com", "webtask.io", "webtask.run"} {
			if host == domain || strings.HasSuffix(host, "."+domain) {
				note(r.say("L17", at.Span(), "the claim %s is dropped from the %s: %s is a domain of the platform", short(name), tokenWord(token), host),
					"use a domain of your own as the namespace; it need not exist")
				return
			}
		}
	case strings.HasPrefix(name, "urn:auth0"):
		note(r.say("L17", at.Span(), "the claim %s is dropped from the %s: urn:auth0 is the platform's own", short(name), tokenWord(token)),
			"use a URL or a URN of your own as the namespace")
	case whole && name != "" && !strings.ContainsAny(name, ":/") && !slices.Contains(profile, name):
		d := r.say("L17", at.Span(), "the claim %s has no namespace: tenants that require namespaces drop it from the %s, and so does every token for the platform's own APIs", name, tokenWord(token))
		d.Severity = diag.Note
		note(d, own, name)
	}
}

func tokenWord(token string) string {
	if token == "idToken" {
		return "ID token"
	}
	return "access token"
}
