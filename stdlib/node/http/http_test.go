package http_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	gonet "net"
	gohttp "net/http"
	"net/http/httptest"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

// newHost is a host that may reach the machine itself.
func newHost(t testing.TB, p egress.Policy) *hosttest.Host {
	t.Helper()
	return hosttest.New(node.Modules(), node.Globals()).Network(t, "127.0.0.1, [::1], localhost", p, egress.Observer{})
}

// spelled answers each request with its header as it came, in a header with lines of its own.
func spelled(t testing.TB) string {
	t.Helper()
	return "http://" + peers.Accept(t, func(conn gonet.Conn) {
		defer func() { _ = conn.Close() }()
		reader := bufio.NewReader(conn)
		for {
			head := ""
			for !strings.HasSuffix(head, "\r\n\r\n") {
				line, err := reader.ReadString('\n')
				if err != nil {
					return
				}
				head += line
			}
			fmt.Fprintf(conn, "HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 Fine\r\nx-zeta: 1\r\nX-ALPHA:  2 \r\nSet-Cookie: a\r\nset-cookie: b\r\nContent-length: %d\r\nkeep-Alive: timeout=5\r\n\r\n%s", len(head), head)
		}
	})
}

// quiet is where servers write of clients that leave.
var quiet = log.New(io.Discard, "", 0)

// serve is what scripts talk to.
func serve(t testing.TB) *httptest.Server {
	t.Helper()
	mux := gohttp.NewServeMux()
	mux.HandleFunc("/echo", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		body, _ := io.ReadAll(r.Body)
		var lines []string
		for name, values := range r.Header {
			lines = append(lines, name+": "+strings.Join(values, "|"))
		}
		sort.Strings(lines)
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintf(w, "%s %s %s\n%s\n%v %d\n%s\n%v", r.Method, r.RequestURI, r.Host, strings.Join(lines, "\n"), r.TransferEncoding, r.ContentLength, body, r.Trailer)
	})
	mux.HandleFunc("/headers", func(w gohttp.ResponseWriter, _ *gohttp.Request) {
		h := w.Header()
		h["Set-Cookie"] = []string{"a=1", "b=2"}
		h["X-Many"] = []string{"1", "2"}
		h["Age"] = []string{"1", "2"}
		h["Latin"] = []string{"caf\xe9"}
		w.WriteHeader(gohttp.StatusTeapot)
	})
	mux.HandleFunc("/redirect", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		gohttp.Redirect(w, r, "/echo?again", gohttp.StatusFound)
	})
	mux.HandleFunc("/chunks", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		w.Header().Set("Trailer", "X-Sum")
		for i := range 5 {
			fmt.Fprintf(w, "piece %d;", i)
			w.(gohttp.Flusher).Flush()
		}
		w.Header().Set("X-Sum", "15")
	})
	mux.HandleFunc("/large", func(w gohttp.ResponseWriter, _ *gohttp.Request) {
		for range 64 {
			_, _ = w.Write(make([]byte, 1<<14))
		}
	})
	mux.HandleFunc("/gzip", func(w gohttp.ResponseWriter, _ *gohttp.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		_, _ = io.WriteString(z, `{"packed":true}`)
		_ = z.Close()
	})
	mux.HandleFunc("/slow", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		select {
		case <-time.After(5 * time.Second):
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("/stuck", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		_, _ = io.WriteString(w, "begun")
		w.(gohttp.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/short", func(w gohttp.ResponseWriter, _ *gohttp.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, "only this")
	})
	mux.HandleFunc("/drop", func(w gohttp.ResponseWriter, _ *gohttp.Request) { panic(gohttp.ErrAbortHandler) })
	mux.HandleFunc("/upgrade", func(w gohttp.ResponseWriter, r *gohttp.Request) {
		conn, buffered, err := gohttp.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "+r.Header.Get("Upgrade")+"\r\n\r\n")
		_, _ = io.Copy(conn, buffered)
	})
	mux.HandleFunc("/empty", func(w gohttp.ResponseWriter, _ *gohttp.Request) { w.WriteHeader(gohttp.StatusNoContent) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// prelude is what the scripts have in common: BASE is the server.
const prelude = `
const http = require('http'), BASE = '%s', SPELLED = '%s', { hostname, port } = new URL(BASE);
const log = [], say = (...a) => log.push(a.join(' '));
const read = (res, f) => { let text = ''; res.setEncoding('utf8'); res.on('data', d => { text += d }); res.on('end', () => f(text)); };
const watch = (e, name, events) => { for (const n of events.split(' ')) e.on(n, (...a) => say(name, n, ...a.map(x => x instanceof Error ? x.code + ' ' + x.message : typeof x === 'object' ? '' : String(x)))); };
const show = (text) => console.log(text.replace(/:\d{4,5}\b/g, ':PORT').replace(/^Date: .*$/m, 'Date'));
const closed = (a, b, f) => { let n = 0; for (const e of [a, b]) e.on('close', () => { if (++n === 2) setImmediate(f) }) };
const all = 'socket response finish timeout abort error close';
`

func TestScripts(t *testing.T) {
	server, raw := serve(t), spelled(t)
	for name, script := range scripts {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			newHost(t, egress.Policy{}).Same(t, fmt.Sprintf(prelude, server.URL, raw)+script)
		})
	}
}
