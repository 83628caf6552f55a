const { Readable, Writable, Duplex } = require('stream');
(async () => {
  const web = new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue(Buffer.from('b')); c.close(); } });
  let s = ''; const all = Readable.fromWeb(web).on('data', x => { s += x; }); await new Promise(r => all.on('end', r)); console.log(s);
  const r = Readable.toWeb(Readable.from([Buffer.from('x'), Buffer.from('y')])).getReader(); let t = ''; for (let st; !(st = await r.read()).done;) t += Buffer.from(st.value); console.log(t);
  const out = []; const w = Writable.toWeb(new Writable({ write(c, e, cb) { out.push(String(c)); cb(); } })).getWriter(); await w.write(Buffer.from('q')); await w.close(); console.log(out);
  try { Readable.fromWeb({}); } catch (e) { console.log(e.name, e.code, e.message); }
  const f = Readable.fromWeb(new ReadableStream({ start(c) { c.error(new Error('broken')); } })); f.on('error', e => console.log('err', e.message)); f.resume();
  const res = new Response('body text'); let b = ''; Readable.fromWeb(res.body).on('data', d => b += d).on('end', () => console.log('end', b));
  const cancelled = Readable.fromWeb(new ReadableStream({ pull(c) { c.enqueue(Buffer.from('z')); }, cancel(why) { console.log('cancelled', why && why.message); } })); cancelled.once('data', () => cancelled.destroy());
  const pair = { readable: new ReadableStream({ start(c) { c.enqueue(Buffer.from('in')); c.close(); } }), writable: new WritableStream({ write(c) { console.log('out', String(c)); } }) };
  const d = Duplex.fromWeb(pair); d.on('data', x => console.log('duplex', String(x))); d.end('o');
  const { readable, writable } = Duplex.toWeb(new (require('stream').PassThrough)()); const dw = writable.getWriter(); dw.write(Buffer.from('through')); dw.close(); console.log(Buffer.from((await readable.getReader().read()).value).toString());
  const fw = Writable.fromWeb(new WritableStream({ write(c) { console.log('web got', String(c)); }, close() { console.log('web closed'); } })); fw.write('k'); fw.end(() => console.log('fw end'));
})().catch(e => console.log('failed', e.message));
