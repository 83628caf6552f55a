package main

import (
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// serve starts a server on loopback that ends with the script. $NAME is its address and $NAME_PORT its
// port; NAME.json is a user with its url, NAME.pem the certificate of https.
//
//	http, https     answer "hello"; PATCH as the Management API does
//	silent          takes connections and never answers
//	proxy           an HTTP proxy that makes tunnels, and writes their targets to NAME.log
func serve(ts *testscript.TestScript, _ bool, args []string) {
	kind, name := args[0], args[1]
	s := httptest.NewUnstartedServer(http.HandlerFunc(answer))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	ts.Defer(s.Close)
	url := "http"
	switch kind {
	case "https":
		s.StartTLS()
		url = "https"
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
		ts.Check(os.WriteFile(ts.MkAbs(name+".pem"), text, 0o666))
	case "silent":
		done := make(chan struct{})
		ts.Defer(func() { close(done) })
		s.Config.Handler = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-done })
		s.Start()
	case "proxy":
		file, err := os.Create(ts.MkAbs(name + ".log"))
		ts.Check(err)
		ts.Defer(func() { _ = file.Close() })
		s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tunnel(w, r, file) })
		s.Start()
	default:
		s.Start()
	}
	address := s.Listener.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	ts.Setenv(name, address)
	ts.Setenv(name+"_PORT", port)
	user := fmt.Sprintf(`{"user_id":"auth0|jane","url":"%s://localhost:%s/path?token=secret"}`, url, port)
	ts.Check(os.WriteFile(ts.MkAbs(name+".json"), []byte(user), 0o666))
}

func answer(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodPatch:
		_, _ = io.WriteString(w, "hello")
	case !strings.HasPrefix(r.Header.Get("Authorization"), "Bearer "):
		w.WriteHeader(http.StatusUnauthorized)
	default:
		_, _ = io.WriteString(w, `{"user_id":"auth0|jane"}`)
	}
}

// tunnel is one of a proxy.
func tunnel(w http.ResponseWriter, r *http.Request, seen io.Writer) {
	fmt.Fprintln(seen, r.Method, r.Host)
	target, err := net.Dial("tcp", r.Host)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	conn, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		_ = target.Close()
		return
	}
	fmt.Fprint(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() { _, _ = io.Copy(target, buffered); _ = target.Close() }()
	go func() { _, _ = io.Copy(conn, target); _ = conn.Close() }()
}
