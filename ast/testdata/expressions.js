// Every operator, at every level, with and without parentheses.
function expressions(a, b, c, d) {
  a + b - c * d / a % b ** c ** d;
  (a + b) * (c - d) / (a % b);
  (a ** b) ** c;
  (-a) ** b;
  a - (b - c) - (d + a);
  a << b >> c >>> d;
  a & b | c ^ d;
  (a | b) & (c ^ d);
  a < b < c <= d > a >= b;
  a < (b < c);
  (a < b) < (c < d);
  (a, b) < (c in d) < a;
  'x' in a in b instanceof c;
  a == b != c === d !== a;
  a && b || c && d;
  (a || b) && (c || d);
  a && (b && c);
  a ?? b ?? c;
  (a && b) ?? (c || d);
  (a ?? b) || c;
  a ? b : c ? d : a;
  (a ? b : c) ? d : (a, b);
  (a = b) ? (c = d) : (a = c);
  a = b = c;
  a += b -= c *= d /= a %= b **= c;
  a <<= b >>= c >>>= d;
  a &= b |= c ^= d;
  a &&= b ||= c ??= d;
  !a, ~a, +a, -a, typeof a, void a, delete a.b;
  - -a, + +a, - --a, + ++a, -(-a), !(!a), !(a in b), -(a + b);
  typeof typeof a, void (a, b);
  ++a, --a, a++, a--, ++a.b, a[b]--, (a)++, --(a.b);
  a-- > b, a + ++b, a - --b, a++ + b;
  a.b.c, a[b][c], a['b'], a.if, a.class.new, a["x y"];
  a(), a(b), a(b, c), a(...b), a(b, ...c, d), a()(), a().b(), a.b().c;
  a?.b, a?.[b], a?.(b), a?.b.c, a?.b?.c, a?.b(c)?.[d], (a?.b).c, (a?.b)(), delete a?.b, (a?.b)?.c;
  a ?.5 : b;
  new a, new a(), new a(b), new a.b.c(d), new (a())(), new (a().b)(), new (a.b()), new new a()(), new (a, b);
  new a().b, new a.b, new (a?.b)(), new (tag`x`)(), new a`x`(), new (function () {})(), new (class {})();
  [], [a], [a, b,], [, a], [a, , b], [, ], [, , ], [...a], [a, ...b, c];
  ({}), ({ a }), ({ a, b }), ({ a: b, 'c d': c, 1: d, [a]: b, ...c }), ({ if: 1, 'class': 2, 0x10: 3, 1n: 4 });
  ({ get: 1, set: 2, async: 3, static: 4, get a() { return 1; }, set a(v) {}, get() {}, set() {}, async() {} });
  ({ a() {}, *b() {}, async c() {}, [d]() {}, get [a]() { return 1; }, 'x y'() {}, 1() {}, __proto__: null });
  ({ 'é': 1, é: 2, ünï: é });
  (function () {})(), (() => {})(), function () {}, function named() {}, class {}, class Named {};
  (function () {}).call(a), (() => a)().b, (class {}).name, ({}).a, [].b, ``.c, /x/.test(a);
  ({ a } = b), [a, b] = [b, a], ({ a: c.d, b: [c] = [], ...d } = a), [a.b, c[d]] = a;
  (yield_ => yield_), (async) => async, async => async;
  a
  ++b
  c
  return (
    a
  );
}
