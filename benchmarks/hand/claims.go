package hand

import (
	"strings"
	"time"

	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

func adminAndGuest(user, context map[string]any, _ time.Time) error {
	metadata, ok := objectOr(user, "app_metadata")
	if !ok {
		return ErrType
	}
	roles := []any{"guest"}
	if user["email"] == "admin@example.com" && truthy(user["email_verified"]) {
		roles = []any{"guest", "admin"}
	}
	token, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	metadata["roles"] = roles
	token["https://example.com/roles"] = roles
	return nil
}

func claimsGuarded(_, context map[string]any, _ time.Time) error {
	authorization, _ := context["authorization"].(map[string]any)
	roles := authorization["roles"]
	if !truthy(roles) {
		return nil
	}
	id, ok := objectOr(context, "idToken")
	if !ok {
		return ErrType
	}
	access, ok := objectOr(context, "accessToken")
	if !ok {
		return ErrType
	}
	id["https://example.com/roles"] = roles
	access["https://example.com/roles"] = roles
	return nil
}

func pushIntoMetadata(user, context map[string]any, _ time.Time) error {
	metadata, ok := objectOr(user, "app_metadata")
	if !ok {
		return ErrType
	}
	roles, ok := metadata["roles"].([]any)
	if !ok && truthy(metadata["roles"]) {
		return ErrType
	}
	if truthy(user["email_verified"]) {
		if verified, _ := contains(roles, "verified"); !verified {
			roles = append(roles, "verified")
		}
	}
	stats, ok := context["stats"].(map[string]any)
	if !ok && context["stats"] == nil {
		return ErrType
	}
	if above(stats, "loginsCount", 5) {
		if regular, _ := contains(roles, "regular"); !regular {
			roles = append(roles, "regular")
		}
	}
	if roles == nil {
		roles = []any{}
	}
	metadata["roles"] = roles
	user["roles"] = roles
	return nil
}

// above is `object[key] > limit`; absent is undefined, which is above nothing.
func above(object map[string]any, key string, limit float64) bool {
	value := object[key]
	if n, ok := value.(float64); ok {
		return n > limit
	}
	if value == nil {
		return false // null is 0, and no limit is negative
	}
	n, err := jsvalue.ToNumber(value)
	return err == nil && n > limit
}

func roleFromDomain(user, context map[string]any, _ time.Time) error {
	metadata, ok := objectOr(user, "app_metadata")
	if !ok {
		return ErrType
	}
	email, ok := user["email"].(string)
	if !ok && truthy(user["email"]) {
		return ErrType
	}
	roles := []any{"user"}
	if strings.HasSuffix(email, "@example.com") {
		roles = []any{"admin"}
	}
	token, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	metadata["roles"] = roles
	token["https://acme.example/roles"] = roles
	return nil
}

func namespacedClaims(user, context map[string]any, _ time.Time) error {
	id, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	access, ok := context["accessToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	assign(id, "https://example.com/claims/email", user, "email")
	assign(access, "https://example.com/claims/email", user, "email")
	metadata, ok := user["app_metadata"].(map[string]any)
	if !ok && !truthy(user["app_metadata"]) {
		assign(id, "https://example.com/claims/plan", user, "app_metadata")
		return nil
	}
	assign(id, "https://example.com/claims/plan", metadata, "plan")
	return nil
}

func emailToAccessToken(user, context map[string]any, _ time.Time) error {
	token, ok := context["accessToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	assign(token, "https://acme.example/email", user, "email")
	return nil
}

// groupClaims are the groups that matter and their claims.
var groupClaims = [...]struct{ group, claim string }{
	{"Finance", "https://acme.example/is_finance"}, {"HR", "https://acme.example/is_hr"}, {"IT", "https://acme.example/is_it"},
}

func groupFlags(user, context map[string]any, _ time.Time) error {
	token, ok := context["idToken"].(map[string]any)
	if !ok {
		return ErrType
	}
	groups := user["groups"]
	if !truthy(groups) {
		groups = []any(nil)
	}
	for _, wanted := range groupClaims {
		member, ok := contains(groups, wanted.group)
		if !ok {
			return ErrType
		}
		token[wanted.claim] = member
	}
	return nil
}

func samlMapping(user, context map[string]any, _ time.Time) error {
	if context["clientID"] != "saml-app" {
		return nil
	}
	saml, ok := context["samlConfiguration"].(map[string]any)
	if !ok {
		return ErrType
	}
	name, err := fullName(user["given_name"], user["family_name"])
	if err != nil {
		return err
	}
	user["fullName"] = name
	saml["mappings"] = map[string]any{
		"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name":         "fullName",
		"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress": "email",
	}
	saml["nameIdentifierFormat"] = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
	saml["nameIdentifierProbes"] = []any{"http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"}
	return nil
}

// fullName joins what is truthy of two names with a space.
func fullName(given, family any) (string, error) {
	switch {
	case truthy(given) && truthy(family):
		first, ok := given.(string)
		last, also := family.(string)
		if ok && also {
			return first + " " + last, nil
		}
		return jsvalue.Join([]any{given, family}, " ")
	case truthy(given):
		return jsvalue.ToString(given)
	case truthy(family):
		return jsvalue.ToString(family)
	}
	return "", nil
}
