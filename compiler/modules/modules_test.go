package modules_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/parse"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/compiler/modules"
)

func TestParse(t *testing.T) {
	for text, want := range map[string]modules.Specifier{
		"lodash":                  {Name: "lodash"},
		"lodash/fp":               {Name: "lodash", Sub: "fp"},
		"axios@0.21.1":            {Name: "axios", Version: "0.21.1"},
		"@auth0/x":                {Name: "@auth0/x"},
		"@auth0/x/lib/y":          {Name: "@auth0/x", Sub: "lib/y"},
		"@auth0/x@1.2.3":          {Name: "@auth0/x", Version: "1.2.3"},
		"@auth0/x@1.2.3/sub/path": {Name: "@auth0/x", Version: "1.2.3", Sub: "sub/path"},
		"node:fs/promises":        {Name: "fs/promises"},
		"fs/promises":             {Name: "fs/promises"},
		"../../etc/passwd":        {Name: "../../etc/passwd"},
		"":                        {},
	} {
		want.Text = text
		assert.Equal(t, want, modules.Parse(text), text)
	}
}

func TestKinds(t *testing.T) {
	for text, want := range map[string]modules.Kind{
		"crypto": modules.Core, "node:crypto": modules.Core, "bcrypt": modules.Core, "bcrypt@0.8.5": modules.Core,
		"url@0.10.3": modules.Missing, "punycode/": modules.Missing, "nobody-has-this": modules.Missing, "": modules.Missing,
		"./x": modules.Refused, "../../etc/passwd": modules.Refused, "/etc/passwd": modules.Refused, "lodash/../../x": modules.Refused,
		"file:///x": modules.Refused, `..\x`: modules.Refused, ".": modules.Refused, ".hidden": modules.Missing, "@": modules.Missing,
	} {
		assert.Equal(t, want, modules.Resolver{Dir: t.TempDir()}.Resolve(modules.Parse(text)).Kind, text)
	}
}

func TestResolve(t *testing.T) {
	root := t.TempDir()
	install := func(dir, name, version string) string {
		at := filepath.Join(root, dir)
		require.NoError(t, os.MkdirAll(at, 0o777))
		text := fmt.Sprintf(`{"name": %q, "version": %q}`, name, version)
		require.NoError(t, os.WriteFile(filepath.Join(at, "package.json"), []byte(text), 0o666))
		return at
	}
	near := install("app/rules/node_modules/lodash", "lodash", "2.4.1")
	install("app/node_modules/lodash", "lodash", "4.17.21")
	alias := install("app/node_modules/lodash-4.17.21", "lodash", "4.17.21")
	own := install("app/node_modules/url", "url", "0.10.3")
	install("app/node_modules/axios-0.21.1", "evil", "0.21.1")
	scoped := install("app/node_modules/@auth0/x-1.0.0", "@auth0/x", "1.0.0")

	resolve := func(text string) modules.Found {
		return modules.Resolver{Dir: filepath.Join(root, "app/rules")}.Resolve(modules.Parse(text))
	}
	assert.Equal(t, modules.Found{Kind: modules.Installed, Version: "2.4.1", Dir: near, Installed: "lodash"}, resolve("lodash"))
	assert.Equal(t, modules.Found{Kind: modules.Installed, Version: "4.17.21", Dir: alias, Installed: "lodash-4.17.21"}, resolve("lodash@4.17.21/fp"))
	assert.Equal(t, modules.Found{Kind: modules.Installed, Version: "0.10.3", Dir: own, Installed: "url"}, resolve("url@0.10.3"))
	assert.Equal(t, modules.Found{Kind: modules.Installed, Version: "1.0.0", Dir: scoped, Installed: "@auth0/x-1.0.0"}, resolve("@auth0/x@1.0.0"))
	assert.Equal(t, modules.Core, resolve("url").Kind)
	assert.Equal(t, modules.Missing, resolve("lodash@3.0.0").Kind)
	assert.Equal(t, modules.Missing, resolve("axios@0.21.1").Kind, "another package under that name")
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{`require('a'); require("b/c")`, "a b/c"},
		{`require('a@' + '1.2.3')`, "a@1.2.3"},
		{"const v = '1.0.0', n = 'a'; require(`${n}@${v}`)", "a@1.0.0"},
		{`require(user.x ? 'a' : 'b')`, "a b"},
		{`try { require('a') } catch (e) { require('b') }`, "a? b"},
		{`try { require('a') } finally { }`, "a"},
		{`require(user.name)`, "(computed)"},
		{`let n = 'a'; n = 'b'; require(n)`, "(computed)"},
		{`var n = 'a'; for (n of [user.x]) { require(n) }`, "(computed)"},
		{`function f(n) { return require(n) } f('a')`, "(computed)"},
		{`function f(n = 'a') { return require(n) } f('b')`, "(computed)"},
		{`const require = f => f; require('a')`, ""},
		{`_.get(user, 'a'); jwt.sign({}); _.get(user, 'b')`, "_=lodash@2.4.1 jwt=jsonwebtoken@7.4.1"},
		{`const _ = {}; _.get(); typeof request; crypto: for (;;) { break crypto }`, ""},
		{`q = 1; user.async; ({ ip: 1 })`, ""},
	} {
		file := source.NewFile("rule.js", "function (user, context, callback) { "+test.body+"; callback(null, user, context); }")
		script, problems := parse.Rule(file, parse.Options{})
		require.False(t, problems.HasErrors(), test.body)
		got := ""
		for i, use := range modules.Find(script.Tree) {
			if i > 0 {
				got += " "
			}
			if use.Variable != "" {
				got += use.Variable + "="
			}
			got += use.Specifier.Text
			if use.Computed {
				got += "(computed)"
			}
			if use.Guarded {
				got += "?"
			}
		}
		assert.Equal(t, test.want, got, test.body)
	}
}

func TestManifest(t *testing.T) {
	m, err := modules.ReadManifest(nil)
	require.NoError(t, err)
	assert.True(t, m.Add(modules.Parse("axios@0.21.1/lib/x")))
	assert.False(t, m.Add(modules.Parse("axios@0.21.1")))
	assert.True(t, m.Add(modules.Parse("request")))
	assert.True(t, m.Add(modules.Parse("nobody-knows")))
	text, err := m.Text()
	require.NoError(t, err)
	assert.Equal(t, `{
  "private": true,
  "dependencies": {
    "axios-0.21.1": "npm:axios@0.21.1",
    "nobody-knows": "*",
    "request": "2.88.0"
  }
}
`, string(text))

	for _, broken := range []string{"[]", "{", `{"dependencies": 1}`, `{"a" 1}`} {
		_, err := modules.ReadManifest([]byte(broken))
		assert.Error(t, err, broken)
	}
}
