package fetch_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// serve is the server of these tests: what it is asked for says what it does.
func serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	path := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch path[0] {
	case "redirect": // /redirect/STATUS/PATH
		status, _ := strconv.Atoi(path[1])
		w.Header().Set("Location", "/"+strings.Join(path[2:], "/"))
		w.WriteHeader(status)
		fmt.Fprint(w, "moved")
	case "to": // /to?URL
		w.Header().Set("Location", r.URL.RawQuery)
		w.WriteHeader(302)
	case "status":
		status, _ := strconv.Atoi(path[1])
		w.WriteHeader(status)
	case "gzip", "deflate", "br", "double":
		var coded bytes.Buffer
		var writer io.WriteCloser = gzip.NewWriter(&coded)
		switch path[0] {
		case "deflate":
			writer = zlib.NewWriter(&coded)
		case "br":
			writer = brotli.NewWriter(&coded)
		}
		fmt.Fprint(writer, strings.Repeat("hello ", 1000))
		writer.Close()
		w.Header().Set("Content-Encoding", path[0])
		if path[0] == "double" {
			first := bytes.Clone(coded.Bytes())
			coded.Reset()
			writer = gzip.NewWriter(&coded)
			writer.Write(first)
			writer.Close()
			w.Header().Set("Content-Encoding", "gzip, gzip")
		}
		w.Write(coded.Bytes())
	case "coded": // /coded/TIMES
		times, _ := strconv.Atoi(path[1])
		content := []byte("hello")
		for range times {
			var coded bytes.Buffer
			writer := gzip.NewWriter(&coded)
			writer.Write(content)
			writer.Close()
			content = coded.Bytes()
		}
		w.Header().Set("Content-Encoding", strings.TrimSuffix(strings.Repeat("gzip, ", times), ", "))
		w.Write(content)
	case "broken": // no gzip
		w.Header().Set("Content-Encoding", "gzip")
		fmt.Fprint(w, "plain")
	case "chunks":
		for i := range 3 {
			fmt.Fprintf(w, "chunk %d;", i)
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	case "large":
		w.Write(bytes.Repeat([]byte("0123456789abcdef"), 1<<16))
	case "slow":
		time.Sleep(300 * time.Millisecond)
		fmt.Fprint(w, "slow")
	case "die", "half":
		conn, _, _ := w.(http.Hijacker).Hijack()
		if path[0] == "half" {
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
			time.Sleep(50 * time.Millisecond)
		}
		conn.Close()
	case "garbage":
		conn, _, _ := w.(http.Hijacker).Hijack()
		fmt.Fprint(conn, map[string]string{"": "no HTTP at all\r\n\r\n", "status": "HTTP/1.1 abc OK\r\n\r\n"}[r.URL.RawQuery])
		time.Sleep(50 * time.Millisecond)
		conn.Close()
	case "no-gzip", "cut-gzip": // a body that is not what its header says
		var coded bytes.Buffer
		writer := gzip.NewWriter(&coded)
		fmt.Fprint(writer, strings.Repeat("hello ", 10))
		writer.Close()
		w.Header().Set("Content-Encoding", "gzip")
		if path[0] == "no-gzip" {
			fmt.Fprint(w, "plain text and no gzip")
		} else {
			_, _ = w.Write(coded.Bytes()[:18])
		}
	case "hang": // a body that does not end
		fmt.Fprint(w, "begin")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	case "latin1":
		w.Header().Set("X-Latin", "caf\xe9")
		w.Header().Set("Content-Type", "text/plain")
		w.Write([]byte{'a', 0xff, 0xc3, 0xa9})
	default:
		var header []string
		for name, values := range r.Header {
			header = append(header, strings.ToLower(name)+": "+strings.Join(values, " & "))
		}
		sort.Strings(header)
		w.Header().Add("Set-Cookie", "a=1")
		w.Header().Add("Set-Cookie", "b=2")
		w.Header().Set("Content-Type", "application/json")
		out, _ := json.Marshal([]any{r.Method, r.RequestURI, r.Host, header, r.TransferEncoding, string(body)})
		w.Write(out)
	}
}

// spelled is a server that answers how a request was written, in a header that is written in
// no usual way.
func spelled(t *testing.T) (address string) {
	return peers.Accept(t, func(conn net.Conn) {
		defer conn.Close()
		reader := bufio.NewReader(conn)
		var head strings.Builder
		for {
			line, err := reader.ReadString('\n')
			if err != nil || line == "\r\n" {
				break
			}
			head.WriteString(line)
		}
		fmt.Fprintf(conn, "HTTP/1.1 200 Fine\r\nzeta: 1\r\nX-ODD: a\r\nAlpha:  2\r\nx-odd: b\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s", head.Len(), head.String())
	})
}

// granted is a host whose scripts may reach what allow lists.
func granted(t testing.TB, allow string, limits egress.Limits, observer egress.Observer) *hosttest.Host {
	t.Helper()
	return newHost().Network(t, allow, egress.Policy{Limits: limits}, observer)
}

const network = tryAll + `
	const R = async (path, init) => { const r = await fetch(B + path, init); return [r.status, r.statusText, r.url.replace(B, ''), r.redirected, r.type, await r.text()].join(' '); };
	const C = async f => { try { console.log(await f()); } catch (e) { console.log(e.name, e.code, e.message, '|', e.cause && [e.cause.name, e.cause.code, e.cause.message].join(' / ')); } };`

var networkScripts = map[string]string{
	"requests": `
		await C(() => R('/a?b=c#d')); await C(() => R('/p', { method: 'POST', body: 'hé', headers: { 'X-Y': 'z' } })); await C(() => R('/p', { method: 'POST' })); await C(() => R('/p', { method: 'DELETE' })); await C(() => R('/p', { method: 'PUT', body: '' }));
		await C(() => R('/p', { method: 'PUT', body: JSON.stringify({ a: 1 }), headers: { 'content-type': 'application/json', accept: 'x', 'accept-encoding': 'identity', 'user-agent': 'me', 'accept-language': 'de' } }));
		await C(() => R('/p', { method: 'POST', body: new URLSearchParams({ a: 'b c' }) })); await C(() => R('/p', { headers: { host: 'other' } })); await C(() => R('/p', { headers: { range: 'bytes=0-1' } }));
		for (const cache of ['no-store', 'no-cache', 'reload', 'force-cache']) await C(() => R('/p', { cache }));
		await C(() => R('/p', { headers: { 'if-none-match': 'x' } })); await C(() => R('/p', { referrer: 'http://ref/x' })); await C(() => R('/p', { referrer: B + '/x?y#z' })); await C(() => R('/p', { keepalive: true })); await C(() => R('/p', { mode: 'no-cors' }));
		await C(() => R('/p', { method: 'POST', body: new Blob(['a'], { type: 'x/y' }) })); await C(() => R('/p', { method: 'POST', body: Buffer.from([1, 2]) })); await C(() => R('/p', { headers: [['a', '1'], ['A', '2'], ['cookie', 'x=1'], ['cookie', 'y=2']] }));
		await C(() => R('/p', { headers: { 'x-latin': 'caf\u00e9' } })); await C(() => R('/a|b^c/%zz/{d}?e="f"|g')); await C(() => R('/a//b/../c')); await C(() => R('//double')); await C(() => R('/é?ü')); await C(() => R(''));`,
	"core": `
		for (const [k, v] of [['connection', 'close'], ['connection', 'x'], ['upgrade', 'x'], ['transfer-encoding', 'chunked'], ['keep-alive', '1'], ['expect', '100-continue'], ['content-length', '5'], ['content-length', '2'], ['te', 'x'], ['origin', 'http://o'], ['referer', 'http://r/'], ['sec-fetch-mode', 'none'], ['x', 'a\nb'], ['x\r\n', 'y'], ['a b', 'c']]) await C(() => R('/p', { method: 'POST', body: 'ab', headers: { [k]: v } }));`,
	"redirects": `
		for (const status of [301, 302, 303, 307, 308]) { await C(() => R('/redirect/' + status + '/x', { method: 'POST', body: 'q', headers: { authorization: 'A', cookie: 'c', 'content-language': 'x' } })); await C(() => R('/redirect/' + status + '/x', { method: 'PUT', body: 'q' })); await C(() => R('/redirect/' + status + '/x#f')); }
		await C(() => R('/redirect/302/x', { redirect: 'manual' })); await C(() => R('/redirect/302/x', { redirect: 'error' })); await C(() => R('/redirect/302/redirect/307/redirect/303/x')); await C(() => R('/redirect/302' + '/redirect/302'.repeat(21) + '/x'));
		await C(() => R('/redirect/302' + '/redirect/302'.repeat(19) + '/x')); await C(() => R('/to?http://[/')); await C(() => R('/to?ftp://x/')); await C(() => R('/to?' + B.replace('127.0.0.1', 'localhost') + '/other', { headers: { authorization: 'A', cookie: 'c', x: 'y' } })); await C(() => R('/to?' + B.replace('http://', 'http://u:p@').replace('127.0.0.1', 'localhost') + '/other')); await C(() => R('/status/302'));
		for (const mode of ['same-origin']) await C(() => R('/to?' + B.replace('127.0.0.1', 'localhost') + '/other', { mode }));`,
	"streams": `
		const stream = (...chunks) => new ReadableStream({ start(c) { for (const chunk of chunks) c.enqueue(chunk); c.close(); } });
		await C(() => R('/p', { method: 'POST', duplex: 'half', body: stream(new TextEncoder().encode('str'), new Uint8Array([33])) })); await C(() => R('/redirect/307/x', { method: 'POST', duplex: 'half', body: stream(new Uint8Array([33])) }));
		const r = await fetch(B + '/chunks'); const reader = r.body.getReader(); let text = ''; for (;;) { const { done, value } = await reader.read(); if (done) break; text += Buffer.from(value); } console.log(text, r.bodyUsed);
		const large = await fetch(B + '/large'); let n = 0; const lr = large.body.getReader(); for (let s; !(s = await lr.read()).done;) n += s.value.length; console.log(n);
		console.log((await (await fetch(B + '/large')).text()).length, (await (await fetch(B + '/large')).arrayBuffer()).byteLength, (await (await fetch(B + '/large')).blob()).size);
		const c = await fetch(B + '/a'); const d = c.clone(); console.log(await c.text() === await d.text(), c.url === d.url); const cancelled = await fetch(B + '/hang'); await cancelled.body.cancel(); await C(() => cancelled.text());
		const it = (await fetch(B + '/chunks')).body[Symbol.asyncIterator](); console.log((await it.next()).done); await it.return();
		const piped = (await fetch(B + '/chunks')).body.pipeThrough(new TextDecoderStream()).getReader(); let p = ''; for (let s; !(s = await piped.read()).done;) p += s.value; console.log(p);`,
	"answers": `
		for (const path of ['/status/204', '/status/404', '/status/500', '/status/304', '/latin1', '/gzip', '/deflate', '/br', '/double']) await C(async () => { const r = await fetch(B + path); return [r.status, r.ok, r.statusText, r.body === null, r.headers.get('content-encoding'), r.headers.get('x-latin'), (await r.text()).length].join(' '); });
		for (const n of [5, 6, 500]) await C(async () => { try { return await (await fetch(B + '/coded/' + n)).text(); } catch (e) { return [e.message, e.cause.name, e.cause.message, e.cause.code].join(); } });
		await C(async () => { const r = await fetch(B + '/p', { method: 'HEAD' }); return [r.body, await r.text(), r.bodyUsed].join(); }); await C(async () => { const r = await fetch(B + '/gzip', { method: 'HEAD' }); return [r.headers.get('content-encoding'), await r.text()].join(); });
		await C(async () => { const r = await fetch(B + '/p'); const j = await r.json(); return [j.length, r.headers.getSetCookie().join(), r.bodyUsed, r.headers.get('content-type')].join(' '); }); await C(async () => (await fetch(B + '/p')).headers.set('a', 'b')); await C(async () => (await fetch(B + '/slow')).text());
		await C(async () => { const q = new Request(B + '/q', { method: 'POST', body: 'zz' }); const r = await fetch(q); return [q.bodyUsed, await r.text()].join(' '); }); await C(async () => { const q = new Request(B + '/q', { method: 'POST', body: 'zz' }); await fetch(q); return fetch(q); });
		await C(async () => (await Promise.all(Array.from({ length: 30 }, (_, i) => fetch(B + '/p' + i).then(r => r.json())))).map(j => j[1]).join());`,
	"spelling": `
		const P = async init => { const r = await fetch(P.to, init); console.log(r.headers, (await r.text()).replace(/undici-\d+/g, '')); }; P.to = 'http://' + W + '/p?q';
		await P(); await P({ headers: { 'X-b': '1', 'User-Agent': 'me', A: '2', ACCEPT: 'x', Connection: 'close' } }); await P({ method: 'POST', body: 'x', headers: [['Z', '1'], ['a', '2'], ['z', '3'], ['Content-Length', '1']] });
		await P({ method: 'POST', body: new URLSearchParams('a=b'), cache: 'no-cache', referrer: P.to, headers: { 'sec-fetch-mode': 'x', range: 'bytes=0-' } }); await P({ method: 'PUT' });
		await P({ method: 'POST', duplex: 'half', body: new ReadableStream({ start(c) { c.enqueue(new Uint8Array([33])); c.close(); } }) });`,
	"failures": `
		await C(() => fetch(SECURE)); await C(() => fetch(B.replace('http:', 'https:')).catch(e => e.message)); await C(() => fetch(SECURE.replace('https:', 'http:')).then(r => r.status));
		await C(() => R('/die')); await C(() => R('/half')); await C(() => R('/garbage')); await C(() => R('/garbage?status')); await C(() => R('/no-gzip')); await C(() => R('/cut-gzip')); await C(() => fetch('http://127.0.0.1:59998/')); await C(() => fetch('http://nx.invalid/')); await C(async () => { try { await fetch('http://127.0.0.1:59998/'); } catch (e) { return Object.keys(e.cause).map(k => k + '=' + e.cause[k]).join(); } });
		await C(async () => { try { await fetch('http://nx.invalid/'); } catch (e) { return Object.keys(e.cause).map(k => k + '=' + e.cause[k]).join(); } });`,
	"aborted": `
		class Foreign { aborted = false; list = []; addEventListener(type, f) { this.list.push(f); } removeEventListener(type, f) { this.list = this.list.filter(x => x !== f); } abort(reason) { this.aborted = true; this.reason = reason; for (const f of this.list) f.call(this, { type: 'abort' }); } }
		const S = async f => { try { console.log(await f()); } catch (e) { console.log(String(e)); } };
		for (const reason of [undefined, null, '', new Error('own')]) { const s = new Foreign(); setTimeout(() => s.abort(reason), 20); await S(() => R('/slow', { signal: s })); await S(() => R('/slow', { signal: s })); const c = new AbortController(); setTimeout(() => c.abort(reason), 20); await S(() => R('/slow', { signal: c.signal })); await S(() => R('/slow', { signal: c.signal })); }
		{ const s = new Foreign(), q = new Request(B + '/a', { signal: s }); console.log(q.signal.aborted, q.signal === s); s.abort(); console.log(q.signal.aborted, q.signal.reason && q.signal.reason.name); await C(() => fetch(q)); }
		for (const signal of [{}, { aborted: false }, { aborted: 1, addEventListener() {} }]) await C(() => R('/a', { signal }));
		
		const after = (ms, reason) => { const c = new AbortController(); setTimeout(() => c.abort(reason), ms); return c.signal; };
		await C(() => R('/slow', { signal: after(20) })); await C(() => R('/hang', { signal: after(100) })); await C(() => R('/slow', { signal: AbortSignal.timeout(20) })); try { await R('/slow', { signal: after(20, 'mine') }); } catch (e) { console.log(e); }
		await C(async () => { const c = new AbortController(); const r = await fetch(B + '/hang', { signal: c.signal }); c.abort(new Error('own')); return r.text(); }); await C(async () => { const c = new AbortController(); const r = await fetch(B + '/a', { signal: c.signal }); const t = await r.json(); c.abort(); return [t.length, r.bodyUsed].join(); });
		await C(async () => { const c = new AbortController(); const r = await fetch(B + '/hang', { signal: c.signal }); const reader = r.body.getReader(); await reader.read(); setTimeout(() => c.abort(), 10); return reader.read(); }); await C(() => fetch(new Request(B + '/slow', { signal: after(20) }))); await C(() => fetch(new Request(B + '/slow', { signal: after(20) }), { signal: null }).then(r => r.text()));`,
}

// Scripts that ask one server answer the same as Node's.
func TestNetwork(t *testing.T) {
	for name, script := range networkScripts {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(serve))
			defer server.Close()
			secure := httptest.NewUnstartedServer(http.HandlerFunc(serve))
			secure.Config.ErrorLog = log.New(io.Discard, "", 0)
			secure.StartTLS()
			defer secure.Close()
			granted(t, "127.0.0.1, localhost", egress.Limits{}, egress.Observer{}).Same(t,
				"const B = '"+server.URL+"', SECURE = '"+secure.URL+"', W = '"+spelled(t)+"';"+network+"(async () => {"+script+"\n})()")
		})
	}
}

// run runs a script with fetch, and answers what it printed.
func run(t *testing.T, h *hosttest.Host, base, script string) []string {
	t.Helper()
	return strings.Split(h.Print(t, "const B = '"+base+"';"+network+"(async () => {"+script+"\n})()"), "\n")
}

func TestRefusals(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	var refused []string
	observer := egress.Observer{Refused: func(_ string, e *egress.Refusal) { refused = append(refused, e.Host) }}
	port := server.URL[strings.LastIndex(server.URL, ":")+1:]
	refusal := "TypeError EEGRESS fetch failed | Error / EEGRESS / egress to "
	lines := run(t, granted(t, "", egress.Limits{}, observer), server.URL, `await C(() => fetch(B)); await C(() => fetch('http://localhost:`+port+`/'));`)
	assert.Contains(t, lines[0], refusal+"127.0.0.1:"+port+" is refused: a loopback address")
	assert.Contains(t, lines[1], refusal+"localhost:"+port+" is refused: 127.0.0.1 is a loopback address")
	assert.Equal(t, []string{"127.0.0.1", "localhost"}, refused)

	// A redirect is judged as well.
	lines = run(t, granted(t, "127.0.0.1:"+port, egress.Limits{}, egress.Observer{}), server.URL, `await C(() => R('/to?http://10.0.0.1/')); await C(() => R('/to?http://169.254.169.254/latest'));`)
	assert.Contains(t, lines[0], refusal+"10.0.0.1:80 is refused")
	assert.Contains(t, lines[1], refusal+"169.254.169.254:80 is refused")

	lines = run(t, newHost(), server.URL, `await C(() => fetch(B));`)
	assert.Contains(t, lines[0], refusal+"127.0.0.1 is refused: this pipeline has no network")
}

func TestLimits(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(serve))
	defer server.Close()
	var calls []egress.Call
	done := make(chan struct{}, 10)
	observer := egress.Observer{Called: func(c egress.Call) { calls = append(calls, c); done <- struct{}{} }}
	lines := run(t, granted(t, "127.0.0.1", egress.Limits{ResponseBytes: 100000, RequestTime: 150 * time.Millisecond, Requests: 4}, observer), server.URL, `
		await C(() => R('/large')); await C(() => R('/slow')); await C(() => R('/hang')); await C(async () => (await fetch(B + '/a')).status); await C(() => R('/a'));`)
	assert.Equal(t, []string{
		"TypeError EEGRESSLIMIT terminated | Error / EEGRESSLIMIT / the egress limit ResponseBytes is reached: 100000 bytes",
		"TypeError EEGRESSLIMIT fetch failed | Error / EEGRESSLIMIT / the egress limit RequestTime is reached: 150ms for one request",
		"TypeError EEGRESSLIMIT terminated | Error / EEGRESSLIMIT / the egress limit RequestTime is reached: 150ms for one request",
		"200",
		"TypeError EEGRESSLIMIT fetch failed | Error / EEGRESSLIMIT / the egress limit Requests is reached: 4 requests and sockets of one run",
	}, lines)
	for range 4 {
		<-done
	}
	assert.Empty(t, calls[3].Error, "a body that nobody asked for was read")
	assert.Positive(t, calls[3].ResponseBytes)
}
