package runtime

import (
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// Claim is one claim of a token. Its value is decoded JSON, shared with the
// outcome's user or context.
type Claim struct {
	Name  string
	Value any
}

// Claims are the claims of one token in the order of its JSON form.
type Claims []Claim

// Get is the value of the claim with this name.
func (c Claims) Get(name string) (any, bool) {
	for i := range c {
		if c[i].Name == name {
			return c[i].Value, true
		}
	}
	return nil, false
}

// set replaces a claim in its place or appends it.
func (c *Claims) set(name string, value any) {
	for i := range *c {
		if (*c)[i].Name == name {
			(*c)[i].Value = value
			return
		}
	}
	*c = append(*c, Claim{name, value})
}

// DropReason is the stable name of why a claim does not reach a token.
type DropReason string

const (
	DropRestricted     DropReason = "restricted"      // a name that rules cannot set
	DropAuth0Namespace DropReason = "auth0-namespace" // a namespace that belongs to the platform
	DropNotNamespaced  DropReason = "not-namespaced"  // the regime before 2022-07-28
	DropAuth0Audience  DropReason = "auth0-audience"  // an API of the tenant takes namespaced claims only
	DropNotInScope     DropReason = "not-in-scope"    // a profile claim that the request does not ask for
	DropProfileClaim   DropReason = "profile-claim"   // a profile claim in the access token, before 2022-07-28
	DropWrongType      DropReason = "wrong-type"      // not an object, a text or a list, as the place wants it
	DropNoValue        DropReason = "no-value"        // a SAML mapping whose path leads nowhere
)

// DroppedClaim is something that a rule set and no token receives.
type DroppedClaim struct {
	Token  string // id, access, saml
	Claim  string // "" for all of them: the whole value is of the wrong type
	Reason DropReason
	// UserInfo is set when /userinfo shows the claim all the same: before
	// 2022-07-28 it did so with claims in a namespace of the platform.
	UserInfo bool
}

// restrictedClaims are the names that custom claims cannot take. An attempt is
// ignored; the login does not fail.
//
// Source: Auth0, "Create custom claims", general restrictions.
var restrictedClaims = nameSet(`acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty
	dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id
	org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub
	sub_jwk toe txn typ uuid vot vtm x5t#S256`)

const (
	scopeProfile = iota
	scopeEmail
	scopePhone
	scopeAddress
)

// profileScopes are the standard scopes that ask for claims about the user.
var profileScopes = [...]string{scopeProfile: "profile", scopeEmail: "email", scopePhone: "phone", scopeAddress: "address"}

// profileClaim is a standard claim of OpenID Connect about the user.
type profileClaim struct {
	name  string
	scope int    // the scope that asks for it, an index of profileScopes
	other string // a second property of user that holds it; "" for none
}

// profileClaims are the claims that the standard scopes ask for, in the order in
// which OpenID Connect Core lists them (sections 5.1 and 5.4). They are also the
// standard claims that rules may set.
var profileClaims = [...]profileClaim{
	{name: "name", scope: scopeProfile},
	{name: "given_name", scope: scopeProfile},
	{name: "family_name", scope: scopeProfile},
	{name: "middle_name", scope: scopeProfile},
	{name: "nickname", scope: scopeProfile},
	{name: "preferred_username", scope: scopeProfile},
	{name: "profile", scope: scopeProfile},
	{name: "picture", scope: scopeProfile},
	{name: "website", scope: scopeProfile},
	{name: "email", scope: scopeEmail},
	{name: "email_verified", scope: scopeEmail},
	{name: "gender", scope: scopeProfile},
	{name: "birthdate", scope: scopeProfile},
	{name: "zoneinfo", scope: scopeProfile},
	{name: "locale", scope: scopeProfile},
	{name: "phone_number", scope: scopePhone},
	{name: "phone_number_verified", scope: scopePhone, other: "phone_verified"},
	{name: "address", scope: scopeAddress},
	{name: "updated_at", scope: scopeProfile},
}

// profileNames is the scope of each profile claim.
var profileNames = func() map[string]int {
	names := make(map[string]int, len(profileClaims))
	for _, claim := range profileClaims {
		names[claim.name] = claim.scope
	}
	return names
}()

func nameSet(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// namespace is what kind of name a claim has.
type namespace uint8

const (
	plainName     namespace = iota // no namespace
	webNamespace                   // an http or https URL
	urnNamespace                   // urn:…
	auth0Reserved                  // a URL at one of the platform's hosts, or urn:auth0
)

// reservedHosts are the hosts, with all below them, that are no namespace.
var reservedHosts = [...]string{"auth0.com", "webtask.io", "webtask.run"}

// namespaceOf classifies a claim's name. Only the URL's host decides, as a browser
// reads it: case, port, user name, a trailing dot, tabs, backslashes, full-width
// letters and percent signs hide no reserved host, and auth0.com.example.com or
// a reserved host in the path is a name like any other.
//
//	https://example.com/roles       URL namespace
//	https://x.auth0.com:8443/roles  reserved
//	https://auth0.com@example.com/  URL namespace, the host is example.com
//	urn:acme:roles                  URN namespace
//	urn:auth0:roles                 reserved
//	app:roles, https:/roles         no namespace
func namespaceOf(name string) namespace {
	if strings.IndexByte(name, ':') < 0 {
		return plainName
	}
	rest, web := cutWebScheme(name)
	if web {
		if host, ok := plainHost(rest); ok {
			return hostNamespace(host)
		}
	}
	if kind, ok := plainURN(name); ok {
		return kind
	}
	url, err := whatwg.Parse(name)
	if err != nil {
		return plainName
	}
	switch url.Scheme() {
	case "http", "https":
		host := strings.TrimRight(url.Hostname(), ".")
		if host == "" {
			return plainName
		}
		if kind := hostNamespace(host); kind == auth0Reserved || web {
			return kind
		}
	case "urn":
		id, _, _ := strings.Cut(url.Pathname(), ":")
		id, _, _ = strings.Cut(id, "/")
		switch {
		case strings.EqualFold(id, "auth0"):
			return auth0Reserved
		case id != "":
			return urnNamespace
		}
	}
	return plainName
}

// plainURN classifies a URN of letters, digits and the like, which needs no parsing.
func plainURN(name string) (namespace, bool) {
	rest, ok := strings.CutPrefix(name, "urn:")
	if !ok {
		return plainName, false
	}
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == ':' || c == '.' || c == '-' || c == '_') {
			return plainName, false
		}
	}
	switch id, _, _ := strings.Cut(rest, ":"); {
	case strings.EqualFold(id, "auth0"):
		return auth0Reserved, true
	case id != "":
		return urnNamespace, true
	}
	return plainName, true
}

// plainHost is the host of a URL whose host needs no parsing: letters, digits,
// dots and hyphens up to a slash or the end.
func plainHost(rest string) (string, bool) {
	end := len(rest)
	for i := 0; i < len(rest); i++ {
		c := rest[i]
		if c == '/' {
			end = i
			break
		}
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-') {
			return "", false
		}
	}
	host := strings.TrimRight(rest[:end], ".")
	return host, host != ""
}

func hostNamespace(host string) namespace {
	if isBelow(host, reservedHosts[:]) {
		return auth0Reserved
	}
	return webNamespace
}

// isBelow reports whether host is one of the domains or below one, in any case of
// letters.
func isBelow(host string, domains []string) bool {
	for _, domain := range domains {
		cut := len(host) - len(domain)
		if cut >= 0 && strings.EqualFold(host[cut:], domain) && (cut == 0 || host[cut-1] == '.') {
			return true
		}
	}
	return false
}

// tenantAPIs are the paths of the tenant's own APIs, whose access tokens take no
// claim without a namespace. /userinfo is not among them.
var tenantAPIs = map[string]bool{"/api": true, "/api/v2": true, "/mfa": true}

// tenantDomains are where the platform hosts its tenants.
var tenantDomains = [...]string{"auth0.com", "auth0app.com"}

// isTenantAPI reports whether an audience is one of the tenant's own APIs: at one
// of the tenant's hosts, or at any host of the platform.
func isTenantAPI(audience string, hosts []string) bool {
	rest, web := cutWebScheme(audience)
	if !web {
		return false
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	host = strings.TrimRight(host, ".")
	if !tenantAPIs[strings.TrimSuffix(path, "/")] {
		return false
	}
	if isBelow(host, tenantDomains[:]) {
		return true
	}
	for _, own := range hosts {
		if strings.EqualFold(host, own) {
			return true
		}
	}
	return false
}
