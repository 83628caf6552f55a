package ferrule_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
)

// TestModuleObject: module is Node's, as far as packages look at it.
func TestModuleObject(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a/package.json": `{"name": "a", "version": "1.0.0", "peerOptionalDependencies": {"kerberos": "1"}}`,
		"a/index.js": `
			const seen = [module.id === module.filename, module.filename.slice(-24), module.loaded, typeof module.parent, module.exports === exports, module.path === __dirname];
			const b = require('b'), again = require('b');
			let failed; try { require('./throws') } catch (e) { failed = e.message } try { require('./throws') } catch (e) { failed += e.message }
			module.exports = [seen, b, b === again, failed, module.children.map(m => m.filename.split('/').pop()), module.paths[0].split('/').slice(-3), typeof module.require('util').inspect];`,
		"a/throws.js":    `globalThis.times = (globalThis.times || 0) + 1; throw new Error('thrown ' + globalThis.times);`,
		"b/package.json": `{"name": "b", "version": "1.0.0"}`,
		"b/index.js": `
			const fs = require('fs'), path = require('path'); let from = module;
			const own = JSON.parse(fs.readFileSync(path.dirname(from.filename) + '/package.json')).name; from = from.parent;
			module.exports = [own, from.loaded, Object.keys(JSON.parse(fs.readFileSync(path.dirname(from.filename) + '/package.json')).peerOptionalDependencies)];`,
	} {
		at := filepath.Join(dir, "node_modules", name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o666))
	}
	p, err := ferrule.Compile("rule.js", `function (user, context, callback) { user.got = require('a'); callback(null, user, context); }`,
		&ferrule.Options{Modules: ferrule.ModuleOptions{Dir: dir}})
	require.NoError(t, err)
	in := ferrule.Input{User: map[string]any{}}
	out, err := p.Run(t.Context(), in)
	require.NoError(t, err)
	require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
	got, err := json.Marshal(in.User["got"])
	require.NoError(t, err)
	assert.Equal(t, nodejs.Print(t, "console.log(JSON.stringify(require("+strconv.Quote(filepath.Join(dir, "node_modules/a"))+")))"), string(got))
}
