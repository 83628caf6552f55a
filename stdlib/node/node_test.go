package node_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node"
)

// nodeCommand is Node 20, or the test is skipped.
func nodeCommand(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("no node")
	}
	version, err := exec.Command(path, "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		t.Skip("not Node 20")
	}
	return path
}

// Each script of testdata prints the same in Node.
func TestScriptsPrintWhatTheyDoInNode(t *testing.T) {
	command := nodeCommand(t)
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			want, err := exec.Command(command, "--no-warnings", file).CombinedOutput()
			require.NoError(t, err, string(want))
			got, err := newHost().run(file, "(function () {"+string(text)+"\n})()")
			require.NoError(t, err, got)
			assert.Equal(t, lines(string(want)), lines(got))
		})
	}
}

// lines sorts what was printed: the test's loop has no order between ticks and promises, and
// warnings are no lines of the console.
func lines(text string) []string {
	var all []string
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if !strings.HasPrefix(line, "warning: ") {
			all = append(all, strings.TrimSpace(line))
		}
	}
	sort.Strings(all)
	return all
}

// What Node's modules have, ours have, too: at least a function that throws by its name.
func TestMembersAreThere(t *testing.T) {
	command := nodeCommand(t)
	var names []string
	for _, m := range node.Modules() {
		// Of these their own packages say what they lack.
		if !regexp.MustCompile(`^(crypto|bcrypt|https?|net|tls|dns)`).MatchString(m.Name) {
			names = append(names, m.Name)
		}
	}
	in, err := json.Marshal(names)
	require.NoError(t, err)
	script := `const out = {}; for (const m of ` + string(in) + `) { let v; try { v = require(m); } catch { continue; } out[m] = Object.keys(v).filter(k => v[k] !== undefined && v[k] !== null); } console.log(JSON.stringify(out));`
	text, err := exec.Command(command, "--no-warnings", "-e", script).Output()
	require.NoError(t, err)
	var want map[string][]string
	require.NoError(t, json.Unmarshal(text, &want))
	h := newHost()
	// The members that a process of its own gives, and those of the two loaders of http.
	skip := map[string]bool{"process._events": true, "process._eventsCount": true, "process._maxListeners": true, "process._exiting": true, "process._eval": true, "constants.defaultCipherList": true, "process.noProcessWarnings": true, "process._preload_modules": true}
	for name, members := range want {
		o := h.Require(name)
		for _, member := range members {
			if !skip[name+"."+member] {
				assert.NotNil(t, o.Get(member), "%s.%s", name, member)
			}
		}
	}
}
