package hooks_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

func newHost() *hosttest.Host { return hosttest.New(node.Modules(), node.Globals()) }

// Each script of testdata prints the same in Node.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			require.NoError(t, err)
			want := nodejs.Output(t, nodejs.Command(t, "--no-warnings", file))
			hosttest.SameLines(t, want, newHost().Print(t, string(script)))
		})
	}
}

// What a run leaves in process, channels, stores and entries, the next run of the VM does not find.
func TestRunsOfOneVM(t *testing.T) {
	look := `
		const dc = require('diagnostics_channel'), { AsyncLocalStorage } = require('async_hooks'), { performance } = require('perf_hooks');
		const als = globalThis.als || (globalThis.als = new AsyncLocalStorage());
		console.log(JSON.stringify([process.listenerCount('x'), process.argv, process.env, process.title, process.mine, Object.keys(process).includes('mine'), process.platform, typeof process.cwd(), process.version,
			dc.hasSubscribers('a'), als.getStore(), performance.getEntries().length, Object.keys(process.env), 'HOME' in process.env, process.stdout.listenerCount('x'), typeof process.hrtime.own, process[Symbol.for('s')]]));`
	h := newHost()
	h.Variables = map[string]string{"GRANTED": "1"}
	require.NoError(t, h.Run(context.Background(), look+`
		process.on('x', () => {}); process.argv.push('y'); process.env.HOME = 5; delete process.env.GRANTED; process.title = 'mine'; process.mine = 1; process.platform = 'win32'; process.cwd = () => 5;
		Object.defineProperty(process, 'version', { get: () => 'v0' }); dc.subscribe('a', () => {}); als.enterWith(5); performance.mark('m'); process.stdout.on('x', () => {}); process.hrtime.own = 1; process[Symbol.for('s')] = 1;
		try { process.versions.node = '0'; } catch {}
		try { Object.setPrototypeOf(process, null); } catch {}{`+look+`}`))
	require.NoError(t, h.Run(context.Background(), look))
	require.Len(t, h.Output, 3)
	require.Equal(t, h.Output[0], h.Output[2])
	require.Equal(t, `[1,["/usr/local/bin/node","y"],{"HOME":"5"},"mine",1,true,"win32","number","v0",true,5,1,["HOME"],true,1,"undefined",1]`, h.Output[1])
}
