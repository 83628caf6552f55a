//# url/parts
var u=new URL('https://us:pa%20ss@Example.COM:8080/a/../b%20c/./d?x=1&y=2#frag'); return [u.href,u.origin,u.protocol,u.username,u.password,u.host,u.hostname,u.port,u.pathname,u.search,u.hash,String(u),JSON.stringify(u)];

//# url/base
return [new URL('../b?x=1','https://example.com/a/c/d').href, new URL('//foo/bar','https://e.com').href, new URL('?q','http://e.com/a?b').href, new URL('#h','http://e.com/a?b').href, new URL('', 'http://e.com/a?b#c').href, new URL('/x', new URL('http://e.com/a')).href];

//# url/various
return ['http://EXAMPLE.com:80','https://e.com:443/','http://1.2.3','http://0x7f.1/','http://[::1]:3000/x','http://[2001:db8::0:1]/','file:///C:/a/../b','mailto:a@b.c','javascript:alert(1)','data:text/plain,hi there','http://e.com/ü?ü#ü','http://münchen.de/','http://xn--mnchen-3ya.de','http://e.com/%7Efoo/%zz','http://e.com\\a\\b','  http://e.com/a b  ','http://e.com/a\tb\nc','ftp://f.com:21/x','http://user@/x'.replace('/x','e.com/x'),'ws://a.b:80/','blob:https://e.com/uuid','urn:isbn:123','http://e.com?x#y','http://e.com/?a=b&c=d e','http://e.com/a;b=c,d','http://a.b/c?d=\'"<>`{}|','http://日本.jp/','http://e.com:0/','http://%65.com/','http://ex%41mple.com','http://e.com./','http://e.com/.../..','http:e.com','http:/e.com','https:///e.com//a'].map(u=>{ try { var x=new URL(u); return [x.href,x.origin,x.host,x.pathname,x.search,x.hash] } catch(e) { return [e.name,e.code,e.message] } });

//# url/invalid
return ['foo','','http://','http://a b/','http://e.com:99999','http://e.com:ab','//x','http://[::1','http://1.2.3.4.5','http://a<b','https://exa%23mple.org','http://256.256.256.256','/a/b','http://xn--','example.com','http:///','http://@/'].map(u=>{ try { return new URL(u).href } catch(e) { return [e.name,e.code,e.message,e.input,Object.keys(e)] } });

//# url/invalid-base
try { new URL('a','b') } catch(e) { return [e.message,e.code,e.input,e.base,Object.keys(e)] }

//# url/empty-base
try { return new URL('https://e.com/', '').href } catch(e) { return [e.message,e.code,e.input,e.base,Object.keys(e)] }

//# url/noargs
return new URL();

//# url/nonew
return URL('http://a');

//# url/canParse
return [URL.canParse('http://a'), URL.canParse('a'), URL.canParse('a','http://b'), URL.canParse('a','b')];

//# url/parse
return [URL.parse('http://a/?b#c').href, URL.parse('a'), URL.parse('a', 'http://b').href, URL.parse('a', 'b'), URL.parse('http://x') instanceof URL, URL.parse.length];

//# url/parse-noargs
return URL.parse();

//# url/canParse-noargs
return URL.canParse();

//# url/set-all
var u=new URL('http://e.com/a?b#c'); u.protocol='https'; u.username='me@'; u.password='p:w'; u.host='x.org:81'; u.pathname='new path'; u.search='q=ä b'; u.hash='h h'; return [u.href,u.port,u.host];

//# url/set-empty
var u=new URL('http://u:p@e.com:81/a?b#c'); u.search=''; u.hash=''; u.port=''; u.username=''; u.password=''; u.pathname=''; return u.href;

//# url/set-bad
var u=new URL('http://e.com:81/a'); u.protocol='foo'; u.host='a b'; u.port='99999'; u.hostname='x:1'; u.port='8x'; u.pathname='?#'; return u.href;

//# url/set-port
var u=new URL('http://e.com'); u.port=8080; var r=[u.host]; u.port='80'; r.push(u.host,u.port); u.port='9'; u.protocol='https:'; r.push(u.href); u.port='443'; r.push(u.href); return r;

//# url/set-href
var u=new URL('http://e.com/?a=1'); var p=u.searchParams; u.href='https://f.org/?b=2'; return [u.href,String(p),p===u.searchParams];

//# url/set-href-bad
var u=new URL('http://e.com'); u.href='nope';return 1;

//# url/set-origin
var u=new URL('http://e.com'); u.origin='http://x.y'; return u.origin;

//# url/set-origin-strict
'use strict'; var u=new URL('http://e.com'); u.origin='http://x.y'; return u.origin;

//# url/set-hostname
var u=new URL('https://a.b:1/x'); u.hostname='c.d'; var r=u.href; u.host='e.f'; return [r,u.href];

//# url/set-file
var u=new URL('file:///a/b'); u.host='x'; u.port='1'; u.username='u'; return u.href;

//# url/set-opaque
var u=new URL('mailto:a@b'); u.pathname='x'; u.host='h'; u.search='s=1'; return u.href;

//# url/live
var u=new URL('http://e.com/?a=1'); u.searchParams.append('b','x y'); u.searchParams.set('a','2'); var r=[u.href,u.search]; u.search='?c=3'; r.push(u.searchParams.get('c'),u.searchParams.has('a')); u.searchParams.delete('c'); r.push(u.href); return r;

//# url/live-sort
var u=new URL('http://e.com/?b=1&a=2&b=0'); u.searchParams.sort(); return u.href;

//# url/live-encode
var u=new URL("http://e.com/?a='x'"); var b=u.search; u.searchParams.append('k','~!*()'); return [b,u.search];

//# url/state
var u=new URL('https://app.example.com/continue'); u.searchParams.append('state','a+b/c=='); u.searchParams.append('token','x.y-z_'); return u.toString();

//# url/proto
return [Object.keys(new URL('http://a')), Object.prototype.toString.call(new URL('http://a')), Object.keys(URL.prototype), typeof URL.prototype.toJSON, URL.name, URL.length, Object.keys(URLSearchParams.prototype), URLSearchParams.length];

//# url/bad-this
return URL.prototype.toString.call({});

//# url/bad-this2
return Object.getOwnPropertyDescriptor(URL.prototype,'href').get.call({});

//# url/coerce
return [new URL({toString(){return 'http://x/'}}).href, new URL('a', {toString(){return 'http://x/'}}).href];

//# url/symbol
return new URL(Symbol('x'));

//# url/surrogate
return new URL('http://e.com/\ud800?\udc00').href;

//# url/params-string
var p=new URLSearchParams('?a=1&b=2&a=3&c&=d&e=f=g&%20x=+y'); return [[...p],p.get('a'),p.getAll('a'),p.get('zz'),p.has('c'),p.size,String(p)];

//# url/params-object
return String(new URLSearchParams({a:1,b:'x y',c:null,d:undefined,e:[1,2],'ä':'€&='}));

//# url/params-array
return String(new URLSearchParams([['a','1'],['b','2'],['a','3']]));

//# url/params-map
return String(new URLSearchParams(new Map([['a',1],['b',2]])));

//# url/params-copy
var a=new URLSearchParams('x=1'); var b=new URLSearchParams(a); b.append('y','2'); return [String(a),String(b)];

//# url/params-encode
return String(new URLSearchParams({q:"a-b_c.d*e~f!g'h(i)j k+l%m/n?o:p@q😀"}));

//# url/params-decode
return [...new URLSearchParams('a=%E4%zz&b=%2B+%20&c=%F0%9F%98%80&d=%ff%fe')];

//# url/params-bad-tuple
return new URLSearchParams([['a']]);

//# url/params-bad-tuple2
return new URLSearchParams(['ab','c']);

//# url/params-bad-tuple3
return new URLSearchParams([1]);

//# url/params-bad-iter
return new URLSearchParams({[Symbol.iterator]:5});

//# url/params-number
return String(new URLSearchParams(5));

//# url/params-null
return [String(new URLSearchParams(null)), String(new URLSearchParams(undefined)), String(new URLSearchParams())];

//# url/params-has-value
var p=new URLSearchParams('a=1&a=2'); return [p.has('a','2'),p.has('a','3'),p.has('a',undefined),(p.delete('a','1'),String(p))];

//# url/params-set
var p=new URLSearchParams('a=1&b=2&a=3'); p.set('a','x'); p.set('n','y'); return String(p);

//# url/params-sort
var p=new URLSearchParams('z=1&a=2&\uff5e=3&\ud83d\ude00=4&a=1'); p.sort(); return [...p.keys()];

//# url/params-iter
var p=new URLSearchParams('a=1&b=2'); var it=p[Symbol.iterator](); return [it.next(),String(it),[...p.keys()],[...p.values()],[...p.entries()],it[Symbol.iterator]()===it,p.entries===p[Symbol.iterator]];

//# url/params-iter-live
var p=new URLSearchParams('a=1&b=2&c=3'); var r=[]; for (const [k] of p) { r.push(k); p.delete(k) } return r;

//# url/params-forEach
var r=[]; new URLSearchParams('a=1&b=2').forEach(function(v,k,p){ r.push(k,v,p.size,this.t) },{t:1}); return r;

//# url/params-forEach-bad
return new URLSearchParams('a').forEach(1);

//# url/params-missing
return ['append','delete','get','getAll','has','set'].map(m=>{ try { new URLSearchParams()[m]() } catch(e) { return [e.message,e.code,e.name] } });

//# url/params-missing1
return new URLSearchParams().append('a');

//# url/params-nonew
return URLSearchParams('a');

//# url/params-this
return URLSearchParams.prototype.get.call({}, 'a');

//# url/params-fromEntries
return Object.fromEntries(new URL('http://x/?a=1&b=2').searchParams);

//# url/params-json
return [JSON.stringify(new URLSearchParams('a=1')), Object.keys(new URLSearchParams('a=1')), Object.prototype.toString.call(new URLSearchParams())];

//# url/params-entries-arr
return [...new URLSearchParams('a=1')].length;

//# url/params-fn
return String(new URLSearchParams(function(){}));

//# url/params-gen
return String(new URLSearchParams(function*(){ yield ['a','b'] }()));

//# url/params-dup-obj
return String(new URLSearchParams({'\ud800':1,'\ufffd':2}));

//# url/ipv4-signs
return ['http://1.+2.3.4/','http://+1/','http://-1/','http://1.2.3.-4','http://0x-1/','http://0x+1','http://1.2.3.08','http://1.2.3.4.','http://1.2.3','http://256.1.1.1','http://0x/','http://1.2.3.0x','http://1_0.1.1.1','http://0b1/','http://0o7/','http://1.2.3.4.5','http://a.1','http://a.+1','http://1e3/', 'http://0x1_0/', 'http://0_7/', 'http://09/', 'http://4294967295', 'http://4294967296', 'http://00000000000000000000000001/', 'http://0xffffffffffffffffff/', 'http://1..2', 'http://.1', 'http://a.0x1', 'http://a.0xg', 'http://a.0x', 'http://a.-1', 'http://1.-0'].map(u=>{try{return new URL(u).href}catch(e){return e.code}});

//# url/ipv6-brackets
return ['http://[::1]','http://[::1','http://::1]','http://[::1]]','http://[[::1]]','http://a[b/','http://a]b/','http://[::1]x/','http://x[::1]/','http://[::1]:80x','http://[1:2:3:4:5:6:7:8:9]','http://[1::2::3]','http://[::1.2.3.4]','http://[::1.2.3]','http://[::+1]','http://[::-1]','http://[::12345]','http://[::1.2.3.04]','http://[::ffff:1.2.3.256]','http://[]','http://[:]','http://[1:]','http://[:1]','http://[::1%25eth0]','http://[::1%eth0]','http://[v1.a]','foo://[::1','foo://a[b','foo://[::1]','http://[::1]:8080/','http://[::0x1]','http://[::1.2.3.+4]','http://[1:2:3:4:5:6:1.2.3.4]','http://[::g]', 'http://a@[::1]/', 'http://[a@::1]/', 'http://[::1]@b/', 'foo://x]', 'foo://[::1]x', 'http://[::01.2.3.4]','http://[0:0:0:0:0:0:0:0:]', 'http://[::1:]', 'http://[1:2:3:4:5:6:7::]','http://[1:2:3:4::5:6:7:8]','http://[::00001]'].map(u=>{try{return new URL(u).href}catch(e){return e.code}});

//# url/ipv4-signs-set
var u=new URL('http://a/'); return ['[::1','::1]','[::1]x','+1','1.+2','-1','[::+1]','1.2.3.+4', 'a:+8', 'b:-8', '[::1]:+80', '0x+5','[::2]'].map(h=>{u.host=h; var a=u.href; u.hostname=h; return a+' '+u.href});

//# url/ipv4-signs-encoded
return ['http://1.+2./','http://%2B1/','http://1.%2D2/','http://0-1/','http://0+7./','http://a.0x+f','http://1.2.+3.4.','http://-0xg','http://--1','http://+1:80/','http://+','http://-','http://1+','http://+1.name/','file://+1/','foo://+1/','foo://[::1]]', 'http://%5B::1%5D/','http://+1.2/x','https://u:p@+1:8443/?q', '//+2/x'].map(u=>{try{var x=new URL(u, 'http://q/'); return [x.href,x.host,x.hostname,x.origin]}catch(e){return e.code}});
