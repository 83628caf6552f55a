package polyfill_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/stdlib/node/buffer"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
	"github.com/ferrule-rules/ferrule/stdlib/node/polyfill"
	"github.com/ferrule-rules/ferrule/stdlib/node/process"
	"github.com/ferrule-rules/ferrule/stdlib/node/util"
)

// An emitter with many listeners is told of in Node's words, once, and nothing that hangs on it is written.
func TestManyListenersAreToldOf(t *testing.T) {
	h := hosttest.New(slices.Concat(polyfill.Modules, process.Modules, util.Modules, buffer.Modules), process.Globals)
	require.NoError(t, h.Run(t.Context(), `
class Request extends require('events') { constructor() { super(); this.headers = { authorization: 'secret' } } }
const r = new Request();
for (let i = 0; i < 20; i++) r.on('pipe', () => {});`))
	assert.Empty(t, h.Output)
	assert.Equal(t, []string{
		"MaxListenersExceededWarning: Possible EventEmitter memory leak detected. 11 pipe listeners added to [Request]. MaxListeners is 10. Use emitter.setMaxListeners() to increase limit",
	}, h.Warnings)
}

// Node's own deprecations, which it writes once a process, are no warnings of a login; those of packages are.
func TestDeprecations(t *testing.T) {
	h := hosttest.New(slices.Concat(polyfill.Modules, process.Modules, util.Modules, buffer.Modules), process.Globals)
	require.NoError(t, h.Run(t.Context(), `
require('url').parse('mongodb://h:x/');
process.emitWarning('old', 'DeprecationWarning', 'MINE1');`))
	assert.Equal(t, []string{"[MINE1] DeprecationWarning: old"}, h.Warnings)
}
