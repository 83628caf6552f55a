// AsyncLocalStorage through promises, await, timers, ticks, streams and events.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
function t(name, f) { try { console.log(name, f()); } catch (e) { console.log(name, e.name, '|', e.code, '|', e.message); } }
const als = new AsyncLocalStorage(), other = new AsyncLocalStorage();
const get = () => [als.getStore(), other.getStore()].join();
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const steps = [
  async () => { await als.run(1, async () => { console.log('a', get()); await null; console.log('b', get()); await wait(1); console.log('c', get()); }); console.log('d', get()); },
  async () => { await Promise.all([1, 2, 3].map(n => als.run(n, async () => { await null; console.log('all', n, get()); await Promise.resolve(); console.log('after', n, get()); }))); },
  () => new Promise(done => als.run('t', () => { setImmediate(() => { console.log('immediate', get()); setTimeout(v => { console.log('timeout', v, get()); const i = setInterval(() => { console.log('interval', get()); clearInterval(i); done(); }, 1); }, 1, 7); }); process.nextTick(() => console.log('tick', get())); queueMicrotask(() => console.log('microtask', get())); })),
  () => new Promise(done => als.run('i', () => process.nextTick(() => { console.log('tick', get()); queueMicrotask(() => { console.log('microtask', get()); done(); }); }))),
  async () => { await als.run(1, () => other.run(2, async () => { await wait(1); console.log('two', get()); await als.exit(async () => { await null; console.log('exit', get()); }); console.log('back', get()); })); },
  async () => { const p = als.run(1, () => wait(1)); await als.run(2, () => p.then(() => console.log('then', get()))); },
  async () => { await als.run(1, async () => { try { await als.run(2, async () => { await null; throw new Error('x'); }); } catch (e) { console.log('catch', e.message, get()); } finally { console.log('finally', get()); } }); },
  () => new Promise(done => { als.run(1, () => { require('util').promisify((v, f) => setTimeout(f, 1, null, v))(5).then(v => { console.log('promisify', v, get()); done(); }); }); }),
  () => new Promise(done => { const E = require('events'), e = new E(); als.run(1, () => e.once('x', () => console.log('emit', get()))); als.run(2, () => { e.emit('x'); done(); }); }),
  () => new Promise(done => { const bound = als.run(3, () => AsyncResource.bind(function (a) { console.log('bound', this.v, a, get()); return a; })); console.log(bound.call({ v: 1 }, 4), bound.length); done(); }),
  () => new Promise(done => { const snap = als.run(3, () => AsyncLocalStorage.snapshot()); als.run(4, () => console.log('snapshot', snap((a, b) => a + b + get(), 1, 2))); const b = als.run(5, () => AsyncLocalStorage.bind(() => get())); console.log('bind', b()); done(); }),
  () => new Promise(done => { const r = als.run(6, () => new AsyncResource('X')); console.log(r.runInAsyncScope(function (a) { return [this.q, a, get()].join(); }, { q: 1 }, 2)); console.log(r.emitDestroy() === r, typeof r.asyncId(), typeof r.triggerAsyncId()); done(); }),
  async () => { als.run(1, () => { als.disable(); console.log('disabled', get()); als.run(2, () => console.log('again', get())); }); },
  async () => { console.log(als.run(1, (a, b) => a + b, 2, 3)); t('throws', () => als.run(1, () => { throw new TypeError('y'); })); console.log(get()); },
  () => new Promise(done => als.run('g', () => { const { Readable } = require('stream'); const r = Readable.from(['a', 'b']); r.on('data', d => console.log('data', d, get())); r.on('end', () => { console.log('end', get()); done(); }); })),
  async () => { await als.run('gen', async () => { const it = (function* () { yield get(); })(); console.log(it.next().value); const thenable = { then(f) { f(5); } }; console.log(await thenable, get()); }); },
  async () => { t('type', () => new AsyncResource()); t('type', () => new AsyncResource(5)); t('bind', () => AsyncResource.bind(5)); },
  async () => { await (async () => { als.enterWith('e'); console.log('enter', get()); await null; console.log('enter', get()); await wait(1); console.log('enter', get()); })(); },
];
(async () => { for (const step of steps) await als.exit(() => other.exit(step)); })();
