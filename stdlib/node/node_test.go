package node_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// Each script of testdata prints the same in Node.
func TestScriptsPrintWhatTheyDoInNode(t *testing.T) {
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			want := nodejs.Output(t, nodejs.Command(t, "--no-warnings", file))
			got := hosttest.New(node.Modules(), node.Globals()).Print(t, string(text))
			if filepath.Base(file) == "zlib.js" { // its work is done side by side
				want, got = sorted(want), sorted(got)
			}
			hosttest.SameLines(t, want, got)
		})
	}
}

func sorted(lines string) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(lines, "\n")), "\n")
}

// What Node's modules have, ours have, too: at least a function that throws by its name.
func TestMembersAreThere(t *testing.T) {
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
	var want map[string][]string
	nodejs.Ask(t, nodejs.Command(t, "--no-warnings", "-e", script), nil, &want)
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
