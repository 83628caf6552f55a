package net_test

import (
	"bufio"
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

// newHost is a host whose scripts may reach what allow lists.
func newHost(t *testing.T, allow string) *hosttest.Host {
	t.Helper()
	return hosttest.New(node.Modules(), node.Globals()).Network(t, allow, egress.Policy{}, egress.Observer{})
}

// listen serves what scripts connect to: it answers each line in capitals, "bye" by closing and
// "flood" with a mebibyte.
func listen(t *testing.T) (port uint16) {
	t.Helper()
	return netip.MustParseAddrPort(peers.Accept(t, func(conn gonet.Conn) {
		defer func() { _ = conn.Close() }()
		lines := bufio.NewScanner(conn)
		for lines.Scan() {
			switch lines.Text() {
			case "bye":
				return
			case "flood":
				_, _ = conn.Write(make([]byte, 1<<20))
			default:
				_, _ = io.WriteString(conn, strings.ToUpper(lines.Text())+"\n")
			}
		}
		_, _ = io.WriteString(conn, "END\n")
	})).Port()
}

const prelude = `
const net = require('net'), dns = require('dns'), PORT = %d;
const log = [], say = (...a) => log.push(a.join(' '));
const watch = (e, name, events) => { for (const n of events.split(' ')) e.on(n, (...a) => say(name, n, ...a.map(x => x instanceof Error ? x.code + ' ' + x.message : Buffer.isBuffer(x) ? JSON.stringify(String(x)) : typeof x === 'object' ? '' : String(x)))); };
const print = () => console.log(log.join('\n'));
`

// scripts print the same here and in Node.
var scripts = map[string]string{
	"conversation":    `const s = net.connect(PORT, '127.0.0.1', () => s.write('hello\n')); s.setEncoding('utf8'); s.once('data', d => { console.log(d, s.remoteAddress, s.remotePort === PORT, s.remoteFamily, s.readyState); s.end() }); s.on('close', e => console.log('closed', e, s.destroyed, s.readyState, s.bytesWritten))`,
	"events":          `const s = net.createConnection({ port: PORT, host: '127.0.0.1' }); watch(s, 's', 'connect ready data end finish close error timeout drain'); s.write('a\n'); s.once('data', () => s.end()); s.on('close', print); console.log(s.connecting, s.pending, s.readyState)`,
	"server closes":   `const s = net.connect(PORT, '127.0.0.1'); watch(s, 's', 'data end finish close error'); s.write('bye\n'); s.on('close', print)`,
	"half open":       `const s = net.connect({ port: PORT, host: '127.0.0.1', allowHalfOpen: true }); let t = ''; watch(s, 's', 'end finish'); s.on('data', d => { t += d }); s.end('x\n'); s.on('end', () => { say(JSON.stringify(t)); print(); s.destroy() })`,
	"refused":         `const s = net.connect(1, '127.0.0.1'); watch(s, 's', 'connect close'); s.on('error', e => console.log(JSON.stringify(e), e.message)); s.on('close', print)`,
	"late listener":   `const s = net.connect(1, '127.0.0.1'); s.on('error', e => { console.log(e.code, s.destroyed); Promise.resolve().then(() => { s.on('close', e => console.log('closed', e)); s.end() }) })`,
	"flood":           `const s = net.connect(PORT, '127.0.0.1'); let n = 0; s.write('flood\n'); s.on('data', d => { n += d.length; if (n === 1 << 20) { console.log(n, s.bytesRead); s.destroy() } })`,
	"paused":          `const s = net.connect(PORT, '127.0.0.1'); let n = 0; s.write('flood\n'); s.on('data', d => { n += d.length; s.pause(); setImmediate(() => s.resume()); if (n === 1 << 20) { console.log(n); s.destroy() } })`,
	"timeout":         `const s = net.connect(PORT, '127.0.0.1'); s.setTimeout(40, () => { console.log('idle', s.timeout); s.destroy() }); s.on('close', e => console.log(e))`,
	"destroyed":       `const s = net.connect(PORT, '127.0.0.1'); watch(s, 's', 'connect close error'); s.destroy(new Error('mine')); s.on('close', print)`,
	"destroyed early": `const s = net.connect(PORT, '127.0.0.1'); watch(s, 's', 'connect close error'); s.destroy(); s.on('close', print)`,
	"write after end": `const s = net.connect(PORT, '127.0.0.1'); s.on('error', e => console.log(e.code)); s.end('x\n'); s.write('y\n'); s.on('close', () => console.log('closed')); s.resume()`,
	"callbacks":       `const s = net.connect(PORT, '127.0.0.1'); s.write('a\n', () => console.log('written')); s.end('b\n', () => console.log('ended')); s.resume(); s.on('end', () => console.log('end'))`,
	"a new Socket":    `const s = new net.Socket(); s.setNoDelay(true).setKeepAlive(true, 1).ref().unref().ref(); s.connect(PORT, '127.0.0.1'); s.once('connect', () => { console.log(s instanceof require('stream').Duplex, s.address().address); s.destroy() })`,
	"wrong":           `for (const f of [() => net.connect(), () => net.connect({}), () => net.connect(70000), () => net.connect({ port: {} }), () => net.connect({ port: 1, host: 1 }), () => new net.Socket().setTimeout('x'), () => new net.Socket().setTimeout(-1)]) try { const s = f(); if (s) s.on('error', () => {}); } catch (e) { console.log(e.name, e.code, e.message) }`,
	"isIP":            `console.log(['127.0.0.1', '::1', 'x', '1.2.3', '::ffff:1.2.3.4', '', '01.2.3.4', 'fe80::1%eth0', undefined].map(a => net.isIP(a)).join(), net.isIPv4('1.1.1.1'), net.isIPv6('::'))`,
	"members":         `console.log(Object.keys(net).sort().join(), Object.keys(dns).sort().join(), Object.keys(dns.promises).sort().join())`,
	"lookup":          `dns.lookup('127.0.0.1', (e, a, f) => { console.log(e, a, f); dns.lookup('localhost', 4, (e, a, f) => { console.log(e, a, f); dns.lookup('localhost', { family: 4, all: true }, (e, a) => { console.log(e, JSON.stringify(a)); dns.promises.lookup('localhost', { family: 4 }).then(a => console.log(JSON.stringify(a))) }) }) });`,
	"lookup wrong":    `for (const f of [() => dns.lookup('x'), () => dns.lookup(1, () => {}), () => dns.lookup('x', { family: 5 }, () => {})]) try { f() } catch (e) { console.log(e.name, e.code, e.message) }`,
	"lookup failed":   `dns.lookup('nowhere.invalid', e => { console.log(e.syscall, e.hostname, /^getaddrinfo (ENOTFOUND|EAI_AGAIN) nowhere.invalid$/.test(e.message)) })`,
	"own lookup":      `const s = net.connect({ port: PORT, host: 'somewhere.invalid', lookup: (h, o, f) => { console.log(h, o.all); setImmediate(f, null, [{ address: '127.0.0.1', family: 4 }]) } }, () => { console.log(s.remoteAddress); s.destroy() })`,
}

func TestScripts(t *testing.T) {
	port := listen(t)
	for name, script := range scripts {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			newHost(t, "127.0.0.1, localhost").Same(t, fmt.Sprintf(prelude, port)+script)
		})
	}
}

func TestRefusedByThePolicy(t *testing.T) {
	port := listen(t)
	h := newHost(t, "")
	require.NoError(t, h.Run(t.Context(), fmt.Sprintf(prelude, port)+`
		net.connect(PORT, 'localhost').on('error', e => console.log(e.code, e.syscall, e.hostname, e.port === PORT));
		dns.lookup('localhost', e => console.log(e.code));`))
	assert.ElementsMatch(t, []string{"EEGRESS connect localhost true", "EEGRESS"}, h.Output)

	delete(h.Grants, egress.Key)
	h.Output = nil
	require.NoError(t, h.Run(t.Context(), `require('net').connect(1, 'example.com').on('error', e => console.log(e.code, e.message))`))
	assert.Equal(t, []string{"EEGRESS egress to example.com:1 is refused: this pipeline has no network [no network]"}, h.Output)
}

func TestAbsentMembersThrowByName(t *testing.T) {
	h := newHost(t, "")
	require.NoError(t, h.Run(t.Context(), `
		for (const f of [() => require('net').createServer(), () => new (require('net').Server)(), () => require('net').connect('/tmp/socket'), () => require('dns').resolveSoa('x', () => {}), () => require('dns').promises.resolveCaa('x')]) {
			try { f(); console.log('none') } catch (e) { console.log(e.message) }
		}`))
	assert.Equal(t, []string{
		"net.createServer is not provided by Ferrule", "net.Server is not provided by Ferrule", "net: a socket with a path is not provided by Ferrule",
		"dns.resolveSoa is not provided by Ferrule", "dns.resolveCaa is not provided by Ferrule",
	}, h.Output)
}
