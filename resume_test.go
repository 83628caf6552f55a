package ferrule_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/stdlib/auth0"
)

// askConsent is a pipeline that asks once: what it saw is on user.seen, and its
// redirect URL comes from user.target.
var askConsent = map[string]string{
	"rules/10-first.js": `function (user, context, callback) {
  user.jti = user.jti || 'made before the redirect';
  user.runs = (user.runs || 0) + 1;
  delete user.secret;
  context.note = (context.note || '') + context.protocol + ' ';
  auth0.users.updateAppMetadata(user.user_id, { asked: user.runs }).then(function () {
    return auth0.users.updateUserMetadata(user.user_id, { language: 'sv' });
  }).then(function () { callback(null, user, context); }, callback);
}`,
	"rules/20-ask.js": `function (user, context, callback) {
  if (context.protocol === 'redirect-callback') {
    user.seen = {
      original: context.original_protocol, query: context.request.query, body: context.request.body, note: context.note,
      app: user.app_metadata, metadata: user.user_metadata, ip: context.request.ip,
    };
    if (context.request.body.again) context.redirect = { url: 'https://consent.example/again' };
    if (context.request.body.confirm !== 'yes') return callback(new UnauthorizedError('No consent!'));
    return callback(null, user, context);
  }
  context.redirect = { url: user.target || 'https://consent.example/ask' };
  callback(null, user, context);
}`,
	"rules/30-last.js": `function (user, context, callback) {
  user.last = true;
  context.idToken['https://x.example/runs'] = user.runs;
  callback(null, user, context);
}`,
}

// redirectLogin is a login in which a rule can ask something.
func redirectLogin() ferrule.Input {
	return ferrule.Input{
		User: map[string]any{
			"user_id": "auth0|1", "email": "jane@people.example", "secret": "s", "nickname": "jane",
			"app_metadata": map[string]any{"plan": "free"}, "user_metadata": map[string]any{"hobby": "chess"},
		},
		Context: map[string]any{
			"clientID": "c1", "protocol": "oidc-basic-profile", "idToken": map[string]any{}, "accessToken": map[string]any{},
			"request": map[string]any{"ip": "203.0.113.9", "query": map[string]any{
				"scope": "openid email", "state": "app-state", "redirect_uri": "https://app.example/cb", "response_type": "code"}, "body": map[string]any{}},
		},
	}
}

func memoryStore(t testing.TB, users ...map[string]any) *auth0.MemoryStore {
	t.Helper()
	store, err := auth0.NewMemoryStore(&auth0.MemoryOptions{Users: users, CreateMissing: true})
	require.NoError(t, err)
	return store
}

func resume(t testing.TB, p *ferrule.Pipeline, state string, r ferrule.Resumption) ferrule.Outcome {
	t.Helper()
	out, err := p.Resume(context.Background(), state, r)
	require.NoError(t, err)
	return out
}

// The whole way there and back: contract 2.6.
func TestRedirectAndResume(t *testing.T) {
	store := memoryStore(t, map[string]any{"user_id": "auth0|1", "email": "jane@people.example",
		"app_metadata": map[string]any{"plan": "free"}, "user_metadata": map[string]any{"hobby": "chess"}})
	p := load(t, askConsent, &ferrule.Options{Store: store})
	in := redirectLogin()
	first := run(t, p, in)

	require.Equal(t, ferrule.Redirect, first.Decision, "%v", first.Err)
	require.NotNil(t, first.RedirectTo)
	assert.Equal(t, "https://consent.example/ask?state="+first.RedirectTo.State, first.RedirectTo.URL)
	assert.Len(t, first.Rules, 3, "rules behind the one that asks still run")
	assert.Equal(t, true, in.User["last"])
	assert.Zero(t, first.Tokens(), "no tokens before the user is back")
	for _, personal := range []string{"jane", "people", "auth0", "c1", "203"} {
		assert.NotContains(t, first.RedirectTo.URL, personal)
	}
	_, err := first.Deliver(ferrule.DeliveryOptions{})
	require.ErrorIs(t, err, ferrule.ErrNothingToDeliver)

	// While the user is away the external page writes through the Management API.
	_, err = store.UpdateAppMetadata(context.Background(), "auth0|1", map[string]any{"outside": true, "plan": "pro"})
	require.NoError(t, err)

	query := map[string]any{"state": first.RedirectTo.State, "lang": "de"}
	second := resume(t, p, first.RedirectTo.State, ferrule.Resumption{Query: query, Body: map[string]any{"confirm": "yes"}})
	require.Equal(t, ferrule.Allowed, second.Decision, "%v", second.Err)
	assert.Len(t, second.Rules, 3, "all rules run again, from the first one")
	assert.Equal(t, map[string]any{
		"original": "oidc-basic-profile", "ip": "203.0.113.9", "note": "redirect-callback ",
		"query": map[string]any{"state": first.RedirectTo.State, "lang": "de"}, "body": map[string]any{"confirm": "yes"},
		"app":      map[string]any{"plan": "pro", "asked": 1.0, "outside": true},
		"metadata": map[string]any{"hobby": "chess", "language": "sv"},
	}, second.User["seen"], "metadata of the first run and from outside, the context as it was before the rules")
	assert.Equal(t, "made before the redirect", second.User["jti"], "root changes stay")
	assert.Equal(t, 2.0, second.User["runs"])
	assert.NotContains(t, second.User, "secret")
	assert.Equal(t, map[string]any{"state": first.RedirectTo.State, "lang": "de"}, query, "the resumption's objects are not changed")

	runs, _ := second.Tokens().ID.Get("https://x.example/runs")
	assert.Equal(t, 2.0, runs)
	email, _ := second.Tokens().ID.Get("email")
	assert.Equal(t, "jane@people.example", email, "the scope of the first request counts")
	assert.Equal(t, "auth0|1", second.Tokens().SubjectUserID)
}

func TestResumeDenies(t *testing.T) {
	p := load(t, askConsent, nil)
	first := run(t, p, redirectLogin())
	out := resume(t, p, first.RedirectTo.State, ferrule.Resumption{Query: map[string]any{"state": first.RedirectTo.State, "redirect_uri": "https://evil.example/"}})
	require.Equal(t, ferrule.Denied, out.Decision)
	delivery, err := out.Deliver(ferrule.DeliveryOptions{})
	require.NoError(t, err)
	assert.Equal(t, "https://app.example/cb?error=unauthorized&error_description=No%20consent!&state=app-state", delivery.Location,
		"the application's own redirect_uri and state, not those of /continue")
}

func TestSecondRedirectIsIgnored(t *testing.T) {
	p := load(t, askConsent, nil)
	first := run(t, p, redirectLogin())
	out := resume(t, p, first.RedirectTo.State, ferrule.Resumption{Body: map[string]any{"confirm": "yes", "again": true}})
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	assert.Nil(t, out.RedirectTo)
	require.Len(t, out.Warnings, 1)
	assert.Equal(t, runtime.WarnRedirectIgnored, out.Warnings[0].Code)
	assert.NotEmpty(t, out.Tokens().SubjectUserID, "the login is finished")
}

// Where the user's profile comes from when the login goes on.
func TestResumeUser(t *testing.T) {
	tests := []struct {
		name       string
		options    ferrule.Options
		resumption ferrule.Resumption
		store      bool
		app        any
		email      string
	}{
		{"metadata of the store", ferrule.Options{}, ferrule.Resumption{}, true, map[string]any{"plan": "pro"}, "jane@people.example"},
		{"no store", ferrule.Options{}, ferrule.Resumption{}, false, map[string]any{"plan": "free"}, "jane@people.example"},
		{"stale by option", ferrule.Options{StaleUser: true}, ferrule.Resumption{}, true, map[string]any{"plan": "free"}, "jane@people.example"},
		{"stale for once", ferrule.Options{}, ferrule.Resumption{StaleUser: true}, true, map[string]any{"plan": "free"}, "jane@people.example"},
		{"the caller's", ferrule.Options{}, ferrule.Resumption{User: map[string]any{"user_id": "auth0|1", "email": "new@people.example", "app_metadata": map[string]any{"plan": "gold"}}}, true,
			map[string]any{"plan": "gold"}, "new@people.example"},
	}
	rule := `function (user, context, callback) {
  if (context.protocol !== 'redirect-callback') { context.redirect = { url: 'https://x.example' }; user.kept = { deep: [1] }; }
  callback(null, user, context);
}`
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			store := memoryStore(t, map[string]any{"user_id": "auth0|1", "app_metadata": map[string]any{"plan": "pro"}})
			if tt.store {
				tt.options.Store = store
			}
			p := compile(t, rule, &tt.options)
			first := run(t, p, redirectLogin())
			given, err := json.Marshal(tt.resumption)
			require.NoError(t, err)
			out := resume(t, p, first.RedirectTo.State, tt.resumption)
			require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
			assert.Equal(t, tt.app, out.User["app_metadata"])
			assert.Equal(t, tt.email, out.User["email"])
			assert.Equal(t, map[string]any{"deep": []any{1.0}}, out.User["kept"])
			after, err := json.Marshal(tt.resumption)
			require.NoError(t, err)
			assert.JSONEq(t, string(given), string(after))
		})
	}
}

// The resumed run has its own configuration, clock and zone.
func TestResumeWithOwnClock(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  if (context.protocol !== 'redirect-callback') context.redirect = { url: 'https://x.example' };
  else user.at = new Date().toString() + ' ' + configuration.K;
  callback(null, user, context);
}`, &ferrule.Options{Configuration: map[string]string{"K": "own"}})
	zone := time.FixedZone("", 2*60*60)
	first := run(t, p, redirectLogin())
	out := resume(t, p, first.RedirectTo.State, ferrule.Resumption{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Zone: zone, Configuration: map[string]string{"K": "v"}})
	assert.Contains(t, out.User["at"], "Tue Jan 01 2030 02:00:00 GMT+0200")
	assert.Contains(t, out.User["at"], " v")
}

func stateReason(t testing.TB, p *ferrule.Pipeline, state string) ferrule.StateReason {
	t.Helper()
	out, err := p.Resume(context.Background(), state, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}})
	var wrong *ferrule.StateError
	require.ErrorAs(t, err, &wrong)
	assert.Zero(t, out.Decision, "no outcome reads as allowed")
	assert.Equal(t, "invalid_request", wrong.OAuth())
	return wrong.Reason
}

// Every way in which a state can be wrong.
func TestWrongStates(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	key := []byte("one key for all processes")
	store := runtime.NewMemoryStateStore(runtime.MemoryOptions{Clock: clock})
	options := func(change func(*ferrule.Options)) *ferrule.Options {
		o := &ferrule.Options{Tenant: "acme", StateKey: key, States: store, Clock: clock}
		if change != nil {
			change(o)
		}
		return o
	}
	p := load(t, askConsent, options(nil))
	begin := func() string { return run(t, p, redirectLogin()).RedirectTo.State }
	flip := func(text string, i int) string {
		other := byte('A')
		if text[i] == 'A' {
			other = 'B'
		}
		return text[:i] + string(other) + text[i+1:]
	}

	assert.Equal(t, ferrule.StateMalformed, stateReason(t, p, ""))
	assert.Equal(t, ferrule.StateMalformed, stateReason(t, p, "app-state"))
	state := begin()
	assert.Equal(t, ferrule.StateMalformed, stateReason(t, p, state+"="))
	assert.Equal(t, ferrule.StateForged, stateReason(t, p, flip(state, 0)))
	assert.Equal(t, ferrule.StateForged, stateReason(t, p, flip(state, strings.IndexByte(state, '.')+1)))
	assert.Equal(t, ferrule.StateForged, stateReason(t, load(t, askConsent, options(func(o *ferrule.Options) { o.Tenant = "other" })), state))
	assert.Equal(t, ferrule.StateForged, stateReason(t, load(t, askConsent, options(func(o *ferrule.Options) { o.StateKey = []byte("another key") })), state))
	assert.Equal(t, ferrule.StateUnknown, stateReason(t, load(t, askConsent, options(func(o *ferrule.Options) { o.States = nil })), state))
	assert.Equal(t, ferrule.Allowed, resume(t, p, state, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}}).Decision, "wrong tries use nothing up")
	assert.Equal(t, ferrule.StateReplayed, stateReason(t, p, state))

	state = begin()
	now = now.Add(time.Hour - time.Second)
	assert.Equal(t, ferrule.Allowed, resume(t, p, state, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}}).Decision)
	state = begin()
	now = now.Add(time.Hour)
	assert.Equal(t, ferrule.StateExpired, stateReason(t, p, state))

	state = begin()
	short := load(t, askConsent, options(func(o *ferrule.Options) { o.StateTTL = time.Minute }))
	now = now.Add(time.Minute)
	assert.Equal(t, ferrule.StateExpired, stateReason(t, short, state), "whoever resumes says how long a login may wait")
}

// Another process resumes the login when it has the key and the store.
func TestResumeInAnotherProcess(t *testing.T) {
	key, store := []byte("shared"), runtime.NewMemoryStateStore(runtime.MemoryOptions{})
	options := &ferrule.Options{StateKey: key, States: store}
	first := run(t, load(t, askConsent, options), redirectLogin())
	out := resume(t, load(t, askConsent, options), first.RedirectTo.State, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}})
	assert.Equal(t, ferrule.Allowed, out.Decision)
	assert.Equal(t, 2.0, out.User["runs"])
}

// Only one of several calls with one state resumes the login.
func TestResumeOnce(t *testing.T) {
	p := load(t, askConsent, nil)
	state := run(t, p, redirectLogin()).RedirectTo.State
	const tries = 8
	results := make(chan error, tries)
	for range tries {
		go func() {
			_, err := p.Resume(context.Background(), state, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}})
			results <- err
		}()
	}
	resumed := 0
	for range tries {
		err := <-results
		var wrong *ferrule.StateError
		if err == nil {
			resumed++
		} else if assert.ErrorAs(t, err, &wrong) {
			assert.Equal(t, ferrule.StateReplayed, wrong.Reason)
		}
	}
	assert.Equal(t, 1, resumed)
}

// brokenStates is a state store that does not work.
type brokenStates struct{ err error }

func (s brokenStates) Put(context.Context, string, []byte, time.Duration) error { return s.err }

func (s brokenStates) Take(context.Context, string) ([]byte, error) { return nil, s.err }

// An error of the state store is no decision, and the caller's objects stay.
func TestStateStoreErrors(t *testing.T) {
	down := errors.New("the database is down")
	p := load(t, askConsent, &ferrule.Options{States: brokenStates{down}, StateKey: []byte("k")})
	in := redirectLogin()
	out, err := p.Run(context.Background(), in)
	require.ErrorIs(t, err, down)
	assert.Zero(t, out.Decision)
	assert.Equal(t, redirectLogin().User, in.User)
	assert.Equal(t, redirectLogin().Context, in.Context)

	state := run(t, load(t, askConsent, &ferrule.Options{StateKey: []byte("k")}), redirectLogin()).RedirectTo.State
	_, err = p.Resume(context.Background(), state, ferrule.Resumption{})
	require.ErrorIs(t, err, down)
}

// Where the state goes in the URL that the rule asks for.
func TestRedirectURL(t *testing.T) {
	tests := []struct{ target, want string }{
		{"https://x.example", "https://x.example?state=S"},
		{"https://x.example/ask?a=1", "https://x.example/ask?a=1&state=S"},
		{"https://x.example/ask?state=mine&a=1#top", "https://x.example/ask?state=S&a=1#top"},
		{"https://x.example/ask?a=1&state=mine", "https://x.example/ask?a=1&state=S"},
		{"http://x.example/é?q=ä b", "http://x.example/%C3%A9?q=%C3%A4%20b&state=S"},
	}
	p := load(t, askConsent, nil)
	for _, tt := range tests {
		in := redirectLogin()
		in.User["target"] = tt.target
		out := run(t, p, in)
		require.Equal(t, ferrule.Redirect, out.Decision, tt.target)
		assert.Equal(t, tt.want, strings.Replace(out.RedirectTo.URL, out.RedirectTo.State, "S", 1))
		parsed, err := url.Parse(out.RedirectTo.URL)
		require.NoError(t, err)
		assert.Equal(t, out.RedirectTo.State, parsed.Query().Get("state"))
		assert.Equal(t, ferrule.Allowed, resume(t, p, parsed.Query().Get("state"), ferrule.Resumption{Body: map[string]any{"confirm": "yes"}}).Decision)
	}
	for _, bad := range []string{"javascript:alert(1)", "/relative", "https://", "ftp://x.example"} {
		in := redirectLogin()
		in.User["target"] = bad
		out := run(t, p, in)
		require.Equal(t, ferrule.Failed, out.Decision, bad)
		assert.Equal(t, ferrule.KindContract, out.Err.Kind)
	}
}

// Flows in which nobody can be redirected.
func TestRedirectWhereNobodyCanBeAsked(t *testing.T) {
	p := load(t, askConsent, nil)
	tests := []struct {
		name, protocol, prompt string
	}{
		{"prompt=none", "oidc-basic-profile", "none"},
		{"prompt=none among others", "oidc-implicit-profile", "login none"},
		{"password grant", "oauth2-password", ""},
		{"/oauth/ro", "oauth2-resource-owner", ""},
		{"refresh token", "oauth2-refresh-token", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := redirectLogin()
			in.Context["protocol"] = tt.protocol
			in.Context["request"].(map[string]any)["query"].(map[string]any)["prompt"] = tt.prompt
			out := run(t, p, in)
			require.Equal(t, ferrule.Failed, out.Decision)
			assert.Equal(t, ferrule.KindContract, out.Err.Kind)
			assert.Equal(t, "interaction_required", out.Err.OAuth)
			assert.Nil(t, out.RedirectTo)
			assert.NotContains(t, in.User, "last", "the caller's objects stay")
		})
	}
}

// A redirect and a factor: the redirect comes first, the resumed run asks for the factor.
func TestRedirectThenFactor(t *testing.T) {
	p := compile(t, `function (user, context, callback) {
  context.multifactor = { provider: 'any', allowRememberBrowser: false };
  if (context.protocol !== 'redirect-callback') context.redirect = { url: 'https://x.example' };
  callback(null, user, context);
}`, nil)
	first := run(t, p, redirectLogin())
	require.Equal(t, ferrule.Redirect, first.Decision)
	require.Len(t, first.Warnings, 1)
	assert.Equal(t, runtime.WarnRedirectBeforeMFA, first.Warnings[0].Code)
	second := resume(t, p, first.RedirectTo.State, ferrule.Resumption{})
	require.Equal(t, ferrule.Allowed, second.Decision)
	require.NotNil(t, second.Multifactor)
	assert.Equal(t, "any", second.Multifactor.Provider)
	assert.Empty(t, second.Multifactor.OAuth)
	assert.Equal(t, false, *second.Multifactor.AllowRememberBrowser)
}

// A closed pipeline resumes nothing, and takes no state.
func TestResumeAfterClose(t *testing.T) {
	store := runtime.NewMemoryStateStore(runtime.MemoryOptions{})
	options := &ferrule.Options{States: store, StateKey: []byte("k")}
	p := load(t, askConsent, options)
	state := run(t, p, redirectLogin()).RedirectTo.State
	closeSoon(t, p)
	_, err := p.Resume(context.Background(), state, ferrule.Resumption{})
	require.ErrorIs(t, err, ferrule.ErrClosed)
	out := resume(t, load(t, askConsent, options), state, ferrule.Resumption{Body: map[string]any{"confirm": "yes"}})
	assert.Equal(t, ferrule.Allowed, out.Decision, "the login was not used up")
}
