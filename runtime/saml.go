package runtime

import (
	"strings"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
	"github.com/ferrule-rules/ferrule/stdlib/jsvalue"
)

// SAML is what the rules gave to a SAML or WS-Federation response.
type SAML struct {
	// Configuration is context.samlConfiguration as the rules left it: it overrides
	// the application's own settings. Defaults are not filled in. nil when absent.
	Configuration map[string]any
	// Attributes are the mapped attributes with their values, in the order of the
	// mapping. What passthroughClaimsWithNoMapping adds is not computed.
	Attributes Claims
}

const identityClaims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"

// standardMapping holds when samlConfiguration has no mappings.
var standardMapping = [...]struct{ attribute, path string }{
	{identityClaims + "nameidentifier", "user_id"},
	{identityClaims + "emailaddress", "email"},
	{identityClaims + "name", "name"},
	{identityClaims + "givenname", "given_name"},
	{identityClaims + "surname", "family_name"},
	{identityClaims + "upn", "upn"},
	{"http://schemas.xmlsoap.org/claims/Group", "groups"},
}

// saml reads context.samlConfiguration and resolves its mappings.
//
// A mapping's path is looked up in user with the claims of context.idToken laid
// over it, all of them, also those that no ID token receives. The size limits that
// are published for Actions were none of rules and are not applied.
func (b *tokenBuilder) saml() {
	if b.flow.protocol != ProtocolSAML && b.flow.protocol != ProtocolWSFed {
		return
	}
	raw := readPlain(b.in.Context["samlConfiguration"])
	configuration, ok := raw.(map[string]any)
	if !ok && raw != nil {
		b.drop("saml", "", DropWrongType)
	}
	b.out.SAML = &SAML{Configuration: configuration}
	claims := readObject(b.in.Context["idToken"])
	switch mappings := readPlain(configuration["mappings"]).(type) {
	case map[string]any:
		for _, attribute := range b.in.Order.Keys(mappings) {
			path, ok := readText(mappings[attribute])
			if !ok {
				b.drop("saml", attribute, DropWrongType)
				continue
			}
			if !b.attribute(claims, attribute, path) {
				b.drop("saml", attribute, DropNoValue)
			}
		}
		return
	case nil:
	default:
		b.drop("saml", "mappings", DropWrongType)
	}
	for _, entry := range standardMapping {
		b.attribute(claims, entry.attribute, entry.path)
	}
}

// attribute adds an attribute when its path leads to a value.
func (b *tokenBuilder) attribute(claims map[string]any, name, path string) bool {
	value := b.resolve(claims, path)
	if value == nil {
		return false
	}
	b.out.SAML.Attributes = append(b.out.SAML.Attributes, Claim{name, value})
	return true
}

// resolve looks a path up: a property of that very name first, then every name that
// ends at a dot, because claims have dots in their names, and from there step by
// step.
func (b *tokenBuilder) resolve(claims map[string]any, path string) any {
	if value := b.root(claims, path); value != nil {
		return value
	}
	for i := 0; i < len(path); i++ {
		if path[i] != '.' {
			continue
		}
		if value := descend(b.root(claims, path[:i]), path[i+1:]); value != nil {
			return value
		}
	}
	return nil
}

// root is a property of the attribute set. A claim hides the user's property of
// the same name; before 2022-07-28 metadata was merged, first level, instead.
func (b *tokenBuilder) root(claims map[string]any, name string) any {
	claim, ok := claims[name]
	if !ok {
		return b.in.User[name]
	}
	if !b.in.LegacyClaims || name != "app_metadata" && name != "user_metadata" {
		return claim
	}
	over, own := readObject(claim), readObject(b.in.User[name])
	if over == nil || own == nil {
		return claim
	}
	merged := make(map[string]any, len(own)+len(over))
	for key, value := range own {
		merged[key] = value
	}
	for key, value := range over {
		merged[key] = value
	}
	return merged
}

// descend follows the rest of a path in objects and, by index, in lists.
func descend(value any, path string) any {
	for more := true; more && value != nil; {
		var step string
		step, path, more = strings.Cut(path, ".")
		value = child(value, step)
	}
	return value
}

func child(value any, step string) any {
	switch v := readPlain(value).(type) {
	case map[string]any:
		return v[step]
	case []any:
		if index, ok := jsvalue.ArrayIndex(step); ok && int(index) < len(v) {
			return v[index]
		}
	}
	return nil
}

func (s *SAML) appendJSON(dst []byte, order *jsondoc.Order) ([]byte, error) {
	if s == nil {
		return append(dst, "null"...), nil
	}
	dst, err := jsondoc.Append(append(dst, `{"configuration":`...), s.Configuration, order)
	if err != nil {
		return nil, err
	}
	if dst, err = s.Attributes.appendJSON(append(dst, `,"attributes":`...), order); err != nil {
		return nil, err
	}
	return append(dst, '}'), nil
}
