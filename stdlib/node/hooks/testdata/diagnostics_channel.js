// diagnostics_channel: channels, stores, traces.
const dc=require('diagnostics_channel');
function t(name, f) { try { console.log(name, f()); } catch (e) { console.log(name, e.name,'|',e.code,'|',e.message); } }
console.log(Object.keys(dc), Object.getOwnPropertyNames(dc.Channel.prototype), Object.keys(dc.channel('a')));
t('bad',()=>dc.channel(5)); t('sym',()=>dc.channel(Symbol('x')).name.toString()); t('sub',()=>dc.subscribe('a',5)); t('has',()=>dc.hasSubscribers('zz'));
const f=(m,n)=>console.log('got',m,n); t('s',()=>dc.subscribe('a',f)); t('has',()=>dc.hasSubscribers('a')); t('p',()=>dc.channel('a').publish({x:1})); t('u',()=>dc.unsubscribe('a',f)); t('u',()=>dc.unsubscribe('a',f)); t('same',()=>dc.channel('a')===dc.channel('a'));
console.log(dc.channel('a') instanceof dc.Channel, dc.channel('a'));
t('new',()=>new dc.Channel('x').name);
const {AsyncLocalStorage}=require('async_hooks'); const als=new AsyncLocalStorage(); const c=dc.channel('b');
t('rs none',()=>c.runStores({a:1},function(x){return [this.v,x,als.getStore()]},{v:2},3));
c.bindStore(als); t('rs',()=>c.runStores({a:1},function(x){return [this.v,x,als.getStore()]},{v:2},3)); c.bindStore(als,d=>d.a+1); t('rs',()=>c.runStores({a:1},()=>als.getStore())); t('has',()=>c.hasSubscribers); t('unbind',()=>[c.unbindStore(als),c.unbindStore(als),c.hasSubscribers]);
const tc=dc.tracingChannel('t'); console.log(Object.keys(tc), Object.getOwnPropertyNames(Object.getPrototypeOf(tc)));
const h={}; for (const n of ['start','end','asyncStart','asyncEnd','error']) h[n]=m=>console.log(n,JSON.stringify(m),m.error&&m.error.message);
tc.subscribe(h);
t('ts',()=>tc.traceSync((a,b)=>a+b,{id:1},null,1,2)); t('ts throw',()=>tc.traceSync(()=>{throw new Error('x')},{id:2}));
tc.tracePromise(async x=>x,{id:3},null,5).then(v=>{console.log('v',v); return tc.tracePromise(async()=>{throw new Error('y')},{id:4}).catch(e=>console.log('caught',e.message))}).then(()=>{ tc.traceCallback((a,cb)=>setImmediate(cb,null,a),1,{id:5},null,9,(e,v)=>{console.log('cb',e,v); t('tcb bad',()=>tc.traceCallback(()=>{},-1,{},null,5)); t('un',()=>tc.unsubscribe(h)); t('un',()=>tc.unsubscribe(h)); t('ts',()=>tc.traceSync((a,b)=>a+b,{id:1},null,1,2)); }); });
