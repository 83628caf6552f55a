package egress_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// tlsServer is a TLS server on loopback that answers requests until the test ends.
func tlsServer(t *testing.T, config *tls.Config) (port string) {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", config)
	require.NoError(t, err)
	s := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "hello") }), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close() })
	_, port, _ = net.SplitHostPort(listener.Addr().String())
	return port
}

// What is wrong with TLS has the code, and the certificates' faults have the words, that Node gives them.
func TestCodesOfTLSAreNodes(t *testing.T) {
	named := func(names ...string) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.DNSNames = names }
	}
	both := func(changes ...func(*x509.Certificate)) func(*x509.Certificate) {
		return func(c *x509.Certificate) {
			for _, change := range changes {
				change(c)
			}
		}
	}
	over := func(c *x509.Certificate) {
		c.NotBefore, c.NotAfter = time.Now().Add(-48*time.Hour), time.Now().Add(-time.Hour)
	}
	early := func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }
	root := peers.Issue(t, nil, "root", peers.Authority)
	other := peers.Issue(t, nil, "other root", peers.Authority)
	middle := peers.Issue(t, root, "middle", peers.Authority)
	plain := peers.Issue(t, root, "no authority", nil)
	late := peers.Issue(t, root, "late middle", both(peers.Authority, over))
	short := peers.Issue(t, root, "short", both(peers.Authority, func(c *x509.Certificate) { c.MaxPathLenZero = true }))
	under := peers.Issue(t, short, "under", peers.Authority)
	self := peers.Issue(t, nil, "self", peers.Local)
	free := peers.Issue(t, root, "no peers.Authority, no usage", func(c *x509.Certificate) { c.KeyUsage = 0 })
	narrow := peers.Issue(t, root, "narrow", both(peers.Authority, func(c *x509.Certificate) {
		c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"a.example"}
	}))

	cases := []struct {
		name    string
		chain   []*peers.Identity // as the server sends it
		ca      *peers.Identity   // of the client
		host    string            // "" is localhost
		set     func(*tls.Config)
		request egress.TLS
	}{
		{name: "good", chain: []*peers.Identity{peers.Issue(t, root, "good", peers.Local)}, ca: root},
		{name: "good by middle", chain: []*peers.Identity{peers.Issue(t, middle, "good", peers.Local), middle}, ca: root},
		{name: "good with root", chain: []*peers.Identity{peers.Issue(t, middle, "good", peers.Local), middle, root}, ca: root},
		{name: "self-signed and known", chain: []*peers.Identity{self}, ca: self},
		{name: "self-signed", chain: []*peers.Identity{self}},
		{name: "self-signed, another is known", chain: []*peers.Identity{self}, ca: root},
		{name: "unknown issuer", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}},
		{name: "another issuer", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}, ca: other},
		{name: "unknown root with it", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local), root}, ca: other},
		{name: "unknown root, middle only", chain: []*peers.Identity{peers.Issue(t, middle, "leaf", peers.Local), middle}, ca: other},
		{name: "unknown root, all", chain: []*peers.Identity{peers.Issue(t, middle, "leaf", peers.Local), middle, root}, ca: other},
		{name: "middle is missing", chain: []*peers.Identity{peers.Issue(t, middle, "leaf", peers.Local)}, ca: root},
		{name: "expired", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Local, over))}, ca: root},
		{name: "expired, self-signed", chain: []*peers.Identity{peers.Issue(t, nil, "leaf", both(peers.Local, over))}, ca: root},
		{name: "expired, unknown issuer", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Local, over))}, ca: other},
		{name: "expired, another name", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(named("a.example"), over))}, ca: root},
		{name: "expired middle", chain: []*peers.Identity{peers.Issue(t, late, "leaf", peers.Local), late}, ca: root},
		{name: "early", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Local, early))}, ca: root},
		{name: "another name", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("a.example", "b.example"))}, ca: root},
		{name: "another name, unknown issuer", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("a.example"))}, ca: other},
		{name: "another address", chain: []*peers.Identity{peers.Issue(t, root, "leaf", func(c *x509.Certificate) { c.IPAddresses = []net.IP{{10, 0, 0, 1}} })}, ca: root, host: "127.0.0.1"},
		{name: "address", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}, ca: root, host: "127.0.0.1"},
		{name: "name only, asked by address", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("localhost"))}, ca: root, host: "127.0.0.1"},
		{name: "common name", chain: []*peers.Identity{peers.Issue(t, root, "localhost", nil)}, ca: root},
		{name: "common name of another", chain: []*peers.Identity{peers.Issue(t, root, "a.example", nil)}, ca: root},
		{name: "common name beside names", chain: []*peers.Identity{peers.Issue(t, root, "localhost", named("a.example"))}, ca: root},
		{name: "wildcard", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("*.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.a.localhost"}},
		{name: "wildcard of two labels", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("*.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.localhost"}},
		{name: "part of a wildcard", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("x*z.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "xyz.a.localhost"}},
		{name: "wildcard for two labels", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("*.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.y.a.localhost"}},
		{name: "upper case", chain: []*peers.Identity{peers.Issue(t, root, "leaf", named("LOCALHOST"))}, ca: root},
		{name: "for clients", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Local, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }))}, ca: root},
		{name: "for signing certificates", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Authority, peers.Local))}, ca: root},
		{name: "for signing certificates, another name", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Authority, named("a.example")))}, ca: root},
		{name: "for signing certificates, expired", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Authority, both(peers.Local, over)))}, ca: root},
		{name: "for key agreement", chain: []*peers.Identity{peers.Issue(t, root, "leaf", both(peers.Local, func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement }))}, ca: root},
		{name: "issuer is none", chain: []*peers.Identity{peers.Issue(t, plain, "leaf", peers.Local), plain}, ca: root},
		{name: "issuer is none, for all uses", chain: []*peers.Identity{peers.Issue(t, free, "leaf", peers.Local), free}, ca: root},
		{name: "name that the issuer must not sign", chain: []*peers.Identity{peers.Issue(t, narrow, "leaf", peers.Local), narrow}, ca: root},
		{name: "path too long", chain: []*peers.Identity{peers.Issue(t, under, "leaf", peers.Local), under, short}, ca: root},
		{name: "old version", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}, ca: root, set: func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11; c.MinVersion = tls.VersionTLS10 }},
		{name: "no certificate of the client", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}, ca: root, set: func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert; c.MaxVersion = tls.VersionTLS12 }},
		{name: "no certificate of the client, 1.3", chain: []*peers.Identity{peers.Issue(t, root, "leaf", peers.Local)}, ca: root, set: func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }},
	}
	type asked struct{ Name, Host, Port, CA, ServerName string }
	type answer struct{ Name, Code, Message string }
	var all []asked
	for i := range cases {
		c := &cases[i]
		config := &tls.Config{Certificates: []tls.Certificate{c.chain[0].Pair(c.chain[1:]...)}}
		if c.set != nil {
			c.set(config)
		}
		if c.host == "" {
			c.host = "localhost"
		}
		if c.ca != nil {
			c.request.CA = []byte(c.ca.PEM())
		}
		all = append(all, asked{c.name, c.host, tlsServer(t, config), string(c.request.CA), c.request.ServerName})
	}
	for name, serve := range map[string]func(net.Conn){
		"no TLS": func(conn net.Conn) { _, _ = conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")); conn.Close() },
		"closed": func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1024)); conn.Close() },
	} {
		_, port, _ := net.SplitHostPort(peers.Accept(t, serve))
		all = append(all, asked{Name: name, Host: "localhost", Port: port})
	}
	const script = `
const https = require('https');
const one = (c) => new Promise((done) => {
  const options = {host: c.Host, port: c.Port, agent: false, family: 4};
  if (c.CA) options.ca = c.CA;
  if (c.ServerName) options.servername = c.ServerName;
  https.get(options, (r) => { r.resume(); r.on('end', () => done({Name: c.Name, Code: '', Message: ''})); r.on('error', (e) => done({Name: c.Name, Code: e.code, Message: e.message})); })
    .on('error', (e) => done({Name: c.Name, Code: e.code, Message: e.message}));
});
(async () => { const out = []; for (const c of JSON.parse(require('fs').readFileSync(0))) out.push(await one(c)); console.log(JSON.stringify(out)); })();`
	var answers []answer
	nodejs.Ask(t, nodejs.Command(t, "-e", script), all, &answers)
	require.Len(t, answers, len(all))
	for i, a := range all {
		t.Run(a.Name, func(t *testing.T) {
			s, r := session(t, egress.Policy{Allow: grants(t, "127.0.0.1,localhost")})
			request, err := http.NewRequest("GET", "https://"+net.JoinHostPort(a.Host, a.Port), nil)
			require.NoError(t, err)
			response, err := s.RoundTrip(request, egress.Options{TLS: egress.TLS{CA: []byte(a.CA), ServerName: a.ServerName}})
			if err == nil {
				response.Body.Close()
			}
			code, _ := egress.Code(err)
			assert.Equal(t, answers[i].Code, code, "Node: %s, here: %v", answers[i].Message, err)
			if code == "" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			assert.Equal(t, code, r.calls[0].Error)
			var refused *egress.CertificateError
			if code != "ERR_TLS_CERT_ALTNAME_INVALID" && errors.As(err, &refused) {
				assert.Equal(t, answers[i].Message, err.Error())
			}
		})
	}
}
