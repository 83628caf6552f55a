package http_test

// packageScripts print the same here and in Node.
var packageScripts = map[string]string{
	"request get": `const request = require('request');
request(BASE + '/echo?x=1', (e, res, body) => { console.log(e, res.statusCode, res.headers['content-type']); show(body) });`,
	"request json": `const request = require('request');
request.post({ url: BASE + '/echo', json: true, body: { a: 1 }, headers: { Authorization: 'Bearer x' } }, (e, res, body) => show(String(body)));`,
	"request form": `const request = require('request');
request({ method: 'POST', uri: BASE + '/echo', form: { a: 'b c', d: 'é' }, auth: { user: 'ann', pass: 'x' } }, (e, res, body) => show(body));`,
	"request redirect": `const request = require('request');
request({ url: BASE + '/redirect', followAllRedirects: true }, (e, res, body) => { show(body); console.log(res.request.uri.path) });`,
	"request gzip": `const request = require('request');
request({ url: BASE + '/gzip', gzip: true, json: true }, (e, res, body) => console.log(e, JSON.stringify(body)));`,
	"request timeout": `const request = require('request');
request({ url: BASE + '/slow', timeout: 60 }, (e, res, body) => console.log(e.code, e.connect, e.message));`,
	"request refused": `const request = require('request');
request('http://127.0.0.1:1/', e => console.log(JSON.stringify(e), e.message));`,
	"request lost": `const request = require('request');
request(BASE + '/drop', e => console.log(e.code, e.message));`,
	"request short": `const request = require('request');
request(BASE + '/short', (e, res, body) => console.log(e && e.code, e && e.message, body));`,
	"request qs": `const request = require('request');
request({ url: BASE + '/echo', qs: { a: [1, 2], b: { c: 'd' } }, method: 'DELETE' }, (e, res, body) => show(body));`,
	"request piped": `const request = require('request');
request(BASE + '/chunks').on('response', r => console.log(r.statusCode)).pipe(request.post(BASE + '/echo')).on('response', r => console.log(r.statusCode)).pipe(new (require('stream').PassThrough)()).on('data', d => show(String(d)));`,
	"request time": `const request = require('request');
request({ url: BASE + '/echo', time: true }, (e, res, body) => console.log(e, typeof res.elapsedTime, res.statusCode));`,
	"request multipart": `const request = require('request');
const q = request.post(BASE + '/echo', (e, res, body) => { console.log(e, body.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')) }); const f = q.form(); f.append('a', 'b'); f.append('file', Buffer.from('data'), { filename: 'x.txt', contentType: 'text/plain' });`,
	"request@2.56.0 get": `const request = require('request-2.56.0');
request(BASE + '/echo?x=1', (e, res, body) => { console.log(e, res.statusCode, res.headers['content-type']); show(body) });`,
	"request@2.56.0 json": `const request = require('request-2.56.0');
request.post({ url: BASE + '/echo', json: true, body: { a: 1 }, headers: { Authorization: 'Bearer x' } }, (e, res, body) => show(String(body)));`,
	"request@2.56.0 form": `const request = require('request-2.56.0');
request({ method: 'POST', uri: BASE + '/echo', form: { a: 'b c', d: 'é' }, auth: { user: 'ann', pass: 'x' } }, (e, res, body) => show(body));`,
	"request@2.56.0 redirect": `const request = require('request-2.56.0');
request({ url: BASE + '/redirect', followAllRedirects: true }, (e, res, body) => { show(body); console.log(res.request.uri.path) });`,
	"request@2.56.0 gzip": `const request = require('request-2.56.0');
request({ url: BASE + '/gzip', gzip: true, json: true }, (e, res, body) => console.log(e, JSON.stringify(body)));`,
	"request@2.56.0 refused": `const request = require('request-2.56.0');
request('http://127.0.0.1:1/', e => console.log(JSON.stringify(e), e.message));`,
	"request@2.56.0 lost": `const request = require('request-2.56.0');
request(BASE + '/drop', e => console.log(e.code, e.message));`,
	"request@2.56.0 short": `const request = require('request-2.56.0');
request(BASE + '/short', (e, res, body) => console.log(e && e.code, e && e.message, body));`,
	"request@2.56.0 qs": `const request = require('request-2.56.0');
request({ url: BASE + '/echo', qs: { a: [1, 2], b: { c: 'd' } }, method: 'DELETE' }, (e, res, body) => show(body));`,
	"request@2.56.0 piped": `const request = require('request-2.56.0');
request(BASE + '/chunks').on('response', r => console.log(r.statusCode)).pipe(request.post(BASE + '/echo')).on('response', r => console.log(r.statusCode)).pipe(new (require('stream').PassThrough)()).on('data', d => show(String(d)));`,
	"request@2.56.0 time": `const request = require('request-2.56.0');
request({ url: BASE + '/echo', time: true }, (e, res, body) => console.log(e, typeof res.elapsedTime, res.statusCode));`,
	"request@2.56.0 multipart": `const request = require('request-2.56.0');
const q = request.post(BASE + '/echo', (e, res, body) => { console.log(e, body.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')) }); const f = q.form(); f.append('a', 'b'); f.append('file', Buffer.from('data'), { filename: 'x.txt', contentType: 'text/plain' });`,
	"request@2.81.0 get": `const request = require('request-2.81.0');
request(BASE + '/echo?x=1', (e, res, body) => { console.log(e, res.statusCode, res.headers['content-type']); show(body) });`,
	"request@2.81.0 json": `const request = require('request-2.81.0');
request.post({ url: BASE + '/echo', json: true, body: { a: 1 }, headers: { Authorization: 'Bearer x' } }, (e, res, body) => show(String(body)));`,
	"request@2.81.0 form": `const request = require('request-2.81.0');
request({ method: 'POST', uri: BASE + '/echo', form: { a: 'b c', d: 'é' }, auth: { user: 'ann', pass: 'x' } }, (e, res, body) => show(body));`,
	"request@2.81.0 redirect": `const request = require('request-2.81.0');
request({ url: BASE + '/redirect', followAllRedirects: true }, (e, res, body) => { show(body); console.log(res.request.uri.path) });`,
	"request@2.81.0 gzip": `const request = require('request-2.81.0');
request({ url: BASE + '/gzip', gzip: true, json: true }, (e, res, body) => console.log(e, JSON.stringify(body)));`,
	"request@2.81.0 timeout": `const request = require('request-2.81.0');
request({ url: BASE + '/slow', timeout: 60 }, (e, res, body) => console.log(e.code, e.connect, e.message));`,
	"request@2.81.0 refused": `const request = require('request-2.81.0');
request('http://127.0.0.1:1/', e => console.log(JSON.stringify(e), e.message));`,
	"request@2.81.0 lost": `const request = require('request-2.81.0');
request(BASE + '/drop', e => console.log(e.code, e.message));`,
	"request@2.81.0 short": `const request = require('request-2.81.0');
request(BASE + '/short', (e, res, body) => console.log(e && e.code, e && e.message, body));`,
	"request@2.81.0 qs": `const request = require('request-2.81.0');
request({ url: BASE + '/echo', qs: { a: [1, 2], b: { c: 'd' } }, method: 'DELETE' }, (e, res, body) => show(body));`,
	"request@2.81.0 piped": `const request = require('request-2.81.0');
request(BASE + '/chunks').on('response', r => console.log(r.statusCode)).pipe(request.post(BASE + '/echo')).on('response', r => console.log(r.statusCode)).pipe(new (require('stream').PassThrough)()).on('data', d => show(String(d)));`,
	"request@2.81.0 time": `const request = require('request-2.81.0');
request({ url: BASE + '/echo', time: true }, (e, res, body) => console.log(e, typeof res.elapsedTime, res.statusCode));`,
	"request@2.81.0 multipart": `const request = require('request-2.81.0');
const q = request.post(BASE + '/echo', (e, res, body) => { console.log(e, body.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')) }); const f = q.form(); f.append('a', 'b'); f.append('file', Buffer.from('data'), { filename: 'x.txt', contentType: 'text/plain' });`,
	"request@2.88.0 get": `const request = require('request-2.88.0');
request(BASE + '/echo?x=1', (e, res, body) => { console.log(e, res.statusCode, res.headers['content-type']); show(body) });`,
	"request@2.88.0 json": `const request = require('request-2.88.0');
request.post({ url: BASE + '/echo', json: true, body: { a: 1 }, headers: { Authorization: 'Bearer x' } }, (e, res, body) => show(String(body)));`,
	"request@2.88.0 form": `const request = require('request-2.88.0');
request({ method: 'POST', uri: BASE + '/echo', form: { a: 'b c', d: 'é' }, auth: { user: 'ann', pass: 'x' } }, (e, res, body) => show(body));`,
	"request@2.88.0 redirect": `const request = require('request-2.88.0');
request({ url: BASE + '/redirect', followAllRedirects: true }, (e, res, body) => { show(body); console.log(res.request.uri.path) });`,
	"request@2.88.0 gzip": `const request = require('request-2.88.0');
request({ url: BASE + '/gzip', gzip: true, json: true }, (e, res, body) => console.log(e, JSON.stringify(body)));`,
	"request@2.88.0 timeout": `const request = require('request-2.88.0');
request({ url: BASE + '/slow', timeout: 60 }, (e, res, body) => console.log(e.code, e.connect, e.message));`,
	"request@2.88.0 refused": `const request = require('request-2.88.0');
request('http://127.0.0.1:1/', e => console.log(JSON.stringify(e), e.message));`,
	"request@2.88.0 lost": `const request = require('request-2.88.0');
request(BASE + '/drop', e => console.log(e.code, e.message));`,
	"request@2.88.0 short": `const request = require('request-2.88.0');
request(BASE + '/short', (e, res, body) => console.log(e && e.code, e && e.message, body));`,
	"request@2.88.0 qs": `const request = require('request-2.88.0');
request({ url: BASE + '/echo', qs: { a: [1, 2], b: { c: 'd' } }, method: 'DELETE' }, (e, res, body) => show(body));`,
	"request@2.88.0 piped": `const request = require('request-2.88.0');
request(BASE + '/chunks').on('response', r => console.log(r.statusCode)).pipe(request.post(BASE + '/echo')).on('response', r => console.log(r.statusCode)).pipe(new (require('stream').PassThrough)()).on('data', d => show(String(d)));`,
	"request@2.88.0 time": `const request = require('request-2.88.0');
request({ url: BASE + '/echo', time: true }, (e, res, body) => console.log(e, typeof res.elapsedTime, res.statusCode));`,
	"request@2.88.0 multipart": `const request = require('request-2.88.0');
const q = request.post(BASE + '/echo', (e, res, body) => { console.log(e, body.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')) }); const f = q.form(); f.append('a', 'b'); f.append('file', Buffer.from('data'), { filename: 'x.txt', contentType: 'text/plain' });`,
	"axios get": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { params: { a: 1, b: 'é' } }).then(r => { console.log(r.status, r.statusText, r.headers['content-type']); show(r.data) }, fail);`,
	"axios post": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.post(BASE + '/echo', { a: 1 }, { headers: { 'X-A': 'b' }, timeout: 3000 }).then(r => show(r.data), fail);`,
	"axios status": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios({ url: BASE + '/headers' }).then(r => console.log('none'), fail);`,
	"axios redirect": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect').then(r => { show(r.data); console.log(r.request.path, r.request.res.responseUrl.replace(/:\d{4,5}/, '')) }, fail);`,
	"axios no redirect": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect', { maxRedirects: 0 }).then(r => console.log(r.status), fail);`,
	"axios gzip": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/gzip').then(r => console.log(JSON.stringify(r.data)), fail);`,
	"axios timeout": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/slow', { timeout: 60 }).then(r => console.log(r.status), fail);`,
	"axios refused": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get('http://127.0.0.1:1/').then(r => console.log(r.status), fail);`,
	"axios lost": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/drop').then(r => console.log(r.status), fail);`,
	"axios short": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/short').then(r => console.log(r.status, r.data), fail);`,
	"axios bytes": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { responseType: 'arraybuffer' }).then(r => console.log(r.data.length, Buffer.isBuffer(r.data)), fail);`,
	"axios stream": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/chunks', { responseType: 'stream' }).then(r => read(r.data, t => console.log(t)), fail);`,
	"axios too large": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { maxContentLength: 2000 }).then(r => console.log(r.status), e => console.log(e.message));`,
	"axios cancelled": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
const c = axios.CancelToken.source(); axios.get(BASE + '/slow', { cancelToken: c.token }).catch(e => console.log(axios.isCancel(e), e.message)); setTimeout(() => c.cancel('stop'), 20);`,
	"axios head": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.head(BASE + '/echo').then(r => console.log(r.status, JSON.stringify(r.data)), fail);`,
	"axios agent": `const axios = require('axios');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { httpAgent: new http.Agent({ keepAlive: true }) }).then(r => show(r.data), fail);`,
	"axios@0.19.2 get": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { params: { a: 1, b: 'é' } }).then(r => { console.log(r.status, r.statusText, r.headers['content-type']); show(r.data) }, fail);`,
	"axios@0.19.2 post": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.post(BASE + '/echo', { a: 1 }, { headers: { 'X-A': 'b' }, timeout: 3000 }).then(r => show(r.data), fail);`,
	"axios@0.19.2 status": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios({ url: BASE + '/headers' }).then(r => console.log('none'), fail);`,
	"axios@0.19.2 redirect": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect').then(r => { show(r.data); console.log(r.request.path, r.request.res.responseUrl.replace(/:\d{4,5}/, '')) }, fail);`,
	"axios@0.19.2 no redirect": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect', { maxRedirects: 0 }).then(r => console.log(r.status), fail);`,
	"axios@0.19.2 gzip": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/gzip').then(r => console.log(JSON.stringify(r.data)), fail);`,
	"axios@0.19.2 timeout": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/slow', { timeout: 60 }).then(r => console.log(r.status), fail);`,
	"axios@0.19.2 refused": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get('http://127.0.0.1:1/').then(r => console.log(r.status), fail);`,
	"axios@0.19.2 lost": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/drop').then(r => console.log(r.status), fail);`,
	"axios@0.19.2 short": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/short').then(r => console.log(r.status, r.data), fail);`,
	"axios@0.19.2 bytes": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { responseType: 'arraybuffer' }).then(r => console.log(r.data.length, Buffer.isBuffer(r.data)), fail);`,
	"axios@0.19.2 stream": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/chunks', { responseType: 'stream' }).then(r => read(r.data, t => console.log(t)), fail);`,
	"axios@0.19.2 too large": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { maxContentLength: 2000 }).then(r => console.log(r.status), e => console.log(e.message));`,
	"axios@0.19.2 cancelled": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
const c = axios.CancelToken.source(); axios.get(BASE + '/slow', { cancelToken: c.token }).catch(e => console.log(axios.isCancel(e), e.message)); setTimeout(() => c.cancel('stop'), 20);`,
	"axios@0.19.2 head": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.head(BASE + '/echo').then(r => console.log(r.status, JSON.stringify(r.data)), fail);`,
	"axios@0.19.2 agent": `const axios = require('axios-0.19.2');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { httpAgent: new http.Agent({ keepAlive: true }) }).then(r => show(r.data), fail);`,
	"axios@0.21.1 get": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { params: { a: 1, b: 'é' } }).then(r => { console.log(r.status, r.statusText, r.headers['content-type']); show(r.data) }, fail);`,
	"axios@0.21.1 post": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.post(BASE + '/echo', { a: 1 }, { headers: { 'X-A': 'b' }, timeout: 3000 }).then(r => show(r.data), fail);`,
	"axios@0.21.1 status": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios({ url: BASE + '/headers' }).then(r => console.log('none'), fail);`,
	"axios@0.21.1 redirect": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect').then(r => { show(r.data); console.log(r.request.path, r.request.res.responseUrl.replace(/:\d{4,5}/, '')) }, fail);`,
	"axios@0.21.1 no redirect": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/redirect', { maxRedirects: 0 }).then(r => console.log(r.status), fail);`,
	"axios@0.21.1 gzip": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/gzip').then(r => console.log(JSON.stringify(r.data)), fail);`,
	"axios@0.21.1 timeout": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/slow', { timeout: 60 }).then(r => console.log(r.status), fail);`,
	"axios@0.21.1 refused": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get('http://127.0.0.1:1/').then(r => console.log(r.status), fail);`,
	"axios@0.21.1 lost": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/drop').then(r => console.log(r.status), fail);`,
	"axios@0.21.1 short": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/short').then(r => console.log(r.status, r.data), fail);`,
	"axios@0.21.1 bytes": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { responseType: 'arraybuffer' }).then(r => console.log(r.data.length, Buffer.isBuffer(r.data)), fail);`,
	"axios@0.21.1 stream": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/chunks', { responseType: 'stream' }).then(r => read(r.data, t => console.log(t)), fail);`,
	"axios@0.21.1 too large": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/large', { maxContentLength: 2000 }).then(r => console.log(r.status), e => console.log(e.message));`,
	"axios@0.21.1 cancelled": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
const c = axios.CancelToken.source(); axios.get(BASE + '/slow', { cancelToken: c.token }).catch(e => console.log(axios.isCancel(e), e.message)); setTimeout(() => c.cancel('stop'), 20);`,
	"axios@0.21.1 head": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.head(BASE + '/echo').then(r => console.log(r.status, JSON.stringify(r.data)), fail);`,
	"axios@0.21.1 agent": `const axios = require('axios-0.21.1');
const fail = e => console.log(e.name, e.code, e.message, e.response && e.response.status);
axios.get(BASE + '/echo', { httpAgent: new http.Agent({ keepAlive: true }) }).then(r => show(r.data), fail);`,
	"axios signal": `const axios = require('axios'); const c = new AbortController(); axios.get(BASE + '/slow', { signal: c.signal }).catch(e => console.log(axios.isCancel(e), e.code)); setTimeout(() => c.abort(), 20);`,
	"axios form":   `const axios = require('axios'); axios.post(BASE + '/echo', new URLSearchParams({ a: 'b c' })).then(r => show(r.data)); `,
	"node-fetch get": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/echo').then(r => { console.log(r.status, r.ok, r.headers.get('content-type'), r.url.length > 0); return r.text() }).then(show, fail);`,
	"node-fetch post": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/echo', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } }).then(r => r.text()).then(show, fail);`,
	"node-fetch gzip": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/gzip').then(r => r.json()).then(j => console.log(JSON.stringify(j)), fail);`,
	"node-fetch redirect": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/redirect').then(r => { console.log(r.redirected); return r.text() }).then(show, fail);`,
	"node-fetch manual": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/redirect', { redirect: 'manual' }).then(r => console.log(r.status), fail);`,
	"node-fetch refused": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch('http://127.0.0.1:1/').catch(fail);`,
	"node-fetch short": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/short').then(r => r.text()).then(t => console.log(t), fail);`,
	"node-fetch timeout": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/slow', { timeout: 60 }).catch(fail);`,
	"node-fetch large": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/large').then(r => r.buffer()).then(b => console.log(b.length), fail);`,
	"node-fetch headers": `const fetch = require('node-fetch');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/headers').then(r => console.log(r.status, r.statusText, JSON.stringify(r.headers.raw()['set-cookie']), r.headers.get('x-many')), fail);`,
	"node-fetch@2.6.0 get": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/echo').then(r => { console.log(r.status, r.ok, r.headers.get('content-type'), r.url.length > 0); return r.text() }).then(show, fail);`,
	"node-fetch@2.6.0 post": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/echo', { method: 'POST', body: JSON.stringify({ a: 1 }), headers: { 'Content-Type': 'application/json' } }).then(r => r.text()).then(show, fail);`,
	"node-fetch@2.6.0 gzip": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/gzip').then(r => r.json()).then(j => console.log(JSON.stringify(j)), fail);`,
	"node-fetch@2.6.0 redirect": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/redirect').then(r => { console.log(r.redirected); return r.text() }).then(show, fail);`,
	"node-fetch@2.6.0 manual": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/redirect', { redirect: 'manual' }).then(r => console.log(r.status), fail);`,
	"node-fetch@2.6.0 refused": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch('http://127.0.0.1:1/').catch(fail);`,
	"node-fetch@2.6.0 short": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/short').then(r => r.text()).then(t => console.log(t), fail);`,
	"node-fetch@2.6.0 timeout": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/slow', { timeout: 60 }).catch(fail);`,
	"node-fetch@2.6.0 large": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/large').then(r => r.buffer()).then(b => console.log(b.length), fail);`,
	"node-fetch@2.6.0 headers": `const fetch = require('node-fetch-2.6.0');
const fail = e => console.log(e.name, e.type, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
fetch(BASE + '/headers').then(r => console.log(r.status, r.statusText, JSON.stringify(r.headers.raw()['set-cookie']), r.headers.get('x-many')), fail);`,
	"follow-redirects": `const { http: f } = require('follow-redirects'); f.get(BASE + '/redirect', res => { console.log(res.responseUrl.replace(/:\d{4,5}/, '')); read(res, show) });`,
	"got get": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got(BASE + '/echo').then(r => { console.log(r.statusCode, r.url.length > 0, typeof r.timings.phases.total); show(r.body.replace(/got.*/, 'got')) }, fail);`,
	"got json": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got.post(BASE + '/echo', { json: { a: 1 } }).text().then(show, fail);`,
	"got gzip": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got(BASE + '/gzip').json().then(r => console.log(JSON.stringify(r)), fail);`,
	"got status": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got(BASE + '/headers', { retry: 0 }).catch(fail);`,
	"got timeout": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got(BASE + '/slow', { timeout: 100, retry: 0 }).catch(fail);`,
	"got refused": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got('http://127.0.0.1:1/', { retry: 0 }).catch(fail);`,
	"got redirect": `const got = require('got');
const fail = e => console.log(e.name, e.code, e.message.replace(/:\d{4,5}\b/g, ''));
got(BASE + '/redirect').then(r => console.log(r.statusCode, r.redirectUrls.length), fail);`,
	"superagent get": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/echo').query({ a: 1 }).set('X-A', 'b').then(r => { console.log(r.status, r.type); show(r.text) }, fail);`,
	"superagent post": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.post(BASE + '/echo').send({ a: 1 }).then(r => show(r.text), fail);`,
	"superagent gzip": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/gzip').buffer(true).parse((res, f) => read(res, t => f(null, t))).then(r => console.log(JSON.stringify(r.body)), fail);`,
	"superagent timeout": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/slow').timeout(60).then(r => console.log(r.status), fail);`,
	"superagent redirect": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/redirect').then(r => { console.log(r.redirects.length); show(r.text) }, fail);`,
	"superagent multipart": `const agent = require('superagent');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.post(BASE + '/echo').field('a', 'b').attach('f', Buffer.from('data'), 'f.txt').then(r => console.log(r.text.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')), fail);`,
	"superagent@3.8.3 get": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/echo').query({ a: 1 }).set('X-A', 'b').then(r => { console.log(r.status, r.type); show(r.text) }, fail);`,
	"superagent@3.8.3 post": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.post(BASE + '/echo').send({ a: 1 }).then(r => show(r.text), fail);`,
	"superagent@3.8.3 gzip": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/gzip').buffer(true).parse((res, f) => read(res, t => f(null, t))).then(r => console.log(JSON.stringify(r.body)), fail);`,
	"superagent@3.8.3 timeout": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/slow').timeout(60).then(r => console.log(r.status), fail);`,
	"superagent@3.8.3 redirect": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.get(BASE + '/redirect').then(r => { console.log(r.redirects.length); show(r.text) }, fail);`,
	"superagent@3.8.3 multipart": `const agent = require('superagent-3.8.3');
const fail = e => console.log(e.name, e.code, e.status, e.timeout, e.message);
agent.post(BASE + '/echo').field('a', 'b').attach('f', Buffer.from('data'), 'f.txt').then(r => console.log(r.text.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, '')), fail);`,
	"needle get":     `require('needle').get(BASE + '/echo', (e, r) => { console.log(e, r.statusCode); show(String(r.body).replace(/Needle.*/, '')) });`,
	"needle post":    `require('needle').post(BASE + '/echo', { a: 1 }, { json: true }, (e, r) => show(String(r.body).replace(/Needle.*/, '')));`,
	"phin":           `require('phin')({ url: BASE + '/gzip', parse: 'json', compression: true }).then(r => console.log(r.statusCode, JSON.stringify(r.body)));`,
	"form-data":      `const F = require('form-data'); const f = new F(); f.append('a', 'b'); f.submit(BASE + '/echo', (e, res) => read(res, t => console.log(e, t.replace(/-{10,}\w+/g, 'BOUNDARY').replace(/:\d{4,5}\b/g, ''))));`,
	"agentkeepalive": `const A = require('agentkeepalive'); const agent = new A({ maxSockets: 2 }); let n = 0; for (let i = 0; i < 4; i++) http.get(BASE + '/echo', { agent }, res => read(res, () => { if (++n === 4) { console.log('done'); agent.destroy() } }));`,
}
