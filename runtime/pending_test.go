package runtime

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime/jsondoc"
)

// throughStore is a pending login as it comes back from a store.
func throughStore(t *testing.T, before, after State) *pendingLogin {
	t.Helper()
	p := newPendingLogin(before, after)
	p.tenant, p.time = "acme", newFakeClock().now
	data, err := p.encode()
	require.NoError(t, err)
	again, err := decodePending(data)
	require.NoError(t, err)
	assert.Equal(t, "acme", again.tenant)
	assert.True(t, p.time.Equal(again.time))
	return again
}

// Contract 2.6, points 4 and 6: what the resumed run gets.
func TestResumedUser(t *testing.T) {
	const before = `{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`
	tests := []struct {
		name       string
		after      string // user as the rules left it
		resumption Resumption
		profile    string // of the store; "" for unknown
		want       string
	}{
		{"nothing changed", before, Resumption{}, "", before},
		{"root properties added, changed and removed",
			`{"user_id":"auth0|1","name":"Doe","groups":["a","b"],"jti":"j1","app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`, Resumption{}, "",
			`{"user_id":"auth0|1","name":"Doe","groups":["a","b"],"jti":"j1","app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`},
		{"changes of metadata objects are not kept",
			`{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"app_metadata":{"plan":"gold"}}`, Resumption{}, "", before},
		{"set to null", `{"user_id":"auth0|1","name":null,"old":1,"groups":["a"]}`, Resumption{}, "",
			`{"user_id":"auth0|1","name":null,"old":1,"groups":["a"],"app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`},
		{"user dropped by the rules", `null`, Resumption{}, "", before},
		{"metadata as stored now", before, Resumption{}, `{"user_id":"auth0|1","name":"not this","app_metadata":{"consent":true},"user_metadata":{}}`,
			`{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"app_metadata":{"consent":true},"user_metadata":{}}`},
		{"a profile without metadata", before, Resumption{}, `{"user_id":"auth0|1"}`, before},
		{"stored metadata and root changes",
			`{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"jti":"j1","app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`,
			Resumption{}, `{"app_metadata":{"consent":true}}`,
			`{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"jti":"j1","app_metadata":{"consent":true},"user_metadata":{"c":1}}`},
		{"the caller's profile", `{"user_id":"auth0|1","name":"Jane","groups":["a"],"jti":"j1"}`,
			Resumption{User: map[string]any{"user_id": "auth0|1", "name": "New", "old": 2.0, "app_metadata": map[string]any{"consent": true}}}, `{"app_metadata":{"not":"this"}}`,
			`{"user_id":"auth0|1","name":"New","jti":"j1","app_metadata":{"consent":true}}`},
		{"until 2020 nothing was read again", `{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"jti":"j1"}`,
			Resumption{StaleUser: true, User: map[string]any{"name": "New"}}, `{"app_metadata":{"consent":true}}`,
			`{"user_id":"auth0|1","name":"Jane","old":1,"groups":["a"],"jti":"j1","app_metadata":{"plan":"free"},"user_metadata":{"c":1}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var after any
			if tt.after != "null" {
				after = object(t, tt.after)
			}
			p := throughStore(t, State{User: object(t, before), Context: map[string]any{}}, State{User: after})
			var profile map[string]any
			if tt.profile != "" {
				profile = object(t, tt.profile)
			}
			assert.Equal(t, object(t, tt.want), p.input(tt.resumption, profile).User)
		})
	}
}

// A prepared login has the properties of app_metadata at the root as well.
func TestResumedPreparedUser(t *testing.T) {
	tests := []struct{ name, user, profile, want string }{
		{"prepared", `{"user_id":"u","plan":"free","seats":1,"app_metadata":{"plan":"free","seats":1}}`, `{"app_metadata":{"plan":"gold","consent":true,"email":"x"}}`,
			`{"user_id":"u","plan":"gold","consent":true,"app_metadata":{"plan":"gold","consent":true,"email":"x"}}`},
		{"not prepared", `{"user_id":"u","app_metadata":{"plan":"free"}}`, `{"app_metadata":{"plan":"gold","consent":true}}`,
			`{"user_id":"u","app_metadata":{"plan":"gold","consent":true}}`},
		{"a root property of its own", `{"user_id":"u","plan":"other","app_metadata":{"plan":"free"}}`, `{"app_metadata":{"plan":"gold"}}`,
			`{"user_id":"u","plan":"other","app_metadata":{"plan":"gold"}}`},
		{"nothing to tell by", `{"user_id":"u","app_metadata":{}}`, `{"app_metadata":{"plan":"gold"}}`, `{"user_id":"u","app_metadata":{"plan":"gold"}}`},
		{"metadata gone", `{"user_id":"u","plan":"free","app_metadata":{"plan":"free"}}`, `{"app_metadata":null}`, `{"user_id":"u","app_metadata":null}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := State{User: object(t, tt.user), Context: map[string]any{}}
			profile := object(t, tt.profile)
			assert.Equal(t, object(t, tt.want), throughStore(t, before, before).input(Resumption{}, profile).User)
			assert.Equal(t, object(t, tt.profile), profile)
		})
	}
}

// Contract 2.6, point 4: the context of the resumed run.
func TestResumedContext(t *testing.T) {
	before := object(t, `{"protocol":"oidc-basic-profile","clientID":"c","idToken":{},"request":{"ip":"1.2.3.4","query":{"scope":"openid","state":"s0"},"body":{"x":1}}}`)
	after := object(t, `{"protocol":"changed","clientID":"changed","idToken":{"a":1},"redirect":{"url":"https://x"},"request":{"ip":"changed"}}`)
	user := map[string]any{}
	p := throughStore(t, State{User: user, Context: before}, State{User: user, Context: after})
	flow := resumedFlow(p.context)
	in := p.input(Resumption{Query: map[string]any{"state": "S"}, Body: map[string]any{"token": "t"}}, nil)
	assert.Equal(t, object(t, `{"protocol":"redirect-callback","original_protocol":"oidc-basic-profile","clientID":"c","idToken":{},
		"request":{"ip":"1.2.3.4","query":{"state":"S"},"body":{"token":"t"}}}`), in.Context)
	assert.Equal(t, "openid", flow.scope, "the flow is that of the login, not of /continue")
	assert.Equal(t, "s0", flow.state)
	assert.True(t, flow.resumed)
	assert.Equal(t, ProtocolBasic, flow.protocol)

	bare := throughStore(t, State{}, State{}).input(Resumption{}, nil)
	assert.Equal(t, map[string]any{}, bare.User)
	assert.Equal(t, object(t, `{"protocol":"redirect-callback","request":{"query":{},"body":{}}}`), bare.Context)

	odd := throughStore(t, State{Context: object(t, `{"protocol":1,"request":"x"}`)}, State{}).input(Resumption{}, nil)
	assert.Equal(t, object(t, `{"protocol":"redirect-callback","original_protocol":1,"request":{"query":{},"body":{}}}`), odd.Context)
}

func TestPendingKeepsKeyOrder(t *testing.T) {
	user, order, err := jsondoc.Decode([]byte(`{"z":{"y":1,"b":2},"a":1}`))
	require.NoError(t, err)
	context, more, err := jsondoc.Decode([]byte(`{"protocol":"samlp","q":{"2":1,"x":1,"c":1}}`))
	require.NoError(t, err)
	order.Merge(more)
	after, afterOrder, err := jsondoc.Decode([]byte(`{"z":{"y":1,"b":2},"a":{"n":1,"m":2}}`))
	require.NoError(t, err)
	in := throughStore(t, State{User: user, Context: context, Order: order}, State{User: after, Order: afterOrder}).input(Resumption{}, nil)
	text, err := jsondoc.Encode(in.User, in.Order)
	require.NoError(t, err)
	assert.Equal(t, `{"z":{"y":1,"b":2},"a":{"n":1,"m":2}}`, string(text))
	text, err = jsondoc.Encode(in.Context["q"], in.Order)
	require.NoError(t, err)
	assert.Equal(t, `{"2":1,"x":1,"c":1}`, string(text))
}

func TestDecodePendingRefuses(t *testing.T) {
	for _, text := range []string{``, `{`, `[]`, `null`, `{}`, `{"version":2}`, `{"version":"1"}`, `{"version":1}`, `{"version":1,"time":"yesterday"}`} {
		_, err := decodePending([]byte(text))
		assert.ErrorContains(t, err, "read the pending login", text)
	}
	p, err := decodePending([]byte(`{"version":1,"time":"2026-03-02T10:30:00Z","user":1,"context":[],"set":"x","removed":{"a":1}}`))
	require.NoError(t, err)
	assert.NotPanics(t, func() { p.input(Resumption{}, map[string]any{"app_metadata": 1.0}) })
}

func TestSameValue(t *testing.T) {
	same := [][2]any{{nil, nil}, {1.0, 1}, {int64(3), 3.0}, {"a", "a"}, {[]any{1.0}, []int{1}}, {map[string]any{"a": nil}, map[string]any{"a": nil}}, {[]any{}, []any{}}}
	other := [][2]any{{nil, false}, {0.0, false}, {"1", 1.0}, {[]any{}, map[string]any{}}, {[]any{1.0}, []any{2.0}}, {[]any{1.0}, []any{}}, {1.0, []any{}}, {"a", map[string]any{}},
		{map[string]any{"a": nil}, map[string]any{"b": nil}}, {map[string]any{"a": 1.0}, map[string]any{}}, {map[string]any{}, nil}}
	for _, pair := range same {
		assert.True(t, sameValue(pair[0], pair[1]), "%v", pair)
	}
	for _, pair := range other {
		assert.False(t, sameValue(pair[0], pair[1]), "%v", pair)
		assert.False(t, sameValue(pair[1], pair[0]), "%v", pair)
	}
}

// profiles is a store that knows users.
type profiles struct {
	Store
	users map[string]map[string]any
	err   error
}

func (p profiles) User(_ context.Context, id string) (map[string]any, bool, error) {
	user, ok := p.users[id]
	return user, ok, p.err
}

type writesOnly struct{}

func (writesOnly) UpdateAppMetadata(context.Context, string, map[string]any) (map[string]any, error) {
	return nil, nil
}
func (writesOnly) UpdateUserMetadata(context.Context, string, map[string]any) (map[string]any, error) {
	return nil, nil
}

func TestCurrentProfile(t *testing.T) {
	ctx, known := context.Background(), map[string]any{"user_id": "a", "app_metadata": map[string]any{}}
	store := profiles{users: map[string]map[string]any{"a": known}}
	tests := []struct {
		name  string
		store Store
		user  map[string]any
		want  map[string]any
	}{
		{"known", store, map[string]any{"user_id": "a"}, known},
		{"unknown", store, map[string]any{"user_id": "b"}, nil},
		{"no id", store, map[string]any{}, nil},
		{"an id that is no text", store, map[string]any{"user_id": 1.0}, nil},
		{"a store that cannot tell", writesOnly{}, map[string]any{"user_id": "a"}, nil},
		{"no store", nil, map[string]any{"user_id": "a"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := currentProfile(ctx, tt.store, tt.user)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
	broken := errors.New("down")
	_, err := currentProfile(ctx, profiles{err: broken}, map[string]any{"user_id": "a"})
	assert.ErrorIs(t, err, broken)
}

// The caller's objects are not what the resumed run changes.
func TestResumptionIsCopied(t *testing.T) {
	p := throughStore(t, State{}, State{User: map[string]any{"jti": "j"}})
	r := Resumption{User: map[string]any{"list": []any{1.0}}, Query: map[string]any{"q": map[string]any{}}, Body: map[string]any{}}
	in := p.input(r, nil)
	assert.Equal(t, map[string]any{"list": []any{1.0}, "jti": "j"}, in.User)
	in.User["list"].([]any)[0] = "changed"
	in.Context["request"].(map[string]any)["query"].(map[string]any)["q"] = "changed"
	assert.Equal(t, Resumption{User: map[string]any{"list": []any{1.0}}, Query: map[string]any{"q": map[string]any{}}, Body: map[string]any{}}, r)
}

func TestPendingTimeIsExact(t *testing.T) {
	p := &pendingLogin{time: time.Date(2026, 1, 1, 0, 0, 0, 123456789, time.FixedZone("x", 3600))}
	data, err := p.encode()
	require.NoError(t, err)
	again, err := decodePending(data)
	require.NoError(t, err)
	assert.True(t, p.time.Equal(again.time))
}
