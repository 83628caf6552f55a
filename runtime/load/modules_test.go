package load_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/load"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/runtime/saved"
)

// TestModules: a file has the packages of its rules, each rule requires its own, and what is not
// there throws; in files that do not say so a stand-in answers.
func TestModules(t *testing.T) {
	packages := &program.Modules{
		Code: `exports['two@2.0.0'] = () => ({ two: require('util').format('%d', 2) });`, Words: []string{"exports", "require"},
		Keys: []map[string]string{{"two": "two@2.0.0"}}, Packages: []program.Package{{Name: "two", Version: "2.0.0", Licence: "MIT", Bytes: 7}},
	}
	rule := func(name, text string) saved.Rule {
		return saved.Rule{Name: name, File: name + ".js", Engine: "js", Script: script("function (user, context, callback) { " + text + " callback(null, user, context); }")}
	}
	first, second := rule("first", `user.a = require('two').two;`), rule("second", `try { require('two'); user.b = 'loaded' } catch (e) { user.b = e.code }`)
	for _, c := range []struct {
		strict bool
		want   string
	}{{true, "MODULE_NOT_FOUND"}, {false, "loaded"}} {
		loaded := read(t, &saved.Pipeline{Engine: "auto", Modules: packages, Strict: c.strict, Rules: []saved.Rule{first, second}})
		assert.Equal(t, packages.Packages, loaded.Packages())
		p, err := loaded.Open(load.Options{})
		require.NoError(t, err)
		user := map[string]any{}
		out := run(t, p, user, nil)
		require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
		assert.Equal(t, map[string]any{"a": "2", "b": c.want}, user)
	}
}
