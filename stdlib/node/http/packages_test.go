package http_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/modules"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// installed is where the packages of the tests are, or the test is skipped.
func installed(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("packages take a minute")
	}
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

// samePackages wants a script that requires packages of a folder to print the same here and in Node.
func samePackages(t *testing.T, dir, script string) {
	t.Helper()
	command := nodejs.Command(t, "--no-warnings", "-e", script)
	command.Dir = dir
	want := nodejs.Output(t, command)
	hosttest.SameLines(t, want, newHost(t, egress.Policy{}).Print(t, withPackages(t, dir, script)))
}

// Packages that speak HTTP do the same here and in Node.
func TestPackages(t *testing.T) {
	dir := installed(t)
	server := serve(t)
	for name, text := range packageScripts {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			samePackages(t, dir, fmt.Sprintf(prelude, server.URL, "")+text)
		})
	}
}
