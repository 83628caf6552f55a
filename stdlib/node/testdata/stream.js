const stream = require('stream'), util = require('util'), EventEmitter = require('events');
const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished } = stream;
console.log(typeof stream, stream === stream.Stream, new stream() instanceof EventEmitter);
function Old(o) { Readable.call(this, o); this.n = 0; }
util.inherits(Old, stream.Readable);
Old.prototype._read = function () { this.n++ < 3 ? this.push('x' + this.n) : this.push(null); };
const o = new Old();
console.log(o instanceof Readable, o instanceof stream, new PassThrough() instanceof Writable, new Duplex() instanceof Writable);
o.on('data', d => console.log('data', d)).on('end', () => console.log('end'));
const up = new Transform({ transform(c, e, cb) { cb(null, c.toString().toUpperCase()); } });
const got = [];
pipeline(Readable.from(['a', 'b', 'c']), up, new Writable({ write(c, e, cb) { got.push(c.toString()); cb(); } }), e => console.log('pipeline', e, got));
class Up extends Transform { _transform(c, e, cb) { cb(null, c); } _flush(cb) { this.push('!'); cb(); } }
const u = new Up({ encoding: 'utf8' });
u.on('data', d => console.log(d));
u.write('é'); u.end();
finished(u, e => console.log('finished', e));
stream.promises.pipeline(Readable.from([Buffer.from('q')]), new PassThrough()).catch(e => console.log(e.message)).then(() => console.log('done'));
const bad = new Readable({ read() { this.destroy(new Error('bad')); } });
bad.on('error', e => console.log('error', e.message)).on('close', () => console.log('close', bad.destroyed));
bad.resume();
const w = new Writable({ highWaterMark: 2, write(c, e, cb) { setTimeout(cb, 1); } });
console.log(w.write('abc'), w.writableLength, w.writableNeedDrain);
w.on('drain', () => { console.log('drain'); w.end(); }).on('finish', () => console.log('finish', w.writableFinished));
const ee = new EventEmitter();
ee.once('a', (...a) => console.log('once', ...a)); ee.prependListener('a', () => console.log('first'));
console.log(ee.emit('a', 1, 2), ee.emit('a'), ee.eventNames(), ee.listenerCount('a'));
try { ee.emit('error', new Error('unheard')); } catch (e) { console.log(e.message); }
try { ee.emit('error', 'text'); } catch (e) { console.log(e.code, e.message); }
ee.on(EventEmitter.errorMonitor, e => console.log('monitor', e.message)); ee.on('error', () => {});
ee.emit('error', new Error('m'));
EventEmitter.once(ee, 'b').then(v => console.log('b', v)); ee.emit('b', 1);
