package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	gonet "net"
	gohttp "net/http"
	"net/http/httptrace"
	"net/netip"
	"net/textproto"
	"sort"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
	"github.com/ferrule-rules/ferrule/stdlib/node/tls"
)

// exchange is one request and its response. What waits runs in goroutines of its own; all that
// touches the VM runs on its loop.
type exchange struct {
	h           host.Host
	to          target
	headerBytes int64 // most of the header of a response
	cancel      context.CancelFunc
	feed        *feed         // nil: the body was there as a whole
	trail       gohttp.Header // that the request announced
	body        io.ReadCloser // of the response; nil before
	size        int64         // what is left of it, -1 when nobody knows

	response  *gohttp.Response
	spelling  egress.Spelling
	connected chan struct{} // closed when there is a connection, or none will be
	once      sync.Once
	reached   peer

	mu      sync.Mutex
	interim int64 // bytes of responses of the 100s
	news    []information
	waiting func(*information) // nil: nobody waits for news
	over    bool               // the response is there, or none will be
}

// peer is what is known of a connection.
type peer struct {
	local, remote netip.AddrPort
	reused        bool
}

// information is a response of the 100s.
type information struct {
	status int
	header textproto.MIMEHeader
}

// start sends a request. The script's done gets an error or the head of the response.
func start(h host.Host, spec *goja.Object, done goja.Callable) *goja.Object {
	vm := h.VM()
	x := &exchange{h: h, to: targetOf(spec), size: -1, connected: make(chan struct{})}
	ctx, cancel := context.WithCancel(h.Context())
	x.cancel = cancel
	request, names, feed, err := requestOf(ctx, vm, spec)
	x.feed, x.trail = feed, request.Trailer
	x.trailers(spec.Get("trailers"))
	session, refused := net.Session(h, x.to.host, x.to.port)
	if err == nil {
		err = refused
	}
	if refused == nil {
		x.headerBytes = session.Limits().HeaderBytes
	}
	x.spelling.Order = names
	options := egress.Options{TLS: tls.Options(spec.Get("tls")), Spelling: &x.spelling}
	send := func(ctx context.Context, r *gohttp.Request) (*gohttp.Response, error) {
		return session.RoundTrip(r.WithContext(httptrace.WithClientTrace(ctx, x.trace())), options)
	}
	if socket := net.Of(spec.Get("socket")); socket != nil {
		carried := (&carrier{socket, x.informed, x.headerBytes}).roundTrip
		send = func(ctx context.Context, r *gohttp.Request) (*gohttp.Response, error) {
			response, err := carried(ctx, r)
			session.Report(err)
			return response, err
		}
	}
	complete := h.Operation()
	go func() {
		var response *gohttp.Response
		if err == nil {
			response, err = send(ctx, request)
		}
		x.settle()
		x.close()
		if err != nil && x.feed != nil {
			_ = x.feed.Close()
		}
		complete(func() error { return x.answered(done, response, err) })
	}()
	return vm.ToValue(&sealed{x}).ToObject(vm)
}

// trace hears of the connection and of informational responses.
func (x *exchange) trace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GotConn: func(info httptrace.GotConnInfo) {
			x.once.Do(func() {
				x.reached = peer{addressOf(info.Conn.LocalAddr()), addressOf(info.Conn.RemoteAddr()), info.Reused}
				close(x.connected)
			})
		},
		Got1xxResponse: x.informed,
	}
}

// informed is called by the goroutines that read: who waits is told at once, so that it is before
// the response. All of them together may be as long as a header.
func (x *exchange) informed(status int, header textproto.MIMEHeader) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.interim += int64(len("HTTP/1.1 100\r\n\r\n"))
	for name, values := range header {
		for _, value := range values {
			x.interim += int64(len(name) + len(value) + len(": \r\n"))
		}
	}
	if x.interim > x.headerBytes {
		return &egress.LimitError{Limit: "HeaderBytes", Max: fmt.Sprintf("%d bytes", x.headerBytes)}
	}
	if tell := x.waiting; tell != nil {
		x.waiting = nil
		tell(&information{status, header})
	} else if len(x.news) < maxNews {
		x.news = append(x.news, information{status, header})
	}
	return nil
}

// maxNews are kept for who does not wait for them; more are dropped.
const maxNews = 8

// close says that no more news will come.
func (x *exchange) close() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.over = true
	if tell := x.waiting; tell != nil {
		x.waiting = nil
		tell(nil)
	}
}

func (x *exchange) settle() { x.once.Do(func() { close(x.connected) }) }

func addressOf(a gonet.Addr) netip.AddrPort {
	address, _ := netip.ParseAddrPort(a.String())
	return netip.AddrPortFrom(address.Addr().Unmap(), address.Port())
}

// answered hands the response over.
func (x *exchange) answered(done goja.Callable, response *gohttp.Response, err error) error {
	vm := x.h.VM()
	if err != nil {
		_, err := done(goja.Undefined(), net.Fault(vm, err, x.to.host), goja.Undefined(), x.peer())
		return err
	}
	x.response, x.body, x.size = response, response.Body, response.ContentLength
	head := vm.NewObject()
	gojalib.SetProperty(head, "status", response.StatusCode)
	_, message, _ := strings.Cut(response.Status, " ")
	gojalib.SetProperty(head, "message", fromLatin1(message))
	gojalib.SetProperty(head, "major", response.ProtoMajor)
	gojalib.SetProperty(head, "minor", response.ProtoMinor)
	gojalib.SetProperty(head, "lines", vm.ToValue(x.lines()))
	gojalib.SetProperty(head, "peer", x.peer())
	gojalib.SetProperty(head, "closes", response.Close)
	if empty := isEmpty(response); empty {
		gojalib.SetProperty(head, "empty", true)
		_ = response.Body.Close()
	}
	if response.TLS != nil {
		tls.Describe(x.h, head, response.TLS)
	}
	_, err = done(goja.Undefined(), goja.Null(), head)
	return err
}

// isEmpty reports whether a response has no body that could be read.
func isEmpty(r *gohttp.Response) bool {
	return r.ContentLength == 0 || r.StatusCode == gohttp.StatusSwitchingProtocols || r.Request != nil && r.Request.Method == gohttp.MethodHead ||
		r.StatusCode == gohttp.StatusNoContent || r.StatusCode == gohttp.StatusNotModified
}

// lines are name and value of each line of the response's header: as it came, or in the order
// of names where nobody knows.
func (x *exchange) lines() []string {
	if x.spelling.Lines != nil {
		for i := range x.spelling.Lines {
			x.spelling.Lines[i] = fromLatin1(x.spelling.Lines[i])
		}
		return x.spelling.Lines
	}
	response, header := x.response, x.response.Header
	var lines []string
	if len(response.TransferEncoding) > 0 {
		lines = append(lines, "Transfer-Encoding", strings.Join(response.TransferEncoding, ", "))
	}
	return append(lines, flat(header)...)
}

func flat(header map[string][]string) []string {
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	sort.Strings(names)
	lines := make([]string, 0, 2*len(names))
	for _, name := range names {
		for _, value := range header[name] {
			lines = append(lines, name, fromLatin1(value))
		}
	}
	return lines
}

// peer is the connection for JavaScript, or null.
func (x *exchange) peer() goja.Value {
	if !x.reached.remote.IsValid() {
		return goja.Null()
	}
	o := x.h.VM().NewObject()
	gojalib.SetProperty(o, "remoteAddress", x.reached.remote.Addr().String())
	gojalib.SetProperty(o, "remotePort", int(x.reached.remote.Port()))
	gojalib.SetProperty(o, "remoteFamily", family(x.reached.remote))
	gojalib.SetProperty(o, "localAddress", x.reached.local.Addr().String())
	gojalib.SetProperty(o, "localPort", int(x.reached.local.Port()))
	gojalib.SetProperty(o, "localFamily", family(x.reached.local))
	gojalib.SetProperty(o, "reused", x.reached.reused)
	return o
}

func family(a netip.AddrPort) string {
	if a.Addr().Is4() {
		return "IPv4"
	}
	return "IPv6"
}

// sealed is what the script has of an exchange: an object without properties, for functions of
// the exchange.
type sealed struct{ exchange *exchange }

// ofExchange makes a function for scripts of one of exchanges, whose first argument is the sealed one.
func ofExchange(vm *goja.Runtime, f func(*exchange, goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		holder, ok := call.Argument(0).Export().(*sealed)
		if !ok {
			panic(vm.NewTypeError("internal error: no exchange"))
		}
		call.Arguments = call.Arguments[1:]
		return f(holder.exchange, call)
	}
}

// later runs work outside the loop, and then on it what the work answers.
func (x *exchange) later(work func() func() error) goja.Value {
	complete := x.h.Operation()
	go func() { complete(work()) }()
	return goja.Undefined()
}

// onConnected calls back with the peer, or null when there was no connection.
func (x *exchange) onConnected(call goja.FunctionCall) goja.Value {
	callback := net.Callable(x.h.VM(), call.Argument(0))
	return x.later(func() func() error {
		<-x.connected
		return func() error {
			_, err := callback(goja.Undefined(), x.peer())
			return err
		}
	})
}

// onInformation answers a response of the 100s that is there; else it calls back with the next
// one, or with null when none will come.
func (x *exchange) onInformation(call goja.FunctionCall) goja.Value {
	callback := net.Callable(x.h.VM(), call.Argument(0))
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.news) > 0 {
		next := x.news[0]
		x.news = x.news[1:]
		return x.told(&next)
	}
	if x.over {
		return goja.Null()
	}
	complete := x.h.Operation()
	x.waiting = func(next *information) {
		complete(func() error {
			_, err := callback(goja.Undefined(), x.told(next))
			return err
		})
	}
	return goja.Undefined()
}

// told is an informational response for JavaScript.
func (x *exchange) told(i *information) goja.Value {
	if i == nil {
		return goja.Null()
	}
	vm := x.h.VM()
	o := vm.NewObject()
	gojalib.SetProperty(o, "status", i.status)
	gojalib.SetProperty(o, "lines", vm.ToValue(flat(i.header)))
	return o
}

// write hands a piece of the body over and calls back when it was sent or nobody will read it.
// With the last one come the trailers.
func (x *exchange) write(call goja.FunctionCall) goja.Value {
	vm := x.h.VM()
	data, last := host.Bytes(call.Argument(0)), call.Argument(1).ToBoolean()
	callback := net.Callable(vm, call.Argument(2))
	if x.feed == nil {
		panic("internal error: a piece of a body that was sent as a whole")
	}
	data = append([]byte(nil), data...)
	if last {
		x.trailers(call.Argument(3))
	}
	return x.later(func() func() error {
		x.feed.write(data, last)
		return func() error {
			_, err := callback(goja.Undefined())
			return err
		}
	})
}

// trailers are those of the request, as far as its header announced them.
func (x *exchange) trailers(v goja.Value) {
	var lines []string
	if v == nil || x.h.VM().ExportTo(v, &lines) != nil {
		return
	}
	for i := 0; i+1 < len(lines); i += 2 {
		key := gohttp.CanonicalHeaderKey(lines[i])
		if _, announced := x.trail[key]; announced {
			x.trail[key] = append(x.trail[key], latin1(lines[i+1]))
		}
	}
}

// most bytes of a response are read at once.
const most = 64 << 10

// read calls back with an error, or with a piece and whether it was the last, and the trailers
// then.
func (x *exchange) read(call goja.FunctionCall) goja.Value {
	vm := x.h.VM()
	callback := net.Callable(vm, call.Argument(0))
	size := int64(most)
	if x.size >= 0 {
		size = min(size, x.size+1)
	}
	body := x.body
	return x.later(func() func() error {
		piece := make([]byte, size)
		n, err := 0, error(nil)
		for n == 0 && err == nil {
			n, err = body.Read(piece)
		}
		piece = piece[:n]
		if n < cap(piece)/2 {
			piece = append([]byte(nil), piece...)
		}
		return func() error {
			if x.size > 0 {
				x.size -= int64(n)
			}
			last := errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF)
			fault, trailers := goja.Value(goja.Null()), goja.Value(goja.Undefined())
			switch {
			case last:
				_ = body.Close()
				trailers = vm.ToValue(flat(x.response.Trailer))
			case err != nil:
				_ = body.Close()
				fault = net.Fault(vm, err, x.to.host)
			}
			_, err := callback(goja.Undefined(), fault, vm.ToValue(vm.NewArrayBuffer(piece)), vm.ToValue(last), trailers)
			return err
		}
	})
}

// destroy ends the exchange, wherever it is.
func (x *exchange) destroy(goja.FunctionCall) goja.Value {
	x.cancel()
	if x.feed != nil {
		_ = x.feed.Close()
	}
	if x.body != nil {
		_ = x.body.Close()
	}
	return goja.Undefined()
}
