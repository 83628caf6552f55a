package ruletest_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ruletest"
)

// files makes a file system of a rule and its cases.
func files(rule, cases string) fstest.MapFS {
	return fstest.MapFS{"rule.js": {Data: []byte(rule)}, "rule.test.yaml": {Data: []byte(cases)}}
}

func run(t *testing.T, rule, cases string, o ruletest.Options) *ruletest.Report {
	t.Helper()
	file, err := ruletest.Read(files(rule, cases), "rule.test.yaml", "")
	require.NoError(t, err)
	report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, o)
	require.NoError(t, err)
	require.Empty(t, report.Broken)
	return report
}

// told lists the mismatches of the failed cases as lines.
func told(report *ruletest.Report) []string {
	seen, lines := map[string]bool{}, []string{}
	for _, r := range report.Results {
		for _, e := range r.Runs {
			for _, m := range append(append([]ruletest.Mismatch{}, e.Mismatches...), e.Differences...) {
				line := fmt.Sprintf("%s: %s: %s, not %s", r.Case.Name, m.Path, m.Actual, m.Expected)
				if !seen[line] {
					lines = append(lines, line)
				}
				seen[line] = true
			}
		}
	}
	return lines
}

const allow = `function (user, context, callback) {
  const allowed = ['ann@example.com', configuration.EXTRA];
  console.log('checking', user.email);
  if (!allowed.includes(user.email)) {
    return callback(new UnauthorizedError('Access denied.'));
  }
  user.app_metadata = user.app_metadata || {};
  user.app_metadata.roles = ['member'];
  delete user.nickname;
  context.idToken['https://example.com/at'] = new Date().toISOString();
  callback(null, user, context);
}`

func TestExpectations(t *testing.T) {
	const defaults = `
defaults:
  login: sample
  now: 2026-03-02T10:30:00Z
  configuration: {EXTRA: bob@example.com}
  user: {email: ann@example.com}
cases:
  - name: c
`
	for _, tt := range []struct {
		name, expect string
		want         []string
	}{
		{"nothing", `expect: allowed`, nil},
		{"a part", `expect: {user: {app_metadata: {roles: [member]}}}`, nil},
		{"another value", `expect: {user: {app_metadata: {roles: [admin]}}}`, []string{`c: user.app_metadata.roles[0]: "member", not "admin"`}},
		{"exact", `expect: {exact: true, user: {nickname: {$absent: true}, app_metadata: {roles: [member]}}, context: {idToken: {https://example.com/at: {$match: ^2026-}}}}`, nil},
		{"exact, too little", `expect: {exact: true, user: {app_metadata: {roles: [member]}}, context: {idToken: {https://example.com/at: {$any: true}}}}`,
			[]string{`c: user.nickname: nothing, not "jane.doe"`}},
		{"tokens", `expect: {tokens: {id: {https://example.com/at: 2026-03-02T10:30:00.000Z}}}`, nil},
		{"tokens, other", `expect: {tokens: {id: {x: {$type: string}}}}`, []string{`c: tokens.id.x: nothing, not {"$type":"string"}`}},
		{"console", `expect: {console: [checking ann@example.com]}`, nil},
		{"console, other", `expect: {console: [{level: error}]}`, []string{`c: console[0].level: "log", not "error"`}},
		{"console, more", `expect: {console: []}`, []string{`c: console: {"level":"log","rule":"rule","text":"checking ann@example.com"}, not nothing`}},
		{"denied", `expect: denied`, []string{`c: outcome: allowed, not denied`}},
		{"a denial", "user: {email: eve@example.com}\n    expect: {message: Access denied.}", nil},
		{"another denial", "user: {email: eve@example.com}\n    expect: {message: No., error: {name: UnauthorizedError}}", []string{`c: error.message: "Access denied.", not "No."`}},
		{"a denial that is not expected", "without: [user.email]\n    expect: {user: {a: 1}}", []string{`c: outcome: denied: UnauthorizedError: Access denied., not allowed`}},
		{"configuration", "user: {email: bob@example.com}\n    expect: allowed", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			report := run(t, allow, defaults+"    "+tt.expect, ruletest.Options{})
			assert.Equal(t, tt.want, append([]string(nil), told(report)...))
			for _, e := range report.Results[0].Runs {
				assert.Empty(t, e.Skipped, e.Engine)
			}
		})
	}
}

func TestMismatchesNameTheLineOfTheRule(t *testing.T) {
	report := run(t, allow, `
defaults: {login: sample, now: 2026-03-02T10:30:00Z, configuration: {EXTRA: jane.doe@example.com}}
cases:
  - {name: value, expect: {user: {app_metadata: {roles: [admin]}}}}
  - {name: outcome, user: {email: eve@example.com}}
`, ruletest.Options{})
	for i, want := range []int{8, 5} {
		m := report.Results[i].Runs[0].Mismatches
		require.NotEmpty(t, m)
		assert.Equal(t, want, m[0].Line)
	}
}

const call = `async function (user, context, callback) {
  try {
    const res = await fetch('https://api.vendor.com/users?q=' + encodeURIComponent(user.email), {
      method: 'POST', body: JSON.stringify({ id: user.user_id, n: 1 }),
      headers: { authorization: 'Bearer ' + configuration.KEY },
    });
    if (!res.ok) return callback(new Error('vendor says ' + res.status));
    user.plan = (await res.json()).plan;
  } catch (e) {
    console.log('failed', e.cause && e.cause.code || e.message);
  }
  callback(null, user, context);
}`

func TestStubs(t *testing.T) {
	report := run(t, call, `
defaults: {login: sample, configuration: {KEY: s3cret}}
cases:
  - name: answers
    stubs:
      - request: POST https://api.vendor.com/users
        query: {q: jane.doe@example.com}
        headers: {Authorization: Bearer s3cret}
        json: {n: 1}
        answer: {json: {plan: gold}}
        times: 1
    expect: {user: {plan: gold}, calls: [POST https://api.vendor.com/users], exact: true}
  - name: a status
    stubs: [{request: "https://api.vendor.com/*", answer: 503}]
    expect: {outcome: failed, message: vendor says 503}
  - name: "${error}"
    matrix: [{error: reset, code: ECONNRESET}, {error: refused, code: ECONNREFUSED}, {error: unknown-host, code: ENOTFOUND}]
    stubs: [{request: "https://api.vendor.com/*", answer: {error: "${error}"}}]
    expect: {console: ["failed ${code}"]}
  - name: cut
    stubs: [{request: "https://api.vendor.com/*", answer: {error: cut, json: {}}}]
    expect: {console: [{$match: ^failed}]}
  - name: unexpected
    expect: {outcome: failed}
  - name: another body
    stubs: [{request: POST https://api.vendor.com/users, json: {n: 2}}]
    expect: {outcome: failed}
  - name: too often
    stubs: [{request: POST https://api.vendor.com/users, answer: {json: {}}, times: 2}]
  - name: other calls
    stubs: [{request: "https://api.vendor.com/*", answer: {json: {}}}]
    expect: {calls: [{request: POST https://api.vendor.com/users, json: {n: 2}}, GET https://other.example.com/]}
`, ruletest.Options{})
	body := `with the body "{\"id\":\"auth0|5f7c8ec7c33c6c004bbafe82\",\"n\":1}"`
	assert.Equal(t, []string{
		"unexpected: calls: POST https://api.vendor.com/users?q=jane.doe%40example.com " + body + ", not a stub that answers",
		"another body: calls: POST https://api.vendor.com/users?q=jane.doe%40example.com " + body + ", not a stub that answers",
		"too often: stubs: 1 times, not POST https://api.vendor.com/users 2 times (line 29)",
		"other calls: calls[0].json.n: 1, not 2",
		"other calls: calls[1]: nothing, not GET https://other.example.com/",
	}, told(report))
}

func TestSequencesAndWorkAfterTheAnswer(t *testing.T) {
	report := run(t, `async function (user, context, callback) {
  const first = await fetch('http://a.example.com/1');
  const second = await fetch('http://a.example.com/1');
  user.seen = [first.status, second.status];
  callback(null, user, context);
  fetch('https://log.example.com:8443/done', { method: 'PUT' });
}`, `
cases:
  - name: c
    user: {user_id: u}
    stubs:
      - {request: GET http://a.example.com/1, answers: [429, {delay: 1ms}]}
      - {request: PUT https://log.example.com:8443/done}
    expect: {user: {seen: [429, 200]}, calls: [GET http://a.example.com/1, GET http://a.example.com/1, PUT https://log.example.com:8443/done]}
`, ruletest.Options{})
	assert.Empty(t, told(report))
}

func TestMetadataWrites(t *testing.T) {
	rule := `async function (user, context, callback) {
  try {
    user.app_metadata.n = 1;
    await auth0.users.updateAppMetadata(user.user_id, user.app_metadata);
  } catch (e) { return callback(new Error('no store: ' + e.message + ' ' + e.statusCode)); }
  callback(null, user, context);
}`
	report := run(t, rule, `
defaults: {login: sample}
cases:
  - {name: written, expect: {metadata: [{target: app, values: {n: 1}}]}}
  - {name: other, expect: {metadata: [{target: user}]}}
  - {name: refused, store: {status: 429, message: slow down}, expect: {outcome: failed, message: "no store: slow down 429"}}
`[1:], ruletest.Options{})
	assert.Equal(t, []string{`other: metadata[0].target: "app", not "user"`}, told(report))
}

func TestRandomValuesAreNoDifferenceOfEngines(t *testing.T) {
	report := run(t, `function (user, context, callback) { user.x = Math.random(); callback(null, user, context); }`,
		"cases: [{name: c, user: {}, expect: {user: {x: {$type: number}}}}]", ruletest.Options{})
	assert.Empty(t, told(report))
	assert.NotEmpty(t, report.Results[0].Runs[2].Skipped, "expr cannot run it")
}

func TestMatrixFixturesAndFilter(t *testing.T) {
	fsys := files(`function (user, context, callback) {
  if (user.plan !== 'gold' || !user.ok) return callback(new UnauthorizedError('no'));
  callback(null, user, context);
}`, `
fixtures: people.yaml
logins: {gold: {login: ann, user: {plan: gold}}}
cases:
  - {name: all, matrix: {ok: [true], plan: [gold]}, login: ann, user: {ok: "${ok}", plan: "${plan}"}}
  - {name: gold, login: gold, user: {ok: yes}}
  - {name: "bad ${n}", matrix: [{n: 1, plan: gold}, {n: 2, plan: tin}], login: ann, user: {plan: "${plan}"}, expect: denied}
`)
	fsys["people.yaml"] = &fstest.MapFile{Data: []byte("logins: {ann: {user: {email: a@example.com}}}")}
	file, err := ruletest.Read(fsys, "rule.test.yaml", "")
	require.NoError(t, err)
	report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, ruletest.Options{Filter: regexp.MustCompile("all|bad|gold$")})
	require.NoError(t, err)
	assert.Empty(t, told(report))
	var names []string
	for _, r := range report.Results {
		names = append(names, r.Case.Name)
	}
	assert.Equal(t, []string{"all (ok=true, plan=gold)", "gold", "bad 1", "bad 2"}, names)
}

func TestMistakesInFiles(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a member", "cases:\n  - name: a\n    usr: {}\n", "rule.test.yaml:3:5: error: nothing reads the member \"usr\" of a case [unknown-field]"},
		{"syntax", "cases: [\n", "rule.test.yaml:2:1: error: did not find expected node content while parsing a flow node [bad-yaml]"},
		{"nothing", "", "rule.test.yaml: error: the file is empty [bad-yaml]"},
		{"no name", "cases: [{user: {}}]", "rule.test.yaml:1:9: error: a case needs a name [bad-field]"},
		{"twice", "cases: [{name: a}, {name: a}]", `rule.test.yaml:1:20: error: there are two cases "a" [bad-field]`},
		{"a login", "cases: [{name: a, login: b}]", `rule.test.yaml:1:26: error: there is no login "b": they are sample [bad-field]`},
		{"an outcome", "cases:\n- name: é\n  expect: ok", `rule.test.yaml:3:11: error: an outcome is allowed, denied, failed, redirect, not "ok" [bad-field]`},
		{"a time", "cases: [{name: a, now: today}]", `rule.test.yaml:1:24: error: now is written like 2026-03-02T10:30:00Z, and this is the text "today" [bad-field]`},
		{"a zone", "cases: [{name: a, zone: Mars/X}]", `rule.test.yaml:1:25: error: zone is UTC or a name like Europe/Berlin, not "Mars/X" [bad-field]`},
		{"a matcher", "cases: [{name: a, expect: {user: {a: {$mtch: x}}}}]", `rule.test.yaml:1:34: error: there is no matcher $mtch`},
		{"a request", "cases: [{name: a, stubs: [{request: GET /x}]}]", `rule.test.yaml:1:37: error: a request is written METHOD URL`},
		{"a path", "cases: [{name: a, without: [user.x]}]", `rule.test.yaml:1:28: error: without: the login has no "user.x" [bad-field]`},
		{"a rule", "rule: no.js\ncases: [{name: a}]", `rule.test.yaml:1:7: error: there is no rule no.js [bad-field]`},
		{"an engine", "cases: [{name: a, engines: v8}]", `rule.test.yaml:1:28: error: the engines are js, auto, expr, cel, not "v8" [bad-field]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ruletest.Read(files("x", tt.text), "rule.test.yaml", "")
			require.Error(t, err)
			assert.Truef(t, strings.HasPrefix(err.Error(), tt.want), "got  %s\nwant %s", err, tt.want)
		})
	}
}

func TestARuleThatIsWrong(t *testing.T) {
	file, err := ruletest.Read(files("function (", "cases: [{name: a}]"), "rule.test.yaml", "")
	require.NoError(t, err)
	report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, ruletest.Options{})
	require.NoError(t, err)
	require.Len(t, report.Broken, 1)
	assert.Contains(t, report.Broken[0].Err.Error(), "rule.js:1:")
}

func TestNumberOfWorkersChangesNoReport(t *testing.T) {
	var cases strings.Builder
	cases.WriteString("defaults: {login: sample, configuration: {KEY: s3cret}}\ncases:\n")
	for i := range 250 {
		fmt.Fprintf(&cases, "  - {name: c%d, user: {email: u%d@example.com}, stubs: [{request: \"https://api.vendor.com/*\", query: {q: u%d@example.com}, answer: {json: {plan: p%d}}}], expect: {user: {plan: p%d}}}\n",
			i, i, i, i, i+i/100%2)
	}
	file, err := ruletest.Read(files(call, cases.String()), "rule.test.yaml", "")
	require.NoError(t, err)
	var first []string
	for _, jobs := range []int{1, 7} {
		report, err := ruletest.Run(context.Background(), []*ruletest.File{file}, ruletest.Options{Jobs: jobs, Engines: []string{"js", "auto"}})
		require.NoError(t, err)
		assert.Equal(t, 100, report.Failed())
		for i, r := range report.Results {
			assert.Equal(t, fmt.Sprintf("c%d", i), r.Case.Name)
		}
		if first == nil {
			first = told(report)
		}
		assert.Equal(t, first, told(report))
	}
}
