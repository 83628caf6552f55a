package report

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/folder"
)

// made is the report of an extension repository with these rules, by name.
func made(t *testing.T, rules map[string]string) *Report {
	t.Helper()
	files := fstest.MapFS{"rules-configs/SECRET.json": {Data: []byte(`{"key":"SECRET","value":"hunter2"}`)}}
	for name, body := range rules {
		text := "function (user, context, callback) {\n" + body + "\n  callback(null, user, context);\n}"
		if strings.HasPrefix(body, "!") {
			text = body[1:]
		}
		files["rules/"+name+".js"] = &fstest.MapFile{Data: []byte(text)}
	}
	read, list := folder.Read(files, ".", folder.Options{Prefix: "tenant"})
	return Make(read, list, Options{Path: "tenant", Prefix: "tenant", Domain: "example.auth0.com"})
}

func TestVerdicts(t *testing.T) {
	cases := []struct {
		name, body string
		want       Verdict
		need, why  string // a part of them
		compiled   string
	}{
		{"plain", `user.a = 1;`, Runs, "", "", "wholly"},
		{"core", `user.a = require('crypto').createHash('sha1').update(user.email).digest('hex');`, Runs, "", "", "not"},
		{"package", `require('twilio');`, NeedsPackage, "twilio", "", ""},
		{"default version", `require('lodash');`, NeedsPackage, "lodash@4.17.19", "", ""},
		{"both", `require('axios@0.21.1').get(configuration.URL);`, NeedsPackage, "URL", "", ""},
		{"variable", `user.a = _.map([1], x => x);`, NeedsPackage, "lodash@2.4.1", "", ""},
		{"ready", `let a; try { a = require('twilio'); } catch (e) { a = null; }`, Runs, "", "", ""},
		{"key", `user.a = configuration.OTHER;`, NeedsSetting, "OTHER", "", "wholly"},
		{"key there", `user.a = configuration.SECRET;`, Runs, "", "", "wholly"},
		{"key with a default", `user.a = configuration.OTHER || 'x';`, Runs, "", "", "wholly"},
		{"local", `fetch('http://10.0.0.7/');`, NeedsSetting, "10.0.0.7", "", ""},
		{"public", `fetch('https://example.com/');`, Runs, "", "", ""},
		{"tenant", `fetch(auth0.baseUrl + '/users');`, NeedsSetting, "auth0.baseUrl", "", ""},
		{"tls", `request({url: 'https://example.com', strictSSL: false}, () => {});`, NeedsPackage, "certificates", "", ""},
		{"file", `require('./helper');`, WillNotRun, "", "rules have no files", ""},
		{"keyword", `user.a = @@OBJECT@@;`, NeedsSetting, "@@OBJECT@@", "", ""},
		{"syntax", `!function (user, context, callback) { callback(null user); }`, WillNotRun, "", "expected", ""},
		{"no function", `!42`, WillNotRun, "", "function", ""},
	}
	rules := map[string]string{}
	for _, c := range cases {
		rules[strings.ReplaceAll(c.name, " ", "-")] = c.body
	}
	together := made(t, rules)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			name := strings.ReplaceAll(c.name, " ", "-")
			for _, r := range append(made(t, map[string]string{name: c.body}).Rules, find(t, together, name)) {
				assert.Equal(t, c.want, r.Verdict, "%v %v", r.Needs, r.Why)
				text, err := json.Marshal(r.Needs)
				require.NoError(t, err)
				assert.Contains(t, string(text), c.need)
				text, err = json.Marshal(r.Why)
				require.NoError(t, err)
				assert.Contains(t, string(text), c.why)
				if c.compiled != "" {
					assert.Equal(t, c.compiled, r.Compiled)
				}
			}
		})
	}
	assert.Equal(t, []string{"package", "lodash@2.4.1", "variable"}, []string{together.Needs[1].Kind, together.Needs[1].Name, together.Needs[1].Rules[0]})
	sum := 0
	for _, n := range together.Totals {
		sum += n
	}
	assert.Equal(t, len(cases), sum)
}

func find(t *testing.T, r *Report, name string) Rule {
	t.Helper()
	for _, rule := range r.Rules {
		if rule.Name == name {
			return rule
		}
	}
	t.Fatalf("no rule %s", name)
	return Rule{}
}

// TestKeysDoNotMatter: a rule that gives up without its key is judged as it is with it.
func TestKeysDoNotMatter(t *testing.T) {
	r := made(t, map[string]string{"a": `if (!configuration.KEY) return callback(null, user, context);
  fetch('https://example.com/?k=' + configuration.KEY);`}).Rules[0]
	assert.NotEqual(t, "wholly", r.Compiled)
	assert.Equal(t, "needs-http", r.Exit)
	assert.Equal(t, 3, r.ExitLine)
}

func TestWritten(t *testing.T) {
	r := made(t, map[string]string{
		"a": `if (context.clientName === '</script><img src=x>') user.a = user.email; user.b = configuration.SECRET;`,
		"b": `context.idToken['https://x.example/mail'] = user.email;`,
	})
	assert.Equal(t, []Index{{Name: "user.email", Rules: []string{"a", "b"}}}, r.Fields)
	assert.Equal(t, []Index{{Name: "SECRET", Rules: []string{"a"}}}, r.Settings)
	assert.Empty(t, r.Unused)
	data, err := r.JSON()
	require.NoError(t, err)
	var back Report
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, r, &back)
	page, err := r.HTML()
	require.NoError(t, err)
	assert.NotContains(t, string(page), "hunter2")
	assert.NotContains(t, string(data), "hunter2")
	assert.NotContains(t, string(page), "<img")
	assert.Contains(t, string(page), "&lt;img src=x&gt;")
	assert.NotRegexp(t, regexp.MustCompile(`(?i)<(script|link|iframe|img)|url\(|@import|(src|href)="[^#]`), string(page))
	assert.NotContains(t, string(page), "ZgotmplZ")
}

// TestSharedFile: what is wrong with one rule of a tenant's YAML is not said of all.
func TestSharedFile(t *testing.T) {
	files := fstest.MapFS{
		"tenant.yaml": {Data: []byte("rules:\n  - name: a\n    script: ./a.js\n    order: 1\n    unheard: 1\n  - name: b\n    script: ./a.js\n    order: x\n")},
		"a.js":        {Data: []byte("function (user, context, callback) { callback(null, user, context); }")},
	}
	read, list := folder.Read(files, "tenant.yaml", folder.Options{})
	r := Make(read, list, Options{Path: "tenant.yaml"})
	require.Len(t, r.Rules, 2)
	require.NotEmpty(t, r.Problems)
	for _, rule := range r.Rules {
		assert.Equal(t, Runs, rule.Verdict)
	}
}

// TestNoValues: not even a wrong value of the configuration is shown.
func TestNoValues(t *testing.T) {
	files := fstest.MapFS{
		"rules/a.js":           {Data: []byte("function (user, context, callback) { callback(null, user, context); }")},
		"rules-configs/N.json": {Data: []byte(`{"value":8675309}`)},
	}
	read, list := folder.Read(files, ".", folder.Options{})
	r := Make(read, list, Options{Path: "."})
	require.Len(t, r.Problems, 1)
	data, err := r.JSON()
	require.NoError(t, err)
	assert.NotContains(t, string(data), "8675309")
}
