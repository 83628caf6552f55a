package egress_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// record keeps what a session tells.
type record struct {
	mu      sync.Mutex
	calls   []egress.Call
	refused []*egress.Refusal
	limited []*egress.LimitError
}

func (r *record) observer() egress.Observer {
	return egress.Observer{
		Called:  func(c egress.Call) { r.mu.Lock(); r.calls = append(r.calls, c); r.mu.Unlock() },
		Refused: func(_ string, e *egress.Refusal) { r.mu.Lock(); r.refused = append(r.refused, e); r.mu.Unlock() },
		Limited: func(_ string, e *egress.LimitError) { r.mu.Lock(); r.limited = append(r.limited, e); r.mu.Unlock() },
	}
}

func session(t *testing.T, p egress.Policy) (*egress.Session, *record) {
	t.Helper()
	client, err := egress.New(p)
	require.NoError(t, err)
	t.Cleanup(client.Close)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	r := &record{}
	return client.Session(ctx, r.observer()).For("rule"), r
}

func grants(t *testing.T, text string) []egress.Rule {
	t.Helper()
	rules, err := egress.ParseRules(text)
	require.NoError(t, err)
	return rules
}

func get(s *egress.Session, to string) (*http.Response, error) {
	r, err := http.NewRequest("GET", to, nil)
	if err != nil {
		return nil, err
	}
	return s.RoundTrip(r, egress.Options{})
}

func server(t *testing.T, h http.HandlerFunc) (*httptest.Server, string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s, strings.TrimPrefix(s.URL, "http://")
}

// resolver answers one list of addresses after the other; the last stays.
type resolver struct {
	answers [][]string
	asked   atomic.Int64
}

func (r *resolver) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	n := int(r.asked.Add(1)) - 1
	var list []netip.Addr
	for _, text := range r.answers[min(n, len(r.answers)-1)] {
		list = append(list, netip.MustParseAddr(text))
	}
	return list, nil
}

func refusal(t *testing.T, err error) *egress.Refusal {
	t.Helper()
	var e *egress.Refusal
	require.ErrorAs(t, err, &e)
	code, _ := egress.Code(err)
	assert.Equal(t, egress.CodeRefused, code)
	return e
}

func limited(t *testing.T, err error, limit string) {
	t.Helper()
	var e *egress.LimitError
	require.ErrorAs(t, err, &e)
	assert.Equal(t, limit, e.Limit)
}

func TestAddressesThatAreNotPublicAreRefused(t *testing.T) {
	s, r := session(t, egress.Policy{})
	for _, host := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "169.254.1.1",
		"224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]", "[2002:7f00:1::]",
		"[fd00:ec2::254]", "[fe80::1]", "[ff02::1]", "[2001:db8::1]", "[2001::1]", "[::127.0.0.1]", "localhost", "LOCALHOST.", "a.localhost", "198.18.0.1",
	} {
		_, err := get(s, "http://"+host+":9/")
		e := refusal(t, err)
		assert.NotEmpty(t, e.Reason, host)
		assert.Contains(t, e.Error(), "--allow-net", host)
	}
	assert.Len(t, r.refused, 29)
	assert.Len(t, r.calls, 29)
	assert.Equal(t, egress.CodeRefused, r.calls[0].Error)
}

func TestMetadataNeedsAGrantOfItsOwn(t *testing.T) {
	s, _ := session(t, egress.Policy{Allow: grants(t, "*,0.0.0.0/0")})
	_, err := get(s, "http://169.254.169.254/latest")
	assert.Contains(t, refusal(t, err).Reason, "metadata")
}

func TestARedirectIsNotFollowedAndItsTargetIsRefused(t *testing.T) {
	inner, _ := server(t, func(w http.ResponseWriter, r *http.Request) { t.Error("reached") })
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, inner.URL, http.StatusFound) })
	s, _ := session(t, egress.Policy{Allow: grants(t, address)})
	response, err := get(s, "http://"+address)
	require.NoError(t, err)
	response.Body.Close()
	require.Equal(t, http.StatusFound, response.StatusCode)
	_, err = get(s, response.Header.Get("Location"))
	refusal(t, err)
}

func TestANameThatResolvesToLoopbackIsRefused(t *testing.T) {
	s, _ := session(t, egress.Policy{Resolver: &resolver{answers: [][]string{{"127.0.0.1"}}}})
	_, err := get(s, "http://evil.example:80/")
	e := refusal(t, err)
	assert.Equal(t, "evil.example", e.Host)
	assert.Equal(t, "127.0.0.1", e.Addr.String())
	_, err = s.Dial(t.Context(), "tcp", "evil.example", 5432)
	refusal(t, err)
	_, err = s.DialTLS(t.Context(), "evil.example", 443, egress.TLS{})
	refusal(t, err)
	_, err = s.Lookup(t.Context(), "evil.example")
	refusal(t, err)
}

// The address that was judged is dialled: the name server is asked once for a connection.
func TestAnAnswerThatChangesChangesNothing(t *testing.T) {
	hit := atomic.Bool{}
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { hit.Store(true) })
	_, port, _ := net.SplitHostPort(address)
	names := &resolver{answers: [][]string{{"203.0.113.7", "192.0.2.1"}, {"127.0.0.1"}}}
	s, _ := session(t, egress.Policy{Resolver: names})
	_, err := get(s, "http://rebind.example:"+port+"/")
	refusal(t, err)
	assert.EqualValues(t, 1, names.asked.Load())
	_, err = get(s, "http://rebind.example:"+port+"/")
	refusal(t, err)
	assert.False(t, hit.Load())

	names = &resolver{answers: [][]string{{"127.0.0.1"}, {"10.0.0.1"}}}
	s, _ = session(t, egress.Policy{Resolver: names, Allow: grants(t, "127.0.0.1:"+port)})
	response, err := get(s, "http://rebind.example:"+port+"/")
	require.NoError(t, err)
	response.Body.Close()
	assert.EqualValues(t, 1, names.asked.Load())
	assert.True(t, hit.Load())
}

func TestListsOfHosts(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) {})
	_, port, _ := net.SplitHostPort(address)
	names := func() *resolver { return &resolver{answers: [][]string{{"127.0.0.1"}}} }
	for _, c := range []struct {
		name, allow, only, deny, host, refused string
	}{
		{"granted name", "db.example", "", "", "db.example", ""},
		{"granted with its port", "db.example:" + port, "", "", "db.example", ""},
		{"another port", "db.example:1", "", "", "db.example", "loopback"},
		{"below", "*.example", "", "", "db.example", ""},
		{"not itself", "*.db.example", "", "", "db.example", "loopback"},
		{"denied name", "*", "", "db.example", "db.example", "deny-list"},
		{"denied address", "*", "", "127.0.0.0/8", "db.example", "deny-list"},
		{"not on the list", "127.0.0.1", "other.example", "", "db.example", ""},
		{"not on the list at all", "10.0.0.1", "other.example", "", "db.example", "allow-list"},
		{"on the list, not granted", "", "db.example", "", "db.example", "loopback"},
		{"all", "*", "", "", "db.example", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, _ := session(t, egress.Policy{Allow: grants(t, c.allow), Only: grants(t, c.only), Deny: grants(t, c.deny), Resolver: names()})
			response, err := get(s, "http://"+c.host+":"+port)
			if c.refused != "" {
				assert.Contains(t, refusal(t, err).Reason, c.refused)
				return
			}
			require.NoError(t, err)
			response.Body.Close()
		})
	}
}

func TestLargeResponsesEnd(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(int64(10)<<30))
		block := make([]byte, 1<<20)
		for range 10 << 10 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	s, r := session(t, egress.Policy{Allow: grants(t, address), Limits: egress.Limits{ResponseBytes: 3 << 20}})
	response, err := get(s, "http://"+address+"/big?secret=1")
	require.NoError(t, err)
	n, err := io.Copy(io.Discard, response.Body)
	limited(t, err, "ResponseBytes")
	assert.EqualValues(t, 3<<20, n)
	require.Len(t, r.calls, 1)
	assert.Equal(t, "http://"+address+"/big", r.calls[0].URL())
	assert.Equal(t, egress.CodeLimit, r.calls[0].Error)
	assert.Equal(t, "rule", r.calls[0].Rule)
}

// TestCallsNameTheirPath: as it went out, without the query, which may hold secrets.
func TestCallsNameTheirPath(t *testing.T) {
	_, address := server(t, func(http.ResponseWriter, *http.Request) {})
	s, r := session(t, egress.Policy{Allow: grants(t, address)})
	for path, want := range map[string]string{"/a%2Fb?secret=1": "/a%2Fb", "/a'b?secret=1": "/a'b"} {
		request, err := http.NewRequest("GET", "http://"+address, nil)
		require.NoError(t, err)
		request.URL.Opaque = path
		response, err := s.RoundTrip(request, egress.Options{})
		require.NoError(t, err)
		response.Body.Close()
		assert.Equal(t, "http://"+address+want, r.calls[len(r.calls)-1].URL())
	}
}

func TestBombsEnd(t *testing.T) {
	var gzipped, brotlied bytes.Buffer
	for coding, bomb := range map[string]*bytes.Buffer{"gzip": &gzipped, "br": &brotlied} {
		var w io.WriteCloser = gzip.NewWriter(bomb)
		if coding == "br" {
			w = brotli.NewWriterLevel(bomb, 1)
		}
		_, _ = io.CopyN(w, zeros{}, 256<<20)
		require.NoError(t, w.Close())
		s, _ := session(t, egress.Policy{Limits: egress.Limits{ResponseBytes: -1}})
		body, ok := s.Decompress(io.NopCloser(bytes.NewReader(bomb.Bytes())), coding)
		require.True(t, ok)
		n, err := io.Copy(io.Discard, body)
		limited(t, err, "Ratio")
		assert.Less(t, n, int64(8<<20), coding)
	}
}

// All that a run receives is bounded, not only one response: who keeps many keeps no more.
func TestResponsesOfARunAreBounded(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.CopyN(w, zeros{}, 1<<20) })
	s, r := session(t, egress.Policy{Allow: grants(t, address), Limits: egress.Limits{RunBytes: 5 << 19}})
	var total int64
	for i := range 5 {
		response, err := get(s, "http://"+address)
		require.NoError(t, err)
		n, err := io.Copy(io.Discard, response.Body)
		response.Body.Close()
		total += n
		if i < 2 {
			require.NoError(t, err)
		} else {
			limited(t, err, "RunBytes")
		}
	}
	assert.Less(t, total, int64(3<<20))
	assert.Len(t, r.limited, 1)
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestServersThatNeverAnswerEnd(t *testing.T) {
	address := peers.Accept(t, func(conn net.Conn) { <-t.Context().Done(); conn.Close() })
	s, _ := session(t, egress.Policy{Allow: grants(t, address), Limits: egress.Limits{RequestTime: 50 * time.Millisecond}})
	_, err := get(s, "http://"+address)
	limited(t, err, "RequestTime")
	_, err = get(s, "https://"+address)
	limited(t, err, "RequestTime")
}

func TestServersThatDripEnd(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write([]byte("."))
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	})
	s, _ := session(t, egress.Policy{Allow: grants(t, address), Limits: egress.Limits{RequestTime: 100 * time.Millisecond}})
	response, err := get(s, "http://"+address)
	require.NoError(t, err)
	_, err = io.ReadAll(response.Body)
	limited(t, err, "RequestTime")
}

func TestLineBreaksAreRefused(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { t.Error("reached") })
	s, _ := session(t, egress.Policy{Allow: grants(t, address)})
	for name, change := range map[string]func(*http.Request){
		"method":       func(r *http.Request) { r.Method = "GET / HTTP/1.1\r\nX: y" },
		"path":         func(r *http.Request) { r.URL.Opaque = "/a b\r\nX: y" },
		"value":        func(r *http.Request) { r.Header["X"] = []string{"a\r\nY: z"} },
		"nul":          func(r *http.Request) { r.Header["X"] = []string{"a\x00"} },
		"name":         func(r *http.Request) { r.Header["X\r\nY"] = []string{"a"} },
		"name's colon": func(r *http.Request) { r.Header["X:"] = []string{"a"} },
		"host":         func(r *http.Request) { r.Host = "a\r\nX: y" },
	} {
		r, err := http.NewRequest("GET", "http://"+address, nil)
		require.NoError(t, err)
		change(r)
		_, err = s.RoundTrip(r, egress.Options{})
		var e *egress.RequestError
		require.ErrorAs(t, err, &e, name)
	}
}

func TestRequestsInALoopEnd(t *testing.T) {
	served := atomic.Int64{}
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { served.Add(1) })
	s, r := session(t, egress.Policy{Allow: grants(t, address)})
	failed := 0
	for range 10_000 {
		response, err := get(s, "http://"+address)
		if err != nil {
			limited(t, err, "Requests")
			failed++
			continue
		}
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	assert.EqualValues(t, 250, served.Load())
	assert.Equal(t, 9750, failed)
	assert.Len(t, r.calls, 250)
	assert.Len(t, r.limited, 1, "the outcome is told once")
}

func TestHugeHeadersEnd(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range 200 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("x", 1000))
		}
	})
	s, _ := session(t, egress.Policy{Allow: grants(t, address)})
	_, err := get(s, "http://"+address)
	limited(t, err, "HeaderBytes")
	r, _ := http.NewRequest("GET", "http://"+address, nil)
	r.Header.Set("X", strings.Repeat("x", 70_000))
	_, err = s.RoundTrip(r, egress.Options{})
	limited(t, err, "HeaderBytes")
}

func TestLargeRequestsEnd(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	s, _ := session(t, egress.Policy{Allow: grants(t, address), Limits: egress.Limits{RequestBytes: 1 << 20}})
	r, _ := http.NewRequest("POST", "http://"+address, io.LimitReader(zeros{}, 4<<20))
	_, err := s.RoundTrip(r, egress.Options{})
	limited(t, err, "RequestBytes")
}

func TestConnectionsAreSharedByATenantOnly(t *testing.T) {
	var conns atomic.Int64
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	policy := egress.Policy{Allow: grants(t, s.Listener.Addr().String())}
	one, err := egress.New(policy)
	require.NoError(t, err)
	other, err := egress.New(policy)
	require.NoError(t, err)
	defer one.Close()
	defer other.Close()
	for _, c := range []*egress.Client{one, one, one, other, other} {
		response, err := get(c.Session(t.Context(), egress.Observer{}), s.URL)
		require.NoError(t, err)
		_, _ = io.Copy(io.Discard, response.Body)
		response.Body.Close()
	}
	assert.EqualValues(t, 2, conns.Load())
	one.Close()
	_, err = get(one.Session(t.Context(), egress.Observer{}), s.URL)
	require.ErrorIs(t, err, egress.ErrClosed)
}

func TestCertificatesAreVerified(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	s.Config.ErrorLog = nil
	defer s.Close()
	address := s.Listener.Addr().String()
	send := func(p egress.Policy, o egress.TLS) error {
		p.Allow = grants(t, address)
		run, _ := session(t, p)
		r, _ := http.NewRequest("GET", s.URL, nil)
		response, err := run.RoundTrip(r, egress.Options{TLS: o})
		if err == nil {
			response.Body.Close()
		}
		return err
	}
	code, _ := egress.Code(send(egress.Policy{}, egress.TLS{}))
	assert.Contains(t, []string{"DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"}, code)
	assert.Contains(t, refusal(t, send(egress.Policy{}, egress.TLS{Insecure: true})).Mend, "--allow-insecure-tls")
	require.NoError(t, send(egress.Policy{AllowInsecureTLS: true}, egress.TLS{Insecure: true}))
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	require.NoError(t, send(egress.Policy{}, egress.TLS{CA: text}))
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	require.NoError(t, send(egress.Policy{RootCAs: roots}, egress.TLS{}))
	code, _ = egress.Code(send(egress.Policy{RootCAs: roots}, egress.TLS{ServerName: "other.test"}))
	assert.Equal(t, "ERR_TLS_CERT_ALTNAME_INVALID", code)
}

// The target is judged with a proxy, too, and the proxy gets the judged address.
func TestProxies(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte("hello")) })
	_, port, _ := net.SplitHostPort(address)
	var asked []string
	proxy, _ := server(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
		up, err := net.Dial("tcp", address)
		if err != nil {
			w.WriteHeader(502)
			return
		}
		w.WriteHeader(200)
		down, buffered, _ := w.(http.Hijacker).Hijack()
		go func() { _, _ = io.Copy(up, buffered); up.Close() }()
		_, _ = io.Copy(down, up)
		down.Close()
	})
	to, _ := url.Parse(proxy.URL)
	to.User = url.UserPassword("a", "b")
	names := &resolver{answers: [][]string{{"127.0.0.1"}}}
	s, _ := session(t, egress.Policy{Proxy: to, Resolver: names, Allow: grants(t, "in.example")})
	response, err := get(s, "http://in.example:"+port)
	require.NoError(t, err)
	body, _ := io.ReadAll(response.Body)
	assert.Equal(t, "hello", string(body))
	_, err = get(s, "http://out.example:"+port)
	refusal(t, err)
	_, err = get(s, "http://127.0.0.1:"+port)
	refusal(t, err)
	assert.Equal(t, []string{"CONNECT 127.0.0.1:" + port + " Basic YTpi"}, asked)

	s, _ = session(t, egress.Policy{Proxy: to, ProxyResolves: true, Resolver: names})
	response, err = get(s, "http://out.example:"+port)
	require.NoError(t, err)
	response.Body.Close()
	_, err = get(s, "http://127.0.0.1:"+port)
	refusal(t, err)
	_, err = get(s, "http://x.localhost:"+port)
	refusal(t, err)
	assert.Contains(t, asked[1], "CONNECT out.example:"+port)
}

func TestSocketsAreLimitedAndEndWithTheRun(t *testing.T) {
	port := netip.MustParseAddrPort(peers.Accept(t, func(conn net.Conn) { _, _ = io.Copy(conn, conn); conn.Close() })).Port()
	client, err := egress.New(egress.Policy{Allow: grants(t, "127.0.0.1"), Limits: egress.Limits{RequestBytes: 10}})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	r := &record{}
	s := client.Session(ctx, r.observer())
	conn, err := s.Dial(ctx, "tcp", "127.0.0.1", port)
	require.NoError(t, err)
	_, err = conn.Write([]byte("hello"))
	require.NoError(t, err)
	_, err = io.ReadFull(conn, make([]byte, 5))
	require.NoError(t, err)
	_, err = conn.Write([]byte("hello again"))
	limited(t, err, "RequestBytes")
	cancel()
	_, err = conn.Read(make([]byte, 1))
	require.Error(t, err)
	assert.Eventually(t, func() bool { r.mu.Lock(); defer r.mu.Unlock(); return len(r.calls) == 1 }, 5*time.Second, time.Millisecond)
	assert.Equal(t, "tcp", r.calls[0].Scheme)
	assert.EqualValues(t, 5, r.calls[0].ResponseBytes)
}

func TestFlushTellsOfWhatGoesOn(t *testing.T) {
	_, address := server(t, func(w http.ResponseWriter, r *http.Request) {})
	s, r := session(t, egress.Policy{Allow: grants(t, address)})
	response, err := get(s, "http://"+address+"/x")
	require.NoError(t, err)
	s.Flush()
	response.Body.Close()
	require.Len(t, r.calls, 1)
	assert.Equal(t, "unfinished", r.calls[0].Error)
	assert.Equal(t, 200, r.calls[0].Status)
}

func TestCodes(t *testing.T) {
	s, _ := session(t, egress.Policy{Allow: grants(t, "127.0.0.1")})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	listener.Close()
	_, err = get(s, "http://"+address)
	code, call := egress.Code(err)
	assert.Equal(t, "ECONNREFUSED connect", code+" "+call)
	code, call = egress.Code(&net.DNSError{IsNotFound: true})
	assert.Equal(t, "ENOTFOUND getaddrinfo", code+" "+call)
	code, _ = egress.Code(errors.New("x"))
	assert.Empty(t, code)
}

func TestRulesAreRead(t *testing.T) {
	for _, text := range []string{"a.example", "a.example:80", "*.example", "*", "*:443", "127.0.0.1", "127.0.0.1:80", "::1", "[::1]:80", "10.0.0.0/8", "10.0.0.0/8:5432"} {
		rule, err := egress.ParseRule(text)
		require.NoError(t, err, text)
		assert.Equal(t, text, rule.String())
	}
	for _, text := range []string{"", ":80", "a:", "a:0", "a:99999", "http://a", "a b", "a/b", "*a*"} {
		_, err := egress.ParseRule(text)
		require.Error(t, err, text)
	}
}

func TestConnectTakesThePlaceOfTheNetwork(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Host) }))
	defer server.Close()
	var asked []string
	p := egress.Policy{Deny: grants(t, "denied.example.com"), Connect: func(ctx context.Context, host string, port uint16) (net.Conn, error) {
		asked = append(asked, fmt.Sprintf("%s:%d", host, port))
		return (&net.Dialer{}).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}}
	s, r := session(t, p)
	response, err := get(s, "http://api.example.com:81/x")
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	assert.Equal(t, "api.example.com:81", string(body))
	_, err = get(s, "http://denied.example.com/")
	var refusal *egress.Refusal
	require.ErrorAs(t, err, &refusal)
	p.Only = grants(t, "other.example.com")
	s, _ = session(t, p)
	_, err = get(s, "http://api.example.com/")
	require.ErrorAs(t, err, &refusal)
	assert.Equal(t, []string{"api.example.com:81"}, asked)
	require.NotEmpty(t, r.calls)
	assert.Equal(t, "http://api.example.com:81/x", r.calls[0].URL())
}
