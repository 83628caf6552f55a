const zlib = require('zlib'), util = require('util');
const text = 'hello '.repeat(1000);
for (const [a, b] of [['deflate', 'inflate'], ['gzip', 'gunzip'], ['deflateRaw', 'inflateRaw'], ['gzip', 'unzip'], ['deflate', 'unzip'], ['brotliCompress', 'brotliDecompress']]) {
  console.log(a, zlib[b + 'Sync'](zlib[a + 'Sync'](text)).toString() === text);
  zlib[a](text, (e, v) => zlib[b](v, (e, w) => console.log('callback', b, e, w.toString() === text)));
  util.promisify(zlib[a])(text).then(v => util.promisify(zlib[b])(v)).then(w => console.log('promise', b, w.length));
  const c = zlib['create' + a[0].toUpperCase() + a.slice(1)](), d = zlib['create' + b[0].toUpperCase() + b.slice(1)]();
  let n = 0; d.on('data', x => { n += x.length; }).on('end', () => console.log('stream', b, n));
  c.pipe(d); c.write(text.slice(0, 10)); c.end(text.slice(10));
}
for (const f of [() => zlib.gunzipSync('nope, no gzip'), () => zlib.inflateSync(Buffer.alloc(10)), () => zlib.gunzipSync(zlib.gzipSync(text).subarray(0, 20)), () => zlib.gunzipSync(zlib.gzipSync(text), { maxOutputLength: 10 }), () => zlib.gzipSync(5)])
  try { f(); } catch (e) { console.log(e.name, e.code, e.errno, e.message); }
console.log(zlib.crc32 ? zlib.crc32('hello') : 0, zlib.constants.Z_BEST_SPEED, zlib.Z_BEST_COMPRESSION, zlib.gunzipSync(Buffer.from('H4sIAAAAAAAAA8tIzcnJBwCGphA2BQAAAA==', 'base64')).toString());
