// Streams answer as they go, flush, and hold back while nobody reads.
const zlib = require('zlib');
function t(name, f) { try { console.log(name, f()); } catch (e) { console.log(name, e.name, '|', e.code, '|', e.message); } }
const text = n => Buffer.from(Array.from({ length: n }, (_, i) => `line ${i} ${i * 7919 % 104729}\n`).join(''));
const kinds = [['Gzip', 'Gunzip'], ['Deflate', 'Inflate'], ['DeflateRaw', 'InflateRaw'], ['Gzip', 'Unzip'], ['BrotliCompress', 'BrotliDecompress']];
const steps = [];
for (const [pack, unpack] of kinds) {
  steps.push(done => { // what was flushed is read before the end
    const z = zlib['create' + pack](), u = zlib['create' + unpack]();
    z.pipe(u);
    const seen = [];
    u.on('data', d => { seen.push(String(d)); if (seen.join('') === 'first') { console.log(pack, 'first was read'); z.write('second'); z.flush(() => console.log(pack, 'flushed')); } if (seen.join('') === 'firstsecond') { console.log(pack, 'second was read'); z.end('third'); } });
    u.on('end', () => { console.log(pack, unpack, seen.join('')); done(); });
    z.write('first');
    z.flush();
  });
  steps.push(done => { // chunks of odd sizes, both ways
    const z = zlib['create' + pack](), u = zlib['create' + unpack](), all = text(20000), out = [];
    z.pipe(u).on('data', d => out.push(d)).on('end', () => { console.log(pack, 'chunks', Buffer.concat(out).equals(all), z.bytesWritten === all.length); done(); });
    for (let i = 0; i < all.length; i += 9973) z.write(all.subarray(i, i + 9973));
    z.end();
  });
  steps.push(done => { // a byte at a time
    const u = zlib['create' + unpack](), packed = zlib[pack[0].toLowerCase() + pack.slice(1) + 'Sync'](text(50)), out = [];
    u.on('data', d => out.push(d)).on('end', () => { console.log(unpack, 'bytes', Buffer.concat(out).equals(text(50))); done(); });
    for (const b of packed) u.write(Buffer.from([b]));
    u.end();
  });
  steps.push(done => { // the end is missing
    const packed = zlib[pack[0].toLowerCase() + pack.slice(1) + 'Sync'](text(50)), u = zlib['create' + unpack]();
    u.on('error', e => { console.log(unpack, e.code, e.errno, e.message); done(); }).on('end', () => { console.log(unpack, 'ended'); done(); }).resume();
    u.end(packed.subarray(0, packed.length - 9));
  });
  steps.push(done => { const u = zlib['create' + unpack](); u.on('error', e => { console.log(unpack, e.code); done(); }).on('end', () => { console.log(unpack, 'empty'); done(); }).resume(); u.end(); });
  steps.push(done => { const u = zlib['create' + unpack](); let once = false; u.on('error', e => { if (!once) { once = true; console.log(unpack, 'error', typeof e.code, u.destroyed); done(); } }); u.write(Buffer.from([0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x77])); u.end(); });
}
steps.push(done => { // a bomb is opened as far as somebody reads
  const packed = zlib.gzipSync(Buffer.alloc(30 << 20)), u = zlib.createGunzip();
  let n = 0;
  u.on('data', d => { n += d.length; if (n > 1 << 20) { u.destroy(); } });
  u.on('close', () => { console.log('bomb', n < 4 << 20); done(); });
  u.end(packed);
});
steps.push(done => { const packed = zlib.gzipSync(text(100)), u = zlib.createGunzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH }); u.on('error', e => { console.log('partial', e.code); done(); }).on('end', () => { console.log('partial ended'); done(); }).resume(); u.end(packed.subarray(0, packed.length - 8)); });
steps.push(done => { const z = zlib.createGzip({ flush: zlib.constants.Z_SYNC_FLUSH }); const u = zlib.createGunzip(); z.pipe(u); u.once('data', d => { console.log('each write', String(d)); z.end(); u.on('end', done).resume(); }); z.write('at once'); });
steps.push(done => { const z = zlib.createGzip(); z.on('end', () => z.flush(() => { console.log('flush after the end'); done(); })).resume(); z.end('a'); });
steps.push(done => { const z = zlib.createGzip(); z.close(() => { console.log('closed', z.destroyed); done(); }); });
steps.push(done => { const two = Buffer.concat([zlib.gzipSync('one'), zlib.gzipSync('two')]), u = zlib.createGunzip(), out = []; u.on('data', d => out.push(d)).on('end', () => { console.log('members', String(Buffer.concat(out))); done(); }); u.end(two); });
steps.push(done => { const u = zlib.createGunzip(), out = []; u.on('data', d => out.push(d)).on('end', () => { console.log('behind', String(Buffer.concat(out))); done(); }); u.end(Buffer.concat([zlib.gzipSync('one'), Buffer.alloc(10)])); });
for (const o of [{ level: 10 }, { level: 'a' }, { windowBits: 7 }, { memLevel: 0 }, { strategy: 9 }, { chunkSize: 1 }, { flush: 9 }, { finishFlush: -1 }, { maxOutputLength: 0 }, { windowBits: 0 }, { level: NaN }]) {
  t(JSON.stringify(o), () => typeof zlib.createGzip(o));
  t(JSON.stringify(o), () => typeof zlib.createGunzip(o));
  t(JSON.stringify(o), () => typeof zlib.createBrotliCompress(o));
}
t('partial', () => zlib.gunzipSync(zlib.gzipSync(text(20)).subarray(0, -8), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).equals(text(20)));
t('partial', () => zlib.gunzipSync(zlib.gzipSync(text(20)).subarray(0, -8)));
steps.reduce((before, step) => before.then(() => new Promise(step)), Promise.resolve()).then(() => console.log('done'));
