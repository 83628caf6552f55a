// WebCrypto: hashes, HMAC and AES.
const { subtle } = crypto.webcrypto;
const I=v=>require('util').inspect(v,{breakLength:Infinity,depth:3}).slice(0,260);const p = async (n,f)=>{try{let v=await f(); print(n, I(v))}catch(e){print(n,'ERR',e.name,'|',e.code,'|',e.message,'|',e.constructor.name)}};
(async()=>{
const b=Buffer.from('abc');
print(I(crypto.webcrypto), I([Crypto, SubtleCrypto, CryptoKey].map(C => Object.getOwnPropertyNames(C.prototype).sort())));
await p('dig',()=>subtle.digest('sha-256',b)); await p('dig',()=>subtle.digest('sha256',b)); await p('dig',()=>subtle.digest({name:'SHA-1'},b)); await p('dig',()=>subtle.digest('SHA-1','abc')); await p('dig',()=>subtle.digest('SHA-1')); await p('dig',()=>subtle.digest(5,b)); await p('dig', ()=>subtle.digest({},b));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,['sign','verify']));
const k=await subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,['sign','verify']);
print(I([k.algorithm, k.usages, k.type, k.extractable, Object.prototype.toString.call(k), JSON.stringify(k), Object.keys(k)]));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC'},true,['sign']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'foo'},true,['sign']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,[]));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,['encrypt']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,['foo']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true,'sign'));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},true));
await p('hm',()=>subtle.importKey('spki',b,{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('foo',b,{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('raw',Buffer.alloc(0),{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('raw','abc',{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256',length:23},true,['sign']));
await p('hm',()=>subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256',length:0},true,['sign']));
await p('hm',()=>subtle.importKey('raw',b,'FOO',true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'oct',k:'YWJj',alg:'HS256'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'oct',k:'YWJj',alg:'HS512'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'oct',k:'YWJj',use:'enc'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'oct',k:'YWJj',key_ops:['verify']},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'oct',k:'YWJj',ext:false},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{kty:'RSA',k:'YWJj'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',{},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('jwk',b,{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('hm',()=>subtle.importKey('raw',{kty:'oct'},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('ex',()=>subtle.exportKey('jwk',k)); await p('ex',()=>subtle.exportKey('raw',k)); await p('ex',()=>subtle.exportKey('spki',k));
await p('ex',()=>subtle.exportKey('foo',k));
await p('ex',async()=>subtle.exportKey('raw',await subtle.importKey('raw',b,{name:'HMAC',hash:'SHA-256'},false,['sign'])));
await p('sg',()=>subtle.sign('HMAC',k,b)); await p('sg',()=>subtle.sign('HMAC',k,'abc')); await p('sg',()=>subtle.sign('RSA-PSS',k,b));
await p('sg',()=>subtle.encrypt({name:'AES-CBC',iv:Buffer.alloc(16)},k,b));
await p('sg',()=>subtle.sign('HMAC',5,b));
await p('sg',()=>subtle.sign('HMAC'));
await p('vf',async()=>subtle.verify('HMAC',k,await subtle.sign('HMAC',k,b),b)); await p('vf',()=>subtle.verify('HMAC',k,b,b));
for (const name of ['AES-CBC','AES-GCM','AES-CTR','AES-KW']) { 
 for (const n of [16,24,32,5]) await p(name+n,()=>subtle.importKey('raw',Buffer.alloc(n),name,true,name=='AES-KW'?['wrapKey']:['encrypt','decrypt']));
 await p(name,()=>subtle.importKey('raw',Buffer.alloc(16),name,true,['sign']));
 await p(name,()=>subtle.generateKey({name,length:128},true,name=='AES-KW'?['wrapKey']:['decrypt','encrypt']));
 await p(name,()=>subtle.generateKey({name,length:100},true,['encrypt']));
 await p(name,()=>subtle.generateKey({name,length:128},true,[]));
 await p(name,()=>subtle.generateKey({name},true,['encrypt']));
 if (name!='AES-KW') { const a=await subtle.importKey('raw',Buffer.alloc(16),name,true,['encrypt','decrypt','wrapKey']);
  await p(name+'jwk',()=>subtle.exportKey('jwk',a));
  for (const o of [{iv:Buffer.alloc(16)},{iv:Buffer.alloc(12)},{},{iv:b,additionalData:b,tagLength:96},{iv:b,tagLength:5},{counter:Buffer.alloc(16),length:64},{counter:Buffer.alloc(16),length:0},{counter:Buffer.alloc(16),length:129},{counter:Buffer.alloc(15),length:64},{counter:Buffer.alloc(16,255),length:8},{counter:Buffer.alloc(16,255),length:1}]) { await p(name+JSON.stringify(o),()=>subtle.encrypt({name,...o},a,Buffer.alloc(40,1)).then(x=>Buffer.from(x).toString('hex')));
   await p(name+JSON.stringify(o),()=>subtle.encrypt({name,...o},a,b).then(x=>subtle.decrypt({name,...o},a,x))); await p(name+JSON.stringify(o),()=>subtle.decrypt({name,...o},a,b)); } }
}
})();
