package node_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
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
			ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
			defer cancel()
			h := hosttest.New(node.Modules(), node.Globals())
			require.NoError(t, h.Run(ctx, string(text)), h.Output)
			wanted, got := strings.Split(strings.TrimSpace(string(want)), "\n"), strings.Split(strings.TrimSpace(strings.Join(h.Output, "\n")), "\n")
			if filepath.Base(file) == "zlib.js" { // its work is done side by side
				slices.Sort(wanted)
				slices.Sort(got)
			}
			assert.Equal(t, wanted, got)
		})
	}
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
	h := hosttest.New(node.Modules(), node.Globals())
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
