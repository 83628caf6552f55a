package ruletest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

func TestTapes(t *testing.T) {
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls++
		w.Header().Set("Set-Cookie", "sid=hidden")
		assert.Equal(t, "Bearer s3cret-key", r.Header.Get("Authorization"))
		assert.Equal(t, "s3cret-key", r.URL.Query().Get("k"))
		_ = json.NewEncoder(w).Encode(map[string]any{"plan": "gold", "call": calls, "access_token": "abc", "echo": "s3cret-key"})
	}))
	defer server.Close()
	fsys := files(strings.ReplaceAll(`async function (user, context, callback) {
  const ask = async () => (await fetch('SERVER/plan?k=' + configuration.KEY, {
    method: 'POST', headers: { authorization: 'Bearer ' + configuration.KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ id: user.user_id, key: configuration.KEY, password: 'p' }),
  })).json();
  user.plans = [(await ask()).call, (await ask()).call];
  if (user.more) await fetch('SERVER/other');
  callback(null, user, context);
}`, "SERVER", server.URL), `
defaults: {configuration: {KEY: s3cret-key}, user: {user_id: u1}}
cases:
  - {name: taped, tape: plan.tape.yaml, expect: {user: {plans: [1, 2]}}}
  - {name: another call, tape: plan.tape.yaml, user: {more: true}, expect: {user: {plans: [1, 2]}}}
  - {name: no tape, expect: failed}
`)
	read := func() []*ruletest.File {
		file, err := ruletest.Read(fsys, "rule.test.yaml", "")
		require.NoError(t, err)
		return []*ruletest.File{file}
	}
	js := ruletest.Options{Engines: []string{"js"}}
	report, err := ruletest.Run(context.Background(), read(), js)
	require.NoError(t, err)
	assert.Equal(t, "taped: tape: nothing, not the tape plan.tape.yaml, which ferrule test --record makes", told(report)[0])
	assert.Zero(t, calls, "nothing leaves a test")

	rules, err := egress.ParseRules("127.0.0.1")
	require.NoError(t, err)
	recorded := read()
	recorded[0].Cases = recorded[0].Cases[:1]
	tapes, err := ruletest.Record(context.Background(), recorded, js, egress.Policy{Allow: rules})
	require.NoError(t, err)
	assert.Equal(t, fmt.Sprintf(`# Made by ferrule test --record.
stubs:
  - request: POST %s/plan
    query: {k: {$any: true}}
    json: {id: u1, key: {$any: true}, password: {$any: true}}
    answers:
      - {status: 200, json: {access_token: scrubbed, call: 1, echo: scrubbed, plan: gold}, headers: {content-type: "text/plain; charset=utf-8"}}
      - {status: 200, json: {access_token: scrubbed, call: 2, echo: scrubbed, plan: gold}, headers: {content-type: "text/plain; charset=utf-8"}}
`, server.URL), tapes["plan.tape.yaml"])

	fsys["plan.tape.yaml"] = &fstest.MapFile{Data: []byte(tapes["plan.tape.yaml"])}
	report, err = ruletest.Run(context.Background(), read(), ruletest.Options{})
	require.NoError(t, err)
	assert.Equal(t, []string{"another call: calls: GET " + server.URL + "/other, not a stub that answers"}, told(report)[:1])
	assert.Equal(t, 2, calls, "a tape needs no service")
}
