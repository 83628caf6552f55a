const util = require('util');
console.log(util.format('%s %d %j %o %i', 'a', 1.5, { a: 1 }, [1], '42x'), util.inspect({ a: { b: { c: { d: 1 } } } }, { depth: 0 }));
class Money { [util.inspect.custom]() { return 'Money<1>'; } }
console.log(util.inspect(new Money()), util.inspect.custom.toString());
function A() {} function B() {} util.inherits(A, B);
console.log(new A() instanceof B, A.super_ === B);
for (const v of [undefined, null]) try { util.inherits(A, v); } catch (e) { console.log(e.code, e.message); }
util.promisify((a, cb) => cb(null, a + 1))(1).then(v => console.log('promisified', v));
util.promisify((cb) => cb(new Error('no')))().catch(e => console.log(e.message));
const f = () => {}; f[util.promisify.custom] = () => 7; console.log(util.promisify(f)());
util.callbackify(async a => a * 2)(4, (e, v) => console.log('callbackified', e, v));
util.callbackify(() => Promise.reject(null))((e) => console.log(e.code, e.reason));
try { util.promisify(5); } catch (e) { console.log(e.code, e.message); }
const t = util.types;
console.log(t.isDate(new Date()), t.isRegExp(/a/), t.isPromise(Promise.resolve()), t.isPromise({ then() {} }), t.isMap(new Map()), t.isSet(new Map()), t.isUint8Array(Buffer.alloc(1)), t.isTypedArray(new DataView(new ArrayBuffer(1))), t.isNativeError(new TypeError()), t.isProxy(new Proxy({}, {})), t.isAsyncFunction(async () => {}), t.isAsyncFunction(() => {}), t.isGeneratorFunction(function* () {}), t.isBoxedPrimitive(Object('')), t.isArgumentsObject((function () { return arguments; })()), t.isAnyArrayBuffer(new ArrayBuffer(1)), t.isWeakMap(new WeakMap()), t.isNumberObject(Object(1)), t.isSymbolObject(Object(Symbol())));
console.log(util.isArray([]), util.isDate(new Date()), util.isError(new Error()), util.isFunction(f), util.isPrimitive(null), util.isObject(null), util.isBuffer(Buffer.alloc(0)), util.isRegExp(/a/), util.isNullOrUndefined(0));
const eq = util.isDeepStrictEqual;
console.log(eq({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), eq([1], ['1']), eq(new Set([1, { a: 1 }]), new Set([1, { a: 1 }])), eq(new Map([[{ k: 1 }, 2]]), new Map([[{ k: 1 }, 2]])), eq(NaN, NaN), eq(0, -0), eq(new Date(0), new Date(0)), eq(/a/g, /a/i), eq(new Error('a'), new Error('b')), eq([1, , 3], [1, undefined, 3]), eq(Object.create(null), {}), eq(Buffer.from('a'), Buffer.from('a')));
const cyc = { }; cyc.me = cyc; const cyc2 = {}; cyc2.me = cyc2; console.log(eq(cyc, cyc2));
console.log(util.stripVTControlCharacters('\u001b[31mred\u001b[39m'), JSON.stringify(util.styleText('red', 'x')));
console.log(new util.TextDecoder().decode(new util.TextEncoder().encode('é')), util._extend({ a: 1 }, { b: 2 }));
console.log(util.deprecate(function add(a, b) { return a + b; }, 'old', 'D1')(1, 2), util.getSystemErrorName(-2));
console.log(util.isDeepStrictEqual(Object(1), Object(1)), util.toUSVString('\ud800'), typeof util.debuglog('x'), util.debuglog('x').enabled);
{
  const util = require('util'), deep = { a: { b: { c: { d: { e: 1 } } } }, list: Array.from({ length: 120 }, (_, i) => i), s: 'x'.repeat(50) };
  for (const o of [{}, { depth: 0 }, { depth: null }, { maxArrayLength: 2 }, { maxStringLength: 5 }, { compact: false }, { breakLength: 20 }, { sorted: true, depth: 1 }, { numericSeparator: true }, { showHidden: true, depth: 1 }]) {
    console.log(JSON.stringify(util.formatWithOptions(o, '%s %o %O %d', 'a', deep, deep, 1234567, deep, 7654321)));
    console.log(JSON.stringify(util.formatWithOptions(o, deep, 'text', 12345678)));
  }
  for (const o of [undefined, null, 5, 'a']) try { util.formatWithOptions(o, 1); } catch (e) { console.log(e.code, e.message); }
}
{
  const util = require('util'), crypto = require('crypto');
  const old = util.deprecate(function old(a) { return [this instanceof Caller, new.target === old, a]; }, 'old is old', 'D2');
  const Made = util.deprecate(function Made(a) { this.a = a; }, 'Made is old', 'D3');
  function Caller() { this.made = new Made(1).a; this.hash = crypto.Hash('md5').update('x').digest('hex'); this.old = this.ask(2)[0]; this.plain = typeof crypto.Hmac('md5', 'k').digest; }
  Caller.prototype.ask = old;
  console.log(JSON.stringify(new Caller()), new (class extends Made {})(3).a);
}
{
  const heap = require('v8').getHeapStatistics();
  console.log(Object.keys(heap).join(), Object.values(heap).every(n => Number.isInteger(n)), heap.heap_size_limit > heap.total_heap_size);
}
