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
	differs := differences(t)
	b.WriteString("# Packages\n\n" +
		"Written by `go test ./internal/peers -run TestTable -update`; do not edit. Each line is a rule of\n" +
		"testdata/modules/rules that `go test ./internal/peers -run TestPackages` runs in Node 20 and in Ferrule, with the real packages\n" +
		"as npm installs them, against the same servers on loopback. Ferrule runs it with the engines js (goja alone) and auto\n" +
		"(compiled, with goja behind); \"same\" says that the outcome of every login is Node's in every part: decision, user, context,\n" +
		"error, warnings and console lines.\n\n" +
		"| rule | packages | peer | what | logins | on Node | Ferrule, js and auto |\n| --- | --- | --- | --- | --- | --- | --- |\n")
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
		same := "same"
		jobs := r.jobs(t, nil)
		if n := countOf(jobs, func(j *job) bool { return reason(differs, j.ID) != "" }); n > 0 {
			same = fmt.Sprintf("%d of %d differ, see below", n, len(jobs))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %d | %s | %s |\n", r.name, strings.Join(names, ", "), peer,
			strings.ReplaceAll(r.about, "|", `\|`), len(r.inputs)*len(r.variants()), strings.Join(sortedKeys(outcomes), ", "), same)
	}
	b.WriteString("\n## What differs\n\n")
	for _, id := range sortedKeys(differs) {
		fmt.Fprintf(&b, "- `%s`: %s.\n", id, differs[id])
	}
	if len(differs) == 0 {
		b.WriteString("Nothing.\n")
	}
	b.WriteString("\n## What was not run\n\n" +
		"- `@auth0/rule-utilities` and `tedious` 0.1.4 are not in the npm registry.\n" +
		"- `pg` 4 does not connect on Node 20 (tried with 4.5.7: no answer to `connect`).\n" +
		"- `couchbase` was not tried: it is a native addon, and a file of native code throws ERR_DLOPEN_FAILED when it is required.\n" +
		"- `tedious`, `node-cassandra-cql` and `pubnub` had no server of theirs: their rules see that the client loads\n" +
		"  and reports in Ferrule what it reports in Node when nobody listens.\n" +
		"- `mongodb` talks to FerretDB 1.24, which keeps documents in SQLite: no transactions, change streams, Decimal128 and lists in\n" +
		"  lists. What 2.2 and 3.1 send as OP_QUERY, which servers since MongoDB 5.1 refuse, is made OP_MSG of before it.\n" +
		"- `bcrypt` is Go's under the package's own interface; Node runs `bcryptjs` in its place.\n")
	return b.String()
}

func countOf(jobs []*job, is func(*job) bool) (n int) {
	for _, j := range jobs {
		if is(j) {
			n++
		}
	}
	return n
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
