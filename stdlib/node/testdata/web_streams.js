const web = require('stream/web');
console.log(Object.keys(web).sort().join());
for (const name of Object.keys(web)) console.log(name, web[name] === globalThis[name]);
const s = new ReadableStream({ start(c) { c.enqueue('a'); c.enqueue('b'); c.close(); } });
console.log(s, s.locked);
const reader = s.getReader();
console.log(s);
try { s.getReader(); } catch (e) { console.log(e.name); }
(async () => {
  console.log(JSON.stringify(await reader.read()), JSON.stringify(await reader.read()), JSON.stringify(await reader.read()));
  await reader.closed;
  console.log('closed', s);
  const bytes = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([104, 105])); c.close(); } });
  console.log(bytes);
  const byob = bytes.getReader({ mode: 'byob' });
  const { value } = await byob.read(new Uint8Array(8));
  console.log(value.length, value[0]);
  const [one, two] = new ReadableStream({ start(c) { c.enqueue(1); c.close(); } }).tee();
  console.log(JSON.stringify(await one.getReader().read()), JSON.stringify(await two.getReader().read()));
  let text = '';
  await new ReadableStream({ start(c) { c.enqueue(new Uint8Array([0xc3])); c.enqueue(new Uint8Array([0xa9, 33])); c.close(); } })
    .pipeThrough(new TextDecoderStream()).pipeTo(new WritableStream({ write(chunk) { text += chunk; } }));
  console.log(text);
  const it = new ReadableStream({ start(c) { c.enqueue(7); c.close(); } })[Symbol.asyncIterator]();
  console.log(JSON.stringify(await it.next()), JSON.stringify(await it.next()));
  const failing = new ReadableStream({ start(c) { c.error(new Error('broken')); } });
  try { await failing.getReader().read(); } catch (e) { console.log(e.message); }
  const encoded = new ReadableStream({ start(c) { c.enqueue('\ud83d'); c.enqueue('\ude00'); c.close(); } }).pipeThrough(new TextEncoderStream()).getReader();
  console.log((await encoded.read()).value.join());
  const cancelled = new ReadableStream({ cancel(why) { console.log('cancelled', why); } });
  await cancelled.cancel('enough');
  for (const format of ['gzip', 'deflate', 'deflate-raw']) {
    const both = new ReadableStream({ start(c) { c.enqueue(Buffer.from('hello '.repeat(1000))); c.enqueue(Buffer.from('end')); c.close(); } })
      .pipeThrough(new CompressionStream(format)).pipeThrough(new DecompressionStream(format)).getReader();
    let length = 0;
    for (let step; !(step = await both.read()).done;) length += step.value.length;
    console.log(format, length);
  }
  for (const format of [undefined, 'x']) try { new CompressionStream(format); } catch (e) { console.log(e.name, e.code, e.message); }
  const d = new TextDecoderStream('utf-16le', { fatal: true });
  console.log(d.encoding, d.fatal, d.ignoreBOM, new TextEncoderStream().encoding);
})();
