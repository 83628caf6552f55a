package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The ratios that a run promises.
var promised = []string{
	"hand", "hand_expr", "hand_cel", "goja_pooled", "goja_parse", "opa", "cedar", "allowlist_growth", "index_growth", "goja_bare", "allocs_readonly",
	"allocs_readonly_json", "tenants_mb",
}

// promisedOfNode are those that need node.
var promisedOfNode = []string{"node_maps", "node_json_1k", "node_json_100k"}

// A quick run, with rounds too short to measure anything, prints one JSON object with all
// ratios, at least twenty single rules, and why who is left out of which.
func TestQuickRunHasAllRatios(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some ten seconds")
	}
	r, err := measure(flags{quick: true, rounds: 1, slice: 20 * time.Microsecond})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, r.writeJSON(&out))
	var decoded struct {
		Ratios map[string]float64
		Cases  []struct {
			Group string
			NS    map[string]struct{ NS float64 }
		}
		Versions map[string]string
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &decoded))
	wanted := promised
	if _, err := exec.LookPath("node"); err == nil {
		wanted = append(wanted, promisedOfNode...)
	}
	for _, name := range wanted {
		assert.Contains(t, decoded.Ratios, name)
	}
	singles := 0
	for _, one := range decoded.Cases {
		if one.Group == "single" {
			singles++
			assert.Contains(t, one.NS, "hand")
			assert.Contains(t, one.NS, "auto")
		}
	}
	assert.GreaterOrEqual(t, singles, 20)
	assert.Contains(t, decoded.Versions, "go")
	var tables bytes.Buffer
	require.NoError(t, r.writeTables(&tables))
	assert.Contains(t, tables.String(), "allowlist of 100000")
}

// Somebody's own rules are compared without the code that only this project's have.
func TestRulesOfAFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("rules/a.js", "function (user, context, callback) { user.seen = (user.seen || 0) + 1; callback(null, user, context); }")
	write("rules/b.js", "function (user, context, callback) { if (!user.email) return callback(new UnauthorizedError('no')); callback(null, user, context); }")
	write("logins/some.ndjson", `{"id": "x", "user": {"email": "a@b.example"}, "context": {}}`+"\n"+`{"user": {}, "context": {}}`+"\n")
	write("logins/one.json", `{"user": {"email": "a@b.example", "seen": 4}, "context": {"clientID": "c"}}`)

	f := flags{rules: filepath.Join(dir, "rules"), inputs: filepath.Join(dir, "logins"), rounds: 1, slice: 20 * time.Microsecond}
	r, err := measure(f)
	require.NoError(t, err)
	var names []string
	for _, one := range r.Cases {
		names = append(names, one.Case)
		assert.Contains(t, one.NS, "goja_pooled", one.Case)
		assert.NotContains(t, one.NS, "hand")
	}
	assert.Equal(t, []string{"a, one", "b, one", "pipeline, one", "a, some", "b, some", "pipeline, some"}, names)
	assert.Contains(t, r.Ratios, "goja_pooled")
	assert.NotContains(t, r.Ratios, "hand")

	f.inputs, f.pipeline = "", true
	r, err = measure(f)
	require.NoError(t, err)
	assert.Len(t, r.Cases, 5, "the usual login and four large ones")
}

// What is kept can be read and shown again.
func TestSavedRun(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("README.md", []byte("# B\n\n<!-- figures -->\nold\n<!-- /figures -->\n\nend\n"), 0o644))
	r, err := measure(flags{only: "hand,auto", cases: "deny/", rounds: 1, slice: 20 * time.Microsecond})
	require.NoError(t, err)
	r.Date = "2026-03-02T10:30:00Z"
	require.NoError(t, r.save())
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	assert.NotContains(t, string(readme), "old")
	assert.Contains(t, string(readme), "| deny/unverified_email |")
	assert.Contains(t, string(readme), "\n\nend\n")
	again, err := readReport("results/2026-03-02.json")
	require.NoError(t, err)
	var one, two bytes.Buffer
	require.NoError(t, r.writeTables(&one))
	require.NoError(t, again.writeTables(&two))
	assert.Equal(t, one.String(), two.String())
	assert.FileExists(t, "results/2026-03-02.txt")
}
