package runtime

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

func object(t testing.TB, text string) map[string]any {
	t.Helper()
	var tree map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &tree))
	return tree
}

// claimMap is claims as a map.
func claimMap(claims Claims) map[string]any {
	m := map[string]any{}
	for _, claim := range claims {
		m[claim.Name] = claim.Value
	}
	return m
}

func tokensOf(t testing.TB, in TokenInput) Tokens {
	t.Helper()
	tokens, err := EffectiveTokens(in)
	require.Nil(t, err)
	return tokens
}

// The list of contract 4.1, word for word.
const contractRestricted = "acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256"

func TestRestrictedNames(t *testing.T) {
	names := strings.Fields(contractRestricted)
	assert.Len(t, restrictedClaims, len(names))
	for _, name := range names {
		for _, legacy := range []bool{false, true} {
			tokens := tokensOf(t, TokenInput{
				Context:      map[string]any{"idToken": map[string]any{name: 1.0}, "accessToken": map[string]any{name: 1.0}},
				TokenOptions: TokenOptions{LegacyClaims: legacy},
			})
			assert.Empty(t, tokens.ID, name)
			assert.Empty(t, tokens.Access, name)
			assert.Equal(t, []DroppedClaim{{Token: "id", Claim: name, Reason: DropRestricted}, {Token: "access", Claim: name, Reason: DropRestricted}}, tokens.Dropped)
		}
	}
	kept := tokensOf(t, TokenInput{Context: object(t, `{"idToken":{"Roles":1,"role":2,"app_metadata":{}}}`)})
	assert.Len(t, kept.ID, 3, "names are compared as they are written")
}

// Contract 4.1, the table of the two regimes, and Auth0 audiences.
func TestClaimNames(t *testing.T) {
	const managementAPI = "https://acme.eu.auth0.com/api/v2/"
	type want struct{ id, access DropReason }
	tests := []struct {
		name     string
		scope    string
		audience string
		legacy   bool
		want     want
	}{
		{"color", "openid", "", false, want{"", ""}},
		{"color", "openid", "", true, want{DropNotNamespaced, DropNotNamespaced}},
		{"color", "openid", managementAPI, false, want{"", DropAuth0Audience}},
		{"color", "openid", "https://acme.eu.auth0.com/userinfo", false, want{"", ""}},
		{"color", "openid", "https://api.example.com/", false, want{"", ""}},
		{"https://example.com/color", "openid", "", false, want{"", ""}},
		{"https://example.com/color", "openid", "", true, want{"", ""}},
		{"https://example.com/color", "openid", managementAPI, false, want{"", ""}},
		{"http://example.com", "openid", managementAPI, true, want{"", ""}},
		{"https://acme.auth0.com/color", "openid", "", false, want{DropAuth0Namespace, DropAuth0Namespace}},
		{"https://acme.auth0.com/color", "openid", "", true, want{DropAuth0Namespace, DropAuth0Namespace}},
		{"urn:acme:color", "openid", "", false, want{"", ""}},
		{"urn:acme:color", "openid", "", true, want{DropNotNamespaced, DropNotNamespaced}},
		{"urn:acme:color", "openid", managementAPI, false, want{"", DropAuth0Audience}},
		{"urn:auth0:color", "openid", "", false, want{DropAuth0Namespace, DropAuth0Namespace}},
		{"urn:auth0", "openid", "", false, want{DropAuth0Namespace, DropAuth0Namespace}},
		{"email", "openid email", "", false, want{"", ""}},
		{"email", "openid", "", false, want{"", DropNotInScope}},
		{"email", "", "", false, want{"", DropNotInScope}},
		{"email", "openid emails", "", false, want{"", DropNotInScope}},
		{"email", "openid email", "", true, want{"", DropProfileClaim}},
		{"email", "openid email", managementAPI, false, want{"", DropAuth0Audience}},
		{"nickname", "openid profile", "", false, want{"", ""}},
		{"nickname", "openid email", "", false, want{"", DropNotInScope}},
		{"address", "openid address", "", false, want{"", ""}},
		{"phone_number_verified", "openid phone", "", false, want{"", ""}},
		{"", "openid", "", false, want{"", ""}},
		{"__proto__", "openid", "", false, want{"", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.scope+" "+tt.audience, func(t *testing.T) {
			context := loginContext(ProtocolBasic, map[string]any{"scope": tt.scope, "audience": tt.audience})
			context["idToken"] = map[string]any{tt.name: "v"}
			context["accessToken"] = map[string]any{tt.name: "v"}
			tokens := tokensOf(t, TokenInput{Context: context, TokenOptions: TokenOptions{LegacyClaims: tt.legacy}})
			reasons := map[string]DropReason{}
			for _, dropped := range tokens.Dropped {
				assert.Equal(t, tt.name, dropped.Claim)
				reasons[dropped.Token] = dropped.Reason
				assert.Equal(t, tt.legacy && dropped.Token == "id" && dropped.Reason == DropAuth0Namespace, dropped.UserInfo)
			}
			assert.Equal(t, tt.want, want{reasons["id"], reasons["access"]})
			_, kept := tokens.ID.Get(tt.name)
			assert.Equal(t, tt.want.id == "", kept)
			_, kept = tokens.Access.Get(tt.name)
			assert.Equal(t, tt.want.access == "", kept)
		})
	}
}

func TestNamespaceOf(t *testing.T) {
	tests := map[namespace][]string{
		plainName: {"", "color", "app:color", "https", "https:", "https://", "https:///", "https:/example.com", "https:example.com", "://x", "urn:",
			"urn::x", "javascript:x", "mailto:a@auth0.com", "ftp://auth0.com/", "https://exa mple.com/x", "https://[zz]/", "auth0.com/x", "xurn:auth0:y", "https://..."},
		webNamespace: {"http://example.com", "https://example.com/", "HTTPS://EXAMPLE.COM/x", "https://example.com:8443/x", "https://u:p@example.com/",
			"https://auth0.com@example.com/", "https://auth0.com:x@example.com/", "https://notauth0.com/", "https://auth0.com.example.com/", "https://auth0.community/",
			"https://example.com/auth0.com", "https://example.com/?h=https://auth0.com", "https://example.com#auth0.com", "https://auth0com/", "https://webtask.io.example/",
			"https://[::1]/x", "https://127.0.0.1/x", "https://example.com./x", "http://mydomain/x"},
		urnNamespace: {"urn:acme:color", "URN:acme", "urn:auth0x:color", "urn:acme/auth0", "urn:acme:auth0"},
		auth0Reserved: {"https://auth0.com", "http://auth0.com/", "https://acme.auth0.com/x", "https://acme.eu.auth0.com/x", "https://webtask.io/x", "https://a.webtask.io/x",
			"https://webtask.run/x", "https://a.b.webtask.run", "HTTPS://ACME.AUTH0.COM/x", "https://acme.Auth0.Com/", "https://auth0.com:443/x", "https://auth0.com:8443/x",
			"https://example.com@auth0.com/", "https://example.com:x@auth0.com/", "https://auth0.com./x", "https://auth0.com.:443/x", "https://auth0.com?x", "https://auth0.com#x",
			"https://auth0.com\\@example.com/", "https:\\\\auth0.com/x", "https:auth0.com", "https:/auth0.com/x", " https://auth0.com/x", "https://au\tth0.com/x", "ht\ntps://auth0.com/x",
			"https://%61uth0.com/x", "https://auth0%2Ecom/x", "https://ａuth0.com/x", "https://auth0。com/x", "https://AUTH0。com/x", "urn:auth0", "urn:auth0:color", "URN:AUTH0:color", "urn:auth0/color"},
	}
	for want, names := range tests {
		for _, name := range names {
			assert.Equal(t, want, namespaceOf(name), "%q", name)
		}
	}
}

func TestIsTenantAPI(t *testing.T) {
	yes := []string{"https://acme.auth0.com/api/v2/", "https://acme.auth0.com/api/v2", "https://acme.eu.auth0.com/api", "https://acme.eu.auth0.com/mfa/", "HTTPS://ACME.AUTH0.COM/mfa",
		"https://acme.auth0app.com/api/v2/", "https://login.acme.example/api/v2/", "https://LOGIN.acme.example./mfa"}
	no := []string{"", "acme", "urn:acme", "https://acme.auth0.com/userinfo", "https://acme.auth0.com/", "https://acme.auth0.com", "https://acme.auth0.com/api/v1", "https://acme.auth0.com/api/v2/users",
		"https://api.example.com/api/v2/", "https://auth0.com.example/api/v2/", "https://notauth0.com/api", "https://a.login.acme.example/mfa", "acme.auth0.com/api/v2"}
	hosts := []string{"login.acme.example"}
	for _, audience := range yes {
		assert.True(t, isTenantAPI(audience, hosts), "%q", audience)
	}
	for _, audience := range no {
		assert.False(t, isTenantAPI(audience, hosts), "%q", audience)
	}
}

const fullUser = `{"user_id":"auth0|1","name":"n","given_name":"g","family_name":"f","middle_name":"m","nickname":"nick","preferred_username":"pu","profile":"p",
	"picture":"pic","website":"w","email":"e","email_verified":true,"gender":"ge","birthdate":"b","zoneinfo":"z","locale":"l","phone_number":"+1","phone_verified":false,
	"address":{"country":"DE"},"updated_at":"2026-01-01","favorite_color":"blue","app_metadata":{"plan":"x"},"roles":["r"],"jti":"j1","iss":"evil"}`

// Contract 4: root properties of user reach the token as far as the scope asks.
func TestProfileClaims(t *testing.T) {
	profile := "name given_name family_name middle_name nickname preferred_username profile picture website gender birthdate zoneinfo locale updated_at"
	tests := []struct{ scope, want string }{
		{"", ""},
		{"openid", ""},
		{"openid profile", profile},
		{"openid email", "email email_verified"},
		{"phone", "phone_number phone_number_verified"},
		{"address", "address"},
		{"  openid   email  phone ", "email email_verified phone_number phone_number_verified"},
		{"openid profiles favorite_color roles iss", ""},
	}
	for _, tt := range tests {
		t.Run(tt.scope, func(t *testing.T) {
			tokens := tokensOf(t, TokenInput{User: object(t, fullUser), Context: loginContext(ProtocolBasic, map[string]any{"scope": tt.scope})})
			got := []string{}
			for _, claim := range tokens.ID {
				got = append(got, claim.Name)
			}
			assert.ElementsMatch(t, strings.Fields(tt.want), got)
			assert.Empty(t, tokens.Access)
			assert.Empty(t, tokens.Dropped)
		})
	}
	t.Run("the scope of a password grant is in the body", func(t *testing.T) {
		context := map[string]any{"protocol": ProtocolPassword, "request": map[string]any{"body": map[string]any{"scope": "openid email"}}}
		assert.Equal(t, Claims{{"email", "e"}, {"email_verified", true}}, tokensOf(t, TokenInput{User: object(t, fullUser), Context: context}).ID)
	})
	t.Run("a rule's picture", func(t *testing.T) {
		user := map[string]any{"picture": "https://x/new.png", "name": nil}
		tokens := tokensOf(t, TokenInput{User: user, Context: loginContext(ProtocolBasic, map[string]any{"scope": "openid profile"})})
		assert.Equal(t, Claims{{"picture", "https://x/new.png"}}, tokens.ID, "null and absent properties are left out")
	})
	t.Run("context.idToken wins", func(t *testing.T) {
		context := loginContext(ProtocolBasic, map[string]any{"scope": "openid profile"})
		context["idToken"] = map[string]any{"picture": "of the rule", "color": nil}
		tokens := tokensOf(t, TokenInput{User: map[string]any{"picture": "of the user", "nickname": "n"}, Context: context})
		assert.Equal(t, map[string]any{"picture": "of the rule", "nickname": "n", "color": nil}, claimMap(tokens.ID))
	})
	t.Run("the login's scope, not what a rule writes or /continue brings", func(t *testing.T) {
		resumed := loginContext(ProtocolRedirectCallback, map[string]any{"scope": "openid profile email"})
		tokens := tokensOf(t, TokenInput{User: object(t, fullUser), Context: resumed, Login: loginContext(ProtocolBasic, map[string]any{"scope": "openid email"})})
		assert.Equal(t, Claims{{"email", "e"}, {"email_verified", true}}, tokens.ID)
	})
}

// Contract 4: applications that are not OIDC-conformant.
func TestLegacyProfile(t *testing.T) {
	context := loginContext(ProtocolBasic, map[string]any{"scope": "openid favorite_color roles app_metadata iss missing"})
	user := object(t, fullUser)
	tokens := tokensOf(t, TokenInput{User: user, Context: context, TokenOptions: TokenOptions{LegacyProfile: true}})
	assert.Equal(t, map[string]any{"favorite_color": "blue", "roles": []any{"r"}, "app_metadata": map[string]any{"plan": "x"}, "jti": "j1"}, claimMap(tokens.ID))
	assert.Empty(t, tokensOf(t, TokenInput{User: user, Context: context}).ID, "invisible in conformant flows")
	user["jti"] = 1.0
	_, ok := tokensOf(t, TokenInput{User: user, Context: context, TokenOptions: TokenOptions{LegacyProfile: true}}).ID.Get("jti")
	assert.False(t, ok)
}

// Contract 4 and 11.17: both forms of context.accessToken.scope.
func TestGrantedScope(t *testing.T) {
	tests := []struct {
		name    string
		scope   string // JSON
		want    []string
		dropped bool
	}{
		{"list", `["read:a","write:b"]`, []string{"read:a", "write:b"}, false},
		{"text", `"read:a  write:b "`, []string{"read:a", "write:b"}, false},
		{"empty list grants nothing", `[]`, []string{}, false},
		{"empty text grants nothing", `""`, []string{}, false},
		{"null", `null`, nil, false},
		{"number", `1`, nil, true},
		{"object", `{"0":"a"}`, nil, true},
		{"true", `true`, nil, true},
		{"list with others", `["a",1,null,["b"],"c d"]`, []string{"a", "c", "d"}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tokens := tokensOf(t, TokenInput{Context: object(t, `{"accessToken":{"scope":`+tt.scope+`}}`)})
			assert.Equal(t, tt.want, tokens.Scope)
			assert.Empty(t, tokens.Access, "scope is no custom claim")
			if tt.dropped {
				assert.Equal(t, []DroppedClaim{{Token: "access", Claim: "scope", Reason: DropWrongType}}, tokens.Dropped)
			} else {
				assert.Empty(t, tokens.Dropped)
			}
		})
	}
	assert.Nil(t, tokensOf(t, TokenInput{Context: object(t, `{"accessToken":{}}`)}).Scope)
	assert.Equal(t, []string{"a"}, tokensOf(t, TokenInput{Context: map[string]any{"accessToken": map[string]any{"scope": []string{"a"}}}}).Scope)
}

func TestSubject(t *testing.T) {
	user := map[string]any{"user_id": "auth0|1"}
	for value, want := range map[any]string{"auth0|2": "auth0|2", "": "auth0|1", nil: "auth0|1", 1.0: "auth0|1"} {
		assert.Equal(t, want, tokensOf(t, TokenInput{User: user, Context: map[string]any{"primaryUser": value}}).SubjectUserID, value)
	}
	assert.Empty(t, tokensOf(t, TokenInput{}).SubjectUserID)
}

// Contract 1.3 and 4.1: 100 KB of names and values, for each token by itself.
func TestClaimSize(t *testing.T) {
	const name = "https://example.com/big"
	fill := func(bytes int) string { return strings.Repeat("x", bytes-len(name)-len(`""`)) }
	input := func(token string, value any) TokenInput {
		return TokenInput{Context: map[string]any{token: map[string]any{name: value}}}
	}
	tokens := tokensOf(t, input("idToken", fill(MaxClaimBytes)))
	assert.Len(t, tokens.ID, 1)
	for _, token := range []string{"idToken", "accessToken"} {
		tokens, err := EffectiveTokens(input(token, fill(MaxClaimBytes+1)))
		require.NotNil(t, err)
		assert.Equal(t, KindLimit, err.Kind)
		assert.Equal(t, OAuthAccessDenied, err.OAuth)
		assert.Contains(t, err.Message, token)
		assert.Equal(t, Tokens{}, tokens)
	}
	both := map[string]any{"idToken": map[string]any{name: fill(MaxClaimBytes)}, "accessToken": map[string]any{name: fill(MaxClaimBytes)}}
	tokensOf(t, TokenInput{Context: both})

	split := map[string]any{"idToken": map[string]any{"a": fill(MaxClaimBytes / 2), "b": fill(MaxClaimBytes / 2), "c": strings.Repeat("x", 100)}}
	_, err := EffectiveTokens(TokenInput{Context: split})
	assert.NotNil(t, err, "all claims of a token count together")

	dropped := map[string]any{"idToken": map[string]any{"roles": fill(MaxClaimBytes * 2)}}
	assert.Len(t, tokensOf(t, TokenInput{Context: dropped}).Dropped, 1, "what is dropped does not count")

	profile := TokenInput{User: map[string]any{"picture": fill(MaxClaimBytes * 2)}, Context: loginContext(ProtocolBasic, map[string]any{"scope": "profile"})}
	assert.Len(t, tokensOf(t, profile).ID, 1, "the user's own profile is no custom claim")

	endless := map[string]any{}
	endless["again"] = endless
	_, err = EffectiveTokens(input("idToken", endless))
	assert.NotNil(t, err)
	list := make([]any, 1)
	list[0] = list
	_, err = EffectiveTokens(input("accessToken", list))
	assert.NotNil(t, err)
}

func TestTakeRoom(t *testing.T) {
	for _, text := range []string{`null`, `true`, `-1.5e+300`, `""`, `"é\"\u0000"`, `[]`, `{}`, `[1,"a",[],{}]`, `{"a":{"b":[null,false]},"ü":"😀"}`} {
		var value any
		require.NoError(t, json.Unmarshal([]byte(text), &value))
		data, err := jsondoc.Encode(value, nil)
		require.NoError(t, err)
		left, ok := takeRoom(1000, value)
		assert.True(t, ok)
		assert.Equal(t, len(data), 1000-left, text)
		if left, _ = takeRoom(len(data)-1, value); left >= 0 {
			t.Errorf("%s: takes less than it needs", text)
		}
	}
}

func TestTokensWrongTypes(t *testing.T) {
	tokens := tokensOf(t, TokenInput{Context: object(t, `{"idToken":"x","accessToken":[1]}`)})
	assert.Equal(t, []DroppedClaim{{Token: "id", Reason: DropWrongType}, {Token: "access", Reason: DropWrongType}}, tokens.Dropped)
	assert.Empty(t, tokensOf(t, TokenInput{Context: object(t, `{"idToken":null,"accessToken":null,"request":1,"protocol":{}}`)}).Dropped)
	tokens = tokensOf(t, TokenInput{Context: map[string]any{"idToken": map[string]any{"f": func() {}, "n": 1}}})
	assert.Equal(t, []DroppedClaim{{Token: "id", Claim: "f", Reason: DropWrongType}}, tokens.Dropped)
	assert.Len(t, tokens.ID, 1)
}

func TestTokensJSON(t *testing.T) {
	tree, order, err := jsondoc.Decode([]byte(`{"protocol":"samlp","primaryUser":"u","idToken":{"z":{"y":1,"b":"<"},"c":null,"roles":1},"accessToken":{"scope":["s"],"k":[1]},
		"samlConfiguration":{"mappings":{"z":"a.b","m":"no"}}}`))
	require.NoError(t, err)
	tokens := tokensOf(t, TokenInput{User: map[string]any{"a": map[string]any{"b": 1.0}}, Context: tree.(map[string]any), Order: order})
	got, err := tokens.AppendJSON([]byte("#"))
	require.NoError(t, err)
	want := `{"id":{"z":{"y":1,"b":"<"},"c":null},"access":{"k":[1]},"scope":["s"],"subject":"u",` +
		`"saml":{"configuration":{"mappings":{"z":"a.b","m":"no"}},"attributes":{"z":1}},` +
		`"dropped":[{"token":"id","claim":"roles","reason":"restricted"},{"token":"saml","claim":"m","reason":"no-value"}]}`
	assert.Equal(t, "#"+want, string(got))

	empty, err := json.Marshal(Tokens{})
	require.NoError(t, err)
	assert.JSONEq(t, `{"id":{},"access":{},"scope":null,"subject":"","saml":null,"dropped":[]}`, string(empty))

	legacy := tokensOf(t, TokenInput{Context: object(t, `{"idToken":{"https://auth0.com/x":1}}`), TokenOptions: TokenOptions{LegacyClaims: true}})
	got, err = legacy.AppendJSON(nil)
	require.NoError(t, err)
	assert.Contains(t, string(got), `{"token":"id","claim":"https://auth0.com/x","reason":"auth0-namespace","userinfo":true}`)
}

// FuzzTokens: no pair of JSON trees makes it panic, and what it answers is JSON.
func FuzzTokens(f *testing.F) {
	user, context := SampleLogin()
	seed := func(v any) string {
		data, err := json.Marshal(v)
		require.NoError(f, err)
		return string(data)
	}
	f.Add(seed(user), seed(context), true)
	f.Add(fullUser, `{"protocol":"samlp","samlConfiguration":{"mappings":{"a":"b.0.c"}},"idToken":{"https://au\tth0.com":1},"accessToken":{"scope":[1]}}`, false)
	f.Add(`{"a":[{}]}`, `{"protocol":"wsfed","samlConfiguration":{"mappings":[]},"request":{"query":{"audience":"https://a.auth0.com/api","scope":"a profile"}},"redirect":{"url":"https://"},"multifactor":{}}`, true)
	f.Fuzz(func(t *testing.T, userText, contextText string, legacy bool) {
		user, order, err := jsondoc.Decode([]byte(userText))
		if err != nil {
			return
		}
		context, more, err := jsondoc.Decode([]byte(contextText))
		if err != nil {
			return
		}
		order.Merge(more)
		in := TokenInput{User: readObject(user), Context: readObject(context), Order: order, TokenOptions: TokenOptions{LegacyClaims: legacy, LegacyProfile: legacy}}
		conclude(flowOf(in.Context), in.Context)
		tokens, failure := EffectiveTokens(in)
		if failure != nil {
			require.Equal(t, KindLimit, failure.Kind)
		}
		data, err := tokens.AppendJSON(nil)
		require.NoError(t, err)
		_, _, err = jsondoc.Decode(data)
		require.NoError(t, err)
		preparedUser, preparedContext := PrepareLogin(in.User, in.Context)
		pending := newPendingLogin(State{User: in.User, Context: in.Context, Order: order}, State{User: preparedUser, Context: preparedContext})
		data, err = pending.encode()
		require.NoError(t, err)
		again, err := decodePending(data)
		require.NoError(t, err)
		again.input(Resumption{}, preparedUser)
	})
}
