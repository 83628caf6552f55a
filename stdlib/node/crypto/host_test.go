package crypto_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	core "github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

func newHost() *hosttest.Host { return hosttest.New(core.Modules(), core.Globals()) }

// printing is print for texts.
const printing = "const print = (...a) => console.log(a.map(String).join(' '));"

// run runs a script until nothing is left to do, and answers what it printed.
func run(t testing.TB, script string) string {
	t.Helper()
	return newHost().Print(t, printing+"(function () {"+script+"\n})()")
}

// node runs a script in Node, or skips the test.
func node(t testing.TB, script string) string {
	t.Helper()
	return nodejs.Print(t, printing+"(function () {"+script+"\n})()")
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
	hosttest.SameLines(t, node(t, try+script), run(t, try+script))
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
