package ferrule_test

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// getter is a rule that asks for the URLs of user.urls, one after the other, and leaves each
// status with the text, or the code of the error, in the claim got.
const getter = `function getter(user, context, callback) {
  const https = require('https'), http = require('http');
  const got = [];
  const next = function () {
    const to = user.urls[got.length];
    if (to === undefined) { context.idToken.got = got; return callback(null, user, context); }
    const done = function (text) { got.push(text); next(); };
    let text = '';
    (to.startsWith('https:') ? https : http).get(to, { headers: { Authorization: 'Bearer hidden-header' } }, function (response) {
      response.on('data', function (part) { text += part; });
      response.on('end', function () { done(response.statusCode + ' ' + text); });
      response.on('error', function (e) { done(e.code); });
    }).on('error', function (e) { done(e.code); });
  };
  next();
}`

// network compiles a rule with a policy.
func network(t *testing.T, rule string, policy ferrule.NetworkPolicy, change ...func(*ferrule.Options)) *ferrule.Pipeline {
	t.Helper()
	options := &ferrule.Options{Network: policy}
	for _, c := range change {
		c(options)
	}
	p, err := ferrule.Compile("rule.js", rule, options)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, p.Close(context.Background())) })
	return p
}

func allow(t *testing.T, text string) []ferrule.NetworkRule {
	t.Helper()
	rules, err := ferrule.ParseNetworkRules(text)
	require.NoError(t, err)
	return rules
}

// ask runs getter.
func ask(t *testing.T, p *ferrule.Pipeline, urls ...any) (got []any, out ferrule.Outcome) {
	t.Helper()
	out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"urls": urls}, Context: map[string]any{"idToken": map[string]any{}}})
	require.NoError(t, err)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	got, _ = out.Context["idToken"].(map[string]any)["got"].([]any)
	return got, out
}

func hello(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello") }))
	t.Cleanup(s.Close)
	return s
}

func TestNetworkIsPublicByDefault(t *testing.T) {
	s := hello(t)
	got, out := ask(t, network(t, getter, ferrule.NetworkPolicy{}), s.URL+"/secret")
	assert.Equal(t, []any{"EEGRESS"}, got)
	require.Len(t, out.Warnings, 1)
	assert.Equal(t, ferrule.WarningCode("network-refused"), out.Warnings[0].Code)
	assert.Equal(t, "rule", out.Warnings[0].Rule)
	assert.Contains(t, out.Warnings[0].Text, "a loopback address")
	assert.Contains(t, out.Warnings[0].Text, "--allow-net "+s.Listener.Addr().String())
	require.Len(t, out.Calls, 1)
	assert.Equal(t, "EEGRESS", out.Calls[0].Error)
	assert.Zero(t, out.Calls[0].Status)
}

// A call is recorded with all that is no secret.
func TestCallsAreRecorded(t *testing.T) {
	s := hello(t)
	address := s.Listener.Addr().String()
	p := network(t, getter, ferrule.NetworkPolicy{Allow: allow(t, address)}, func(o *ferrule.Options) {
		o.Configuration = map[string]string{"HOOK": "T0000-hidden-path"}
	})
	got, out := ask(t, p, "http://ann:hidden-password@"+address+"/a%20b?token=hidden-query#hidden-fragment", s.URL+"/hooks/T0000-hidden-path", s.URL)
	assert.Equal(t, []any{"200 hello", "200 hello", "200 hello"}, got)
	assert.Empty(t, out.Warnings)
	require.Len(t, out.Calls, 3)
	for i, want := range []string{s.URL + "/a%20b", s.URL + "/hooks/[configuration.HOOK]", s.URL + "/"} {
		call := out.Calls[i]
		assert.Positive(t, call.Duration)
		call.Duration = 0
		assert.Equal(t, ferrule.Call{Rule: "rule", Method: "GET", URL: want, Status: 200, ResponseBytes: 5}, call)
	}
	text, err := json.Marshal(out.Calls)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "hidden")
}

func TestListsOfTheNetworkPolicy(t *testing.T) {
	s := hello(t)
	address := s.Listener.Addr().String()
	for name, c := range map[string]struct {
		policy ferrule.NetworkPolicy
		want   string
	}{
		"allowed by address":      {ferrule.NetworkPolicy{Allow: allow(t, "127.0.0.0/8")}, "200 hello"},
		"another port":            {ferrule.NetworkPolicy{Allow: allow(t, "127.0.0.1:1")}, "EEGRESS"},
		"denied":                  {ferrule.NetworkPolicy{Allow: allow(t, address), Deny: allow(t, address)}, "EEGRESS"},
		"all is denied":           {ferrule.NetworkPolicy{Allow: allow(t, address), Deny: allow(t, "*")}, "EEGRESS"},
		"only is no grant":        {ferrule.NetworkPolicy{Only: allow(t, address)}, "EEGRESS"},
		"only others":             {ferrule.NetworkPolicy{Only: allow(t, "api.example"), Allow: allow(t, address)}, "200 hello"},
		"another scheme":          {ferrule.NetworkPolicy{Allow: allow(t, address), Schemes: []string{"https"}}, "EEGRESS"},
		"large response":          {ferrule.NetworkPolicy{Allow: allow(t, address), Limits: ferrule.NetworkLimits{ResponseBytes: 4}}, "EEGRESSLIMIT"},
		"response that just fits": {ferrule.NetworkPolicy{Allow: allow(t, address), Limits: ferrule.NetworkLimits{ResponseBytes: 5}}, "200 hello"},
	} {
		t.Run(name, func(t *testing.T) {
			got, out := ask(t, network(t, getter, c.policy), s.URL)
			assert.Equal(t, []any{c.want}, got)
			assert.Equal(t, c.want[0] == 'E', len(out.Warnings) == 1)
		})
	}
}

// The limit of requests holds for each run by itself.
func TestRequestsOfARunAreLimited(t *testing.T) {
	s := hello(t)
	p := network(t, getter, ferrule.NetworkPolicy{Allow: allow(t, s.Listener.Addr().String()), Limits: ferrule.NetworkLimits{Requests: 2}})
	for range 2 {
		got, out := ask(t, p, s.URL, s.URL, s.URL, s.URL)
		assert.Equal(t, []any{"200 hello", "200 hello", "EEGRESSLIMIT", "EEGRESSLIMIT"}, got)
		assert.Len(t, out.Calls, 2)
		require.Len(t, out.Warnings, 1)
		assert.Equal(t, ferrule.WarningCode("network-limit"), out.Warnings[0].Code)
	}
}

// What goes on when a rule answers is recorded as it is then, and once; it is stopped with the time of
// the run, and Close waits for it.
func TestCallsThatGoOn(t *testing.T) {
	var over atomic.Bool
	came := make(chan struct{}, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		came <- struct{}{}
		<-r.Context().Done()
		over.Store(true)
	}))
	defer s.Close()
	var mu sync.Mutex
	var late []ferrule.Late
	const rule = `function rule(user, context, callback) {
  const request = require('http').get(user.url, function () {});
  request.on('error', function (e) { console.log(e.code); });
  request.on('socket', function () {});
  setTimeout(function () { callback(null, user, context); }, 100);
}`
	p, err := ferrule.Compile("rule.js", rule, &ferrule.Options{
		Network: ferrule.NetworkPolicy{Allow: allow(t, s.Listener.Addr().String())}, Limits: ferrule.Limits{Timeout: 4 * time.Second},
		OnLate: func(l ferrule.Late) { mu.Lock(); late = append(late, l); mu.Unlock() },
	})
	require.NoError(t, err)
	out, err := p.Run(t.Context(), ferrule.Input{User: map[string]any{"url": s.URL}})
	require.NoError(t, err)
	assert.Equal(t, ferrule.Allowed, out.Decision)
	<-came
	require.Len(t, out.Calls, 1)
	assert.Equal(t, "unfinished", out.Calls[0].Error)
	require.NoError(t, p.Close(t.Context()))
	assert.Eventually(t, over.Load, 10*time.Second, time.Millisecond, "the server sees the end of the request")
	mu.Lock()
	defer mu.Unlock()
	for _, l := range late {
		assert.Nil(t, l.Call, "it was recorded before")
	}
}

// Connections are kept for the next run of a pipeline, and for no other pipeline.
func TestConnectionsOfAPipelineAreItsOwn(t *testing.T) {
	var conns atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello") }))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	policy := ferrule.NetworkPolicy{Allow: allow(t, s.Listener.Addr().String())}
	for want := range 2 {
		p := network(t, getter, policy)
		for range 3 {
			got, _ := ask(t, p, s.URL, s.URL)
			require.Equal(t, []any{"200 hello", "200 hello"}, got)
		}
		assert.EqualValues(t, want+1, conns.Load())
	}
}

func TestNetworkOptionsAreChecked(t *testing.T) {
	for _, text := range []string{"socks5://proxy.example", "http://"} {
		proxy, err := url.Parse(text)
		require.NoError(t, err)
		_, err = ferrule.Compile("rule.js", getter, &ferrule.Options{Network: ferrule.NetworkPolicy{Proxy: proxy}})
		require.ErrorContains(t, err, "Network: proxy")
	}
	_, err := ferrule.ParseNetworkRules("api.example, http://x")
	require.ErrorContains(t, err, `"http://x"`)
}

// TLS is verified; what a rule turns off is refused unless the policy allows it.
func TestNetworkVerifiesTLS(t *testing.T) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello") }))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	insecure := strings.Replace(getter, "{ headers:", "{ rejectUnauthorized: false, headers:", 1)
	address := s.Listener.Addr().String()
	got, out := ask(t, network(t, getter, ferrule.NetworkPolicy{Allow: allow(t, address)}), s.URL)
	assert.Equal(t, []any{"DEPTH_ZERO_SELF_SIGNED_CERT"}, got)
	assert.Equal(t, "DEPTH_ZERO_SELF_SIGNED_CERT", out.Calls[0].Error)
	got, out = ask(t, network(t, insecure, ferrule.NetworkPolicy{Allow: allow(t, address)}), s.URL)
	assert.Equal(t, []any{"EEGRESS"}, got)
	assert.Contains(t, out.Warnings[0].Text, "--allow-insecure-tls")
	got, _ = ask(t, network(t, insecure, ferrule.NetworkPolicy{Allow: allow(t, address), AllowInsecureTLS: true}), s.URL)
	assert.Equal(t, []any{"200 hello"}, got)
	pool := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	got, _ = ask(t, network(t, getter, ferrule.NetworkPolicy{Allow: allow(t, address), RootCAs: pool}), s.URL)
	assert.Equal(t, []any{"200 hello"}, got)
}

// Each call stands in the name of the rule that made it, in the outcome of JSON runs, too.
func TestCallsNameTheirRules(t *testing.T) {
	s := hello(t)
	rule := func(name string) string {
		return strings.Replace(strings.Replace(getter, "getter(", name+"(", 1), "user.urls[got.length]", "user.urls[got.length] && user.urls[got.length] + '/"+name+"'", 1)
	}
	p, err := ferrule.Load(fstest.MapFS{"a.js": {Data: []byte(rule("one"))}, "b.js": {Data: []byte(rule("two"))}}, &ferrule.Options{
		Network: ferrule.NetworkPolicy{Allow: allow(t, s.Listener.Addr().String())},
	})
	require.NoError(t, err)
	defer func() { assert.NoError(t, p.Close(context.Background())) }()
	out, err := p.RunJSON(t.Context(), ferrule.JSONInput{User: []byte(`{"urls":["` + s.URL + `"]}`), Context: []byte(`{"idToken":{}}`)})
	require.NoError(t, err)
	var got []string
	for _, call := range out.Calls {
		got = append(got, call.Rule+" "+call.URL)
	}
	assert.Equal(t, []string{"a " + s.URL + "/one", "b " + s.URL + "/two"}, got)
}
