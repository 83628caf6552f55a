package runtime

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Contract 2.4, 2.5 and 2.7: the code that the protocol forces.
func TestConcludeMultifactor(t *testing.T) {
	request := map[string]any{"provider": "any"}
	tests := []struct {
		name     string
		login    map[string]any
		value    any
		provider string // "" for no request
		oauth    string
		warnings []WarningCode
	}{
		{"code flow", loginContext(ProtocolBasic, nil), request, "any", "", nil},
		{"SAML", loginContext(ProtocolSAML, nil), request, "any", "", nil},
		{"unknown protocol", loginContext("x", nil), request, "any", "", nil},
		{"after a redirect", loginContext(ProtocolRedirectCallback, nil), request, "any", "", nil},
		{"password grant", loginContext(ProtocolPassword, nil), request, "any", OAuthMFARequired, nil},
		{"oauth/ro", loginContext(ProtocolResourceOwner, nil), request, "any", OAuthMFARequired, nil},
		{"refresh token", loginContext(ProtocolRefreshToken, nil), request, "any", OAuthMFARequired, nil},
		{"prompt none", loginContext(ProtocolBasic, map[string]any{"prompt": "none"}), request, "any", OAuthInteractionRequired, nil},
		{"provider none asks for nothing", loginContext(ProtocolPassword, nil), map[string]any{"provider": "none"}, "none", "", nil},
		{"unknown provider", loginContext(ProtocolBasic, nil), map[string]any{"provider": "carrier-pigeon"}, "carrier-pigeon", "", nil},
		{"null", loginContext(ProtocolBasic, nil), nil, "", "", nil},
		{"false", loginContext(ProtocolBasic, nil), false, "", "", nil},
		{"true", loginContext(ProtocolBasic, nil), true, "", "", []WarningCode{WarnIgnoredValue}},
		{"a text", loginContext(ProtocolBasic, nil), "any", "", "", []WarningCode{WarnIgnoredValue}},
		{"a list", loginContext(ProtocolBasic, nil), []any{"any"}, "", "", []WarningCode{WarnIgnoredValue}},
		{"an object without provider", loginContext(ProtocolPassword, nil), map[string]any{}, "", "", []WarningCode{WarnIgnoredValue}},
		{"a numeric provider", loginContext(ProtocolBasic, nil), map[string]any{"provider": 1.0}, "", "", []WarningCode{WarnIgnoredValue}},
		{"an empty provider", loginContext(ProtocolBasic, nil), map[string]any{"provider": ""}, "", "", []WarningCode{WarnIgnoredValue}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := conclude(flowOf(tt.login), map[string]any{"multifactor": tt.value})
			assert.Nil(t, c.err, "a request for a factor never fails the login by itself")
			assert.Empty(t, c.redirectURL)
			assert.Equal(t, tt.warnings, codes(c.warnings))
			if tt.provider == "" {
				assert.Nil(t, c.multifactor)
				return
			}
			require.NotNil(t, c.multifactor)
			assert.Equal(t, tt.provider, c.multifactor.Provider)
			assert.Equal(t, tt.oauth, c.multifactor.OAuth)
			assert.Equal(t, tt.value, any(c.multifactor.Request))
		})
	}
}

func TestRememberBrowser(t *testing.T) {
	yes, no := true, false
	tests := []struct {
		name    string
		request map[string]any
		want    *bool
	}{
		{"left to the provider", map[string]any{}, nil},
		{"allowed", map[string]any{"allowRememberBrowser": true}, &yes},
		{"forbidden", map[string]any{"allowRememberBrowser": false}, &no},
		{"the older name says the opposite", map[string]any{"ignoreCookie": true}, &no},
		{"the older name, false", map[string]any{"ignoreCookie": false}, &yes},
		{"the newer name wins", map[string]any{"allowRememberBrowser": true, "ignoreCookie": true}, &yes},
		{"wrong type", map[string]any{"allowRememberBrowser": "false"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { assert.Equal(t, tt.want, rememberBrowser(tt.request)) })
	}
}

// Contract 11.25: the redirect comes first.
func TestRedirectBeforeMultifactor(t *testing.T) {
	final := map[string]any{"redirect": map[string]any{"url": "https://x"}, "multifactor": map[string]any{"provider": "any"}}
	c := conclude(flowOf(loginContext(ProtocolBasic, nil)), final)
	assert.Equal(t, "https://x", c.redirectURL)
	assert.NotNil(t, c.multifactor)
	assert.Equal(t, []WarningCode{WarnRedirectBeforeMFA}, codes(c.warnings))

	resumed := conclude(flowOf(loginContext(ProtocolRedirectCallback, nil)), final)
	assert.Empty(t, resumed.redirectURL)
	assert.NotNil(t, resumed.multifactor, "after the resumption the factor is asked for")
	assert.Equal(t, []WarningCode{WarnRedirectIgnored}, codes(resumed.warnings))

	failed := conclude(flowOf(loginContext(ProtocolPassword, nil)), final)
	require.NotNil(t, failed.err)
	assert.Equal(t, OAuthInteractionRequired, failed.err.OAuth)
}
