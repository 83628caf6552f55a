// Package tls gives rules Node's tls, the client's side of it: encrypted sockets over the run's
// egress, from the start or on top of a socket that is open (STARTTLS). Certificates are verified
// unless the policy lets rules turn that off.
package tls

import (
	"bytes"
	"context"
	"crypto/tls"
	_ "embed"
	gonet "net"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

//go:embed tls.js
var text string

//go:embed tables.json
var tables string

var script = host.NewScript("tls.js", "const tables = "+tables+";\n"+text)

// Modules is tls.
var Modules = []host.Module{{Name: "tls", Build: build}}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	internal := net.Offered(h)
	internal["connect"] = func(call goja.FunctionCall) goja.Value {
		return connect(h, call.Argument(0).String(), uint16(call.Argument(1).ToInteger()), Options(call.Argument(2)), net.Callable(vm, call.Argument(3)))
	}
	internal["upgrade"] = func(call goja.FunctionCall) goja.Value {
		return upgrade(h, net.Of(call.Argument(0)), call.Argument(1).String(), Options(call.Argument(2)), net.Callable(vm, call.Argument(3)))
	}
	return script.Evaluate(h, internal)
}

// connect opens an encrypted socket.
func connect(h host.Host, to string, port uint16, options egress.TLS, callback goja.Callable) goja.Value {
	s := net.NewSocket(h, to)
	session, refused := net.Session(h, to, port)
	s.Open(callback, func(ctx context.Context) (gonet.Conn, func() goja.Value, error) {
		if refused != nil {
			return nil, nil, refused
		}
		conn, err := session.DialTLS(ctx, to, port, options)
		if err != nil {
			return nil, nil, err
		}
		return conn, described(h, s, conn), nil
	})
	return s.Value()
}

// upgrade begins TLS on a socket that is open, whose connection it takes.
func upgrade(h host.Host, plain *net.Socket, name string, options egress.TLS, callback goja.Callable) goja.Value {
	s := net.NewSocket(h, name)
	session, refused := net.Session(h, name, 0)
	s.Open(callback, func(ctx context.Context) (gonet.Conn, func() goja.Value, error) {
		if refused != nil {
			return nil, nil, refused
		}
		if plain == nil {
			return nil, nil, gonet.ErrClosed
		}
		taken, err := plain.Take()
		if err != nil {
			return nil, nil, err
		}
		conn, err := session.Upgrade(ctx, taken, name, options)
		if err != nil {
			return nil, nil, err
		}
		return conn, described(h, s, conn), nil
	})
	return s.Value()
}

// described tells a script of the connection.
func described(h host.Host, s *net.Socket, conn *tls.Conn) func() goja.Value {
	state := conn.ConnectionState()
	return func() goja.Value {
		o := s.Peer().ToObject(h.VM())
		Describe(h, o, &state)
		return o
	}
}

// Versions are Node's names of those of TLS.
var Versions = map[string]uint16{"TLSv1": tls.VersionTLS10, "TLSv1.1": tls.VersionTLS11, "TLSv1.2": tls.VersionTLS12, "TLSv1.3": tls.VersionTLS13}

// Describe sets the properties protocol, cipher, alpn and certificates (DER, the peer's first).
func Describe(h host.Host, o *goja.Object, state *tls.ConnectionState) {
	vm := h.VM()
	set := func(name string, v any) { gojalib.SetProperty(o, name, v) }
	for name, version := range Versions {
		if version == state.Version {
			set("protocol", name)
		}
	}
	set("cipher", tls.CipherSuiteName(state.CipherSuite))
	set("alpn", state.NegotiatedProtocol)
	chain := state.PeerCertificates
	set("certificates", func(goja.FunctionCall) goja.Value {
		list := make([]any, len(chain))
		for i, c := range chain {
			list[i] = vm.NewArrayBuffer(bytes.Clone(c.Raw))
		}
		return vm.NewArray(list...)
	})
}

// Options reads what the script made of a caller's options.
func Options(v goja.Value) egress.TLS {
	o, ok := v.(*goja.Object)
	if !ok {
		return egress.TLS{}
	}
	text := func(name string) string {
		if v := o.Get(name); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			return v.String()
		}
		return ""
	}
	options := egress.TLS{
		CA: []byte(text("ca")), Cert: []byte(text("cert")), Key: []byte(text("key")), ServerName: text("servername"),
		Insecure:   o.Get("insecure").ToBoolean(),
		MinVersion: Versions[text("minVersion")], MaxVersion: Versions[text("maxVersion")],
	}
	if list, ok := o.Get("protocols").Export().([]any); ok {
		for _, p := range list {
			if name, ok := p.(string); ok {
				options.Protocols = append(options.Protocols, name)
			}
		}
	}
	return options
}
