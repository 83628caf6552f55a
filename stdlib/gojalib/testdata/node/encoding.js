//# encoding/encode
return [new TextEncoder().encode('aé€😀\ud800'), new TextEncoder().encode(), new TextEncoder().encoding, new TextEncoder().encode(null), new TextEncoder().encode(undefined)];

//# encoding/encodeInto
var b=new Uint8Array(5); return [new TextEncoder().encodeInto('a€😀',b), b];

//# encoding/encodeInto-bad
return new TextEncoder().encodeInto('a',[]);

//# encoding/encodeInto-bad2
return new TextEncoder().encodeInto(1,new Uint8Array(1));

//# encoding/encoder-nonew
return TextEncoder();

//# encoding/decode
return [new TextDecoder().decode(new Uint8Array([97,0xc3,0xa9,0xe2,0x82,0xac])), new TextDecoder().decode(), new TextDecoder().encoding];

//# encoding/decode-bad
return [[0xff],[0xc3],[0xe2,0x82],[0xf0,0x9f,0x98],[0xc0,0x80],[0xed,0xa0,0x80],[0xf5,0x80],[0xe2,0x28,0xa1],[0x80,0x61],[0xf0,0x9f,0x98,0x41],[0xf4,0x90,0x80,0x80]].map(a=>new TextDecoder().decode(new Uint8Array(a)));

//# encoding/decode-fatal
return new TextDecoder('utf-8',{fatal:true}).decode(new Uint8Array([0xff]));

//# encoding/decode-bom
var b=new Uint8Array([0xef,0xbb,0xbf,97]); return [new TextDecoder().decode(b), new TextDecoder('utf8',{ignoreBOM:true}).decode(b)];

//# encoding/decode-utf16
return [new TextDecoder('utf-16le').decode(new Uint8Array([97,0,0x3d,0xd8,0,0xde])), new TextDecoder('utf-16le').decode(new Uint8Array([0xff,0xfe,97,0])), new TextDecoder('utf-16le').decode(new Uint8Array([0,0xd8,97,0]))];

//# encoding/decode-utf16-odd
return new TextDecoder('utf-16le').decode(new Uint8Array([97,0,98]));

//# encoding/decode-latin1
return new TextDecoder('latin1').decode(new Uint8Array([0x80,0xe9,0x41,0x9f]));

//# encoding/decode-latin1-name
return [new TextDecoder('latin1').encoding, new TextDecoder('ascii').encoding, new TextDecoder(' UTF8 ').encoding, new TextDecoder('utf-16').encoding, new TextDecoder('ucs-2').encoding];

//# encoding/decode-badlabel
return new TextDecoder('nope');

//# encoding/decode-stream
var d=new TextDecoder(); return [d.decode(new Uint8Array([0xe2,0x82]),{stream:true}), d.decode(new Uint8Array([0xac,0x61]),{stream:true}), d.decode()];

//# encoding/decode-stream-bom
var d=new TextDecoder(); return [d.decode(new Uint8Array([0xef]),{stream:true}), d.decode(new Uint8Array([0xbb,0xbf,0x61]),{stream:true}), d.decode(new Uint8Array([0xef,0xbb,0xbf]))];

//# encoding/decode-stream-end
var d=new TextDecoder(); return [d.decode(new Uint8Array([0xe2,0x82]),{stream:true}), d.decode()];

//# encoding/decode-views
return [new TextDecoder().decode(new Uint8Array([97,98]).buffer), new TextDecoder().decode(new DataView(new Uint8Array([97,98,99]).buffer,1)), new TextDecoder().decode(new Uint16Array([0x6261]))];

//# encoding/decode-badinput
return new TextDecoder().decode('abc');

//# encoding/decode-badinput2
return new TextDecoder().decode([1]);

//# encoding/decoder-props
var d=new TextDecoder('utf-8',{fatal:true,ignoreBOM:true}); return [d.fatal,d.ignoreBOM,d.encoding,String(d),String(new TextEncoder())];

//# encoding/btoa
return [btoa('hello'), btoa(''), btoa('\xff\x00a'), btoa(123), btoa(null), btoa(undefined)];

//# encoding/btoa-bad
return btoa('€');

//# encoding/btoa-bad-type
try { btoa('€') } catch(e) { return [e.name,e.message,e.code,e instanceof DOMException,e instanceof Error,String(e),Object.prototype.toString.call(e)] }

//# encoding/btoa-noargs
return btoa();

//# encoding/atob
return [atob('aGVsbG8='), atob('aGVsbG8'), atob(' aGV sbG8= '), atob(''), atob('/+A='), atob(null)];

//# encoding/atob-bad
return atob('a');

//# encoding/atob-bad2
return atob('a*b=');

//# encoding/atob-bad3
return atob('aGVsbG8==');

//# encoding/atob-bad4
return atob('aGVsb===');

//# encoding/atob-url
return atob('_-A=');

//# encoding/jwt
var p='eyJzdWIiOiIxMjM0IiwibmFtZSI6IkpvaG4ifQ'; return JSON.parse(atob(p));

//# encoding/domexception
var e=new DOMException('m','AbortError'); return [e.name,e.message,e.code,String(e),DOMException.ABORT_ERR,e.ABORT_ERR,new DOMException().name,new DOMException('x','Foo').code,typeof e.stack,Object.keys(e)];

//# encoding/clone-basic
return structuredClone({a:1,b:'x',c:[1,,3],d:null,e:undefined,f:NaN,g:-0,h:10n,i:true});

//# encoding/clone-types
return structuredClone({d:new Date(5),r:/a/gi,m:new Map([[1,{a:1}]]),s:new Set([1,'a']),u:new Uint8Array([1,2]),b:new ArrayBuffer(2),dv:new DataView(new ArrayBuffer(4),1,2),n:Object(1),st:Object('s'),bo:Object(false)});

//# encoding/clone-cycle
var o={a:1}; o.self=o; o.list=[o]; var c=structuredClone(o); return [c.self===c,c.list[0]===c,c!==o];

//# encoding/clone-shared
var s={x:1}; var c=structuredClone([s,s]); return c[0]===c[1];

//# encoding/clone-shared-buffer
var b=new ArrayBuffer(4); var c=structuredClone([new Uint8Array(b),new Uint8Array(b,1)]); return [c[0].buffer===c[1].buffer, c[1].byteOffset];

//# encoding/clone-error
var e=new TypeError('m',{cause:{a:1}}); e.extra=1; var c=structuredClone(e); return [c instanceof TypeError,c.message,c.name,c.extra,c.cause,Object.keys(c)];

//# encoding/clone-error-custom
class E extends Error { constructor(m){super(m);this.name='E';this.code=5} } var c=structuredClone(new E('x')); return [c.name,c.message,c.code,c instanceof E,c instanceof Error];

//# encoding/clone-fn
return structuredClone({f(){}});

//# encoding/clone-fn2
return structuredClone(()=>1);

//# encoding/clone-symbol
return structuredClone(Symbol('x'));

//# encoding/clone-symkey
return Reflect.ownKeys(structuredClone({[Symbol('a')]:1,b:2}));

//# encoding/clone-class
class A { constructor(){this.x=1} get y(){return 2} } var c=structuredClone(new A()); return [c, c instanceof A, c.constructor===Object];

//# encoding/clone-getter
return structuredClone({get a(){return 5}});

//# encoding/clone-nonenum
return structuredClone(Object.defineProperty({b:1},'a',{value:1}));

//# encoding/clone-weakmap
return structuredClone(new WeakMap());

//# encoding/clone-promise
return structuredClone(Promise.resolve());

//# encoding/clone-proto
return Object.getPrototypeOf(structuredClone(Object.create(null)))===Object.prototype;

//# encoding/clone-arrprops
var a=[1]; a.x=2; return Object.keys(structuredClone(a));

//# encoding/clone-regex-lastIndex
var r=/a/g; r.lastIndex=3; return structuredClone(r).lastIndex;

//# encoding/clone-noargs
return structuredClone();

//# encoding/clone-prim
return [structuredClone(1), structuredClone('a'), structuredClone(undefined), structuredClone(null)];

//# encoding/clone-dce
try { structuredClone(()=>{}) } catch(e) { return [e.name,e.code,e instanceof DOMException] }

//# encoding/clone-deleted
return structuredClone({a:{b:[{}]}});

//# encoding/clone-arguments
return (function(){ return structuredClone(arguments) })(1,2);
