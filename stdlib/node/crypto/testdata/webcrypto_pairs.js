// WebCrypto: pairs of keys, derived keys, wrapped keys.
const { subtle } = crypto.webcrypto, C = crypto;
const I=v=>require('util').inspect(v,{breakLength:Infinity,depth:3}).slice(0,260);const p = async (n,f)=>{try{let v=await f(); print(n, I(v))}catch(e){print(n,'ERR',e.name,'|',e.code,'|',e.message,'|',e.constructor.name)}};
(async()=>{
const b=Buffer.from('abc');
for (const name of ['RSASSA-PKCS1-v1_5','RSA-PSS','RSA-OAEP']) {
 const us=name=='RSA-OAEP'?['encrypt','decrypt']:['sign','verify'];
 const alg={name,modulusLength:1024,publicExponent:new Uint8Array([1,0,1]),hash:'SHA-256'};
 await p(name,()=>subtle.generateKey(alg,true,us));
 await p(name,()=>subtle.generateKey(alg,true,[]));
 await p(name,()=>subtle.generateKey(alg,true,['deriveKey']));
 await p(name,()=>subtle.generateKey(alg,true,[us[0]]));
 await p(name,()=>subtle.generateKey({...alg,hash:'foo'},true,us));
 await p(name,()=>subtle.generateKey({...alg,hash:undefined},true,us));
 await p(name,()=>subtle.generateKey({...alg,modulusLength:undefined},true,us));
 await p(name,()=>subtle.generateKey({...alg,publicExponent:undefined},true,us));
 const k=await subtle.generateKey(alg,true,us);
 await p(name,()=>subtle.exportKey('jwk',k.publicKey).then(j=>({...j,n:'n'})));
 await p(name,()=>subtle.exportKey('jwk',k.privateKey).then(j=>Object.keys(j).join()));
 await p(name,()=>subtle.exportKey('spki',k.publicKey).then(x=>x.byteLength>10));
 await p(name,()=>subtle.exportKey('spki',k.privateKey));
 await p(name,()=>subtle.exportKey('pkcs8',k.publicKey));
 await p(name,()=>subtle.exportKey('raw',k.publicKey));
 const j=await subtle.exportKey('jwk',k.publicKey);
 await p(name,()=>subtle.importKey('jwk',j,{name,hash:'SHA-256'},true,[us[name=='RSA-OAEP'?0:1]]));
 await p(name,()=>subtle.importKey('jwk',j,{name,hash:'SHA-512'},true,[us[name=='RSA-OAEP'?0:1]]));
 await p(name,()=>subtle.importKey('jwk',j,{name,hash:'SHA-256'},true,[us[name=='RSA-OAEP'?1:0]]));
 await p(name,()=>subtle.importKey('jwk',{...j,n:undefined},{name,hash:'SHA-256'},true,[us[name=='RSA-OAEP'?0:1]]));
 await p(name,()=>subtle.importKey('spki',b,{name,hash:'SHA-256'},true,[us[name=='RSA-OAEP'?0:1]]));
 await p(name,()=>subtle.importKey('pkcs8',b,{name,hash:'SHA-256'},true,[us[name=='RSA-OAEP'?1:0]]));
 await p(name,()=>subtle.importKey('pkcs8',b,{name,hash:'SHA-256'},true,[]));
 await p(name,()=>subtle.importKey('raw',b,{name,hash:'SHA-256'},true,[us[1]]));
 await p(name,async()=>subtle.importKey('spki',await subtle.exportKey('spki',k.publicKey),{name,hash:'SHA-1'},false,[]));
 if (name=='RSA-OAEP') { await p(name,async()=>subtle.decrypt({name},k.privateKey,await subtle.encrypt({name},k.publicKey,b))); await p(name,async()=>subtle.decrypt({name,label:b},k.privateKey,await subtle.encrypt({name,label:b},k.publicKey,b))); await p(name,()=>subtle.decrypt({name},k.privateKey,b)); await p(name,()=>subtle.encrypt({name},k.publicKey,Buffer.alloc(100)));await p(name,()=>subtle.encrypt({name},k.privateKey,Buffer.alloc(100))); await p(name,()=>subtle.encrypt({name,label:'x'},k.publicKey,b));}
 else { const o={name,...(name=='RSA-PSS'?{saltLength:32}:{})}; await p(name,async()=>subtle.verify(o,k.publicKey,await subtle.sign(o,k.privateKey,b),b)); await p(name,()=>subtle.sign(o,k.publicKey,b)); await p(name,()=>subtle.verify(o,k.publicKey,b,b)); await p(name,()=>subtle.sign({name},k.privateKey,b).then(()=>1)); await p(name,()=>subtle.sign({name,saltLength:100},k.privateKey,b).then(()=>1)); }
}
for (const [name,curve] of [['ECDSA','P-256'],['ECDSA','P-384'],['ECDSA','P-521'],['ECDH','P-256'],['ECDSA','foo'],['Ed25519'],['X25519'],['ECDH',undefined]]) {
 const us=/ECDH|X2/.test(name)?['deriveKey','deriveBits']:['sign','verify'];
 const alg={name,namedCurve:curve};
 await p(name,()=>subtle.generateKey(alg,true,us));
 await p(name,()=>subtle.generateKey(alg,true,[]).then(()=>1));
 await p(name,()=>subtle.generateKey(alg,true,['encrypt']).then(()=>1));
 if (curve==='foo'||name=='Ed448'||name=='ECDH'&&!curve) continue;
 const k=await subtle.generateKey(alg,true,us);
 for (const f of ['raw','jwk','spki','pkcs8','foo']) for (const s of ['publicKey','privateKey']) await p(name+f+s,()=>subtle.exportKey(f,k[s]).then(v=>f=='jwk'?Object.keys(v).join()+v.crv+v.key_ops+v.ext+v.alg:v.byteLength));
 const j=await subtle.exportKey('jwk',k.publicKey), pj=await subtle.exportKey('jwk',k.privateKey), raw=await subtle.exportKey('raw',k.publicKey), spki=await subtle.exportKey('spki',k.publicKey), pk=await subtle.exportKey('pkcs8',k.privateKey);
 const pu=name[1]=='d'||name=='ECDSA'?['verify']:[], pr=[us[0]];
 await p(name,()=>subtle.importKey('raw',raw,alg,true,pu)); await p(name,()=>subtle.importKey('raw',b,alg,true,pu)); await p(name,()=>subtle.importKey('raw',raw,alg,true,['sign']));
 await p(name,()=>subtle.importKey('jwk',j,alg,true,pu)); await p(name,()=>subtle.importKey('jwk',pj,alg,true,pr)); await p(name,()=>subtle.importKey('jwk',pj,alg,true,[]));await p(name,()=>subtle.importKey('jwk',{...j,crv:'P-999'},alg,true,pu)); await p(name,()=>subtle.importKey('jwk',{...j,kty:'oct'},alg,true,pu)); await p(name,()=>subtle.importKey('jwk',{...j,alg:'foo'},alg,true,pu)); await p(name,()=>subtle.importKey('jwk',{...j,x:'AA'},alg,true,pu));
 await p(name,()=>subtle.importKey('spki',spki,alg,true,pu)); await p(name,()=>subtle.importKey('pkcs8',pk,alg,true,pr)); await p(name,()=>subtle.importKey('pkcs8',spki,alg,true,pr)); await p(name,()=>subtle.importKey('spki',b,alg,true,pu));
 if (curve) await p(name+'other',()=>subtle.importKey('spki',spki,{name,namedCurve:curve=='P-256'?'P-384':'P-256'},true,pu));
 if (us[0]=='sign') { for (const o of [{name,hash:'SHA-256'},{name,hash:'SHA-512'},{name},name]) { await p(name,async()=>subtle.verify(o,k.publicKey,await subtle.sign(o,k.privateKey,b),b)); await p(name,()=>subtle.verify(o,k.publicKey,b,b)); await p(name,()=>subtle.sign(o,k.privateKey,b).then(x=>x.byteLength)); } }
 else { for (const n of [256,undefined,null,128,0,7,521,8,100]) await p(name+n,()=>subtle.deriveBits({name,public:k.publicKey},k.privateKey,n).then(x=>x.byteLength)); await p(name,()=>subtle.deriveBits({name},k.privateKey,8)); await p(name,()=>subtle.deriveBits({name,public:k.privateKey},k.privateKey,8)); await p(name,()=>subtle.deriveBits({name,public:k.publicKey},k.publicKey,8)); await p(name,()=>subtle.deriveKey({name,public:k.publicKey},k.privateKey,{name:'AES-GCM',length:256},true,['encrypt'])); await p(name,()=>subtle.deriveKey({name,public:k.publicKey},k.privateKey,{name:'HMAC',hash:'SHA-256'},true,['sign'])); }
}
for (const name of ['PBKDF2','HKDF']) {
 const k=await subtle.importKey('raw',b,name,false,['deriveBits','deriveKey']); print(I(k));
 await p(name,()=>subtle.importKey('raw',b,name,true,['deriveBits'])); await p(name,()=>subtle.importKey('raw',b,name,false,['sign'])); await p(name,()=>subtle.importKey('jwk',{},name,false,['deriveBits'])); await p(name,()=>subtle.importKey('raw',b,name,false,[])); await p(name,()=>subtle.generateKey(name,false,['deriveBits']));
 const o=name=='HKDF'?{name,hash:'SHA-256',salt:b,info:b}:{name,hash:'SHA-256',salt:b,iterations:10};
 for (const n of [256,8,0,7,null,undefined,1e6]) await p(name+n,()=>subtle.deriveBits(o,k,n).then(x=>Buffer.from(x).toString('hex').slice(0,100)));
 for (const miss of ['hash','salt','info','iterations']) await p(name+miss,()=>subtle.deriveBits({...o,[miss]:undefined},k,256).then(x=>Buffer.from(x).toString('hex').slice(0,100)));
 await p(name+'it0',()=>subtle.deriveBits({...o,iterations:0},k,256).then(x=>Buffer.from(x).toString('hex').slice(0,100)));
 for (const t of [{name:'AES-CBC',length:128},{name:'HMAC',hash:'SHA-512'},{name:'HMAC',hash:'SHA-1',length:40},{name:'AES-GCM'},'HKDF','foo']) await p(name+JSON.stringify(t),()=>subtle.deriveKey(o,k,t,t!=='HKDF',t.name=='HMAC'?['sign']:t=='HKDF'?['deriveBits']:['encrypt']).then(x=>subtle.exportKey('raw',x)).then(x=>Buffer.from(x).toString('hex').slice(0,100)));
}
const kw=await subtle.importKey('raw',Buffer.alloc(16,1),'AES-KW',true,['wrapKey','unwrapKey']), gcm=await subtle.importKey('raw',Buffer.alloc(16,1),'AES-GCM',true,['wrapKey','unwrapKey']);
const hk=await subtle.importKey('raw',Buffer.alloc(32,2),{name:'HMAC',hash:'SHA-256'},true,['sign']);
await p('wrap',()=>subtle.wrapKey('raw',hk,kw,'AES-KW').then(x=>Buffer.from(x).toString('hex')));
await p('wrap',()=>subtle.wrapKey('jwk',hk,kw,'AES-KW').then(x=>Buffer.from(x).toString('hex')));
await p('wrap',()=>subtle.wrapKey('jwk',hk,gcm,{name:'AES-GCM',iv:Buffer.alloc(12)}).then(x=>Buffer.from(x).toString('hex')));
await p('unwrap',async()=>subtle.unwrapKey('raw',await subtle.wrapKey('raw',hk,kw,'AES-KW'),kw,'AES-KW',{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('unwrap',async()=>subtle.unwrapKey('jwk',await subtle.wrapKey('jwk',hk,gcm,{name:'AES-GCM',iv:Buffer.alloc(12)}),gcm,{name:'AES-GCM',iv:Buffer.alloc(12)},{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('unwrap',async()=>subtle.unwrapKey('raw',Buffer.alloc(24),kw,'AES-KW',{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('unwrap',async()=>subtle.unwrapKey('raw',Buffer.alloc(3),kw,'AES-KW',{name:'HMAC',hash:'SHA-256'},true,['sign']));
await p('genhmac',()=>subtle.generateKey({name:'HMAC',hash:'SHA-512'},true,['sign'])); await p('genhmac',()=>subtle.generateKey({name:'HMAC',hash:'SHA-1',length:40},true,['sign'])); await p('genhmac',()=>subtle.generateKey({name:'HMAC',hash:'SHA-1',length:0},true,['sign']));
await p('ctor',()=>new CryptoKey()); await p('ctor',()=>new Crypto()); await p('ctor',()=>new SubtleCrypto());
await p('grv',()=>crypto.webcrypto.getRandomValues(new Uint8Array(3)).length); await p('grv',()=>crypto.webcrypto.getRandomValues(new Float32Array(3)).length); await p('grv',()=>crypto.webcrypto.getRandomValues([])); await p('grv',()=>crypto.webcrypto.getRandomValues(new Uint8Array(65537)));await p('grv',()=>{const {getRandomValues}=crypto.webcrypto; return getRandomValues(new Uint8Array(3)).length}); await p('uuid',()=>{const {randomUUID}=crypto.webcrypto; return randomUUID()});await p('subtle this',()=>{const {digest}=subtle; return digest('SHA-1',b)});
await p('KO',()=>C.KeyObject.from(hk).export().length); await p('KO',async()=>C.createPublicKey((await subtle.generateKey({name:'ECDSA',namedCurve:'P-256'},true,['sign'])).privateKey).type);
print(require('util').types.isCryptoKey(hk), require('util').types.isKeyObject(C.createSecretKey(b)), C.webcrypto===globalThis.crypto, C.subtle===subtle, C.webcrypto.CryptoKey);
await p('hm ck',()=>C.createHmac('sha256',hk).update(b).digest('hex'));
})();
