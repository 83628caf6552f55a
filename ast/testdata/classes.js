// Classes with everything that a body may hold.
function classes(base, key) {
  class Empty {}
  class Derived extends base { constructor() { super(); super.x = 1; } }
  class Fields {
    a; b = 1; 'c d' = 2; 3 = 4; [key] = 5; static s; static t = this; static [key + 1] = 6;
    #p; #q = 1; static #r = 2;
    'get' = 1; 'set'; 'static' = 2; 'async' = 3;
    ;
  }
  class Methods {
    constructor(a) {} m() {} *g() { yield 1; } async n() { await 1; } [key]() {} 'x y'() {} 1() {}
    get v() { return this.#p; } set v(x) { this.#p = x; } static s() {} static get w() { return 1; } static *h() {} static async i() {}
    #p = 0; #m() {} get #a() { return 1; } static #z() {} get() {} set() {} static() {} async() {}
    has(o) { return o.#p + o?.#p + this.#m().x; }
    write(o) { o.#p = 1; o.#p++; [o.#p] = [1]; }
    static { this.x = 1; let y = 2; }
    static {}
  }
  const anonymous = class {}, named = class Named extends (key, base) {}, call = class extends base(key) {}, member = class extends base.x {};
  class Arrow extends (() => {}) {}
  return () => new Derived();
}
