package peers_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const table = "../../docs/modules.md"

// versionOf answers the version that testdata/modules/package.json pins for a package named without one.
func versionOf(pinned map[string]string, name string) string {
	if version, ok := pinned[name]; ok {
		return name + "@" + version
	}
	return name
}

// tableText is docs/modules.md: what the rules and their wanted outcomes say.
func tableText(t *testing.T, rules []*rule) string {
	t.Helper()
	data, err := os.ReadFile(testdata + "/package.json")
	require.NoError(t, err)
	var manifest struct{ Dependencies map[string]string }
	require.NoError(t, json.Unmarshal(data, &manifest))
	var b strings.Builder
	b.WriteString("# Packages\n\n" +
		"Written by `go test ./internal/peers -run TestTable -update`; do not edit. Each line is a rule of\n" +
		"testdata/modules/rules that `go test ./internal/peers` runs in Node with the real packages, against servers on loopback.\n" +
		"The wanted outcomes are Node's. Ferrule does not run these rules yet: the table says what was checked in Node, and nothing\n" +
		"about Ferrule.\n\n" +
		"| rule | packages | peer | what | logins | on Node |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, r := range rules {
		var names []string
		for _, name := range r.packages {
			names = append(names, versionOf(manifest.Dependencies, name))
		}
		slices.Sort(names)
		outcomes := map[string]bool{}
		for _, text := range r.wants {
			first, _, _ := strings.Cut(text, "\n")
			word, _, _ := strings.Cut(first, " ")
			outcomes[word] = true
		}
		peer := r.peer
		if peer == "" {
			peer = "–"
			if strings.Contains(r.code, "configuration.HTTP") || strings.Contains(r.code, "configuration.SECURE") {
				peer = "HTTP"
			}
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %d | %s |\n", r.name, strings.Join(names, ", "), peer,
			strings.ReplaceAll(r.about, "|", `\|`), len(r.inputs)*len(r.variants()), strings.Join(sortedKeys(outcomes), ", "))
	}
	b.WriteString("\nNot here: `@auth0/rule-utilities` and `tedious` 0.1.4 are not in the npm registry. `pg` 4 does not connect on Node 20\n" +
		"(tried with 4.5.7: no answer to `connect`). `couchbase` was not tried. mongodb, tedious, node-cassandra-cql and pubnub\n" +
		"had no server of theirs: their rules see that the client loads and reports a failure.\n")
	return b.String()
}

// TestTable: docs/modules.md is what the rules say.
func TestTable(t *testing.T) {
	text := tableText(t, readRules(t))
	if *update {
		require.NoError(t, os.WriteFile(table, []byte(text), 0o644))
		return
	}
	data, err := os.ReadFile(table)
	require.NoError(t, err)
	assert.Equal(t, text, string(data), "go test ./internal/peers -run TestTable -update")
}
