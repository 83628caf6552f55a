package runtime

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func samlOf(t *testing.T, user, context string, legacy bool) Tokens {
	t.Helper()
	login := object(t, context)
	if login["protocol"] == nil {
		login["protocol"] = ProtocolSAML
	}
	return tokensOf(t, TokenInput{User: object(t, user), Context: login, TokenOptions: TokenOptions{LegacyClaims: legacy}})
}

// Contract 3.3: effective for SAML and WS-Federation only.
func TestSAMLProtocols(t *testing.T) {
	for _, protocol := range []string{ProtocolSAML, ProtocolWSFed} {
		assert.NotNil(t, tokensOf(t, TokenInput{Context: loginContext(protocol, nil)}).SAML, protocol)
	}
	for _, protocol := range []string{ProtocolBasic, ProtocolImplicit, ProtocolWSTrust, ProtocolRedirectCallback, ""} {
		assert.Nil(t, tokensOf(t, TokenInput{Context: loginContext(protocol, nil)}).SAML, protocol)
	}
	resumed := map[string]any{"protocol": ProtocolRedirectCallback, "original_protocol": ProtocolSAML}
	assert.NotNil(t, tokensOf(t, TokenInput{Context: resumed}).SAML)
}

// Contract 3.3 and 4: mappings go from output attribute to a path in user, with
// the claims of context.idToken merged in.
func TestSAMLMappings(t *testing.T) {
	const user = `{"email":"e","upn":null,"transient":"set by a rule","a.b":"whole name","a":{"b":"path","c":{"d":1}},
		"user_metadata":{"color":"blue","empty":null},"app_metadata":{"plan":"gold","seats":5},"groups":["g1","g2"],"identities":[{"provider":"auth0"}],"flag":false,"zero":0}`
	tests := []struct {
		name, path, claims string
		legacy             bool
		want               any // nil: dropped as no-value
	}{
		{"root property", "email", `{}`, false, "e"},
		{"transient root property", "transient", `{}`, false, "set by a rule"},
		{"dots", "user_metadata.color", `{}`, false, "blue"},
		{"deep", "a.c.d", `{}`, false, 1.0},
		{"an object", "a.c", `{}`, false, map[string]any{"d": 1.0}},
		{"a list", "groups", `{}`, false, []any{"g1", "g2"}},
		{"an element", "identities.0.provider", `{}`, false, "auth0"},
		{"no element", "identities.1.provider", `{}`, false, nil},
		{"no canonical index", "identities.00.provider", `{}`, false, nil},
		{"a property with dots in its name first", "a.b", `{}`, false, "whole name"},
		{"false is a value", "flag", `{}`, false, false},
		{"0 is a value", "zero", `{}`, false, 0.0},
		{"missing", "nothing", `{}`, false, nil},
		{"missing below", "email.x", `{}`, false, nil},
		{"null", "user_metadata.empty", `{}`, false, nil},
		{"empty path", "", `{}`, false, nil},
		{"only dots", "..", `{}`, false, nil},
		{"prototype names lead nowhere", "constructor.name", `{}`, false, nil},
		{"a claim", "color", `{"color":"red"}`, false, "red"},
		{"a claim hides the user's property", "email", `{"email":"of the claim"}`, false, "of the claim"},
		{"a namespaced claim", "https://example.com/color", `{"https://example.com/color":"red"}`, false, "red"},
		{"below a namespaced claim", "https://example.com/address.city", `{"https://example.com/address":{"city":"x"}}`, false, "x"},
		{"metadata in the claims replaces the user's", "app_metadata.plan", `{"app_metadata":{}}`, false, nil},
		{"and is used", "app_metadata.plan", `{"app_metadata":{"plan":"claim"}}`, false, "claim"},
		{"user metadata likewise", "user_metadata.color", `{"user_metadata":{}}`, false, nil},
		{"until 2022 metadata was merged", "app_metadata.plan", `{"app_metadata":{"x":1}}`, true, "gold"},
		{"the claim's part wins", "app_metadata.plan", `{"app_metadata":{"plan":"claim"}}`, true, "claim"},
		{"other objects were not merged", "a.c.d", `{"a":{"c":{}}}`, true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			context := object(t, `{"idToken":`+tt.claims+`,"samlConfiguration":{"mappings":{}}}`)
			context["protocol"] = ProtocolSAML
			context["samlConfiguration"].(map[string]any)["mappings"].(map[string]any)["out"] = tt.path
			tokens := tokensOf(t, TokenInput{User: object(t, user), Context: context, TokenOptions: TokenOptions{LegacyClaims: tt.legacy}})
			var samlDrops []DroppedClaim
			for _, dropped := range tokens.Dropped {
				if dropped.Token == "saml" {
					samlDrops = append(samlDrops, dropped)
				}
			}
			if tt.want == nil {
				assert.Empty(t, tokens.SAML.Attributes)
				assert.Equal(t, []DroppedClaim{{Token: "saml", Claim: "out", Reason: DropNoValue}}, samlDrops)
				return
			}
			assert.Equal(t, Claims{{"out", tt.want}}, tokens.SAML.Attributes)
			assert.Empty(t, samlDrops)
		})
	}
}

func TestSAMLConfiguration(t *testing.T) {
	t.Run("the standard mapping without mappings", func(t *testing.T) {
		tokens := samlOf(t, `{"user_id":"auth0|1","email":"e","name":"n","given_name":"g","family_name":"f","upn":"u","groups":["x"],"nickname":"unmapped"}`, `{}`, false)
		const ns = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
		assert.Equal(t, map[string]any{
			ns + "nameidentifier": "auth0|1", ns + "emailaddress": "e", ns + "name": "n", ns + "givenname": "g", ns + "surname": "f", ns + "upn": "u",
			"http://schemas.xmlsoap.org/claims/Group": []any{"x"},
		}, claimMap(tokens.SAML.Attributes))
		assert.Nil(t, tokens.SAML.Configuration)
		assert.Len(t, samlOf(t, `{"email":"e"}`, `{}`, false).SAML.Attributes, 1)
		assert.Empty(t, samlOf(t, `{"email":"e"}`, `{}`, false).Dropped, "nobody asked for the standard ones")
	})
	t.Run("mappings replace it", func(t *testing.T) {
		tokens := samlOf(t, `{"user_id":"auth0|1"}`, `{"samlConfiguration":{"mappings":{}}}`, false)
		assert.Empty(t, tokens.SAML.Attributes)
	})
	t.Run("options are handed on", func(t *testing.T) {
		tokens := samlOf(t, `{}`, `{"protocol":"wsfed","samlConfiguration":{"lifetimeInSeconds":600,"wctx":"x"}}`, false)
		assert.Equal(t, map[string]any{"lifetimeInSeconds": 600.0, "wctx": "x"}, tokens.SAML.Configuration)
	})
	t.Run("wrong types", func(t *testing.T) {
		tokens := samlOf(t, `{"email":"e"}`, `{"samlConfiguration":"x"}`, false)
		assert.Equal(t, []DroppedClaim{{Token: "saml", Reason: DropWrongType}}, tokens.Dropped)
		require.Len(t, tokens.SAML.Attributes, 1)
		tokens = samlOf(t, `{"email":"e"}`, `{"samlConfiguration":{"mappings":["email"]}}`, false)
		assert.Equal(t, []DroppedClaim{{Token: "saml", Claim: "mappings", Reason: DropWrongType}}, tokens.Dropped)
		tokens = samlOf(t, `{"email":"e"}`, `{"samlConfiguration":{"mappings":{"a":1,"b":"email"}}}`, false)
		assert.Equal(t, []DroppedClaim{{Token: "saml", Claim: "a", Reason: DropWrongType}}, tokens.Dropped)
		assert.Equal(t, Claims{{"b", "e"}}, tokens.SAML.Attributes)
	})
	t.Run("user that the rules dropped", func(t *testing.T) {
		assert.NotNil(t, tokensOf(t, TokenInput{Context: map[string]any{"protocol": ProtocolSAML}}).SAML)
	})
}
