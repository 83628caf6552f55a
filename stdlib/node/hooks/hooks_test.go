package hooks_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node/buffer"
	"github.com/ferrule-rules/ferrule/stdlib/node/hooks"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
	nodeos "github.com/ferrule-rules/ferrule/stdlib/node/os"
	"github.com/ferrule-rules/ferrule/stdlib/node/polyfill"
	"github.com/ferrule-rules/ferrule/stdlib/node/process"
	"github.com/ferrule-rules/ferrule/stdlib/node/timers"
	"github.com/ferrule-rules/ferrule/stdlib/node/util"
)

func newHost() *hosttest.Host {
	return hosttest.New(slices.Concat(hooks.Modules, process.Modules, polyfill.Modules, timers.Modules, util.Modules, buffer.Modules, nodeos.Modules), slices.Concat(hooks.Globals, process.Globals))
}

// Each script of testdata prints the same in Node.
func TestScripts(t *testing.T) {
	version, err := exec.Command("node", "--version").Output()
	if err != nil || !strings.HasPrefix(string(version), "v20.") {
		t.Skip("no Node 20")
	}
	files, err := filepath.Glob("testdata/*.js")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".js"), func(t *testing.T) {
			script, err := os.ReadFile(file)
			require.NoError(t, err)
			want, err := exec.Command("node", "--no-warnings", file).CombinedOutput()
			require.NoError(t, err, string(want))
			h := newHost()
			require.NoError(t, h.Run(context.Background(), string(script)))
			require.Equal(t, strings.Split(strings.TrimSpace(string(want)), "\n"), strings.Split(strings.Join(h.Output, "\n"), "\n"))
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
