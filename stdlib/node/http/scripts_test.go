package http_test

// scripts print the same here and in Node.
var scripts = map[string]string{
	"get":                              `http.get(BASE + '/echo?x=1', res => read(res, t => { show(t); console.log(res.statusCode, res.statusMessage, res.httpVersion, res.complete, res.headers['content-type'], res.headers['content-length']) }))`,
	"get of a URL":                     `http.get(new URL(BASE + '/echo?x=1'), { headers: { 'X-A': 1, cookie: ['a=1', 'b=2'] } }, res => read(res, show))`,
	"options":                          `http.request({ hostname, port, path: '/echo', auth: 'ann:secret', method: 'post', headers: { Accept: '*/*', 'x-list': ['1', '2'], 'user-agent': 'rule/1' } }, res => read(res, show)).end('body')`,
	"write and end":                    `const req = http.request(BASE + '/echo', { method: 'PUT' }, res => read(res, show)); req.write('one'); req.write(Buffer.from('two')); req.end('three')`,
	"written when connected":           `const req = http.request(BASE + '/echo', { method: 'POST' }, res => read(res, show)); req.once('socket', s => { const go = () => { console.log(s.connecting); req.write('late'); req.end() }; s.connecting ? s.once('connect', go) : go() })`,
	"written when connected, nobody":   `const req = http.request({ port: 1, method: 'POST' }); req.once('socket', s => s.once('connect', () => req.end('late'))); req.on('error', e => console.log(e.code))`,
	"write later":                      `const req = http.request(BASE + '/echo', { method: 'POST', headers: { 'Content-Length': 6 } }, res => read(res, show)); req.write('one'); setTimeout(() => req.end('two'), 30)`,
	"chunks":                           `const req = http.request(BASE + '/echo', { method: 'POST' }, res => read(res, show)); let n = 0; const next = () => { if (n++ < 5) { req.write('x'.repeat(10) + n, () => setTimeout(next, 1)); } else req.end() }; next()`,
	"body of DELETE":                   `http.request(BASE + '/echo', { method: 'DELETE', headers: { 'Content-Length': 2 } }, res => read(res, show)).end('{}')`,
	"empty POST":                       `http.request(BASE + '/echo', { method: 'POST' }, res => read(res, show)).end()`,
	"headers":                          `http.get(BASE + '/headers', res => { const { date, ...h } = res.headers; console.log(res.statusCode, res.statusMessage, JSON.stringify(Object.entries(h).sort()), JSON.stringify(res.headersDistinct['x-many'])); res.resume() })`,
	"trailers":                         `http.get(BASE + '/chunks', res => read(res, t => console.log(t, JSON.stringify(res.trailers), JSON.stringify(res.rawTrailers), res.headers['transfer-encoding'])))`,
	"events":                           `const req = http.get(BASE + '/echo'); watch(req, 'req', all); req.on('response', res => { watch(res, 'res', 'end close aborted error'); res.resume(); closed(req, res, () => { say(req.destroyed, req.aborted, res.complete, res.destroyed, res.aborted, req.writableEnded, req.writableFinished); console.log(log.join('\n')) }) })`,
	"events of a lost connection":      `const req = http.get(BASE + '/drop'); watch(req, 'req', all); req.on('close', () => setImmediate(() => console.log(log.join('\n'))))`,
	"short body":                       `const req = http.get(BASE + '/short'); watch(req, 'req', all); req.on('response', res => { watch(res, 'res', 'data end close aborted error'); closed(req, res, () => { say(res.complete, res.aborted, res.destroyed); console.log(log.join('\n')) }) })`,
	"nobody listens":                   `const req = http.get(BASE + '/echo'); req.on('close', () => console.log('closed'))`,
	"timeout":                          `const req = http.get(BASE + '/slow', { timeout: 300 }); watch(req, 'req', all); req.on('timeout', () => req.destroy()); req.on('close', () => console.log(log.join('\n')))`,
	"setTimeout":                       `const req = http.get(BASE + '/slow'); watch(req, 'req', all); req.setTimeout(300, () => { say('callback'); req.abort() }); req.on('close', () => console.log(log.join('\n'), req.aborted))`,
	"timeout of the body":              `const req = http.get(BASE + '/stuck', { timeout: 300 }, res => { watch(res, 'res', 'data end close aborted error'); req.on('timeout', () => req.destroy(new Error('too slow'))); closed(req, res, () => console.log(log.join('\n'))) }); watch(req, 'req', 'timeout error close')`,
	"destroyed at once":                `const req = http.get(BASE + '/echo'); watch(req, 'req', all); req.destroy(); req.on('close', () => console.log(log.join('\n')))`,
	"destroyed with an error":          `const req = http.get(BASE + '/slow'); watch(req, 'req', all); req.on('finish', () => req.destroy(Object.assign(new Error('mine'), { code: 'M' }))); req.on('close', () => console.log(log.join('\n')))`,
	"aborted at once":                  `const req = http.get(BASE + '/echo'); watch(req, 'req', all); req.abort(); req.on('close', () => console.log(log.join('\n'), req.aborted, req.destroyed))`,
	"response destroyed":               `const req = http.get(BASE + '/stuck', res => { watch(res, 'res', 'close aborted error end'); res.once('data', () => res.destroy()); closed(req, res, () => console.log(log.join('\n'))) }); watch(req, 'req', 'error close')`,
	"response destroyed with an error": `const req = http.get(BASE + '/stuck', res => { watch(res, 'res', 'close aborted error end'); res.once('data', () => res.destroy(new Error('mine'))); closed(req, res, () => console.log(log.join('\n'))) }); watch(req, 'req', 'error close')`,
	"HEAD":                             `http.request(BASE + '/echo', { method: 'HEAD' }, res => { watch(res, 'res', 'data end close'); res.resume(); res.on('close', () => console.log(res.statusCode, log.join())) }).end()`,
	"no content":                       `http.get(BASE + '/empty', res => read(res, t => console.log(res.statusCode, res.statusMessage, JSON.stringify(t))))`,
	"large":                            `http.get(BASE + '/large', res => { let n = 0; res.on('data', d => { n += d.length }); res.on('end', () => console.log(n, res.complete)) })`,
	"paused":                           `http.get(BASE + '/large', res => { let n = 0; res.on('data', d => { n += d.length; res.pause(); setImmediate(() => res.resume()) }); res.on('end', () => console.log(n)) })`,
	"iterated":                         `http.get(BASE + '/large', async res => { const it = res[Symbol.asyncIterator](); let n = 0; for (;;) { const { value, done } = await it.next(); if (done) break; n += value.length } console.log(n) })`,
	"piped":                            `const { PassThrough } = require('stream'); const out = http.request(BASE + '/echo', { method: 'POST' }, res => read(res, show)); const p = new PassThrough(); p.pipe(out); p.write('a'); setTimeout(() => p.end('b'), 10)`,
	"piped gzip":                       `http.get(BASE + '/gzip', res => read(res.pipe(require('zlib').createGunzip()), t => console.log(t)))`,
	"redirect":                         `http.get(BASE + '/redirect', res => { console.log(res.statusCode, res.headers.location); res.resume() })`,
	"refused":                          `http.get('http://127.0.0.1:1/').on('error', e => console.log(JSON.stringify(e), e.message, e instanceof Error, e.stack.split('\n')[0]))`,
	"unknown host":                     `http.get('http://nowhere.invalid/').on('error', e => { delete e.errno; console.log(e.syscall, e.hostname, /ENOTFOUND|EAI_AGAIN/.test(e.code), /^getaddrinfo (ENOTFOUND|EAI_AGAIN) nowhere.invalid$/.test(e.message)) })`,
	"wrong arguments": `
for (const f of [
  () => http.get({ protocol: 'https:', host: 'x' }), () => http.get({ path: '/a b' }), () => http.get({ path: '/\u0141' }), () => http.get('nonsense'),
  () => http.request({ method: 'A B' }), () => http.request({ method: 1 }), () => http.get({ headers: { 'a b': 1 } }), () => http.get({ headers: { a: 'x\r\nb: y' } }),
  () => http.get({ headers: { a: undefined } }), () => http.get({ headers: { a: '\u0141' } }), () => http.get({ agent: {} }), () => http.get({ host: 1 }), () => http.get({ timeout: 'x' }), () => http.get({ timeout: -1 }),
]) try { const r = f(); r.on('error', () => {}); r.destroy(); console.log('none') } catch (e) { console.log(e.name, e.code, e.message) }`,
	"headers sent": `
const req = http.request(BASE + '/echo', { method: 'POST' }, res => read(res, show));
req.setHeader('X-One', 'a'); req.setHeader('X-Two', ['b', 'c']); req.removeHeader('x-one'); req.appendHeader('X-Three', '1'); req.appendHeader('x-three', '2');
console.log(req.getHeader('x-TWO'), req.hasHeader('X-One'), req.getHeaderNames().join(), req.getRawHeaderNames().join(), JSON.stringify(req.getHeaders()), req.headersSent, req.method, req.path, req.host, req.protocol);
req.flushHeaders();
console.log(req.headersSent, req._header.replace(/:\d+/g, ''));
for (const f of [() => req.setHeader('a', 'b'), () => req.removeHeader('a'), () => req.appendHeader('a', 'b')]) try { f() } catch (e) { console.log(e.name, e.code, e.message) }
req.end();`,
	"write after end":       `const req = http.request(BASE + '/echo', { method: 'POST' }, res => res.resume()); req.on('error', e => console.log(e.code, e.message)); req.end('x'); console.log(req.write('y', e => console.log('callback', e.code))); req.end('z')`,
	"chunk of a wrong type": `const req = http.request(BASE + '/echo', { method: 'POST' }); req.on('error', () => {}); for (const v of [null, undefined, 1, {}]) try { req.write(v); console.log('none') } catch (e) { console.log(e.name, e.code, e.message) } req.destroy()`,
	"trailers sent":         `const req = http.request(BASE + '/echo', { method: 'POST', headers: { Trailer: 'X-T' } }, res => read(res, show)); req.write('a'); req.addTrailers({ 'X-T': 'v' }); req.end()`,
	"agent": `
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
let n = 0; const order = [];
for (let i = 0; i < 4; i++) http.get(BASE + '/echo?' + i, { agent }, res => { order.push(i); res.resume(); res.on('end', () => { if (++n === 4) console.log(order.join(), agent.keepAlive, agent.maxSockets, agent.protocol, agent.defaultPort, agent.getName({ host: 'h', port: 1, family: 4 })) }) });
console.log(Object.keys(agent.sockets).length, Object.values(agent.requests)[0].length)
setTimeout(() => agent.destroy(), 200)`,
	"without agent": `http.get(BASE + '/echo', { agent: false }, res => read(res, show))`,
	"new agent":     `http.get(BASE + '/echo', { agent: new http.Agent() }, res => read(res, t => { show(t); console.log(http.globalAgent.keepAlive) }))`,
	"socket": `
const req = http.get(BASE + '/echo'); req.on('socket', s => { console.log(s.connecting, s.destroyed, s === req.socket, s === req.connection, typeof s.setKeepAlive, typeof s.setNoDelay);
  s.once('connect', () => console.log('connect', s.connecting, s.remoteAddress, s.remotePort == port, s.remoteFamily)) });
req.setNoDelay(true); req.setSocketKeepAlive(true, 1000);
req.on('response', res => { console.log(res.socket === req.socket, res.req === req, req.res === res, res.client === req.socket); res.resume() })`,
	"signal": `const c = new AbortController(); const req = http.get(BASE + '/slow', { signal: c.signal }); req.on('error', e => console.log(e.name, e.code, e.message)); setTimeout(() => c.abort(), 20)`,
	"spelling": `
const options = { method: 'POST', headers: { 'x-Zed': 1, accept: 'a', 'User-agent': 'u', Cookie: ['a', 'b'], 'X-List': ['1', '2'], 'content-type': 't' } };
const one = f => { const r = http.request(SPELLED + '/p', options, res => { console.log(JSON.stringify(res.rawHeaders), JSON.stringify(res.headers), res.statusMessage); read(res, t => { show(t + '.'); f() }) }); r.on('information', i => console.log(i.statusCode, JSON.stringify(i.headers))); r.end() };
one(() => one(() => {}))`,
	"encoding of the header": `
const bodies = [r => r.end(), r => r.end('a'), r => r.end('a', 'latin1'), r => r.end('a', 'utf8'), r => r.end(Buffer.from('a')), r => { r.write('a'); r.end('b') }, r => { r.write(Buffer.from('a')); r.end('b') }, r => { r.flushHeaders(); r.end('a') }, r => r.end('')];
const next = (i = 0) => { if (i === bodies.length * 2) return; const headers = { 'X-Name': 'Zoë' }; if (i % 2) headers['Content-Length'] = 1;
  const r = http.request(SPELLED + '/zo\u00eb', { method: 'POST', path: '/zo\u00eb', agent: false, headers }, res => { res.setEncoding('latin1'); read(res, t => { console.log(i, t.split('\r\n').slice(0, 2).join('|')); next(i + 1) }) }); bodies[i >> 1](r); };
next()`,
	"spelling of a body": `const r = http.request(SPELLED + '/p', { method: 'GET', headers: { b: '1'.repeat(5000), host: 'H', a: 2 } }, res => read(res, t => console.log(JSON.stringify(t.replace(/1{9,}/, 'ones'))))); r.end()`,
	"own lookup": `const lookup = (h, o, f) => { console.log(h, o.all); setImmediate(f, null, [{ address: hostname, family: 4 }]) };
const r = http.request({ host: 'somewhere.invalid', port, path: '/echo', method: 'POST', lookup }, res => read(res, show)); r.write('a'); setTimeout(() => r.end('b'), 20)`,
	"own lookup failed": `const r = http.get({ host: 'somewhere.invalid', lookup: (h, o, f) => setImmediate(f, Object.assign(new Error('not there'), { code: 'MINE' })) }); watch(r, 'r', 'error close'); r.on('close', () => console.log(log.join('\n')))`,
	"tables":            `console.log(JSON.stringify(http.STATUS_CODES), http.METHODS.join(), http.maxHeaderSize, Object.keys(http).sort().join(), Object.keys(require('https')).sort().join())`,
	"classes":           `const s = require('stream'); const r = http.get(BASE + '/echo', res => { console.log(res instanceof http.IncomingMessage, res instanceof s.Readable, res.constructor.name); res.resume() }); console.log(r instanceof http.ClientRequest, r instanceof http.OutgoingMessage, r instanceof s, r instanceof s.Writable, r.constructor.name, http.ClientRequest.name, http.Agent.name)`,
	"validate":          `for (const f of [() => http.validateHeaderName('a b'), () => http.validateHeaderName('ok'), () => http.validateHeaderValue('x', undefined), () => http.validateHeaderValue('x', 'a\nb')]) try { console.log(f()) } catch (e) { console.log(e.name, e.code, e.message) }`,
	"headers as a list": `http.get(BASE + '/echo', { headers: ['Host', 'me', 'X-A', '1', 'x-a', '2'] }, res => read(res, show))`,
	"continue":          `const req = http.request(BASE + '/echo', { method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 2 } }, res => read(res, show)); req.on('continue', () => { console.log('continue'); req.end('ok') })`,
	"https address":     `try { http.get('https://127.0.0.1/') } catch (e) { console.log(e.code, e.message) }`,
}
