// Every statement.
function statements(a, b, c) {
  var x, y = 1, [z] = [1], { w } = {};
  let l; const k = 1;
  ;
  {}
  { let inner; { } }
  if (a) b; else if (c) a; else b;
  if (a) { if (b) c; } else a;
  if (a) if (b) c; else a;
  if (a) ; else ;
  if ((a)) (b); else { (c); }
  for (;;) break;
  for (var i = 0, n = 1; i < n; i++) continue;
  for (let i = 0; ; ) { break; }
  for (const i = ('a' in b); i; ) ;
  for (x = ('a' in b) ? 1 : 2; a; b) ;
  for (var f = function () { return 'a' in b; }, g = ['a' in b], h = () => { 'a' in b; }; ; ) break;
  for (a, b; ; ) break;
  for (var key in a) { }
  for (let key in a, b) ;
  for (const key in a) ;
  for (x in a) ;
  for (x.y in a) ;
  for (x['a' in b] in c) ;
  for ({ x } of a) ;
  for ([x, y = 'a' in b] of a) ;
  for (const { p, q = 1 } of a) ;
  for (let [p] of (a, b)) ;
  for (var p of a) ;
  for ((x) of a) ;
  while (a) b;
  while (a) { b; }
  do a; while (b)
  do { a; } while (b);
  outer: for (;;) { inner: for (;;) { continue outer; break inner; } break outer; }
  block: { break block; }
  switch (a) { }
  switch (a) { case 1: case (2, 3): b; break; default: c; case function () {}: { a; } }
  try { a; } catch { b; }
  try { a; } catch (e) { b; } finally { c; }
  try { a; } catch ({ message, ...rest }) { b; }
  try { a; } finally { c; }
  if (a) throw new Error('x');
  if (a) throw (a, b);
  function declared() { return; }
  async function later() {}
  class Declared {}
  debugger;
  (function () {}());
  (class {}).x;
  ({}).x;
  ({ a } = b);
  (async function () {})();
  async () => {};
  `a`;
  'a' + 'b';
  [a, b] = c
  ;[a, b] = c
  return a
}
