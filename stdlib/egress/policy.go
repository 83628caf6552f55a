package egress

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Policy says where rules may go and how far. The zero Policy lets them reach public addresses,
// within the default limits. It must not be changed once a Client was made of it.
type Policy struct {
	// Allow grants what is refused otherwise: addresses that are not public. A rule with a name
	// grants what that name resolves to, one with addresses grants them under any name.
	Allow []Rule
	// Only, unless empty, refuses everything that neither it nor Allow names. It grants no
	// address that is not public.
	Only []Rule
	// Deny refuses what it names, whatever the other lists say.
	Deny []Rule
	// Schemes that requests may have; empty is http and https. Sockets of net are tcp, those of
	// tls are tls; both are allowed unless the list is not empty and lacks them.
	Schemes []string

	Limits Limits

	// Proxy is an http or https URL, with user information where the proxy wants it; nil is none.
	Proxy *url.URL
	// ProxyResolves leaves the resolution of names to the proxy, where names exist only there.
	ProxyResolves bool
	// RootCAs replaces the roots of the system; nil keeps them.
	RootCAs *x509.CertPool
	// AllowInsecureTLS lets rules turn off the verification of certificates (rejectUnauthorized:
	// false). They get a refusal otherwise.
	AllowInsecureTLS bool

	// Connect, when it is there, takes the place of the network: what the lists let through by name
	// is handed to it, and neither resolved nor judged by its address. It leads the rules of a test to
	// the test's own servers; Proxy does not matter then.
	Connect func(ctx context.Context, host string, port uint16) (net.Conn, error)

	// Resolver answers names, and other records when it has the methods of Records; nil is
	// net.DefaultResolver.
	Resolver Resolver
}

// Validate says what is wrong with the policy.
func (p *Policy) Validate() error {
	if p.Proxy != nil && (p.Proxy.Scheme != "http" && p.Proxy.Scheme != "https" || p.Proxy.Hostname() == "") {
		return fmt.Errorf("proxy %s: an http or https URL with a host is wanted", p.Proxy.Redacted())
	}
	return nil
}

// Resolver answers the addresses of a name, as *net.Resolver does.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Limits bound what a run does to the network. Zero is the default that the field names, a
// negative value no limit.
type Limits struct {
	RequestTime   time.Duration // of one request, from its start to the end of its response; 30 s
	Requests      int           // requests and sockets of one run, and as many look-ups of names; 250
	RunInFlight   int           // requests of one run that wait for an answer at a time, and as many open sockets; others queue; 64
	InFlight      int           // the same for all runs of a client; 1024
	ResponseBytes int64         // of one response as sent and as decompressed, and of what one socket receives; 32 MiB
	RunBytes      int64         // of all responses of one run, as sent and as decompressed, and of what its sockets receive; 256 MiB
	RequestBytes  int64         // of one request's body, and of what one socket sends; 8 MiB
	HeaderBytes   int64         // of the header of a request, and of a response; 64 KiB
	Ratio         int64         // decompressed bytes for one compressed, beyond the first MiB; 200
}

// Defaults are the limits of the zero Limits.
func Defaults() Limits {
	return Limits{30 * time.Second, 250, 64, 1024, 32 << 20, 256 << 20, 8 << 20, 64 << 10, 200}
}

// filled is l with its defaults.
func (l Limits) filled() Limits {
	d := Defaults()
	return Limits{
		limit(l.RequestTime, d.RequestTime), limit(l.Requests, d.Requests),
		limit(l.RunInFlight, d.RunInFlight), limit(l.InFlight, d.InFlight),
		limit(l.ResponseBytes, d.ResponseBytes), limit(l.RunBytes, d.RunBytes), limit(l.RequestBytes, d.RequestBytes),
		limit(l.HeaderBytes, d.HeaderBytes), limit(l.Ratio, d.Ratio),
	}
}

func limit[T ~int | ~int64](value, standard T) T {
	switch {
	case value == 0:
		return standard
	case value < 0:
		return 1<<31 - 1
	}
	return value
}

// Rule names hosts and ports: see [ParseRule] for its spellings.
type Rule struct {
	Host   string       // a name in lower case, *.example.com for all names below, or * for all; empty with Prefix
	Prefix netip.Prefix // addresses
	Port   uint16       // 0 is all ports
}

// ParseRule reads a rule:
//
//	api.example.com          a host, all ports
//	api.example.com:443      one port of it
//	*.example.com            all names below example.com, not itself
//	127.0.0.1:8080           an address; IPv6 with a port in brackets: [::1]:8080
//	10.0.0.0/8:5432          addresses
//	*:443                    all hosts
func ParseRule(text string) (Rule, error) {
	text = strings.TrimSpace(text)
	if strings.Contains(text, "://") {
		return Rule{}, &RuleError{text, "it is a URL; a host is wanted"}
	}
	host, port := strings.ToLower(text), ""
	if addr, err := netip.ParseAddr(host); err != nil || addr.Is4() {
		if prefix, err := netip.ParsePrefix(host); err == nil {
			return Rule{Prefix: prefix.Masked()}, nil
		}
		if at := strings.LastIndexByte(host, ':'); at >= 0 && !strings.HasSuffix(host, "]") {
			host, port = host[:at], host[at+1:]
			if port == "" || host == "" {
				return Rule{}, &RuleError{text, "a port or a host is missing"}
			}
		}
	}
	rule := Rule{}
	if port != "" && port != "*" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 {
			return Rule{}, &RuleError{text, "the port is not a number from 1 to 65535"}
		}
		rule.Port = uint16(n)
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if prefix, err := netip.ParsePrefix(host); err == nil {
		rule.Prefix = prefix.Masked()
		return rule, nil
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		addr = addr.Unmap()
		rule.Prefix = netip.PrefixFrom(addr, addr.BitLen())
		return rule, nil
	}
	rule.Host = strings.TrimSuffix(host, ".")
	name := strings.TrimPrefix(rule.Host, "*.")
	if rule.Host != "*" && (name == "" || strings.ContainsAny(name, "/*:@ \t\r\n?#%\\[]")) {
		return Rule{}, &RuleError{text, "neither a host nor an address, with or without a port"}
	}
	return rule, nil
}

// ParseRules reads rules that stand between commas.
func ParseRules(text string) ([]Rule, error) {
	var rules []Rule
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		rule, err := ParseRule(part)
		if err != nil {
			return nil, err
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

// String spells the rule as ParseRule reads it.
func (r Rule) String() string {
	host := r.Host
	if r.Prefix.IsValid() {
		host = r.Prefix.String()
		if r.Prefix.IsSingleIP() {
			host = r.Prefix.Addr().String()
		}
		if r.Port != 0 && r.Prefix.Addr().Is6() {
			host = "[" + host + "]"
		}
	}
	if r.Port == 0 {
		return host
	}
	return fmt.Sprintf("%s:%d", host, r.Port)
}

// names reports whether the rule names a host as it was written. Rules of addresses name
// literal ones in named and in reaches.
func (r Rule) names(host string, port uint16) bool {
	if r.Port != 0 && r.Port != port || r.Host == "" {
		return false
	}
	if suffix, ok := strings.CutPrefix(r.Host, "*."); ok {
		return strings.HasSuffix(host, "."+suffix)
	}
	return r.Host == "*" || r.Host == host
}

// reaches reports whether the rule names an address.
func (r Rule) reaches(addr netip.Addr, port uint16) bool {
	return r.Prefix.IsValid() && (r.Port == 0 || r.Port == port) && r.Prefix.Contains(addr)
}

// find answers the rule of a list that names the host or, when it is valid, the address.
func find(list []Rule, host string, addr netip.Addr, port uint16) (Rule, bool) {
	i := slices.IndexFunc(list, func(r Rule) bool {
		return r.names(host, port) || addr.IsValid() && r.reaches(addr, port)
	})
	if i < 0 {
		return Rule{}, false
	}
	return list[i], true
}

// target refuses a host by its name, before anything is resolved.
func (p *Policy) target(scheme, host string, port uint16) error {
	refuse := func(reason, rule string) error {
		return &Refusal{Host: host, Port: port, Reason: reason, Rule: rule}
	}
	schemes := p.Schemes
	if len(schemes) == 0 {
		schemes = []string{"http", "https", "tcp", "tls"}
	}
	if !slices.Contains(schemes, scheme) {
		return refuse("the scheme "+scheme+" is not allowed", "schemes "+strings.Join(schemes, ", "))
	}
	if len(host) > longestName {
		return noHost(shortened(host, longestName))
	}
	addr, _ := literal(host)
	addr = addr.Unmap().WithZone("")
	if rule, denied := find(p.Deny, host, addr, port); denied {
		return refuse("it is on the deny-list", "deny "+rule.String())
	}
	// Rules of addresses are judged when the name is resolved.
	addresses := func(r Rule) bool { return r.Prefix.IsValid() && (r.Port == 0 || r.Port == port) }
	if len(p.Only) > 0 && !addr.IsValid() && !slices.ContainsFunc(p.Only, addresses) && !slices.ContainsFunc(p.Allow, addresses) {
		return p.listed(host, netip.Addr{}, port)
	}
	return nil
}

// listed refuses what is not on the allow-list.
func (p *Policy) listed(host string, addr netip.Addr, port uint16) error {
	if len(p.Only) == 0 {
		return nil
	}
	if _, ok := find(p.Only, host, addr, port); ok {
		return nil
	}
	if _, ok := find(p.Allow, host, addr, port); ok {
		return nil
	}
	return &Refusal{Host: host, Port: port, Addr: addr, Reason: "it is not on the allow-list", Rule: "only", Mend: "--only-net (Policy.Only)"}
}

// address refuses an address that a host has: it is asked right before the address is dialled.
func (p *Policy) address(host string, addr netip.Addr, port uint16) error {
	plain := addr.Unmap().WithZone("")
	if rule, denied := find(p.Deny, host, plain, port); denied {
		return &Refusal{Host: host, Port: port, Addr: addr, Reason: "it is on the deny-list", Rule: "deny " + rule.String()}
	}
	for _, leads := range []func(netip.Addr) (netip.Addr, bool){embedded, disguised} {
		hidden, ok := leads(plain)
		if !ok {
			continue
		}
		if rule, denied := find(p.Deny, host, hidden, port); denied {
			return &Refusal{Host: host, Port: port, Addr: addr, Reason: "it is on the deny-list", Rule: "deny " + rule.String()}
		}
	}
	if err := p.listed(host, plain, port); err != nil {
		return err
	}
	class := classify(plain)
	if class == public {
		return nil
	}
	for _, rule := range p.Allow {
		if rule.reaches(plain, port) && (class != metadata || rule.Prefix.IsSingleIP()) {
			return nil
		}
		if rule.names(host, port) && (class != metadata || rule.Host == host) {
			return nil
		}
	}
	return &Refusal{Host: host, Port: port, Addr: addr, Reason: string(class), Rule: "public addresses only",
		Mend: "--allow-net " + net.JoinHostPort(host, strconv.Itoa(int(port))) + " (Policy.Allow)"}
}
