package egress

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Records is what a Resolver may offer beside, as *net.Resolver does: the records of a name other than its
// addresses, and the names of an address. Names end in a dot.
type Records interface {
	LookupCNAME(ctx context.Context, host string) (string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupNS(ctx context.Context, name string) ([]*net.NS, error)
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupAddr(ctx context.Context, addr string) ([]string, error)
}

// Lookup answers those addresses of a host that the policy allows on some port.
//
// # Errors
//
// [*Refusal] when it allows none, [*LimitError], [*net.DNSError], the error of the context.
func (s *Session) Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	return look(ctx, s, func(ctx context.Context) ([]netip.Addr, error) {
		return s.client.lookup(ctx, canonical(host))
	})
}

// lookup judges without a port: a rule that names one counts for its port.
func (c *Client) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	ports := []uint16{0}
	for _, rule := range append(append([]Rule{}, c.policy.Allow...), c.policy.Only...) {
		ports = append(ports, rule.Port)
	}
	if err := c.policy.asked(host); err != nil {
		return nil, err
	}
	all, err := c.resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	var allowed []netip.Addr
	var refused error
	for _, addr := range all {
		var err error
		for _, port := range ports {
			if err = c.policy.address(host, addr, port); err == nil {
				allowed = append(allowed, addr.Unmap())
				break
			}
		}
		if refused == nil {
			refused = err
		}
	}
	if len(allowed) == 0 {
		return nil, refused
	}
	return allowed, nil
}

// LookupCNAME answers the name that another one stands for; IsNotFound when it stands for itself.
//
// # Errors
//
// [*Refusal] for names that the policy names in Deny, for those that are not on a list of
// Only, and for names of private networks unless they are granted; the others of [Session.Lookup].
func (s *Session) LookupCNAME(ctx context.Context, host string) (string, error) {
	return records(ctx, s, host, func(ctx context.Context, r Records, name string) (string, error) {
		found, err := r.LookupCNAME(ctx, name)
		if err == nil && canonical(found) == canonical(name) {
			err = noHost(canonical(name))
		}
		return strings.TrimSuffix(found, "."), err
	})
}

// LookupMX answers the mail servers of a name; its errors are those of [Session.LookupCNAME].
func (s *Session) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	return records(ctx, s, name, func(ctx context.Context, r Records, name string) ([]*net.MX, error) { return r.LookupMX(ctx, name) })
}

// LookupNS answers the name servers of a name; its errors are those of [Session.LookupCNAME].
func (s *Session) LookupNS(ctx context.Context, name string) ([]*net.NS, error) {
	return records(ctx, s, name, func(ctx context.Context, r Records, name string) ([]*net.NS, error) { return r.LookupNS(ctx, name) })
}

// LookupTXT answers the texts of a name; its errors are those of [Session.LookupCNAME].
func (s *Session) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return records(ctx, s, name, func(ctx context.Context, r Records, name string) ([]string, error) { return r.LookupTXT(ctx, name) })
}

// LookupSRV answers the services of a name like _ldap._tcp.example.com; its errors are those of
// [Session.LookupCNAME].
func (s *Session) LookupSRV(ctx context.Context, name string) ([]*net.SRV, error) {
	return records(ctx, s, name, func(ctx context.Context, r Records, name string) ([]*net.SRV, error) {
		_, found, err := r.LookupSRV(ctx, "", "", name)
		return found, err
	})
}

// LookupAddr answers the names of an address that the policy allows on some port.
//
// # Errors
//
// Those of [Session.Lookup].
func (s *Session) LookupAddr(ctx context.Context, addr netip.Addr) ([]string, error) {
	return look(ctx, s, func(ctx context.Context) ([]string, error) {
		if _, err := s.client.lookup(ctx, addr.String()); err != nil {
			return nil, err
		}
		r, err := s.client.records(addr.String())
		if err != nil {
			return nil, err
		}
		return r.LookupAddr(ctx, addr.Unmap().WithZone("").String())
	})
}

// records asks for records of a name that the policy lets a rule ask for.
func records[T any](ctx context.Context, s *Session, name string, ask func(context.Context, Records, string) (T, error)) (T, error) {
	return look(ctx, s, func(ctx context.Context) (none T, err error) {
		name := canonical(name)
		if err := s.client.policy.name(name); err != nil {
			return none, err
		}
		if !isName(name) {
			return none, noHost(name)
		}
		r, err := s.client.records(name)
		if err != nil {
			return none, err
		}
		return ask(ctx, r, name+".") // not below the domains of this host
	})
}

// records are the client's source of records.
func (c *Client) records(name string) (Records, error) {
	if r, ok := c.resolver.(Records); ok {
		return r, nil
	}
	return nil, &net.DNSError{Err: "the resolver of the policy answers addresses only", Name: name}
}

// look counts a look-up, waits for a place and reports what the policy refuses.
func look[T any](ctx context.Context, s *Session, ask func(context.Context) (T, error)) (answer T, err error) {
	s.mu.Lock()
	s.lookups++
	over := s.lookups - s.client.limits.Requests
	s.mu.Unlock()
	if over > 0 {
		err := &LimitError{"Requests", fmt.Sprintf("%d look-ups of one run", s.client.limits.Requests)}
		if over == 1 { // further ones would flood the outcome
			s.tell(err)
		}
		return answer, err
	}
	ctx, cancel := s.join(ctx)
	defer cancel()
	defer func() {
		if err != nil {
			err = explain(ctx, err, s.client.limits)
			s.tell(err)
		}
	}()
	leave, err := s.enter(ctx)
	if err != nil {
		return answer, err
	}
	defer leave()
	return ask(ctx)
}

// privateNames are the tops of names that exist in private networks only.
//
// Source: IANA's Special-Use Domain Names; .internal by ICANN.
var privateNames = []string{"localhost", "local", "internal", "home.arpa", "in-addr.arpa", "ip6.arpa", "test", "invalid", "onion", "alt"}

// asked refuses a name before its addresses are asked for: the question itself goes out. Lists with
// addresses are judged by the answer.
func (p *Policy) asked(host string) error {
	if len(host) > longestName {
		return noHost(shortened(host, longestName))
	}
	addresses := func(r Rule) bool { return r.Prefix.IsValid() }
	if _, ok := literal(host); ok || slices.ContainsFunc(p.Only, addresses) || slices.ContainsFunc(p.Allow, addresses) {
		return p.denied(host)
	}
	return p.listedName(host)
}

// naming answers the rule of a list that names a host on some port.
func naming(list []Rule, host string) (Rule, bool) {
	i := slices.IndexFunc(list, func(r Rule) bool { return r.names(host, r.Port) })
	if i < 0 {
		return Rule{}, false
	}
	return list[i], true
}

// denied refuses a name that is denied on all ports.
func (p *Policy) denied(name string) error {
	i := slices.IndexFunc(p.Deny, func(r Rule) bool { return r.Port == 0 && r.names(name, 0) })
	if i < 0 {
		return nil
	}
	return &Refusal{Host: name, Reason: "it is on the deny-list", Rule: "deny " + p.Deny[i].String()}
}

// listedName refuses a name that is denied on all ports, or that no list has.
func (p *Policy) listedName(name string) error {
	if err := p.denied(name); err != nil {
		return err
	}
	if len(p.Only) == 0 {
		return nil
	}
	_, granted := naming(p.Allow, name)
	if _, listed := naming(p.Only, name); listed || granted {
		return nil
	}
	return &Refusal{Host: name, Reason: "it is not on the allow-list", Rule: "only", Mend: "--only-net (Policy.Only)"}
}

// name refuses a name whose records a rule asks for. Rules of a port count for any.
func (p *Policy) name(name string) error {
	if len(name) > longestName {
		return noHost(shortened(name, longestName))
	}
	if err := p.listedName(name); err != nil {
		return err
	}
	_, granted := naming(p.Allow, name)
	private := slices.ContainsFunc(privateNames, func(top string) bool { return name == top || strings.HasSuffix(name, "."+top) })
	if private && !granted {
		return &Refusal{Host: name, Reason: "a name of private networks", Rule: "public names only",
			Mend: "--allow-net " + name + " (Policy.Allow)"}
	}
	return nil
}
