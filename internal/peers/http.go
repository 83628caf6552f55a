package peers

import (
	"compress/gzip"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// HTTP is the server that rules call. It keeps nothing between requests, so the order in which
// engines run does not matter.
type HTTP struct {
	URL        string // of the plain server
	Secure     string // host:port of the same by TLS
	CertFile   string // PEM of who vouches for that
	PrivateKey string // PEM, PKCS #1; the public half is in /.well-known/jwks.json
	PublicKey  string // PEM, SPKI
	key        *rsa.PrivateKey
}

// StartHTTP starts the server; it ends with the test.
func StartHTTP(t testing.TB) *HTTP {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	h := &HTTP{
		key:        key,
		PrivateKey: string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})),
		PublicKey:  string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})),
	}
	server := httptest.NewServer(h.routes())
	t.Cleanup(server.Close)
	h.URL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	secure := httptest.NewTLSServer(h.routes())
	t.Cleanup(secure.Close)
	h.Secure = strings.TrimPrefix(secure.URL, "https://")
	h.CertFile = filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw})
	if err := os.WriteFile(h.CertFile, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *HTTP) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", echo)
	mux.HandleFunc("/echo/{rest...}", echo)
	mux.HandleFunc("GET /json", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]any{"ok": true, "list": []any{1, "zwei", nil}, "text": "Grüße ☃ 𝄞"})
	})
	mux.HandleFunc("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		var code int
		if _, err := fmt.Sscan(r.PathValue("code"), &code); err != nil || code < 200 || code > 599 {
			code = http.StatusBadRequest
		}
		answer(w, code, map[string]any{"error": "status", "statusCode": code})
	})
	mux.HandleFunc("GET /gzip", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		defer z.Close()
		_, _ = io.WriteString(z, `{"zipped":true,"fill":"`+strings.Repeat("ä", 5000)+`"}`)
	})
	mux.HandleFunc("/redirect/{code}", func(w http.ResponseWriter, r *http.Request) {
		code := http.StatusFound
		_, _ = fmt.Sscan(r.PathValue("code"), &code)
		http.Redirect(w, r, "/echo/after-redirect", code)
	})
	mux.HandleFunc("GET /slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(3 * time.Second):
		case <-r.Context().Done():
		}
		answer(w, http.StatusOK, map[string]any{"slow": true})
	})
	mux.HandleFunc("GET /chunks", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		for i := range 5 {
			fmt.Fprintf(w, "chunk %d\n", i)
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("GET /bytes", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		all := make([]byte, 256)
		for i := range all {
			all[i] = byte(i)
		}
		_, _ = w.Write(all)
	})
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"cut":`)
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("GET /xml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/xml")
		_, _ = io.WriteString(w, `<?xml version="1.0"?><users><user id="1"><name>Ann</name></user><user id="2"><name>Bob</name></user></users>`)
	})
	mux.HandleFunc("POST /slack", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !strings.Contains(string(body), "text") {
			http.Error(w, "no_text", http.StatusBadRequest)
			return
		}
		_, _ = io.WriteString(w, "ok")
	})
	mux.HandleFunc("GET /.well-known/jwks.json", h.keySet)
	broken(mux)
	h.management(mux)
	return mux
}

// echo answers what came: method, path, the headers that rules set, the body as text.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	text := string(body)
	headers := map[string]any{}
	for _, name := range []string{"Authorization", "Content-Type", "Accept", "X-Test", "Cookie"} {
		if value := r.Header.Get(name); value != "" {
			if at := strings.Index(value, "boundary="); at >= 0 {
				boundary := strings.Trim(value[at+len("boundary="):], `"`)
				text = strings.ReplaceAll(text, boundary, "BOUNDARY")
				value = value[:at] + "boundary=BOUNDARY"
			}
			headers[strings.ToLower(name)] = value
		}
	}
	w.Header().Set("X-Echo", "yes")
	w.Header().Add("Set-Cookie", "first=1; Path=/")
	w.Header().Add("Set-Cookie", "second=2; Path=/; HttpOnly")
	answer(w, http.StatusOK, map[string]any{
		"method": r.Method, "path": r.URL.Path, "query": r.URL.RawQuery, "headers": headers, "body": text,
		"length": r.ContentLength,
	})
}

// answer writes JSON. Keys are sorted.
func answer(w http.ResponseWriter, code int, value any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(code)
	if code != http.StatusNoContent && code != http.StatusNotModified {
		_ = json.NewEncoder(w).Encode(value)
	}
}

func (h *HTTP) keySet(w http.ResponseWriter, _ *http.Request) {
	encode := base64.RawURLEncoding.EncodeToString
	answer(w, http.StatusOK, map[string]any{"keys": []any{map[string]any{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "key-1",
		"n": encode(h.key.N.Bytes()), "e": encode(big.NewInt(int64(h.key.E)).Bytes()),
	}}})
}
