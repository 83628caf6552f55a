//# async/await-basic
return (async()=>{ var a=await 1; var b=await Promise.resolve(2); return a+b })();

//# async/await-reject
return (async()=>{ try { await Promise.reject(new Error('x')) } catch(e) { return e.message } })();

//# async/order
var l=[]; l.push(1); Promise.resolve().then(()=>l.push(3)); (async()=>{ l.push(2); await null; l.push(4) })(); l.push('s'); return Promise.resolve().then(()=>0).then(()=>0).then(()=>l);

//# async/order-await-thenable
var l=[]; var t={then(r){l.push('t');r(1)}}; (async()=>{ l.push(await t) })(); Promise.resolve().then(()=>l.push('a')).then(()=>l.push('b')).then(()=>l.push('c')); return new Promise(r=>Promise.resolve().then(()=>0).then(()=>0).then(()=>0).then(()=>0).then(()=>r(l)));

//# async/order-return-promise
var l=[]; (async()=>Promise.resolve())().then(()=>l.push('x')); Promise.resolve().then(()=>l.push(1)).then(()=>l.push(2)).then(()=>l.push(3)).then(()=>l.push(4)); return new Promise(r=>{ var n=0; (function t(){ if(n++>8) r(l); else Promise.resolve().then(t) })() });

//# async/order-async-chain
var l=[]; async function a(){ l.push('a1'); await b(); l.push('a2') } async function b(){ l.push('b1'); await null; l.push('b2') } a(); Promise.resolve().then(()=>l.push('p1')).then(()=>l.push('p2')).then(()=>l.push('p3')); return new Promise(r=>{ var n=0; (function t(){ if(n++>8) r(l); else Promise.resolve().then(t) })() });

//# async/all
return Promise.all([1,Promise.resolve(2),{then(r){r(3)}}]);

//# async/all-reject
return Promise.all([1,Promise.reject(new Error('no'))]).catch(e=>e.message);

//# async/all-empty
return Promise.all([]);

//# async/all-bad
return Promise.all(5);

//# async/allSettled
return Promise.allSettled([1,Promise.reject('r')]);

//# async/any
return Promise.any([Promise.reject(1),Promise.resolve(2)]);

//# async/any-fail
return Promise.any([Promise.reject(1),Promise.reject(2)]).catch(e=>[e.name,e.message,e.errors,e instanceof AggregateError]);

//# async/race
return Promise.race([new Promise(()=>{}),Promise.resolve('r')]);

//# async/finally
return Promise.resolve(1).finally(()=>2);

//# async/finally-throw
return Promise.resolve(1).finally(()=>{throw 3}).catch(e=>'c'+e);

//# async/then-nonfn
return Promise.resolve(1).then(2).then(null,3);

//# async/self-resolve
var r; var p=new Promise(x=>r=x); r(p); return p;

//# async/ctor-bad
return new Promise();

//# async/ctor-bad2
return new Promise(5);

//# async/ctor-nonew
return Promise(()=>{});

//# async/resolve-this
return Promise.resolve.call(5);

//# async/withResolvers-absent
return [typeof Promise.withResolvers, typeof Promise.try];

//# async/executor-throw
return new Promise(()=>{throw new Error('ex')}).catch(e=>e.message);

//# async/resolve-twice
return new Promise((r,j)=>{r(1);r(2);j(3)});

//# async/tostring
return [String(Promise.resolve()), String(async()=>1), Object.prototype.toString.call(async()=>1)];

//# async/async-fn-proto
var F=Object.getPrototypeOf(async function(){}).constructor; return [F.name, F.prototype[Symbol.toStringTag], Object.prototype.toString.call(async function(){})];

//# async/async-fn-ctor
return Object.getPrototypeOf(async function(){}).constructor('return await 5')();

//# async/async-arrow
return (async x=>await x*2)(4);

//# async/async-arrow-this
return (function(){ return (async()=>this.x)() }).call({x:7});

//# async/async-arguments
return (async function(){ return arguments.length })(1,2);

//# async/async-throw-sync
return (async()=>{ throw new TypeError('t') })().catch(e=>e.name);

//# async/async-default-throw
return (async(a=(()=>{throw 1})())=>1)().catch(e=>'caught'+e);

//# async/async-method
return ({async m(){return 'm'}}).m();

//# async/async-new
return new (async function(){})();

//# async/async-loop
return (async()=>{ var s=0; for (const p of [1,Promise.resolve(2)]) s+=await p; return s })();

//# async/async-try-finally
return (async()=>{ var l=[]; try { l.push(1); await 0; return l } finally { await 0; l.push(2) } })();

//# async/async-map
return Promise.all([1,2].map(async x=>{ await null; return x*2 }));

//# async/await-in-params
return (async(o)=>{ var {a,...r}=await o; return [a,r] })(Promise.resolve({a:1,b:2}));

//# async/await-nested-cond
return (async(x)=>(await x) ? await 'y' : await 'n')(0);

//# async/await-class
return (async()=>{ class A { constructor(v){this.v=v} } return new A(await 3).v })();

//# async/await-template
return (async()=>`a${await 1}b${await 2}`)();

//# async/await-optional
return (async()=>(await Promise.resolve({a:{b:1}}))?.a?.b)();

//# async/for-await-sync
return (async()=>{ var r=[]; for await (const x of [1,Promise.resolve(2)]) r.push(x); return r })();

//# async/for-await-gen
return (async()=>{ async function* g(){ yield 1; yield await Promise.resolve(2) } var r=[]; for await (const x of g()) r.push(x); return r })();

//# async/for-await-reject
return (async()=>{ try { for await (const x of [Promise.reject('no')]) ; } catch(e) { return 'c'+e } })();

//# async/for-await-break
return (async()=>{ var l=[]; async function* g(){ try { yield 1; yield 2 } finally { l.push('f') } } for await (const x of g()) { l.push(x); break } return l })();

//# async/for-await-custom
return (async()=>{ var o={[Symbol.asyncIterator](){ var i=0; return {next(){ return Promise.resolve({value:i,done:i++>2}) }} }}; var r=[]; for await (const x of o) r.push(x); return r })();

//# async/for-await-label
return (async()=>{ var r=[]; o: for await (const x of [1,2]) { for (const y of [1,2]) { if (y===2) continue o; r.push(x,y) } } return r })();

//# async/for-await-destruct
return (async()=>{ var r=[]; for await (const [a,{b}] of [[1,{b:2}]]) r.push(a,b); return r })();

//# async/async-gen-next
return (async()=>{ async function* g(){ var x=yield 1; return x*2 } var i=g(); return [await i.next(), await i.next(5), await i.next()] })();

//# async/async-gen-throw
return (async()=>{ async function* g(){ try { yield 1 } catch(e) { yield 'c'+e } } var i=g(); await i.next(); return [await i.throw('x'), await i.next()] })();

//# async/async-gen-return
return (async()=>{ async function* g(){ try { yield 1 } finally { await 0 } } var i=g(); await i.next(); return [await i.return(7), await i.next()] })();

//# async/async-gen-delegate
return (async()=>{ async function* a(){ yield* b(); yield* [3,4] } async function* b(){ yield 1; yield 2 } var r=[]; for await (const x of a()) r.push(x); return r })();

//# async/async-gen-queue
return (async()=>{ async function* g(){ yield 1; yield 2 } var i=g(); return Promise.all([i.next(),i.next(),i.next()]) })();

//# async/async-gen-method
return (async()=>{ var o={async *g(){ yield 1 }}; class A { async *m(){ yield 2 } static async *s(){ yield 3 } } var r=[]; for await (const x of o.g()) r.push(x); for await (const x of new A().m()) r.push(x); for await (const x of A.s()) r.push(x); return r })();

//# async/async-gen-proto
async function* g(){} var i=g(); return [Object.prototype.toString.call(g), Object.prototype.toString.call(i), typeof i[Symbol.asyncIterator], i[Symbol.asyncIterator]()===i];

//# async/async-gen-reject
return (async()=>{ async function* g(){ throw new Error('g') } try { await g().next() } catch(e) { return e.message } })();

//# async/async-gen-yield-promise
return (async()=>{ async function* g(){ yield Promise.resolve(5) } return (await g().next()).value })();

//# async/async-gen-this
return (async()=>{ var o={x:4, async *g(){ yield this.x; yield arguments.length }}; var r=[]; for await (const x of o.g(1,2)) r.push(x); return r })();

//# async/queueMicrotask
var l=[]; queueMicrotask(()=>l.push(1)); Promise.resolve().then(()=>l.push(2)); l.push(0); return Promise.resolve().then(()=>0).then(()=>l);

//# async/queueMicrotask-bad
return queueMicrotask(1);

//# async/queueMicrotask-bad0
return queueMicrotask();

//# async/promise-species
class P extends Promise { static get [Symbol.species](){ return Promise } } return [new P(()=>{}).then(()=>{}) instanceof P];

//# async/thenable-throw
return Promise.resolve({then(){throw 'tt'}}).catch(e=>e);

//# async/thenable-getter
return Promise.resolve({get then(){throw 'gg'}}).catch(e=>e);

//# async/unhandled-order
return (async()=>{ var p=Promise.reject(1); await null; return p.catch(e=>'late'+e) })();

//# async/nested-async
return (async()=>{ async function f(n){ return n<=0?0:n+await f(n-1) } return f(20) })();

//# async/await-not-ident
var await_=1; return await_;

//# async/all-object
return Promise.all({});

//# async/race-undef
return Promise.race();

//# async/await-label-block
return (async()=>{ var r=[]; a: { r.push(1); await 0; if (r.length) break a; r.push(2) } return r })();

//# async/await-switch
return (async(x)=>{ switch(await x){ case await 1: return 'one'; default: return 'd' } })(1);

//# async/await-generator-inner
return (async()=>{ function* g(){ yield 1; yield 2 } var s=0; for (const x of g()) s+=await x; return s })();

//# async/await-spread
return (async()=>[...await [1,2], ...(await [3])])();

//# async/await-super
class A { async m(){return 1} } class B extends A { async m(){ return 1 + await super.m() } } return new B().m();
