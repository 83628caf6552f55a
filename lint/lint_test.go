package lint_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/diag"
	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/lint"
)

// codes are the codes that are found in a rule, with lines.
func codes(t *testing.T, text string) []string {
	t.Helper()
	found := []string{}
	for _, d := range findings(t, "rule.js", text) {
		if d.Severity != diag.Note {
			found = append(found, string(d.Code))
		}
	}
	return found
}

// TestPatterns: no rule of the library makes a check fail, and every finding has a place, a
// message of one line and advice.
func TestPatterns(t *testing.T) {
	n := 0
	err := filepath.WalkDir("../testdata/patterns", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".txtar") {
			return err
		}
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if !strings.HasPrefix(f.Name, "rule.") {
				continue
			}
			n++
			for _, d := range lint.Rule(source.NewFile(f.Name, string(f.Data))) {
				assert.True(t, d.Span.IsValid(), "%s: %v", path, d)
				assert.NotContains(t, d.Message, "\n", path)
				assert.NotContains(t, d.Message, "%!", path)
				assert.NotEmpty(t, d.Notes, "%s: %v", path, d)
			}
		}
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, n, 300)
}

// TestFlows: ways through a rule that look like faults and are none, and the other way round.
func TestFlows(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"flag", `let done = false; function finish(err) { if (done) return; done = true; callback(err, user, context); }
			if (context.clientID === 'a') finish(); finish();`, nil},
		{"negated twice", `if (!user.email) callback(new UnauthorizedError('a')); if (user.email) callback(null, user, context);`, nil},
		{"else if ladder", `if (user.a) { callback(null, user, context); } else if (user.b) { callback(null, user, context); } else { callback(new UnauthorizedError('c')); }`, nil},
		{"ladder without else", `if (user.a) { callback(null, user, context); } else if (user.b) { callback(null, user, context); }`, []string{"L12"}},
		{"switch with default", `switch (user.a) { case 1: return callback(null, user, context); default: return callback(new UnauthorizedError('c')); }`, nil},
		{"switch without default", `switch (user.a) { case 1: return callback(null, user, context); }`, []string{"L12"}},
		{"switch that falls through", `switch (user.a) { case 1: callback(new UnauthorizedError('c')); default: callback(null, user, context); }`, []string{"L13"}},
		{"try and catch", `try { user.a = JSON.parse(user.b); callback(null, user, context); } catch (e) { callback(e); }`, nil},
		{"throw", `if (!user.a) throw new UnauthorizedError('no'); callback(null, user, context);`, nil},
		{"timer and answer", `const t = setTimeout(() => callback(new Error('slow')), 1000);
			require('got').get('https://a.example', { timeout: 1000 }, () => { clearTimeout(t); callback(null, user, context); });`, nil},
		{"bound", `setTimeout(callback.bind(null, null, user, context), 10);`, nil},
		{"given away", `global.finish = global.finish || setTimeout; global.finish(user, context, callback);`, nil},
		{"helper that gets it", `function next(cb) { cb(null, user, context); } next(callback);`, nil},
		{"helper that does not always", `function next(cb) { if (user.a) cb(null, user, context); } next(callback);`, []string{"L12"}},
		{"async main", `(async () => { user.a = await user.b; callback(null, user, context); })().catch(callback);`, nil},
		{"async main without catch", `(async () => { user.a = await user.b; callback(null, user, context); })();`, []string{"L15"}},
		{"then with two handlers", `user.p().then(() => callback(null, user, context), callback);`, nil},
		{"nested promises returned", `user.p().then(() => user.q().then(() => callback(null, user, context))).catch(callback);`, []string{}},
		{"then behind a call", `user.p().then((a) => { if (!a) return callback(null, user, context); return a; }).then((b) => { if (b) callback(null, user, context); }).catch(callback);`, []string{"L12"}},
		{"call behind a call", `user.p().then((a) => { callback(null, user, context); }).then(() => { callback(null, user, context); }).catch(callback);`, []string{"L13"}},
		{"shadowed user", `user.app_metadata = user.app_metadata || {}; const f = function (user) { return user.name; }; user.app_metadata.name = f(user); callback(null, user, context);`, nil},
		{"guard by early return", `if (!user.app_metadata) return callback(null, user, context); user.app_metadata.a = 1; callback(null, user, context);`, nil},
		{"guard by typeof", `if (typeof user.app_metadata !== 'undefined') user.app_metadata.a = 1; callback(null, user, context);`, nil},
		{"guard by chain", `if (user.app_metadata?.roles) user.app_metadata.a = 1; callback(null, user, context);`, nil},
		{"infinite loop with break", `let i = 0; while (true) { if (i++ > 3) break; } callback(null, user, context);`, nil},
		{"break instead of flag", `for (const g of user.groups) { if (g === 'x') { callback(new UnauthorizedError('x')); break; } } callback(null, user, context);`, []string{"L13"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want == nil {
				c.want = []string{}
			}
			assert.Equal(t, c.want, codes(t, "function rule(user, context, callback) {\n"+c.body+"\n}"))
		})
	}
}

// TestPrimaryUser: context.primaryUser waits for the link.
func TestPrimaryUser(t *testing.T) {
	const link = "axios.post(`${auth0.baseUrl}/users/${user.twin}/identities`, {}, { timeout: 1000 })"
	for body, want := range map[string][]string{
		"context.primaryUser = user.twin; " + link + ".then(() => callback(null, user, context)).catch(callback);":                 {"L35"},
		link + ".then(() => { context.primaryUser = user.twin; callback(null, user, context); }).catch(callback);":                 {},
		"(async () => { await " + link + "; context.primaryUser = user.twin; callback(null, user, context); })().catch(callback);": {},
	} {
		assert.Equal(t, want, codes(t, "function rule(user, context, callback) {\nconst axios = require('axios');\n"+body+"\n}"), body)
	}
}

// TestIgnore: a comment silences its own line and the next line of code, and only its checks.
func TestIgnore(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{"// ferrule-ignore L10 why\nconsole.log(user);", []string{}},
		{"console.log(user); // ferrule-ignore L10 why", []string{}},
		{"/* ferrule-ignore L10, L11 why */\n\n// more\nconsole.log(user);", []string{}},
		{"// ferrule-ignore L11 why\nconsole.log(user);", []string{"L10"}},
		{"// ferrule-ignore L10 why\nuser.a = 1;\nconsole.log(user);", []string{"L10"}},
		{"// ferrule-ignore L10\nconsole.log(user);", []string{"L50"}},
	} {
		assert.Equal(t, c.want, codes(t, "function rule(user, context, callback) {\n"+c.body+"\ncallback(null, user, context);\n}"), c.body)
	}
}

// TestNames: what looks undeclared and is not.
func TestNames(t *testing.T) {
	for body, want := range map[string][]string{
		"total = 1; user.a = total;":                                    {},
		"if (typeof helper === 'function') helper(user);":               {},
		"if (user.a) { function get() { return 1; } } user.b = get;":    {},
		"for (key in user) user.b = key;":                               {},
		"outer: for (;;) { break outer; }":                              {},
		"user.a = class { b() { return 1; } };":                         {},
		"user.a = { b: 1, c() { return this.b; } };":                    {},
		"try { user.a = 1; } catch ({ message }) { user.b = message; }": {},
		"user.a = URLSearchParams.name + Buffer.name;":                  {},
		"user.a = unescap(user.b);":                                     {"L51"},
	} {
		assert.Equal(t, want, codes(t, "function rule(user, context, callback) {\n"+body+"\ncallback(null, user, context);\n}"), body)
	}
}

// TestAttack: patterns that explode, with the text, and such that only look so.
func TestAttack(t *testing.T) {
	for pattern, explodes := range map[string]bool{
		`^(a+)+$`: true, `^(\w+\s?)*$`: true, `^([a-z0-9]+\.?)+@example\.com$`: true, `(x+x+)+y`: true,
		`^(?:[a-z]+-?)+$`: true, `^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$`: true,
		`^[a-z]+@example\.com$`: false, `^(ab)+$`: false, `^(a+b)+$`: false, `^\d{3}-\d{4}$`: false, `.*foo.*bar`: false,
		`^([^@]+)@(.+)$`: false, `(a+)+`: false, `^[\w.+-]+@[\w-]+\.[\w.-]+$`: false, `^(?=a)(b+)+$`: false,
	} {
		rule := "function rule(user, context, callback) {\nuser.a = /" + pattern + "/.test(user.nickname);\ncallback(null, user, context);\n}"
		want := []string{}
		if explodes {
			want = []string{"L49"}
		}
		assert.Equal(t, want, codes(t, rule), pattern)
	}
}

// TestSelf: variables that are made of themselves end every search.
func TestSelf(t *testing.T) {
	for _, body := range []string{
		"var email = email && email.toLowerCase(); if (email === 'a') user.a = 1;",
		"var d = d.split('@'); if (d === 'a.com') user.a = 1;",
		"var request = request; request.get('https://a.example');",
		"var url = 'http://a.example' + url;",
		"var v = [v + 1, v + 2, v, v, v, v, v, v, v, v]; if (v === user.email) user.a = v;",
		"if (user.a) user[''] = 1;",
		"var a = b && b.c, b = a && a.c; if (a === b) user.a = 1;",
	} {
		assert.NotPanics(t, func() {
			codes(t, "function rule(user, context, callback) {\n"+body+"\ncallback(null, user, context);\n}")
		}, body)
	}
}
