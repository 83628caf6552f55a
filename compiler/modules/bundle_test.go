package modules_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/compiler/modules"
	"github.com/ferrule-rules/ferrule/internal/nodejs"
)

const installed = `
-- node_modules/a-1.0.0/package.json --
{"name": "a", "version": "1.0.0", "license": "MIT", "main": "lib", "browser": "browser.js"}
-- node_modules/a-1.0.0/lib/index.js --
'use strict';
console.log('a is evaluated');
var optional; try { optional = require('not-there') } catch (e) { optional = e.code }
var native; try { native = require('./x.node') } catch (e) { native = e.message }
module.exports = { v: 1, dir: __dirname, optional, native, url: typeof require('url').parse, b: require('b'), data: require('../data.json'),
  strict: (function () { return this === undefined })() };
-- node_modules/a-1.0.0/lib/x.node --
-- node_modules/a-1.0.0/data.json --
{"x": [1]}
-- node_modules/a-1.0.0/sub.js --
exports.sub = true;
-- node_modules/a/package.json --
{"name": "a", "version": "2.0.0", "licenses": [{"type": "MIT"}, {"type": "BSD"}], "exports": {".": {"import": "./no.mjs", "require": "./yes.cjs"}}}
-- node_modules/a/yes.cjs --
module.exports = { v: 2, b: require('b'), async *gen() { for await (const x of [1]) yield x } };
-- node_modules/b/package.json --
{"name": "b", "version": "0.1.0", "license": {"type": "ISC"}}
-- node_modules/b/index.js --
console.log('b is evaluated');
module.exports = { bcrypt: () => require('bcrypt') };
`

func TestBundle(t *testing.T) {
	root := t.TempDir()
	for _, file := range txtar.Parse([]byte(installed)).Files {
		at := filepath.Join(root, file.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, file.Data, 0o666))
	}
	entry := func(text string) modules.Entry {
		s := modules.Parse(text)
		return modules.Entry{Specifier: s, Found: modules.Resolver{Dir: root}.Resolve(s)}
	}
	bundled, err := modules.Bundle([]modules.Entry{entry("a"), entry("a@1.0.0"), entry("a@1.0.0/sub")})
	require.NoError(t, err)
	names := ""
	for _, p := range bundled.Packages {
		names += p.Name + "@" + p.Version + " " + p.License + " " + strings.Join(p.Requires, ",") + "; "
		assert.Positive(t, p.Bytes)
	}
	assert.Equal(t, "a@1.0.0 MIT b@0.1.0; a@2.0.0 MIT OR BSD b@0.1.0; b@0.1.0 ISC ; ", names)
	assert.NotContains(t, bundled.Text, "for await")
	assert.NotContains(t, bundled.Text, root)
	assert.NotEmpty(t, bundled.Map)

	_, err = modules.Bundle([]modules.Entry{entry("a@1.0.0/nobody")})
	assert.ErrorContains(t, err, "Cannot find module 'a@1.0.0/nobody'")

	script := filepath.Join(root, "run.cjs")
	require.NoError(t, os.WriteFile(script, []byte(`
const module2 = { exports: {} };
(function (exports, require, module) {`+bundled.Text+`
})(module2.exports, require, module2);
const all = module2.exports;
console.log(Object.keys(all).join(' '));
const one = all['a@1.0.0'](), two = all['a@2.0.0']();
console.log(JSON.stringify(one), two.v, one.b === two.b, all['a@1.0.0']() === one, all['a@1.0.0/sub']().sub);
`), 0o666))
	out := nodejs.Output(t, nodejs.Command(t, script))
	assert.Equal(t, `a@1.0.0 a@1.0.0/sub a@2.0.0
a is evaluated
b is evaluated
{"v":1,"dir":"/node_modules/a-1.0.0/lib","optional":"MODULE_NOT_FOUND","native":"native addons do not run here: /node_modules/a-1.0.0/lib/x.node","url":"function","b":{},"data":{"x":[1]},"strict":true} 2 true true true`, strings.ReplaceAll(out, "\r", ""))
}

const computing = `
-- node_modules/c/package.json --
{"name": "c", "version": "1.0.0"}
-- node_modules/c/index.js --
var old, aliased;
exports.locale = function (name) { aliased = require; return aliased('./locale/' + name).name; };
exports.one = function (name) { return require('./locale/' + name).name; };
exports.none = function (name) { try { return require('./build/' + name + '/binding'); } catch (e) { return e.code; } };
exports.any = function (name) { return typeof require(name); };
-- node_modules/c/locale/de.js --
exports.name = 'Deutsch';
-- node_modules/c/locale/fr/index.js --
exports.name = 'français';
-- node_modules/c/locale/broken.js --
no script (
-- node_modules/c/locale/README.md --
# No script either
-- node_modules/c/locale/LICENSE --
All rights reserved.
`

// TestComputedRequires: what packages require by a computed text is there when a file meets it,
// and throws as in Node when it is not.
func TestComputedRequires(t *testing.T) {
	root := t.TempDir()
	for _, file := range txtar.Parse([]byte(computing)).Files {
		at := filepath.Join(root, file.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, file.Data, 0o666))
	}
	s := modules.Parse("c")
	bundled, err := modules.Bundle([]modules.Entry{{Specifier: s, Found: modules.Resolver{Dir: root}.Resolve(s)}})
	require.NoError(t, err)
	vm := goja.New()
	_, err = vm.RunString(`var required = { exports: {} };
		(function (exports, require, module) {` + bundled.Text + `
		})(required.exports, function (name) { if (name === 'fs') return {}; throw Object.assign(new Error(name), { code: 'MODULE_NOT_FOUND' }); }, required);
		var c = required.exports['c@1.0.0'](), say = function (f) { try { return f(); } catch (e) { return e.name + ' ' + e.code; } };`)
	require.NoError(t, err)
	for code, want := range map[string]string{
		`c.locale('de')`: "Deutsch", `c.locale('fr')`: "français", `c.one('de.js')`: "Deutsch", `c.none('x')`: "MODULE_NOT_FOUND", `c.any('fs')`: "object",
		`say(() => c.locale('it'))`: "Error MODULE_NOT_FOUND", `say(() => c.locale('broken'))`: "SyntaxError undefined",
		`say(() => c.one('README.md'))`: "SyntaxError undefined", `say(() => c.one('LICENSE'))`: "SyntaxError undefined",
		`say(() => c.any('./locale/de'))`: "Error MODULE_NOT_FOUND",
	} {
		got, err := vm.RunString(code)
		require.NoError(t, err, code)
		assert.Equal(t, want, got.String(), code)
	}
}

const reading = `
-- node_modules/d/package.json --
{"name": "d", "version": "1.0.0"}
-- node_modules/d/index.js --
exports.template = require('./read')(__dirname + '/data/a.template');
exports.script = require.resolve('e');
exports.core = require.resolve('fs');
exports.list = require('./list');
-- node_modules/d/list.js --
module.exports = () => require('fs').readFileSync(__dirname + '/data/large.txt');
-- node_modules/d/read.js --
const fs = require('fs');
module.exports = function (path) { return fs.readFileSync(path, 'utf8'); };
-- node_modules/d/data/a.template --
<a/>
-- node_modules/d/README.md --
nobody reads this
-- node_modules/d/test/x.txt --
nor this
-- node_modules/e/package.json --
{"name": "e", "version": "1.0.0"}
-- node_modules/e/index.js --
'not read, only named';
-- node_modules/e/table.txt --
not read
`

// TestFilesOfPackages: what a package reads of its own folder is in the bundle.
func TestFilesOfPackages(t *testing.T) {
	root := t.TempDir()
	for _, file := range txtar.Parse([]byte(reading)).Files {
		at := filepath.Join(root, file.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, file.Data, 0o666))
	}
	for _, name := range []string{"large.txt", "unnamed.txt"} { // what is named in full may be larger
		require.NoError(t, os.WriteFile(filepath.Join(root, "node_modules/d/data", name), make([]byte, 1100<<10), 0o666))
	}
	s := modules.Parse("d")
	bundled, err := modules.Bundle([]modules.Entry{{Specifier: s, Found: modules.Resolver{Dir: root}.Resolve(s)}})
	require.NoError(t, err)
	assert.Equal(t, []string{"/node_modules/d/data/a.template", "/node_modules/d/data/large.txt", "/node_modules/d/package.json"}, slices.Sorted(maps.Keys(bundled.Files)))
	assert.Contains(t, bundled.Text, `exports2.script = "/node_modules/e/index.js"`)
	assert.Contains(t, bundled.Text, `exports2.core = "fs"`)
}

// TestFence: files that are of no package are in no bundle, whatever packages ask for.
func TestFence(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"secret.json": `{"secret": "s3cr3t"}`, "package.json": `{"name": "rules", "version": "1.0.0"}`, "rules/secret.js": `exports.secret = "s3cr3t"`,
		"node_modules/direct/package.json":  `{"name": "direct", "version": "1.0.0"}`,
		"node_modules/direct/index.js":      `module.exports = require('../../secret.json'); require(` + strconv.Quote(filepath.ToSlash(root)+"/secret.json") + `)`,
		"node_modules/pattern/package.json": `{"name": "pattern", "version": "1.0.0"}`,
		"node_modules/pattern/index.js":     `module.exports = (name) => [require('../../rules/' + name), require('../../' + name + '.json')]`,
		"node_modules/main/package.json":    `{"name": "main", "version": "1.0.0", "main": "../../secret.json"}`,
		"node_modules/inner/package.json":   `{"name": "inner", "version": "1.0.0"}`,
		"node_modules/inner/lib/index.js":   ``,
		"node_modules/inner/index.js":       `module.exports = [require('./lib'), require('main'), require('./package.json').version]`,
		"linked/package.json":               `{"name": "linked", "version": "1.0.0"}`,
		"linked/index.js":                   `module.exports = [require('./data'), require('inner'), require('../secret')]`,
		"linked/data.json":                  `{"own": 1}`,
		"node_modules/reads/package.json":   `{"name": "reads", "version": "1.0.0", "peerDependencies": {"../rules": "*", "@a/../../rules": "*"}}`,
		"node_modules/reads/index.js": `const fs = require('fs'), at = [require.resolve('../../secret.json'), require.resolve("` + filepath.ToSlash(root) + `/rules/secret.js"), require.resolve('./link.json'), require.resolve('./data.json'),
			__dirname + '/link.js', __dirname + '/folder/secret.js']; module.exports = (name) => [at.map((p) => fs.readFileSync(p, 'utf8')), require(name)];`,
		"node_modules/reads/data.json": `{"own": 2}`,
		"rules/package.json":           `{"name": "rules", "version": "1.0.0", "main": "secret.js"}`,
	} {
		at := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o666))
	}
	for link, to := range map[string]string{
		"node_modules/linked": "linked", "node_modules/reads/link.json": "secret.json", "node_modules/reads/link.js": "rules/secret.js", "node_modules/reads/folder": "rules",
	} {
		require.NoError(t, os.Symlink(filepath.Join(root, to), filepath.Join(root, link)))
	}
	entry := func(text string) modules.Entry {
		s := modules.Parse(text)
		return modules.Entry{Specifier: s, Found: modules.Resolver{Dir: root}.Resolve(s)}
	}
	bundled, err := modules.Bundle([]modules.Entry{entry("direct"), entry("pattern"), entry("inner"), entry("linked")})
	require.NoError(t, err)
	assert.NotContains(t, bundled.Text, "s3cr3t")
	assert.Contains(t, bundled.Text, "own: 1")
	bundled, err = modules.Bundle([]modules.Entry{entry("reads")})
	require.NoError(t, err)
	assert.NotContains(t, bundled.Text, "s3cr3t")
	assert.Equal(t, []string{"/node_modules/reads/data.json", "/node_modules/reads/package.json"}, slices.Sorted(maps.Keys(bundled.Files)))
	for name, text := range bundled.Files {
		assert.NotContains(t, string(text), "s3cr3t", name)
	}
	_, err = modules.Bundle([]modules.Entry{entry("main")})
	assert.ErrorContains(t, err, "Cannot find module 'main@1.0.0'")
}

const peering = `
-- node_modules/f/package.json --
{"name": "f", "version": "1.0.0", "peerDependencies": {"g": "*", "nobody": "*"}, "peerDependenciesMeta": {"h": {"optional": true}}}
-- node_modules/f/index.js --
exports.load = function (name) { return require(name).name; };
-- node_modules/g/package.json --
{"name": "g", "version": "1.0.0"}
-- node_modules/g/index.js --
exports.name = 'g';
-- node_modules/h/package.json --
{"name": "h", "version": "2.0.0"}
-- node_modules/h/index.js --
exports.name = 'h';
-- node_modules/i/package.json --
{"name": "i", "version": "2.0.0"}
-- node_modules/i/index.js --
exports.name = 'a stranger';
`

// TestPeersOfPackages: a package that requires what it computes finds its peers that are installed.
func TestPeersOfPackages(t *testing.T) {
	root := t.TempDir()
	for _, file := range txtar.Parse([]byte(peering)).Files {
		at := filepath.Join(root, file.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o777))
		require.NoError(t, os.WriteFile(at, file.Data, 0o666))
	}
	s := modules.Parse("f")
	bundled, err := modules.Bundle([]modules.Entry{{Specifier: s, Found: modules.Resolver{Dir: root}.Resolve(s)}})
	require.NoError(t, err)
	var names []string
	for _, p := range bundled.Packages {
		names = append(names, p.Name)
	}
	assert.Equal(t, []string{"f", "g", "h"}, names)
	assert.Contains(t, bundled.Text, `exports["computed:g"]`)
	assert.NotContains(t, bundled.Text, "a stranger")
}
