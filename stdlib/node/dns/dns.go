// Package dns gives rules Node's look-ups: the addresses of a name, as far as egress lets rules reach
// them, and the records that Go's resolver asks for. Those that it does not (ANY, CAA, NAPTR, SOA) throw by name. A
// TXT record is one text, however many pieces it was sent in, and a name without records of a kind is ENOTFOUND
// as one that does not exist.
package dns

import (
	"context"
	_ "embed"
	gonet "net"
	"net/netip"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/ferrule-rules/ferrule/stdlib/egress"
	"github.com/ferrule-rules/ferrule/stdlib/gojalib"
	"github.com/ferrule-rules/ferrule/stdlib/node/host"
	"github.com/ferrule-rules/ferrule/stdlib/node/net"
)

//go:embed dns.js
var text string

var script = host.NewScript("dns.js", text)

// Modules are dns and dns/promises.
var Modules = []host.Module{
	{Name: "dns", Build: build},
	{Name: "dns/promises", Build: func(h host.Host) *goja.Object { return h.Require("dns").Get("promises").ToObject(h.VM()) }},
}

func build(h host.Host) *goja.Object {
	vm := h.VM()
	return script.Evaluate(h, map[string]any{
		"describe": func(call goja.FunctionCall) goja.Value { return vm.ToValue(host.Describe(vm, call.Argument(0))) },
		"lookup": func(call goja.FunctionCall) goja.Value {
			lookup(h, call.Argument(0).String(), net.Callable(vm, call.Argument(1)))
			return goja.Undefined()
		},
		"records": func(call goja.FunctionCall) goja.Value {
			records(h, call.Argument(0).String(), call.Argument(1).String(), net.Callable(vm, call.Argument(2)))
			return goja.Undefined()
		},
	})
}

// lookup calls back with an error or a list of addresses.
func lookup(h host.Host, name string, callback goja.Callable) {
	answer(h, name, callback, func(ctx context.Context, s *egress.Session) ([]any, error) {
		all, err := s.Lookup(ctx, name)
		return list(all, func(a netip.Addr) any { return a.String() }), err
	})
}

// records calls back with an error or a list of records in Node's form.
func records(h host.Host, kind, name string, callback goja.Callable) {
	ask := kinds[kind]
	answer(h, name, callback, func(ctx context.Context, s *egress.Session) ([]any, error) { return ask(ctx, s, name) })
}

// answer asks on a goroutine of its own and calls back in a turn.
func answer(h host.Host, name string, callback goja.Callable, ask func(context.Context, *egress.Session) ([]any, error)) {
	vm, ctx, complete := h.VM(), h.Context(), h.Operation()
	session, err := net.Session(h, name, 0)
	go func() {
		var all []any
		if err == nil {
			all, err = ask(ctx, session)
		}
		complete(func() error {
			if err != nil {
				_, err := callback(goja.Undefined(), net.Fault(vm, err, name))
				return err
			}
			for i, one := range all {
				switch one := one.(type) {
				case record:
					all[i] = one.object(vm)
				case []any:
					all[i] = vm.NewArray(one...)
				}
			}
			_, err := callback(goja.Undefined(), goja.Null(), vm.NewArray(all...))
			return err
		})
	}()
}

// record is the object that Node makes of one.
type record []struct {
	name  string
	value any
}

func (r record) object(vm *goja.Runtime) *goja.Object {
	object := vm.NewObject()
	for _, member := range r {
		gojalib.SetProperty(object, member.name, member.value)
	}
	return object
}

func list[T any](all []T, form func(T) any) []any {
	formed := make([]any, len(all))
	for i, one := range all {
		formed[i] = form(one)
	}
	return formed
}

// kinds ask for records.
var kinds = map[string]func(context.Context, *egress.Session, string) ([]any, error){
	"CNAME": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		found, err := s.LookupCNAME(ctx, name)
		return []any{found}, err
	},
	"MX": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		all, err := s.LookupMX(ctx, name)
		return list(all, func(r *gonet.MX) any { return record{{"exchange", plain(r.Host)}, {"priority", r.Pref}} }), err
	},
	"NS": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		all, err := s.LookupNS(ctx, name)
		return list(all, func(r *gonet.NS) any { return plain(r.Host) }), err
	},
	"SRV": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		all, err := s.LookupSRV(ctx, name)
		return list(all, func(r *gonet.SRV) any {
			return record{{"name", plain(r.Target)}, {"port", r.Port}, {"priority", r.Priority}, {"weight", r.Weight}}
		}), err
	},
	"TXT": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		all, err := s.LookupTXT(ctx, name)
		return list(all, func(text string) any { return []any{text} }), err
	},
	"PTR": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		addr, ok := addressOf(name)
		if !ok {
			return nil, &gonet.DNSError{Err: "no such host", Name: name, IsNotFound: true}
		}
		return reverse(ctx, s, addr)
	},
	"ADDR": func(ctx context.Context, s *egress.Session, name string) ([]any, error) {
		addr, err := netip.ParseAddr(name)
		if err != nil {
			return nil, err
		}
		return reverse(ctx, s, addr)
	},
}

func reverse(ctx context.Context, s *egress.Session, addr netip.Addr) ([]any, error) {
	names, err := s.LookupAddr(ctx, addr)
	return list(names, func(name string) any { return plain(name) }), err
}

// plain is a name as Node spells it.
func plain(name string) string { return strings.TrimSuffix(name, ".") }

// addressOf is the address that a name like 34.216.184.93.in-addr.arpa is about.
func addressOf(name string) (netip.Addr, bool) {
	name = strings.ToLower(plain(name))
	if text, ok := strings.CutSuffix(name, ".in-addr.arpa"); ok {
		parts := strings.Split(text, ".")
		slices.Reverse(parts)
		addr, err := netip.ParseAddr(strings.Join(parts, "."))
		return addr, err == nil && addr.Is4()
	}
	text, ok := strings.CutSuffix(name, ".ip6.arpa")
	digits := strings.Split(text, ".")
	if !ok || len(digits) != 32 {
		return netip.Addr{}, false
	}
	slices.Reverse(digits)
	groups := make([]string, 8)
	for i := range groups {
		groups[i] = strings.Join(digits[4*i:4*i+4], "")
	}
	addr, err := netip.ParseAddr(strings.Join(groups, ":"))
	return addr, err == nil
}
