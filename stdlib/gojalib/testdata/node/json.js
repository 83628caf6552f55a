//# json/indent
return JSON.stringify({a:[1,{b:2}],c:[],d:{}},null,2);

//# json/indent-str
return JSON.stringify([1,[2]],null,'--');

//# json/indent-long
return JSON.stringify([1],null,20);

//# json/indent-longstr
return JSON.stringify([1],null,'abcdefghijklmn');

//# json/undefined
return [JSON.stringify(undefined), JSON.stringify({a:undefined,b:()=>1,c:Symbol()}), JSON.stringify([undefined,()=>1,Symbol()]), JSON.stringify(null)];

//# json/special
return JSON.stringify([NaN,Infinity,-0,new Date(0),/a/,new Map([[1,2]]),new Set([1]),new Error('x'),Object(1),Object('s'),Object(true)]);

//# json/toJSON
return JSON.stringify({a:{toJSON(k){return 'k:'+k}},b:{toJSON:5}});

//# json/replacer-fn
return JSON.stringify({a:1,b:[2,3]},(k,v)=>typeof v==='number'?v*2:v);

//# json/replacer-this
return JSON.stringify({a:{b:1}},function(k,v){return k==='b'?Object.keys(this).join():v});

//# json/replacer-arr
return JSON.stringify({a:1,b:2,c:{a:3,d:4},1:5},['a','c',1]);

//# json/escape
return JSON.stringify('"\\\b\f\n\r\t\u0001\u007f\u2028\u2029/é😀');

//# json/lone
return [JSON.stringify('\ud800a'), JSON.stringify('\udc00\ud800'), JSON.stringify({['\ud800']:1})];

//# json/proto-key
var o=JSON.parse('{"__proto__":{"x":1},"a":2}'); return [Object.keys(o), o.x, Object.getPrototypeOf(o)===Object.prototype, JSON.stringify(o)];

//# json/key-order
return JSON.stringify({b:1,2:1,a:1,1:1,'-1':1,'01':1});

//# json/parse-order
return Object.keys(JSON.parse('{"z":1,"10":2,"a":3,"2":4}'));

//# json/parse-dup
return JSON.parse('{"a":1,"b":2,"a":3}');

//# json/parse-reviver
return JSON.parse('{"a":1,"b":{"c":2}}',(k,v)=>k==='c'?undefined:typeof v==='number'?v+1:v);

//# json/parse-reviver-order
var ks=[]; JSON.parse('{"a":[1,2],"b":{"c":1}}',function(k,v){ks.push(k);return v}); return ks;

//# json/parse-lone
return JSON.parse('"\\ud800"').charCodeAt(0);

//# json/parse-lone2
return JSON.parse('"\\ud800\\u0041\\udc00"').split('').map(c=>c.charCodeAt(0));

//# json/parse-lone-raw
return JSON.parse('"a\ud800b"').split('').map(c=>c.charCodeAt(0));

//# json/parse-lone-key
return Object.keys(JSON.parse('{"\\ud800":1}'))[0].charCodeAt(0);

//# json/parse-pair
return JSON.parse('"\\ud83d\\ude00"');

//# json/parse-numbers
return JSON.parse('[1e5,-0,0.1,1E-2,123456789012345678901234567890,1e400,-1e-400]');

//# json/parse-minus0
return Object.is(JSON.parse('-0'),-0);

//# json/parse-ws
return JSON.parse(' \t\n\r{ "a" : 1 } ');

//# json/parse-bad-nbsp
return JSON.parse('\u00a01');

//# json/parse-bad-empty
return JSON.parse('');

//# json/parse-bad-undef
return JSON.parse(undefined);

//# json/parse-bad-undef0
return JSON.parse();

//# json/parse-bad-null
return JSON.parse(null);

//# json/parse-bad-obj
return JSON.parse({});

//# json/parse-bad-single
return JSON.parse("{'a':1}");

//# json/parse-bad-trail
return JSON.parse('[1,]');

//# json/parse-bad-trailobj
return JSON.parse('{"a":1,}');

//# json/parse-bad-extra
return JSON.parse('{} x');

//# json/parse-bad-noquote
return JSON.parse('{a:1}');

//# json/parse-bad-word
return JSON.parse('abc');

//# json/parse-bad-tru
return JSON.parse('tru');

//# json/parse-bad-unterminated
return JSON.parse('{"a":1');

//# json/parse-bad-string
return JSON.parse('"abc');

//# json/parse-bad-ctrl
return JSON.parse('"a\nb"');

//# json/parse-bad-escape
return JSON.parse('"\\x41"');

//# json/parse-bad-uni
return JSON.parse('"\\u00g0"');

//# json/parse-bad-num
return JSON.parse('01');

//# json/parse-bad-num2
return JSON.parse('1.');

//# json/parse-bad-num3
return JSON.parse('-');

//# json/parse-bad-num4
return JSON.parse('+1');

//# json/parse-bad-colon
return JSON.parse('{"a" 1}');

//# json/parse-bad-comma
return JSON.parse('[1 2]');

//# json/parse-bad-long
return JSON.parse('{"some":"long text that goes on and on", "then":  bad, "more":"and more text after it to be cut"}');

//# json/parse-bad-nan
return JSON.parse('NaN');

//# json/parse-bad-html
return JSON.parse('<!DOCTYPE html><html><body>Error</body></html>');

//# json/parse-bad-jwt
return JSON.parse('eyJhbGciOi');

//# json/parse-bad-object
return JSON.parse('[object Object]');

//# json/parse-bad-close
return JSON.parse(']');

//# json/parse-bad-bom
return JSON.parse('\ufeff{}');

//# json/parse-bad-emoji
return JSON.parse('{"a": 😀}');

//# json/cyclic
var o={a:1}; o.self=o; return JSON.stringify(o);

//# json/cyclic-deep
var o={a:{b:[]}}; o.a.b.push(o); return JSON.stringify(o);

//# json/cyclic-arr
var a=[]; a[0]=a; return JSON.stringify(a);

//# json/cyclic-class
class Foo { constructor(){ this.bar={up:this} } } return JSON.stringify(new Foo());

//# json/cyclic-long
var o={}; o.a={b:{c:{d:{e:o}}}}; return JSON.stringify(o);

//# json/deep
var s='['.repeat(500)+']'.repeat(500); return JSON.stringify(JSON.parse(s)).length;

//# json/non-enum
return JSON.stringify(Object.defineProperty({b:1},'a',{value:1}));

//# json/inherited
return JSON.stringify(Object.create({x:1},{y:{value:2,enumerable:true}}));

//# json/getter
return JSON.stringify({get a(){return 5}});

//# json/array-props
var a=[1]; a.x=2; return JSON.stringify(a);

//# json/typed
return JSON.stringify({u:new Uint8Array([1,2]),b:new ArrayBuffer(2)});

//# json/symbol-key
return JSON.stringify({[Symbol('a')]:1,b:2});

//# json/date-invalid
return JSON.stringify({d:new Date(NaN)});

//# json/nested-toJSON-null
return JSON.stringify({a:Object.create(null)});

//# json/string-tag
return [JSON[Symbol.toStringTag], String(JSON), typeof JSON.rawJSON, typeof JSON.isRawJSON];

//# json/big
return JSON.parse(JSON.stringify(Array.from({length:1000},(_, i)=>({i,s:'x'+i})))).length;

//# json/proxy
return JSON.stringify(new Proxy({a:1},{}));

//# json/proxy-arr
return JSON.stringify(new Proxy([1,2],{}));

//# json/proto-literal
return JSON.stringify({__proto__:{x:1},y:2});

//# json/proto-computed
return JSON.stringify({['__proto__']:1,y:2});

//# json/parse-proto-nested
var o=JSON.parse('{"a":{"__proto__":null}}'); return [Object.keys(o.a), Object.getPrototypeOf(o.a)===Object.prototype];

//# json/reviver-proto
var o=JSON.parse('{"__proto__":1}',(k,v)=>v); return Object.keys(o);
