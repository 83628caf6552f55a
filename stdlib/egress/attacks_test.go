package egress_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ferrule-rules/ferrule/internal/peers"
	"github.com/ferrule-rules/ferrule/stdlib/egress"
)

// A name that the lists refuse is not even asked for: the question alone would carry what stands in it to
// the name server of its domain.
func TestRefusedNamesAreNotAskedFor(t *testing.T) {
	for _, c := range []struct{ only, deny string }{{"", "*"}, {"", "*.evil.example"}, {"api.example", ""}, {"api.example:443", "secret.evil.example"}} {
		z := &zone{resolver: resolver{answers: [][]string{{"93.184.216.34"}}}}
		s, r := session(t, egress.Policy{Resolver: z, Only: grants(t, c.only), Deny: grants(t, c.deny)})
		_, err := s.Lookup(t.Context(), "secret.evil.example")
		refusal(t, err)
		_, err = get(s, "http://secret.evil.example/")
		refusal(t, err)
		_, err = s.Dial(t.Context(), "tcp", "secret.evil.example", 443)
		refusal(t, err)
		assert.Zero(t, z.asked.Load(), "%v", c)
		assert.Len(t, r.refused, 3)
	}
	for _, c := range []struct{ only, allow, deny string }{{"93.184.216.0/24", "", ""}, {"api.example", "", ""}, {"api.example:443", "", ""}, {"*.other", "api.example", ""}, {"", "", "api.example:22"}} {
		s, _ := session(t, egress.Policy{Resolver: &resolver{answers: [][]string{{"93.184.216.34"}}}, Only: grants(t, c.only), Allow: grants(t, c.allow), Deny: grants(t, c.deny)})
		_, err := s.Lookup(t.Context(), "api.example")
		require.NoError(t, err, "%v", c)
	}
}

// Numbers are addresses to the resolvers of systems, and so to a proxy that resolves.
func TestNumbersAreAddresses(t *testing.T) {
	hosts := []string{"2130706433", "0x7f000001", "0x7F.1", "127.1", "0177.0.0.1", "017700000001", "127.0.1", "10.1", "0", "0xa9.0xfea9fe", "0251.0376.0251.0376"}
	resolves := &resolver{answers: [][]string{{"93.184.216.34"}}}
	tunnelled := false
	proxy := peers.Accept(t, func(conn net.Conn) { tunnelled = true; conn.Close() })
	for _, p := range []egress.Policy{{}, {Proxy: &url.URL{Scheme: "http", Host: proxy}, ProxyResolves: true}} {
		p.Resolver = resolves
		s, _ := session(t, p)
		for _, host := range hosts {
			_, err := s.Dial(t.Context(), "tcp", host, 80)
			refusal(t, err)
			_, err = s.Lookup(t.Context(), host)
			refusal(t, err)
		}
		for _, host := range []string{"a b", "a..example", "evil.example..", "a\r\nb", "a/b", "::1%a b", "x:y", strings.Repeat("a", 254)} {
			_, err := s.Dial(t.Context(), "tcp", host, 80)
			code, _ := egress.Code(err)
			assert.Equal(t, "ENOTFOUND", code, "%q", host)
		}
	}
	assert.False(t, tunnelled)
	assert.Zero(t, resolves.asked.Load())
}

// A name in other characters is the name that it stands for, to every list.
func TestNamesOfOtherAlphabets(t *testing.T) {
	tunnelled := false
	proxy := peers.Accept(t, func(conn net.Conn) { tunnelled = true; conn.Close() })
	for _, p := range []egress.Policy{{}, {Proxy: &url.URL{Scheme: "http", Host: proxy}, ProxyResolves: true}} {
		p.Resolver, p.Deny = &resolver{answers: [][]string{{"127.0.0.1"}}}, grants(t, "evil.example, xn--bse-sna.example")
		s, _ := session(t, p)
		for _, host := range []string{"evⓘl.example", "ＥＶＩＬ。example", "b\u00f6se.example", "１２７.0.0.1", "①⑥⑨.254.169.254", "loc\u24d0lhost"} {
			_, err := get(s, "http://"+host+"/")
			refusal(t, err)
			_, err = s.Dial(t.Context(), "tcp", host, 80)
			refusal(t, err)
		}
		_, err := s.Dial(t.Context(), "tcp", "\u00ad\u2028x", 80)
		code, _ := egress.Code(err)
		assert.Equal(t, "ENOTFOUND", code)
	}
	assert.False(t, tunnelled)
}

func TestMetadataOfAllClouds(t *testing.T) {
	s, _ := session(t, egress.Policy{Allow: grants(t, "*,0.0.0.0/0,::/0")})
	for _, addr := range []string{
		"169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.42.42", "100.100.100.200", "168.63.129.16", "192.0.0.192",
		"fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:c1::a9fe:a9fe", "fd00:42::42", "fe80::a9fe:a9fe",
		"::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe", "::ffff:0:a9fe:a9fe", "2002:a9fe:a9fe::1",
		"2001:0:4136:e378:8000:63bf:5601:5601", "fe80::5efe:a9fe:a9fe",
	} {
		_, err := s.Dial(t.Context(), "tcp", addr, 80)
		if assert.Error(t, err, addr) {
			assert.Contains(t, refusal(t, err).Reason, "metadata", addr)
		}
	}
}

// A server that informs for ever has sent a header that never ends.
func TestEndlessInterimAnswersEnd(t *testing.T) {
	address := peers.Accept(t, func(conn net.Conn) {
		defer conn.Close()
		_, _ = conn.Read(make([]byte, 4096))
		for {
			if _, err := io.WriteString(conn, strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 100)); err != nil {
				return
			}
		}
	})
	s, r := session(t, egress.Policy{Allow: grants(t, address)})
	_, err := get(s, "http://"+address)
	limited(t, err, "HeaderBytes")
	assert.Len(t, r.limited, 1)
}

// What is recorded of a call is as short as what people read, whatever a rule asks for.
func TestRecordsOfCallsAreShort(t *testing.T) {
	s, r := session(t, egress.Policy{Only: grants(t, "api.example")})
	long := strings.Repeat("x", 1<<20)
	_, err := get(s, "http://"+long+".example/")
	require.Error(t, err)
	_, err = get(s, "http://api.example/"+long)
	require.Error(t, err)
	_, err = s.Dial(t.Context(), "tcp", long, 80)
	require.Error(t, err)
	_, err = s.Lookup(t.Context(), long)
	require.Error(t, err)
	assert.Less(t, len(err.Error()), 1000)
	require.Len(t, r.calls, 3)
	for _, c := range r.calls {
		assert.Less(t, len(c.URL()), 4<<10)
	}
	for _, e := range r.refused {
		assert.Less(t, len(e.Error()), 1000)
	}
}

// What a rule writes into a request moves no reader's cursor.
func TestRecordsOfCallsAreOfOneLine(t *testing.T) {
	s, r := session(t, egress.Policy{Only: grants(t, "api.example")})
	_, err := s.RoundTrip(&http.Request{Method: "GET\r\nX", URL: &url.URL{Scheme: "http", Host: "api.example", Opaque: "/a\r\n\x1b[2Jb\u009b"}}, egress.Options{})
	require.Error(t, err)
	_, err = s.Dial(t.Context(), "tcp", "a\x1b[2J\r\nb", 80)
	assert.NotContains(t, refusal(t, err).Error(), "\x1b")
	require.Len(t, r.calls, 2)
	assert.Equal(t, "GET%0D%0AX http://api.example/a%0D%0A%1B[2Jb%C2%9B", r.calls[0].Method+" "+r.calls[0].URL())
	assert.Equal(t, "tcp://a%1B[2j%0D%0Ab:80", r.calls[1].URL())
}

// A run that opens sockets and never closes them leaves files for others.
func TestOpenSocketsQueue(t *testing.T) {
	address := netip.MustParseAddrPort(peers.Accept(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn); conn.Close() }))
	s, _ := session(t, egress.Policy{Allow: grants(t, address.String()), Limits: egress.Limits{RunInFlight: 2, RequestTime: time.Minute}})
	dial := func(ctx context.Context) (net.Conn, error) { return s.Dial(ctx, "tcp", "127.0.0.1", address.Port()) }
	first, err := dial(t.Context())
	require.NoError(t, err)
	_, err = dial(t.Context())
	require.NoError(t, err)
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = dial(short)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	opened := make(chan error)
	go func() {
		_, err := dial(t.Context())
		opened <- err
	}()
	require.NoError(t, first.Close())
	_ = first.Close() // its place is given back once
	require.NoError(t, <-opened)
	short, cancel = context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = dial(short)
	require.ErrorIs(t, err, context.DeadlineExceeded)
}
