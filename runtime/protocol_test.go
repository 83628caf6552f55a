package runtime

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// loginContext is a context with this protocol and request.query.
func loginContext(protocol string, query map[string]any) map[string]any {
	return map[string]any{"protocol": protocol, "request": map[string]any{"query": query, "body": map[string]any{}}}
}

func codes(warnings []Warning) []WarningCode {
	var list []WarningCode
	for _, warning := range warnings {
		list = append(list, warning.Code)
	}
	return list
}

// Contract 2.6, restrictions, and 2.4, 2.5: what becomes of context.redirect.
func TestConcludeRedirect(t *testing.T) {
	const target = "https://consent.example.com/ask"
	redirect := map[string]any{"url": target}
	silent := map[string]any{"prompt": "none"}
	tests := []struct {
		name     string
		login    map[string]any
		redirect any
		wantURL  string
		wantErr  string // OAuth code
		warnings []WarningCode
	}{
		{"code flow", loginContext(ProtocolBasic, nil), redirect, target, "", nil},
		{"implicit flow", loginContext(ProtocolImplicit, nil), redirect, target, "", nil},
		{"SAML", loginContext(ProtocolSAML, nil), redirect, target, "", nil},
		{"WS-Federation", loginContext(ProtocolWSFed, nil), redirect, target, "", nil},
		{"device flow", loginContext(ProtocolDeviceCode, nil), redirect, target, "", nil},
		{"unknown protocol", loginContext("oidc-of-tomorrow", nil), redirect, target, "", nil},
		{"no protocol at all", map[string]any{}, redirect, target, "", nil},
		{"prompt none", loginContext(ProtocolBasic, silent), redirect, "", OAuthInteractionRequired, nil},
		{"prompt none among others", loginContext(ProtocolBasic, map[string]any{"prompt": "login none"}), redirect, "", OAuthInteractionRequired, nil},
		{"prompt nonesuch", loginContext(ProtocolBasic, map[string]any{"prompt": "nonesuch"}), redirect, target, "", nil},
		{"password grant", loginContext(ProtocolPassword, nil), redirect, "", OAuthInteractionRequired, nil},
		{"oauth/ro", loginContext(ProtocolResourceOwner, nil), redirect, "", OAuthInteractionRequired, nil},
		{"jwt bearer", loginContext(ProtocolResourceOwnerJWT, nil), redirect, "", OAuthInteractionRequired, nil},
		{"refresh token", loginContext(ProtocolRefreshToken, nil), redirect, "", OAuthInteractionRequired, nil},
		{"delegation", loginContext(ProtocolDelegation, nil), redirect, "", OAuthInteractionRequired, nil},
		{"WS-Trust", loginContext(ProtocolWSTrust, nil), redirect, "", OAuthInteractionRequired, nil},
		{"password grant, nothing set", loginContext(ProtocolPassword, nil), nil, "", "", nil},
		{"after a redirect", loginContext(ProtocolRedirectCallback, nil), redirect, "", "", []WarningCode{WarnRedirectIgnored}},
		{"bad URL after a redirect", loginContext(ProtocolRedirectCallback, nil), map[string]any{"url": "/x"}, "", "", []WarningCode{WarnRedirectIgnored}},
		{"null", loginContext(ProtocolBasic, nil), nil, "", "", nil},
		{"false", loginContext(ProtocolBasic, nil), false, "", "", nil},
		{"zero", loginContext(ProtocolBasic, nil), 0.0, "", "", nil},
		{"empty text", loginContext(ProtocolBasic, nil), "", "", "", nil},
		{"a text", loginContext(ProtocolBasic, nil), target, "", "", []WarningCode{WarnIgnoredValue}},
		{"true", loginContext(ProtocolBasic, nil), true, "", "", []WarningCode{WarnIgnoredValue}},
		{"a list", loginContext(ProtocolBasic, nil), []any{target}, "", "", []WarningCode{WarnIgnoredValue}},
		{"an object without url", loginContext(ProtocolBasic, nil), map[string]any{}, "", "", []WarningCode{WarnIgnoredValue}},
		{"a numeric url", loginContext(ProtocolBasic, nil), map[string]any{"url": 1.0}, "", "", []WarningCode{WarnIgnoredValue}},
		{"a numeric url with a password grant", loginContext(ProtocolPassword, nil), map[string]any{"url": 1.0}, "", "", []WarningCode{WarnIgnoredValue}},
		{"an empty url", loginContext(ProtocolBasic, nil), map[string]any{"url": ""}, "", OAuthAccessDenied, nil},
		{"a relative url", loginContext(ProtocolBasic, nil), map[string]any{"url": "/ask"}, "", OAuthAccessDenied, nil},
		{"a script", loginContext(ProtocolBasic, nil), map[string]any{"url": "javascript:alert(1)"}, "", OAuthAccessDenied, nil},
		{"a Go map", loginContext(ProtocolBasic, nil), map[string]string{"url": target}, target, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := conclude(flowOf(tt.login), map[string]any{"redirect": tt.redirect})
			assert.Equal(t, tt.wantURL, c.redirectURL)
			assert.Equal(t, tt.warnings, codes(c.warnings))
			if tt.wantErr == "" {
				require.Nil(t, c.err)
				return
			}
			require.NotNil(t, c.err)
			assert.Equal(t, KindContract, c.err.Kind)
			assert.Equal(t, tt.wantErr, c.err.OAuth)
			assert.NotEmpty(t, c.err.Message)
		})
	}
}

func TestIsWebURL(t *testing.T) {
	good := []string{"https://a", "HTTP://a/b", "https://a:8443/?x#y", "https://u:p@a/", "https://a/b c", "https://a/ü", "https://[::1]/", "https://a/b\\c"}
	bad := []string{"", "a", "//a", "https:a", "https:/a", "https://", "https:///x", "https://?x", "https://:80", "https://u@", "ftp://a", " https://a",
		"https://a ", "https://a\n", "https://a\x00", "https://a\\@b/", "https://a b/", "data:text/html,x", "javascript://a/%0aalert(1)"}
	for _, url := range good {
		assert.True(t, isWebURL(url), "%q", url)
	}
	for _, url := range bad {
		assert.False(t, isWebURL(url), "%q", url)
	}
}

// What a rule writes to protocol or request must not change where the login ends.
func TestFlowIsReadBeforeTheRules(t *testing.T) {
	login := loginContext(ProtocolPassword, nil)
	final := loginContext(ProtocolBasic, nil)
	final["redirect"] = map[string]any{"url": "https://x"}
	c := conclude(flowOf(login), final)
	require.NotNil(t, c.err)
	assert.Empty(t, c.redirectURL)
}

func TestFlowOf(t *testing.T) {
	t.Run("the query before the body", func(t *testing.T) {
		f := flowOf(map[string]any{"request": map[string]any{
			"query": map[string]any{"scope": "openid", "state": ""},
			"body":  map[string]any{"scope": "profile", "audience": "a", "state": "s"},
		}})
		assert.Equal(t, flow{scope: "openid", audience: "a", hasState: true}, f)
	})
	t.Run("the original protocol of a resumed login", func(t *testing.T) {
		f := flowOf(map[string]any{"protocol": ProtocolRedirectCallback, "original_protocol": ProtocolSAML})
		assert.True(t, f.resumed)
		assert.Equal(t, ProtocolSAML, f.protocol)
	})
	t.Run("wrong types", func(t *testing.T) {
		for _, wrong := range []any{nil, 1.0, "x", true, []any{}, map[string]any{}, func() {}, make(chan int), []string{"x"}} {
			assert.NotPanics(t, func() {
				flowOf(map[string]any{"protocol": wrong, "original_protocol": wrong, "request": wrong})
				flowOf(map[string]any{"request": map[string]any{"query": wrong, "body": wrong}})
				flowOf(map[string]any{"request": map[string]any{"query": map[string]any{"prompt": wrong, "scope": wrong, "state": wrong}}})
				conclude(flow{}, map[string]any{"redirect": wrong, "multifactor": wrong})
				conclude(flow{}, map[string]any{"redirect": map[string]any{"url": wrong}, "multifactor": map[string]any{"provider": wrong}})
			}, "%T", wrong)
		}
		conclude(flow{}, nil)
		flowOf(nil)
	})
}
