package egress_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// identity is a certificate with its key.
type identity struct {
	*x509.Certificate
	key *ecdsa.PrivateKey
}

// issue makes a certificate, signed by an issuer; nil: by itself.
func issue(t *testing.T, issuer *identity, name string, change func(*x509.Certificate)) *identity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	require.NoError(t, err)
	form := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name}, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-24 * time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature,
	}
	change(form)
	parent, by := form, key
	if issuer != nil {
		parent, by = issuer.Certificate, issuer.key
	}
	der, err := x509.CreateCertificate(rand.Reader, form, parent, key.Public(), by)
	require.NoError(t, err)
	made, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return &identity{made, key}
}

func (i *identity) pem() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: i.Raw})
}

func authority(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign }

// server is a TLS server on loopback that answers requests until the test ends.
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
	local := func(c *x509.Certificate) { c.DNSNames, c.IPAddresses = []string{"localhost"}, []net.IP{{127, 0, 0, 1}} }
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
	root := issue(t, nil, "root", authority)
	other := issue(t, nil, "other root", authority)
	middle := issue(t, root, "middle", authority)
	plain := issue(t, root, "no authority", func(*x509.Certificate) {})
	late := issue(t, root, "late middle", both(authority, over))
	short := issue(t, root, "short", both(authority, func(c *x509.Certificate) { c.MaxPathLenZero = true }))
	under := issue(t, short, "under", authority)
	self := issue(t, nil, "self", local)
	free := issue(t, root, "no authority, no usage", func(c *x509.Certificate) { c.KeyUsage = 0 })
	narrow := issue(t, root, "narrow", both(authority, func(c *x509.Certificate) {
		c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"a.example"}
	}))

	cases := []struct {
		name    string
		chain   []*identity // as the server sends it
		ca      *identity   // of the client
		host    string      // "" is localhost
		set     func(*tls.Config)
		request egress.TLS
	}{
		{name: "good", chain: []*identity{issue(t, root, "good", local)}, ca: root},
		{name: "good by middle", chain: []*identity{issue(t, middle, "good", local), middle}, ca: root},
		{name: "good with root", chain: []*identity{issue(t, middle, "good", local), middle, root}, ca: root},
		{name: "self-signed and known", chain: []*identity{self}, ca: self},
		{name: "self-signed", chain: []*identity{self}},
		{name: "self-signed, another is known", chain: []*identity{self}, ca: root},
		{name: "unknown issuer", chain: []*identity{issue(t, root, "leaf", local)}},
		{name: "another issuer", chain: []*identity{issue(t, root, "leaf", local)}, ca: other},
		{name: "unknown root with it", chain: []*identity{issue(t, root, "leaf", local), root}, ca: other},
		{name: "unknown root, middle only", chain: []*identity{issue(t, middle, "leaf", local), middle}, ca: other},
		{name: "unknown root, all", chain: []*identity{issue(t, middle, "leaf", local), middle, root}, ca: other},
		{name: "middle is missing", chain: []*identity{issue(t, middle, "leaf", local)}, ca: root},
		{name: "expired", chain: []*identity{issue(t, root, "leaf", both(local, over))}, ca: root},
		{name: "expired, self-signed", chain: []*identity{issue(t, nil, "leaf", both(local, over))}, ca: root},
		{name: "expired, unknown issuer", chain: []*identity{issue(t, root, "leaf", both(local, over))}, ca: other},
		{name: "expired, another name", chain: []*identity{issue(t, root, "leaf", both(named("a.example"), over))}, ca: root},
		{name: "expired middle", chain: []*identity{issue(t, late, "leaf", local), late}, ca: root},
		{name: "early", chain: []*identity{issue(t, root, "leaf", both(local, early))}, ca: root},
		{name: "another name", chain: []*identity{issue(t, root, "leaf", named("a.example", "b.example"))}, ca: root},
		{name: "another name, unknown issuer", chain: []*identity{issue(t, root, "leaf", named("a.example"))}, ca: other},
		{name: "another address", chain: []*identity{issue(t, root, "leaf", func(c *x509.Certificate) { c.IPAddresses = []net.IP{{10, 0, 0, 1}} })}, ca: root, host: "127.0.0.1"},
		{name: "address", chain: []*identity{issue(t, root, "leaf", local)}, ca: root, host: "127.0.0.1"},
		{name: "name only, asked by address", chain: []*identity{issue(t, root, "leaf", named("localhost"))}, ca: root, host: "127.0.0.1"},
		{name: "common name", chain: []*identity{issue(t, root, "localhost", func(*x509.Certificate) {})}, ca: root},
		{name: "common name of another", chain: []*identity{issue(t, root, "a.example", func(*x509.Certificate) {})}, ca: root},
		{name: "common name beside names", chain: []*identity{issue(t, root, "localhost", named("a.example"))}, ca: root},
		{name: "wildcard", chain: []*identity{issue(t, root, "leaf", named("*.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.a.localhost"}},
		{name: "wildcard of two labels", chain: []*identity{issue(t, root, "leaf", named("*.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.localhost"}},
		{name: "part of a wildcard", chain: []*identity{issue(t, root, "leaf", named("x*z.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "xyz.a.localhost"}},
		{name: "wildcard for two labels", chain: []*identity{issue(t, root, "leaf", named("*.a.localhost"))}, ca: root, request: egress.TLS{ServerName: "x.y.a.localhost"}},
		{name: "upper case", chain: []*identity{issue(t, root, "leaf", named("LOCALHOST"))}, ca: root},
		{name: "for clients", chain: []*identity{issue(t, root, "leaf", both(local, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }))}, ca: root},
		{name: "issuer is none", chain: []*identity{issue(t, plain, "leaf", local), plain}, ca: root},
		{name: "issuer is none, for all uses", chain: []*identity{issue(t, free, "leaf", local), free}, ca: root},
		{name: "name that the issuer must not sign", chain: []*identity{issue(t, narrow, "leaf", local), narrow}, ca: root},
		{name: "path too long", chain: []*identity{issue(t, under, "leaf", local), under, short}, ca: root},
		{name: "old version", chain: []*identity{issue(t, root, "leaf", local)}, ca: root, set: func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11; c.MinVersion = tls.VersionTLS10 }},
		{name: "no certificate of the client", chain: []*identity{issue(t, root, "leaf", local)}, ca: root, set: func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert; c.MaxVersion = tls.VersionTLS12 }},
		{name: "no certificate of the client, 1.3", chain: []*identity{issue(t, root, "leaf", local)}, ca: root, set: func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }},
	}
	type asked struct{ Name, Host, Port, CA, ServerName string }
	type answer struct{ Name, Code, Message string }
	var all []asked
	for i := range cases {
		c := &cases[i]
		config := &tls.Config{Certificates: []tls.Certificate{{PrivateKey: c.chain[0].key}}}
		for _, one := range c.chain {
			config.Certificates[0].Certificate = append(config.Certificates[0].Certificate, one.Raw)
		}
		if c.set != nil {
			c.set(config)
		}
		if c.host == "" {
			c.host = "localhost"
		}
		if c.ca != nil {
			c.request.CA = c.ca.pem()
		}
		all = append(all, asked{c.name, c.host, tlsServer(t, config), string(c.request.CA), c.request.ServerName})
	}
	for name, serve := range map[string]func(net.Conn){
		"no TLS": func(conn net.Conn) { _, _ = conn.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")); conn.Close() },
		"closed": func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1024)); conn.Close() },
	} {
		_, port, _ := net.SplitHostPort(listen(t, serve))
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
