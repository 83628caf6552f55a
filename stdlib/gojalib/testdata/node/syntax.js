//# syntax/labelled
outer: for (var i=0;i<3;i++) { for (var j=0;j<3;j++) { if (j===1) continue outer; if (i===2) break outer; } } return [i,j];

//# syntax/label-block
var r=1; foo: { r=2; break foo; r=3; } return r;

//# syntax/annexb-if
if (true) { function f(){return 1} } return f();

//# syntax/annexb-hoist
var before = typeof f; { function f(){return 1} } return [before, typeof f, f()];

//# syntax/annexb-if-else
if (false) { function g(){return 1} } else { function g(){return 2} } return g();

//# syntax/annexb-notrun
if (false) { function h(){} } return typeof h;

//# syntax/annexb-loop
for (var i=0;i<2;i++) { function k(){return i} } return k();

//# syntax/annexb-switch
switch(1){ case 1: function s(){return 's'} } return s();

//# syntax/annexb-inner-shadow
{ function q(){return 1} q = 5; } return typeof q;

//# syntax/annexb-strict
'use strict'; { function f(){return 1} } return typeof f;

//# syntax/annexb-try
try { function t(){return 1} } catch(e) {} return t();

//# syntax/annexb-let-conflict
let z=5; { function z(){} } return z;

//# syntax/annexb-param
return (function(p){ { function p(){return 'fn'} } return typeof p })(1);

//# syntax/annexb-call-before
{ var r=w(); function w(){return 7} } return r;

//# syntax/annexb-if-stmt
if (true) function m(){return 3} return m();

//# syntax/annexb-nested-fn
function o(){ if (1) { function i(){return 'i'} } return i() } return o();

//# syntax/annexb-twice
{ function d(){return 1} } { function d(){return 2} } return d();

//# syntax/annexb-catch
try { throw 1 } catch (e) { var e = 2; } return e;

//# syntax/annexb-for-in-init
for (var i = 5 in {}) {} return i;

//# syntax/annexb-eval-name
{ function arguments2(){return 1} } return typeof arguments2;

//# syntax/hoist-fn
return f(); function f(){return 'hoisted'}

//# syntax/hoist-var
var t=typeof x; var x=1; return t;

//# syntax/tdz-let
x; let x=1; return x;

//# syntax/tdz-const
(()=>{ try { return y } finally {} })(); const y=1; return y;

//# syntax/tdz-typeof
typeof z; let z; return 1;

//# syntax/tdz-class
new C(); class C {} return 1;

//# syntax/tdz-default
return ((a=b,b=1)=>a)();

//# syntax/const-assign
const c=1; c=2; return c;

//# syntax/const-inc
const c=1; c++; return c;

//# syntax/const-forof
for (const x of [1,2]) { x = 5 } return 1;

//# syntax/let-closure
var fs=[]; for (let i=0;i<3;i++) fs.push(()=>i); return fs.map(f=>f());

//# syntax/var-closure
var fs=[]; for (var i=0;i<3;i++) fs.push(()=>i); return fs.map(f=>f());

//# syntax/logical-assign
var a=null,b=0,c=1; a??=5; b||=6; c&&=7; return [a,b,c];

//# syntax/logical-assign-obj
var o={get x(){return 1},set x(v){throw new Error('set')}}; o.x??=2; o.x||=3; return o.x;

//# syntax/optional-chain
var u; return [u?.a, u?.a.b.c, u?.[0], u?.(), ({a:{b:1}})?.a?.b, null?.x ?? 'd'];

//# syntax/optional-call
var o={f(){return this===o}}; return [o.f?.(), o.g?.(), o?.f()];

//# syntax/optional-call-bad
var o={g:5}; return o.g?.();

//# syntax/optional-delete
var o={a:1}; return [delete o?.a, o, delete undefined?.b];

//# syntax/optional-paren
return (undefined?.a).b;

//# syntax/nullish
return [null??1, 0??1, ''??1, undefined??null??2];

//# syntax/optional-catch
try { throw 1 } catch { return 'ok' }

//# syntax/catch-destruct
try { throw {a:1,b:[2]} } catch ({a,b:[c]}) { return [a,c] }

//# syntax/finally-return
return (()=>{ try { return 1 } finally { return 2 } })();

//# syntax/finally-order
var l=[]; (function(){ try { l.push(1); throw 0 } catch(e) { l.push(2); return } finally { l.push(3) } })(); return l;

//# syntax/finally-break
var n=0; for (;;) { try { n++; continue } finally { if (n>2) break } } return n;

//# syntax/exponent-assoc
return 2**3**2;

//# syntax/comma-in-for
for (var i=0,j=10;i<j;i++,j--); return [i,j];

//# syntax/switch-fall
var r=[]; switch(2){case 1:r.push(1);case 2:r.push(2);case 3:r.push(3);break;default:r.push('d')} return r;

//# syntax/switch-default-mid
var r=[]; switch(9){case 1:r.push(1);default:r.push('d');case 2:r.push(2)} return r;

//# syntax/switch-strict
switch('1'){case 1: return 'num'; case '1': return 'str'}

//# syntax/switch-let
switch(1){case 0: let a=1; case 1: a=2; return a}

//# syntax/do-while
var i=0; do i++; while(i<3) return i;

//# syntax/asi
var a = 1

//# syntax/with
with ({a:1,b:2}) { return a+b }

//# syntax/arguments
return (function(a){ arguments[0]=9; return [a, arguments.length, typeof arguments.callee] })(1,2);

//# syntax/arguments-strict
return (function(a){ 'use strict'; arguments[0]=9; return a })(1);

//# syntax/arguments-callee-strict
return (function(){ 'use strict'; return arguments.callee })();

//# syntax/arguments-default
return (function(a=1){ arguments[0]=9; return a })(2);

//# syntax/this-sloppy
return (function(){ return typeof this })();

//# syntax/this-strict
return (function(){ 'use strict'; return typeof this })();

//# syntax/this-primitive
return [(function(){ return typeof this }).call(5), (function(){ 'use strict'; return typeof this }).call(5)];

//# syntax/implicit-global
(function(){ zzz_1 = 5 })(); var r=typeof zzz_1; delete globalThis.zzz_1; return r;

//# syntax/implicit-global-strict
(function(){ 'use strict'; zzz_2 = 5 })(); return 1;

//# syntax/undeclared
return nope_1;

//# syntax/undeclared-call
return nope_2();

//# syntax/undeclared-member
return nope_3.x;

//# syntax/undeclared-inc
return nope_4++;

//# syntax/default-params
return ((a,b=a+1,{c=3}={},[d=4]=[])=>[a,b,c,d])(1);

//# syntax/rest-params
return ((a,...r)=>[a,r])(1,2,3);

//# syntax/fn-length
return [((a,b=1,c)=>1).length, ((...r)=>1).length, (function(a,b){}).length];

//# syntax/fn-name
return [(()=>1).name, (function(){}).name, ({a(){}}).a.name, ({a:()=>1}).a.name, (class A{}).name, Object.getOwnPropertyDescriptor({get x(){return 1}},'x').get.name, ({[Symbol('q')]:()=>1})[Object.getOwnPropertySymbols({})[0]] === undefined];

//# syntax/fn-name-infer
var f=()=>1; const g=function(){}; let {h=()=>1}={}; return [f.name,g.name,h.name];

//# syntax/fn-toString
return [(function  f ( a ){ return a }).toString(), (x=>x*2).toString(), ({m(){}}).m.toString(), (class  A { }).toString(), (async()=>1).toString()];

//# syntax/fn-toString-native
return [Math.max.toString(), Array.prototype.map.toString(), (function(){}).bind().toString()];

//# syntax/fn-bind
var f=function(a,b){return [this.x,a,b]}.bind({x:1},2); return [f(3), f.name, f.length];

//# syntax/fn-call-apply
return [Math.max.apply(null,[1,2]), Math.max.apply(null,{length:2,0:5,1:6}), Math.max.call(null,1)];

//# syntax/fn-apply-bad
return Math.max.apply(null,5);

//# syntax/fn-ctor
return new Function('a','b','return a+b')(1,2);

//# syntax/fn-ctor-bad
return new Function('return (');

//# syntax/fn-caller
return (function f(){ return f.caller===undefined || true })();

//# syntax/new-target
function F(){ return new.target===undefined } return [F(), typeof new F()];

//# syntax/new-target-inside
function inner() { return new.target === undefined } function Outer() { this.plain = inner(); } return new Outer();

//# syntax/variables-behind-arguments
function pump() { var list = [].slice.call(arguments), done = list.pop(); var error; list.forEach(function (x) { if (!error && x > 5) error = x; }); return done(error); }
function late(first) { var second; return function () { return [first, String(second)]; } }
return [pump(1, 2, String), pump(1, 9, String), late(1, 2)()];

//# syntax/iife
return (function(){ return 1 }()) + (()=>2)() + !function(){}();

//# syntax/getter-on-primitive
Object.defineProperty(Number.prototype,'_dbl',{get(){return this*2},configurable:true}); var r=(5)._dbl; delete Number.prototype._dbl; return r;

//# syntax/regex-vs-div
var a=4,g=2; return a/2/g;

//# syntax/unicode-ident
var ñ=1, \u0061b=2, 变量=3; return ñ+ab+变量;

//# syntax/reserved-prop
return ({class:1,if:2,default:3}).class;

//# syntax/html-comment
var x=1; x<!--x
return x;

//# syntax/hashbang-line
return 1;

//# syntax/line-continuation
return 'a\
b';

//# syntax/string-escapes
return ['\x41\u0042\u{43}\101\0', '\v'.charCodeAt(0), '\z'];

//# syntax/string-ls
return '\u2028'.length + ' '.length;

//# syntax/octal-strict-func
return Function('"use strict"; return 010');

//# syntax/dup-params-sloppy
return (function(a,a){return a})(1,2);

//# syntax/dup-proto
return ({__proto__:null, ['__proto__']:1})['__proto__'];

//# syntax/async-arrow-name
var async=1; return async;

//# syntax/let-ident
var let_=1; return let_;

//# syntax/yield-ident
var yield_=1; return yield_;

//# syntax/of-ident
var of=[1]; for (var of of of) ; return of;

//# syntax/get-set-idents
var get=1,set=2,static_=3; return {get,set}.get;

//# syntax/generator
function* g(){ var x=yield 1; yield x*2; return 3 } var it=g(); return [it.next(), it.next(5), it.next(), it.next()];

//# syntax/generator-delegate
function* a(){ var r=yield* b(); yield r } function* b(){ yield 1; return 2 } return [...a()];

//# syntax/generator-throw
function* g(){ try { yield 1 } catch(e) { yield 'c'+e } finally { yield 'f' } } var it=g(); it.next(); return [it.throw('x'), it.next(), it.next()];

//# syntax/generator-return
function* g(){ try { yield 1 } finally { yield 'f' } } var it=g(); it.next(); return [it.return(9), it.next()];

//# syntax/generator-spread
function* g(){ yield* [1,2]; yield* 'ab' } return [...g()];

//# syntax/generator-infinite
function* f(){ let i=0; while(true) yield i++ } var r=[]; for (const x of f()) { if (x>3) break; r.push(x) } return r;

//# syntax/generator-running
var it; function* g(){ it.next() } it=g(); it.next(); return 1;

//# syntax/generator-new
function* g(){} new g(); return 1;

//# syntax/generator-method
var o={*g(){yield 1}, async *[Symbol.iterator+''](){}}; return [...o.g()];

//# syntax/eval-direct
var x=1; eval('x=2; var y_=3'); return [x,y_];

//# syntax/eval-indirect
return (0,eval)('1+1');

//# syntax/eval-syntax
return eval('1+');

//# syntax/date-new
return [new Date(0).toISOString(), new Date(NaN).getTime(), typeof Date()];

//# syntax/date-invalid-iso
return new Date(NaN).toISOString();

//# syntax/comma-trailing
return (function(a,b,){return a+b})(1,2,);

//# syntax/object-trailing
return [{a:1,},[1,,]].length;

//# syntax/conditional-chain
return (x=>x<0?'n':x===0?'z':'p')(0);

//# syntax/delete-local
var x=1; return [delete x, typeof x];

//# syntax/debugger
debugger; return 1;

//# syntax/getter-static
class A { static get x(){return 1} static set x(v){A._x=v} } A.x=5; return [A.x,A._x];

//# syntax/nested-fn-shadow
var x=1; function f(){ var t=typeof x; { let x=2; t+=x } return t } return f();

//# syntax/for-of-destruct
var r=[]; for (const {a,b:[c]} of [{a:1,b:[2]}]) r.push(a,c); return r;

//# syntax/for-let-in-closure
var fs=[]; for (let k in {a:1,b:2}) fs.push(()=>k); return fs.map(f=>f());

//# syntax/assign-destruct
var a=1,b=2; [a,b]=[b,a]; var o={}; ({x:o.p,y:o['q']=5}={x:1}); return [a,b,o];

//# syntax/stack-overflow
function f(){ return f()+1 } try { f() } catch(e) { return [e instanceof RangeError, e.message] }
