package egress

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
)

func ratio(max int64) error {
	return &LimitError{"Ratio", fmt.Sprintf("%d decompressed bytes for one compressed", max)}
}

// Dial opens a socket. It lives as long as the run, and what it sends and receives is
// limited; network is tcp, or tcp4 or tcp6 for addresses of one family.
//
// # Errors
//
// Those of RoundTrip.
func (s *Session) Dial(ctx context.Context, network, host string, port uint16) (net.Conn, error) {
	switch network {
	case "tcp", "tcp4", "tcp6":
	default:
		return nil, &RequestError{"sockets are tcp, tcp4 or tcp6, not " + network}
	}
	conn, err := s.socket(ctx, "tcp", host, port, network)
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// DialTLS opens a socket with TLS over it.
func (s *Session) DialTLS(ctx context.Context, host string, port uint16, t TLS) (*tls.Conn, error) {
	conn, err := s.socket(ctx, "tls", host, port, "tcp")
	if err != nil {
		return nil, err
	}
	return s.Upgrade(ctx, conn, host, t)
}

// Upgrade begins TLS on a socket of Dial (STARTTLS). It closes the socket when that fails.
func (s *Session) Upgrade(ctx context.Context, conn net.Conn, host string, t TLS) (*tls.Conn, error) {
	fail := func(err error) (*tls.Conn, error) {
		err = explain(ctx, err, s.client.limits)
		if socket, ok := conn.(*socket); ok {
			socket.fail(err)
		}
		_ = conn.Close()
		return nil, err
	}
	config, err := s.client.config(t, canonical(host))
	if err != nil {
		return fail(err)
	}
	ctx, cancel := s.join(ctx)
	defer cancel()
	secure, err := handshake(ctx, conn, config, t, canonical(host))
	if err != nil {
		return fail(err)
	}
	return secure, nil
}

// socket opens a connection and records it as a call.
func (s *Session) socket(ctx context.Context, scheme, host string, port uint16, network string) (*socket, error) {
	host = canonical(host)
	c, err := s.begin(Call{Method: "CONNECT", Scheme: scheme, Host: host, Port: port})
	if err != nil {
		return nil, err
	}
	ctx, cancel := s.join(ctx)
	defer cancel()
	leave, err := s.openSocket(ctx)
	var conn net.Conn
	if err == nil {
		if conn, err = s.reach(ctx, scheme, network, host, port); err != nil {
			leave()
		}
	}
	if err != nil {
		err = explain(ctx, err, s.client.limits)
		c.end(err)
		return nil, err
	}
	opened := &socket{Conn: conn, call: c, max: s.client.limits, leave: leave}
	opened.mu.Lock() // the run may be over by now
	opened.stop = context.AfterFunc(s.ctx, func() { _ = opened.Close() })
	opened.mu.Unlock()
	return opened, nil
}

// reach judges where a socket goes, waits for a place and dials.
func (s *Session) reach(ctx context.Context, scheme, network, host string, port uint16) (net.Conn, error) {
	s.client.mu.Lock()
	closed := s.client.closed
	s.client.mu.Unlock()
	if closed {
		return nil, ErrClosed
	}
	if err := s.client.policy.target(scheme, host, port); err != nil {
		return nil, err
	}
	leave, err := s.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	return s.client.dial(ctx, network, host, port)
}

// socket counts and limits what goes over a connection.
type socket struct {
	net.Conn
	call           *call
	max            Limits
	received, sent atomic.Int64
	failed         atomic.Pointer[error]
	mu             sync.Mutex
	stop           func() bool
	leave          func() // its place among the open sockets
}

func (s *socket) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	total := s.received.Add(int64(n))
	s.call.note(func(r *Call) { r.ResponseBytes = total })
	if total > s.max.ResponseBytes {
		return n, s.fail(tooLarge("ResponseBytes", s.max.ResponseBytes))
	}
	if err := s.call.session.took(n); err != nil {
		return n, s.fail(err)
	}
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, os.ErrDeadlineExceeded) && !strings.Contains(err.Error(), "use of closed") {
		s.fail(err)
	}
	return n, err
}

func (s *socket) Write(p []byte) (int, error) {
	if total := s.sent.Add(int64(len(p))); total > s.max.RequestBytes {
		return 0, s.fail(tooLarge("RequestBytes", s.max.RequestBytes))
	}
	n, err := s.Conn.Write(p)
	s.call.note(func(r *Call) { r.RequestBytes += int64(n) })
	return n, err
}

// CloseWrite ends what is sent and leaves the other direction open.
func (s *socket) CloseWrite() error {
	if half, ok := s.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	if t, ok := s.Conn.(*tunnelled); ok {
		if half, ok := t.Conn.(interface{ CloseWrite() error }); ok {
			return half.CloseWrite()
		}
	}
	return nil
}

// fail keeps the first error for the record. What the policy ends is recorded at once: the rule
// may answer before the socket is closed.
func (s *socket) fail(err error) error {
	if s.failed.CompareAndSwap(nil, &err) && cause(err) != nil {
		s.call.end(err)
	}
	return err
}

func (s *socket) Close() error {
	err := s.Conn.Close()
	s.leave()
	s.mu.Lock()
	s.stop()
	s.mu.Unlock()
	var failed error
	if p := s.failed.Load(); p != nil {
		failed = *p
	}
	s.call.end(failed)
	return err
}
