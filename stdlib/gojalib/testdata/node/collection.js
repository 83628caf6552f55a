//# collection/map
var m=new Map([[1,'a'],['1','b'],[NaN,'c']]); return [m.get(1), m.get('1'), m.get(NaN), m.size, [...m.keys()], [...m.entries()].length];

//# collection/map-order
var m=new Map(); m.set('b',1).set('a',2).set('b',3); m.delete('b'); m.set('b',4); return [...m];

//# collection/map-minus0
return Object.is([...new Map([[-0,1]]).keys()][0],0);

//# collection/map-iter-mutate
var m=new Map([[1,1]]); var n=0; for (const [k] of m) { n++; if (k<5) m.set(k+1,1); } return n;

//# collection/map-delete-iter
var m=new Map([[1,1],[2,2],[3,3]]); var r=[]; for (const [k] of m) { r.push(k); m.delete(2); } return r;

//# collection/map-bad
return new Map([1]);

//# collection/map-bad2
return new Map(5);

//# collection/map-nonew
return Map();

//# collection/map-this
return Map.prototype.get.call({}, 1);

//# collection/map-size-this
return Object.getOwnPropertyDescriptor(Map.prototype,'size').get.call(new Set());

//# collection/map-forEach
var r=[]; new Map([['a',1]]).forEach((v,k,m)=>r.push(v,k,m.size)); return r;

//# collection/map-forEach-bad
return new Map().forEach(1);

//# collection/map-tostring
return [String(new Map()), String(new Set()), new Map()[Symbol.iterator]===Map.prototype.entries, Map.prototype.entries===Map.prototype[Symbol.iterator]];

//# collection/set
var s=new Set([1,2,2,'2',NaN,NaN]); return [[...s], s.size, s.has(2), s.delete(2), s.delete(9), [...s.entries()]];

//# collection/set-bad
return new Set(5);

//# collection/set-bad2
return new Set(true);

//# collection/set-nonew
return Set();

//# collection/set-methods-absent
return ['union','intersection','difference','symmetricDifference','isSubsetOf','isSupersetOf','isDisjointFrom'].map(n=>typeof Set.prototype[n]);

//# collection/set-this
return Set.prototype.add.call([],1);

//# collection/set-spread
return Math.max(...new Set([1,5,2]));

//# collection/set-string
return [...new Set('mississippi')].join('');

//# collection/iter-proto
var it=[1,2][Symbol.iterator](); return [it.next(), it.next(), it.next(), String(it), it[Symbol.iterator]()===it];

//# collection/iter-return
var log=[]; var o={[Symbol.iterator](){return {next(){return {value:1,done:false}},return(){log.push('ret');return {}}}}}; for (const x of o) break; var [a]=o; return log;

//# collection/iter-bad-next
var o={[Symbol.iterator](){return {}}}; return [...o];

//# collection/iter-bad-result
var o={[Symbol.iterator](){return {next(){return 5}}}}; return [...o];

//# collection/iter-not-obj
var o={[Symbol.iterator](){return 5}}; return [...o];

//# collection/iterator-global-absent
return typeof Iterator;

//# collection/typed
return [new Uint8Array([1,256,-1,1.9]), new Uint8ClampedArray([300,-5,1.5,2.5]), new Int16Array(2), Float32Array.of(1.1)];

//# collection/typed-from
return Uint8Array.from('123');

//# collection/typed-methods
return [new Uint8Array([1,2,3]).subarray(1).length, new Uint8Array([3,1,2]).sort(), new Uint8Array([1,2]).map(x=>x*200), new Uint8Array([1,2,3]).at(-1), new Uint8Array([1,2,3]).toReversed(), new Uint8Array([1,2,3]).with(0,9), new Uint8Array([3,1]).toSorted(), new Uint8Array([1,2,3]).findLast(x=>x<3)];

//# collection/typed-oob
var a=new Uint8Array(2); a[5]=1; a[-1]=1; a['1.5']=1; return [a.length, a[5], Object.keys(a)];

//# collection/typed-bad-len
return new Uint8Array(-1);

//# collection/typed-bad-offset
return new Uint16Array(new ArrayBuffer(4),1);

//# collection/typed-bad-buflen
return new Uint16Array(new ArrayBuffer(3));

//# collection/typed-bad-beyond
return new Uint8Array(new ArrayBuffer(3),5);

//# collection/typed-nonew
return Uint8Array(1);

//# collection/typed-set-bad
return new Uint8Array(1).set([1,2]);

//# collection/typed-tostring
return [String(new Uint8Array([1,2])), Object.prototype.toString.call(new Uint8Array(1)), new Uint8Array([1,2]).join('-')];

//# collection/typed-float-sort
return new Float64Array([3,NaN,-0,0,-1]).sort();

//# collection/typed-absent
return [typeof Uint8Array.fromBase64, typeof Uint8Array.prototype.toHex];

//# collection/dataview
var d=new DataView(new ArrayBuffer(8)); d.setInt16(0,-2); d.setFloat32(4,1.5,true); return [d.getUint16(0), d.getUint8(1), d.getFloat32(4,true), d.getInt16(0,true)];

//# collection/dataview-bad
return new DataView(new ArrayBuffer(1)).getInt16(0);

//# collection/dataview-bad2
return new DataView({});

//# collection/dataview-bad3
return new DataView(new ArrayBuffer(1),2);

//# collection/dataview-big
var d=new DataView(new ArrayBuffer(8)); d.setBigInt64(0,-1n); return String(d.getBigUint64(0));

//# collection/arraybuffer
var b=new ArrayBuffer(4); return [b.byteLength, b.slice(1).byteLength, ArrayBuffer.isView(new DataView(b)), b.resizable, b.maxByteLength];

//# collection/arraybuffer-bad
return new ArrayBuffer(-1);

//# collection/arraybuffer-huge
return new ArrayBuffer(2**53);

//# collection/arraybuffer-resize
var b=new ArrayBuffer(4,{maxByteLength:8}); b.resize(8); return b.byteLength;

//# collection/sharedarraybuffer
return typeof SharedArrayBuffer;

//# collection/atomics
return typeof Atomics;

//# collection/bigint64
return String(new BigInt64Array([1n,-1n]));

//# collection/bigint64-bad
return new BigInt64Array([1]);
