// Arguments of util.format, one case per line: the elements of an array literal.
// Empty lines and comments are skipped. want.json holds what Node 20 prints.
// -- no arguments and primitives
''
'plain text'
undefined
null
true, false
0, -0, 1, -1, 1.5, 1e21, 1e-7, 123456789012345680000, 0.1 + 0.2, 5e-324, 1.7976931348623157e308
NaN, Infinity, -Infinity
10n, -10n, 2n ** 70n
Symbol('a'), Symbol(), Symbol.iterator, Symbol('it\'s\n')
'a', 'b c', ''
'é', '日本語', '😀', '\ud83d', '\ude00x'
// -- placeholders
'%s', 'a'
'%s %s', 'a'
'%s', 'a', 'b', 3
'%s', 1, -0, 10n
'%s %s %s', -0, 10n, Symbol('x')
'%s', null
'%s', undefined
'%s', {}
'%s', { a: { b: 1 } }
'%s', [1, [2, [3]]]
'%s', { toString() { return 'mine'; } }
'%s', Object.create({ toString() { return 'inherited'; } })
'%s', new (class A { toString() { return 'from class'; } })()
'%s', new (class A { })()
'%s', new (class A extends Date { })(0)
'%s', new Date(0)
'%s', function f() { return 1; }
'%s', class A { x() { } }
'%s', () => 1
'%s', { [Symbol.toPrimitive]() { return 'prim'; } }
'%s', { toString: 1 }
'%s', Object.create(null)
'%s', new Error('boom').message
'%s', new String('boxed')
'%s', 'it\'s'
'%d', 42
'%d', '42'
'%d', ' 0x1F '
'%d', '1e3'
'%d', '12px'
'%d', ''
'%d', null
'%d', undefined
'%d', true
'%d', {}
'%d', []
'%d', [7]
'%d', { valueOf() { return 9; } }
'%d', 5n
'%d', -0
'%d', Symbol('x')
'%d', 'Infinity'
'%d', '-.5e-3'
'%i', 42.9
'%i', '42.9px'
'%i', '0x1f'
'%i %i %i %i', '  -0', '0x', '9007199254740993', '0x100000000000081'
'%i', -0.5
'%i', 'abc'
'%i', 1e21
'%i', 9n
'%i', null
'%i', [12.7, 3]
'%i', Symbol('a')
'%f', 1.5
'%f', '1.50abc'
'%f', '-.5'
'%f', 'abc'
'%f', ''
'%f', Symbol('a')
'%f', 3n
'%f', null
'%j', { a: [1, 'x', null], b: undefined }
'%j', undefined
'%j', null
'%j', 'a"b\n\u2028\ud800'
'%j', NaN
'%j', -0
'%j', () => 1
'%j', Symbol('x')
'%j', { toJSON() { return 'json'; } }
'%j', (() => { const a = {}; a.a = a; return a; })()
'%j', new Date(0)
'%o', { a: 1 }
'%o', [1, 2, [3]]
'%o', { a: { b: { c: { d: { e: 1 } } } } }
'%o', new Map([['a', { b: 1 }]])
'%o', 'text'
'%O', { a: { b: { c: { d: 1 } } } }
'%O', [[[[1]]]]
'%O', 'text'
'%c', 'color: red'
'%cstyled%c plain', 'color: red', ''
'%%'
'%%', 1
'100%', 1
'%x', 1
'%', 1
'%s%%%s', 1, 2
'%%s', 'a'
'a%sb%dc', 'x', 3, 'rest', { a: 1 }
'%s', 'é%s', 'x'
1, '%s', 'a'
'%s %', 'a'
'%%%s%%', 'a'
'% s', 'a'
'a', { b: 'c' }, ['d'], 'e'
'%s', 'a', undefined, null
// -- strings in objects
['it\'s']
['it\'s "quoted"']
['it\'s "quoted" `tick`']
['it\'s "q" ${x}']
['back\\slash']
['tab\t nl\n cr\r bs\b ff\f vt\v nul\0 esc\x1b del\x7f nel\x85']
['\ud83d', '\ude00', '😀', 'a\ud83db']
['\u2028', '\ufeff', 'é']
{ s: 'x'.repeat(100) }
{ s: 'line one is long enough\nline two is long enough to be split\nline three' }
['line one is long enough\nline two is long enough to be split\nline three and more and more\n']
['a'.repeat(10050)]
[('ab\n').repeat(30)]
// -- keys
{ a: 1, 'b-c': 2, 'it\'s': 3, 1: 4, $: 5, _x: 6, é: 7, '': 8 }
{ '😀': 1, 'a b': 2, 'x\ny': 3, '\ud83d': 4 }
{ ['__proto__']: 1 }
{ [Symbol('s')]: 1, [Symbol()]: 2, [Symbol.iterator]: 3 }
{ 2: 'b', 1: 'a', z: 1, y: 2, 10: 'c' }
Object.defineProperty({}, 'hidden', { value: 1 })
Object.defineProperty({ a: 1 }, Symbol('h'), { value: 1 })
// -- objects
{}
{ a: 1 }
{ a: { b: { c: { d: 1 } } } }
{ a: { b: { c: {} } } }
{ a: { b: { c: [] } } }
{ a: { b: { c: [1] } } }
{ a: { b: { c: new Map([[1, 2]]) } } }
{ a: { b: { c: () => 1, d: new Date(0), e: /x/, f: class A { }, g: null } } }
{ a: undefined, b: null, c: NaN, d: -0 }
{ a: 1, b: 'two', c: [3, 4], d: { e: 5 } }
{ name: 'Ann Example', email: 'ann@example.com', email_verified: true, roles: ['admin', 'editor'] }
{ user_id: 'auth0|5f7c8ec7c33c6c004bbafe82', email: 'ann@example.com', app_metadata: { roles: ['admin'], plan: { name: 'gold', since: '2020-01-01' } }, identities: [{ connection: 'Username-Password-Authentication', provider: 'auth0', isSocial: false }] }
{ a: 'x'.repeat(30), b: 'y'.repeat(30) }
{ a: 'x'.repeat(30), b: 'y'.repeat(31) }
{ a: 'x'.repeat(26), b: 'y'.repeat(26) }
{ a: 'x'.repeat(76) }
{ a: 'x'.repeat(77) }
{ a: { b: 'x'.repeat(60) } }
{ a: { b: { c: 'x'.repeat(60) } } }
{ a: { b: { c: 1 } }, d: { e: { f: 2 } } }
{ a: [{ b: [{ c: 1 }] }] }
[{ a: { b: { c: { } } } }]
[[[[]]]]
[[[[1]]]]
Object.create(null)
Object.assign(Object.create(null), { a: 1, b: { c: 2 } })
Object.create({})
Object.create({ a: 1 })
Object.create(Object.create(null))
Object.create(Object.create({ constructor: 1 }))
Object.assign(Object.create(Object.create(null)), { a: 1 })
new (class Foo { constructor() { this.a = 1; } })()
new (class Foo { })()
new (class extends Map { })()
new (class Foo extends Map { })([[1, 2]])
new (class Foo extends Set { })([1])
new (class Foo extends Array { })()
(() => { class Foo extends Array { } const f = new Foo(); f.push(1, 2); return f; })()
new (class A extends (class B { }) { })()
(() => { function F() { this.x = 1; } return new F(); })()
(() => { function F() { } F.prototype = { y: 1 }; return new F(); })()
(() => { const F = function () { }; F.prototype.constructor = null; return new F(); })()
{ constructor: 'x', a: 1 }
{ constructor: { name: 'Fake' } }
{ get a() { return 1; }, set a(v) { }, get b() { return 2; }, set c(v) { } }
Object.defineProperty({}, 'g', { get() { throw new Error('never'); }, enumerable: true })
{ [Symbol.toStringTag]: 'Tagged' }
Object.create({ [Symbol.toStringTag]: 'Proto' })
new (class A { get [Symbol.toStringTag]() { return 'T'; } })()
new (class A { get [Symbol.toStringTag]() { return 'A'; } })()
Object.create(null, { [Symbol.toStringTag]: { value: 'N' } })
Object.create(null, { [Symbol.toStringTag]: { value: 'N' }, x: { value: 1, enumerable: true } })
(function () { return arguments; })(1, 'a')
(function () { return arguments; })()
Math
JSON
Reflect
Object.freeze({ a: 1 })
// -- circular
(() => { const a = {}; a.self = a; return a; })()
(() => { const a = { b: {} }; a.b.a = a; a.b.b = a.b; return a; })()
(() => { const a = [1]; a.push(a); return a; })()
(() => { const m = new Map(); m.set('m', m); return m; })()
(() => { const s = new Set(); s.add(s); return s; })()
(() => { const a = {}, b = { a }; a.b = b; return [a, b]; })()
(() => { const a = { x: 1 }; return { p: a, q: a }; })()
(() => { function f() { } f.f = f; return f; })()
(() => { const a = { b: { c: { d: {} } } }; a.b.c.d = a; return a; })()
// -- arrays
[]
[1]
[undefined, null]
[,]
[, ,]
[1, , 3]
[, 'a', , , 'b', ,]
new Array(3)
new Array(1)
new Array(1e6)
(() => { const a = []; a[200] = 1; return a; })()
(() => { const a = []; a[5] = 1; a.x = 2; return a; })()
(() => { const a = [1, 2]; a.x = 'y'; a['b-c'] = 1; a[-1] = 2; return a; })()
(() => { const a = [1, 2]; a[Symbol('s')] = 1; return a; })()
(() => { const a = [1, 2, 3]; delete a[1]; return a; })()
(() => { const a = Array.from({ length: 120 }, (_, i) => i); delete a[3]; return a; })()
(() => { const a = Array.from({ length: 300 }, (_, i) => i); for (let i = 0; i < 300; i += 2) delete a[i]; return a; })()
Object.defineProperty([1], 0, { get() { return 1; }, enumerable: true })
[1, 2, 3, 4, 5, 6]
[1, 2, 3, 4, 5, 6, 7]
[1, 22, 333, 4444, 55555, 666666, 7777777]
[-1, 2.5, NaN, 1e21, 0, -0, 7]
Array.from({ length: 27 }, (_, i) => i * i)
Array.from({ length: 100 }, (_, i) => i)
Array.from({ length: 101 }, (_, i) => i)
Array.from({ length: 102 }, (_, i) => 'item' + i)
Array.from({ length: 7 }, (_, i) => 'x'.repeat(i))
Array.from({ length: 30 }, (_, i) => 'x'.repeat(i % 7))
Array.from({ length: 12 }, (_, i) => ({ i }))
Array.from({ length: 12 }, (_, i) => [i, i])
Array.from({ length: 8 }, (_, i) => 'w'.repeat(20 + i))
Array.from({ length: 8 }, (_, i) => 'w'.repeat(30 + i))
['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'a very long entry that is much longer than the others']
[1n, 2n, 3n, 4n, 5n, 6n, 7n, 800n]
[1, 2, 3, 4, 5, 6, 'seven']
['日本', '日', '本語です', 'a', 'b', 'c', 'd', '😀']
['é', 'e\u0301', 'a', 'b', 'c', 'd', 'e', 'ffffff']
[true, false, true, false, true, false, true, null, undefined]
{ list: Array.from({ length: 40 }, (_, i) => i * 1000) }
{ a: { list: Array.from({ length: 40 }, (_, i) => 'k' + i) } }
(() => { const a = Array.from({ length: 10 }, (_, i) => i); a.extra = true; return a; })()
[['a', 1], ['b', 2]]
Object.setPrototypeOf([1, 2], null)
Object.setPrototypeOf([1, 2], {})
// -- functions
function f() { }
function () { }
() => 1
async () => 1
async function af() { }
function* g() { }
class A { }
class A extends Map { }
class { }
(() => { class A { } class B extends A { } return B; })()
class A { static x = 1; static y() { } }
class A /* ( */ { }
class A extends null { }
Object.assign(function f() { }, { a: 1, b: 'x' })
Object.defineProperty(() => 1, 'name', { value: 'renamed' })
Object.defineProperty(function () { }, 'name', { value: 5 })
Object.setPrototypeOf(function f() { }, null)
Object.setPrototypeOf(class A { }, null)
{ f() { }, g: () => 1, h: function () { }, async i() { }, *j() { }, get k() { return 1; } }
Map, Array, Object, parseInt, Math.max
[function a() { }, class B { }]
Function.prototype
// -- errors: stack lines are not compared
new Error('boom')
new Error('')
new Error()
new TypeError('bad type')
new RangeError('multi\nline')
[new Error('inner')]
{ e: new Error('inner') }
{ a: { b: { c: new Error('deep') } } }
Object.assign(new Error('props'), { code: 'E_CODE', status: 401 })
Object.assign(new Error('renamed'), { name: 'CustomError' })
Object.assign(new Error('renamed'), { name: 'Custom' })
Object.assign(new Error('x'), { message: 'changed' }).name
new (class ValidationError extends Error { })('invalid')
new (class Foo extends Error { })('invalid')
new (class FooError extends Error { constructor(m) { super(m); this.name = 'FooError'; } })('invalid')
new (class FooError extends Error { constructor(m) { super(m); this.name = 'FooError'; this.code = 7; } })('invalid')
new (class FooError extends TypeError { constructor(m) { super(m); this.name = 'OtherError'; } })('invalid')
new (class FooError extends Error { get name() { return 'GetterName'; } })('invalid')
new Error('with cause', { cause: 'text' })
new Error('with cause', { cause: { a: 1 } })
new Error('with cause', { cause: new TypeError('root') })
new AggregateError([new Error('a'), 1], 'many')
(() => { const e = new Error('no stack'); e.stack = undefined; return e; })()
(() => { const e = new Error('no stack'); delete e.stack; return e; })()
(() => { const e = new Error('own stack'); e.stack = 'just text'; return e; })()
(() => { const e = new Error('own stack'); e.stack = 'Error: own stack'; e.x = 1; return e; })()
(() => { const e = new Error('x'); e.stack = undefined; e.name = 'N'; return e; })()
[(() => { const e = new Error('nested no stack'); e.stack = undefined; return e; })()]
(() => { function E(m) { this.message = m; this.name = 'E'; } E.prototype = Object.create(Error.prototype); E.prototype.constructor = E; return new E('old style'); })()
(() => { function E(m) { this.message = m; } E.prototype = new Error(); return new E('old style'); })()
(() => { const e = new Error('null proto'); Object.setPrototypeOf(e, null); e.stack = 'Error: null proto'; return e; })()
(() => { const e = new Error('m'); e.self = e; return e; })()
Error.prototype
(() => { try { null.x; } catch (e) { return e.name; } })()
'%s', (() => { const e = new Error('fmt'); e.stack = undefined; return e; })()
'%s', Object.assign(new Error('fmt'), { toString() { return 'own'; } })
'failed:', (() => { const e = new TypeError('x'); e.stack = 'TypeError: x'; return e; })()
// -- built in objects
new Date(0)
new Date(NaN)
new Date(8.64e15), new Date(-8.64e15), new Date(-62198755200000)
Object.assign(new Date(0), { x: 1 })
new (class MyDate extends Date { })(0)
/a\/b/gi
new RegExp('')
Object.assign(/x/, { y: 1 })
new (class MyRe extends RegExp { })('q', 'g')
new Map()
new Map([['a', 1], [{ k: 1 }, [1, 2]]])
new Map([[1, new Map([[2, new Map([[3, new Map([[4, 5]])]])]])]])
Object.assign(new Map([[1, 2]]), { x: 1 })
new Map(Array.from({ length: 120 }, (_, i) => [i, i]))
new Set()
new Set([1, 'a', { b: 1 }])
new Set(Array.from({ length: 120 }, (_, i) => i))
new Set([[1, 2], [3, 4]])
Object.assign(new Set([1]), { x: 1 })
Object.setPrototypeOf(new Map([[1, 2]]), null)
Object.setPrototypeOf(new Set([1]), null)
new WeakMap(), new WeakSet()
Promise.resolve(1)
Promise.resolve({ a: { b: 1 } })
new Promise(() => { })
(() => { const p = Promise.reject(3); p.catch(() => { }); return p; })()
(async () => 5)()
Object.assign(Promise.resolve(1), { x: 1 })
new (class MyP extends Promise { })(() => { })
new Number(3), new Number(-0), new String('abc'), new Boolean(true), Object(1n), Object(Symbol('s'))
Object.assign(new String('abc'), { x: 1 })
Object.assign(new Number(1), { x: 1 })
new (class N extends Number { })(4)
new (class S extends String { })('q')
Object.setPrototypeOf(new Number(3), null)
new Uint8Array(0)
new Uint8Array([1, 2, 3])
new Uint8Array(120)
new Int16Array([-1, 2])
new Float64Array([1.5, -0, NaN])
new Float32Array([0.1])
new Uint8ClampedArray([300])
new BigInt64Array([1n, -2n])
new BigUint64Array([18446744073709551615n])
Object.assign(new Uint8Array([1]), { x: 1 })
new (class U extends Uint8Array { })(2)
new ArrayBuffer(0)
new ArrayBuffer(4)
new Uint8Array([1, 255, 16]).buffer
new ArrayBuffer(120)
new DataView(new ArrayBuffer(2))
{ b: new Uint8Array([1]).buffer, v: [new Uint8Array([7])] }
[1, 2].values(), 'ab'[Symbol.iterator]()
(function* () { })()
new Proxy({ a: 1 }, {})
new Proxy([1, 2], {})
new Proxy(function f() { }, {})
new Proxy({ a: 1 }, { get() { throw new Error('trap'); }, ownKeys() { throw new Error('trap'); }, getPrototypeOf() { throw new Error('trap'); } })
(() => { const r = Proxy.revocable({}, {}); r.revoke(); return r.proxy; })()
{ p: new Proxy(new Map([[1, 2]]), {}) }
'%o', new Proxy({ a: 1 }, { get() { } })
'%s', new Proxy({ a: 1 }, {})
Symbol.prototype.description
Object.prototype
globalThis === globalThis
// -- inspect hooks
{ [Symbol.for('nodejs.util.inspect.custom')]() { return 'custom!'; } }
{ [Symbol.for('nodejs.util.inspect.custom')]() { return { other: 1 }; } }
{ [Symbol.for('nodejs.util.inspect.custom')]() { return this; }, a: 1 }
{ [Symbol.for('nodejs.util.inspect.custom')]() { return 5; } }
{ [Symbol.for('nodejs.util.inspect.custom')]: 'no function', a: 1 }
[{ [Symbol.for('nodejs.util.inspect.custom')]() { return 'a\nb'; } }]
{ x: { y: { [Symbol.for('nodejs.util.inspect.custom')](depth, options) { return `depth ${depth} ${options.depth} ${options.compact} ${typeof options.stylize}`; } } } }
{ x: { [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) { return 'I:' + inspect({ a: { b: { c: 1 } } }, { ...options, depth: 0 }); } } }
new (class Money { constructor(n) { this.n = n; } [Symbol.for('nodejs.util.inspect.custom')]() { return `Money<${this.n}>`; } })(5)
(class Money { [Symbol.for('nodejs.util.inspect.custom')]() { return 'x'; } }).prototype
'%s', { [Symbol.for('nodejs.util.inspect.custom')]() { return 'hooked'; } }
// -- hidden properties
'%o', [1, , 3]
'%o', new Set([1])
'%o', new Date(0)
'%o', new Uint8Array([1, 2])
'%o', Object.defineProperty({}, 'h', { value: { x: 1 } })
'%o', new (class Foo { constructor() { this.a = 1; } })()
'%o', (() => { class Base { } Base.prototype.shared = 1; class Sub extends Base { } const s = new Sub(); s.own = 2; return s; })()
'%o', Object.create({ inherited: 1 })
'%o', 'str', 5
// -- throwing
'%s', { toString() { throw new RangeError('from toString'); } }
'%d', { valueOf() { throw new RangeError('from valueOf'); } }
'%j', 1n
'%j', { toJSON() { throw new RangeError('from toJSON'); } }
{ [Symbol.for('nodejs.util.inspect.custom')]() { throw new RangeError('from hook'); } }
'%d', Object.create(null)
'%i', Object.create(null)
'%s', { toString() { return {}; } }
// -- URLs and their parameters
new URL('https://u:p@a.example:8443/b%20c?x=1&y=%C3%BC#h'), { u: new URL('http://x') }
(() => { class Mine extends URL { } const u = new Mine('http://x/?a=1'); u.more = 1; return [u, [[u]]]; })()
{ a: { b: { c: { d: new URL('http://x') } } } }, { a: { b: { c: new URLSearchParams('d=1') } } }
'%o', new URLSearchParams('a=1')
new URLSearchParams(), new URLSearchParams({ a: '1', b: "it's" }), [new URLSearchParams('a=1&a=2')]
new URLSearchParams({ a: 'x'.repeat(90), b: '2' }), { q: new URLSearchParams({ a: 'x'.repeat(90), b: '2' }) }
new URLSearchParams('a=1&b=2').entries(), new URLSearchParams('a=1&b=2').keys(), [new URLSearchParams('a=1').values()], new URLSearchParams().keys()
(() => { const i = new URLSearchParams({ a: 'x'.repeat(90), b: '2' }).entries(); return i; })(), (() => { const i = new URLSearchParams('a=1&b=2').values(); i.next(); return i; })()
