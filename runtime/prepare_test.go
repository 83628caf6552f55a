package runtime

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Contract 3.1 and 3.2.
func TestPrepareLogin(t *testing.T) {
	tests := []struct{ name, user, context, wantUser, wantContext string }{
		{"app_metadata hides root properties", `{"user_id":"u","groups":["saml"],"app_metadata":{"groups":["own"],"plan":"gold"},"user_metadata":{"color":"blue"}}`, `{}`,
			`{"user_id":"u","groups":["own"],"plan":"gold","app_metadata":{"groups":["own"],"plan":"gold"},"user_metadata":{"color":"blue"}}`,
			`{"accessToken":{},"idToken":{},"samlConfiguration":{},"stats":{}}`},
		{"names that app_metadata cannot have", `{"user_id":"u","email":"e","app_metadata":{"user_id":"evil","email":"evil","identities":[],"app_metadata":1,"user_metadata":2}}`, `{}`,
			`{"user_id":"u","email":"e","app_metadata":{"user_id":"evil","email":"evil","identities":[],"app_metadata":1,"user_metadata":2}}`,
			`{"accessToken":{},"idToken":{},"samlConfiguration":{},"stats":{}}`},
		{"what is there stays", `{"user_id":"u"}`, `{"accessToken":{"scope":["a"]},"idToken":null,"samlConfiguration":{"a":1},"stats":{"loginsCount":3},"protocol":"samlp"}`,
			`{"user_id":"u"}`, `{"accessToken":{"scope":["a"]},"idToken":{},"samlConfiguration":{"a":1},"stats":{"loginsCount":3},"protocol":"samlp"}`},
		{"wrong types", `{"app_metadata":"x"}`, `{"idToken":5}`, `{"app_metadata":"x"}`, `{"idToken":5,"accessToken":{},"samlConfiguration":{},"stats":{}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			user, context := object(t, tt.user), object(t, tt.context)
			gotUser, gotContext := PrepareLogin(user, context)
			assert.Equal(t, object(t, tt.wantUser), gotUser)
			assert.Equal(t, object(t, tt.wantContext), gotContext)
			assert.Equal(t, object(t, tt.user), user, "the arguments stay untouched")
			assert.Equal(t, object(t, tt.context), context)
		})
	}
	user, context := PrepareLogin(nil, nil)
	assert.Equal(t, map[string]any{}, user)
	assert.Len(t, context, 4)
}

func TestPrepareLoginSharesNothing(t *testing.T) {
	in := object(t, `{"list":[{"a":1}],"app_metadata":{"groups":["a"]}}`)
	user, _ := PrepareLogin(in, nil)
	user["groups"].([]any)[0] = "changed"
	user["list"].([]any)[0].(map[string]any)["a"] = "changed"
	assert.Equal(t, []any{"a"}, user["app_metadata"].(map[string]any)["groups"])
	assert.Equal(t, object(t, `{"list":[{"a":1}],"app_metadata":{"groups":["a"]}}`), in)
}

// The sample is what contract 2.9, 3.1 and 3.2 describe, and plain JSON.
func TestSampleLogin(t *testing.T) {
	user, context := SampleLogin()
	for _, tree := range []map[string]any{user, context} {
		data, err := json.Marshal(tree)
		require.NoError(t, err)
		assert.Equal(t, object(t, string(data)), tree)
	}
	for _, key := range strings.Fields("user_id email email_verified name nickname picture created_at updated_at identities app_metadata user_metadata") {
		assert.Contains(t, user, key)
	}
	for _, key := range strings.Fields("tenant clientID clientName clientMetadata connectionID connection connectionStrategy connectionOptions protocol request stats sso accessToken idToken samlConfiguration primaryUser authentication authorization") {
		assert.Contains(t, context, key)
	}
	for _, key := range []string{"multifactor", "redirect", "original_protocol"} {
		assert.NotContains(t, context, key, "absent at the start")
	}
	prepared, preparedContext := PrepareLogin(user, context)
	assert.Equal(t, user, prepared, "it is prepared already")
	assert.Equal(t, context, preparedContext)

	user["app_metadata"].(map[string]any)["x"] = 1
	again, _ := SampleLogin()
	assert.Empty(t, again["app_metadata"])

	tokens := tokensOf(t, TokenInput{User: again, Context: context})
	name, _ := tokens.ID.Get("name")
	assert.Equal(t, "Jane Doe", name)
	outcome := &Outcome{Decision: Denied, Err: denial("No"), Context: context}
	d, err := outcome.Deliver(DeliveryOptions{})
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(d.Location, "https://app.example.com/callback?error=unauthorized"))
}
