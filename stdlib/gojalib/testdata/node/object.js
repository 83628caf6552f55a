//# object/assign
return Object.assign({a:1},null,{b:2},'xy',[9]);

//# object/entries
return [Object.entries({b:1,a:2}), Object.values('ab'), Object.fromEntries([['a',1],['b',2]])];

//# object/fromEntries-map
return Object.fromEntries(new Map([['x',1]]));

//# object/fromEntries-bad
return Object.fromEntries([1]);

//# object/fromEntries-bad2
return Object.fromEntries(undefined);

//# object/keys-null
return Object.keys(null);

//# object/entries-undef
return Object.entries(undefined);

//# object/hasOwn
return [Object.hasOwn({a:1},'a'), Object.hasOwn([],'length'), ({}).hasOwnProperty('toString')];

//# object/hasOwn-null
return Object.hasOwn(null,'a');

//# object/freeze
var o=Object.freeze({a:1}); o.a=2; o.b=3; delete o.a; return [o, Object.isFrozen(o)];

//# object/freeze-strict
'use strict'; var o=Object.freeze({a:1}); o.a=2;return 1;

//# object/freeze-strict-add
'use strict'; var o=Object.freeze({a:1}); o.b=2;return 1;

//# object/freeze-strict-del
'use strict'; var o=Object.freeze({a:1}); delete o.a;return 1;

//# object/seal
var o=Object.seal({a:1}); o.a=2; o.b=3; return [o, Object.isSealed(o), Object.isExtensible(o)];

//# object/getter-strict
'use strict'; var o={get a(){return 1}}; o.a=2; return 1;

//# object/getter-class-strict
class A { get x(){return 1} } new A().x = 5; return 1;

//# object/defineProperty
var o=Object.defineProperty({},'x',{value:1}); return [Object.keys(o), o.x, Object.getOwnPropertyDescriptor(o,'x')];

//# object/defineProperty-bad
return Object.defineProperty(1,'x',{});

//# object/defineProperty-bad2
return Object.defineProperty({},'x',1);

//# object/defineProperty-bad3
return Object.defineProperty({},'x',{get(){},value:1});

//# object/redefine
var o=Object.defineProperty({},'x',{value:1}); Object.defineProperty(o,'x',{value:2}); return 1;

//# object/create-null
var o=Object.create(null); o.a=1; return [Object.getPrototypeOf(o), 'toString' in o, JSON.stringify(o)];

//# object/create-bad
return Object.create(1);

//# object/setProto-cycle
var a={}; var b=Object.create(a); Object.setPrototypeOf(a,b); return 1;

//# object/proto-accessor
var o={}; o.__proto__={x:1}; return [o.x, Object.keys(o)];

//# object/defineGetter
var o={}; o.__defineGetter__('a',()=>5); o.__defineSetter__('a',function(v){this.b=v}); o.a=7; return [o.a,o.b,typeof o.__lookupGetter__('a'), typeof o.__lookupSetter__('a'), o.__lookupGetter__('zz')];

//# object/defineGetter-bad
return ({}).__defineGetter__('a',1);

//# object/spread
return ({...{a:1,b:2},...null,...'hi',b:3,...[9]});

//# object/rest
var {a,...r}={a:1,b:2,c:3}; return r;

//# object/computed
var k='x'; return {[k+1]:1,[`${k}2`]:2,[Symbol.iterator]:3};

//# object/shorthand
var a=1,b=2; return {a,b,c(){return 1}}.c()+a;

//# object/getset
var o={_v:1,get v(){return this._v},set v(x){this._v=x*2}}; o.v=5; return o.v;

//# object/order
var o={b:1,a:2,1:3,0:4}; delete o.b; o.b=5; return Object.keys(o);

//# object/for-in-order
var r=[]; for (var k in {b:1,2:1,a:1,1:1}) r.push(k); return r;

//# object/for-in-inherit
var r=[]; var o=Object.create({x:1,y:2}); o.x=3; o.z=4; for (var k in o) r.push(k); return r;

//# object/for-in-array
var r=[]; for (var k in [5,,6]) r.push(k, typeof k); return r;

//# object/for-in-null
var r=[]; for (var k in null) r.push(k); for (var k in undefined) r.push(k); return r;

//# object/for-in-delete
var o={a:1,b:2,c:3}; var r=[]; for (var k in o) { r.push(k); delete o.b; } return r;

//# object/for-in-string
var r=[]; for (var k in 'ab') r.push(k); return r;

//# object/toString
return [String({}), String([]), String(null), Object.prototype.toString.call(null), Object.prototype.toString.call([]), Object.prototype.toString.call(new Date(0)), Object.prototype.toString.call(()=>1), Object.prototype.toString.call(function*(){}()), Object.prototype.toString.call(Symbol()), Object.prototype.toString.call(1n)];

//# object/toStringTag
return String({[Symbol.toStringTag]:'Foo'});

//# object/valueOf-order
return [`${{toString(){return 't'},valueOf(){return 1}}}`, ({toString(){return 't'},valueOf(){return 1}})+''];

//# object/toPrimitive
var o={[Symbol.toPrimitive](h){return h}}; return [`${o}`, o+'', isNaN(+o)];

//# object/toPrimitive-bad
return ({toString(){return {}},valueOf(){return {}}})+'';

//# object/toPrimitive-bad2
return ({[Symbol.toPrimitive]:1})+'';

//# object/null-proto-str
return String(Object.create(null));

//# object/null-proto-concat
return 'a'+Object.create(null);

//# object/symbols
var s=Symbol('d'); return [s.description, s.toString(), Symbol.for('a')===Symbol.for('a'), Symbol.keyFor(Symbol.for('q')), Object.getOwnPropertySymbols({[s]:1}).length, Symbol().description];

//# object/symbol-new
return new Symbol();

//# object/symbol-keyFor-bad
return Symbol.keyFor('a');

//# object/symbol-wellknown
return [typeof Symbol.asyncIterator, String(Symbol.asyncIterator), typeof Symbol.matchAll, String(Symbol.species)];

//# object/symbol-concat
return Symbol('a')+'b';

//# object/symbol-obj
return Object(Symbol('a')).description;

//# object/getOwnPropertyNames
return [Object.getOwnPropertyNames('ab'), Object.getOwnPropertyNames(function f(a){}).sort(), Object.getOwnPropertyNames(class { static x(){} }).sort(), Object.getOwnPropertyNames(()=>1).sort()];

//# object/is
return [Object.is(NaN,NaN), Object.is(0,-0)];

//# object/instanceof-bad
return ({}) instanceof 5;

//# object/instanceof-bad2
return ({}) instanceof ({});

//# object/instanceof-arrow
return ({}) instanceof (()=>1);

//# object/hasInstance
return 5 instanceof {[Symbol.hasInstance]:x=>x===5};

//# object/in-bad
return 'a' in 'abc';

//# object/in-bad2
return 'a' in undefined;

//# object/in-bad3
return 1 in 5;

//# object/delete-undef
var u; delete u.x; return 1;

//# object/typeof
return [typeof null, typeof undefined, typeof (()=>1), typeof class{}, typeof Symbol(), typeof 1n, typeof nope, typeof new String('')];

//# object/void-comma
return [void 0, (1,2)];

//# object/getPrototypeOf
return [Object.getPrototypeOf('a')===String.prototype, Object.getPrototypeOf(5)===Number.prototype];

//# object/getPrototypeOf-null
return Object.getPrototypeOf(null);

//# object/groupBy-absent
return typeof Object.groupBy;

//# object/propertyIsEnumerable
return [[1].propertyIsEnumerable(0), [].propertyIsEnumerable('length')];

//# object/isPrototypeOf
return [Object.prototype.isPrototypeOf({}), Array.prototype.isPrototypeOf({})];

//# object/proxy-get
return new Proxy({},{get:(t,k)=>'got '+String(k)}).foo;

//# object/proxy-set
var log=[]; var p=new Proxy({},{set(t,k,v){log.push(k,v);t[k]=v;return true}}); p.a=1; return [log,p.a];

//# object/proxy-set-false
'use strict'; var p=new Proxy({},{set(){return false}}); p.a=1; return 1;

//# object/proxy-has
return ['a' in new Proxy({},{has:()=>true}), 'a' in new Proxy({},{})];

//# object/proxy-ownKeys
return Object.keys(new Proxy({},{ownKeys:()=>['a','b'],getOwnPropertyDescriptor:()=>({value:1,enumerable:true,configurable:true})}));

//# object/proxy-apply
return new Proxy(function(){},{apply:(t,th,a)=>a.length})(1,2,3);

//# object/proxy-construct
return new (new Proxy(function(){},{construct:(t,a)=>({n:a.length})}))(1,2);

//# object/proxy-revoked
var {proxy,revoke}=Proxy.revocable({},{}); revoke(); return proxy.a;

//# object/proxy-noargs
return new Proxy({});

//# object/proxy-nonew
return Proxy({},{});

//# object/proxy-invariant
return new Proxy(Object.freeze({a:1}),{get:()=>2}).a;

//# object/proxy-delete-strict
'use strict'; var p=new Proxy({a:1},{deleteProperty(){return false}}); delete p.a; return 1;

//# object/reflect
return [Reflect.ownKeys({b:1,a:2,[Symbol.iterator]:1,1:1}).map(String), Reflect.has({a:1},'a'), Reflect.get({get x(){return this.y}},'x',{y:5}), Reflect.apply(Math.max,null,[1,2]), Reflect.construct(Date,[0]).getTime(), Reflect.set(Object.freeze({a:1}),'a',2), Reflect.deleteProperty(Object.freeze({a:1}),'a')];

//# object/reflect-bad
return Reflect.ownKeys(1);

//# object/reflect-apply-bad
return Reflect.apply(1);

//# object/reflect-construct-bad
return Reflect.construct(()=>1,[]);

//# object/reflect-newTarget
return Reflect.construct(function(){this.x=new.target===Array},[],Array) instanceof Array;

//# object/globalThis
return [typeof globalThis, globalThis === Function('return this')()];

//# object/structured-tag
return Object.prototype.toString.call(globalThis);

//# object/getOwnPropertyDescriptors
return Object.getOwnPropertyDescriptors({get a(){return 1},b:2}).b;

//# object/weakmap
var k={}; var w=new WeakMap([[k,1]]); return [w.get(k), w.has({}), w.delete(k), w.has(k)];

//# object/weakmap-bad
return new WeakMap().set(1,2);

//# object/weakset-bad
return new WeakSet().add('x');

//# object/weakref
var o={a:1}; var r=new WeakRef(o); return [r.deref()===o, String(r), r instanceof WeakRef];

//# object/weakref-bad
return new WeakRef(1);

//# object/weakref-nonew
return WeakRef({});

//# object/finreg
var f=new FinalizationRegistry(()=>{}); var t={}; f.register({},1,t); return [f.unregister(t), f.unregister(t), String(f), f.register({},1)];

//# object/finreg-bad
return new FinalizationRegistry(1);

//# object/finreg-bad2
return new FinalizationRegistry(()=>{}).register(1);

//# object/date-legacy
return [typeof Date.prototype.getYear, typeof Date.prototype.setYear, Date.prototype.toGMTString===Date.prototype.toUTCString];

//# object/fromEntries-short
return [Object.fromEntries([[]]), Object.fromEntries([['a'], ['b', 1], {0:'c'}, {1:2}]), Object.fromEntries(new Map([['a', 1]])), Object.fromEntries(new Set([['__proto__', 1], [Symbol.iterator]]))];

//# object/fromEntries-mixed
return Object.fromEntries([[], 1]);

//# object/minus-of-string
return 'abc'['-'];

//# object/minus-own-of-string
return 'abc'.hasOwnProperty('-');

//# object/minus-of-others
return [[1]['-'], ({})['-'], (function () { return arguments['-'] })(), (5)['-'], new Map()['-'], new Proxy({ '-': 1 }, {})['-']];

//# object/minus-of-typed-array
return new Uint8Array(2)['-'];
