package egress

import (
	"bufio"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/idna"
)

// Client is the way out of one tenant: it keeps connections for further runs of the tenant and
// shares none with another Client. It is safe for concurrent use.
type Client struct {
	policy   Policy
	limits   Limits
	resolver Resolver
	slots    chan struct{} // Limits.InFlight
	sockets  chan struct{} // the same, of sockets that are open

	mu         sync.Mutex
	closed     bool
	transports map[[32]byte]*http.Transport // by what is special about TLS
	order      [][32]byte                   // of transports, the oldest first
}

// maxTransports bounds how many ways of TLS a client keeps connections for.
const maxTransports = 32

// New makes a client.
//
// # Errors
//
// An error says what is wrong with the policy.
func New(p Policy) (*Client, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	c := &Client{policy: p, limits: p.Limits.filled(), resolver: p.Resolver, transports: map[[32]byte]*http.Transport{}}
	if c.resolver == nil {
		c.resolver = net.DefaultResolver
	}
	c.slots = make(chan struct{}, min(c.limits.InFlight, 1<<16))
	c.sockets = make(chan struct{}, cap(c.slots))
	return c, nil
}

// Close ends the connections that wait for further requests; sessions get ErrClosed from here on.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for _, t := range c.transports {
		t.CloseIdleConnections()
	}
}

// TLS is what a request or a socket wants of TLS beside the policy. The zero value is Node's default.
type TLS struct {
	CA         []byte // PEM: roots instead of those of the policy
	Cert, Key  []byte // PEM: the certificate of the client
	ServerName string // instead of the host's name
	// Insecure leaves certificates unverified (rejectUnauthorized: false). The policy must allow it.
	Insecure               bool
	MinVersion, MaxVersion uint16   // of crypto/tls; 0 is Go's default
	Protocols              []string // ALPN, for sockets only
}

// config makes Go's configuration of it; see secured for the host, which is only named in errors.
func (c *Client) config(t TLS, host string) (*tls.Config, error) {
	if t.Insecure && !c.policy.AllowInsecureTLS {
		return nil, &Refusal{Host: host, Reason: "rejectUnauthorized is false, and certificates must be verified",
			Rule: "verified TLS only", Mend: "--allow-insecure-tls (Policy.AllowInsecureTLS), or name the server's CA"}
	}
	config := &tls.Config{
		RootCAs: c.policy.RootCAs, ServerName: t.ServerName,
		MinVersion: t.MinVersion, MaxVersion: t.MaxVersion, NextProtos: t.Protocols,
	}
	if len(t.CA) > 0 {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(t.CA) {
			return nil, errors.New("no certificate in PEM form in ca")
		}
	}
	if len(t.Cert) > 0 || len(t.Key) > 0 {
		pair, err := tls.X509KeyPair(t.Cert, t.Key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

// handshake begins TLS on a connection to a host, whose certificate is verified unless t says
// that it is not. It does not close the connection.
func handshake(ctx context.Context, conn net.Conn, base *tls.Config, t TLS, host string) (*tls.Conn, error) {
	config := base.Clone()
	if config.ServerName == "" {
		config.ServerName = host
	}
	config.InsecureSkipVerify = true // by Go
	if !t.Insecure {
		config.VerifyConnection = verifier(config.RootCAs, config.ServerName)
	}
	secure := tls.Client(conn, config)
	return secure, secure.HandshakeContext(ctx)
}

// transport answers the pool of connections for a way of TLS.
func (c *Client) transport(t TLS, host string) (*http.Transport, error) {
	key := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %t %d %d", t.CA, t.Cert, t.Key, t.ServerName, t.Insecure, t.MinVersion, t.MaxVersion))
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, ErrClosed
	}
	if pool, ok := c.transports[key]; ok {
		return pool, nil
	}
	t.Protocols = nil
	config, err := c.config(t, host)
	if err != nil {
		return nil, err
	}
	dial := func(ctx context.Context, address string, secure bool) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, c.limits.RequestTime)
		defer cancel()
		host, port, err := splitAddress(address)
		if err != nil {
			return nil, err
		}
		conn, err := c.dial(ctx, "tcp", host, port)
		if err != nil {
			return nil, err
		}
		if !secure {
			return c.wired(conn), nil
		}
		over, err := handshake(ctx, conn, config, t, host)
		if err != nil {
			_ = conn.Close()
			return nil, err
		}
		return c.wired(over), nil
	}
	pool := &http.Transport{
		DialContext:            func(ctx context.Context, _, address string) (net.Conn, error) { return dial(ctx, address, false) },
		DialTLSContext:         func(ctx context.Context, _, address string) (net.Conn, error) { return dial(ctx, address, true) },
		TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{}, // HTTP/1.1 only
		DisableCompression:     true,
		MaxIdleConns:           1024,
		MaxIdleConnsPerHost:    256,
		IdleConnTimeout:        30 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: c.limits.HeaderBytes,
	}
	if len(c.order) == maxTransports {
		c.transports[c.order[0]].CloseIdleConnections()
		delete(c.transports, c.order[0])
		c.order = c.order[1:]
	}
	c.transports[key], c.order = pool, append(c.order, key)
	return pool, nil
}

// splitAddress reads host:port.
func splitAddress(address string) (string, uint16, error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, &RequestError{"the address " + strconv.Quote(address) + " cannot be read"}
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return "", 0, &RequestError{"the port " + strconv.Quote(text) + " is not a number from 0 to 65535"}
	}
	return canonical(host), uint16(port), nil
}

// ascii spells names of other alphabets as resolvers have them, after UTS 46 as Node does.
var ascii = idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false))

// canonical spells a host as rules do.
func canonical(host string) string {
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if len(host) <= 4*longestName && strings.ContainsFunc(host, func(c rune) bool { return c >= 0x80 }) {
		if name, err := ascii.ToASCII(host); err == nil {
			host = name
		}
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// addresses resolves a host, and answers those of its addresses that the policy allows, or the
// refusal of the first. Network is tcp, or tcp4 or tcp6 for addresses of one family.
func (c *Client) addresses(ctx context.Context, network, host string, port uint16) ([]netip.Addr, error) {
	all, err := c.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(slices.Clone(all), func(a netip.Addr) bool {
		four := a.Unmap().Is4()
		return network == "tcp4" && !four || network == "tcp6" && four
	})
	if len(all) == 0 {
		return nil, noHost(host)
	}
	var allowed []netip.Addr
	var refused error
	for _, addr := range all {
		if err := c.policy.address(host, addr, port); err == nil {
			allowed = append(allowed, addr.Unmap())
		} else if refused == nil {
			refused = err
		}
	}
	if len(allowed) == 0 {
		return nil, refused
	}
	return allowed, nil
}

// resolve answers the addresses of a host, at least one. Names of this host need no server.
func (c *Client) resolve(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, ok := literal(host); ok {
		return []netip.Addr{addr}, nil
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1}), netip.IPv6Loopback()}, nil
	}
	if !isName(host) {
		return nil, noHost(host)
	}
	all, err := c.resolver.LookupNetIP(ctx, "ip", host)
	if err == nil && len(all) == 0 {
		err = noHost(host)
	}
	return all, err
}

// longestName is the length of the longest name that a resolver is asked for, in bytes.
const longestName = 253

// isName reports whether a host can be asked for.
func isName(host string) bool {
	return host != "" && len(host) <= longestName && !strings.ContainsAny(host, " /\\@:\r\n\t\x00%") && !strings.ContainsFunc(host, func(c rune) bool { return c >= 0x80 }) && !slices.Contains(strings.Split(host, "."), "")
}

func noHost(host string) error {
	return &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// dial connects to a host: it resolves once, and dials only addresses that it has judged.
func (c *Client) dial(ctx context.Context, network, host string, port uint16) (net.Conn, error) {
	if c.policy.Connect != nil {
		addr, _ := literal(host)
		if err := c.policy.listed(host, addr, port); err != nil {
			return nil, err
		}
		return c.policy.Connect(ctx, host, port)
	}
	if c.policy.Proxy != nil && c.policy.ProxyResolves {
		if addr, ok := literal(host); ok {
			if err := c.policy.address(host, addr, port); err != nil {
				return nil, err
			}
		} else if !isName(host) {
			return nil, noHost(host)
		} else if class, err := c.resolve(ctx, host); err == nil && strings.HasSuffix(host, "localhost") {
			if err := c.policy.address(host, class[0], port); err != nil {
				return nil, err
			}
		} else if err := c.policy.listed(host, netip.Addr{}, port); err != nil {
			return nil, err
		}
		return c.tunnel(ctx, net.JoinHostPort(host, strconv.Itoa(int(port))))
	}
	allowed, err := c.addresses(ctx, network, host, port)
	if err != nil {
		return nil, err
	}
	var first error
	for i, addr := range allowed {
		conn, err := c.connect(ctx, addr, port, len(allowed)-i)
		if err == nil {
			return conn, nil
		}
		if first == nil {
			first = err
		}
		if ctx.Err() != nil {
			break
		}
	}
	return nil, first
}

// connect dials an address, with its share of the time when others are left.
func (c *Client) connect(ctx context.Context, addr netip.Addr, port uint16, left int) (net.Conn, error) {
	if until, ok := ctx.Deadline(); ok && left > 1 {
		share, cancel := context.WithTimeout(ctx, time.Until(until)/time.Duration(left))
		defer cancel()
		ctx = share
	}
	address := netip.AddrPortFrom(addr, port).String()
	if c.policy.Proxy != nil {
		return c.tunnel(ctx, address)
	}
	return (&net.Dialer{}).DialContext(ctx, "tcp", address)
}

// tunnel asks the proxy for a connection to an address.
func (c *Client) tunnel(ctx context.Context, address string) (conn net.Conn, err error) {
	proxy := c.policy.Proxy
	port := proxy.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[proxy.Scheme]
	}
	conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(proxy.Hostname(), port))
	if err != nil {
		return nil, fmt.Errorf("proxy: %w", err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer func() {
		if !stop() && err == nil {
			err = context.Cause(ctx)
		}
		if err != nil {
			_ = conn.Close()
			conn = nil
		}
	}()
	if proxy.Scheme == "https" {
		secure, err := handshake(ctx, conn, &tls.Config{RootCAs: c.policy.RootCAs}, TLS{}, proxy.Hostname())
		if err != nil {
			return conn, fmt.Errorf("proxy: %w", err)
		}
		conn = secure
	}
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: address}, Host: address, Header: http.Header{"User-Agent": {""}}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		token := base64.StdEncoding.EncodeToString([]byte(user.Username() + ":" + password))
		request.Header.Set("Proxy-Authorization", "Basic "+token)
	}
	if err := request.Write(conn); err != nil {
		return conn, fmt.Errorf("proxy: %w", err)
	}
	// Nothing of the target can come before the answer has ended: the client speaks first, or
	// the reader keeps what it has read.
	reader := bufio.NewReaderSize(conn, 4096)
	response, err := http.ReadResponse(reader, request)
	if err != nil {
		return conn, fmt.Errorf("proxy: %w", err)
	}
	if response.StatusCode != http.StatusOK {
		return conn, fmt.Errorf("proxy: it answers %s to the request for a tunnel", response.Status)
	}
	return &tunnelled{conn, reader}, nil
}

// tunnelled reads what came behind the proxy's answer first.
type tunnelled struct {
	net.Conn
	reader *bufio.Reader
}

func (t *tunnelled) Read(p []byte) (int, error) { return t.reader.Read(p) }
