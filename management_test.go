package ferrule_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
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
			assert.Equal(t, api.URL+"/api/v2/users/auth0%7Cann", out.Calls[0].URL)
			text, err := json.Marshal(out)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "the-secret-token")
		})
	}
}
