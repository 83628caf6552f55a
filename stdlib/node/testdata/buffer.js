const buffer = require('buffer');
console.log(Buffer === buffer.Buffer, buffer.kMaxLength, buffer.constants, buffer.INSPECT_MAX_BYTES, new buffer.SlowBuffer(2).length);
const b = new Buffer('héllo');
console.log(b, b.toString('hex'), b.toString('base64'), b.toString('base64url'), b.toString('latin1'), b.toString('ucs2').length);
console.log(Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([1, 2, 3, 4]).swap32(), Buffer.alloc(8, 'ab').swap64());
const n = Buffer.alloc(16);
n.writeBigInt64LE(-5n, 0); n.writeDoubleBE(1.5, 8);
console.log(n, n.readBigInt64LE(0), n.readDoubleBE(8), n.readUIntBE(0, 6), n.readIntLE(0, 3), n.readBigUInt64BE(0));
for (const f of [() => n.readUInt8(16), () => n.writeUInt8(256, 0), () => n.readInt32LE(1.5), () => Buffer.from(5), () => Buffer.alloc('1'), () => Buffer.from('a').toString('no')]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(b.indexOf('l'), b.lastIndexOf('l'), b.includes('é'), b.indexOf(0x6c, -2), b.indexOf(Buffer.from('o')), b.slice(1, 3), b.subarray(-2), b.equals(Buffer.from('héllo')), b.compare(Buffer.from('z')));
console.log(Buffer.concat([Buffer.from('a'), Buffer.from('b')], 3), Buffer.byteLength('é'), Buffer.isEncoding('UTF-8'), JSON.stringify(Buffer.from('a')), Buffer.compare(Buffer.from('a'), Buffer.from('b')));
console.log(buffer.transcode(Buffer.from('€'), 'utf8', 'latin1'), buffer.isAscii(Buffer.from('a')), buffer.isUtf8(Buffer.from([0xff])), buffer.atob('YQ=='), buffer.btoa('a'));
console.log(Buffer.alloc(5).fill('abc'), b.write('zz', 1), b.copy(n, 2, 0, 3), n.fill(0, 2), b.readUint16LE(0), [...b.entries()].length, b.toJSON().type);
const d = new (require('string_decoder').StringDecoder)('utf8'); console.log(d.write(Buffer.from([0xc3])), d.write(Buffer.from([0xa9])), d.end());
