package net

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	gonet "net"
	"net/netip"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
)

// most bytes are read from a socket at once.
const most = 64 << 10

// Socket is a connection that JavaScript reads and writes. Its functions for scripts belong to
// the loop; what waits runs in goroutines of its own.
type Socket struct {
	h      host.Host
	to     string
	ctx    context.Context
	cancel context.CancelFunc

	mu      sync.Mutex
	conn    gonet.Conn    // nil before it is connected
	reading chan struct{} // closed when the read that goes on ends; nil: none
	taken   bool          // another socket has the connection now
	kept    []byte        // read when it was taken
	buffer  []byte
}

// NewSocket makes a socket without a connection; to is the host that it will lead to.
func NewSocket(h host.Host, to string) *Socket {
	s := &Socket{h: h, to: to}
	s.ctx, s.cancel = context.WithCancel(h.Context())
	return s
}

// Value is the socket for scripts: an object without properties.
func (s *Socket) Value() *goja.Object {
	return s.h.VM().ToValue(&sealed{s}).ToObject(s.h.VM())
}

// sealed keeps a socket's methods from scripts.
type sealed struct{ socket *Socket }

// Of answers the socket behind a script's value, or nil.
func Of(v goja.Value) *Socket {
	if v == nil {
		return nil
	}
	if holder, ok := v.Export().(*sealed); ok {
		return holder.socket
	}
	return nil
}

// Later runs work outside the loop, and on it calls back with an error or what work answers.
func (s *Socket) Later(callback goja.Callable, work func(ctx context.Context) (func() goja.Value, error)) {
	complete := s.h.Operation()
	go func() {
		answer, err := work(s.ctx)
		complete(func() error {
			fault, value := goja.Value(goja.Null()), goja.Value(goja.Undefined())
			if err != nil {
				fault = Fault(s.h.VM(), err, s.to)
			} else if answer != nil {
				value = answer()
			}
			_, err := callback(goja.Undefined(), fault, value)
			return err
		})
	}()
}

// Open gives the socket the connection that open makes. One that comes too late is closed.
func (s *Socket) Open(callback goja.Callable, open func(ctx context.Context) (gonet.Conn, func() goja.Value, error)) {
	s.Later(callback, func(ctx context.Context) (func() goja.Value, error) {
		conn, answer, err := open(ctx)
		if err != nil {
			return nil, err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if ctx.Err() != nil {
			_ = conn.Close()
			return nil, context.Cause(ctx)
		}
		s.conn = conn
		return answer, nil
	})
}

// Take gives the connection away, with what was read of it and not handed to JavaScript. It waits
// for the read that goes on, which it ends.
func (s *Socket) Take() (gonet.Conn, error) {
	s.mu.Lock()
	conn, reading := s.conn, s.reading
	s.taken = true
	s.mu.Unlock()
	if conn == nil {
		return nil, gonet.ErrClosed
	}
	if reading != nil {
		_ = conn.SetReadDeadline(time.Unix(1, 0))
		<-reading
		_ = conn.SetReadDeadline(time.Time{})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.kept
	s.kept = nil
	return &prefixed{conn, kept}, nil
}

// Release gives a connection that was taken back, with what was read of it and belongs to what
// follows.
func (s *Socket) Release(kept []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept, s.taken = kept, false
}

// Close closes the connection, also while another has it.
func (s *Socket) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		_ = s.conn.Close()
	}
}

// prefixed reads what was there before.
type prefixed struct {
	gonet.Conn
	kept []byte
}

func (p *prefixed) Read(into []byte) (int, error) {
	if len(p.kept) > 0 {
		n := copy(into, p.kept)
		p.kept = p.kept[n:]
		return n, nil
	}
	return p.Conn.Read(into)
}

func (p *prefixed) CloseWrite() error { return closeWrite(p.Conn) }

func closeWrite(conn gonet.Conn) error {
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// read calls back with a piece, or with undefined at the end.
func (s *Socket) read(callback goja.Callable) {
	s.mu.Lock()
	conn, done := s.conn, make(chan struct{})
	if conn == nil || s.taken {
		s.mu.Unlock()
		return
	}
	s.reading = done
	if s.buffer == nil {
		s.buffer = make([]byte, most)
	}
	kept := s.kept
	s.kept = nil
	s.mu.Unlock()
	complete := s.h.Operation()
	go func() {
		var n int
		var err error
		if n = copy(s.buffer, kept); n == 0 {
			n, err = conn.Read(s.buffer)
		}
		s.mu.Lock()
		piece, taken := append([]byte(nil), s.buffer[:n]...), s.taken
		if taken {
			s.kept = piece
		} else if n < len(kept) {
			s.kept = kept[n:]
		}
		s.reading = nil
		close(done)
		s.mu.Unlock()
		complete(func() error {
			if taken {
				return nil
			}
			return s.handOver(callback, piece, err)
		})
	}()
}

func (s *Socket) handOver(callback goja.Callable, piece []byte, err error) error {
	vm := s.h.VM()
	if len(piece) > 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			_, failure := callback(goja.Undefined(), Fault(vm, err, s.to), goja.Undefined())
			return failure
		}
		_, failure := callback(goja.Undefined(), goja.Null(), vm.ToValue(vm.NewArrayBuffer(piece)))
		return failure
	}
	if err == nil || errors.Is(err, io.EOF) {
		_, failure := callback(goja.Undefined(), goja.Null(), goja.Undefined())
		return failure
	}
	_, failure := callback(goja.Undefined(), Fault(vm, err, s.to), goja.Undefined())
	return failure
}

// write sends bytes, which it copies.
func (s *Socket) write(bytes []byte, callback goja.Callable) {
	s.mu.Lock()
	conn := s.conn
	s.mu.Unlock()
	data := append([]byte(nil), bytes...)
	s.Later(callback, func(context.Context) (func() goja.Value, error) {
		if conn == nil {
			return nil, gonet.ErrClosed
		}
		_, err := conn.Write(data)
		return nil, err
	})
}

// end tells the peer that nothing more comes. TLS says it in a message, which may wait.
func (s *Socket) end(callback goja.Callable) {
	s.mu.Lock()
	conn := s.conn
	s.mu.Unlock()
	_, encrypted := conn.(*tls.Conn)
	if conn == nil || !encrypted {
		complete := s.h.Operation()
		complete(func() error { // before the peer can answer
			_, err := callback(goja.Undefined(), goja.Null())
			return err
		})
		if conn != nil {
			_ = closeWrite(conn)
		}
		return
	}
	s.Later(callback, func(context.Context) (func() goja.Value, error) {
		_ = closeWrite(conn)
		return nil, nil
	})
}

// destroy closes the connection, unless another socket has it.
func (s *Socket) destroy() {
	s.cancel()
	s.mu.Lock()
	conn, taken := s.conn, s.taken
	s.mu.Unlock()
	if conn != nil && !taken {
		go func() { _ = conn.Close() }() // TLS says goodbye first, which may wait
	}
}

// Peer is where the connection leads and where it comes from, or null.
func (s *Socket) Peer() goja.Value {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil {
		return goja.Null()
	}
	return Peer(s.h.VM(), s.conn.LocalAddr(), s.conn.RemoteAddr())
}

// Peer is the two ends of a connection as properties of a Node socket.
func Peer(vm *goja.Runtime, local, remote gonet.Addr) *goja.Object {
	o := vm.NewObject()
	for name, addr := range map[string]gonet.Addr{"local": local, "remote": remote} {
		address, _ := netip.ParseAddrPort(addr.String())
		plain := address.Addr().Unmap()
		family := "IPv6"
		if plain.Is4() {
			family = "IPv4"
		}
		for property, value := range map[string]any{"Address": plain.String(), "Port": int(address.Port()), "Family": family} {
			gojalib.SetProperty(o, name+property, value)
		}
	}
	return o
}

// connect opens a plain socket.
func connect(h host.Host, to string, port uint16, callback goja.Callable) *Socket {
	s := NewSocket(h, to)
	session, refused := Session(h, to, port)
	s.Open(callback, func(ctx context.Context) (gonet.Conn, func() goja.Value, error) {
		if refused != nil {
			return nil, nil, refused
		}
		conn, err := session.Dial(ctx, "tcp", to, port)
		return conn, s.Peer, err
	})
	return s
}
