//# buffer/from-string
return [Buffer.from('héllo'), Buffer.from('aGk=','base64'), Buffer.from('_-A','base64url'), Buffer.from('68656c6c6f','hex'), Buffer.from('hé','latin1'), Buffer.from('hé','ascii'), Buffer.from('hi','ucs2'), Buffer.from('hi','utf16le'), Buffer.from('hé€','binary'), Buffer.from('x','UTF-8')];

//# buffer/from-b64-lenient
return ['aGk','aGk==','a G\nk','aG-_','aGk=aGk=','====','a','aGkx!yz'].map(s=>Buffer.from(s,'base64').toString('hex'));

//# buffer/from-hex-bad
return ['abc','zz','12zz34','1','','0G'].map(s=>Buffer.from(s,'hex').toString('hex'));

//# buffer/from-array
return [Buffer.from([1,256,-1,'3',null,2.7]), Buffer.from(new Uint8Array([1,2])), Buffer.from(new Uint16Array([1,258])), Buffer.from({length:2,0:5,1:6}), Buffer.from([])];

//# buffer/from-buffer-copy
var a=Buffer.from('ab'); var b=Buffer.from(a); b[0]=0; return [a,b];

//# buffer/from-arraybuffer
var ab=new ArrayBuffer(4); var b=Buffer.from(ab,1,2); b[0]=7; return [b.length,new Uint8Array(ab),b.byteOffset];

//# buffer/from-json
return Buffer.from(JSON.parse(JSON.stringify(Buffer.from('hi')))).toString();

//# buffer/from-valueOf
return [Buffer.from(new String('abc')), Buffer.from({valueOf(){return 'xyz'}}), Buffer.from({[Symbol.toPrimitive](){return 'prim'}})];

//# buffer/from-number
return Buffer.from(5);

//# buffer/from-null
return Buffer.from(null);

//# buffer/from-undefined
return Buffer.from();

//# buffer/from-bool
return Buffer.from(true);

//# buffer/from-object
return Buffer.from({a:1});

//# buffer/from-fn
return Buffer.from(()=>1);

//# buffer/from-badenc
return Buffer.from('a','nope');

//# buffer/from-surrogate
return Buffer.from('\ud800a').toString('hex');

//# buffer/alloc
return [Buffer.alloc(3), Buffer.alloc(3,1), Buffer.alloc(5,'ab'), Buffer.alloc(4,'AQI=','base64'), Buffer.alloc(3,Buffer.from([9,8])), Buffer.alloc(0), Buffer.alloc(2,'')];

//# buffer/alloc-bad
return Buffer.alloc('5');

//# buffer/alloc-neg
return Buffer.alloc(-1);

//# buffer/alloc-huge
return Buffer.alloc(2**53);

//# buffer/alloc-nan
return Buffer.alloc(NaN);

//# buffer/allocUnsafe
return [Buffer.allocUnsafe(4).length, Buffer.allocUnsafeSlow(2).length];

//# buffer/new-string
return new Buffer('hello').toString('base64');

//# buffer/new-enc
return new Buffer('aGVsbG8=','base64').toString();

//# buffer/new-number
return [new Buffer(3).length, new Buffer(2)];

//# buffer/new-array
return new Buffer([1,2,3]);

//# buffer/nonew
return Buffer('abc').toString('hex');

//# buffer/new-numenc
return new Buffer(3,'utf8');

//# buffer/concat
return [Buffer.concat([Buffer.from('a'),Buffer.from('bc')]).toString(), Buffer.concat([Buffer.from('abc')],2).toString(), Buffer.concat([Buffer.from('a')],3), Buffer.concat([]), Buffer.concat([new Uint8Array([1])])];

//# buffer/concat-bad
return Buffer.concat('x');

//# buffer/concat-bad2
return Buffer.concat([1]);

//# buffer/concat-bad3
return Buffer.concat(['a']);

//# buffer/byteLength
return [Buffer.byteLength('héé'), Buffer.byteLength('aGk=','base64'), Buffer.byteLength('abc','hex'), Buffer.byteLength('é','latin1'), Buffer.byteLength('ab','ucs2'), Buffer.byteLength(new ArrayBuffer(5)), Buffer.byteLength(Buffer.from('abc')), Buffer.byteLength('😀'), Buffer.byteLength('a','nope'), Buffer.byteLength('aGk','base64url')];

//# buffer/byteLength-bad
return Buffer.byteLength(5);

//# buffer/isBuffer
return [Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1)), Buffer.isBuffer('x'), Buffer.isBuffer(null)];

//# buffer/isEncoding
return ['utf8','UTF-8','hex','base64','base64url','latin1','binary','ascii','ucs2','ucs-2','utf16le','UTF-16LE','nope','',5,undefined].map(e=>Buffer.isEncoding(e));

//# buffer/compare
return [Buffer.compare(Buffer.from('a'),Buffer.from('b')), Buffer.from('b').compare(Buffer.from('a')), Buffer.from('a').compare(Buffer.from('a')), Buffer.from('abc').compare(Buffer.from('b'),0,1,1,2), Buffer.from('a').compare(Buffer.from('ab'))];

//# buffer/compare-bad
return Buffer.compare('a','b');

//# buffer/toString
var b=Buffer.from('héllo wörld'); return ['utf8','hex','base64','base64url','latin1','ascii','ucs2','binary','UTF8','utf-16le'].map(e=>b.toString(e));

//# buffer/toString-range
var b=Buffer.from('hello'); return [b.toString('utf8',1,3), b.toString('utf8',-2), b.toString('utf8',2), b.toString(undefined,0,2), b.toString('utf8',3,1), b.toString('hex',1,100), b.toString('utf8','1','3'), b.toString('utf8',NaN,2)];

//# buffer/toString-badenc
return Buffer.from('a').toString('nope');

//# buffer/toString-badutf8
return Buffer.from([0xff,0x61,0xc3,0xe2,0x82]).toString();

//# buffer/toString-ascii-high
return Buffer.from([0xe9,0x41]).toString('ascii');

//# buffer/toString-null
return Buffer.from('a').toString(null);

//# buffer/toString-b64
return [Buffer.from('').toString('base64'), Buffer.from('a').toString('base64'), Buffer.from('ab').toString('base64'), Buffer.from([251,255]).toString('base64url')];

//# buffer/implicit-string
return '' + Buffer.from('abc') + `${Buffer.from('d')}`;

//# buffer/toJSON
return [JSON.stringify(Buffer.from('hi')), Buffer.from('hi').toJSON()];

//# buffer/slice
var b=Buffer.from('hello'); var s=b.slice(1,3); s[0]=88; return [b.toString(), s.toString(), b.slice(-2).toString(), b.slice(3,1).length, s instanceof Buffer, b.subarray(1,-1).toString(), b.subarray(1) instanceof Buffer, Buffer.isBuffer(b.subarray(0,1))];

//# buffer/write
var b=Buffer.alloc(10); return [b.write('abc'), b.write('dé',3), b.write('ff00','hex'), b.write('xyz',8), b.write('Q',9,'latin1'), b.write('hello',1,2), b.write('zz',0,1,'utf8'), b.write('é',9), b];

//# buffer/write-bad
return Buffer.alloc(2).write('a',5);

//# buffer/write-bad2
return Buffer.alloc(2).write(5);

//# buffer/equals
return [Buffer.from('a').equals(Buffer.from('a')), Buffer.from('a').equals(new Uint8Array([97])), Buffer.from('a').equals(Buffer.from('b'))];

//# buffer/equals-bad
return Buffer.from('a').equals('a');

//# buffer/indexOf
var b=Buffer.from('hello world hello'); return [b.indexOf('hello'), b.indexOf('hello',1), b.indexOf(Buffer.from('wor')), b.indexOf(111), b.lastIndexOf('hello'), b.includes('zzz'), b.includes('wor'), b.indexOf(''), b.indexOf('o',-5), b.indexOf('68','hex'), b.lastIndexOf('o',5), b.indexOf('',3), b.indexOf('',99), b.lastIndexOf('l'), b.indexOf(111.9), b.indexOf(256+104), b.indexOf('hello',undefined), b.lastIndexOf('hello',undefined), b.lastIndexOf('hello',null), b.lastIndexOf('hello',-1), b.lastIndexOf('h',-100)];

//# buffer/indexOf-bad
return Buffer.from('a').indexOf({});

//# buffer/indexOf-uint8
return Buffer.from('abc').indexOf(new Uint8Array([98,99]));

//# buffer/fill
return [Buffer.alloc(3).fill('ab'), Buffer.alloc(4).fill(1,1,3), Buffer.alloc(4).fill('z',2), Buffer.alloc(3).fill('616263','hex'), Buffer.alloc(2).fill(257), Buffer.alloc(3).fill(''), Buffer.alloc(3,1).fill(0), Buffer.alloc(4).fill('é'), Buffer.alloc(3).fill(Buffer.from([1,2]))];

//# buffer/fill-bad
return Buffer.alloc(3).fill('zz','hex');

//# buffer/fill-range
return Buffer.alloc(3).fill(1,5);

//# buffer/fill-badenc
return Buffer.alloc(3).fill('a','nope');

//# buffer/copy
var a=Buffer.from('abcdef'), b=Buffer.alloc(4); return [a.copy(b), b.toString(), a.copy(b,2,0,1), b.toString(), a.copy(b,1,4,99), b.toString(), a.copy(b,9), a.copy(a,2,0,4), a.toString()];

//# buffer/copy-bad
return Buffer.from('a').copy('x');

//# buffer/copy-range
return Buffer.from('a').copy(Buffer.alloc(1),0,5);

//# buffer/copy-neg
return Buffer.from('a').copy(Buffer.alloc(1),-1);

//# buffer/read-int
var b=Buffer.from([0xff,0x01,0x80,0x7f,0x12,0x34,0x56,0x78]); return [b.readUInt8(0),b.readInt8(0),b.readUInt16LE(0),b.readUInt16BE(0),b.readInt16LE(1),b.readInt16BE(2),b.readUInt32LE(0),b.readUInt32BE(0),b.readInt32LE(1),b.readInt32BE(0),b.readUint8(1),b.readUint16LE(2),b.readUint32BE(4),b.readUIntBE(0,3),b.readUIntLE(0,6),b.readIntBE(0,3),b.readIntLE(0,6),b.readIntBE(2,1)];

//# buffer/read-float
var b=Buffer.alloc(8); b.writeDoubleBE(Math.PI); var r=[b.readDoubleBE(),b.readDoubleLE(),b.readFloatBE(0),b.readFloatLE(4)]; b.writeFloatLE(1.5,2); r.push(b.readFloatLE(2),b); return r;

//# buffer/read-big
var b=Buffer.from([1,2,3,4,5,6,7,0xff]); return [b.readBigUInt64LE(),b.readBigInt64LE(),b.readBigUInt64BE(),b.readBigInt64BE(0)];

//# buffer/read-range
return Buffer.alloc(2).readUInt32LE(0);

//# buffer/read-range2
return Buffer.alloc(2).readUInt8(2);

//# buffer/read-range3
return Buffer.alloc(4).readUInt16LE(3);

//# buffer/read-frac
return Buffer.alloc(4).readUInt8(1.5);

//# buffer/read-type
return Buffer.alloc(4).readUInt8('1');

//# buffer/read-len
return Buffer.alloc(4).readUIntBE(0,7);

//# buffer/write-int
var b=Buffer.alloc(12); return [b.writeUInt8(255,0),b.writeInt8(-1,1),b.writeUInt16LE(0x1234,2),b.writeUInt16BE(0x1234,4),b.writeInt16LE(-2,6),b.writeUInt32BE(0xdeadbeef,8),b.writeInt32LE(-5,0),b.writeUIntBE(0x123456,0,3),b.writeIntLE(-3,3,3),b.writeUint8(7,11),b];

//# buffer/write-big
var b=Buffer.alloc(8); return [b.writeBigInt64LE(-2n),b,b.writeBigUInt64BE(1n,0),b];

//# buffer/write-range
return Buffer.alloc(1).writeUInt8(256);

//# buffer/write-range2
return Buffer.alloc(4).writeInt16LE(40000);

//# buffer/write-range3
return Buffer.alloc(4).writeUInt32LE(-1);

//# buffer/write-range4
return Buffer.alloc(6).writeUIntBE(2**40,0,5);

//# buffer/write-type
return Buffer.alloc(1).writeUInt8('5');

//# buffer/swap
return [Buffer.from([1,2,3,4]).swap16(), Buffer.from([1,2,3,4]).swap32(), Buffer.from([1,2,3,4,5,6,7,8]).swap64()];

//# buffer/swap-bad
return Buffer.from([1]).swap16();

//# buffer/proto
return [Buffer.from('a') instanceof Uint8Array, Object.getPrototypeOf(Buffer.prototype)===Uint8Array.prototype, Object.prototype.toString.call(Buffer.alloc(1)), Buffer.name, Buffer.length, Buffer.poolSize, Buffer.alloc(1).parent instanceof ArrayBuffer, typeof Buffer.alloc(1).offset, Buffer.from('a').constructor===Buffer];

//# buffer/iterate
return [[...Buffer.from('ab')], [...Buffer.from('ab').entries()], Array.from(Buffer.from('ab').keys()), Buffer.from('ab').map(x=>x+1), Buffer.from('ab').map(x=>x) instanceof Buffer, Buffer.from('cab').sort().toString()];

//# buffer/of
return [Buffer.of(1,2,3), Buffer.of() instanceof Buffer];

//# buffer/keys
return Object.keys(Buffer.from('ab'));

//# buffer/readNames
return ['readUIntLE','readUintLE','writeUintBE','readBigUint64LE','latin1Slice','hexSlice','utf8Write','toLocaleString','inspect','asciiSlice','base64Slice','base64urlSlice','ucs2Slice'].map(n=>typeof Buffer.prototype[n]);

//# buffer/slices
return [Buffer.from('hi').hexSlice(), Buffer.from('hi').latin1Slice(0,1), Buffer.from('hi').utf8Slice(1), Buffer.from('hi').toLocaleString()];

//# buffer/basic-auth
return 'Basic ' + Buffer.from('user:pässword').toString('base64');

//# buffer/jwt-decode
return JSON.parse(Buffer.from('eyJzdWIiOiJhdXRoMHwxMjMiLCJuYW1lIjoiSsO8cmdlbiJ9', 'base64').toString('utf8'));

//# buffer/base64url-encode
return Buffer.from(JSON.stringify({alg:'HS256',x:'???>>>'})).toString('base64').replace(/\+/g,'-').replace(/\//g,'_').replace(/=+$/,'');

//# buffer/index
var b=Buffer.from([1,2]); b[0]=300; b[5]=1; return [b[0], b[5], b.at(-1), b.length];

//# buffer/equality
return [Buffer.from('a')==Buffer.from('a'), Buffer.from('abc')=='abc', typeof Buffer.alloc(1)];

//# buffer/constants
return [typeof Buffer.kMaxLength, Object.keys(Buffer).sort()];
