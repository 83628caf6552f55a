package http_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	gonet "net"
	gohttp "net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// ofServer makes a certificate one of the servers of these tests.
func ofServer(c *x509.Certificate) {
	peers.Local(c)
	c.Subject.Organization = []string{"Ferrule"}
	c.DNSNames = append(c.DNSNames, "*.example.com")
	c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
}

// secured starts a server with a certificate.
func secured(t *testing.T, of *peers.Identity, config *tls.Config) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(gohttp.HandlerFunc(func(w gohttp.ResponseWriter, r *gohttp.Request) {
		name := "nobody"
		if len(r.TLS.PeerCertificates) > 0 {
			name = r.TLS.PeerCertificates[0].Subject.CommonName
		}
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s [%s]", r.Method, r.RequestURI, name, body)
	}))
	server.TLS = config
	server.TLS.Certificates = []tls.Certificate{of.Pair()}
	server.Config.ErrorLog = quiet
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func TestHTTPS(t *testing.T) {
	a, other := peers.Issue(t, nil, "Test Authority", peers.Authority), peers.Issue(t, nil, "Test Authority", peers.Authority)
	good := peers.Issue(t, a, "server", ofServer)
	expired := peers.Issue(t, a, "server", func(c *x509.Certificate) {
		ofServer(c)
		c.NotBefore, c.NotAfter = time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour)
	})
	elsewhere := peers.Issue(t, a, "server", func(c *x509.Certificate) { c.DNSNames = []string{"other.example"} })
	client := peers.Issue(t, a, "client", func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
	alone := httptest.NewTLSServer(gohttp.NotFoundHandler())
	alone.Config.ErrorLog = quiet
	t.Cleanup(alone.Close)
	clients := x509.NewCertPool()
	clients.AddCert(a.Certificate)
	folder := t.TempDir()
	for name, text := range map[string]string{"ca.pem": a.PEM(), "other.pem": other.PEM(), "cert.pem": client.PEM(), "key.pem": client.KeyPEM(t)} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	constants := fmt.Sprintf(`
const https = require('https'), GOOD = %q, EXPIRED = %q, ELSEWHERE = %q, ALONE = %q, MUTUAL = %q, PLAIN = %q;
const ca = %q, other = %q, cert = %q, key = %q;
const read = (res, f) => { let text = ''; res.setEncoding('utf8'); res.on('data', d => { text += d }); res.on('end', () => f(text)); };
const fail = e => console.log(e.name, e.code, e.reason, e.message);
`, secured(t, good, &tls.Config{}).URL, secured(t, expired, &tls.Config{}).URL, secured(t, elsewhere, &tls.Config{}).URL, alone.URL,
		secured(t, good, &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients}).URL, strings.Replace(serve(t).URL, "http:", "https:", 1),
		a.PEM(), other.PEM(), client.PEM(), client.KeyPEM(t))
	for name, script := range map[string]string{
		"get":             `https.get(GOOD + '/x?y', { ca }, res => { const s = res.socket; console.log(s.encrypted, s.authorized, s.authorizationError, res.req.protocol, res.req.agent === https.globalAgent); read(res, console.log) }).on('error', fail)`,
		"post":            `const r = https.request(GOOD + '/x', { ca: [ca], method: 'POST' }, res => read(res, console.log)); r.on('error', fail); r.end('body')`,
		"agent":           `const agent = new https.Agent({ ca, keepAlive: true }); https.get(GOOD, { agent }, res => read(res, t => { console.log(t, agent.protocol, agent.defaultPort); agent.destroy() })).on('error', fail)`,
		"buffers":         `https.get(GOOD, { ca: Buffer.from(ca) }, res => read(res, console.log)).on('error', fail)`,
		"localhost":       `https.get(GOOD.replace('127.0.0.1', 'localhost'), { ca }, res => read(res, console.log)).on('error', fail)`,
		"servername":      `https.get(GOOD, { ca, servername: 'a.example.com' }, res => read(res, console.log)).on('error', fail)`,
		"wrong name":      `https.get(GOOD, { ca, servername: 'a.b.example.com' }, res => read(res, console.log)).on('error', fail)`,
		"unknown issuer":  `https.get(GOOD, res => read(res, console.log)).on('error', fail)`,
		"other authority": `https.get(GOOD, { ca: other }, res => read(res, console.log)).on('error', fail)`,
		"expired":         `https.get(EXPIRED, { ca }, res => read(res, console.log)).on('error', fail)`,
		"another host":    `https.get(ELSEWHERE, { ca }, res => read(res, console.log)).on('error', fail); https.get(ELSEWHERE.replace('127.0.0.1', 'localhost'), { ca }, res => read(res, console.log)).on('error', e => setTimeout(fail, 50, e))`,
		"signs itself":    `https.get(ALONE, res => read(res, console.log)).on('error', fail)`,
		"client":          `https.get(MUTUAL, { ca, cert, key }, res => read(res, console.log)).on('error', fail)`,
		"certificate":     `https.get(GOOD, { ca }, res => { const c = res.socket.getPeerCertificate(); console.log(JSON.stringify([c.subject, c.issuer, c.subjectaltname, c.valid_to, c.fingerprint256, c.serialNumber, c.raw.length]), res.socket.getProtocol()); res.resume() }).on('error', fail)`,
		"arguments":       `for (const f of [() => https.get('http://x'), () => https.get({ protocol: 'http:' }), () => https.get(GOOD, { agent: new (require('http').Agent)() })]) try { f().on('error', () => {}) } catch (e) { console.log(e.code, e.message) }`,
		"no TLS there":    `https.get(PLAIN).on('error', e => console.log(e.code, e.syscall))`,
		"getName":         `const agent = new https.Agent(); console.log(agent.getName({ host: 'h', port: 1, ca: 'x', rejectUnauthorized: false }))`,
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) { newHost(t, egress.Policy{}).Same(t, constants+script) })
	}

	t.Run("not verified", func(t *testing.T) {
		script := constants + `https.get(GOOD, { rejectUnauthorized: false }, res => read(res, console.log)).on('error', fail)`
		h := newHost(t, egress.Policy{})
		require.NoError(t, h.Run(t.Context(), script))
		assert.Contains(t, h.Output[0], "Error EEGRESS undefined egress to 127.0.0.1 is refused: rejectUnauthorized is false")
		h = newHost(t, egress.Policy{AllowInsecureTLS: true})
		require.NoError(t, h.Run(t.Context(), script))
		assert.Equal(t, []string{"GET / nobody []"}, h.Output)
	})
}

// proxy passes requests on, and connections to where CONNECT asks for.
func proxy(t *testing.T) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(gohttp.HandlerFunc(func(w gohttp.ResponseWriter, r *gohttp.Request) {
		if r.Method != gohttp.MethodConnect {
			fmt.Fprintf(w, "proxied %s %s", r.Method, r.RequestURI)
			return
		}
		to, err := gonet.Dial("tcp", r.Host)
		if err != nil {
			w.WriteHeader(gohttp.StatusBadGateway)
			return
		}
		from, _, err := gohttp.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_, _ = io.WriteString(from, "HTTP/1.1 200 Connection Established\r\n\r\n")
		go func() {
			_, _ = io.Copy(to, from)
			_ = to.Close()
		}()
		_, _ = io.Copy(from, to)
		_ = from.Close()
	}))
	t.Cleanup(server.Close)
	return server
}

func TestTunnels(t *testing.T) {
	a := peers.Issue(t, nil, "Test Authority", peers.Authority)
	good := peers.Issue(t, a, "server", ofServer)
	constants := fmt.Sprintf(`
const http = require('http'), https = require('https'), tls = require('tls'), net = require('net');
const PROXY = %q, SECURE = %q, PLAIN = %q, ca = %q;
const read = (res, f) => { let text = ''; res.setEncoding('utf8'); res.on('data', d => { text += d }); res.on('end', () => f(text)); };
const fail = e => console.log(e.name, e.code, e.message), { hostname, port } = new URL(PROXY), secure = new URL(SECURE), plain = new URL(PLAIN);
`, proxy(t).URL, secured(t, good, &tls.Config{}).URL, serve(t).URL, a.PEM())
	scripts := map[string]string{
		"connect": `const r = http.request({ hostname, port, method: 'CONNECT', path: secure.host }); r.on('error', fail); r.end();
r.on('connect', (res, socket, head) => { console.log(res.statusCode, head.length, r.destroyed); const s = tls.connect({ socket, ca, host: secure.hostname, servername: 'localhost' }, () => { console.log(s.authorized, s.encrypted);
  https.get({ host: secure.hostname, port: secure.port, path: '/through', createConnection: () => s }, res => read(res, t => { console.log(t); s.destroy() })).on('error', fail) }); s.on('error', fail) })`,
		"upgrade": `const r = http.request(PLAIN + '/upgrade', { headers: { Connection: 'Upgrade', Upgrade: 'echo' } }); r.on('response', () => console.log('response')); r.on('error', fail);
r.on('upgrade', (res, s, head) => { console.log(res.statusCode, res.headers.upgrade, head.length, r.destroyed); s.setEncoding('utf8'); s.once('data', d => { console.log(d); s.once('data', d => { console.log(d); s.end() }); s.write('two') }); s.on('close', () => console.log('closed')); s.write('one') }); r.end()`,
		"refused":          `const r = http.request({ hostname, port, method: 'CONNECT', path: '127.0.0.1:1' }); r.on('error', fail); r.on('connect', (res, s) => { console.log(res.statusCode); s.destroy() }); r.end()`,
		"absolute":         `http.get({ hostname, port, path: 'http://else.where/a?b', headers: { Host: 'else.where' } }, res => read(res, console.log)).on('error', fail)`,
		"own socket":       `const s = net.connect(plain.port, plain.hostname); http.get({ createConnection: () => s, path: '/echo', headers: { Host: 'me' } }, res => read(res, t => console.log(t))).on('error', fail)`,
		"own socket posts": `const r = http.request({ createConnection: () => net.connect(plain.port, plain.hostname), path: '/echo', method: 'POST', headers: { Host: 'me' } }, res => read(res, t => console.log(t))); r.on('error', fail); r.write('a'); setTimeout(() => r.end('b'), 10)`,
		"own socket keeps": `const s = net.connect(plain.port, plain.hostname); const headers = { Host: 'me', Connection: 'keep-alive' };
http.get({ createConnection: () => s, path: '/chunks', headers }, res => read(res, t => { console.log(t); s.once('free', () => http.get({ createConnection: () => s, path: '/echo', headers }, res => read(res, t => { console.log(t); s.destroy() })).on('error', fail)) })).on('error', fail)`,
	}
	for name, script := range scripts {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) { newHost(t, egress.Policy{}).Same(t, constants+script) })
	}
	t.Run("packages", func(t *testing.T) {
		dir := installed(t)
		for name, script := range map[string]string{
			"request tunnels": `require('request')({ url: SECURE + '/x', proxy: PROXY, ca }, (e, res, body) => console.log(e, body))`,
			"request proxies": `require('request')({ url: 'http://else.where/x', proxy: PROXY }, (e, res, body) => console.log(e, body))`,
			"agents":          `const { HttpsProxyAgent } = require('https-proxy-agent'); const A = HttpsProxyAgent || require('https-proxy-agent'); https.get(SECURE + '/x', { agent: new A(PROXY), ca }, res => read(res, console.log)).on('error', fail)`,
		} {
			t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
				samePackages(t, dir, constants+script)
			})
		}
	})
}
