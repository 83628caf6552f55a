package http_test

import (
	"context"
	"regexp"
	goruntime "runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// What a run left open, or replaced, is not the next run's, also where an agent is a module's.
func TestRunsDoNotMeet(t *testing.T) {
	h := newHost(t, egress.Policy{})
	base := serve(t).URL
	require.NoError(t, h.Run(t.Context(), `
		const http = require('http'), https = require('https'), agent = new http.Agent({ maxSockets: 1 });
		require('util').kept = agent;
		http.globalAgent = new http.Agent();
		https.globalAgent = new https.Agent();
		http.get('`+base+`/large', { agent }, res => console.log(res.statusCode, agent.totalSocketCount)); // never read
		http.get('`+base+`/echo', { agent }, () => console.log('not reached'));`))
	assert.Equal(t, []string{"200 1"}, h.Output)
	h.Output = nil
	require.NoError(t, h.Run(t.Context(), `
		const http = require('http'), agent = require('util').kept;
		console.log(agent.totalSocketCount, Object.keys(agent.sockets).length, Object.keys(agent.requests).length, http.globalAgent.keepAlive, require('https').globalAgent.keepAlive);
		http.get('`+base+`/empty', { agent }, res => { console.log(res.statusCode); res.resume(); });`))
	assert.Equal(t, []string{"0 0 0 true true", "204"}, h.Output)
}

// Requests that a run leaves behind, whatever their bodies wait for, are gone with it.
func TestRunsLeaveNothing(t *testing.T) {
	base := serve(t).URL
	for name, script := range map[string]string{
		"a body that goes on":  `http.request(BASE + '/slow', { method: 'POST' }).on('error', () => {}).write('a');`,
		"a body that is short": `http.request(BASE + '/slow', { method: 'POST', headers: { 'content-length': 9 } }).on('error', () => {}).end('a');`,
		"an own socket":        `const agent = new http.Agent(); agent.createConnection = o => require('net').connect(o.port, o.host); http.request(BASE + '/slow', { method: 'POST', agent }).on('error', () => {}).write('a');`,
		"an answer":            `http.get(BASE + '/stuck', () => {}).on('error', () => {});`,
		"a pause":              `http.get(BASE + '/large', r => r.once('data', () => r.pause())).on('error', () => {});`,
	} {
		t.Run(name, func(t *testing.T) {
			for range 3 {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				_ = newHost(t, egress.Policy{}).Run(ctx, "const http = require('http'), BASE = '"+base+"'; "+script)
				cancel()
			}
			ours := regexp.MustCompile(`node/http\.(start|\(\*(feed|known|exchange|carrier)\))`)
			require.Eventually(t, func() bool {
				stacks := make([]byte, 1<<20)
				return !ours.Match(stacks[:goruntime.Stack(stacks, true)])
			}, 10*time.Second, 20*time.Millisecond)
		})
	}
}
