package ferrule_test

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule"
)

// hostile is a server with a path for each kind of harm.
type hostile struct {
	*httptest.Server
	private *httptest.Server // what no rule may reach
	reached atomic.Int64     // requests to private
	served  atomic.Int64     // requests to the server itself
	stop    chan struct{}

	injected atomic.Int64 // requests with a header that was injected
}

func newHostile(t *testing.T) *hostile {
	bomb() // it takes longer than requests may
	h := &hostile{stop: make(chan struct{})}
	h.private = httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { h.reached.Add(1) }))
	h.Server = httptest.NewUnstartedServer(http.HandlerFunc(h.serve))
	h.Config.ErrorLog = log.New(io.Discard, "", 0)
	h.Start()
	t.Cleanup(func() {
		close(h.stop)
		h.CloseClientConnections()
		h.Close()
		h.private.Close()
	})
	return h
}

// bomb is 256 MiB of zeros in gzip's form: one part of them again and again, because to zip them all
// takes longer than requests may.
var bomb = sync.OnceValue(func() []byte {
	const parts = 1 << 8
	zeros := make([]byte, 1<<20)
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	written := func(end func() error) []byte {
		b.Reset()
		_ = end()
		return bytes.Clone(b.Bytes())
	}
	part := func() error {
		_, _ = w.Write(zeros)
		return w.Flush()
	}
	form := [][]byte{{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, written(part), bytes.Repeat(written(part), parts-1), written(w.Close)}
	sum := uint32(0)
	for range parts {
		sum = crc32.Update(sum, crc32.IEEETable, zeros)
	}
	form = append(form, binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, sum), parts<<20))
	return bytes.Join(form, nil)
})

func (h *hostile) serve(w http.ResponseWriter, r *http.Request) {
	h.served.Add(1)
	if r.Header.Get("X-Injected") != "" {
		h.injected.Add(1)
	}
	raw := func(text string) net.Conn {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return nil
		}
		_, _ = io.WriteString(conn, text)
		return conn
	}
	switch r.URL.Path {
	case "/redirect":
		http.Redirect(w, r, h.private.URL, http.StatusFound)
	case "/loop":
		http.Redirect(w, r, "/loop", http.StatusFound)
	case "/large":
		w.Header().Set("Content-Length", fmt.Sprint(10<<30))
		_, _ = io.Copy(w, io.LimitReader(zeros{}, 10<<30))
	case "/endless":
		_, _ = io.Copy(w, zeros{})
	case "/bomb":
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb())
	case "/silent":
		select {
		case <-h.stop:
		case <-r.Context().Done():
		}
	case "/drip":
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("."))
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	case "/upload":
		_, _ = io.Copy(io.Discard, r.Body)
	case "/header":
		w.Header().Set("X-Large", strings.Repeat("x", 1<<20))
	case "/headers":
		if conn := raw("HTTP/1.1 200 OK\r\n"); conn != nil {
			for i := 0; ; i++ {
				if _, err := fmt.Fprintf(conn, "X-%d: y\r\n", i); err != nil {
					break
				}
			}
			_ = conn.Close()
		}
	case "/continue":
		if conn := raw(""); conn != nil {
			for {
				if _, err := io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
					break
				}
			}
			_ = conn.Close()
		}
	case "/broken":
		if conn := raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"); conn != nil {
			_ = conn.Close()
		}
	case "/two-lengths", "/length-and-chunks", "/spaces", "/folded", "/chunk", "/extension", "/trailers":
		const chunked = "Transfer-Encoding: chunked\r\n\r\n"
		if conn := raw("HTTP/1.1 200 OK\r\n" + map[string]string{
			"/two-lengths": "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "/length-and-chunks": "Content-Length: 5\r\n" + chunked + "0\r\n\r\nhello",
			"/spaces": "Content-Length : 5\r\n\r\nhello", "/folded": "X-A: a\r\n Content-Length: 5\r\nContent-Length: 3\r\n\r\nhello",
			"/chunk": chunked + "fffffffffffffffff\r\nhello", "/extension": chunked + "5;" + strings.Repeat("x", 1<<20) + "\r\nhello\r\n0\r\n\r\n",
			"/trailers": chunked + "0\r\n" + strings.Repeat("x: y\r\n", 1<<16) + "\r\n",
		}[r.URL.Path]); conn != nil {
			_ = conn.Close()
		}
	case "/nonsense":
		if conn := raw("nonsense\r\n\r\n"); conn != nil {
			_ = conn.Close()
		}
	default:
		_, _ = io.WriteString(w, "hello")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// changing resolves names to addresses, one list after the other; the last stays.
type changing struct {
	mu      sync.Mutex
	answers map[string][]string
}

func (n *changing) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	list := n.answers[host]
	if len(list) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	if len(list) > 1 {
		n.answers[host] = list[1:]
	}
	return []netip.Addr{netip.MustParseAddr(list[0])}, nil
}

// attackPrelude begins every rule of TestNetworkAttacks: a login that is none asks for one page. Of
// what an attack comes to, end tells the code or the text.
const attackPrelude = `function rule(user, context, callback) {
  const http = require('http');
  const end = function (e) { context.idToken.got = String(e && (e.code || e.cause && (e.cause.code || e.cause.message) || e.message) || e); callback(null, user, context); };
  const get = function (to, options) {
    http.get(to, options || {}, function (response) {
      let n = 0;
      response.on('data', function (part) { n += part.length; });
      response.on('end', function () { end(response.statusCode + ' ' + n); });
      response.on('error', end);
    }).on('error', end);
  };
  const base = user.base;
  if (user.good) { return get(base + '/good'); }
`

// over makes an agent whose requests go over sockets of its own.
const over = `const own = new http.Agent(); own.createConnection = function (o) { return require('net').connect(o.port, o.host); }; `

// TestNetworkAttacks: each attack ends in a clear error, within the limits, and the next login
// of the pipeline is as if there had been none.
func TestNetworkAttacks(t *testing.T) {
	cases := []struct {
		name, attack string
		want         string
		warning      string // code; "" is none
		served       int64  // requests that the server may see at most; 0 is 1
		long         bool   // it takes its time: once is enough
		slow         bool   // it ends by the time of a request
		orLimit      bool   // a limit of the rule itself may come first
	}{
		{name: "fetch follows to a private address", attack: "fetch(base + '/redirect').then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "http follows to a private address", attack: `http.get(base + '/redirect', function (r) { get(r.headers.location); });`, want: "EEGRESS", warning: "network-refused"},
		{name: "endless redirects", attack: "fetch(base + '/loop').then(end, end);", want: "redirect count exceeded", served: 21},
		{name: "a name of loopback", attack: "get('http://evil.example:' + base.split(':')[2]);", want: "EEGRESS", warning: "network-refused"},
		{name: "a name of loopback, fetch", attack: "fetch('http://evil.example:' + base.split(':')[2]).then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a name that changes", attack: "const to = 'http://rebind.example:' + user.private; http.get(to).on('error', function () { get(to); });", want: "EEGRESS", warning: "network-refused"},
		{name: "localhost", attack: "get('http://localhost:' + user.private);", want: "EEGRESS", warning: "network-refused"},
		{name: "IPv4 in IPv6", attack: "fetch('http://[::ffff:127.0.0.1]:' + user.private).then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a number", attack: "fetch('http://2130706433:' + user.private).then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "octal", attack: "fetch('http://0177.0.0.1:' + user.private).then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "short", attack: "fetch('http://127.1:' + user.private).then(end, end);", want: "EEGRESS", warning: "network-refused"},
		{name: "metadata", attack: "get('http://169.254.169.254/latest/meta-data/');", want: "EEGRESS", warning: "network-refused"},
		{name: "user information", attack: "fetch('http://127.0.0.1@evil.example:' + user.private).then(end, end);", want: "Request cannot be constructed from a URL that includes credentials: http://127.0.0.1@evil.example:PRIVATE"},
		{name: "an own lookup", attack: "get('http://good.example:' + user.private, { lookup: function (h, o, cb) { cb(null, '127.0.0.1', 4); } });", want: "EEGRESS", warning: "network-refused"},
		{name: "a Host header", attack: "get('http://127.0.0.1:' + user.private, { headers: { Host: base.slice(7) } });", want: "EEGRESS", warning: "network-refused"},

		{name: "a socket", attack: "require('net').connect(user.private, '127.0.0.1').on('error', end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a socket by name", attack: "require('net').connect(user.private, 'evil.example').on('error', end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a secure socket", attack: "require('tls').connect(user.private, 'localhost', { rejectUnauthorized: false }).on('error', end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a socket of this host", attack: "try { require('net').connect('/var/run/docker.sock').on('error', end); } catch (e) { end(e); }", want: "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"},
		{name: "HTTP over a socket of this host", attack: "try { http.get({ socketPath: '/var/run/docker.sock', path: '/' }, end).on('error', end); } catch (e) { end(e); }", want: "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"},
		{name: "a server", attack: "try { require('net').createServer().listen(0).on('error', end); } catch (e) { end(e); }", want: "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"},
		{name: "a server of HTTP", attack: "try { http.createServer().listen(0).on('error', end); } catch (e) { end(e); }", want: "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"},
		{name: "a look-up", attack: "require('dns').lookup('evil.example', end);", want: "EEGRESS", warning: "network-refused"},
		{name: "a look-up of records", attack: "require('dns').resolve4('evil.example', end);", want: "EEGRESS", warning: "network-refused"},

		{name: "10 GB", attack: "get(base + '/large');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "10 GB as a text", attack: "fetch(base + '/large').then(function (r) { return r.text(); }).then(end, end);", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "an endless response", attack: "get(base + '/endless');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "10 GB that nobody reads", attack: "http.get(base + '/large', function (r) { end(r.statusCode); });", want: "200"},
		{name: "a bomb", attack: "fetch(base + '/bomb').then(function (r) { return r.arrayBuffer(); }).then(end, end);", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "a bomb that the rule opens", attack: "http.get(base + '/bomb', function (r) { const all = []; r.on('data', function (p) { all.push(p); }); r.on('end', function () { try { require('zlib').gunzipSync(Buffer.concat(all)); end('open'); } catch (e) { end(e); } }); });", want: "ERR_BUFFER_TOO_LARGE"},
		{name: "a bomb in a stream", attack: "http.get(base + '/bomb', function (r) { let n = 0; r.pipe(require('zlib').createGunzip()).on('data', function (p) { n += p.length; }).on('error', end).on('end', function () { end(n); }); });", want: "ERR_BUFFER_TOO_LARGE"},
		{name: "endless bytes of a socket", attack: "const s = require('net').connect(base.split(':')[2], '127.0.0.1', function () { s.write('GET /endless HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'); }); s.on('data', function () {}).on('error', end);", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "a large header", attack: "get(base + '/header');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "endless headers", attack: "get(base + '/headers');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "endless interim answers", attack: "get(base + '/continue');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "endless interim answers over an own socket", attack: over + "get(base + '/continue', { agent: own });", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "endless headers over an own socket", attack: over + "get(base + '/headers', { agent: own });", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "10 GB over an own socket", attack: over + "get(base + '/large', { agent: own });", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "an own socket to a private address", attack: over + "get('http://127.0.0.1:' + user.private, { agent: own });", want: "EEGRESS", warning: "network-refused"},
		{name: "an own socket that leads elsewhere", attack: "get(base, { createConnection: function () { return require('net').connect(user.private, '127.0.0.1'); } });", want: "EEGRESS", warning: "network-refused"},
		{name: "no answer", slow: true, attack: "get(base + '/silent');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "no answer, fetch", slow: true, attack: "fetch(base + '/silent').then(end, end);", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "drops", slow: true, attack: "get(base + '/drip');", want: "EEGRESSLIMIT", warning: "network-limit"},
		{name: "half an answer", attack: "get(base + '/broken');", want: "ECONNRESET"},
		{name: "no HTTP", attack: "get(base + '/nonsense');", want: "HPE_INVALID_CONSTANT"},
		{name: "two lengths", attack: "get(base + '/two-lengths');", want: "HPE_UNEXPECTED_CONTENT_LENGTH"},
		{name: "a length and chunks", attack: "get(base + '/length-and-chunks');", want: "HPE_INVALID_CONTENT_LENGTH"},
		{name: "a length and chunks, fetch", attack: "fetch(base + '/length-and-chunks').then(end, end);", want: "HPE_INVALID_CONTENT_LENGTH"},
		{name: "a space before the colon", attack: "get(base + '/spaces');", want: "HPE_INVALID_HEADER_TOKEN"},
		{name: "a folded header", attack: "get(base + '/folded');", want: "HPE_INVALID_HEADER_TOKEN"},
		{name: "a chunk of all bytes", attack: "get(base + '/chunk');", want: "HPE_INVALID_CHUNK_SIZE"},
		{name: "a long extension of a chunk", attack: "get(base + '/extension');", want: "HPE_CHUNK_EXTENSIONS_OVERFLOW"},
		{name: "many trailers", attack: "get(base + '/trailers');", want: "HPE_HEADER_OVERFLOW"},
		{name: "a large request", attack: "const r = http.request(base + '/upload', { method: 'POST' }, function (res) { end(res.statusCode); }); r.on('error', end); const part = Buffer.alloc(1 << 20); for (let i = 0; i < 20; i++) { r.write(part); } r.end();", want: "EEGRESSLIMIT", warning: "network-limit"},

		{name: "a line break in a header", attack: "try { get(base, { headers: { 'X-A': 'a\\r\\nX-Injected: b' } }); } catch (e) { end(e); }", want: "ERR_INVALID_CHAR"},
		{name: "a line break in a name", attack: "try { get(base, { headers: { 'X-A: a\\r\\nX-Injected': 'b' } }); } catch (e) { end(e); }", want: "ERR_INVALID_HTTP_TOKEN"},
		{name: "a line break in the path", attack: "try { http.get({ host: '127.0.0.1', port: base.split(':')[2], path: '/ HTTP/1.1\\r\\nX-Injected: b' }); } catch (e) { end(e); }", want: "ERR_UNESCAPED_CHARACTERS"},
		{name: "a line break in the method", attack: "try { http.request(base, { method: 'GET / HTTP/1.1\\r\\nX-Injected: b' }); } catch (e) { end(e); }", want: "ERR_INVALID_HTTP_TOKEN"},
		{name: "a line break in Host", attack: "try { get(base, { headers: { Host: 'a\\r\\nX-Injected: b' } }); } catch (e) { end(e); }", want: "ERR_INVALID_CHAR"},
		{name: "a line break in a header, fetch", attack: "fetch(base, { headers: { 'X-A': 'a\\r\\nX-Injected: b' } }).then(end, end);", want: "Headers.append: \"a\r\nX-Injected: b\" is an invalid header value."},

		{name: "10,000 requests", attack: "let left = 10000, last; for (let i = 0; i < 10000; i++) { http.get(base + '/n', function (r) { r.resume(); r.on('end', function () { if (--left === 0) end(last); }); }).on('error', function (e) { last = e; if (--left === 0) end(last); }); }", want: "EEGRESSLIMIT", warning: "network-limit", served: 250, long: true, orLimit: true},
		{name: "10,000 fetches", attack: "let last; const all = []; for (let i = 0; i < 10000; i++) { all.push(fetch(base + '/n').then(function (r) { return r.text(); }, function (e) { last = e; })); } Promise.all(all).then(function () { end(last); }, end);", want: "EEGRESSLIMIT", warning: "network-limit", served: 250, long: true},
		{name: "10,000 requests one by one", attack: "let n = 0; const next = function () { http.get(base + '/n', function (r) { r.resume(); r.on('end', next); }).on('error', function (e) { if (++n === 9000) { return end(e); } next(); }); }; next();", want: "EEGRESSLIMIT", warning: "network-limit", served: 250, long: true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			attack := c.attack
			if testing.Short() {
				attack = strings.NewReplacer("10000", "1000", "9000", "900").Replace(attack)
			}
			h := newHostile(t)
			_, port, _ := net.SplitHostPort(h.private.Listener.Addr().String())
			limits := ferrule.NetworkLimits{RequestTime: time.Minute, ResponseBytes: 4 << 20}
			if c.slow {
				limits.RequestTime = time.Second
			}
			p := network(t, attackPrelude+attack+"\n}", ferrule.NetworkPolicy{
				Allow:    allow(t, h.Listener.Addr().String()+""),
				Limits:   limits,
				Resolver: &changing{answers: map[string][]string{"evil.example": {"127.0.0.2"}, "rebind.example": {"10.0.0.1", "127.0.0.1"}}},
			}, func(o *ferrule.Options) { o.Limits.Timeout = 5 * time.Minute })
			times := 2
			if c.long {
				times = 1
			}
			login := func(user map[string]any) ferrule.Outcome {
				user["base"], user["private"] = h.URL, port
				out, err := p.Run(t.Context(), ferrule.Input{User: user, Context: map[string]any{"idToken": map[string]any{}}})
				require.NoError(t, err)
				return out
			}
			for range times {
				h.served.Store(0)
				out := login(map[string]any{})
				if c.orLimit && out.Decision == ferrule.Failed {
					assert.Equal(t, ferrule.KindLimit, out.Err.Kind)
				} else {
					require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
				}
				if out.Decision == ferrule.Allowed {
					assert.Equal(t, map[string]any{"got": strings.ReplaceAll(c.want, "PRIVATE", port)}, out.Context["idToken"])
				}
				var codes []string
				for _, w := range out.Warnings {
					codes = append(codes, string(w.Code))
				}
				if c.warning == "" {
					assert.Empty(t, codes)
				} else if assert.NotEmpty(t, codes) {
					assert.Equal(t, c.warning, codes[0])
					assert.LessOrEqual(t, len(codes), 2)
				}
				assert.Zero(t, h.reached.Load(), "the private server was reached")
				assert.LessOrEqual(t, h.served.Load(), max(c.served, 1))
				assert.Zero(t, h.injected.Load(), "a header was injected")

				out = login(map[string]any{"good": true})
				require.Equal(t, ferrule.Allowed, out.Decision, "%v", out.Err)
				assert.Equal(t, map[string]any{"got": "200 5"}, out.Context["idToken"])
				assert.Empty(t, out.Warnings)
				require.Len(t, out.Calls, 1)
				assert.Equal(t, 200, out.Calls[0].Status)
			}
		})
	}
}

// Logins that wait for a server that never answers do not hold up others.
func TestOthersWhileAServerIsSilent(t *testing.T) {
	h := newHostile(t)
	p := network(t, attackPrelude+"get(base + '/silent');\n}", ferrule.NetworkPolicy{
		Allow: allow(t, h.Listener.Addr().String()), Limits: ferrule.NetworkLimits{RequestTime: 5 * time.Minute},
	}, func(o *ferrule.Options) { o.Limits.Timeout = 5 * time.Minute })
	ctx, cancel := context.WithCancel(t.Context())
	const waiting = 32
	ended := make(chan error, waiting)
	login := func(ctx context.Context, good bool) (ferrule.Outcome, error) {
		return p.Run(ctx, ferrule.Input{User: map[string]any{"base": h.URL, "good": good}, Context: map[string]any{"idToken": map[string]any{}}})
	}
	for range waiting {
		go func() {
			_, err := login(ctx, false)
			ended <- err
		}()
	}
	require.Eventually(t, func() bool { return h.served.Load() == waiting }, time.Minute, time.Millisecond)
	for range 10 {
		out, err := login(t.Context(), true)
		require.NoError(t, err)
		assert.Equal(t, map[string]any{"got": "200 5"}, out.Context["idToken"])
	}
	assert.Empty(t, ended)
	cancel() // their callers go: the runs end at once
	for range waiting {
		assert.ErrorIs(t, <-ended, context.Canceled)
	}
}
