//# error/props
var e=new Error('m'); return [e.name,e.message,String(e),Object.keys(e),typeof e.stack,Object.getOwnPropertyNames(e).sort(),e.stack.split('\n')[0]];

//# error/cause
var e=new Error('m',{cause:'c'}); return [e.cause, 'cause' in new Error('x'), 'cause' in new Error('x',{}), 'cause' in new Error('x',{cause:undefined}), Object.keys(e)];

//# error/no-message
return ['message' in new Error(), Object.hasOwn(new Error(),'message'), Object.hasOwn(new Error(''),'message'), Object.hasOwn(new Error(undefined),'message')];

//# error/no-new
return [Error('a') instanceof Error, TypeError('b').name, RangeError('x').message];

//# error/aggregate
var e=new AggregateError([1,2],'m',{cause:3}); return [e.errors,e.message,e.name,e.cause,e instanceof Error];

//# error/toString
return [String(new TypeError('x')), Error.prototype.toString.call({}), Error.prototype.toString.call({name:'N',message:''}), Error.prototype.toString.call({name:'',message:'m'}), String(new Error())];

//# error/toString-bad
return Error.prototype.toString.call(1);

//# error/captureStackTrace
var o={}; Error.captureStackTrace(o); return [typeof o.stack, Object.keys(o), Object.getOwnPropertyDescriptor(o,'stack').enumerable];

//# error/captureStackTrace-head
function F(){ Error.captureStackTrace(this,F); this.name='F' } F.prototype=Object.create(Error.prototype); return typeof new F().stack;

//# error/captureStackTrace-prepare
var before=Error.prepareStackTrace; Error.prepareStackTrace=function(e,sites){ return [e.tag, Array.isArray(sites), typeof sites[0].getLineNumber(), typeof sites[0].toString(), sites[0].isEval()===sites[0].isEval()]; }; var o={tag:1}; Error.captureStackTrace(o); var s=o.stack; Error.prepareStackTrace=before; return s;

//# error/captureStackTrace-named
var e={name:'N',message:'m',toString(){return 'ts'}}; Error.captureStackTrace(e); return e.stack.split('\n')[0];

//# error/captureStackTrace-later
function F(m){ Error.call(this); Error.captureStackTrace(this,F); this.name='F'; this.message=m } F.prototype=Object.create(Error.prototype); class G extends Error { constructor(m){ super(m); Error.captureStackTrace(this,G); this.name='GG' } }
var f=new F('m'), o={}, head=e=>e.stack.split('\n')[0]; Error.captureStackTrace(o); o.message='later'; var first=head(o); o.message='again';
var child=Object.create(o); child.stack=5; var set={}; Error.captureStackTrace(set); set.stack='own'; var ice={}; Error.captureStackTrace(ice); Object.freeze(ice);
return [head(f), head(new G('x')), first, head(o), child.stack, Object.keys(child), typeof o.stack, set.stack, Object.keys(set), ice.stack===ice.stack, Object.keys(f), f instanceof Error, JSON.stringify(Object.getOwnPropertyDescriptor(o,'stack')).slice(0,10)];

//# error/captureStackTrace-bad
return Error.captureStackTrace(1);

//# error/stackTraceLimit
return Error.stackTraceLimit;

//# error/stack-write
var e=new Error('x'); e.stack='s'; return e.stack;

//# error/stack-head
return [new TypeError('abc').stack.split('\n')[0], (()=>{ class E2 extends Error {} return new E2('q').stack.split('\n')[0] })(), (()=>{ class E3 extends Error { constructor(m){super(m);this.name='Z'} } return new E3('q').stack.split('\n')[0] })()];

//# error/isError-absent
return typeof Error.isError;

//# error/name-proto
return [Error.prototype.name, TypeError.prototype.message, Object.getPrototypeOf(TypeError)===Error, new TypeError('x').hasOwnProperty('name')];

//# error/message-nonstr
return [new Error(5).message, new Error(null).message, new Error({}).message, new Error([1,2]).message];

//# error/message-sym
return new Error(Symbol('a'));

//# error/eval-uri
return [new EvalError('x').name, new URIError('y').name];

//# error/throw-nonerror
throw {a:1}; return 1;

//# error/throw-undefined
throw undefined; return 1;

//# error/throw-string
throw 'str'; return 1;

//# error/read-undef
var u; return u.foo;

//# error/read-null
var n=null; return n.foo;

//# error/read-undef-idx
var u; return u[0];

//# error/read-undef-computed
var u,k='kk'; return u[k];

//# error/read-undef-symbol
var u; return u[Symbol.iterator];

//# error/read-nested
var o={}; return o.a.b;

//# error/read-nested-deep
var user={}; return user.app_metadata.roles.length;

//# error/call-undef-member
var o={}; return o.f();

//# error/call-undef-nested
var o={a:{}}; return o.a.b();

//# error/call-undef-of-undef
var o={}; return o.a.b();

//# error/call-number
var x=5; return x();

//# error/call-string-method
'abc'.foo();return 1;

//# error/call-computed
var o={},k='m'; return o[k]();

//# error/call-computed-idx
var a=[1]; return a[0]();

//# error/call-result
return (function(){})()();

//# error/call-literal
return (5)();

//# error/call-this-member
return (function(){ return this.zip() }).call({});

//# error/call-new-member
return new Date(0).foo();

//# error/call-array-lit
return [1,2].foo();

//# error/call-undef-fn
var f; return f(1,2);

//# error/call-null
return null();

//# error/call-param
return (function(cb){ cb() })();

//# error/call-arrow-result
return (()=>1)()();

//# error/call-await
var o={}; return o.x.y.z();

//# error/call-template
var f; return f`x`;

//# error/call-optional-deep
var o={a:{}}; return o?.a.b();

//# error/call-length
var user={email:undefined}; return user.email.toLowerCase();

//# error/call-on-number
var n=5; return n.toUpperCase();

//# error/call-on-object
var user={roles:{}}; return user.roles.push('x');

//# error/call-on-obj-split
var o={a:5}; return o.a.split(',');

//# error/call-on-null-indexOf
var a=null; return a.indexOf('x');

//# error/call-require
return require2('x');

//# error/call-in-cond
var user={}; if (user.isAdmin()) return 1; return 2;

//# error/call-bracket-str
var o={}; return o['a-b']();

//# error/call-double-bracket
var o={a:[]}; return o.a[0]();

//# error/call-parens
var o={}; return (o.f)();

//# error/call-assign
var f; return (f=5)();

//# error/call-ternary
return (true?5:6)();

//# error/call-spread
var f; return f(...[1]);

//# error/call-chain
var a=[]; return a.map(x=>x).foo().bar();

//# error/call-super
class A{} class B extends A { m(){ return super.zap() } } return new B().m();

//# error/call-private
class A { #x=1; m(){ return this.#x() } } return new A().m();

//# error/call-regex-member
return /a/.foo();

//# error/call-fn-member
function F(){} return F.bar();

//# error/call-json-foo
return JSON.foo();

//# error/call-math-foo
return Math.foo(1);

//# error/call-console-nested
var context={}; return context.stats.loginsCount.toString();

//# error/new-undef
var U; return new U();

//# error/new-num
return new 5();

//# error/new-arrow
var f=()=>1; return new f();

//# error/new-member
var o={}; return new o.Foo();

//# error/new-method
var o={m(){}}; return new o.m();

//# error/new-builtin
return new Math.max();

//# error/new-math
return new Math();

//# error/new-json
return new JSON.parse('{}');

//# error/set-undef
var u; u.x=1; return 1;

//# error/set-null
var n=null; n.x=1; return 1;

//# error/set-undef-idx
var u; u[0]=1; return 1;

//# error/set-nested
var context={}; context.a.b='x'; return 1;

//# error/set-nested-computed
var context={},k='https://x/y'; context.idToken[k]='x'; return 1;

//# error/set-compound
var u; u.x+=1; return 1;

//# error/set-inc
var u; u.x++; return 1;

//# error/set-computed-obj
var u; u[{}]=1; return 1;

//# error/iter-undef
var u; var [a]=u; return 1;

//# error/iter-num
for (var x of 5) ; return 1;

//# error/iter-obj
var o={}; for (var x of o) ; return 1;

//# error/iter-member
var o={}; for (var x of o.list) ; return 1;

//# error/iter-spread-member
var o={}; return [...o.list];

//# error/iter-destruct-fn
return (([a])=>a)();

//# error/destr-obj-param
return (({a})=>a)();

//# error/destr-obj-param-null
return (({a})=>a)(null);

//# error/destr-obj-var
var o={}; var {x:{y}}=o; return y;

//# error/destr-obj-empty
var {}=null; return 1;

//# error/destr-obj-member
var o={}; var {y}=o.x; return y;

//# error/destr-array-member
var o={}; var [y]=o.x; return y;

//# error/destr-rest-null
var {...r}=null; return r;

//# error/sym-to-num
return Symbol('x')*1;

//# error/sym-to-str
return 'a'+Symbol('x');

//# error/obj-to-prim
var o={valueOf(){return {}},toString(){return {}}}; return o+1;

//# error/cyclic-proto
var o={}; o.__proto__=Object.create(o); return 1;

//# error/ext-frozen-arr
'use strict'; Object.freeze([1]).push(1); return 1;

//# error/ro-fn-name
'use strict'; (function f(){}).name='x'; return 1;

//# error/ro-undefined
'use strict'; undefined=1; return 1;

//# error/ro-NaN
'use strict'; NaN=1; return 1;

//# error/ro-fn-expr
'use strict'; (function f(){ f=1 })(); return 1;

//# error/ro-math
'use strict'; Math.PI=1; return 1;

//# error/delete-nonconf
'use strict'; delete Object.prototype; return 1;

//# error/noext-add
'use strict'; var o=Object.preventExtensions({}); o.a=1; return 1;

//# error/noext-define
var o=Object.preventExtensions({}); Object.defineProperty(o,'x',{value:1}); return 1;

//# error/invalid-date
return new Date('x').toISOString();

//# error/invalid-count
return 'x'.repeat(-5);

//# error/normalize
return 'a'.normalize('q');

//# error/regexp
return new RegExp('[');

//# error/uri
return decodeURIComponent('%');

//# error/proto-set-bad
return Object.setPrototypeOf({},1);

//# error/proto-set-undef
return Object.setPrototypeOf(undefined,{});

//# error/assign-null
return Object.assign(null);

//# error/defineProps
return Object.defineProperties({},null);

//# error/entries-iter
return new Map([[1,2],3]);

//# error/bind-nonfn
return Function.prototype.bind.call(1);

//# error/call-nonfn
return Function.prototype.call.call(1);

//# error/toString-nonfn
return Function.prototype.toString.call({});

//# error/getter-throw
var o={get x(){ return this.y.z }}; return o.x;

//# error/try-in-callback
return [1].map(function(x){ return x.y.z });

//# error/getter-bad
return Object.defineProperty({},'x',{get:5});

//# error/number-bad-this
return Number.prototype.toFixed.call('x');

//# error/boolean-bad-this
return Boolean.prototype.valueOf.call(1);

//# error/date-bad-this
return Date.prototype.getTime.call({});

//# error/symbol-bad-this
return Symbol.prototype.toString.call(1);

//# error/regexp-bad-this
return RegExp.prototype.exec.call({});

//# error/promise-bad-this
return Promise.prototype.then.call(1);

//# error/array-null-this
return Array.prototype.map.call(null, x=>x);

//# error/obj-null-this
return Object.prototype.hasOwnProperty.call(null,'a');

//# error/tolocale-null
return Object.prototype.toLocaleString.call(undefined);

//# error/error-in-toString
return String({toString(){ throw new RangeError('r') }});

//# error/toFixed-range
return (5).toFixed(1000);

//# error/toString-range
return (5).toString(99);

//# error/codepoint-range
return String.fromCodePoint(0x110000);

//# error/array-len
return new Array(-5);

//# error/not-defined-assign
'use strict'; undefinedVar = 1; return 1;

//# error/const-destruct
const a=1; [a]=[2]; return 1;

//# error/class-as-fn
class Foo {} Foo(); return 1;

//# error/map-as-fn
return Map();

//# error/promise-as-fn
return Promise();

//# error/weakmap-key
return new WeakMap().set('a',1);
