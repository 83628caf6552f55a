package http_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/modules"
)

// installed is where the packages of the tests are, or the test is skipped.
func installed(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../../testdata/modules")
	require.NoError(t, err)
	if other := os.Getenv("FERRULE_TEST_PACKAGES"); other != "" {
		dir = other
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("no packages: run scripts/setup.sh")
	}
	return dir
}

var required = regexp.MustCompile(`require\('([^')]+)'\)`)

// withPackages is a script whose require reaches the bundled packages that it names, too.
func withPackages(t *testing.T, dir, script string) string {
	t.Helper()
	keys := map[string]string{}
	var entries []modules.Entry
	for _, m := range required.FindAllStringSubmatch(script, -1) {
		s := modules.Parse(m[1])
		if s.IsCore() {
			continue
		}
		found := modules.Resolver{Dir: dir}.Resolve(s)
		require.NotEmpty(t, found.Dir, m[1])
		entry := modules.Entry{Specifier: s, Found: found}
		entries = append(entries, entry)
		keys[m[1]] = entry.Key()
	}
	table, err := json.Marshal(keys)
	require.NoError(t, err)
	return fmt.Sprintf(`
const global = globalThis, core = require, bundle = { exports: {} };
(function (exports, require, module) {%s
})(bundle.exports, core, bundle);
const keys = %s;
(function (require) {%s
})(name => keys[name] ? bundle.exports[keys[name]]() : core(name));`, bundle(t, entries), table, script)
}

// bundles are those of earlier tests.
var bundles sync.Map

func bundle(t *testing.T, entries []modules.Entry) string {
	t.Helper()
	key := ""
	for _, e := range entries {
		key += e.Key() + " "
	}
	if text, ok := bundles.Load(key); ok {
		return text.(string)
	}
	bundled, err := modules.Bundle(entries)
	require.NoError(t, err)
	bundles.Store(key, bundled.Text)
	return bundled.Text
}

// Packages that speak HTTP do the same here and in Node.
func TestPackages(t *testing.T) {
	command, dir := nodeCommand(t), installed(t)
	server := serve(t)
	for name, text := range packageScripts {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			script := fmt.Sprintf(prelude, server.URL, "") + text
			ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
			defer cancel()
			node := exec.CommandContext(ctx, command, "--no-warnings", "-e", script)
			node.Dir = dir
			want, err := node.CombinedOutput()
			require.NoError(t, err, string(want))
			h := newHost(t, local(t))
			err = h.Run(ctx, withPackages(t, dir, script))
			require.NoError(t, err, strings.Join(h.Output, "\n"))
			assert.Equal(t, strings.TrimSpace(string(want)), strings.Join(h.Output, "\n"))
		})
	}
}
