package peers

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net"
	"net/http"
	"time"
)

// broken are answers that clients have to cope with: connections that end, what is no HTTP, no JSON
// or not in its coding, redirects without end, requests that are too many.
func broken(mux *http.ServeMux) {
	mux.HandleFunc("/bad/reset", func(w http.ResponseWriter, _ *http.Request) { hijacked(w, "", true) })
	mux.HandleFunc("/bad/close", func(w http.ResponseWriter, _ *http.Request) { hijacked(w, "", false) })
	mux.HandleFunc("/bad/garbage", func(w http.ResponseWriter, _ *http.Request) { hijacked(w, "this is not HTTP\r\n\r\n", false) })
	mux.HandleFunc("/bad/status", func(w http.ResponseWriter, _ *http.Request) { hijacked(w, "HTTP/1.1 abc OK\r\n\r\n", false) })
	mux.HandleFunc("/bad/hang", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"a":`)
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(3 * time.Second):
		}
	})
	mux.HandleFunc("/bad/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/bad/loop", http.StatusFound) })
	mux.HandleFunc("/bad/many", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "1")
		w.Header().Set("X-RateLimit-Remaining", "0")
		answer(w, http.StatusTooManyRequests, map[string]any{"message": "Too many requests"})
	})
	texts := map[string]string{
		"json": `{"a": 1,, "b": }`, "mark": "\xef\xbb\xbf{\"mark\":true}", "html": "<html><body>Bad Gateway</body></html>", "nothing": "",
	}
	for name, text := range texts {
		mux.HandleFunc("/bad/"+name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if name == "html" {
				w.Header().Set("Content-Type", "text/html")
				w.WriteHeader(http.StatusBadGateway)
			}
			_, _ = io.WriteString(w, text)
		})
	}
	mux.HandleFunc("/bad/latin", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=iso-8859-1")
		_, _ = w.Write([]byte("Gr\xfc\xdfe"))
	})
	codings := map[string]func(io.Writer) io.WriteCloser{
		"deflate": func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		"raw": func(w io.Writer) io.WriteCloser {
			z, _ := flate.NewWriter(w, flate.DefaultCompression) // the level is a good one
			return z
		},
		"gzip": func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	}
	for name, coded := range codings {
		mux.HandleFunc("/coded/"+name, func(w http.ResponseWriter, r *http.Request) {
			coding := name
			if name == "raw" {
				coding = "deflate"
			}
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", coding)
			if r.URL.RawQuery == "not" {
				_, _ = io.WriteString(w, `{"coded":"not at all"}`)
				return
			}
			z := coded(w)
			_, _ = io.WriteString(z, `{"coded":true}`)
			_ = z.Close()
		})
	}
}

// hijacked writes what a connection says before it ends, by a reset or not.
func hijacked(w http.ResponseWriter, text string, reset bool) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	_, _ = io.WriteString(conn, text)
	if tcp, ok := conn.(*net.TCPConn); ok && reset {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
