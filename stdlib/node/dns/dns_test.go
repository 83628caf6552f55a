package dns_test

import (
	"context"
	"encoding/binary"
	"fmt"
	gonet "net"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/nodejs"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/node"
	"github.com/ferrule-rules/ferrule/stdlib/node/host/hosttest"
)

func newHost(t *testing.T, p egress.Policy) *hosttest.Host {
	t.Helper()
	return hosttest.New(node.Modules(), node.Globals()).Network(t, "", p, egress.Observer{})
}

// wire spells a name as name servers do.
func wire(name string) (out []byte) {
	for label := range strings.SplitSeq(strings.Trim(name, "."), ".") {
		out = append(append(out, byte(len(label))), label...)
	}
	return append(out, 0)
}

func mx(preference uint16, host string) []byte {
	return append(binary.BigEndian.AppendUint16(nil, preference), wire(host)...)
}

// zone are the records of the test's name server by type and name.
var zone = map[string][][]byte{
	"1 www.example.com":             {{93, 184, 216, 34}},
	"1 edge.example.com":            {{93, 184, 216, 34}},
	"2 example.com":                 {wire("ns1.example.com")},
	"5 www.example.com":             {wire("edge.example.com")},
	"12 34.216.184.93.in-addr.arpa": {wire("edge.example.com")},
	"15 example.com":                {mx(5, "mx1.example.com"), mx(10, "mx2.example.com")},
	"16 example.com":                {[]byte("\x0bv=spf1 -all")},
	"33 _ldap._tcp.example.com":     {append([]byte{0, 1, 0, 2, 1, 133}, wire("ldap.example.com")...)},
}

// nameServer answers from zone, and that there is no such name else.
func nameServer(t *testing.T) (address string) {
	t.Helper()
	conn, err := gonet.ListenPacket("udp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	go func() {
		in := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(in)
			if err != nil {
				return
			}
			_, _ = conn.WriteTo(reply(in[:n]), from)
		}
	}()
	return conn.LocalAddr().String()
}

func reply(query []byte) []byte {
	var labels []string
	at := 12
	for query[at] != 0 {
		n := int(query[at])
		labels = append(labels, strings.ToLower(string(query[at+1:at+1+n])))
		at += 1 + n
	}
	end := at + 5
	kind := binary.BigEndian.Uint16(query[at+1:])
	name := strings.Join(labels, ".")
	key := fmt.Sprintf("%d %s", kind, name)
	records := zone[key]
	if alias := zone["5 "+name]; kind == 1 && alias != nil { // an address behind an alias
		kind, records = 5, alias
	}
	out := append([]byte{query[0], query[1], 0x81, 0x80, 0, 1, 0, byte(len(records)), 0, 0, 0, 0}, query[12:end]...)
	if len(records) == 0 {
		out[3] = 0x83
	}
	for _, data := range records {
		out = append(out, 0xc0, 12)
		out = binary.BigEndian.AppendUint16(out, kind)
		out = append(out, 0, 1, 0, 0, 0, 60)
		out = append(binary.BigEndian.AppendUint16(out, uint16(len(data))), data...)
	}
	if kind == 5 && key[0] == '1' {
		out[7]++
		out = append(append(out, wire("edge.example.com")...), 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34)
	}
	return out
}

// scripts print the same here and in Node that asks the same name server.
var scripts = map[string]string{
	"records": `(async () => {
  const p = dns.promises;
  for (const [f, name] of [['resolveMx', 'example.com'], ['resolveTxt', 'example.com'], ['resolveNs', 'EXAMPLE.com'], ['resolveCname', 'www.example.com'],
    ['resolveSrv', '_ldap._tcp.example.com'], ['resolvePtr', '34.216.184.93.in-addr.arpa'], ['reverse', '93.184.216.34'], ['resolve4', 'edge.example.com'],
    ['resolveMx', 'nowhere.example'], ['resolveTxt', 'nowhere.example'], ['resolveCname', 'nowhere.example'], ['reverse', '93.184.216.35'], ['resolvePtr', 'nowhere.example']]) {
    try { const r = await p[f](name); console.log(f, Array.isArray(r), JSON.stringify(r)); } catch (e) { console.log(f, JSON.stringify(e), e.message); }
  }
})();`,
	"callbacks": `dns.resolveMx('example.com', (e, r) => { console.log(e, JSON.stringify(r)); dns.resolve('example.com', 'TXT', (e, r) => { console.log(e, JSON.stringify(r)); dns.resolveSrv('x.example', (e, r) => console.log(e.message, e.code, e.syscall, e.hostname, r)) }) });`,
	"wrong": `for (const f of [() => dns.resolveMx(5, () => {}), () => dns.resolveMx('a'), () => dns.resolveTxt('a', 1), () => dns.resolve('a', 'BAD', () => {}), () => dns.resolve('a', 'mx', () => {}),
  () => dns.resolve('a', 5, () => {}), () => dns.reverse('nope', () => {}), () => dns.reverse(5, () => {})]) try { f(); console.log('none') } catch (e) { console.log(e.name, e.code, e.errno, e.message) }`,
}

func TestScripts(t *testing.T) {
	server := nameServer(t)
	policy := egress.Policy{Resolver: &gonet.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (gonet.Conn, error) {
		return (&gonet.Dialer{}).DialContext(ctx, "udp", server)
	}}}
	for name, script := range scripts {
		t.Run(name, func(t *testing.T) {
			want := nodejs.Print(t, "const dns = require('dns'); dns.setServers(['"+server+"']);"+script)
			hosttest.SameLines(t, want, newHost(t, policy).Print(t, "const dns = require('dns');"+script))
		})
	}
}

// Names of private networks and what is not on the lists are not asked for.
func TestRecordsGoByThePolicy(t *testing.T) {
	h := newHost(t, egress.Policy{Deny: []egress.Rule{{Host: "denied.example"}}})
	require.NoError(t, h.Run(t.Context(), `const dns = require('dns');
dns.resolveTxt('denied.example', e => { console.log(e.code); dns.resolveSrv('_x._tcp.consul.internal', e => { console.log(e.code); dns.reverse('10.0.0.1', e => { console.log(e.code); dns.resolvePtr('1.0.0.127.in-addr.arpa', e => console.log(e.code)) }) }) });`))
	assert.Equal(t, []string{"EEGRESS", "EEGRESS", "EEGRESS", "EEGRESS"}, h.Output)
}
