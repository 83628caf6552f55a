package fetch_test

import "testing"

// tryAll prints answers and errors, also of promises.
const tryAll = show + `
	const T = async f => { try { console.log(await f()); } catch (e) { console.log(e.name, e.code, e.message, e.cause && e.cause.message); } };`

var classScripts = map[string]string{
	"members": `
		for (const C of [Headers, Request, Response, FormData, Blob, File]) {
			console.log(C.name, C.length, Object.getOwnPropertyNames(C).filter(n => !['arguments', 'caller'].includes(n)).sort().join(), Object.getPrototypeOf(C.prototype) === Object.prototype);
			console.log(Object.getOwnPropertyNames(C.prototype).filter(n => n !== 'attribute').sort().map(n => { const d = Object.getOwnPropertyDescriptor(C.prototype, n); return n + (d.enumerable ? '+' : '-') + (d.get ? 'g' : '') + (d.set ? 's' : ''); }).join(' '));
			console.log(Object.prototype.toString.call(C.prototype));
		}
		console.log(fetch.length, fetch.name);`,
	"shown": `
		const r = new Response('x', { headers: { a: 'b' } }); console.log(r); console.log(new Response(null)); console.log(new Request('http://x/y', { method: 'post', body: 's' }));
		console.log(new Blob(['abc'], { type: 'text/plain' }), new File(['a'], 'n.txt', { lastModified: 5 }));
		const fd = new FormData(); fd.append('a', 'b'); fd.append('a', 'c'); fd.append('f', new File(['z'], 'blob', { lastModified: 1 })); console.log(fd); console.log(new Headers({ B: '1', a: '2' }));`,
	"response": tryAll + `
		for (const init of [{ status: 204 }, { status: 100 }, { status: 600 }, { status: 'x' }, { status: 201.7 }, { statusText: 'é\u0141' }, { statusText: 'a\nb' }, 1, { headers: 1 }, { headers: [['a', 'b']] }, null, undefined]) show(() => { const r = new Response('', init); return [r.status, r.statusText, [...r.headers]].join(); });
		show(() => Response.json({ a: 1 }).headers.get('content-type')); show(() => Response.json()); show(() => Response.json(() => 1)); show(() => Response.json([1], { status: 404, headers: { 'content-type': 'x/y' } }).headers.get('content-type'));
		show(() => Response.redirect('http://x/y', 301).headers.get('location')); show(() => Response.redirect('http://x/y', 200)); show(() => Response.redirect('zz')); show(() => Response.redirect());
		show(() => { const e = Response.error(); return [e.type, e.status, e.ok, e.headers.get('x')].join(); }); show(() => Response.error().headers.set('a', 'b'));
		show(() => Response.prototype.status); show(() => Response.prototype.clone.call({})); show(() => String(new Response()));
		for (const status of [200, 299, 300, 404, 500]) console.log(new Response(null, { status }).ok);`,
	"request": tryAll + `
		show(() => new Request()); show(() => new Request('zz')); show(() => new Request('http://u:p@h/')); show(() => new Request('http://h/', 1)); show(() => Request.prototype.url);
		for (const k of ['mode', 'redirect', 'cache', 'credentials', 'referrerPolicy', 'duplex', 'window', 'signal', 'keepalive', 'integrity', 'referrer', 'method']) for (const v of ['wrong', null, 5]) show(() => String(new Request('http://h/', { [k]: v })[k]));
		for (const init of [{ method: 'a b' }, { method: 'connect' }, { body: 'x' }, { method: 'HEAD', body: 'x' }, { mode: 'navigate' }, { cache: 'only-if-cached' }]) show(() => new Request('http://h/', init).method);
		for (const method of ['patch', 'post', 'Put', 'foo', 'OPTIONS']) show(() => new Request('http://h/', { method }).method);
		show(() => new Request('http://h/', { method: 'POST', body: new ReadableStream() })); show(() => new Request('http://h/a b?c d#e').url); show(() => new Request(new URL('http://h')).url);
		const a = new Request('http://h/', { method: 'POST', body: 'zz', headers: { A: '1' }, redirect: 'manual' }), b = new Request(a, { headers: { b: '2' } });
		console.log(a.bodyUsed, [...b.headers].join(), b.redirect, b.method); show(() => new Request(a)); show(() => a.clone());
		const c = new AbortController(), d = new Request('http://h/', { signal: c.signal }); c.abort('why'); console.log(d.signal === c.signal, d.signal.aborted, d.signal.reason);
		(async () => { await T(() => b.text()); await T(() => b.text()); const e = new Request('http://h/', { method: 'PUT', body: 'q' }), f = e.clone(); await T(() => e.text()); await T(() => f.text()); })();`,
	"bodies": tryAll + `(async () => {
		const q = new Response('abc'); await q.text(); console.log(q.bodyUsed, q.body); await T(() => q.text()); show(() => q.clone()); await T(() => q.json());
		await T(() => new Response('{a').json()); await T(() => new Response('').json()); await T(() => new Response(null).json()); await T(() => new Response(null).text()); await T(() => new Response('{"a":[1]}').json());
		await T(() => new Response('x', { headers: { 'content-type': 'Text/HTML; charset=utf8' } }).blob());
		for (const type of ['a', 'a/b;c', 'a/b; c="d e"; C=f', 'A/B;x=Y;', ' text/plain ']) await T(async () => (await new Response('', { headers: { 'content-type': type } }).blob()).type);
		await T(() => new Response(new Uint8Array([0xef, 0xbb, 0xbf, 65, 255])).text()); await T(() => new Response(new Uint8Array([0xe2, 0x82, 65])).text());
		for (const body of [{}, 5, [1, 2], 'é\ud800', new Uint8Array([1, 2, 3]).subarray(1), new Uint16Array([1]), new ArrayBuffer(2), new URLSearchParams({ a: 'b c' }), new Blob(['a'], { type: 'X/y' }), Buffer.from('hi'), true]) {
			const r = new Response(body); console.log(r.headers.get('content-type')); await T(() => r.bytes());
		}
		await T(() => new Response('é').arrayBuffer()); await T(() => Response.prototype.text.call({}));
		const c = new Response('x'); c.body.getReader(); show(() => c.clone()); await T(() => c.text()); console.log(c.bodyUsed, c.body.locked);
		const d = new Response('twice'), e = d.clone(); await T(() => d.text()); await T(() => e.text());
		const f = new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array([104])); c.enqueue(new Uint8Array([105])); c.close(); } })); const g = f.clone(); await T(() => f.text()); await T(() => g.text());
		await T(() => new Response(new ReadableStream({ start(c) { c.enqueue('s'); c.close(); } })).text());
		await T(() => new Response(new ReadableStream({ start(c) { c.error(new Error('broken')); } })).text());
		const reader = new Response('read').body.getReader(); const one = await reader.read(); console.log(one.done, one.value, (await reader.read()).done); await reader.closed;
		const h = new Response('byob').body.getReader({ mode: 'byob' }); const two = await h.read(new Uint8Array(10)); console.log(two.done, two.value); console.log((await h.read(new Uint8Array(10))).done);
		})()`,
	"blobs": tryAll + `
		for (const args of [['abc'], [5], [null], [['a'], 1], [['a'], { endings: 'x' }]]) show(() => new Blob(...args));
		show(() => new Blob([1, {}, null, 'x']).size); show(() => new Blob(['a\nb\r\nc'], { endings: 'native' }).size); show(() => new Blob([], { type: 'A/B;Ä' }).type); show(() => new Blob(new Set(['a', 'b'])).size); show(() => new Blob());
		show(() => new Blob(['hello']).slice(1, -1, 'q/R')); for (const [a, b] of [[-2], [1], [3, 1], [0, 99], [-99, 2], [undefined, 2]]) show(() => new Blob(['hello']).slice(a, b).size);
		show(() => Blob.prototype.size); show(() => new File()); show(() => new File(['a'])); show(() => new File('a', 'b')); show(() => new File(['a'], 'b', { type: 'X', lastModified: '7' })); show(() => new File([], 'a', { lastModified: NaN }).lastModified); show(() => new File(['a'], 5).name);
		(async () => { const b = new Blob(['añ']); await T(() => b.text()); await T(() => b.arrayBuffer()); await T(() => b.bytes()); await T(() => Blob.prototype.text.call({})); console.log(b.stream());
		await T(() => new Blob([new Blob(['x']), new Uint8Array([1, 2]).buffer, new DataView(new ArrayBuffer(2)), 'y']).arrayBuffer()); })();`,
	"forms": tryAll + `
		show(() => new FormData(1)); show(() => new FormData(null)); show(() => new FormData().append('a')); show(() => new FormData().append('a', 1, 2)); show(() => new FormData().get()); show(() => new FormData().get('x')); show(() => new FormData().getAll('x')); show(() => new FormData().has('x')); show(() => FormData.prototype.get.call({}, 'a')); show(() => new FormData().forEach(1));
		const f = new FormData(); f.set('a', '1'); f.append('b', '2'); f.append('a', '3'); f.set('a', '9'); console.log([...f], [...f.keys()], [...f.values()]); f.forEach((v, k, o) => console.log(v, k, o === f)); f.append('u', '\ud800'); console.log(f.get('u').charCodeAt(0)); f.delete('a'); console.log(f, String(f), f[Symbol.iterator] === f.entries);
		f.append('blob', new Blob(['x'], { type: 'a/b' }), 'n.t'); console.log(f.get('blob').name, f.get('blob').type, f.get('blob').size);
		const g = new FormData(); g.append('q"\r\n', 'a\nb\r\nc\rd'); g.append('f', new File(['z'], 'x"\n.t', { type: 'text/plain' })); g.append('h', new Blob(['é']));
		const multipart = (text, boundary = 'y') => new Response(text, { headers: { 'content-type': 'multipart/form-data; boundary=' + boundary } }).formData();
		(async () => {
			console.log(JSON.stringify((await new Response(g).text()).replace(/undici-\d+/g, 'B')), new Response(g).headers.get('content-type').replace(/\d/g, '0'));
			const back = await new Response(g).formData(); console.log([...back.keys()], back.get('f').name, await back.get('f').text(), back.get('h').type);
			const b = await multipart('--y\r\nContent-Disposition: form-data; name="a%22"\r\n\r\n1\r\n--y\r\ncontent-disposition: form-data; name="f"; filename="n"\r\nContent-Type: t/x\r\n\r\nzz\r\n--y--\r\n'); console.log(b.get('a"'), b.get('f').name, b.get('f').type, b.get('f').size);
			for (const text of ['--y\r\n\r\n1\r\n--y--', '', '--y\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', '--y--']) await T(() => multipart(text, '"y"'));
			await T(() => new Response('x').formData()); await T(() => new Response('a=1&b=2+3', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }).formData()); await T(() => new Response('x', { headers: { 'content-type': 'multipart/form-data' } }).formData());
		})();`,
	"schemes": tryAll + `(async () => {
		for (const url of ['zz', undefined, 'foo://x/', 'file:///etc/passwd', 'http://u:p@h/', 'about:blank', 'http://127.0.0.1:1/', 'http://127.0.0.1:6000/']) await T(() => fetch(url));
		for (const url of ['data:text/plain;charset=utf-8;base64,aGk=', 'data:,a%20b%zz', 'data:;charset=x,y', 'data:text/html,<b>#c', 'data:nocomma', 'data:;base64,!!']) await T(async () => { const r = await fetch(url); return [r.status, r.statusText, r.headers.get('content-type'), r.url, r.type, await r.text()].join('|'); });
		await T(() => fetch('http://h/', { signal: AbortSignal.abort() })); await T(() => fetch('http://h/', { signal: 1 })); try { await fetch('http://h/', { signal: AbortSignal.abort('r') }); } catch (e) { console.log(e); }
		})()`,
}

func TestClasses(t *testing.T) { sameAll(t, classScripts) }
