package ferrule_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/stdlib/auth0/management"
)

// Metadata reaches the Management API from compiled rules as from JavaScript: two writes
// of one turn as one PATCH, recorded, without the token.
func TestManagementAPI(t *testing.T) {
	const rule = `function (user, context, callback) {
  auth0.users.updateAppMetadata(user.user_id, { plan: 'gold' });
  auth0.users.updateUserMetadata(user.user_id, { seen: true }).then(function () {
    callback(null, user, context);
  }).catch(callback);
}`
	for _, engine := range []ferrule.Engine{ferrule.EngineAuto, ferrule.EngineJS} {
		t.Run(string(engine), func(t *testing.T) {
			bodies := make(chan map[string]any, 10)
			api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var body map[string]any
				_ = json.NewDecoder(r.Body).Decode(&body)
				bodies <- body
				_, _ = w.Write([]byte(`{"user_id":"auth0|ann"}`))
			}))
			defer api.Close()
			store, err := management.New(management.Options{
				BaseURL: api.URL, Token: management.Static("the-secret-token"), Gather: 50 * time.Millisecond,
			})
			require.NoError(t, err)
			p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{Engine: engine, Store: store})
			require.NoError(t, err)
			out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"user_id": "auth0|ann"}, Context: map[string]any{}})
			require.NoError(t, err)
			require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			require.NoError(t, p.Close(t.Context()))
			require.Len(t, bodies, 1)
			assert.Equal(t, map[string]any{"app_metadata": map[string]any{"plan": "gold"}, "user_metadata": map[string]any{"seen": true}}, <-bodies)
			require.Len(t, out.Calls, 1)
			assert.Equal(t, 200, out.Calls[0].Status)
			assert.Equal(t, "rule", out.Calls[0].Rule)
			assert.Equal(t, "PATCH", out.Calls[0].Method)
			assert.EqualValues(t, len(`{"app_metadata":{"plan":"gold"},"user_metadata":{"seen":true}}`), out.Calls[0].RequestBytes)
			assert.Equal(t, api.URL+"/api/v2/users/auth0%7Cann", out.Calls[0].URL)
			text, err := json.Marshal(out)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "the-secret-token")
		})
	}
}

// Rules see where the configured Management API is, and its token, from a saved pipeline as from a
// fresh one; in what people read the token is masked.
func TestManagementAPIOfRules(t *testing.T) {
	const rule = `function (user, context, callback) {
  context.idToken.api = [auth0.domain, auth0.baseUrl, auth0.accessToken, Object.keys(auth0).join()];
  console.log('Bearer ' + auth0.accessToken, encodeURIComponent(auth0.accessToken));
  if (user.fails) { throw new Error(auth0.accessToken); }
  callback(null, user, context);
}`
	const token = "eyJ|the-secret-token"
	store, err := management.New(management.Options{BaseURL: "https://acme.example:8443/tenant", Token: management.Static(token)})
	require.NoError(t, err)
	for _, engine := range []ferrule.Engine{ferrule.EngineAuto, ferrule.EngineJS} {
		options := &ferrule.Options{Engine: engine, Store: store}
		fresh, err := ferrule.Compile("rule.js", rule, options)
		require.NoError(t, err)
		// Built without the store: the compiled form has another base URL and token in it.
		file := built(t, fstest.MapFS{"rule.js": {Data: []byte(rule)}}, nil, ferrule.KeepUsed)
		read, err := ferrule.Read(bytes.NewReader(file), options)
		require.NoError(t, err)
		for name, p := range map[string]*ferrule.Pipeline{"fresh": fresh, "saved": read} {
			t.Run(string(engine)+"/"+name, func(t *testing.T) {
				login := func(user map[string]any) ferrule.Outcome {
					out, err := p.Run(t.Context(), ferrule.Input{User: user, Context: map[string]any{"idToken": map[string]any{}}})
					require.NoError(t, err)
					require.Len(t, out.Console, 1)
					assert.Equal(t, "Bearer [auth0.accessToken] [auth0.accessToken]", out.Console[0].Text)
					return out
				}
				out := login(map[string]any{})
				assert.Equal(t, map[string]any{"api": []any{
					"acme.example:8443", "https://acme.example:8443/tenant/api/v2", token, "domain,baseUrl,accessToken,users",
				}}, out.Context["idToken"])
				out = login(map[string]any{"fails": true})
				require.Equal(t, ferrule.Failed, out.Decision)
				assert.Equal(t, "[auth0.accessToken]", out.Err.Message)
				assert.NotContains(t, out.Err.Stack, token)
			})
		}
	}
}

// Without one the token is a dummy that nothing masks, and a token that does not come is an error
// of the rule that reads it.
func TestAccessTokenOfRules(t *testing.T) {
	const rule = `function (user, context, callback) {
  console.log(auth0.domain, auth0.baseUrl);
  try { console.log(auth0.accessToken); } catch (e) { console.log(e.name, e.message); }
  auth0.accessToken = 'mine';
  callback(null, user, context, console.log(auth0.accessToken));
}`
	none, err := management.New(management.Options{BaseURL: "https://acme.example", Token: func(context.Context) (string, error) {
		return "", errors.New("client secret s3cr3t is wrong")
	}})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		store ferrule.Store
		want  []string
	}{
		"none":  {nil, []string{"local.localhost https://local.localhost/api/v2", "ferrule-access-token-of-no-tenant", "mine"}},
		"wrong": {none, []string{"acme.example https://acme.example/api/v2", "Error there is no access token for the Management API", "mine"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{Store: c.store})
			require.NoError(t, err)
			out, err := p.Run(t.Context(), ferrule.Input{})
			require.NoError(t, err)
			var got []string
			for _, line := range out.Console {
				got = append(got, line.Text)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// A token that changes between runs is the run's own, whatever the machine that runs the rules has seen before.
func TestAccessTokenChanges(t *testing.T) {
	n := 0
	store, err := management.New(management.Options{BaseURL: "https://acme.example", Token: func(context.Context) (string, error) {
		n++
		return fmt.Sprintf("token-number-%d", n), nil
	}})
	require.NoError(t, err)
	const rule = `function (user, context, callback) {
  require('util').inspect(auth0); // machines are lent to rules with modules
  context.idToken.t = auth0.accessToken;
  console.log(context.idToken.t, user.said);
  callback(null, user, context);
}`
	p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{Store: store})
	require.NoError(t, err)
	for i := range 3 {
		want := fmt.Sprintf("token-number-%d", i+1)
		out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"said": want}, Context: map[string]any{"idToken": map[string]any{}}})
		require.NoError(t, err)
		assert.Equal(t, map[string]any{"t": want}, out.Context["idToken"])
		assert.Equal(t, "[auth0.accessToken] [auth0.accessToken]", out.Console[0].Text)
	}
}

// A rule that calls the API itself goes by the policy of the pipeline, and is recorded beside the
// writes of the store.
func TestRulesCallTheManagementAPI(t *testing.T) {
	const rule = `function (user, context, callback) {
  const http = require('http');
  http.get(auth0.baseUrl + '/users-by-email?email=ann%40example.com', { headers: { Authorization: 'Bearer ' + auth0.accessToken } }, function (response) {
    let text = '';
    response.on('data', function (part) { text += part; });
    response.on('end', function () {
      context.idToken.found = JSON.parse(text).length;
      auth0.users.updateAppMetadata(user.user_id, { found: true }).then(function () { callback(null, user, context); }, callback);
    });
  }).on('error', function (e) { context.idToken.code = e.code; callback(null, user, context); });
}`
	const token = "the-secret-token"
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "Bearer "+token:
			w.WriteHeader(http.StatusUnauthorized)
		case r.URL.Path == "/api/v2/users-by-email":
			_, _ = w.Write([]byte(`[{"user_id":"auth0|ann"}]`))
		default:
			_, _ = w.Write([]byte(`{"user_id":"auth0|ann"}`))
		}
	}))
	defer api.Close()
	store, err := management.New(management.Options{BaseURL: api.URL, Token: management.Static(token)})
	require.NoError(t, err)
	for list, want := range map[string][]string{
		"":          {"EEGRESS GET " + api.URL + "/api/v2/users-by-email"},
		"127.0.0.1": {" GET " + api.URL + "/api/v2/users-by-email", " PATCH " + api.URL + "/api/v2/users/auth0%7Cann"},
	} {
		p := network(t, rule, ferrule.NetworkPolicy{Allow: allow(t, list)}, func(o *ferrule.Options) { o.Store = store })
		out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"user_id": "auth0|ann"}, Context: map[string]any{"idToken": map[string]any{}}})
		require.NoError(t, err)
		require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
		var got []string
		for _, call := range out.Calls {
			got = append(got, call.Error+" "+call.Method+" "+call.URL)
			assert.Equal(t, "rule", call.Rule)
		}
		assert.Equal(t, want, got)
		text, err := json.Marshal(out)
		require.NoError(t, err)
		assert.NotContains(t, string(text), token)
	}
}
