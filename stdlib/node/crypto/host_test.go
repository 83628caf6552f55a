package crypto_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"

	core "github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// newHost is a host with all of Node's modules, and with print for texts.
func newHost(t testing.TB) *hosttest.Host {
	h := hosttest.New(core.Modules(), core.Globals())
	require.NoError(t, h.VM().Set("print", func(call goja.FunctionCall) goja.Value {
		var words []string
		for _, a := range call.Arguments {
			words = append(words, a.String())
		}
		h.Log("", strings.Join(words, " "))
		return goja.Undefined()
	}))
	return h
}

// run runs a script until nothing is left to do, and answers what it printed.
func run(t testing.TB, script string) string {
	t.Helper()
	h := newHost(t)
	require.NoError(t, h.Run(context.Background(), script))
	return strings.Join(h.Output, "\n")
}

// node runs a script in Node 20, or skips the test.
func node(t testing.TB, script string) string {
	t.Helper()
	version, err := exec.Command("node", "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		t.Skip("no Node 20")
	}
	cmd := exec.Command("node", "--no-deprecation", "-e", "const print = (...a) => console.log(a.map(String).join(' '));(function () {"+script+"\n})()")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return strings.TrimSuffix(string(out), "\n")
}

// try is the beginning of scripts that print answers and errors of functions.
const try = `
const crypto = require('crypto');
const shown = v => Buffer.isBuffer(v) ? 'Buffer ' + v.toString('hex') : v instanceof ArrayBuffer ? 'ArrayBuffer ' + Buffer.from(v).toString('hex') : typeof v === 'string' ? v : typeof v === 'object' && v !== null ? JSON.stringify(v, (k, w) => typeof w === 'bigint' ? w + 'n' : w) : String(v);
const failure = e => [e.name, e.code, e.message, e.library, e.reason].join(' | ');
function t(name, f) { try { print(name, shown(f())); } catch (e) { print(name, failure(e)); } }
`

// same wants the same lines of both.
func same(t *testing.T, script string) {
	t.Helper()
	want := strings.Split(node(t, try+script), "\n")
	got := strings.Split(run(t, try+script), "\n")
	var different []string
	for i := range max(len(want), len(got)) {
		pair := [2]string{"(nothing)", "(nothing)"}
		for side, lines := range [][]string{want, got} {
			if i < len(lines) {
				pair[side] = lines[i]
			}
		}
		if pair[0] != pair[1] {
			different = append(different, fmt.Sprintf("node: %s\nhere: %s", pair[0], pair[1]))
		}
	}
	require.Empty(t, different, "%s", strings.Join(different, "\n"))
}

// Each script of testdata prints the same in Node.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			require.NoError(t, err)
			same(t, string(script))
		})
	}
}
