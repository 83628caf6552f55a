package tls_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	gonet "net"
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

func newHost(t *testing.T, p egress.Policy) *hosttest.Host {
	t.Helper()
	return hosttest.New(node.Modules(), node.Globals()).Network(t, "127.0.0.1, localhost", p, egress.Observer{})
}

// listen answers lines in capitals; STARTTLS begins TLS, and bye ends the conversation.
func listen(t *testing.T, config *tls.Config, encrypted bool) (port uint16) {
	t.Helper()
	return netip.MustParseAddrPort(peers.Accept(t, func(conn gonet.Conn) {
		if encrypted {
			conn = tls.Server(conn, config)
		}
		converse(conn, config)
	})).Port()
}

func converse(conn gonet.Conn, config *tls.Config) {
	defer func() { _ = conn.Close() }()
	reader := bufio.NewReader(conn)
	for {
		line, err := reader.ReadString('\n')
		if err != nil || line == "bye\n" {
			return
		}
		if line == "STARTTLS\n" {
			_, _ = io.WriteString(conn, "GO\n")
			conn = tls.Server(conn, config)
			reader = bufio.NewReader(conn)
			continue
		}
		_, _ = io.WriteString(conn, strings.ToUpper(line))
	}
}

func TestScripts(t *testing.T) {
	self := peers.Issue(t, nil, "localhost", func(c *x509.Certificate) {
		c.IsCA, c.DNSNames = true, []string{"localhost"}
		c.Subject.Organization, c.Subject.Country = []string{"A", "B"}, []string{"DE"}
	})
	authority := peers.Issue(t, nil, "localhost", func(c *x509.Certificate) {
		peers.Authority(c)
		peers.Local(c)
		c.KeyUsage |= x509.KeyUsageDigitalSignature
	})
	config := &tls.Config{Certificates: []tls.Certificate{self.Pair()}, NextProtos: []string{"one", "two"}}
	prelude := fmt.Sprintf(`
const tls = require('tls'), net = require('net'), PORT = %d, PLAIN = %d, AUTHORITY = %d, ca = %q, authority = %q;
const log = [], say = (...a) => log.push(a.join(' ')), print = () => console.log(log.join('\n'));
const watch = (e, name, events) => { for (const n of events.split(' ')) e.on(n, (...a) => say(name, n, ...a.map(x => x instanceof Error ? x.code + ' ' + x.message : Buffer.isBuffer(x) ? JSON.stringify(String(x)) : typeof x === 'object' ? '' : String(x)))); };
const fail = e => console.log(e.name, e.code, e.message);
`, listen(t, config, true), listen(t, config, false), listen(t, &tls.Config{Certificates: []tls.Certificate{authority.Pair()}}, true), self.PEM(), authority.PEM())
	for name, script := range map[string]string{
		"conversation":           `const s = tls.connect({ port: PORT, host: 'localhost', ca }, () => { console.log(s.authorized, s.authorizationError, s.encrypted, s.alpnProtocol, s instanceof net.Socket, s.getProtocol()); s.write('hello\n') }); s.on('error', fail); s.setEncoding('utf8'); s.once('data', d => { console.log(d); s.end() }); s.on('close', e => console.log('close', e))`,
		"events":                 `const s = tls.connect(PORT, 'localhost', { ca }); watch(s, 's', 'connect secureConnect secure ready data end finish close error'); s.write('a\n'); s.once('data', () => s.write('bye\n')); s.on('close', print)`,
		"on top":                 `const p = net.connect(PLAIN, 'localhost'); p.write('STARTTLS\n'); p.once('data', d => { console.log(JSON.stringify(String(d))); const s = tls.connect({ socket: p, ca, servername: 'localhost' }, () => { console.log(s.authorized); s.write('inside\n') }); s.on('error', fail); s.on('data', d => { console.log(String(d)); s.end() }); s.on('close', () => console.log('close', p.destroyed)) })`,
		"on top, listeners gone": `const p = net.connect(PLAIN, 'localhost', () => p.write('STARTTLS\n')); p.once('data', () => { p.removeAllListeners('data'); p.removeAllListeners('error'); const s = tls.connect({ socket: p, ca, host: 'localhost' }); s.once('secureConnect', () => { let n = 0; const next = () => { if (n++ < 5) s.write('line' + n + '\n'); else s.destroy() }; s.on('data', d => { console.log(String(d).trim()); next() }); next() }) })`,
		"untrusted":              `const s = tls.connect(PORT, 'localhost'); watch(s, 's', 'secureConnect error close'); s.on('close', () => { print(); console.log(s.authorized) })`,
		"wrong name":             `tls.connect({ port: PORT, host: '127.0.0.1', ca }).on('error', fail)`,
		"servername":             `const s = tls.connect({ port: PORT, host: '127.0.0.1', ca, servername: 'localhost' }, () => { console.log(s.servername); s.destroy() }); s.on('error', fail)`,
		"context":                `const s = tls.connect({ port: PORT, host: 'localhost', secureContext: tls.createSecureContext({ ca }) }, () => { console.log(s.authorized); s.destroy() }); s.on('error', fail)`,
		"ALPN":                   `const s = tls.connect({ port: PORT, host: 'localhost', ca, ALPNProtocols: ['two', 'three'] }, () => { console.log(s.alpnProtocol); s.destroy() }); s.on('error', fail)`,
		"versions":               `const s = tls.connect({ port: PORT, host: 'localhost', ca, maxVersion: 'TLSv1.2' }, () => { console.log(s.getProtocol()); s.destroy() }); s.on('error', fail)`,
		"certificate":            `const s = tls.connect({ port: PORT, host: 'localhost', ca }, () => { const c = s.getPeerCertificate(true); console.log(c.issuerCertificate === c, Object.keys(s.getPeerCertificate()).join(), [c, c.subject].map(o => Object.getPrototypeOf(o) === null).join()); delete c.issuerCertificate; console.log(JSON.stringify(c)); s.destroy() }); s.on('error', fail)`,
		"of an authority":        `const s = tls.connect({ port: AUTHORITY, host: 'localhost', ca: authority }, () => { const c = s.getPeerCertificate(true); console.log(c.ca, c.issuerCertificate === c, c.subjectaltname); s.destroy() }); s.on('error', fail)`,
		"own check":              `const s = tls.connect({ port: PORT, host: 'localhost', ca, checkServerIdentity: (h, c) => { console.log(h, c.subject.CN); return new Error('not mine') } }); watch(s, 's', 'error secureConnect close'); s.on('close', print)`,
		"refused":                `tls.connect(1, '127.0.0.1').on('error', fail)`,
		"identity":               `for (const [h, c] of [['a.example.com', { subjectaltname: 'DNS:*.example.com' }], ['b.a.example.com', { subjectaltname: 'DNS:*.example.com' }], ['x', { subject: { CN: 'x' } }], ['x', { subject: { CN: 'y' } }], ['x', { subject: {} }], ['1.2.3.4', { subjectaltname: 'IP Address:1.2.3.4' }], ['1.2.3.5', { subjectaltname: 'IP Address:1.2.3.4' }]]) { const e = tls.checkServerIdentity(h, c); console.log(e && e.code, e && e.message, e && e.reason, e && e.host) }`,
		"over no socket":         `const s = new tls.TLSSocket(new (require('stream').PassThrough)()); console.log(s._handle._parentWrap.constructor.name, s instanceof net.Socket, s.encrypted)`,
		"roots, copied":          `const copy = {}; for (const k in tls) copy[k] = tls[k]; console.log(Array.isArray(copy.rootCertificates))`,
		"members":                `console.log(Object.keys(tls).sort().join(), tls.DEFAULT_MIN_VERSION, tls.getCiphers().length, tls.DEFAULT_CIPHERS)`,
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			newHost(t, egress.Policy{}).Same(t, prelude+script)
		})
	}

	t.Run("over no socket, used", func(t *testing.T) {
		h := newHost(t, egress.Policy{})
		require.NoError(t, h.Run(t.Context(), prelude+`const { PassThrough } = require('stream'), s = new tls.TLSSocket(new PassThrough());
const no = f => { try { f() } catch (e) { fail(e) } };
no(() => tls.connect({ socket: new PassThrough() })); no(() => new s._handle._parentWrap.constructor(new PassThrough())); s.on('error', fail); s.on('close', () => console.log('closed')); s.write('x')`))
		const refusal = "Error ERR_FEATURE_UNAVAILABLE_ON_PLATFORM tls: a connection over a stream that is not a socket of net is not provided by Ferrule"
		assert.Equal(t, []string{refusal, refusal, refusal, "closed"}, h.Output)
	})
	t.Run("roots, read", func(t *testing.T) {
		h := newHost(t, egress.Policy{})
		require.NoError(t, h.Run(t.Context(), prelude+`try { [...tls.rootCertificates] } catch (e) { fail(e) }`))
		assert.Equal(t, []string{"Error ERR_FEATURE_UNAVAILABLE_ON_PLATFORM tls.rootCertificates is not provided by Ferrule"}, h.Output)
	})
	t.Run("not verified", func(t *testing.T) {
		script := prelude + `const s = tls.connect({ port: PORT, host: 'localhost', rejectUnauthorized: false }, () => { console.log('open', s.authorized); s.destroy() }); s.on('error', e => console.log(e.code))`
		h := newHost(t, egress.Policy{})
		require.NoError(t, h.Run(t.Context(), script))
		assert.Equal(t, []string{"EEGRESS"}, h.Output)
		h = newHost(t, egress.Policy{AllowInsecureTLS: true})
		require.NoError(t, h.Run(t.Context(), script))
		assert.Equal(t, []string{"open false"}, h.Output)
	})
}
