// Functions, parameters, generators, async; the value is a call that yields one.
(function outer() {
  "use strict";
  function plain() {}
  function params(a, b = 1, { c, d: [e] = [], ...f } = {}, [g, , h = 2, ...i] = [], ...rest) {}
  function restPattern(...[a, b]) {}
  function* generator() { yield; yield 1; yield* [1]; const x = yield; return (yield x) + (yield); }
  async function waits() { await 1; (await 2) ** 2; for (const x of await list) await x; return await (async () => 1)(); }
  const arrows = [() => 1, x => x, (x) => x, (x, y) => x + y, ({ a }) => a, ([a] = []) => a, (...a) => a, () => ({}), () => ({}).x,
    () => { return 1; }, () => {}, async () => 1, async x => x, async (x, y) => { await x; }, x => y => z => x, () => (1, 2), a => b ? c : d,
    () => [], (a = () => 1) => a, (a, b = a) => b];
  const nested = function () { return new.target; };
  const m = { f() { return super.f(); }, get g() { return super['g']; } };
  return function (user, context, callback) { callback(null, user, context); };
})()
