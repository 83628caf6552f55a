package egress_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// zone answers records, and notes what it was asked.
type zone struct {
	resolver
	mu   sync.Mutex
	seen []string
}

func (z *zone) note(kind, name string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.seen = append(z.seen, kind+" "+name)
}

func (z *zone) LookupCNAME(_ context.Context, name string) (string, error) {
	z.note("CNAME", name)
	return strings.Replace(name, "www.", "edge.", 1), nil
}

func (z *zone) LookupMX(_ context.Context, name string) ([]*net.MX, error) {
	z.note("MX", name)
	return []*net.MX{{Host: "mx." + name, Pref: 10}}, nil
}

func (z *zone) LookupNS(_ context.Context, name string) ([]*net.NS, error) {
	z.note("NS", name)
	return []*net.NS{{Host: "ns." + name}}, nil
}

func (z *zone) LookupTXT(_ context.Context, name string) ([]string, error) {
	z.note("TXT", name)
	return []string{"v=spf1 -all"}, nil
}

func (z *zone) LookupSRV(_ context.Context, service, proto, name string) (string, []*net.SRV, error) {
	z.note("SRV", service+proto+name)
	return name, []*net.SRV{{Target: "ldap." + name, Port: 389}}, nil
}

func (z *zone) LookupAddr(_ context.Context, addr string) ([]string, error) {
	z.note("PTR", addr)
	return []string{"one.example."}, nil
}

func TestRecords(t *testing.T) {
	z := &zone{}
	s, _ := session(t, egress.Policy{Resolver: z})
	ctx := t.Context()
	name, err := s.LookupCNAME(ctx, "WWW.example.com.")
	require.NoError(t, err)
	assert.Equal(t, "edge.example.com", name)
	_, err = s.LookupCNAME(ctx, "example.com")
	code, _ := egress.Code(err)
	assert.Equal(t, "ENOTFOUND", code, "it stands for itself")
	mx, err := s.LookupMX(ctx, "example.com")
	require.NoError(t, err)
	assert.Equal(t, "mx.example.com.", mx[0].Host)
	ns, err := s.LookupNS(ctx, "example.com")
	require.NoError(t, err)
	assert.Equal(t, "ns.example.com.", ns[0].Host)
	txt, err := s.LookupTXT(ctx, "example.com")
	require.NoError(t, err)
	assert.Equal(t, []string{"v=spf1 -all"}, txt)
	srv, err := s.LookupSRV(ctx, "_ldap._tcp.example.com")
	require.NoError(t, err)
	assert.EqualValues(t, 389, srv[0].Port)
	names, err := s.LookupAddr(ctx, netip.MustParseAddr("::ffff:93.184.216.34"))
	require.NoError(t, err)
	assert.Equal(t, []string{"one.example."}, names)
	assert.Equal(t, []string{
		"CNAME www.example.com.", "CNAME example.com.", "MX example.com.", "NS example.com.", "TXT example.com.", "SRV _ldap._tcp.example.com.", "PTR 93.184.216.34",
	}, z.seen)
}

// Records go by the lists of hosts, and names and addresses of private networks are refused
// before anybody is asked.
func TestRecordsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		policy, name string
		refused      bool
	}{
		{"", "example.com", false}, {"", "db.internal", true}, {"", "printer.local", true}, {"", "a.localhost", true},
		{"", "1.0.0.10.in-addr.arpa", true}, {"allow *.internal", "db.internal", false}, {"allow db.internal:5432", "db.internal", false},
		{"deny example.com", "example.com", true}, {"deny *.example.com", "a.example.com", true}, {"deny example.com:80", "example.com", false},
		{"only example.com:443", "example.com", false}, {"only example.com", "other.example", true}, {"only 93.184.216.0/24", "other.example", true},
	} {
		t.Run(c.policy+" "+c.name, func(t *testing.T) {
			z := &zone{}
			p := egress.Policy{Resolver: z}
			list, text, _ := strings.Cut(c.policy, " ")
			switch list {
			case "allow":
				p.Allow = grants(t, text)
			case "deny":
				p.Deny = grants(t, text)
			case "only":
				p.Only = grants(t, text)
			}
			s, r := session(t, p)
			_, err := s.LookupTXT(t.Context(), c.name)
			if !c.refused {
				require.NoError(t, err)
				return
			}
			assert.Equal(t, c.name, refusal(t, err).Host)
			assert.Len(t, r.refused, 1)
			assert.Empty(t, z.seen)
		})
	}
	z := &zone{}
	s, _ := session(t, egress.Policy{Resolver: z})
	for _, addr := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "fd00::1", "::ffff:10.0.0.1"} {
		_, err := s.LookupAddr(t.Context(), netip.MustParseAddr(addr))
		refusal(t, err)
	}
	for _, name := range []string{"", "a b.example", "x\r\ny.example"} {
		_, err := s.LookupMX(t.Context(), name)
		code, _ := egress.Code(err)
		assert.Equal(t, "ENOTFOUND", code, "%q", name)
	}
	assert.Empty(t, z.seen)
	s, _ = session(t, egress.Policy{Resolver: &resolver{}})
	_, err := s.LookupMX(t.Context(), "example.com")
	require.ErrorContains(t, err, "answers addresses only")
}

func TestLookUpsInALoopEnd(t *testing.T) {
	z := &zone{resolver: resolver{answers: [][]string{{"93.184.216.34"}}}}
	s, r := session(t, egress.Policy{Resolver: z, Limits: egress.Limits{Requests: 5}})
	var err error
	for i := range 10_000 {
		if i%2 == 0 {
			_, err = s.Lookup(t.Context(), "example.com")
		} else {
			_, err = s.LookupTXT(t.Context(), "example.com")
		}
	}
	limited(t, err, "Requests")
	assert.Len(t, z.seen, 2)
	assert.Len(t, r.limited, 1)
}

// A socket of one family reaches addresses of that family only.
func TestFamiliesOfSockets(t *testing.T) {
	address := netip.MustParseAddrPort(peers.Accept(t, func(conn net.Conn) { conn.Close() }))
	names := &resolver{answers: [][]string{{"::1", "127.0.0.1"}}}
	s, _ := session(t, egress.Policy{Resolver: names, Allow: grants(t, "*")})
	conn, err := s.Dial(t.Context(), "tcp4", "both.example", address.Port())
	require.NoError(t, err)
	assert.Equal(t, address.String(), conn.RemoteAddr().String())
	require.NoError(t, conn.Close())
	names = &resolver{answers: [][]string{{"127.0.0.1"}}}
	s, _ = session(t, egress.Policy{Resolver: names, Allow: grants(t, "*")})
	_, err = s.Dial(t.Context(), "tcp6", "one.example", address.Port())
	code, call := egress.Code(err)
	assert.Equal(t, "ENOTFOUND getaddrinfo", code+" "+call)
	_, err = s.Dial(t.Context(), "udp", "one.example", 53)
	require.ErrorContains(t, err, "not udp")
}

// A name that is public when it is judged and private a moment later: the connection goes to the
// judged address. A proxy shows which one that is, for requests, sockets and answers with both.
func TestRebindingReachesTheJudgedAddressOnly(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	proxy := peers.Accept(t, func(conn net.Conn) {
		defer conn.Close()
		text := make([]byte, 4096)
		n, _ := conn.Read(text)
		line, _, _ := strings.Cut(string(text[:n]), "\r\n")
		mu.Lock()
		asked = append(asked, line)
		mu.Unlock()
		_, _ = fmt.Fprint(conn, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
	})
	through, err := http.NewRequest("GET", "http://"+proxy, nil)
	require.NoError(t, err)
	for name, first := range map[string][]string{"then private": {"93.184.216.34"}, "both at once": {"127.0.0.1", "93.184.216.34", "10.0.0.1"}} {
		t.Run(name, func(t *testing.T) {
			for kind, ask := range map[string]func(*egress.Session) error{
				"http":  func(s *egress.Session) error { _, err := get(s, "http://rebind.example/"); return err },
				"https": func(s *egress.Session) error { _, err := get(s, "https://rebind.example:80/"); return err },
				"tcp":   func(s *egress.Session) error { _, err := s.Dial(t.Context(), "tcp", "rebind.example", 80); return err },
				"tls": func(s *egress.Session) error {
					_, err := s.DialTLS(t.Context(), "rebind.example", 80, egress.TLS{})
					return err
				},
			} {
				asked = nil
				names := &resolver{answers: [][]string{first, {"127.0.0.1"}}}
				s, _ := session(t, egress.Policy{Resolver: names, Proxy: through.URL})
				require.ErrorContains(t, ask(s), "502", kind)
				assert.Equal(t, []string{"CONNECT 93.184.216.34:80 HTTP/1.1"}, asked, kind)
				assert.EqualValues(t, 1, names.asked.Load(), kind)
				refusal(t, ask(s)) // it asks again, and the new answer is judged
			}
		})
	}
}
