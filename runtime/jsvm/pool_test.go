package jsvm

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/ast/source"
	"github.com/ferrule-rules/ferrule/runtime"
	"github.com/ferrule-rules/ferrule/runtime/program"
	"github.com/ferrule-rules/ferrule/stdlib/node"
)

// lending compiles one rule whose machines are lent.
func lending(t *testing.T, body string, o Options) *Bundle {
	t.Helper()
	words := map[string]bool{}
	for _, word := range append(dynamicWords, "require", "console", "Promise", "setTimeout", "Buffer") {
		words[word] = true
	}
	b, failures := CompileWith([]Source{{
		Name: "rule", File: "rule.js", Words: words,
		Code: "function (user, context, callback) {" + body + "\n}",
		Pos:  func(line, column int) source.Pos { return source.Pos{Line: line, Column: column} },
	}}, o)
	require.Empty(t, failures)
	require.True(t, b.lends)
	return b
}

// login runs a bundle once, to its end.
func login(t *testing.T, b *Bundle, user map[string]any) runtime.Outcome {
	t.Helper()
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{Timeout: 10 * time.Second}})
	out, err := chain.Run(context.Background(), runtime.Input{User: user, Context: map[string]any{}})
	require.NoError(t, err)
	require.NoError(t, chain.Close(context.Background()))
	return out
}

// TestCoreModulesLeaveMachinesIntact: requiring any core module is no reason to throw a machine
// away.
func TestCoreModulesLeaveMachinesIntact(t *testing.T) {
	for _, module := range node.Modules() {
		t.Run(module.Name, func(t *testing.T) {
			b := lending(t, `require('`+module.Name+`'); callback(null, user, context);`, Options{})
			for range 2 {
				out := login(t, b, map[string]any{})
				require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
				m, _, _ := b.pool.take(&loop{bundle: b, run: &runtime.Run{}})
				require.NotNil(t, m, "%s", b.pool.changed)
				b.pool.put(m, false, "")
			}
		})
	}
}

// TestWhatRulesUseLeavesMachinesIntact: nor is the use of what core modules offer, or what packages do for a
// moment.
func TestWhatRulesUseLeavesMachinesIntact(t *testing.T) {
	for _, body := range []string{
		`const h = require('crypto').createHash('sha1'); h.on('readable', () => { if (h.read()) done(); }); h.end('a');`,
		`require('crypto').webcrypto.subtle.digest('SHA-1', Buffer.from('a')).then(done);`,
		`require('crypto').generateKeyPairSync('ec', { namedCurve: 'P-256' }); require('crypto').X509Certificate; done();`,
		`process.stdout.write('a'); process.on('exit', () => {}); process.exitCode = 1; done();`,
		`const z = require('zlib').createGzip(); z.on('data', () => {}); z.on('end', done); z.end('a');`,
		`new (require('async_hooks').AsyncLocalStorage)().run(1, () => setTimeout(done, 1));`,
		`require('util').promisify(setTimeout)(1).then(done);`,
		`require('util').promisify(require('crypto').generateKeyPair)('ec', { namedCurve: 'P-256' }).then(done);`,
		`require('util').deprecate(() => 1, 'old')(); done();`,
		`'' + new Date(0); new Date(1) - new Date(0); done();`,
		`new (class extends Date {})().getTime(); Object.getOwnPropertyNames(Date.prototype); done();`,
		`new Intl.DateTimeFormat('en-US').format(new Date()); (1234.5).toLocaleString(); 'a'.localeCompare('b'); done();`,
		`for (const x of new Map([[1, 2]])) x; [...new Set([1])]; 'a'.matchAll(/a/g); new Proxy({}, {}); done();`,
		`JSON.stringify({ d: new Date(0) }); structuredClone(new Map()); new Uint8Array(4).fill(1); 1n + 2n; Symbol('a').toString(); done();`,
		`(async () => { await null; done(); })(); (function* () { yield 1; })().next(); new WeakMap().set({}, 1); Promise.allSettled([1]);`,
		`fetch('data:,x').then(r => r.clone().text()).then(done);`,
		`new Response(new Blob(['a'])).body.getReader().read().then(done);`,
		`const f = new FormData(); f.append('a', new File(['b'], 'c')); new Request('http://h', { method: 'POST', body: f, headers: new Headers({ a: 'b' }) }).formData().then(done);`,
		`const c = new AbortController(); AbortSignal.any([c.signal, AbortSignal.timeout(1e6)]).onabort = done; c.abort();`,
		`const { port1, port2 } = new MessageChannel(); port2.onmessage = done; port1.postMessage(1);`,
		`new ReadableStream({ start(c) { c.enqueue('a'); c.close(); } }).pipeThrough(new TextEncoderStream()).pipeTo(new WritableStream()).then(done);`,
		`const before = Error.prepareStackTrace; Error.prepareStackTrace = (e, s) => s; new Error('x').stack; Error.prepareStackTrace = before; done();`,
	} {
		b := lending(t, `const done = () => callback(null, user, context); `+body, Options{})
		for range 2 {
			out := login(t, b, map[string]any{})
			require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
			m, _, _ := b.pool.take(&loop{bundle: b, run: &runtime.Run{}})
			require.NotNil(t, m, "%s: %s", body, b.pool.changed)
			b.pool.put(m, false, "")
		}
	}
}

// counter is a package that counts.
var counter = &program.Modules{
	Code: `let made, tampered; exports['count@1.0.0'] = () => made ??= (() => { let n = 0; return { next: () => ++n }; })();
		exports['tamper@1.0.0'] = () => tampered ??= (() => { Promise.prototype.then = () => 'evil'; return {}; })();
		var madeGlobal; exports['makes-global@1.0.0'] = () => madeGlobal ??= (globalThis.ofPackage = { is: () => 'there' });`,
	Keys: []map[string]string{{"count": "count@1.0.0", "tamper": "tamper@1.0.0", "makes-global": "makes-global@1.0.0"}},
}

// TestWhatPackagesSet: what a package puts on Error, or sets of a core module, when it is evaluated is its
// state; what rules put there is not.
func TestWhatPackagesSet(t *testing.T) {
	noting := &program.Modules{
		Code: `let made; exports['note@1.0.0'] = () => made ??= (() => {
			Object.defineProperty(Error, '__note__', { value: 1 }); Error.stackTraceLimit += 6; let n = 0;
			require('events').defaultMaxListeners = 50; require('https').globalAgent.options.maxCachedSessions = 7; return { next: () => ++n }; })();`,
		Keys: []map[string]string{{"note": "note@1.0.0"}},
	}
	for _, test := range []struct {
		name, body string
		reused     bool
	}{
		{"package", `user.n = require('note').next(); if (require('events').defaultMaxListeners + require('https').globalAgent.options.maxCachedSessions !== 57) throw 1;`, true},
		{"rule's default before", `require('events').defaultMaxListeners = 3; user.n = require('note').next();`, false},
		{"rule's default after", `user.n = require('note').next(); require('events').defaultMaxListeners = 3;`, false},
		{"rule before", `Error.mine = 1; user.n = require('note').next();`, false},
		{"rule after", `user.n = require('note').next(); Error.mine = 1;`, false},
		{"rule later", `user.n = require('note').next(); Object.defineProperty(Error, 'mine', { value: 1 });`, false},
	} {
		b := lending(t, test.body+`callback(null, user, context);`, Options{Modules: noting})
		login(t, b, map[string]any{})
		out := login(t, b, map[string]any{})
		require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
		assert.Equal(t, test.reused, out.User["n"] == float64(2), "%s: %v %s", test.name, out.User["n"], b.pool.changed)
	}
}

// TestWhatPackagesAddToBuiltIns: it is the package's state, what they change of them is not.
func TestWhatPackagesAddToBuiltIns(t *testing.T) {
	for _, test := range []struct {
		name, code, body string
		reused           bool
	}{
		{"constructor", `Map.Map = Map;`, `if (Map.Map !== Map) throw 1;`, true},
		{"several", `Map.Map = Map; Promise.old = 1; Object.defineProperty(Promise, 'hidden', { value: 1, enumerable: false });`, `if (Promise.old + Promise.hidden !== 2) throw 1;`, true},
		{"namespace", `Object.defineProperty(Reflect, 'metadata', { value: 1, configurable: true, writable: true });`, `if (Reflect.metadata !== 1) throw 1;`, true},
		{"prototype", `String.prototype.last = function () { return this[this.length - 1]; };`, `if ('abc'.last() !== 'c') throw 1;`, false},
		{"getter on a prototype", `Object.defineProperty(String.prototype, 'red', { get() { return 'red ' + this; } });`, `if ('a'.red !== 'red a') throw 1;`, false},
		{"Object.prototype", `Object.prototype.evil = 1;`, ``, false},
		{"prototype of a core module's class", `require('events').prototype.evil = 1;`, ``, false},
		{"core module", `require('util').more = 1;`, `if (require('util').more !== 1) throw 1;`, true},
		{"symbol of the global object", `Object.defineProperty(globalThis, Symbol.for('dispatcher'), { value: { n: 1 }, writable: true });`, `if (globalThis[Symbol.for('dispatcher')].n++ < 1) throw 1;`, true},
		{"symbol of a constructor", `Promise[Symbol.for('hook')] = 1;`, `if (Promise[Symbol.for('hook')] !== 1) throw 1;`, true},
		{"hidden global", `Object.defineProperty(globalThis, '@wry/context:Slot', { value: 1, configurable: true });`, `if (globalThis['@wry/context:Slot'] !== 1) throw 1;`, true},
		{"global that is there, defined anew", `Object.defineProperty(globalThis, 'Map', { get() { return 1; } });`, ``, false},
		{"changed", `Promise.resolve = () => 1;`, ``, false},
		{"defined anew", `Object.defineProperty(Promise, 'resolve', { enumerable: true });`, ``, false},
		{"symbol defined anew", `Object.defineProperty(Map.prototype, Symbol.toStringTag, { value: 'M' });`, ``, false},
		{"symbol deleted and added", `delete Map.prototype[Symbol.toStringTag]; Map.prototype[Symbol.for('a')] = 1; Map.prototype[Symbol.for('b')] = 1;`, ``, false},
		{"deleted and added", `delete Map.length; Map.other = 1;`, ``, false},
		{"added in the place of another", `const f = Object.keys; delete Object.keys; Object.keys = f; Object.more = 1;`, ``, false},
		{"field of a class", `Map.more = 1; new (class extends (function () { return Map; }) { name = 'M'; })();`, ``, false},
		{"frozen", `Map.more = 1; Object.freeze(Map);`, ``, false},
		{"prototype of another", `Map.more = 1; Object.setPrototypeOf(Map, Set);`, ``, false},
		{"also by the rule", `Map.Map = Map;`, `Map.mine = 1;`, false},
		{"the rule's value", `Map.more = 1;`, `Map.more = 2;`, false},
		{"the rule's symbol", `globalThis[Symbol.for('s')] = 1;`, `globalThis[Symbol.for('s')] = 2;`, false},
	} {
		b := lending(t, `user.n = require('note').next(); `+test.body+` callback(null, user, context);`, Options{Modules: &program.Modules{
			Code: `let made; exports['note@1.0.0'] = () => made ??= (() => { ` + test.code + ` let n = 0; return { next: () => ++n }; })();`,
			Keys: []map[string]string{{"note": "note@1.0.0"}},
		}})
		login(t, b, map[string]any{})
		out := login(t, b, map[string]any{})
		require.Equal(t, runtime.Allowed, out.Decision, "%s: %v", test.name, out.Err)
		assert.Equal(t, test.reused, out.User["n"] == float64(2), "%s: %v %s", test.name, out.User["n"], b.pool.changed)
	}
	// What a rule has changed before is not the package's.
	b := lending(t, `Map.mine = 1; user.n = require('note').next(); callback(null, user, context);`, Options{Modules: &program.Modules{
		Code: `let made; exports['note@1.0.0'] = () => made ??= (() => { Map.Map = Map; let n = 0; return { next: () => ++n }; })();`,
		Keys: []map[string]string{{"note": "note@1.0.0"}},
	}})
	login(t, b, map[string]any{})
	assert.EqualValues(t, 1, login(t, b, map[string]any{}).User["n"])
}

// attack runs a rule whose first login does something and whose second looks what is left of it.
// It answers what the second finds, and whether it got the machine of the first.
func attack(t *testing.T, do, look string) (found any, reused bool) {
	t.Helper()
	b := lending(t, `
		if (user.first) { `+do+`; callback(null, user, context); return; }
		const count = require('count').next();
		user.reused = count > 1; user.found = `+look+`;
		callback(null, user, context);`, Options{Modules: counter})
	login(t, b, map[string]any{})
	out := login(t, b, map[string]any{})
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	require.Equal(t, true, out.User["reused"], "%s", b.pool.changed)
	login(t, b, map[string]any{"first": true})
	out = login(t, b, map[string]any{})
	require.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	return out.User["found"], out.User["reused"].(bool)
}

// TestNothingOfARunReachesTheNext: whatever one run does to what runs share, the next login finds a
// machine as new.
func TestNothingOfARunReachesTheNext(t *testing.T) {
	tests := []struct {
		name, do, look string
		reused         bool
	}{
		{"nothing", ``, `'evil' in global`, true},
		{"state of a module", `require('count').evil = 1`, `require('count').next() > 3`, true},
		{"global", `evil = 1`, `typeof evil === 'number'`, true},
		{"global that cannot be deleted", `Object.defineProperty(global.global || global, 'evil', { value: 1 })`, `typeof evil === 'number'`, false},
		{"global by globalThis", `globalThis.evil = 1`, `typeof evil === 'number'`, true},
		{"global by a symbol", `globalThis[Symbol.for('evil')] = 1`, `globalThis[Symbol.for('evil')] === 1`, false},
		{"global deleted", `delete globalThis.Buffer`, `typeof Buffer === 'undefined'`, false},
		{"global replaced", `Buffer = 1`, `Buffer === 1`, false},
		{"global replaced after it was read", `Buffer.from('a'); Buffer = 1`, `Buffer === 1`, false},
		{"console", `console.log = function () { throw new Error('evil'); }; console.log.evil = 1`, `console.log.evil === 1`, true},
		{"console replaced", `console = { evil: 1 }`, `console.evil === 1`, true},
		{"process", `process.on('evil', () => {}); process.argv.push(1); process.env.evil = 1; process.evil = 1; process.cwd = null; process.stdout.evil = 1`,
			`[process.listenerCount('evil'), process.argv.length > 1, 'evil' in process.env, 'evil' in process, !process.cwd, 'evil' in process.stdout].some(x => x)`, true},
		{"channels", `require('diagnostics_channel').subscribe('evil', () => {})`, `require('diagnostics_channel').hasSubscribers('evil')`, true},
		{"marks", `performance.mark('evil')`, `performance.getEntries().length > 0`, true},
		{"stores", `new (require('async_hooks').AsyncLocalStorage)().run(1, () => setTimeout(() => {}, 1))`, `false`, true},
		{"Object.prototype", `Object.prototype.evil = 1`, `({}).evil === 1`, false},
		{"__proto__", `({}).__proto__.evil = 1`, `({}).evil === 1`, false},
		{"by a merge", `(function merge(a, b) { for (const k in b) { if (typeof b[k] === 'object') merge(a[k] = a[k] || {}, b[k]); else a[k] = b[k]; } })({}, JSON.parse('{"constructor": {"prototype": {"evil": 1}}}'))`, `({}).evil === 1`, false},
		{"symbol", `Object.prototype[Symbol.toPrimitive] = function () { return 1; }`, `+({}) === 1`, false},
		{"method", `Array.prototype.map = function () { return 'evil'; }`, `[].map(x => x) === 'evil'`, false},
		{"mended method", `Array.prototype.sort = function () { return 'evil'; }`, `[].sort() === 'evil'`, false},
		{"method deleted, another added", `delete Map.prototype.size; Map.prototype.evil = 1`, `new Map().size === undefined`, false},
		{"accessor", `let n = 0; const map = Array.prototype.map; Object.defineProperty(Array.prototype, 'map', { get() { return n++ < 3 ? map : 'evil'; } })`, `Array.prototype.map === 'evil'`, false},
		{"accessor by a proxy", `Object.defineProperty(new Proxy(new Proxy(Array.prototype, {}), {}), 'map', { get() { return 'evil'; }, configurable: true })`, `[].map === 'evil'`, false},
		{"accessor by Reflect", `Reflect.defineProperty(Array.prototype, 'map', { get() { return 'evil'; } })`, `[].map === 'evil'`, false},
		{"accessor by __defineGetter__", `Array.prototype.__defineGetter__('map', function () { return 'evil'; })`, `[].map === 'evil'`, false},
		{"accessor by defineProperties", `Object.defineProperties(Array.prototype, { map: { get() { return 'evil'; } } })`, `[].map === 'evil'`, false},
		{"attributes", `Object.defineProperty(Array.prototype, 'map', { enumerable: true })`, `(function () { for (const k in []) return true; return false; })()`, false},
		{"frozen", `Object.freeze(Object.prototype)`, `Object.isFrozen(Object.prototype)`, false},
		{"sealed", `Object.seal(Array.prototype)`, `Object.isSealed(Array.prototype)`, false},
		{"not extensible", `Reflect.preventExtensions(Array.prototype)`, `!Object.isExtensible(Array.prototype)`, false},
		{"prototype", `Object.setPrototypeOf(Array.prototype, { evil: 1 })`, `[].evil === 1`, false},
		{"prototype that is a proxy", `delete Array.prototype.map; Object.setPrototypeOf(Array.prototype, new Proxy({}, { get() { for (;;); } }))`, `false`, false},
		{"element of Array.prototype", `Array.prototype[3] = 'evil'`, `[][3] === 'evil'`, false},
		{"element by push", `Array.prototype.push('evil')`, `[][0] === 'evil'`, false},
		{"function's property", `Array.prototype.map.evil = 1`, `[].map.evil === 1`, false},
		{"static", `Math.max = function () { return 'evil'; }`, `Math.max() === 'evil'`, false},
		{"Error", `Error.stackTraceLimit = 0; Error.prepareStackTrace = function () { return 'evil'; }`, `Error.prepareStackTrace !== undefined`, false},
		{"generators", `Object.getPrototypeOf(function* () {}).prototype.next = function () { return 'evil'; }`, `(function* () {})().next() === 'evil'`, false},
		{"async functions", `Object.getPrototypeOf(async function () {}).evil = 1`, `(async () => {}).evil === 1`, false},
		{"symbol's method", `Array.prototype[Symbol.iterator] = function* () { yield 'evil'; }`, `[...[1]][0] === 'evil'`, false},
		{"symbol for another", `delete Map.prototype[Symbol.toStringTag]; Map.prototype[Symbol.for('evil')] = 1`, `new Map()[Symbol.for('evil')] === 1`, false},
		{"symbol's accessor for another", `delete Map[Symbol.species]; Map[Symbol.for('evil')] = 1`, `Map[Symbol.for('evil')] === 1`, false},
		{"symbol that is hidden", `Object.defineProperty(Map.prototype, Symbol.for('evil'), { value: 1 })`, `new Map()[Symbol.for('evil')] === 1`, false},
		{"attributes by deleting", `const it = Array.prototype, last = Object.getOwnPropertyNames(it).pop(), f = it[last]; delete it[last]; it[last] = f`,
			`(function () { for (const k in []) return true; return false; })()`, false},
		{"attributes of a symbol by deleting", `const f = Map.prototype[Symbol.iterator]; delete Map.prototype[Symbol.iterator]; Map.prototype[Symbol.iterator] = f`,
			`Object.prototype.propertyIsEnumerable.call(Map.prototype, Symbol.iterator)`, false},
		{"attributes of a global by deleting", `const f = globalThis.Buffer; delete globalThis.Buffer; globalThis.Buffer = f`, `Object.keys(globalThis).includes('Buffer')`, false},
		{"attributes of the last global by deleting", `evil = 1; const last = Object.getOwnPropertyNames(globalThis).filter(n => n !== 'evil').pop(), f = globalThis[last]; delete globalThis[last]; globalThis[last] = f`,
			`Object.keys(globalThis).length > 0`, false},
		{"name for another, in the same place", `const it = Array.prototype; const last = Object.getOwnPropertyNames(it).pop(), f = it[last]; delete it.map; delete it[last]; it.evil = 1; it[last] = f`, `[].evil === 1`, false},
		{"holes", `Array.prototype[1e9] = 'evil'`, `[][1e9] === 'evil'`, false},
		{"iterators", `Object.getPrototypeOf([][Symbol.iterator]()).next = function () { return { done: true }; }`, `[...[1]].length === 0`, false},
		{"typed arrays", `Object.getPrototypeOf(Uint8Array.prototype).evil = 1`, `new Uint8Array(1).evil === 1`, false},
		{"Promise.prototype.then", `Promise.prototype.then = function () { return 'evil'; }`, `Promise.resolve().then() === 'evil'`, false},
		{"Promise.prototype.then by a package", `require('tamper')`, `Promise.resolve().then() === 'evil'`, false},
		{"global of a package, which it needs", `require('makes-global').is()`, `typeof ofPackage !== 'object' || require('makes-global').is() !== 'there'`, true},
		{"global of a package beside one of the rule", `evil = 1; require('makes-global').is()`, `typeof evil === 'number' || typeof ofPackage !== 'object'`, true},
		{"promises' constructor", `Promise.prototype.constructor = function () {}`, `Promise.prototype.constructor !== Promise`, false},
		{"Function.prototype.call", `Function.prototype.call = function () { return 'evil'; }`, `(function () {}).call() === 'evil'`, false},
		{"eval declares", `(0, eval)('let evil = 1')`, `typeof evil === 'number'`, false},
		{"eval by a name that is computed", `globalThis['ev' + 'al']('const evil = 1')`, `typeof evil === 'number'`, false},
		{"Function makes a global", `Function('evil = 1')()`, `typeof evil === 'number'`, true},
		{"core module", `require('util').inspect = function () { return 'evil'; }`, `require('util').inspect({}) === 'evil'`, false},
		{"core module's class", `require('events').prototype.emit = function () { return 'evil'; }`, `new (require('events'))().emit('x') === 'evil'`, false},
		{"core module's accessor", `Object.defineProperty(require('crypto'), 'createHash', { get() { return 'evil'; } })`, `require('crypto').createHash === 'evil'`, false},
		{"Buffer", `Buffer.from = function () { return 'evil'; }`, `Buffer.from('a') === 'evil'`, false},
		{"Buffer.prototype", `Buffer.prototype.toString = function () { return 'evil'; }`, `Buffer.from('a').toString() === 'evil'`, false},
		{"field of a class whose constructor answers a built-in", `new (class extends (function () { return Array.prototype; }) { map = function () { return 'evil'; }; })()`, `[].map(x => x) === 'evil'`, false},
		{"field of the global object", `new (class extends (function () { return globalThis; }) { console = 'evil'; })()`, `console === 'evil'`, false},
		{"console by deleting", `const names = Object.getOwnPropertyNames(globalThis), from = names.indexOf('console'), kept = names.slice(from).map(n => globalThis[n]);
			names.slice(from).forEach(n => delete globalThis[n]); names.slice(from).forEach((n, i) => { globalThis[n] = n === 'console' ? 'evil' : kept[i]; })`, `console === 'evil'`, false},
		{"field on a core module's function", `new (class extends (function () { return Buffer.from; }) { name = 'evil'; })()`, `Buffer.from.name === 'evil'`, false},
		{"field on a core module's function, computed", `new (class extends (function () { return require('url').parse; }) { ['length'] = 99; })()`, `require('url').parse.length === 99`, false},
		{"reviver whose holder is a built-in", `JSON.parse('{"a":1,"b":1}', function (k, v) { if (k === 'a') this.b = require('url'); return k === 'parse' ? () => 'evil' : v; })`, `require('url').parse('x') === 'evil'`, false},
		{"method for another, before a plain last one", `const e = require('events'); const names = Object.getOwnPropertyNames(e), kept = names.map(n => e[n]); for (const n of names) delete e[n];
			names.forEach((n, i) => { if (!(n in e) || !Object.getOwnPropertyNames(e).includes(n)) try { e[n] = n === 'once' ? () => 'evil' : kept[i]; } catch (_) {} })`, `require('events').once() === 'evil'`, false},
		{"names of a class's method and of what came later", `const { Readable } = require('stream'); const f = Readable.from, names = Object.getOwnPropertyNames(Readable), after = names.slice(names.indexOf('from') + 1), kept = after.map(n => Readable[n]);
			delete Readable.from; after.forEach(n => delete Readable[n]); Readable.from = () => 'evil'; after.forEach((n, i) => { Readable[n] = kept[i]; })`, `require('stream').Readable.from([]) === 'evil'`, false},
		{"setter's receiver", `Reflect.set({}, 'map', () => 'evil', Array.prototype)`, `[].map(x => x) === 'evil'`, false},
		{"element of a core module's array", `require('http').METHODS[0] = 'EVIL'`, `require('http').METHODS[0] === 'EVIL'`, false},
		{"element by the constructor of from", `Array.from.call(function () { return require('http').METHODS; }, ['EVIL'])`, `require('http').METHODS[0] === 'EVIL'`, false},
		{"status code", `Array.of.call(function () { return Object.assign(require('http').STATUS_CODES, {}); }, 'a')`, `require('http').STATUS_CODES[0] === 'a'`, false},
		{"status code by of", `require('http').STATUS_CODES[200] = 'evil'`, `require('http').STATUS_CODES[200] === 'evil'`, false},
		{"default of events", `require('events').defaultMaxListeners = 3`, `require('events').defaultMaxListeners === 3`, false},
		{"captureRejections of events", `require('events').captureRejections = true`, `require('events').captureRejections === true`, false},
		{"default options of inspect", `require('util').inspect.defaultOptions.depth = 0; require('util').inspect.defaultOptions = { compact: 7 }`, `require('util').inspect.defaultOptions.compact === 7 || require('util').inspect.defaultOptions.depth === 0`, false},
		{"styles of inspect", `require('util').inspect.styles.number = 'red'`, `require('util').inspect.styles.number === 'red'`, false},
		{"high-water mark", `require('stream').setDefaultHighWaterMark(false, 1)`, `require('stream').getDefaultHighWaterMark(false) === 1`, false},
		{"global agent", `require('http').globalAgent = { evil: 1 }`, `require('http').globalAgent.evil === 1`, true},
		{"options of the global agent", `require('https').globalAgent.options.rejectUnauthorized = false; require('https').globalAgent.maxSockets = 1`, `require('https').globalAgent.options.rejectUnauthorized === false || require('https').globalAgent.maxSockets === 1`, false},
		{"sockets of the global agent", `require('http').globalAgent.requests.evil = []; require('http').globalAgent.on('evil', () => {})`, `'evil' in require('http').globalAgent.requests || require('http').globalAgent.listenerCount('evil') > 0`, false},
		{"servers of dns", `require('dns').setServers(['203.0.113.1'])`, `require('dns').getServers().includes('203.0.113.1')`, true},
		{"order of dns", `require('dns').setDefaultResultOrder('ipv6first')`, `require('dns').getDefaultResultOrder() === 'ipv6first'`, false},
		{"families of net", `require('net').setDefaultAutoSelectFamily(false)`, `require('net').getDefaultAutoSelectFamily() === false`, false},
		{"escape of querystring", `require('querystring').escape = () => 'evil'`, `require('querystring').stringify({ a: 1 }).includes('evil')`, false},
		{"title and umask of process", `process.title = 'evil'; process.umask && process.umask(0o77)`, `process.title === 'evil'`, true},
		{"mask of the pool of buffers", `Buffer.poolSize = 1`, `Buffer.poolSize === 1`, false},
		{"require's cache", `require.cache && (require.cache.evil = 1)`, `!!(require.cache && require.cache.evil)`, true},
		{"require itself", `require.evil = 1; require = () => 'evil'`, `require.evil === 1 || require('url') === 'evil'`, false},
		{"default of tls", `require('tls').DEFAULT_MIN_VERSION = 'TLSv1'`, `require('tls').DEFAULT_MIN_VERSION === 'TLSv1'`, false},
		{"symbol registry's own state", `Symbol.for('evil').description`, `false`, true},
		{"last index of a shared expression", `require('util').inspect({}); 1`, `false`, true},
		{"legacy statics of RegExp", `/(ev)il/.test('evil')`, `RegExp.$1 === 'ev'`, true},
		{"timer that is left", `setTimeout(function () { Array.prototype.map = 1; }, 1); setTimeout(function () { evil = 1; }, 2)`, `typeof evil === 'number' || [].map === 1`, false},
		{"timer that is left and harmless", `setTimeout(function () {}, 1)`, `false`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, reused := attack(t, tt.do, tt.look)
			if tt.name == "state of a module" {
				assert.Equal(t, true, found, "a module keeps its state")
			} else {
				assert.Equal(t, false, found)
			}
			assert.Equal(t, tt.reused, reused, "reused")
		})
	}
}

// TestRunsWaitForAMachine: where packages are evaluated there are no more machines than the limit
// says, and a run that gets none in its time fails with that limit.
func TestRunsWaitForAMachine(t *testing.T) {
	b := lending(t, `user.n = require('count').next(); setTimeout(function () { callback(null, user, context); }, 10);`, Options{Modules: counter})
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{VMs: 1, Timeout: 10 * time.Second}})
	var group sync.WaitGroup
	var mu sync.Mutex
	seen := map[any]bool{}
	for range 10 {
		group.Go(func() {
			out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{}})
			if assert.NoError(t, err) && assert.Nil(t, out.Err) {
				mu.Lock()
				seen[out.User["n"]] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	assert.Len(t, seen, 10, "one machine counted for all")

	held := lending(t, `setTimeout(function () { callback(null, user, context); }, user.hold ? 2000 : 0);`, Options{Modules: counter})
	chain = runtime.NewChain([]runtime.Rule{{Name: "rule"}}, held, runtime.Options{Limits: runtime.Limits{VMs: 1, Timeout: 5 * time.Second}})
	began := make(chan struct{})
	group.Go(func() {
		close(began)
		out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{"hold": true}, Context: map[string]any{}})
		if assert.NoError(t, err) {
			assert.Equal(t, runtime.Allowed, out.Decision)
		}
	})
	<-began
	require.Eventually(t, func() bool { held.pool.mu.Lock(); defer held.pool.mu.Unlock(); return held.pool.alive == 1 }, 5*time.Second, time.Millisecond)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err := chain.Run(ctx, runtime.Input{User: map[string]any{}, Context: map[string]any{}})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Eventually(t, func() bool { held.pool.mu.Lock(); defer held.pool.mu.Unlock(); return len(held.pool.waiting) == 0 }, time.Second, time.Millisecond)
	group.Wait()
	out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{}})
	require.NoError(t, err)
	assert.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
	require.NoError(t, chain.Close(context.Background()))
	assert.Equal(t, len(held.pool.idle), held.pool.alive)
}

// TestStopWhileAMachineIsMade: what is ours may be stopped, too.
func TestStopWhileAMachineIsMade(t *testing.T) {
	b := lending(t, `callback(null, user, context);`, Options{Modules: counter})
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{Timeout: 200 * time.Microsecond}})
	for range 20 {
		out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{}})
		require.NoError(t, err)
		if out.Err != nil {
			assert.Equal(t, runtime.KindTimeout, out.Err.Kind, "%v", out.Err)
		}
	}
	require.NoError(t, chain.Close(context.Background()))
	assert.Equal(t, len(b.pool.idle), b.pool.alive)
}

// TestConsoleCountsAnew: what a console counts belongs to its run.
func TestConsoleCountsAnew(t *testing.T) {
	b := lending(t, `require('util'); console.count('logins'); callback(null, user, context);`, Options{})
	for range 2 {
		assert.Equal(t, "logins: 1", login(t, b, map[string]any{}).Console[0].Text)
		assert.Empty(t, b.pool.changed)
	}
}

// TestRunsThatEndBadlyKeepNoMachine: a machine that was stopped serves nobody any more.
func TestRunsThatEndBadlyKeepNoMachine(t *testing.T) {
	b := lending(t, `if (user.hang) for (;;); user.n = require('count').next(); callback(null, user, context);`, Options{Modules: counter})
	assert.EqualValues(t, 1, login(t, b, map[string]any{}).User["n"])
	assert.EqualValues(t, 2, login(t, b, map[string]any{}).User["n"])
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{Timeout: 50 * time.Millisecond}})
	out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{"hang": true}, Context: map[string]any{}})
	require.NoError(t, err)
	require.NotNil(t, out.Err)
	assert.Equal(t, runtime.KindTimeout, out.Err.Kind)
	require.NoError(t, chain.Close(context.Background()))
	assert.EqualValues(t, 1, login(t, b, map[string]any{}).User["n"])
}

// TestManyRunsAtOnce: no two runs have one machine, and a bundle keeps a few only.
func TestManyRunsAtOnce(t *testing.T) {
	b := lending(t, `
		const mine = globalThis.mine = user.id; require('count').next();
		setTimeout(function () { callback(globalThis.mine === mine ? null : new Error('shared'), user, context); }, 20);`, Options{Modules: counter})
	chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{Limits: runtime.Limits{Timeout: 10 * time.Second}})
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			out, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{"id": i}, Context: map[string]any{}})
			if assert.NoError(t, err) {
				assert.Equal(t, runtime.Allowed, out.Decision, "%v", out.Err)
			}
		})
	}
	group.Wait()
	require.NoError(t, chain.Close(context.Background()))
	assert.LessOrEqual(t, len(b.pool.idle), 64, b.pool.changed)
	require.NotEmpty(t, b.pool.idle, b.pool.changed)
	assert.Equal(t, len(b.pool.idle), b.pool.alive)
	b.pool.trim()
	assert.Len(t, b.pool.idle, maxIdle)
	assert.Equal(t, maxIdle, b.pool.alive)
	assert.Zero(t, b.pool.returning)
}

// TestInnards: the fields of goja's are where the engine looks for them. Without them it works,
// and lends no machine.
func TestInnards(t *testing.T) {
	require.True(t, seesInnards())
	vm := goja.New()
	for _, text := range []string{"({ a: 1, b: 2, [Symbol.iterator]: 3 })", "[1, 2]", "(function () {})", "Array.prototype", "Math", "Promise", "new (class A {})()", "new String('a')"} {
		value, err := vm.RunString(text)
		require.NoError(t, err)
		object := value.(*goja.Object)
		p := &pristine{m: &machine{vm: vm}, known: map[*goja.Object]int{}}
		p.add(vm.NewObject()) // the first is the global object
		p.add(object)
		require.Empty(t, p.tampered, text)
		assert.Empty(t, p.changed(), text)
		require.NoError(t, object.Set("added", 1))
		assert.Equal(t, "the names of a built-in", p.changed(), text)
		require.NoError(t, object.Delete("added"))
		assert.Empty(t, p.changed(), text)
		object.GetOwnPropertyNames()
		assert.Empty(t, p.changed(), text)
		require.NoError(t, object.SetSymbol(goja.NewSymbol("added"), 1))
		assert.Equal(t, "the symbols of a built-in", p.changed(), text)
	}
}

// BenchmarkRequire compares a rule that uses a module with the same rule without.
func BenchmarkRequire(bench *testing.B) {
	for _, one := range []struct {
		name, body string
		lends      bool
	}{
		{"without", `user.n = 1; callback(null, user, context);`, false},
		{"package", `user.n = require('count').next(); callback(null, user, context);`, true},
		{"core", `user.n = require('util').format('%d', 1); callback(null, user, context);`, true},
	} {
		bench.Run(one.name, func(bench *testing.B) {
			words := map[string]bool{"require": one.lends, "constructor": one.lends}
			b, _ := CompileWith([]Source{{Name: "rule", Code: "function (user, context, callback) {" + one.body + "}", Words: words}}, Options{Modules: counter})
			chain := runtime.NewChain([]runtime.Rule{{Name: "rule"}}, b, runtime.Options{})
			bench.ReportAllocs()
			for bench.Loop() {
				if _, err := chain.Run(context.Background(), runtime.Input{User: map[string]any{}, Context: map[string]any{}}); err != nil {
					bench.Fatal(err)
				}
			}
		})
	}
}
