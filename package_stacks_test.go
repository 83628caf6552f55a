package ferrule_test

import (
	"os"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// TestPackageStacks: an error of a package says where in the rule it was called and where in the
// package's own files it was made, in V8's words.
func TestPackageStacks(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, fstest.MapFS{
		"node_modules/fails/package.json": {Data: []byte(`{"name": "fails", "version": "1.0.0", "main": "lib"}`)},
		"node_modules/fails/lib/index.js": {Data: []byte("'use strict';\n// It fails.\nconst made = require('./made');\nexports.read = function read(x) {\n  return x.settings.deep;\n};\n" +
			"exports.made = made;\nexports.later = (done) => setTimeout(() => { made('later'); }, 1);\n")},
		"node_modules/fails/lib/made.js": {Data: []byte("\nmodule.exports = function made(text) {\n  throw new RangeError(text);\n};\n")},
		"rule.js":                        {Data: []byte("function (user, context, callback) {\n  const fails = require('fails');\n  fails[user.how](user.with, callback);\n}\n")},
	}))
	tests := []struct {
		how          string
		with         any
		message, pos string
		stack        string
	}{
		{"read", map[string]any{}, "Cannot read properties of undefined (reading 'deep')", "3:18",
			"TypeError: Cannot read properties of undefined (reading 'deep')\n    at read (node_modules/fails/lib/index.js:5:21)\n    at <anonymous> (rule.js:3:18)"},
		{"made", "as asked", "as asked", "3:18",
			"RangeError: as asked\n    at made (node_modules/fails/lib/made.js:3:9)\n    at <anonymous> (rule.js:3:18)"},
		{"later", "", "later", "",
			"RangeError: later\n    at made (node_modules/fails/lib/made.js:3:9)\n    at <anonymous> (node_modules/fails/lib/index.js:8:46)"},
	}
	for _, tt := range tests {
		t.Run(tt.how, func(t *testing.T) {
			p, err := ferrule.Load(os.DirFS(dir), nil)
			require.NoError(t, err)
			t.Cleanup(func() { closeSoon(t, p) })
			out := run(t, p, ferrule.Input{User: map[string]any{"how": tt.how, "with": tt.with}})
			require.NotNil(t, out.Err)
			assert.Equal(t, tt.message, out.Err.Message)
			assert.Equal(t, tt.stack, out.Err.Stack)
			assert.Equal(t, "rule.js", out.Err.File)
			if tt.pos != "" {
				assert.Equal(t, tt.pos, out.Err.Pos.String())
			}
		})
	}
}
