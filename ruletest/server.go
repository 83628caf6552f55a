package ruletest

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// services is the server of one pipeline's tests: whatever host and port a rule connects to, it is
// there. Its stubs are those of the case that runs.
type services struct {
	authority *authority
	listener  net.Listener
	accepted  chan net.Conn
	done      chan struct{} // closed at the end
	server    *http.Server
	pairing   sync.Mutex // so that a dialled connection is the one that is accepted next

	mu    sync.Mutex
	stubs []*stubState
	calls []*Received
	open  map[net.Conn]struct{}
	// forward answers what no stub does from the real service; nil: nothing does.
	forward func(*http.Request, *Received) Answer
}

// stubState is a stub and how often it has answered.
type stubState struct {
	*Stub
	answered int
}

func newServices(a *authority) (*services, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("the server of the test: %w", err)
	}
	s := &services{authority: a, listener: listener, accepted: make(chan net.Conn), done: make(chan struct{}), open: map[net.Conn]struct{}{}}
	s.server = &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          discard,
		ConnContext:       func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, targetKey{}, c) },
	}
	s.server.SetKeepAlivesEnabled(false) // a connection belongs to one case
	go func() { _ = s.server.Serve(paired{s}) }()
	return s, nil
}

func (s *services) close() {
	close(s.done)
	_ = s.server.Close()
	_ = s.listener.Close()
	s.drop()
}

// begin makes the stubs of a case those that answer.
func (s *services) begin(stubs []*Stub, forward func(*http.Request, *Received) Answer) {
	states := make([]*stubState, len(stubs))
	for i := range stubs {
		states[i] = &stubState{Stub: stubs[i]}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stubs, s.calls, s.forward = states, nil, forward
}

// end ends the connections of a case and answers what was received, and the stubs that did not answer
// as often as they must.
func (s *services) end() (calls []*Received, unused []*stubState) {
	s.drop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stub := range s.stubs {
		if stub.Times >= 0 && stub.answered != stub.Times {
			unused = append(unused, stub)
		}
	}
	calls, s.stubs, s.calls = s.calls, nil, nil
	return calls, unused
}

func (s *services) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.open {
		_ = conn.Close()
	}
	s.open = map[net.Conn]struct{}{}
}

// target is a connection to a host, seen by the server.
type target struct {
	net.Conn
	raw     *net.TCPConn
	address string // scheme://host[:port]
}

type targetKey struct{}

// connect takes the place of the network in a rule's egress policy.
func (s *services) connect(ctx context.Context, host string, port uint16) (net.Conn, error) {
	if err := s.unreachable(host, port); err != nil {
		return nil, err
	}
	s.pairing.Lock()
	client, err := (&net.Dialer{}).DialContext(ctx, "tcp", s.listener.Addr().String())
	if err != nil {
		s.pairing.Unlock()
		return nil, err
	}
	accepted, err := s.listener.Accept()
	s.pairing.Unlock()
	if err != nil {
		_ = client.Close()
		return nil, err
	}
	s.mu.Lock()
	s.open[accepted] = struct{}{}
	s.mu.Unlock()
	go s.receive(accepted.(*net.TCPConn), host, port)
	return client, nil
}

// unreachable answers the error of a stub that says that its host cannot be reached. A connection
// knows of no path: stubs of that host and kind of failure are all that counts.
func (s *services) unreachable(host string, port uint16) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, stub := range s.stubs {
		answer := stub.next()
		if answer == nil || answer.Error != failRefused && answer.Error != failUnknown || !stub.serves(host, port) {
			continue
		}
		stub.answered++
		s.calls = append(s.calls, &Received{Method: stub.method, URL: strings.TrimPrefix(stub.Text, stub.method+" "), Query: url.Values{}, Stubbed: true})
		if answer.Error == failUnknown {
			return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
		}
		return &net.OpError{Op: "dial", Net: "tcp", Addr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(port)}, Err: syscall.ECONNREFUSED}
	}
	return nil
}

// next is the answer that comes next; nil when there is none left.
func (s *stubState) next() *Answer {
	if s.Times >= 0 && s.answered >= s.Times {
		return nil
	}
	return &s.Answers[min(s.answered, len(s.Answers)-1)]
}

// serves reports whether the stub's URL may name a host and port.
func (s *stubState) serves(host string, port uint16) bool {
	address, _, _ := strings.Cut(s.Text[strings.Index(s.Text, "://")+3:], "/")
	name, number, found := strings.Cut(address, ":")
	if !found {
		number = "443"
		if strings.Contains(s.Text, "http://") {
			number = "80"
		}
	}
	return (name == host || name == "*") && number == strconv.Itoa(int(port))
}

// receive finds out whether a connection speaks TLS and hands it to the server.
func (s *services) receive(raw *net.TCPConn, host string, port uint16) {
	reader := bufio.NewReader(raw)
	first, err := reader.Peek(1)
	if err != nil {
		_ = raw.Close()
		return
	}
	var conn net.Conn = &peeked{raw, reader}
	scheme, standard := "http", uint16(80)
	if first[0] == 0x16 {
		scheme, standard = "https", 443
		conn = tls.Server(conn, s.authority.config(host))
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port != standard {
		host = fmt.Sprintf("%s:%d", host, port)
	}
	select {
	case s.accepted <- &target{conn, raw, scheme + "://" + host}:
	case <-s.done:
		_ = raw.Close()
	}
}

type peeked struct {
	*net.TCPConn
	reader *bufio.Reader
}

func (p *peeked) Read(b []byte) (int, error) { return p.reader.Read(b) }

// paired is the listener that the HTTP server sees.
type paired struct{ *services }

func (p paired) Accept() (net.Conn, error) {
	select {
	case conn := <-p.accepted:
		return conn, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p paired) Close() error   { return p.listener.Close() }
func (p paired) Addr() net.Addr { return p.listener.Addr() }

// serve answers a request.
func (s *services) serve(w http.ResponseWriter, q *http.Request) {
	to := q.Context().Value(targetKey{}).(*target)
	body, err := io.ReadAll(q.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	got := &Received{Method: q.Method, URL: to.address + q.URL.EscapedPath(), Query: q.URL.Query(), Headers: map[string][]string{}, Body: string(body)}
	if q.URL.Path == "" {
		got.URL = to.address + "/"
	}
	for name, values := range q.Header {
		got.Headers[strings.ToLower(name)] = values
	}
	got.Headers["host"] = []string{q.Host}
	answer := s.answer(got)
	s.mu.Lock()
	forward := s.forward
	s.mu.Unlock()
	if !got.Stubbed && forward != nil {
		got.Stubbed = true
		answer = forward(q, got)
		got.Status = answer.Status
	}
	if answer.Delay > 0 {
		select {
		case <-time.After(answer.Delay):
		case <-q.Context().Done():
			return
		}
	}
	switch answer.Error {
	case failHang:
		<-q.Context().Done()
		return
	case failReset, failRefused, failUnknown:
		reset(to)
	}
	for name, value := range answer.Headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(answer.Body)))
	if answer.Error == failCut {
		w.Header().Set("Content-Length", strconv.Itoa(len(answer.Body)+1))
	}
	w.WriteHeader(answer.Status)
	if q.Method != http.MethodHead {
		_, _ = w.Write(answer.Body)
	}
	if answer.Error == failCut {
		_ = http.NewResponseController(w).Flush()
		reset(to)
	}
}

// reset ends a connection with a RST.
func reset(to *target) {
	_ = to.raw.SetLinger(0)
	_ = to.raw.Close()
	panic(http.ErrAbortHandler)
}

// answer finds the stub for a request and notes the request.
func (s *services) answer(got *Received) Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, got)
	for _, stub := range s.stubs {
		if len(stub.mismatches(got, "")) > 0 {
			continue
		}
		if answer := stub.next(); answer != nil {
			stub.answered++
			got.Stubbed, got.Status = true, answer.Status
			return *answer
		}
	}
	got.Status = http.StatusNotImplemented
	return Answer{Status: got.Status, Body: []byte("no stub of the case answers " + got.String()), Headers: map[string]string{"content-type": "text/plain"}}
}
