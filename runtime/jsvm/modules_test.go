package jsvm

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
)

// counting is a bundle of three modules.
var counting = &program.Modules{
	Code: `
		const once = (make) => { let made; return () => (made ??= (() => { const module = { exports: {} }; make(module); return module; })()).exports; };
		exports['count@1.0.0'] = once((module) => { let n = 0; module.exports = { next: () => ++n, probe: require('probe') }; });
		exports['broken@1.0.0'] = once(() => { throw new TypeError('of the package'); });
		exports['looks@1.0.0'] = once((module) => {
			const { get } = Object.getOwnPropertyDescriptor(Array.prototype, 'sort');
			module.exports = [typeof global.nothing, global === global.global, get === undefined || 'originalValue' in get].join(' ');
		});
		exports['asks@1.0.0'] = once((module) => { const name = 'co' + 'unt'; module.exports = require(name).next(); });
		exports['computed:count'] = exports['count@1.0.0'];
		exports['needs@1.0.0'] = once(() => { require('not-there'); });`,
	Words: []string{"exports", "require", "module", "TypeError", "global", "originalValue", "sort"},
	Keys:  []map[string]string{{"count": "count@1.0.0", "count@1.0.0": "count@1.0.0", "broken": "broken@1.0.0", "looks": "looks@1.0.0", "asks": "asks@1.0.0", "needs": "needs@1.0.0"}},
}

func TestRequirePackages(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"evaluated once", `const a = require('count'), b = require('count@1.0.0'); a.next();
			callback(a === b && b.next() === 2 && a.probe === probe ? null : new Error('two'), user, context);`, ""},
		{"later", `setTimeout(() => callback(require('count').next() === 1 ? null : new Error('no'), user, context), 1);`, ""},
		{"package asks for its peer", `callback(require('asks') === 1 && require('count').next() === 2 ? null : new Error('no'), user, context);`, ""},
		{"throws", `require('broken');`, "of the package"},
		{"thrown is caught", `try { require('broken'); } catch (e) { callback(new Error(e.name)); }`, "TypeError"},
		{"package needs what is missing", `require('needs');`, "Cannot find module 'not-there'"},
		{"missing", `require('lodash');`, "Cannot find module 'lodash'"},
		{"missing is caught", `try { require('../../etc/passwd'); } catch (e) { callback(new Error(e.code)); }`, "MODULE_NOT_FOUND"},
		{"key that only the bundle knows", `require('needs@1.0.0');`, "Cannot find module 'needs@1.0.0'"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := hostedWith(t, tt.body, Options{Modules: counting})
			if tt.want == "" {
				require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
				return
			}
			require.NotNil(t, out.Err)
			assert.Equal(t, tt.want, out.Err.Message)
		})
	}
}

func TestPackagesThatDoNotCompile(t *testing.T) {
	out := hostedWith(t, `require('count');`, Options{Modules: &program.Modules{Code: "(", Keys: counting.Keys}})
	require.NotNil(t, out.Err)
	assert.Contains(t, out.Err.Message, "modules#")
	b, failures := CompileWith(nil, Options{Modules: &program.Modules{Code: "\nvar x = /(?<n>a)\\k<m>/u;"}})
	require.Empty(t, failures)
	assert.ErrorContains(t, b.CompileModules(), "modules:2:")
}

// TestPackagesLookAround: what packages look for on the global object is not warned of, and a
// built-in is never an accessor that they take for a tampered one.
func TestPackagesLookAround(t *testing.T) {
	out := hostedWith(t, `console.log(require('looks'), global.unset); callback(null, user, context);`, Options{Modules: counting})
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, "undefined true true undefined", out.Console[0].Text)
	require.Len(t, out.Warnings, 1)
	assert.Contains(t, out.Warnings[0].Text, "global.unset")
}

// TestPackagesReadTheirFiles: fs has what packages have in their folders, and nothing else.
func TestPackagesReadTheirFiles(t *testing.T) {
	modules := &program.Modules{
		Code: `exports['reads@1.0.0'] = () => {
			const fs = require('fs'), path = '/node_modules/reads/lib/a.txt', list = [];
			const say = (make) => { try { list.push(make()); } catch (e) { list.push(e.code); } };
			say(() => fs.readFileSync(path, 'utf8'));
			say(() => fs.readFileSync('/node_modules/reads/lib/../lib/a.txt')[0]);
			say(() => [fs.existsSync(path), fs.existsSync('/etc/passwd'), fs.statSync(path).size, fs.statSync('/node_modules').isDirectory()].join());
			say(() => fs.readdirSync('/node_modules/reads').join());
			say(() => fs.realpathSync(path) === path && fs.accessSync(path));
			say(() => fs.readFileSync('/etc/passwd'));
			say(() => fs.writeFileSync(path, 'x'));
			say(() => require.resolve('fs'));
			say(() => require.resolve('nobody'));
			return list.join(' ');
		};`,
		Words: []string{"require", "exports"},
		Keys:  []map[string]string{{"reads": "reads@1.0.0"}},
		Files: map[string][]byte{"/node_modules/reads/lib/a.txt": []byte("text"), "/node_modules/reads/package.json": []byte("{}")},
	}
	out := hostedWith(t, `console.log(require('reads')); require('fs').promises.readFile('/node_modules/reads/lib/a.txt', 'utf8').then((text) => { console.log(text); callback(null, user, context); });`, Options{Modules: modules})
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	assert.Equal(t, "text 116 true,false,4,true lib,package.json  ENOENT EACCES fs MODULE_NOT_FOUND", out.Console[0].Text)
	assert.Equal(t, "text", out.Console[1].Text)
}
