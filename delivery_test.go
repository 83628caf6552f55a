package ferrule_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
)

// endingRule ends as user.end says, and tries to send the answer somewhere else.
const endingRule = `function (user, context, callback) {
  context.protocol = 'samlp';
  context.request = { query: { redirect_uri: 'https://evil.example', state: 'evil', response_mode: 'query' } };
  switch (user.end) {
  case 'deny': return callback(new UnauthorizedError("Café 'members' only! (50% & <more>)"));
  case 'fail': return callback(new Error('broken'));
  case 'text': return callback('text');
  case 'throw': return user.a.b.c;
  case 'never': return;
  case 'mfa': context.multifactor = { provider: 'any' };
  }
  callback(null, user, context);
}`

// The answer that the application gets, for every response mode, from the run to the
// bytes: contract 2.3.
func TestDelivery(t *testing.T) {
	const (
		denied   = "error=unauthorized&error_description=Caf%C3%A9%20'members'%20only!%20(50%25%20%26%20%3Cmore%3E)&state=s%201"
		uri      = "https://app.example/cb"
		token401 = `{"error":"unauthorized","error_description":"Café 'members' only! (50% & <more>)"}`
	)
	tests := []struct {
		name, protocol string
		query          map[string]any
		end            string
		mode           runtime.ResponseMode
		status         int
		location       string
		body           string
	}{
		{"code flow", "oidc-basic-profile", map[string]any{"response_type": "code"}, "deny", runtime.ModeQuery, 302, uri + "?" + denied, ""},
		{"a query that is there", "oidc-basic-profile", map[string]any{"redirect_uri": uri + "?a=1"}, "deny", runtime.ModeQuery, 302, uri + "?a=1&" + denied, ""},
		{"implicit", "oidc-implicit-profile", map[string]any{"response_type": "id_token token"}, "deny", runtime.ModeFragment, 302, uri + "#" + denied, ""},
		{"implicit asks for a query", "oidc-implicit-profile", map[string]any{"response_type": "token", "response_mode": "query"}, "deny", runtime.ModeQuery, 302, uri + "?" + denied, ""},
		{"form_post", "oidc-basic-profile", map[string]any{"response_mode": "form_post"}, "deny", runtime.ModeFormPost, 200, "", `value="Café &#39;members&#39; only! (50% &amp; &lt;more&gt;)"`},
		{"web_message", "oidc-implicit-profile", map[string]any{"response_mode": "web_message"}, "deny", runtime.ModeWebMessage, 200, "", `authorization_response`},
		{"token endpoint", "oauth2-password", nil, "deny", runtime.ModeToken, 401, "", token401},
		{"token endpoint, an error", "oauth2-refresh-token", nil, "fail", runtime.ModeToken, 403, "", `{"error":"access_denied","error_description":"broken"}`},
		{"an error", "oidc-basic-profile", nil, "fail", runtime.ModeQuery, 302, uri + "?error=access_denied&error_description=broken&state=s%201", ""},
		{"a text", "oidc-basic-profile", nil, "text", runtime.ModeQuery, 302, uri + "?error=access_denied&error_description=text&state=s%201", ""},
		{"an exception", "oidc-basic-profile", nil, "throw", runtime.ModeQuery, 302,
			uri + "?error=access_denied&error_description=Cannot%20read%20properties%20of%20undefined%20(reading%20'b')&state=s%201", ""},
		{"a timeout", "oidc-basic-profile", nil, "never", runtime.ModeQuery, 302,
			uri + "?error=access_denied&error_description=Request%20to%20Webtask%20exceeded%20allowed%20execution%20time&state=s%201", ""},
		{"a factor at the token endpoint", "oauth2-password", nil, "mfa", runtime.ModeToken, 403, "",
			`{"error":"mfa_required","error_description":"Multifactor authentication required","mfa_token":"m"}`},
		{"a factor with prompt=none", "oidc-basic-profile", map[string]any{"prompt": "none"}, "mfa", runtime.ModeQuery, 302,
			uri + "?error=interaction_required&error_description=Multifactor%20authentication%20required&state=s%201", ""},
	}
	p := compile(t, endingRule, &ferrule.Options{Limits: ferrule.Limits{Timeout: 2e9, RuleTimeout: 50e6}})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			query := map[string]any{"redirect_uri": uri, "state": "s 1"}
			for key, value := range tt.query {
				query[key] = value
			}
			out := run(t, p, ferrule.Input{User: map[string]any{"end": tt.end}, Context: map[string]any{
				"protocol": tt.protocol, "request": map[string]any{"query": query},
			}})
			got, err := out.Deliver(ferrule.DeliveryOptions{MFAToken: "m"})
			require.NoError(t, err)
			assert.Equal(t, tt.mode, got.Mode)
			assert.Equal(t, tt.status, got.Status)
			assert.Equal(t, tt.location, got.Location)
			switch tt.mode {
			case runtime.ModeToken:
				assert.JSONEq(t, tt.body, string(got.Body))
			default:
				assert.Contains(t, string(got.Body), tt.body)
			}
			assert.NotContains(t, got.Location+string(got.Body), "evil", "nothing that a rule wrote moves the answer")
		})
	}
}

// Logins that have nothing to deliver by OAuth, or nowhere to.
func TestDeliveryElsewhere(t *testing.T) {
	p := compile(t, endingRule, nil)
	login := func(protocol, redirectURI, end string) *ferrule.Outcome {
		out := run(t, p, ferrule.Input{User: map[string]any{"end": end}, Context: map[string]any{
			"protocol": protocol, "request": map[string]any{"query": map[string]any{"redirect_uri": redirectURI}},
		}})
		return &out
	}
	_, err := login("oidc-basic-profile", "https://app.example", "").Deliver(ferrule.DeliveryOptions{})
	require.ErrorIs(t, err, ferrule.ErrNothingToDeliver)
	_, err = login("oidc-basic-profile", "https://app.example", "mfa").Deliver(ferrule.DeliveryOptions{})
	require.ErrorIs(t, err, ferrule.ErrNothingToDeliver, "the browser can be asked for the factor")
	var other *ferrule.NotOAuthResponse
	_, err = login("samlp", "", "fail").Deliver(ferrule.DeliveryOptions{})
	require.ErrorAs(t, err, &other)
	assert.Equal(t, "broken", other.Text)
	var nowhere *ferrule.DeliveryError
	for _, uri := range []string{"", "/relative", "javascript:alert(1)"} {
		_, err = login("oidc-basic-profile", uri, "fail").Deliver(ferrule.DeliveryOptions{})
		require.ErrorAs(t, err, &nowhere, uri)
	}
}

// AlwaysAccessDenied in the options reaches the delivery.
func TestDeliveryAlwaysAccessDenied(t *testing.T) {
	out := run(t, compile(t, endingRule, &ferrule.Options{AlwaysAccessDenied: true}), ferrule.Input{
		User:    map[string]any{"end": "deny"},
		Context: map[string]any{"protocol": "oauth2-password"},
	})
	require.Equal(t, ferrule.Denied, out.Decision)
	assert.Equal(t, "access_denied", out.Err.OAuth)
	got, err := out.Deliver(ferrule.DeliveryOptions{})
	require.NoError(t, err)
	assert.Equal(t, 403, got.Status)
}

// What tokens receive from a finished login, from the rule to the claims.
func TestTokensOfFinishedLogin(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  user.name = 'Jane';
  context.idToken['https://x.example/roles'] = ['a', 'b'];
  context.idToken.sub = 'someone else';
  context.idToken['https://tenant.auth0.com/x'] = 1;
  context.accessToken['https://x.example/plan'] = 'pro';
  context.accessToken.scope = ['openid', 'read:x'];
  context.primaryUser = 'auth0|2';
  callback(null, user, context);
}`, nil)
	in := redirectLogin()
	in.Context["request"].(map[string]any)["query"].(map[string]any)["scope"] = "openid profile email"
	out := run(t, p, in)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	text, err := json.Marshal(out.Tokens())
	require.NoError(t, err)
	var tokens map[string]any
	require.NoError(t, json.Unmarshal(text, &tokens))
	id, _ := tokens["id"].(map[string]any)
	assert.Equal(t, "Jane", id["name"], "profile claims as the rules left them")
	assert.Equal(t, "jane@people.example", id["email"])
	assert.Equal(t, []any{"a", "b"}, id["https://x.example/roles"])
	assert.NotContains(t, id, "sub")
	assert.Equal(t, map[string]any{"https://x.example/plan": "pro"}, tokens["access"])
	assert.Equal(t, []string{"openid", "read:x"}, out.Tokens().Scope)
	assert.Equal(t, "auth0|2", out.Tokens().SubjectUserID)
	dropped := map[string]bool{}
	for _, claim := range out.Tokens().Dropped {
		dropped[claim.Claim] = true
		assert.NotEmpty(t, claim.Reason)
	}
	assert.Equal(t, map[string]bool{"sub": true, "https://tenant.auth0.com/x": true}, dropped)
	assert.Nil(t, out.Tokens().SAML)
}

// Custom claims beyond 100 KB in one token fail the login.
func TestClaimsOverTheLimit(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  context[user.token]['https://x.example/big'] = 'x'.repeat(user.size);
  user.touched = true;
  callback(null, user, context);
}`, nil)
	for _, token := range []string{"idToken", "accessToken"} {
		login := func(size int) ferrule.Input {
			return ferrule.Input{User: map[string]any{"token": token, "size": float64(size)}, Context: map[string]any{"idToken": map[string]any{}, "accessToken": map[string]any{}}}
		}
		fits := runtime.MaxClaimBytes - len("https://x.example/big") - len(`""`)
		assert.Equal(t, ferrule.Allowed, run(t, p, login(fits)).Decision)
		in := login(fits + 1)
		out := run(t, p, in)
		require.Equal(t, ferrule.Failed, out.Decision)
		assert.Equal(t, ferrule.KindLimit, out.Err.Kind)
		assert.Equal(t, "access_denied", out.Err.OAuth)
		assert.NotContains(t, in.User, "touched")
		assert.Zero(t, out.Tokens())
		assert.True(t, strings.Contains(fmt.Sprint(out.Err), "100") || strings.Contains(fmt.Sprint(out.Err), "102400"), "%v", out.Err)
	}
}

// Whatever rules do to the request, tokens follow the scope that the login began with.
func TestLoginAsItBegan(t *testing.T) {
	const begin, end = "function (user, context, callback) {\n", "\n  callback(null, user, context);\n}"
	asIs := begin + end
	cases := map[string][]string{
		"nothing":            {asIs},
		"another property":   {begin + "context.idToken['https://x.example/a'] = context.request.query.scope;" + end, asIs},
		"the scope":          {asIs, begin + "context.request.query.scope = 'openid';" + end},
		"the request":        {begin + "context.request = { query: { scope: 'openid' } };" + end},
		"through a variable": {begin + "const r = context.request.query; r.scope = 'openid';" + end},
		"a computed name":    {begin + "context[user.part] = {};" + end},
		"the protocol":       {begin + "context.protocol = 'samlp';" + end},
		"the context":        {begin + "callback(null, user, null); return;" + end},
		"deleted":            {begin + "delete context.request;" + end},
		"behind a guard":     {begin + "if (user.leave) { eval('context.request.query.scope = \"openid\"'); }" + end, asIs},
		"JavaScript alone":   {begin + "eval('context.request.query.scope = \"openid\"');" + end},
	}
	for name, texts := range cases {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{}
			for i, text := range texts {
				files[fmt.Sprintf("%d.js", i)] = text
			}
			for _, engine := range []ferrule.Engine{ferrule.EngineAuto, ferrule.EngineJS} {
				p := load(t, files, &ferrule.Options{Engine: engine})
				in := redirectLogin()
				in.User["leave"], in.User["part"] = true, "request"
				in.Context["request"].(map[string]any)["query"].(map[string]any)["scope"] = "openid email"
				out := run(t, p, in)
				require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
				email, _ := out.Tokens().ID.Get("email")
				assert.Equal(t, "jane@people.example", email)
				assert.Nil(t, out.Tokens().SAML)
			}
		})
	}
}
