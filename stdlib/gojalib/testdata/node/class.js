//# class/basic
class A { constructor(x){this.x=x} get d(){return this.x*2} static s(){return 's'} m(){return 'm'} } var a=new A(2); return [a.d,A.s(),a.m(),typeof A,Object.keys(a),a.constructor.name];

//# class/extends
class A { f(){return 'A'} } class B extends A { f(){return 'B'+super.f()} } return [new B().f(), new B() instanceof A];

//# class/fields
class A { x=1; y=this.x+1; ['z'+1]=3; static s=4; w } return [new A(), A.s, 'w' in new A()];

//# class/private
class A { #p=1; get p(){return this.#p} set p(v){this.#p=v} #m(){return 'pm'} m(){return this.#m()} static #s=9; static s(){return A.#s} has(o){return #p in o} } var a=new A(); a.p=5; return [a.p,a.m(),A.s(),a.has(a),a.has({})];

//# class/private-accessor
class A { #v=1; get #x(){return this.#v} set #x(n){this.#v=n} inc(){this.#x++; this.#x+=2; return this.#x} } return new A().inc();

//# class/private-bad
class A { #p=1; static r(o){return o.#p} } return A.r({});

//# class/private-bad-write
class A { #p=1; static w(o){o.#p=2} } return A.w({});

//# class/private-method-write
class A { #m(){} w(){ this.#m=1 } } new A().w(); return 1;

//# class/private-getter-only
class A { get #x(){return 1} w(){ this.#x=1 } } new A().w(); return 1;

//# class/static-block
class A { static x; static { this.x=[1,2].length; } static { A.y=A.x+1 } } return [A.x,A.y];

//# class/static-this
class A { static n='n'; static m=()=>this.n } return A.m();

//# class/static-inherit
class A { static s=1 } class B extends A {} B.s=2; return [A.s,B.s,Object.getPrototypeOf(B)===A];

//# class/accessor-names
return Object.getOwnPropertyNames((class { get a(){return 1} b(){} static c(){} }).prototype);

//# class/no-new
class A {} A(); return 1;

//# class/no-new-anon
return (class {})();

//# class/no-super
class A {} class B extends A { constructor(){} } new B(); return 1;

//# class/this-before-super
class A {} class B extends A { constructor(){ this.x=1; super() } } new B(); return 1;

//# class/super-twice
class A {} class B extends A { constructor(){ super(); super() } } new B(); return 1;

//# class/extends-null
class A extends null {} return Object.getPrototypeOf(A.prototype);

//# class/extends-bad
class A extends 5 {} return 1;

//# class/extends-bad2
var u; class A extends u {} return 1;

//# class/extends-expr
var M=B=>class extends B { m(){return 'mix'} }; class A extends M(Object) {} return new A().m();

//# class/extends-array
class S extends Array { last(){return this[this.length-1]} } var s=new S(); s.push(1,2); return [s.last(), s.length, s instanceof Array];

//# class/extends-error
class E extends Error { constructor(m){super(m); this.name='E'; this.code=7} } var e=new E('x'); return [e.message,e.name,String(e),e instanceof E,e instanceof Error,Object.keys(e), Object.prototype.toString.call(e)];

//# class/extends-map
class M extends Map { get2(k){return this.get(k)+1} } return new M([[1,1]]).get2(1);

//# class/extends-promise
class P extends Promise {} return P.resolve(1).then(v=>v+1);

//# class/extends-fn
function F(){this.a=1} class B extends F {} return new B().a;

//# class/new-target
class A { constructor(){this.n=new.target.name} } class B extends A {} return [new A().n,new B().n];

//# class/super-prop
class A { get x(){return 1} } class B extends A { get x(){return super.x+1} set x(v){super.y=v} } var b=new B(); b.x=5; return [b.x,b.y];

//# class/super-obj
var o={__proto__:{f(){return 'p'}},f(){return 'o'+super.f()}}; return o.f();

//# class/toString-tag
class A { get [Symbol.toStringTag](){return 'AA'} } return String(new A());

//# class/iterator
class R { constructor(n){this.n=n} *[Symbol.iterator](){for(let i=0;i<this.n;i++) yield i} } return [...new R(3)];

//# class/getter-proto
class A { get x(){return 1} } return [JSON.stringify(new A()), Object.keys(new A()), 'x' in new A()];

//# class/const-name
class A { static f(){ A=1 } } try { A.f() } catch(e) { return e.message }

//# class/expr-name
var B=class A { n(){return A.name} }; return [B.name, new B().n(), typeof A];

//# class/computed-method
var k='foo'; class A { [k](){return 1} static ['b'+k]=2; async [k+'A'](){} } return [new A().foo(), A.bfoo];

//# class/field-arrow-this
class A { v=1; f=()=>this.v } var f=new A().f; return f();

//# class/field-order
var l=[]; class A { a=l.push('a'); constructor(){l.push('c')} } class B extends A { b=l.push('b'); constructor(){super(); l.push('d')} } new B(); return l;

//# class/field-define
class A { set x(v){throw 1} } class B extends A { x=5 } return new B().x;

//# class/method-nonenum
class A { m(){} } return [Object.keys(A.prototype), Object.getOwnPropertyDescriptor(A.prototype,'m').enumerable];

//# class/method-nonew
class A { m(){} } new (new A().m)(); return 1;

//# class/private-static-method
class A { static #f(){return 1} static g(){return A.#f()} } return A.g();

//# class/private-in-subclass
class A { #x=1; getX(){return this.#x} } class B extends A { #x=2; getBoth(){return [this.getX(),this.#x]} } return new B().getBoth();

//# class/instanceof-static
class A { static [Symbol.hasInstance](x){return x===1} } return 1 instanceof A;

//# class/async-method
class A { async m(){return 1} static async s(){return 2} } return Promise.all([new A().m(),A.s()]);

//# class/toString-class
class A{m(){}} return String(A);

//# class/private-optional
class A { #x={y:1}; f(o){return o?.#x?.y} } var a=new A(); return [a.f(a), a.f(null)];

//# class/static-private-in
class A { static #p; static has(o){return #p in o} } return [A.has(A),A.has({})];

//# class/es5-inherit
function A(){this.a=1} function B(){A.call(this);this.b=2} B.prototype=Object.create(A.prototype); B.prototype.constructor=B; return [new B(), new B() instanceof A];

//# class/es5-error
function MyErr(m){this.message=m;this.name='MyErr'} MyErr.prototype=Object.create(Error.prototype); var e=new MyErr('x'); return [String(e), e instanceof Error, Object.prototype.toString.call(e)];

//# class/return-object
class A { constructor(){ return {x:1} } } return new A();

//# class/return-prim-derived
class A {} class B extends A { constructor(){ super(); return 1 } } new B(); return 1;

//# class/instanceof-proxy
class A {} const P = new Proxy(A, { apply: (t, s, list) => new t(...list) }); class B extends P {}
const seen = [], Q = new Proxy(A, { get(t, k, r) { seen.push(String(k)); return Reflect.get(t, k, r); } }), O = new Proxy(A, { get: (t, k) => k === Symbol.hasInstance ? v => v === 5 : t[k] });
const { proxy, revoke } = Proxy.revocable(A, {}); let gone; const before = new A() instanceof proxy; revoke(); try { new A() instanceof proxy; } catch (e) { gone = e.name; }
let bound; try { new A() instanceof new Proxy(A.bind(null), {}); } catch (e) { bound = e.name; }
return [new A() instanceof P, P() instanceof P, new P() instanceof A, new B() instanceof P, new B() instanceof B, new A() instanceof B, 5 instanceof P, {} instanceof P, new A() instanceof Q, seen, 5 instanceof O, 6 instanceof O, before, gone, bound];
