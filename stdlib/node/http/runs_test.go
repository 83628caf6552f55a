package http_test

import (
	"testing"

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
